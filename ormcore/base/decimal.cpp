#include "ormcore/base/decimal.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <cassert>
#include <charconv>
#include <limits>

namespace orm {

namespace {

using Integer = boost::multiprecision::cpp_int;

constexpr std::array<std::int64_t, 19> kPowersOfTen = [] {
    std::array<std::int64_t, 19> powers{};
    std::int64_t power = 1;
    for (std::int64_t &entry : powers) {
        entry = power;
        power = power <= std::numeric_limits<std::int64_t>::max() / 10 ? power * 10 : power;
    }
    return powers;
}();

// Digits that an exponent may add: far beyond any database, small enough not to fill the memory.
constexpr int kMaximumExponent = 100000;

int checkedScale(int scale)
{
    if (scale < 0 || scale > Decimal::kMaximumScale)
        throw DataError("a decimal cannot have " + std::to_string(scale) + " digits after the point");
    return scale;
}

Integer toInteger(const std::string &digits)
{
    const bool negative = digits.starts_with('-');
    // A leading zero would be read as octal.
    const std::size_t start = digits.find_first_not_of('0', negative ? 1 : 0);
    if (start == std::string::npos)
        return 0;
    const Integer magnitude(digits.substr(start));
    return negative ? Integer(-magnitude) : magnitude;
}

Integer powerOfTen(int exponent) { return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent)); }

// small * 10^exponent where it fits.
std::optional<std::int64_t> scaledUp(std::int64_t small, int exponent)
{
    std::int64_t result = 0;
    if (exponent >= static_cast<int>(kPowersOfTen.size()) ||
        __builtin_mul_overflow(small, kPowersOfTen[static_cast<std::size_t>(exponent)], &result))
        return small == 0 ? std::optional<std::int64_t>(0) : std::nullopt;
    return result;
}

// Takes [+-]digits off the front; nullopt where there is no digit.
std::optional<int> readExponent(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    int exponent = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (text.empty() || text.front() == '+' || end.ec != std::errc() || end.ptr != text.data() + text.size())
        return std::nullopt;
    return exponent;
}

} // namespace

Decimal::Decimal(std::int64_t unscaled, int scale) : m_small(unscaled), m_scale(checkedScale(scale)) {}

Decimal Decimal::fromDigits(std::string digits, int scale)
{
    Decimal result(0, scale);
    const bool negative = digits.starts_with('-');
    const std::size_t start = digits.find_first_not_of('0', negative ? 1 : 0);
    if (start == std::string::npos)
        return result;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), result.m_small);
    if (end.ec == std::errc::result_out_of_range) {
        result.m_small = 0;
        result.m_big = (negative ? "-" : "") + digits.substr(start);
    }
    return result;
}

std::string Decimal::digits() const { return m_big.empty() ? std::to_string(m_small) : m_big; }

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    std::string digits;
    if (text.starts_with('-'))
        digits = "-";
    if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    int exponent = 0;
    if (const std::size_t at = text.find_first_of("eE"); at != std::string_view::npos) {
        const auto read = readExponent(text.substr(at + 1));
        if (!read || *read > kMaximumExponent || *read < -kMaximumExponent)
            return std::nullopt;
        exponent = *read;
        text = text.substr(0, at);
    }
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && fraction.empty()))
        return std::nullopt;
    for (const std::string_view part : {whole, fraction}) {
        for (const char c : part) {
            if (!isDigit(c))
                return std::nullopt;
        }
        digits += part;
    }
    if (fraction.size() > static_cast<std::size_t>(kMaximumScale + kMaximumExponent))
        return std::nullopt;
    int scale = static_cast<int>(fraction.size()) - exponent;
    if (scale < 0) {
        digits.append(static_cast<std::size_t>(-scale), '0');
        scale = 0;
    }
    if (scale > kMaximumScale)
        return std::nullopt;
    return fromDigits(std::move(digits), scale);
}

std::string Decimal::toString() const
{
    std::string text = digits();
    if (m_scale == 0)
        return text;
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    const auto scale = static_cast<std::size_t>(m_scale);
    if (text.size() - sign <= scale)
        text.insert(sign, scale + 1 - (text.size() - sign), '0');
    text.insert(text.size() - scale, 1, '.');
    return text;
}

