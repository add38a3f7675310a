#include "ormcore/schema/metadata.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

namespace orm {

Table &MetaData::addTable(QualifiedName name, TableKind kind)
{
    if (m_byName.contains(name))
        throw Argument("there is already a table " + name.toString());
    auto table = std::make_unique<Table>(name, kind);
    Table &added = *table;
    m_tables.push_back(std::move(table));
    m_byName.emplace(std::move(name), &added);
    return added;
}

const Table *MetaData::find(std::string_view name, std::string_view schema) const noexcept
{
    if (const auto exact = m_byName.find(QualifiedName{std::string(schema), std::string(name)});
        exact != m_byName.end())
        return exact->second;
    for (const auto &table : m_tables) {
        if (equalsIgnoringCase(table->name().name, name) && equalsIgnoringCase(table->name().schema, schema))
            return table.get();
    }
    return nullptr;
}

Table *MetaData::find(std::string_view name, std::string_view schema) noexcept
{
    return const_cast<Table *>(static_cast<const MetaData *>(this)->find(name, schema));
}

const Table &MetaData::operator[](std::string_view name) const
{
    if (const Table *found = find(name))
        return *found;
    throw Argument("there is no table " + std::string(name));
}

Table &MetaData::operator[](std::string_view name)
{
    return const_cast<Table &>(static_cast<const MetaData &>(*this)[name]);
}

} // namespace orm
