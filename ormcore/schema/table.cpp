#include "ormcore/schema/table.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

#include <algorithm>
#include <atomic>

namespace orm {

namespace {

// The columns of these names where all exist and refuse NULL, else none.
std::vector<const Column *> requiredColumns(const Table &table, const std::vector<std::string> &names)
{
    std::vector<const Column *> found;
    for (const std::string &name : names) {
        const Column *column = table.find(name);
        if (column == nullptr || column->nullable)
            return {};
        found.push_back(column);
    }
    return found;
}

} // namespace

Table::Table(QualifiedName name, TableKind kind) : m_name(std::move(name)), m_kind(kind)
{
    static std::atomic<std::uint64_t> lastSerial{0};
    m_serial = ++lastSerial;
}

Column &Table::addColumn(std::string name, Type type)
{
    const auto same = [&name](const std::unique_ptr<Column> &column) { return column->name == name; };
    if (std::any_of(m_columns.begin(), m_columns.end(), same))
        throw Argument("table " + m_name.toString() + " already has a column " + name);
    auto column = std::make_unique<Column>();
    column->table = this;
    column->index = m_columns.size();
    column->name = std::move(name);
    column->type = std::move(type);
    return *m_columns.emplace_back(std::move(column));
}

const Column *Table::find(std::string_view name) const noexcept
{
    for (const auto &column : m_columns) {
        if (column->name == name)
            return column.get();
    }
    for (const auto &column : m_columns) {
        if (equalsIgnoringCase(column->name, name))
            return column.get();
    }
    return nullptr;
}

Column *Table::find(std::string_view name) noexcept
{
    return const_cast<Column *>(static_cast<const Table *>(this)->find(name));
}

const Column &Table::column(std::string_view name) const
{
    if (const Column *found = find(name))
        return *found;
    throw Argument("table " + m_name.toString() + " has no column " + std::string(name));
}

std::vector<const Column *> Table::primaryKeyColumns() const
{
    std::vector<const Column *> key;
    for (const std::string &name : primaryKey.columns) {
        if (const Column *found = find(name))
            key.push_back(found);
    }
    if (!key.empty())
        return key;
    for (const auto &column : m_columns) {
        if (column->primaryKey)
            key.push_back(column.get());
    }
    return key;
}

std::vector<const Column *> Table::identityColumns() const
{
    if (auto key = primaryKeyColumns(); !key.empty())
        return key;
    for (const UniqueConstraint &unique : uniques) {
        if (auto key = requiredColumns(*this, unique.columns); !key.empty())
            return key;
    }
    for (const Index &index : indexes) {
        if (!index.unique || !index.where.empty())
            continue;
        std::vector<std::string> names;
        for (const IndexPart &part : index.parts)
            names.push_back(part.column); // an expression has no column and finds none
        if (auto key = requiredColumns(*this, names); !key.empty())
            return key;
    }
    return {};
}

} // namespace orm
