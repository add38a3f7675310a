#include "ui/records/source/labels.h"

#include "ui/base/value_text.h"

#include "ormcore/sql/statement.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace ui::records {

namespace {

constexpr std::size_t kMaximumKnown = 20'000; // labels kept a foreign key
constexpr int kLabelLength = 80;

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char &c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool isReadable(const orm::Column &column) { return column.type.isText() && column.type.kind != orm::TypeKind::Enum; }

bool leadsAnIndex(const orm::Column &column)
{
    return std::any_of(column.table->indexes.begin(), column.table->indexes.end(), [&column](const orm::Index &index) {
        return !index.parts.empty() && index.parts.front().column == column.name && index.where.empty();
    });
}

using Labels = std::vector<std::pair<orm::Value, QString>>;

Labels readLabels(orm::Connection &connection, const ParentLink &link, const std::vector<orm::Value> &values)
{
    orm::Select select;
    select.columns({orm::Expression(*link.key), orm::Expression(*link.label)})
        .from(link.parent())
        .where(orm::Expression(*link.key).in(values));
    Labels labels;
    orm::Result result = connection.execute(select);
    while (result.next()) {
        const orm::Value label = result.value(1);
        labels.emplace_back(result.value(0), label.isNull() ? QString() : displayText(label, kLabelLength));
    }
    return labels;
}

} // namespace

const orm::Column *labelColumn(const orm::Table &table)
{
    constexpr std::array kNames{"name",   "title",     "label", "description", "full_name", "fullname",  "nome",
                                "titulo", "descricao", "code",  "email",       "username",  "last_name", "lastname"};
    const std::string own = lower(table.name().name);
    for (const std::string_view wanted : kNames) {
        for (const auto &column : table.columns()) {
            const std::string name = lower(column->name);
            // "customer_name" in customer says the same as "name"
            if (isReadable(*column) &&
                (name == wanted || name == own + "_" + std::string(wanted) || name == own + std::string(wanted)))
                return column.get();
        }
    }
    for (const auto &column : table.columns()) {
        if (isReadable(*column) && !column->primaryKey)
            return column.get();
    }
    return nullptr;
}

std::optional<ParentLink> parentLink(const orm::Column &column, const orm::MetaData &metadata)
{
    for (const orm::ForeignKey &key : column.table->foreignKeys) {
        if (key.columns.size() != 1 || column.table->find(key.columns.front()) != &column)
            continue;
        const orm::Table *parent = metadata.find(key.target.name, key.target.schema);
        if (parent == nullptr)
            continue;
        const orm::Column *target = nullptr;
        if (!key.targetColumns.empty())
            target = parent->find(key.targetColumns.front());
        else if (const auto keys = parent->primaryKeyColumns(); keys.size() == 1)
            target = keys.front();
        if (target == nullptr)
            continue;
        const orm::Column *label = labelColumn(*parent);
        return ParentLink{&column, target, label == target ? nullptr : label};
    }
    return std::nullopt;
}

void ParentLabels::setLinks(std::vector<ParentLink> links)
{
    m_links = std::move(links);
    clear();
}

void ParentLabels::clear()
{
    ++m_generation;
    m_known.assign(m_links.size(), {});
}

std::optional<std::size_t> ParentLabels::indexOf(const orm::Column &child) const
{
    for (std::size_t i = 0; i < m_links.size(); ++i) {
        if (m_links[i].child == &child)
            return i;
    }
    return std::nullopt;
}

const ParentLink *ParentLabels::link(const orm::Column &child) const
{
    const auto index = indexOf(child);
    return index ? &m_links[*index] : nullptr;
}

const QString *ParentLabels::label(const orm::Column &child, const orm::Value &value) const
{
    const auto index = indexOf(child);
    if (!index)
        return nullptr;
    const auto found = m_known[*index].labels.find(value);
    return found == m_known[*index].labels.end() || found->second.isEmpty() ? nullptr : &found->second;
}

void ParentLabels::need(const orm::Column &child, const orm::Value &value)
{
    const auto index = indexOf(child);
    if (!index || value.isNull() || m_links[*index].label == nullptr)
        return;
    Known &known = m_known[*index];
    if (known.asked.size() > kMaximumKnown)
        known = {};
    if (known.asked.insert(value).second)
        known.wanted.push_back(value);
}

void ParentLabels::request()
{
    for (std::size_t i = 0; i < m_links.size(); ++i) {
        std::vector<orm::Value> wanted = std::exchange(m_known[i].wanted, {});
        if (wanted.empty())
            continue;
        m_reader.post<Labels>(
            [link = m_links[i], wanted](orm::Connection &connection) { return readLabels(connection, link, wanted); },
            [this, i, generation = m_generation](Outcome<Labels> outcome) {
                if (generation != m_generation || !outcome.ok())
                    return;
                for (auto &[value, label] : outcome.value())
                    m_known[i].labels.insert_or_assign(value, std::move(label));
                emit arrived();
            });
    }
}

void ParentLabels::remember(const orm::Column &child, const orm::Value &value, const QString &label)
{
    if (const auto index = indexOf(child); index && !label.isEmpty()) {
        m_known[*index].asked.insert(value);
        m_known[*index].labels.insert_or_assign(value, label);
    }
}

std::vector<ParentChoice> findParents(orm::Connection &connection, const ParentLink &link, const std::string &typed,
                                      std::int64_t limit)
{
    const orm::Expression key(*link.key);
    const orm::Expression keyText = link.key->type.isText() ? key : key.cast(orm::Text());
    const orm::Expression label = link.label != nullptr ? orm::Expression(*link.label) : keyText;
    std::vector<ParentChoice> choices;
    // Nothing typed yet: the first rows, as cheaply as the parent can give them.
    const bool byKey = typed.empty() && (link.label == nullptr || !leadsAnIndex(*link.label));
    const std::vector<orm::Expression> order = byKey ? std::vector{key} : std::vector{label, key};
    const auto read = [&](const orm::Expression &condition) {
        const auto missing = limit - static_cast<std::int64_t>(choices.size());
        if (missing <= 0)
            return;
        orm::Select select;
        select.columns({key, label}).from(link.parent()).where(condition).orderBy(order).limit(missing);
        orm::Result result = connection.execute(select);
        while (result.next()) {
            const orm::Value text = result.value(1);
            choices.push_back({result.value(0), text.isNull() ? QString() : displayText(text, kLabelLength)});
        }
    };
    if (typed.empty()) {
        read({});
        return choices;
    }
    const orm::Expression starts = label.startsWith(typed) || keyText.startsWith(typed);
    read(starts);
    read(label.contains(typed) && !(starts));
    return choices;
}

} // namespace ui::records
