#include "ui/records/changes/row_writer.h"

#include "ui/base/value_text.h"
#include "ui/records/source/cell_text.h"
#include "ui/records/source/labels.h"

#include "ormcore/base/error.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace ui::records {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ui::records::RowWriter", text); }

const orm::Column &columnAt(const RowChange &change, std::size_t position)
{
    return *change.address.table->columns()[position];
}

/// The relationship through which a column refers to another table by itself.
const orm::Relationship *relationshipOf(const orm::Mapper &mapper, const orm::Column &column)
{
    for (const orm::Reference &reference : mapper.references()) {
        const bool itself =
            reference.columns.size() == 1 && mapper.columns()[reference.columns.front()].column == &column;
        if (itself && !reference.relationships.empty())
            return &mapper.relationships()[static_cast<std::size_t>(reference.relationships.front())];
    }
    return nullptr;
}

void expectOneRow(std::int64_t rows, const orm::Table &table)
{
    if (rows != 1)
        throw orm::StaleRow("A change of " + table.name().toString() + " touched " + std::to_string(rows) +
                            " rows instead of one; nothing was written.");
}

} // namespace

bool sameValue(const orm::Value &a, const orm::Value &b)
{
    if (a == b)
        return true;
    return a.kind() != b.kind() && !a.isNull() && !b.isNull() && a.toString() == b.toString();
}

bool RowWriter::isMapped(const orm::Table &table) const { return !m_registry.mapper(table).isReadOnly(); }

orm::Record RowWriter::find(const RowAddress &row)
{
    const orm::Mapper &mapper = m_registry.mapper(*row.table);
    const auto identity = row.table->identityColumns();
    std::vector<orm::Value> key;
    for (const std::uint16_t position : mapper.keys()) {
        const auto place = std::find(identity.begin(), identity.end(), mapper.columns()[position].column);
        if (place == identity.end() || static_cast<std::size_t>(place - identity.begin()) >= row.identity.size())
            throw orm::Argument("A row of " + row.table->name().toString() + " is not named by its whole key.");
        key.push_back(row.identity[static_cast<std::size_t>(place - identity.begin())]);
    }
    return m_session.get(*row.table, key);
}

orm::Expression RowWriter::condition(const RowAddress &row) const
{
    const auto columns = row.table->identityColumns();
    if (columns.empty())
        return orm::rowId(*row.table) == orm::Expression(row.identity.front());
    orm::Expression same;
    for (std::size_t i = 0; i < columns.size(); ++i)
        same = same && orm::Expression(*columns[i]) == orm::bind(row.identity[i], columns[i]->type);
    return same;
}

/// The touched columns as the database has them now; nullopt: the row is gone.
std::optional<std::map<std::size_t, orm::Value>> RowWriter::current(const RowChange &change)
{
    std::map<std::size_t, orm::Value> values;
    if (isMapped(*change.address.table)) {
        const orm::Record record = find(change.address);
        if (!record)
            return std::nullopt;
        for (const auto &[position, cell] : change.cells)
            values.emplace(position, record.get(columnAt(change, position).name));
        m_records.emplace(change.address, record);
        return values;
    }
    orm::Select select;
    std::vector<orm::Expression> columns{orm::Expression(orm::Value(1))};
    for (const auto &[position, cell] : change.cells)
        columns.emplace_back(columnAt(change, position));
    select.columns(columns).from(*change.address.table).where(condition(change.address));
    orm::Result result = m_session.connection().execute(select);
    if (!result.next())
        return std::nullopt;
    int at = 1;
    for (const auto &[position, cell] : change.cells)
        values.emplace(position, result.value(at++));
    return values;
}

std::optional<RowProblem> RowWriter::check(const RowChange &change)
{
    if (change.kind == ChangeKind::Insert)
        return std::nullopt;
    const auto now = current(change);
    if (!now)
        return RowProblem{RowProblem::Kind::Missing, tr("Someone else deleted this row meanwhile."), {}, {}};
    RowProblem problem{RowProblem::Kind::Changed, {}, {}, {}};
    QStringList told;
    for (const auto &[position, cell] : change.cells) {
        const orm::Value &theirs = now->at(position);
        if (sameValue(cell.base, theirs) ||
            (change.kind == ChangeKind::Update && cell.mine.parent == 0 && sameValue(cell.mine.value, theirs)))
            continue;
        problem.theirs.emplace(position, theirs);
        told += tr("%1 was %2, is now %3")
                    .arg(fromUtf8(columnAt(change, position).name), cellText(cell.base), cellText(theirs));
    }
    if (problem.theirs.empty())
        return std::nullopt;
    problem.message = tr("Someone else changed this row meanwhile: %1.").arg(told.join(QStringLiteral("; ")));
    return problem;
}

