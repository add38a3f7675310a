#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orm {

/// A day of the proleptic Gregorian calendar, years -9999 to 294276. Units: days since 1970-01-01.
struct Date {
    std::int32_t days = 0;
    static std::optional<Date> fromCivil(int year, int month, int day);
    static std::optional<Date> parse(std::string_view text); ///< YYYY-MM-DD, optionally signed year
    void toCivil(int &year, int &month, int &day) const;
    [[nodiscard]] std::string toString() const;
    auto operator<=>(const Date &) const = default;
};

/// A time of day. Units: microseconds since midnight, which 24:00:00 ends.
struct Time {
    std::int64_t micros = 0;
    static std::optional<Time> parse(std::string_view text); ///< HH:MM[:SS[.ffffff]]; more than six digits are refused
    [[nodiscard]] std::string toString() const;              ///< fraction only where there is one, six digits
    auto operator<=>(const Time &) const = default;
};

/// A civil timestamp without zone. Units: microseconds since 1970-01-01 00:00 of an unnamed clock; the last is
/// 294247-01-10 04:00:54.775807.
struct Timestamp {
    std::int64_t micros = 0;
    static std::optional<Timestamp> parse(std::string_view text); ///< date, then 'T' or ' ', then time; or date alone
    [[nodiscard]] std::string toString() const;                   ///< "2026-11-22 09:05:00.000123"
    auto operator<=>(const Timestamp &) const = default;
};

/// An instant with the offset it was written with. Units: microseconds UTC; offset in minutes east.
struct TimestampTz {
    std::int64_t micros = 0;
    std::int16_t offset = 0;
    static std::optional<TimestampTz> parse(std::string_view text); ///< as Timestamp, then Z or +HH[:MM]
    [[nodiscard]] std::string toString() const;                     ///< in its offset: "2026-11-22 09:05:00+03:00"
    auto operator<=>(const TimestampTz &other) const { return micros <=> other.micros; }
    bool operator==(const TimestampTz &other) const { return micros == other.micros; }
};

} // namespace orm
