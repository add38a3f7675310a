#include "ormcore/session/resolve.h"

#include "ormcore/base/error.h"
#include "ormcore/session/query.h"
#include "ormcore/sql/rewrite.h"

namespace orm {

namespace detail {

Expression memberExpression(const char *typeName, std::size_t offset)
{
    auto node = std::make_shared<Node>();
    node->kind = NodeKind::Column;
    node->name = typeName;
    node->value = Value(static_cast<std::int64_t>(offset));
    return Expression(std::move(node));
}

} // namespace detail

namespace {

Expression memberColumn(const Node &node, const Registry &registry, const Mapper *asked)
{
    const Mapper &named = registry.mapperOfType(node.name);
    const Mapper &mapper = asked && isBelow(*asked, named) ? *asked : named;
    const auto position = mapper.columnAt(static_cast<std::size_t>(node.value.asInt()));
    if (!position)
        throw Argument("a member of " + mapper.name() + " in this query is not mapped to a column");
    const MappedColumn &mapped = mapper.columns()[*position];
    return mapped.property ? mapped.property->sql : Expression(*mapped.column);
}

/// Subqueries may be about others than what is asked for.
ColumnReplacement membersOf(const Registry &registry, const Mapper *asked)
{
    return [&registry, asked](const Node &node, const std::vector<const Select *> &inside) {
        const bool isMember = !node.column && node.alias.empty();
        return isMember ? memberColumn(node, registry, inside.empty() ? asked : nullptr) : Expression();
    };
}

} // namespace

bool isBelow(const Mapper &mapper, const Mapper &base) noexcept
{
    const Mapper *found = &mapper;
    while (found && found != &base)
        found = found->hierarchy().base;
    return found != nullptr;
}

Expression resolveMembers(const Expression &expression, const Registry &registry, const Mapper *asked)
{
    return rewritten(expression, membersOf(registry, asked));
}

void resolveMembers(Select &select, const Registry &registry, const Mapper *asked)
{
    rewrite(select, membersOf(registry, asked));
}

} // namespace orm
