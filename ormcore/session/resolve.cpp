#include "ormcore/session/resolve.h"

#include "ormcore/base/error.h"
#include "ormcore/session/query.h"

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
    return Expression(*mapper.columns()[*position].column);
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
    if (!expression.pointer()) // not "!expression": that is an SQL NOT
        return expression;
    const Node &node = expression.node();
    if (node.kind == NodeKind::Column && !node.column && node.alias.empty())
        return memberColumn(node, registry, asked);
    std::shared_ptr<Node> copy;
    const auto writable = [&]() -> Node & {
        if (!copy)
            copy = std::make_shared<Node>(node);
        return *copy;
    };
    for (std::size_t i = 0; i < node.args.size(); ++i) {
        Expression argument = resolveMembers(node.args[i], registry, asked);
        if (argument.pointer() != node.args[i].pointer())
            writable().args[i] = std::move(argument);
    }
    if (node.select) {
        auto inner = std::make_shared<Select>(*node.select);
        resolveMembers(*inner, registry); // which may be about others
        writable().select = std::move(inner);
    }
    return copy ? Expression(std::move(copy)) : expression;
}

void resolveMembers(Select &select, const Registry &registry, const Mapper *asked)
{
    const auto each = [&](std::vector<Expression> &expressions) {
        for (Expression &expression : expressions)
            expression = resolveMembers(expression, registry, asked);
    };
    each(select.columnList);
    each(select.groups);
    each(select.orders);
    select.condition = resolveMembers(select.condition, registry, asked);
    select.groupCondition = resolveMembers(select.groupCondition, registry, asked);
    for (Join &join : select.joins)
        join.on = resolveMembers(join.on, registry, asked);
}

} // namespace orm
