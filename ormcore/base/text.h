#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace orm {

/// Locale-free helpers over ASCII; bytes above 127 stay as they are.
[[nodiscard]] constexpr char lowerAscii(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
[[nodiscard]] constexpr bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool isSpace(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] constexpr bool isWordByte(char c) noexcept
{
    return isDigit(c) || (lowerAscii(c) >= 'a' && lowerAscii(c) <= 'z') || c == '_' || static_cast<signed char>(c) < 0;
}
[[nodiscard]] std::string lowerAscii(std::string_view text);
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
/// At most so many bytes from the front of a UTF-8 text, never half a character.
[[nodiscard]] std::string_view utf8Prefix(std::string_view text, std::size_t bytes) noexcept;
[[nodiscard]] std::string toHex(std::string_view bytes);
/// text in quotation marks, the mark doubled inside: quoted("it's", '\'') is 'it''s'.
[[nodiscard]] std::string quoted(std::string_view text, char mark);

/// Mixes a number into a hash (the 64-bit finaliser of MurmurHash3, Austin Appleby, public domain).
[[nodiscard]] constexpr std::size_t mixHash(std::size_t seed, std::uint64_t value) noexcept
{
    std::uint64_t h = (static_cast<std::uint64_t>(seed) ^ value) + 0x9e3779b97f4a7c15ULL;
    h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdULL;
    h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return static_cast<std::size_t>(h ^ (h >> 33));
}

} // namespace orm
