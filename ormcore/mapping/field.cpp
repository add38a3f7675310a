#include "ormcore/mapping/field.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/field_visit.h"

#include <cmath>
#include <limits>
#include <span>

namespace orm {

using detail::presentField;
using detail::visitKind;
using detail::writableField;

namespace {

[[noreturn]] void doesNotFit(const Value &value, const char *what)
{
    throw DataError("the value " + value.toString() + " does not fit " + what);
}

template <class Integer> Integer exactInteger(const Value &value)
{
    std::int64_t number = 0;
    switch (value.kind()) {
    case ValueKind::Int:
        number = value.asInt();
        break;
    case ValueKind::Bool:
        number = value.asBool() ? 1 : 0;
        break;
    case ValueKind::Double:
        if (std::trunc(value.asDouble()) != value.asDouble() || std::abs(value.asDouble()) > 9.0e15)
            doesNotFit(value, "an integer");
        number = static_cast<std::int64_t>(value.asDouble());
        break;
    case ValueKind::Decimal: {
        const Decimal whole = value.asDecimal().rescaled(0);
        if (!(whole == value.asDecimal()) || !whole.unscaled())
            doesNotFit(value, "an integer");
        number = *whole.unscaled();
        break;
    }
    default:
        doesNotFit(value, "an integer");
    }
    if constexpr (std::is_same_v<Integer, bool>) {
        if (number != 0 && number != 1)
            doesNotFit(value, "a truth value");
        return number != 0;
    } else {
        if (number < std::numeric_limits<Integer>::min() || number > std::numeric_limits<Integer>::max())
            doesNotFit(value, "an integer of this size");
        return static_cast<Integer>(number);
    }
}

double exactDouble(const Value &value)
{
    switch (value.kind()) {
    case ValueKind::Double:
        return value.asDouble();
    case ValueKind::Int:
        return static_cast<double>(value.asInt());
    case ValueKind::Decimal:
        return value.asDecimal().toDouble();
    default:
        doesNotFit(value, "a floating-point number");
    }
}

Decimal exactDecimal(const Value &value)
{
    switch (value.kind()) {
    case ValueKind::Decimal:
        return value.asDecimal();
    case ValueKind::Int:
        return {value.asInt(), 0};
    case ValueKind::Double:
    case ValueKind::Text:
        if (const auto decimal = Decimal::parse(value.toString()))
            return *decimal;
        [[fallthrough]];
    default:
        doesNotFit(value, "a decimal number");
    }
}

template <class Stamp> Stamp exactStamp(const Value &value, ValueKind kind, Stamp (Value::*get)() const)
{
    if (value.kind() == kind)
        return (value.*get)();
    if (value.kind() == ValueKind::Text)
        if (const auto parsed = Stamp::parse(value.asText()))
            return *parsed;
    doesNotFit(value, "a date or time");
}

template <class T> T fromValue(const Value &value)
{
    if constexpr (std::is_integral_v<T>)
        return exactInteger<T>(value);
    else if constexpr (std::is_floating_point_v<T>)
        return static_cast<T>(exactDouble(value));
    else if constexpr (std::is_same_v<T, std::string>) {
        if (value.kind() == ValueKind::Text || value.kind() == ValueKind::Json)
            return std::string(value.asText());
        return value.toString(); // SQLite stores a number in a text column where it was told to
    } else if constexpr (std::is_same_v<T, Decimal>)
        return exactDecimal(value);
    else if constexpr (std::is_same_v<T, Date>)
        return exactStamp<Date>(value, ValueKind::Date, &Value::asDate);
    else if constexpr (std::is_same_v<T, Time>)
        return exactStamp<Time>(value, ValueKind::Time, &Value::asTime);
    else if constexpr (std::is_same_v<T, Timestamp>)
        return exactStamp<Timestamp>(value, ValueKind::Timestamp, &Value::asTimestamp);
    else if constexpr (std::is_same_v<T, TimestampTz>)
        return exactStamp<TimestampTz>(value, ValueKind::TimestampTz, &Value::asTimestampTz);
    else if constexpr (std::is_same_v<T, Bytes>) {
        if (value.kind() != ValueKind::Bytes)
            doesNotFit(value, "bytes");
        const auto view = std::as_bytes(std::span(value.asBytes()));
        return Bytes(view.begin(), view.end());
    } else if constexpr (std::is_same_v<T, UuidBytes>) {
        if (value.kind() == ValueKind::Uuid)
            return value.asUuid();
        if (value.kind() == ValueKind::Text)
            if (const auto parsed = Value::fromText(ValueKind::Uuid, value.asText()))
                return parsed->asUuid();
        doesNotFit(value, "a UUID");
    } else
        return value;
}

template <class T> Value toValue(const T &member, const Type &type)
{
    if constexpr (std::is_same_v<T, Value>)
        return member;
    else if constexpr (std::is_same_v<T, bool>)
        return Value(member);
    else if constexpr (std::is_integral_v<T>) {
        if (type.kind == TypeKind::Boolean && (member == 0 || member == 1))
            return Value(member != 0);
        return Value(static_cast<std::int64_t>(member));
    } else if constexpr (std::is_floating_point_v<T>)
        return Value(static_cast<double>(member));
    else if constexpr (std::is_same_v<T, Bytes>)
        return Value::bytes(std::span<const std::byte>(member));
    else if constexpr (std::is_same_v<T, std::string>)
        return type.kind == TypeKind::Json ? Value::json(member) : Value(member);
    else
        return Value(member);
}

} // namespace

Type defaultColumnType(FieldType field)
{
    switch (field.kind) {
    case FieldKind::Bool:
        return Boolean();
    case FieldKind::Int8:
    case FieldKind::Int16:
        return SmallInteger();
    case FieldKind::Int32:
        return Integer();
    case FieldKind::Int64:
        return BigInteger();
    case FieldKind::Float:
        return Float();
    case FieldKind::Double:
        return Double();
    case FieldKind::Text:
        return Text();
    case FieldKind::Decimal:
        return Numeric(18, 4);
    case FieldKind::Date:
        return DateType();
    case FieldKind::Time:
        return TimeType();
    case FieldKind::Timestamp:
        return DateTime();
    case FieldKind::TimestampTz:
        return DateTime(true);
    case FieldKind::Blob:
        return LargeBinary();
    case FieldKind::Uuid:
        return UuidType();
    case FieldKind::Value:
        break;
    }
    return {};
}

Value fieldValue(FieldType field, const void *member, const Type &type)
{
    return visitKind(field.kind, [&](auto tag) {
        using T = typename decltype(tag)::Type;
        const T *present = presentField<T>(field, member);
        return present ? toValue(*present, type) : Value();
    });
}

void setFieldValue(FieldType field, void *member, const Value &value)
{
    visitKind(field.kind, [&](auto tag) {
        using T = typename decltype(tag)::Type;
        if (!value.isNull() || field.kind == FieldKind::Value)
            writableField<T>(field, member) = fromValue<T>(value);
        else if (field.optional)
            static_cast<std::optional<T> *>(member)->reset();
        else
            throw DataError("NULL does not fit a member that is not optional");
    });
}

void moveField(FieldType field, void *to, void *from)
{
    visitKind(field.kind, [&](auto tag) {
        using T = typename decltype(tag)::Type;
        if (field.optional)
            *static_cast<std::optional<T> *>(to) = std::move(*static_cast<std::optional<T> *>(from));
        else
            *static_cast<T *>(to) = std::move(*static_cast<T *>(from));
    });
}

bool fieldIsNull(FieldType field, const void *member)
{
    if (field.kind == FieldKind::Value)
        return static_cast<const Value *>(member)->isNull();
    if (!field.optional)
        return false;
    return visitKind(field.kind, [&](auto tag) {
        return !static_cast<const std::optional<typename decltype(tag)::Type> *>(member)->has_value();
    });
}

bool fieldIsUnset(FieldType field, const void *member)
{
    return visitKind(field.kind, [&](auto tag) {
        using T = typename decltype(tag)::Type;
        const T *present = presentField<T>(field, member);
        if (!present)
            return true;
        if constexpr (std::is_same_v<T, Value>)
            return present->isNull() || (present->kind() == ValueKind::Int && present->asInt() == 0);
        else if constexpr (std::is_integral_v<T>)
            return *present == 0;
        else
            return false;
    });
}

bool fieldEquals(FieldType field, const void *member, const Value &value)
{
    if (field.kind == FieldKind::Text && value.kind() == ValueKind::Text) { // the common case, without a copy
        const auto *text = presentField<std::string>(field, member);
        return text && *text == value.asText();
    }
    if (field.kind == FieldKind::Value)
        return *static_cast<const Value *>(member) == value;
    static const Type unknown;
    if (value.kind() == ValueKind::Bool || value.kind() == ValueKind::Json) {
        const Type same = value.kind() == ValueKind::Bool ? Boolean() : Json();
        return fieldValue(field, member, same) == value;
    }
    return fieldValue(field, member, unknown) == value;
}

bool fieldsEqual(FieldType field, const void *a, const void *b)
{
    return visitKind(field.kind, [&](auto tag) {
        using T = typename decltype(tag)::Type;
        const T *left = presentField<T>(field, a);
        const T *right = presentField<T>(field, b);
        if (!left || !right)
            return left == right;
        if constexpr (std::is_same_v<T, TimestampTz>)
            return left->micros == right->micros && left->offset == right->offset;
        else
            return *left == *right;
    });
}

} // namespace orm
