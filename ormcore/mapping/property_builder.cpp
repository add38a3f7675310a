#include "ormcore/base/error.h"
#include "ormcore/mapping/mapper_builder.h"
#include "ormcore/sql/rewrite.h"

namespace orm {

void ClassMapping::addProperty(std::string name, FieldType field, std::size_t offset, Expression sql, const Type &type)
{
    Registry::Impl &impl = *m_registry->m_impl;
    if (impl.configured || sql.empty())
        throw Argument(m_mapper->name() + "." + name + " needs an expression, before the first session");
    auto property = std::make_shared<ColumnProperty>();
    property->column.table = &impl.tableOf(*m_mapper);
    property->column.name = std::move(name);
    property->column.type = type;
    property->sql = std::move(sql);
    impl.properties[m_mapper->index()].push_back({std::move(property), field, offset});
}

/// Behind the columns of the tables: whoever goes through those of a row finds them there.
void MapperBuilder::addProperties(Mapper &mapper)
{
    for (const PropertySpec &spec : m_impl.properties[mapper.index()]) {
        if (mapper.find(spec.property->column.name))
            throw Argument(mapper.name() + " has a column " + spec.property->column.name + " already");
        MappedColumn &mapped = mapper.m_columns.emplace_back();
        mapped.column = &spec.property->column;
        mapped.field = spec.field;
        mapped.offset = static_cast<std::uint32_t>(spec.offset);
        mapped.property = spec.property;
        mapper.m_properties.push_back(static_cast<std::uint16_t>(mapper.m_columns.size() - 1));
    }
}

/// f<&User::id> becomes the column of the class; another property what that is made of.
void MapperBuilder::resolveProperties(Mapper &mapper)
{
    const auto column = [&](const Node &node, const std::vector<const Select *> &) -> Expression {
        if (node.column || !node.alias.empty())
            return {};
        const auto named = m_impl.byType.find(node.name);
        if (named == m_impl.byType.end())
            throw Argument("a property of " + mapper.name() + " names a member of a class that is not mapped");
        const auto position = named->second->columnAt(static_cast<std::size_t>(node.value.asInt()));
        if (!position || named->second->columns()[*position].property)
            throw Argument("a property of " + mapper.name() + " names a member of " + named->second->name() +
                           " that is not mapped to a column of its table");
        return Expression(*named->second->columns()[*position].column);
    };
    for (const PropertySpec &spec : m_impl.properties[mapper.index()])
        spec.property->sql = rewritten(spec.property->sql, column);
}

} // namespace orm
