#include "ormcore/sql/expression.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"
#include "ormcore/sql/node_maker.h"
#include "ormcore/sql/statement.h"
#include "ormcore/sql/text_parameters.h"

#include <array>

namespace orm {

namespace {

constexpr char kEscape = '/'; // a backslash would itself need escaping on some databases

const Expression &needed(const Expression &expression)
{
    if (expression.empty())
        throw Argument("an empty expression stands where an operand is needed");
    return expression;
}

Expression operation(NodeKind kind, Operator op, std::vector<Expression> args)
{
    for (const Expression &arg : args)
        needed(arg);
    return makeNode({.kind = kind, .op = op, .args = std::move(args)});
}

Expression unary(Operator op, const Expression &a) { return operation(NodeKind::Unary, op, {a}); }
Expression binary(Operator op, const Expression &a, const Expression &b)
{
    return operation(NodeKind::Binary, op, {a, b});
}

Expression literal(const Value &value) { return makeNode({.kind = NodeKind::Literal, .value = value}); }

const Column *columnOf(const Expression &expression)
{
    return expression.node().kind == NodeKind::Column ? expression.node().column : nullptr;
}

// A plain value compared with a column is converted by the column's type; tuples part by part.
Expression typedBy(const Expression &value, const Expression &other)
{
    const Node &node = value.node();
    if (node.kind == NodeKind::Bind && node.column == nullptr && node.type.kind == TypeKind::Unknown &&
        columnOf(other) != nullptr)
        return makeNode({.kind = NodeKind::Bind, .column = columnOf(other), .value = node.value});
    if (node.kind != NodeKind::Tuple || other.node().kind != NodeKind::Tuple ||
        node.args.size() != other.node().args.size())
        return value;
    std::vector<Expression> parts;
    for (std::size_t i = 0; i < node.args.size(); ++i)
        parts.push_back(typedBy(node.args[i], other.node().args[i]));
    return tuple(std::move(parts));
}

bool isNullValue(const Expression &expression)
{
    const Node &node = expression.node();
    return (node.kind == NodeKind::Bind || (node.kind == NodeKind::Literal && node.name.empty())) &&
           node.value.isNull();
}

Expression comparison(Operator op, const Expression &a, const Expression &b)
{
    return binary(op, typedBy(needed(a), needed(b)), typedBy(b, a));
}

// op is for values; whereNull for a side that is NULL.
Expression nullSafe(Operator op, Operator whereNull, const Expression &a, const Expression &b)
{
    if (isNullValue(needed(b)))
        return unary(whereNull, a);
    if (isNullValue(needed(a)))
        return unary(whereNull, b);
    return comparison(op, a, b);
}

std::string escapedPattern(std::string_view before, std::string_view text, std::string_view after)
{
    std::string pattern(before);
    for (const char c : text) {
        if (c == '%' || c == '_' || c == kEscape)
            pattern += kEscape;
        pattern += c;
    }
    return pattern.append(after);
}

Expression escapedLike(const Expression &text, const std::string &pattern)
{
    return operation(NodeKind::Binary, Operator::Like,
                     {text, Expression(Value(pattern)), literal(Value(std::string_view(&kEscape, 1)))});
}

Expression membership(Operator op, const Expression &left, std::vector<Value> values)
{
    Node list{.kind = NodeKind::BindList, .column = columnOf(needed(left)), .values = std::move(values)};
    return binary(op, left, makeNode(std::move(list)));
}

Expression subquery(const Select &query)
{
    Node node{.kind = NodeKind::Subquery};
    node.select = std::make_shared<const Select>(query);
    return makeNode(std::move(node));
}

Expression conjunction(Operator op, const Expression &a, const Expression &b)
{
    if (a.empty() || b.empty())
        return a.empty() ? b : a;
    std::vector<Expression> args;
    for (const Expression *side : {&a, &b}) {
        const Node &node = side->node();
        if (node.kind == NodeKind::Conjunction && node.op == op)
            args.insert(args.end(), node.args.begin(), node.args.end());
        else
            args.push_back(*side);
    }
    return operation(NodeKind::Conjunction, op, std::move(args));
}

// The operator that is true exactly where op is false, NULL staying NULL; None where there is none.
Operator negated(Operator op)
{
    constexpr std::array kPairs{
        std::pair{Operator::Equal, Operator::NotEqual},
        std::pair{Operator::IsDistinctFrom, Operator::IsNotDistinctFrom},
        std::pair{Operator::IsNull, Operator::IsNotNull},
        std::pair{Operator::Like, Operator::NotLike},
        std::pair{Operator::ILike, Operator::NotILike},
        std::pair{Operator::In, Operator::NotIn},
        std::pair{Operator::Between, Operator::NotBetween},
        std::pair{Operator::Exists, Operator::NotExists},
    };
    for (const auto &[positive, negative] : kPairs) {
        if (op == positive)
            return negative;
        if (op == negative)
            return positive;
    }
    return Operator::None;
}

} // namespace

Expression makeNode(Node node) { return Expression(std::make_shared<const Node>(std::move(node))); }

// Made in place: a node is large, and these two are the ones that hot paths make.
Expression::Expression(const Column &column)
{
    auto node = std::make_shared<Node>();
    node->kind = NodeKind::Column;
    node->column = &column;
    m_node = std::move(node);
}
Expression::Expression(const Value &value)
{
    auto node = std::make_shared<Node>();
    node->kind = NodeKind::Bind;
    node->value = value;
    m_node = std::move(node);
}

Expression Expression::like(std::string_view pattern) const { return binary(Operator::Like, *this, Value(pattern)); }
Expression Expression::notLike(std::string_view pattern) const
{
    return binary(Operator::NotLike, *this, Value(pattern));
}
Expression Expression::ilike(std::string_view pattern) const { return binary(Operator::ILike, *this, Value(pattern)); }
Expression Expression::contains(std::string_view text) const
{
    return escapedLike(*this, escapedPattern("%", text, "%"));
}
Expression Expression::startsWith(std::string_view text) const
{
    return escapedLike(*this, escapedPattern("", text, "%"));
}
Expression Expression::endsWith(std::string_view text) const
{
    return escapedLike(*this, escapedPattern("%", text, ""));
}
Expression Expression::in(std::vector<Value> values) const
{
    return values.empty() ? literalFalse() : membership(Operator::In, *this, std::move(values));
}
Expression Expression::notIn(std::vector<Value> values) const
{
    return values.empty() ? literalTrue() : membership(Operator::NotIn, *this, std::move(values));
}
Expression Expression::in(const Select &query) const { return binary(Operator::In, *this, subquery(query)); }
Expression Expression::notIn(const Select &query) const { return binary(Operator::NotIn, *this, subquery(query)); }
Expression Expression::between(const Expression &low, const Expression &high) const
{
    return operation(NodeKind::Binary, Operator::Between,
                     {needed(*this), typedBy(needed(low), *this), typedBy(needed(high), *this)});
}
Expression Expression::isNull() const { return unary(Operator::IsNull, *this); }
Expression Expression::isNotNull() const { return unary(Operator::IsNotNull, *this); }
Expression Expression::isDistinctFrom(const Expression &other) const
{
    return nullSafe(Operator::IsDistinctFrom, Operator::IsNotNull, *this, other);
}
Expression Expression::isNotDistinctFrom(const Expression &other) const
{
    return nullSafe(Operator::IsNotDistinctFrom, Operator::IsNull, *this, other);
}
Expression Expression::ascending() const { return operation(NodeKind::Ordering, Operator::Ascending, {*this}); }
Expression Expression::descending() const { return operation(NodeKind::Ordering, Operator::Descending, {*this}); }
Expression Expression::nullsFirst() const { return operation(NodeKind::Ordering, Operator::NullsFirst, {*this}); }
Expression Expression::nullsLast() const { return operation(NodeKind::Ordering, Operator::NullsLast, {*this}); }
Expression Expression::label(std::string name) const
{
    return makeNode({.kind = NodeKind::Label, .args = {needed(*this)}, .name = std::move(name)});
}
Expression Expression::cast(Type type) const
{
    return makeNode({.kind = NodeKind::Cast, .args = {needed(*this)}, .type = std::move(type)});
}
Expression Expression::concat(const Expression &other) const { return binary(Operator::Concat, *this, other); }

Expression operator==(const Expression &a, const Expression &b)
{
    return nullSafe(Operator::Equal, Operator::IsNull, a, b);
}
Expression operator!=(const Expression &a, const Expression &b)
{
    return nullSafe(Operator::NotEqual, Operator::IsNotNull, a, b);
}
Expression operator<(const Expression &a, const Expression &b) { return comparison(Operator::Less, a, b); }
Expression operator<=(const Expression &a, const Expression &b) { return comparison(Operator::LessEqual, a, b); }
Expression operator>(const Expression &a, const Expression &b) { return comparison(Operator::Greater, a, b); }
Expression operator>=(const Expression &a, const Expression &b) { return comparison(Operator::GreaterEqual, a, b); }
Expression operator&&(const Expression &a, const Expression &b) { return conjunction(Operator::And, a, b); }
Expression operator||(const Expression &a, const Expression &b) { return conjunction(Operator::Or, a, b); }
Expression operator!(const Expression &a)
{
    if (a.empty())
        return a;
    Node node = a.node();
    if (node.kind == NodeKind::Literal && node.value.kind() == ValueKind::Bool)
        return literal(Value(!node.value.asBool()));
    if (node.kind == NodeKind::Unary && node.op == Operator::Not)
        return node.args.front();
    if (const Operator op = negated(node.op); op != Operator::None) {
        node.op = op;
        return makeNode(std::move(node));
    }
    return unary(Operator::Not, a);
}
Expression operator+(const Expression &a, const Expression &b) { return binary(Operator::Add, a, b); }
Expression operator-(const Expression &a, const Expression &b) { return binary(Operator::Subtract, a, b); }
Expression operator*(const Expression &a, const Expression &b) { return binary(Operator::Multiply, a, b); }
Expression operator/(const Expression &a, const Expression &b) { return binary(Operator::Divide, a, b); }
Expression operator%(const Expression &a, const Expression &b) { return binary(Operator::Modulo, a, b); }
Expression operator-(const Expression &a) { return unary(Operator::Negate, a); }

Expression exists(const Select &query) { return unary(Operator::Exists, subquery(query)); }
Expression scalar(const Select &query) { return subquery(query); }
Expression literalNull() { return literal(Value()); }
Expression literalTrue() { return literal(Value(true)); }
Expression literalFalse() { return literal(Value(false)); }

} // namespace orm
