// The total order of values: Value::compare().

#include "ormcore/base/value.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace orm {

namespace {

// Values of different ranks never mix; within a rank they compare by content.
int rank(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Null:
        return 0;
    case ValueKind::Bool:
    case ValueKind::Int:
    case ValueKind::Double:
    case ValueKind::Decimal:
        return 1;
    default:
        return static_cast<int>(kind);
    }
}

bool isWhole(const Value &value) { return value.kind() == ValueKind::Bool || value.kind() == ValueKind::Int; }

std::int64_t whole(const Value &value)
{
    return value.kind() == ValueKind::Bool ? std::int64_t{value.asBool()} : value.asInt();
}

// Every finite double is a decimal of at most 1074 digits after the point.
Decimal exactDecimal(double number)
{
    std::array<char, 1500> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, 1074);
    return *Decimal::parse({text.data(), end.ptr});
}

Decimal exactDecimal(const Value &value)
{
    if (isWhole(value))
        return {whole(value), 0};
    return value.kind() == ValueKind::Double ? exactDecimal(value.asDouble()) : value.asDecimal();
}

// Infinities and NaN stand outside the finite numbers: -1 below, 1 above, 2 NaN, 0 finite.
int outlier(const Value &value)
{
    if (value.kind() != ValueKind::Double)
        return 0;
    const double number = value.asDouble();
    if (std::isnan(number))
        return 2;
    return std::isinf(number) ? (number < 0 ? -1 : 1) : 0;
}

std::strong_ordering compareNumbers(const Value &a, const Value &b)
{
    if (isWhole(a) && isWhole(b))
        return whole(a) <=> whole(b);
    const int left = outlier(a);
    const int right = outlier(b);
    if (left != 0 || right != 0)
        return left <=> right;
    if (a.kind() == ValueKind::Double && b.kind() == ValueKind::Double) {
        if (a.asDouble() == b.asDouble())
            return std::strong_ordering::equal;
        return a.asDouble() < b.asDouble() ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    return exactDecimal(a) <=> exactDecimal(b);
}

} // namespace

std::strong_ordering Value::compare(const Value &a, const Value &b)
{
    if (const auto byRank = rank(a.kind()) <=> rank(b.kind()); byRank != 0)
        return byRank;
    switch (a.kind()) {
    case ValueKind::Null:
        return std::strong_ordering::equal;
    case ValueKind::Bool:
    case ValueKind::Int:
    case ValueKind::Double:
    case ValueKind::Decimal:
        return compareNumbers(a, b);
    case ValueKind::Text:
    case ValueKind::Bytes:
    case ValueKind::Json:
        return a.view().compare(b.view()) <=> 0;
    case ValueKind::Uuid:
        return a.blockView().compare(b.blockView()) <=> 0;
    case ValueKind::Array: {
        const auto left = a.asArray();
        const auto right = b.asArray();
        return std::lexicographical_compare_three_way(left.begin(), left.end(), right.begin(), right.end(),
                                                      [](const Value &x, const Value &y) { return compare(x, y); });
    }
    default:
        return a.number() <=> b.number();
    }
}

} // namespace orm
