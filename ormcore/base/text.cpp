#include "ormcore/base/text.h"

#include <algorithm>

namespace orm {

std::string lowerAscii(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lowerAscii(c); });
    return result;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lowerAscii(x) == lowerAscii(y); });
}

std::string_view trimmed(std::string_view text) noexcept
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view utf8Prefix(std::string_view text, std::size_t bytes) noexcept
{
    if (text.size() <= bytes)
        return text;
    std::size_t end = bytes;
    while (end > 0 && bytes - end < 4 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    // Bytes that are no UTF-8 are cut anywhere.
    return text.substr(0, (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U ? bytes : end);
}

std::string toHex(std::string_view bytes)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string result;
    result.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        result += kDigits[byte >> 4];
        result += kDigits[byte & 15];
    }
    return result;
}

std::string quoted(std::string_view text, char mark)
{
    std::string result(1, mark);
    result.reserve(text.size() + 2);
    for (const char c : text) {
        result += c;
        if (c == mark)
            result += mark;
    }
    result += mark;
    return result;
}

} // namespace orm
