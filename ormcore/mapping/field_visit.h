#pragma once

#include "ormcore/mapping/field.h"

#include <utility>

namespace orm::detail {

template <class T> struct FieldTag {
    using Type = T;
};

/// Calls visitor(FieldTag<T>{}) with the kind's C++ type.
template <class Visitor> decltype(auto) visitKind(FieldKind kind, Visitor &&visitor)
{
    switch (kind) {
    case FieldKind::Bool:
        return visitor(FieldTag<bool>{});
    case FieldKind::Int8:
        return visitor(FieldTag<std::int8_t>{});
    case FieldKind::Int16:
        return visitor(FieldTag<std::int16_t>{});
    case FieldKind::Int32:
        return visitor(FieldTag<std::int32_t>{});
    case FieldKind::Int64:
        return visitor(FieldTag<std::int64_t>{});
    case FieldKind::Float:
        return visitor(FieldTag<float>{});
    case FieldKind::Double:
        return visitor(FieldTag<double>{});
    case FieldKind::Text:
        return visitor(FieldTag<std::string>{});
    case FieldKind::Decimal:
        return visitor(FieldTag<Decimal>{});
    case FieldKind::Date:
        return visitor(FieldTag<Date>{});
    case FieldKind::Time:
        return visitor(FieldTag<Time>{});
    case FieldKind::Timestamp:
        return visitor(FieldTag<Timestamp>{});
    case FieldKind::TimestampTz:
        return visitor(FieldTag<TimestampTz>{});
    case FieldKind::Blob:
        return visitor(FieldTag<Bytes>{});
    case FieldKind::Uuid:
        return visitor(FieldTag<UuidBytes>{});
    case FieldKind::Value:
        break;
    }
    return visitor(FieldTag<Value>{});
}

/// The value of a member, null where it is an empty optional.
template <class T> const T *presentField(FieldType field, const void *member)
{
    if (!field.optional)
        return static_cast<const T *>(member);
    const auto &optional = *static_cast<const std::optional<T> *>(member);
    return optional ? &*optional : nullptr;
}

/// The member's value to be written to; an empty optional gets one.
template <class T> T &writableField(FieldType field, void *member)
{
    if (!field.optional)
        return *static_cast<T *>(member);
    auto &optional = *static_cast<std::optional<T> *>(member);
    return optional ? *optional : optional.emplace();
}

/// Calls use(void *) with a member of the field's C++ type that holds the value. DataError where it does not fit.
template <class Use> void withMember(FieldType field, const Value &value, Use use)
{
    visitKind(field.kind, [&](auto tag) {
        using Plain = typename decltype(tag)::Type;
        const auto with = [&](auto member) {
            setFieldValue(field, &member, value);
            use(static_cast<void *>(&member));
        };
        field.optional ? with(std::optional<Plain>{}) : with(Plain{});
    });
}

} // namespace orm::detail
