#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orm {

/// An exact decimal number: sign, digits and scale; 1.50 stays 1.50. Any length of digits (Boost cpp_int inside,
/// hidden).
///
/// Units: scale is the number of digits after the point, 0 to 32767. NaN and infinities are not decimals.
/// Comparison is by value: 1.5 == 1.50. Errors: DataError where a result needs a larger scale than there is.
class Decimal {
public:
    Decimal() = default;
    Decimal(std::int64_t unscaled, int scale); ///< 150, 2 is 1.50
    static constexpr int kMaximumScale = 32767;
    static std::optional<Decimal> parse(std::string_view text); ///< [+-]digits[.digits][e[+-]digits]; nothing else
    [[nodiscard]] std::string toString() const;                 ///< never with an exponent
    [[nodiscard]] int scale() const noexcept { return m_scale; }
    [[nodiscard]] int precision() const; ///< significant digits
    [[nodiscard]] bool isZero() const;
    [[nodiscard]] std::optional<std::int64_t> unscaled() const; ///< where it fits 64 bits
    [[nodiscard]] double toDouble() const;                      ///< the nearest
    [[nodiscard]] std::size_t hash() const;                     ///< equal values hash equal
    [[nodiscard]] Decimal rescaled(int scale) const;            ///< rounds half to even when digits go
    friend Decimal operator+(const Decimal &a, const Decimal &b);
    friend Decimal operator-(const Decimal &a, const Decimal &b);
    friend Decimal operator*(const Decimal &a, const Decimal &b);
    friend std::strong_ordering operator<=>(const Decimal &a, const Decimal &b);
    friend bool operator==(const Decimal &a, const Decimal &b) { return (a <=> b) == std::strong_ordering::equal; }

private:
    [[nodiscard]] std::string digits() const; ///< the unscaled number with its sign
    static Decimal fromDigits(std::string digits, int scale);

    std::int64_t m_small = 0; // the unscaled number where m_big is empty
    std::string m_big;        // else its digits with sign, in base 10
    int m_scale = 0;
};

} // namespace orm
