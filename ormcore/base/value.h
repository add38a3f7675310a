#pragma once

#include "ormcore/base/datetime.h"
#include "ormcore/base/decimal.h"

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
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
/// Equality is exact: same kind and same content, so Int 1 and Double 1.0 differ (compare() orders numbers by value);
/// within a kind it is the database's: 1.5 and 1.50 are one decimal, 0.0 and -0.0 one double, and a NaN equals itself.
/// Thread: values may be copied between threads freely. Errors: a wrong accessor asserts; see as…().
class Value {
public:
    Value() noexcept = default; ///< NULL
    Value(std::nullptr_t) noexcept {}
    Value(bool value) noexcept : Value(ValueKind::Bool, std::int64_t{value}) {}
    Value(int value) noexcept : Value(static_cast<std::int64_t>(value)) {}
    Value(std::int64_t value) noexcept : Value(ValueKind::Int, value) {}
    Value(double value) noexcept : Value(ValueKind::Double, std::bit_cast<std::int64_t>(value)) {}
    Value(const Decimal &value);
    Value(std::string_view text) : Value(ValueKind::Text, text) {}
    Value(const char *text) : Value(std::string_view(text)) {}
    Value(const std::string &text) : Value(std::string_view(text)) {}
    Value(Date value) noexcept : Value(ValueKind::Date, value.days) {}
    Value(Time value) noexcept : Value(ValueKind::Time, value.micros) {}
    Value(Timestamp value) noexcept : Value(ValueKind::Timestamp, value.micros) {}
    Value(TimestampTz value) noexcept : Value(ValueKind::TimestampTz, value.micros) { setSmall(value.offset); }
    Value(const UuidBytes &value);
    static Value bytes(std::span<const std::byte> data)
    {
        return {ValueKind::Bytes, std::string_view(reinterpret_cast<const char *>(data.data()), data.size())};
    }
    static Value bytes(std::string_view data) { return {ValueKind::Bytes, data}; }
    static Value json(std::string_view text) { return {ValueKind::Json, text}; }
    static Value array(std::span<const Value> elements);

    Value(const Value &other) noexcept : m_cell(other.m_cell)
    {
        if (!inside())
            retain();
    }
    Value(Value &&other) noexcept : m_cell(other.m_cell) { other.m_cell = Cell{}; }
    Value &operator=(const Value &other) noexcept
    {
        Value copy(other);
        std::swap(m_cell, copy.m_cell);
        return *this;
    }
    Value &operator=(Value &&other) noexcept
    {
        std::swap(m_cell, other.m_cell);
        return *this;
    }
    ~Value()
    {
        if (!inside())
            release();
    }

    [[nodiscard]] ValueKind kind() const noexcept { return m_cell.kind; }
    [[nodiscard]] bool isNull() const noexcept { return m_cell.kind == ValueKind::Null; }
    [[nodiscard]] bool asBool() const { return number(ValueKind::Bool) != 0; }
    [[nodiscard]] std::int64_t asInt() const { return number(ValueKind::Int); }
    [[nodiscard]] double asDouble() const { return std::bit_cast<double>(number(ValueKind::Double)); }
    [[nodiscard]] Decimal asDecimal() const;
    /// Text, Json; lives as long as this Value (not a copy of it).
    [[nodiscard]] std::string_view asText() const
    {
        assert(kind() == ValueKind::Text || kind() == ValueKind::Json);
        return view();
    }
    [[nodiscard]] std::string_view asBytes() const
    {
        assert(kind() == ValueKind::Bytes);
        return view();
    }
    [[nodiscard]] Date asDate() const { return {static_cast<std::int32_t>(number(ValueKind::Date))}; }
    [[nodiscard]] Time asTime() const { return {number(ValueKind::Time)}; }
    [[nodiscard]] Timestamp asTimestamp() const { return {number(ValueKind::Timestamp)}; }
    [[nodiscard]] TimestampTz asTimestampTz() const { return {number(ValueKind::TimestampTz), small()}; }
    [[nodiscard]] UuidBytes asUuid() const;
    [[nodiscard]] std::span<const Value> asArray() const;

    /// For logs, files and people: locale-free, exact, round-trips through fromText of the same kind. Bytes as hex,
    /// NULL as "NULL".
    [[nodiscard]] std::string toString() const;
    /// Reads what toString() writes; nullopt if it is no such value.
    static std::optional<Value> fromText(ValueKind kind, std::string_view text);

    friend bool operator==(const Value &a, const Value &b);
    /// Total order for sorting: NULL first, numbers by exact value over Bool/Int/Double/Decimal (NaN last), text by
    /// bytes.
    static std::strong_ordering compare(const Value &a, const Value &b);
    [[nodiscard]] std::size_t hash() const noexcept; ///< equal values hash equal

private:
    struct Block;
    static constexpr std::uint8_t kOutside = 0xFF;
    static constexpr std::size_t kInsideCapacity = 14;
    static constexpr std::size_t kNumberOffset = 6; // in data: bytes 8..15 of the cell

    // Text up to its capacity stands in data. A number or the address of a Block stands in the last eight bytes, a
    // zone offset or a decimal's scale in the first two.
    struct alignas(8) Cell {
        ValueKind kind = ValueKind::Null;
        std::uint8_t length = 0; // of the text inside, or kOutside
        std::array<char, kInsideCapacity> data{};
    };

    Value(ValueKind kind, std::int64_t number) noexcept
    {
        m_cell.kind = kind;
        setNumber(number);
    }
    Value(ValueKind kind, std::string_view data)
    {
        if (data.size() <= kInsideCapacity) {
            m_cell.length = static_cast<std::uint8_t>(data.size());
            if (!data.empty())
                std::memcpy(m_cell.data.data(), data.data(), data.size());
        } else {
            setBlock(data);
        }
        m_cell.kind = kind;
    }
    [[nodiscard]] bool inside() const noexcept { return m_cell.length != kOutside; }
    [[nodiscard]] std::string_view view() const noexcept
    {
        return inside() ? std::string_view(m_cell.data.data(), m_cell.length) : blockView();
    }
    [[nodiscard]] std::int64_t number() const noexcept
    {
        std::int64_t result = 0;
        std::memcpy(&result, m_cell.data.data() + kNumberOffset, sizeof result);
        return result;
    }
    [[nodiscard]] std::int64_t number([[maybe_unused]] ValueKind expected) const
    {
        assert(kind() == expected);
        return number();
    }
    [[nodiscard]] std::int16_t small() const noexcept
    {
        std::int16_t result = 0;
        std::memcpy(&result, m_cell.data.data(), sizeof result);
        return result;
    }
    void setNumber(std::int64_t number) noexcept
    {
        std::memcpy(m_cell.data.data() + kNumberOffset, &number, sizeof number);
    }
    void setSmall(std::int16_t number) noexcept { std::memcpy(m_cell.data.data(), &number, sizeof number); }
    void setBlock(std::string_view data);
    [[nodiscard]] Block *block() const noexcept { return reinterpret_cast<Block *>(number()); }
    [[nodiscard]] std::string_view blockView() const noexcept;
    void retain() noexcept;
    void release() noexcept;

    Cell m_cell;
};
static_assert(sizeof(Value) == 16);

/// The kind's name in messages and files: "null", "bool", "int", …, "timestamptz", "uuid", "json", "array".
[[nodiscard]] std::string_view toString(ValueKind kind) noexcept;

} // namespace orm

template <> struct std::hash<orm::Value> {
    std::size_t operator()(const orm::Value &value) const noexcept { return value.hash(); }
};
