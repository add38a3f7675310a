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

std::vector<orm::Expression> keyColumns(const ParentLink &link)
{
    std::vector<orm::Expression> columns{orm::Expression(*link.key)};
    for (const ParentLink::Part &part : link.rest)
        columns.emplace_back(*part.key);
    return columns;
}

orm::Expression isOneOf(const ParentLink &link, const std::vector<ParentKey> &keys)
{
    if (link.rest.empty()) {
        std::vector<orm::Value> values;
        for (const ParentKey &key : keys)
            values.push_back(key.front());
        return orm::Expression(*link.key).in(values);
    }
    const std::vector<orm::Expression> columns = keyColumns(link);
    orm::Expression any;
    for (const ParentKey &key : keys) {
        orm::Expression same;
        for (std::size_t i = 0; i < columns.size(); ++i)
            same = same && columns[i] == orm::Expression(key[i]);
        any = any || same;
    }
    return any;
}

/// A row whose first values are the key, and the one after them its label.
ParentChoice readChoice(orm::Result &row, const ParentLink &link)
{
    ParentChoice choice;
    const auto size = static_cast<int>(1 + link.rest.size());
    for (int i = 0; i < size; ++i)
        choice.key.push_back(row.value(i));
    if (const orm::Value label = row.value(size); !label.isNull())
        choice.label = displayText(label, kLabelLength);
    return choice;
}

using Labels = std::vector<ParentChoice>;

Labels readLabels(orm::Connection &connection, const ParentLink &link, const std::vector<ParentKey> &keys)
{
    std::vector<orm::Expression> columns = keyColumns(link);
    columns.emplace_back(*link.label);
    orm::Select select;
    select.columns(columns).from(link.parent()).where(isOneOf(link, keys));
    Labels labels;
    orm::Result result = connection.execute(select);
    while (result.next())
        labels.push_back(readChoice(result, link));
    return labels;
}

/// The key's columns in the parent, as it was declared; empty: unknown.
std::vector<const orm::Column *> targets(const orm::ForeignKey &key, const orm::Table &parent)
{
    if (key.targetColumns.empty()) {
        const auto keys = parent.primaryKeyColumns();
        return {keys.begin(), keys.end()};
    }
    std::vector<const orm::Column *> columns;
    for (const std::string &name : key.targetColumns)
        columns.push_back(parent.find(name));
    return columns;
}

bool hasKeyOfItsOwn(const orm::Table &table, const std::string &column)
{
    return std::any_of(table.foreignKeys.begin(), table.foreignKeys.end(), [&column](const orm::ForeignKey &key) {
        return key.columns.size() == 1 && key.columns.front() == column;
    });
}

/// Which of the key's columns shows the parent; its size where none is left.
std::size_t shownBy(const orm::ForeignKey &key, const orm::Table &table)
{
    if (key.columns.size() == 1)
        return 0;
    for (std::size_t i = key.columns.size(); i-- > 0;) {
        if (!hasKeyOfItsOwn(table, key.columns[i]))
            return i;
    }
    return key.columns.size();
}

std::optional<ParentLink> linkOf(const orm::ForeignKey &key, const orm::Column &column, const orm::MetaData &metadata)
{
    const orm::Table &table = *column.table;
    const std::size_t at = shownBy(key, table);
    const orm::Table *parent = metadata.find(key.target.name, key.target.schema);
    if (at == key.columns.size() || table.find(key.columns[at]) != &column || parent == nullptr)
        return std::nullopt;
    const std::vector<const orm::Column *> keys = targets(key, *parent);
    if (keys.size() != key.columns.size() || std::find(keys.begin(), keys.end(), nullptr) != keys.end())
        return std::nullopt;
    const orm::Column *label = labelColumn(*parent);
    ParentLink link{&column, keys[at], label == keys[at] ? nullptr : label, {}};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i != at)
            link.rest.push_back({table.find(key.columns[i]), keys[i]});
    }
    return link;
}

} // namespace

bool isWhole(const ParentKey &key)
{
    return !key.empty() && std::none_of(key.begin(), key.end(), [](const orm::Value &value) { return value.isNull(); });
}

std::size_t ParentKeyHash::operator()(const ParentKey &key) const noexcept
{
    constexpr std::size_t kFactor = 1'000'003;
    std::size_t hash = 0;
    for (const orm::Value &value : key)
        hash = hash * kFactor + value.hash();
    return hash;
}

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
        if (auto link = linkOf(key, column, metadata))
            return link;
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

const QString *ParentLabels::label(const orm::Column &child, const ParentKey &key) const
{
    const auto index = indexOf(child);
    if (!index)
        return nullptr;
    const auto found = m_known[*index].labels.find(key);
    return found == m_known[*index].labels.end() || found->second.isEmpty() ? nullptr : &found->second;
}

void ParentLabels::need(const orm::Column &child, const ParentKey &key)
{
    const auto index = indexOf(child);
    if (!index || !isWhole(key) || m_links[*index].label == nullptr)
        return;
    Known &known = m_known[*index];
    if (known.asked.size() > kMaximumKnown)
        known = {};
    if (known.asked.insert(key).second)
        known.wanted.push_back(key);
}

void ParentLabels::request()
{
    for (std::size_t i = 0; i < m_links.size(); ++i) {
        std::vector<ParentKey> wanted = std::exchange(m_known[i].wanted, {});
        if (wanted.empty())
            continue;
        m_reader.post<Labels>(
            [link = m_links[i], wanted](orm::Connection &connection) { return readLabels(connection, link, wanted); },
            [this, i, generation = m_generation](Outcome<Labels> outcome) {
                if (generation != m_generation || !outcome.ok())
                    return;
                for (auto &[key, label] : outcome.value())
                    m_known[i].labels.insert_or_assign(key, std::move(label));
                emit arrived();
            });
    }
}

void ParentLabels::remember(const orm::Column &child, const ParentKey &key, const QString &label)
{
    if (const auto index = indexOf(child); index && isWhole(key) && !label.isEmpty()) {
        m_known[*index].asked.insert(key);
        m_known[*index].labels.insert_or_assign(key, label);
    }
}

std::vector<ParentChoice> findParents(orm::Connection &connection, const ParentLink &link, const ParentKey &within,
                                      const std::string &typed, std::int64_t limit)
{
    orm::Expression agrees;
    for (std::size_t i = 0; i < link.rest.size() && i + 1 < within.size(); ++i) {
        if (!within[i + 1].isNull())
            agrees = agrees && orm::Expression(*link.rest[i].key) == orm::Expression(within[i + 1]);
    }
    std::vector<orm::Expression> columns = keyColumns(link);
    const orm::Expression key(*link.key);
    const orm::Expression keyText = link.key->type.isText() ? key : key.cast(orm::Text());
    const orm::Expression label = link.label != nullptr ? orm::Expression(*link.label) : keyText;
    columns.push_back(label);
    std::vector<ParentChoice> choices;
    // Nothing typed yet: the first rows, as cheaply as the parent can give them.
    const bool byKey = typed.empty() && (link.label == nullptr || !leadsAnIndex(*link.label));
    const std::vector<orm::Expression> order = byKey ? std::vector{key} : std::vector{label, key};
    const auto read = [&](const orm::Expression &condition) {
        const auto missing = limit - static_cast<std::int64_t>(choices.size());
        if (missing <= 0)
            return;
        orm::Select select;
        select.columns(columns).from(link.parent()).where(agrees && condition).orderBy(order).limit(missing);
        orm::Result result = connection.execute(select);
        while (result.next())
            choices.push_back(readChoice(result, link));
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
