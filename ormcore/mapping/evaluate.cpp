#include "ormcore/mapping/evaluate.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

#include <algorithm>
#include <limits>

namespace orm {

namespace {

[[noreturn]] void onlyTheDatabase(const std::string &what)
{
    throw Argument(what + " can only be evaluated by the database, not for an object in memory");
}

[[noreturn]] void mismatch(const Value &a, const Value &b)
{
    throw Argument("values of the kinds " + std::string(toString(a.kind())) + " and " +
                   std::string(toString(b.kind())) + " do not go together");
}

bool isNumber(const Value &value)
{
    return value.kind() == ValueKind::Int || value.kind() == ValueKind::Double || value.kind() == ValueKind::Decimal;
}

double asDouble(const Value &value)
{
    switch (value.kind()) {
    case ValueKind::Int:
        return static_cast<double>(value.asInt());
    case ValueKind::Decimal:
        return value.asDecimal().toDouble();
    default:
        return value.asDouble();
    }
}

Decimal asDecimal(const Value &value)
{
    return value.kind() == ValueKind::Int ? Decimal(value.asInt(), 0) : value.asDecimal();
}

Value integers(Operator op, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    bool overflow = false;
    switch (op) {
    case Operator::Add:
        overflow = __builtin_add_overflow(a, b, &result);
        break;
    case Operator::Subtract:
        overflow = __builtin_sub_overflow(a, b, &result);
        break;
    case Operator::Multiply:
        overflow = __builtin_mul_overflow(a, b, &result);
        break;
    default:
        if (b == 0)
            return {};
        overflow = a == std::numeric_limits<std::int64_t>::min() && b == -1;
        if (!overflow)
            result = op == Operator::Divide ? a / b : a % b;
    }
    if (overflow)
        throw DataError("the result of the expression does not fit 64 bits");
    return result;
}

Value doubles(Operator op, double a, double b)
{
    switch (op) {
    case Operator::Add:
        return a + b;
    case Operator::Subtract:
        return a - b;
    case Operator::Multiply:
        return a * b;
    case Operator::Divide:
        return b == 0.0 ? Value() : Value(a / b);
    default:
        onlyTheDatabase("the remainder of numbers that are no integers");
    }
}

Value arithmetic(Operator op, const Value &a, const Value &b)
{
    if (a.isNull() || b.isNull())
        return {};
    if (!isNumber(a) || !isNumber(b))
        mismatch(a, b);
    if (a.kind() == ValueKind::Int && b.kind() == ValueKind::Int)
        return integers(op, a.asInt(), b.asInt());
    const bool inexact = a.kind() == ValueKind::Double || b.kind() == ValueKind::Double;
    if (inexact || op == Operator::Divide || op == Operator::Modulo)
        return doubles(op, asDouble(a), asDouble(b));
    const Decimal left = asDecimal(a);
    const Decimal right = asDecimal(b);
    return op == Operator::Add ? left + right : op == Operator::Subtract ? left - right : left * right;
}

Value comparison(Operator op, const Value &a, const Value &b)
{
    if (a.isNull() || b.isNull())
        return {};
    const auto numeric = [](const Value &value) { return isNumber(value) || value.kind() == ValueKind::Bool; };
    if (a.kind() != b.kind() && !(numeric(a) && numeric(b)))
        mismatch(a, b);
    const std::strong_ordering order = Value::compare(a, b);
    switch (op) {
    case Operator::Equal:
        return order == std::strong_ordering::equal;
    case Operator::NotEqual:
        return order != std::strong_ordering::equal;
    case Operator::Less:
        return order == std::strong_ordering::less;
    case Operator::LessEqual:
        return order != std::strong_ordering::greater;
    case Operator::Greater:
        return order == std::strong_ordering::greater;
    default:
        return order != std::strong_ordering::less;
    }
}

Value negated(const Value &truth) { return truth.isNull() ? Value() : Value(!truth.asBool()); }

std::string asText(const Value &value)
{
    if (value.kind() == ValueKind::Text || value.kind() == ValueKind::Int || value.kind() == ValueKind::Decimal)
        return value.toString();
    onlyTheDatabase("the text of a value of the kind " + std::string(toString(value.kind())));
}

class Evaluation {
public:
    explicit Evaluation(State &object) noexcept : m_object(object) {}

