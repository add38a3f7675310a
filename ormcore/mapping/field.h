#pragma once

#include "ormcore/schema/type.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace orm {

using Bytes = std::vector<std::byte>;

/// What a member of a mapped struct is, or a cell of a record: the C++ side of a column.
enum class FieldKind : std::uint8_t {
    Bool,
    Int8,
    Int16,
    Int32,
    Int64,
    Float,
    Double,
    Text,
    Decimal,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Blob,
    Uuid,
    Value
};

/// optional: the member is a std::optional of the kind. A Value is nullable by itself.
struct FieldType {
    FieldKind kind = FieldKind::Value;
    bool optional = false;
    [[nodiscard]] constexpr bool canBeNull() const noexcept { return optional || kind == FieldKind::Value; }
    bool operator==(const FieldType &) const = default;
};

namespace detail {
template <class T> struct OptionalOf {
    using Type = T;
    static constexpr bool isOptional = false;
};
template <class T> struct OptionalOf<std::optional<T>> {
    using Type = T;
    static constexpr bool isOptional = true;
};
template <class> inline constexpr bool unsupportedMember = false;

template <class T> constexpr FieldKind fieldKindOf()
{
    if constexpr (std::is_same_v<T, bool>)
        return FieldKind::Bool;
    else if constexpr (std::is_enum_v<T>)
        return fieldKindOf<std::underlying_type_t<T>>();
    else if constexpr (std::is_integral_v<T>)
        return sizeof(T) == 8   ? FieldKind::Int64
               : sizeof(T) == 4 ? FieldKind::Int32
               : sizeof(T) == 2 ? FieldKind::Int16
                                : FieldKind::Int8;
    else if constexpr (std::is_same_v<T, float>)
        return FieldKind::Float;
    else if constexpr (std::is_same_v<T, double>)
        return FieldKind::Double;
    else if constexpr (std::is_same_v<T, std::string>)
        return FieldKind::Text;
    else if constexpr (std::is_same_v<T, Decimal>)
        return FieldKind::Decimal;
    else if constexpr (std::is_same_v<T, Date>)
        return FieldKind::Date;
    else if constexpr (std::is_same_v<T, Time>)
        return FieldKind::Time;
    else if constexpr (std::is_same_v<T, Timestamp>)
        return FieldKind::Timestamp;
    else if constexpr (std::is_same_v<T, TimestampTz>)
        return FieldKind::TimestampTz;
    else if constexpr (std::is_same_v<T, Bytes>)
        return FieldKind::Blob;
    else if constexpr (std::is_same_v<T, UuidBytes>)
        return FieldKind::Uuid;
    else if constexpr (std::is_same_v<T, Value>)
        return FieldKind::Value;
    else
        static_assert(unsupportedMember<T>, "a column cannot be mapped to a member of this type");
}
} // namespace detail

template <class T> constexpr FieldType fieldTypeOf()
{
    using Optional = detail::OptionalOf<T>;
    return {detail::fieldKindOf<typename Optional::Type>(), Optional::isOptional};
}

/// The column type that a member gets where the mapping names none.
[[nodiscard]] Type defaultColumnType(FieldType field);

// Operations on a member through a pointer to it. Errors: DataError where a value does not fit the member exactly.
[[nodiscard]] Value fieldValue(FieldType field, const void *member, const Type &type);
void setFieldValue(FieldType field, void *member, const Value &value);
void moveField(FieldType field, void *to, void *from);
[[nodiscard]] bool fieldIsNull(FieldType field, const void *member);
/// NULL, and for a key also zero: what a database-made key looks like before the database made it.
[[nodiscard]] bool fieldIsUnset(FieldType field, const void *member);
[[nodiscard]] bool fieldEquals(FieldType field, const void *member, const Value &value);
[[nodiscard]] bool fieldsEqual(FieldType field, const void *a, const void *b);

} // namespace orm
