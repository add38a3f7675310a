#pragma once

#include "ormcore/base/datetime.h"
#include "ormcore/base/decimal.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orm {

enum class ValueKind : std::uint8_t {
    Null,
    Bool,
    Int,
    Double,
    Decimal,
    Text,
    Bytes,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Uuid,
    Json,
    Array
};

using UuidBytes = std::array<std::uint8_t, 16>;

/// One cell of a database in 16 bytes: exact, immutable, cheap to copy.
///
/// Up to 14 bytes of text, bytes or JSON stand inside; longer ones, big decimals, UUIDs and arrays in one
/// reference-counted block. NULL, "" and absent are different things: a Value is never absent.
/// Equality is exact: same kind and same content, so Int 1 and Double 1.0 differ (compare() orders numbers by value).
/// Thread: values may be copied between threads freely. Errors: a wrong accessor asserts; see as…().
class Value {
public:
    Value() noexcept = default; ///< NULL
    Value(std::nullptr_t) noexcept {}
    Value(bool value) noexcept;
    Value(int value) noexcept : Value(static_cast<std::int64_t>(value)) {}
    Value(std::int64_t value) noexcept;
    Value(double value) noexcept;
    Value(const Decimal &value);
    Value(std::string_view text);
    Value(const char *text) : Value(std::string_view(text)) {}
    Value(const std::string &text) : Value(std::string_view(text)) {}
    Value(Date value) noexcept;
    Value(Time value) noexcept;
    Value(Timestamp value) noexcept;
    Value(TimestampTz value) noexcept;
    Value(const UuidBytes &value);
    static Value bytes(std::span<const std::byte> data);
    static Value bytes(std::string_view data);
    static Value json(std::string_view text);
    static Value array(std::span<const Value> elements);

    Value(const Value &other) noexcept;
    Value(Value &&other) noexcept;
    Value &operator=(const Value &other) noexcept;
    Value &operator=(Value &&other) noexcept;
    ~Value();

    [[nodiscard]] ValueKind kind() const noexcept { return static_cast<ValueKind>(m_kind); }
    [[nodiscard]] bool isNull() const noexcept { return kind() == ValueKind::Null; }
    [[nodiscard]] bool asBool() const;
    [[nodiscard]] std::int64_t asInt() const;
    [[nodiscard]] double asDouble() const;
    [[nodiscard]] Decimal asDecimal() const;
    [[nodiscard]] std::string_view asText() const; ///< Text, Json; lives as long as this Value (not a copy of it)
    [[nodiscard]] std::string_view asBytes() const;
    [[nodiscard]] Date asDate() const;
    [[nodiscard]] Time asTime() const;
    [[nodiscard]] Timestamp asTimestamp() const;
    [[nodiscard]] TimestampTz asTimestampTz() const;
    [[nodiscard]] UuidBytes asUuid() const;
    [[nodiscard]] std::span<const Value> asArray() const;

    /// For logs, files and people: locale-free, exact, round-trips through fromText of the same kind. Bytes as hex,
    /// NULL as "NULL".
    [[nodiscard]] std::string toString() const;
    /// Reads what toString() writes; nullopt if it is no such value.
    static std::optional<Value> fromText(ValueKind kind, std::string_view text);

    friend bool operator==(const Value &a, const Value &b);
    /// Total order for sorting: NULL first, numbers by exact value over Bool/Int/Double/Decimal, text by bytes.
    static std::strong_ordering compare(const Value &a, const Value &b);
    [[nodiscard]] std::size_t hash() const noexcept; ///< equal values hash equal

private:
    struct Block;
    Value(ValueKind kind, std::string_view data); // text, bytes, json
    [[nodiscard]] bool inside() const noexcept { return m_length != kOutside; }
    [[nodiscard]] std::string_view view() const noexcept;

    static constexpr std::uint8_t kOutside = 0xFF;
    static constexpr std::size_t kInsideCapacity = 14;
    // Byte 0: kind. Byte 1: length inside, or kOutside. Bytes 2..15: text inside. Bytes 8..15: number or Block pointer.
    // Bytes 2..3: zone offset or decimal scale.
    std::uint8_t m_kind = 0;
    std::uint8_t m_length = 0;
    alignas(1) std::array<char, kInsideCapacity> m_data{};
};
static_assert(sizeof(Value) == 16);

} // namespace orm

template <> struct std::hash<orm::Value> {
    std::size_t operator()(const orm::Value &value) const noexcept { return value.hash(); }
};