    Value of(const Expression &expression)
    {
        const Node &node = expression.node();
        switch (node.kind) {
        case NodeKind::Column:
            return column(node);
        case NodeKind::Bind:
            return converted(node.value, node.column ? node.column->type : node.type);
        case NodeKind::Literal:
            return node.value;
        case NodeKind::Unary:
            return unary(node);
        case NodeKind::Binary:
            return binary(node);
        case NodeKind::Conjunction:
            return conjunction(node);
        case NodeKind::Function:
            return call(node);
        case NodeKind::Case:
            return branch(node);
        case NodeKind::Label:
            return of(node.args[0]);
        default:
            onlyTheDatabase(node.kind == NodeKind::Subquery ? "a subquery" : "a part of this expression");
        }
    }

private:
    /// f<&T::member> of the object's class or one that it inherits from, or a column of its own tables.
    Value column(const Node &node)
    {
        const Mapper &mapper = *m_object.mapper;
        std::optional<std::uint16_t> position;
        if (node.column)
            position = mapper.findColumn(node.column);
        for (const Mapper *kind = &mapper; kind && !node.column; kind = kind->hierarchy().base)
            if (node.name == kind->typeName())
                position = mapper.columnAt(static_cast<std::size_t>(node.value.asInt()));
        if (!position)
            onlyTheDatabase("a column that " + mapper.name() + " does not have");
        ensureLoaded(m_object, *position);
        return columnValue(m_object, *position);
    }

    /// As where the database compares it with a column: text becomes what the type is.
    static Value converted(const Value &value, const Type &type)
    {
        const auto wanted = type.valueKind();
        if (!wanted || value.kind() != ValueKind::Text || *wanted == ValueKind::Text)
            return value;
        return Value::fromText(*wanted, value.asText()).value_or(value);
    }

    Value truth(const Expression &expression)
    {
        Value value = of(expression);
        if (value.kind() == ValueKind::Int)
            return value.asInt() != 0;
        if (!value.isNull() && value.kind() != ValueKind::Bool)
            mismatch(value, true);
        return value;
    }

    Value unary(const Node &node)
    {
        switch (node.op) {
        case Operator::IsNull:
            return of(node.args[0]).isNull();
        case Operator::IsNotNull:
            return !of(node.args[0]).isNull();
        case Operator::Not:
            return negated(truth(node.args[0]));
        case Operator::Negate:
            return arithmetic(Operator::Subtract, 0, of(node.args[0]));
        default:
            onlyTheDatabase("EXISTS");
        }
    }

    Value binary(const Node &node)
    {
        switch (node.op) {
        case Operator::Add:
        case Operator::Subtract:
        case Operator::Multiply:
        case Operator::Divide:
        case Operator::Modulo:
            return arithmetic(node.op, of(node.args[0]), of(node.args[1]));
        case Operator::Concat:
            return concatenation(of(node.args[0]), of(node.args[1]));
        case Operator::IsDistinctFrom:
            return distinct(of(node.args[0]), of(node.args[1]));
        case Operator::IsNotDistinctFrom:
            return !distinct(of(node.args[0]), of(node.args[1]));
        case Operator::In:
            return member(node);
        case Operator::NotIn:
            return negated(member(node));
        case Operator::Between:
            return between(node);
        case Operator::NotBetween:
            return negated(between(node));
        case Operator::Like:
        case Operator::NotLike:
        case Operator::ILike:
        case Operator::NotILike:
            onlyTheDatabase("LIKE");
        default:
            return comparison(node.op, of(node.args[0]), of(node.args[1]));
        }
    }

