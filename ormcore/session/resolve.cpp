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

Expression replaced(const Expression &expression, const std::function<Expression(const Node &)> &by,
                    const std::function<void(Select &)> &inSubquery)
{
    if (!expression.pointer()) // not "!expression": that is an SQL NOT
        return expression;
    const Node &node = expression.node();
    if (Expression other = by(node); !other.empty())
        return other;
    std::shared_ptr<Node> copy;
    const auto writable = [&]() -> Node & {
        if (!copy)
            copy = std::make_shared<Node>(node);
        return *copy;
    };
    for (std::size_t i = 0; i < node.args.size(); ++i) {
        Expression argument = replaced(node.args[i], by, inSubquery);
        if (argument.pointer() != node.args[i].pointer())
            writable().args[i] = std::move(argument);
    }
    if (node.select && inSubquery) {
        auto inner = std::make_shared<Select>(*node.select);
        inSubquery(*inner);
        writable().select = std::move(inner);
    }
    return copy ? Expression(std::move(copy)) : expression;
}

Expression resolveMembers(const Expression &expression, const Registry &registry, const Mapper *asked)
{
    return replaced(
        expression,
        [&](const Node &node) {
            return node.kind == NodeKind::Column && !node.column && node.alias.empty()
                       ? memberColumn(node, registry, asked)
                       : Expression();
        },
        [&](Select &inner) { resolveMembers(inner, registry); }); // which may be about others
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