int Decimal::precision() const
{
    const std::string text = digits();
    return static_cast<int>(text.size()) - (text.starts_with('-') ? 1 : 0);
}

bool Decimal::isZero() const { return m_small == 0 && m_big.empty(); }

std::optional<std::int64_t> Decimal::unscaled() const
{
    return m_big.empty() ? std::optional<std::int64_t>(m_small) : std::nullopt;
}

double Decimal::toDouble() const
{
    const std::string text = toString();
    double number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end.ec == std::errc::result_out_of_range && precision() > m_scale)
        return text.starts_with('-') ? -std::numeric_limits<double>::infinity()
                                     : std::numeric_limits<double>::infinity();
    return number;
}

std::size_t Decimal::hash() const
{
    std::string text = digits();
    int scale = m_scale;
    while (scale > 0 && text.ends_with('0') && text.size() > 1) {
        text.pop_back();
        --scale;
    }
    if (text == "0")
        scale = 0;
    return mixHash(static_cast<std::size_t>(scale), std::hash<std::string>{}(text));
}

Decimal Decimal::rescaled(int scale) const
{
    checkedScale(scale);
    if (scale >= m_scale) {
        if (const auto small = m_big.empty() ? scaledUp(m_small, scale - m_scale) : std::nullopt)
            return {*small, scale};
        return fromDigits(digits() + std::string(static_cast<std::size_t>(scale - m_scale), '0'), scale);
    }
    const Integer divisor = powerOfTen(m_scale - scale);
    Integer quotient;
    Integer remainder;
    boost::multiprecision::divide_qr(toInteger(digits()), divisor, quotient, remainder);
    const bool negative = remainder < 0;
    const Integer twice = boost::multiprecision::abs(remainder) * 2;
    const bool odd = boost::multiprecision::bit_test(boost::multiprecision::abs(quotient), 0);
    if (twice > divisor || (twice == divisor && odd))
        quotient += negative ? -1 : 1;
    return fromDigits(quotient.str(), scale);
}

Decimal operator+(const Decimal &a, const Decimal &b)
{
    const int scale = std::max(a.m_scale, b.m_scale);
    const Decimal left = a.rescaled(scale);
    const Decimal right = b.rescaled(scale);
    std::int64_t sum = 0;
    if (left.m_big.empty() && right.m_big.empty() && !__builtin_add_overflow(left.m_small, right.m_small, &sum))
        return {sum, scale};
    return Decimal::fromDigits(Integer(toInteger(left.digits()) + toInteger(right.digits())).str(), scale);
}

Decimal operator-(const Decimal &a, const Decimal &b)
{
    const int scale = std::max(a.m_scale, b.m_scale);
    const Decimal left = a.rescaled(scale);
    const Decimal right = b.rescaled(scale);
    std::int64_t difference = 0;
    if (left.m_big.empty() && right.m_big.empty() && !__builtin_sub_overflow(left.m_small, right.m_small, &difference))
        return {difference, scale};
    return Decimal::fromDigits(Integer(toInteger(left.digits()) - toInteger(right.digits())).str(), scale);
}

Decimal operator*(const Decimal &a, const Decimal &b)
{
    const int scale = checkedScale(a.m_scale + b.m_scale);
    std::int64_t product = 0;
    if (a.m_big.empty() && b.m_big.empty() && !__builtin_mul_overflow(a.m_small, b.m_small, &product))
        return {product, scale};
    return Decimal::fromDigits(Integer(toInteger(a.digits()) * toInteger(b.digits())).str(), scale);
}

std::strong_ordering operator<=>(const Decimal &a, const Decimal &b)
{
    const int scale = std::max(a.m_scale, b.m_scale);
    if (a.m_big.empty() && b.m_big.empty()) {
        const auto left = scaledUp(a.m_small, scale - a.m_scale);
        const auto right = scaledUp(b.m_small, scale - b.m_scale);
        if (left && right)
            return *left <=> *right;
    }
    const int order = toInteger(a.rescaled(scale).digits()).compare(toInteger(b.rescaled(scale).digits()));
    return order <=> 0;
}

} // namespace orm