    static Value concatenation(const Value &a, const Value &b)
    {
        return a.isNull() || b.isNull() ? Value() : Value(asText(a) + asText(b));
    }

    static bool distinct(const Value &a, const Value &b)
    {
        return a.isNull() || b.isNull() ? a.isNull() != b.isNull() : comparison(Operator::NotEqual, a, b).asBool();
    }

    /// A NULL among the values makes "not found" unknown.
    Value member(const Node &node)
    {
        const Node &list = node.args[1].node();
        if (list.kind != NodeKind::BindList)
            onlyTheDatabase("a subquery");
        const Value value = of(node.args[0]);
        Value found = false;
        for (const Value &candidate : list.values) {
            const Value equal =
                comparison(Operator::Equal, value, converted(candidate, list.column ? list.column->type : list.type));
            if (equal.isNull())
                found = {};
            else if (equal.asBool())
                return true;
        }
        return found;
    }

    Value between(const Node &node)
    {
        const Value value = of(node.args[0]);
        return combined(Operator::And, {comparison(Operator::GreaterEqual, value, of(node.args[1])),
                                        comparison(Operator::LessEqual, value, of(node.args[2]))});
    }

    Value conjunction(const Node &node)
    {
        std::vector<Value> parts;
        for (const Expression &argument : node.args) {
            parts.push_back(truth(argument));
            if (!parts.back().isNull() && parts.back().asBool() == (node.op == Operator::Or))
                break; // decided
        }
        return combined(node.op, parts);
    }

    /// AND is false with one false, OR is true with one true; else NULL with one NULL.
    static Value combined(Operator op, const std::vector<Value> &parts)
    {
        const bool decisive = op == Operator::Or;
        Value result = !decisive;
        for (const Value &part : parts) {
            if (part.isNull())
                result = {};
            else if (part.asBool() == decisive)
                return decisive;
        }
        return result;
    }

    Value branch(const Node &node)
    {
        std::size_t i = 0;
        for (; i + 1 < node.args.size(); i += 2)
            if (const Value when = truth(node.args[i]); !when.isNull() && when.asBool())
                return of(node.args[i + 1]);
        return i < node.args.size() ? of(node.args[i]) : Value();
    }

    Value call(const Node &node)
    {
        const std::string name = lowerAscii(node.name);
        if (name == "coalesce") {
            for (const Expression &argument : node.args)
                if (Value value = of(argument); !value.isNull())
                    return value;
            return {};
        }
        if (name == "nullif" && node.args.size() == 2) {
            Value value = of(node.args[0]);
            const Value equal = comparison(Operator::Equal, value, of(node.args[1]));
            return !equal.isNull() && equal.asBool() ? Value() : value;
        }
        if (node.args.size() != 1)
            onlyTheDatabase(node.name + "()");
        return callOne(name, of(node.args[0]));
    }

    static Value callOne(const std::string &name, const Value &value)
    {
        if (name == "abs") {
            const Value sign = comparison(Operator::Less, value, 0);
            return !sign.isNull() && sign.asBool() ? arithmetic(Operator::Subtract, 0, value) : value;
        }
        if (name != "lower" && name != "upper" && name != "length")
            onlyTheDatabase(name + "()");
        if (value.isNull())
            return {};
        std::string text = asText(value);
        if (name == "length") // characters: bytes that begin one in UTF-8
            return static_cast<std::int64_t>(
                std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
        if (name == "lower")
            return lowerAscii(text);
        std::transform(text.begin(), text.end(), text.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        return text;
    }

    State &m_object;
};

} // namespace

Value evaluate(const Expression &expression, State &object)
{
    if (expression.empty())
        throw Argument("an empty expression has no value");
    return Evaluation(object).of(expression);
}

} // namespace orm
