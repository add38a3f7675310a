#include "ormcore/model/text_escape.h"

#include <algorithm>
#include <cstdint>

namespace orm::model {

namespace {

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 0; // 0: no UTF-8
};

CodePoint decode(std::string_view text) noexcept
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length)
        return {};
    char32_t value = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U)
            return {};
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return {};
    return {value, length};
}

/// Control characters, ends of lines in some tools, and marks that turn the direction of what follows.
bool isHidden(char32_t c) noexcept
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x61C || c == 0xFEFF;
}

void appendByte(std::string &text, char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    text.append("\\x").push_back(digits[byte >> 4U]);
    text.push_back(digits[byte & 0xFU]);
}

int hexDigit(char c) noexcept { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

} // namespace

std::string escaped(std::string_view text, char extra)
{
    std::string result;
    result.reserve(text.size() + 2);
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        const CodePoint point = decode(text.substr(i));
        const std::size_t length = std::max<std::size_t>(point.length, 1);
        if (c == '\n')
            result += "\\n";
        else if (c == '\r')
            result += "\\r";
        else if (c == '\t')
            result += "\\t";
        else if (c == '\\' || (extra != '\0' && c == extra))
            result.append({'\\', c});
        else if (point.length == 0 || isHidden(point.value))
            for (std::size_t k = 0; k < length; ++k)
                appendByte(result, text[i + k]);
        else
            result.append(text.substr(i, length));
        i += length;
    }
    return result;
}

std::optional<std::string> unescaped(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            result.push_back(text[i]);
            continue;
        }
        if (++i == text.size())
            return std::nullopt;
        const char c = text[i];
        if (c == 'n')
            result.push_back('\n');
        else if (c == 'r')
            result.push_back('\r');
        else if (c == 't')
            result.push_back('\t');
        else if (c == '\\' || c == '"')
            result.push_back(c);
        else if (c == 'x' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            result.push_back(static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2])));
            i += 2;
        } else
            return std::nullopt;
    }
    return result;
}

std::string quotedText(std::string_view text) { return '"' + escaped(text, '"') + '"'; }

bool isPlainWord(std::string_view text) noexcept
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !text.empty() && letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

std::string nameText(std::string_view name) { return isPlainWord(name) ? std::string(name) : quotedText(name); }

std::optional<std::size_t> firstBadByte(std::string_view text) noexcept
{
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint point = decode(text.substr(i));
        if (point.length == 0 || (point.value < 0x20 && point.value != '\n') || point.value == 0x7F)
            return i;
        i += point.length;
    }
    return std::nullopt;
}

} // namespace orm::model