void RowWriter::stage(const RowChange &change)
{
    const orm::Table &table = *change.address.table;
    if (!isMapped(table)) {
        m_unmapped.push_back(change);
        return;
    }
    if (change.kind == ChangeKind::Insert) {
        std::vector<std::pair<std::string, orm::Value>> values;
        for (const auto &[position, cell] : change.cells) {
            if (cell.mine.parent == 0)
                values.emplace_back(columnAt(change, position).name, cell.mine.value);
        }
        const orm::Record &added =
            m_records.insert_or_assign(change.address, m_session.add(table, values)).first->second;
        for (const auto &[name, value] : values)
            if (value.isNull()) // a person's NULL is meant, also where the column has a default
                added.set(name, orm::null);
        return;
    }
    const orm::Record &record = m_records.at(change.address);
    if (change.kind == ChangeKind::Delete) {
        m_session.remove(record);
        return;
    }
    for (const auto &[position, cell] : change.cells) {
        if (cell.mine.parent == 0)
            record.set(columnAt(change, position).name, cell.mine.value);
    }
}

void RowWriter::link(const RowChange &change)
{
    if (!isMapped(*change.address.table) || change.kind == ChangeKind::Delete)
        return;
    for (const auto &[position, cell] : change.cells) {
        if (cell.mine.parent == 0)
            continue;
        const orm::Column &column = columnAt(change, position);
        const orm::Relationship *relationship = relationshipOf(m_registry.mapper(*change.address.table), column);
        if (relationship == nullptr)
            throw orm::Argument(column.name + " refers to no table by itself.");
        const RowAddress parent{&relationship->target->table(), {}, cell.mine.parent};
        m_records.at(change.address).setRelated(relationship->name, m_records.at(parent));
    }
}

/// What is written for a cell of a table that is not mapped: a staged parent has its key by now.
orm::Value RowWriter::written(const orm::Column &column, const CellValue &cell) const
{
    if (cell.parent == 0)
        return cell.value;
    const auto link = parentLink(column, m_registry.metadata());
    const auto parent = link ? m_records.find(RowAddress{&link->parent(), {}, cell.parent}) : m_records.end();
    return parent == m_records.end() ? orm::Value() : parent->second.get(link->key->name);
}

orm::Statement RowWriter::statement(const RowChange &change) const
{
    const orm::Table &table = *change.address.table;
    if (change.kind == ChangeKind::Delete)
        return orm::Delete{&table, condition(change.address)};
    if (change.kind == ChangeKind::Insert) {
        orm::Insert insert;
        insert.table = &table;
        for (const auto &[position, cell] : change.cells) {
            const orm::Column &column = columnAt(change, position);
            insert.columns.push_back(&column);
            insert.values.push_back(orm::bind(written(column, cell.mine), column.type));
        }
        return insert;
    }
    orm::Update update;
    update.table = &table;
    update.condition = condition(change.address);
    for (const auto &[position, cell] : change.cells) {
        const orm::Column &column = columnAt(change, position);
        update.assignments.emplace_back(&column, orm::bind(written(column, cell.mine), column.type));
    }
    return update;
}

void RowWriter::flush()
{
    m_session.flush();
    for (const RowChange &change : std::exchange(m_unmapped, {}))
        expectOneRow(m_session.connection().execute(statement(change)).rowsAffected(), *change.address.table);
}

std::vector<std::string> RowWriter::preview()
{
    std::vector<std::string> statements;
    for (const orm::PlannedStatement &planned : m_session.preview())
        statements.push_back(planned.sql);
    for (const RowChange &change : m_unmapped)
        statements.push_back(m_session.connection().dialect().preview(statement(change)));
    return statements;
}

} // namespace ui::records
