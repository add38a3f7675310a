#include "ormcore/codegen/cpp/cpp_names.h"

#include "ormcore/base/text.h"

#include <algorithm>
#include <array>

namespace orm::codegen {

namespace {

constexpr std::array<std::string_view, 112> kKeywords{
    "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char",
    "char16_t", "char32_t", "char8_t", "class", "co_await", "co_return", "co_yield", "compl", "concept", "const",
    "const_cast", "consteval", "constexpr", "constinit", "continue", "decltype", "default", "delete", "do", "double",
    "dynamic_cast", "else", "enum", "explicit", "export", "extern", "false", "final", "float", "for", "friend", "goto",
    "if", "import", "inline", "int", "long", "module", "mutable", "namespace", "new", "noexcept", "not", "not_eq",
    "nullptr", "operator", "or", "or_eq", "override", "private", "protected", "public", "register", "requires",
    "return", "short", "signed", "sizeof", "static", "static_assert", "static_cast", "struct", "switch", "template",
    "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned", "using",
    "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq", "reinterpret_cast",
    // names that a generated file uses itself, and macros of common headers
    "std", "orm", "assert", "errno", "NULL", "EOF", "linux", "unix", "major", "minor", "stdin", "stdout", "stderr",
    "signals", "slots", "emit"};

bool isKeyword(std::string_view word) { return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end(); }

constexpr bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool isLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr char upper(char c) { return isLower(c) ? static_cast<char>(c - 32) : c; }

/// Latin letters with marks (U+00C0 to U+017F) without them; other letters as their number.
std::string withoutMarks(std::string_view text)
{
    constexpr std::string_view plain =
        "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty"
        "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOo"
        "RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            result.push_back(text[i]);
        } else if (byte >= 0xC3 && byte <= 0xC5 && i + 1 < text.size()) {
            const auto next = static_cast<unsigned char>(text[++i]);
            const std::size_t index = ((byte & 0x1FU) << 6U | (next & 0x3FU)) - 0xC0U;
            result.push_back(index < plain.size() ? plain[index] : ' ');
        } else if (byte >= 0xC0) {
            constexpr std::string_view digits = "0123456789abcdef";
            result.append({' ', 'u'});
            for (; i < text.size() && static_cast<unsigned char>(text[i]) >= 0x80; ++i) {
                result.push_back(digits[static_cast<unsigned char>(text[i]) >> 4U]);
                result.push_back(digits[static_cast<unsigned char>(text[i]) & 0xFU]);
            }
            --i;
            result.push_back(' ');
        } else {
            result.push_back(' ');
        }
    }
    return result;
}

std::string capitalised(const std::string &word)
{
    std::string text = lowerAscii(word);
    text.front() = upper(text.front());
    return text;
}

/// Not empty, no digit first.
std::string begun(std::string text, const char *otherwise)
{
    if (text.empty())
        return otherwise;
    return isDigit(text.front()) ? "_" + text : text;
}

} // namespace

std::vector<std::string> wordsOf(std::string_view name)
{
    const std::string text = withoutMarks(name);
    std::vector<std::string> words;
    bool fresh = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (!isUpper(c) && !isLower(c) && !isDigit(c)) {
            fresh = true;
            continue;
        }
        const char before = i > 0 ? text[i - 1] : ' ';
        const bool afterLower = isUpper(c) && (isLower(before) || isDigit(before));
        const bool lastOfCapitals = isUpper(c) && isUpper(before) && i + 1 < text.size() && isLower(text[i + 1]);
        if (fresh || afterLower || lastOfCapitals)
            words.emplace_back();
        fresh = false;
        words.back().push_back(c);
    }
    return words;
}

std::string upperCamel(std::string_view name)
{
    std::string text;
    for (const std::string &word : wordsOf(name))
        text += capitalised(word);
    text = begun(std::move(text), "Entity");
    return isKeyword(text) ? text + "_" : text;
}

std::string lowerCamel(std::string_view name)
{
    std::string text;
    for (const std::string &word : wordsOf(name))
        text += text.empty() ? lowerAscii(word) : capitalised(word);
    text = begun(std::move(text), "member");
    return isKeyword(text) ? text + "_" : text;
}

std::string snake(std::string_view name)
{
    std::string text;
    for (const std::string &word : wordsOf(name))
        text += (text.empty() ? "" : "_") + lowerAscii(word);
    text = begun(std::move(text), "model");
    return isKeyword(text) ? text + "_" : text;
}

std::string plural(std::string_view word)
{
    const std::string text(word);
    const std::string folded = lowerAscii(word);
    const auto ends = [&](std::string_view tail) { return folded.ends_with(tail); };
    if (text.empty() || (ends("s") && !ends("ss") && !ends("us") && !ends("is")))
        return text;
    if (ends("y") && text.size() > 1 && std::string_view("aeiou").find(folded[text.size() - 2]) == std::string::npos)
        return text.substr(0, text.size() - 1) + "ies";
    return text + (ends("s") || ends("x") || ends("z") || ends("ch") || ends("sh") ? "es" : "s");
}

std::string identifier(std::string_view name)
{
    const auto fits = [](char c) { return isUpper(c) || isLower(c) || isDigit(c) || c == '_'; };
    std::string text;
    for (const char c : withoutMarks(name))
        if (const char kept = fits(c) ? c : '_'; kept != '_' || !text.ends_with('_')) // two are the compiler's
            text.push_back(kept);
    text = begun(std::move(text), "name");
    if (text.size() > 1 && text[0] == '_' && isUpper(text[1]))
        text.erase(0, 1);
    return isKeyword(text) ? text + "_" : text;
}

std::string stringLiteral(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result.append({'\\', c});
        } else if (c == '\n') {
            result += "\\n";
        } else if (byte < 0x20 || byte == 0x7F) {
            const auto digit = [&](unsigned shift) { return static_cast<char>('0' + ((byte >> shift) & 7U)); };
            result.append({'\\', digit(6), digit(3), digit(0)}); // octal escapes end after three digits
        } else {
            result.push_back(c);
        }
    }
    return result + "\"";
}

std::string Scope::take(const std::vector<std::string> &wishes)
{
    for (const std::string &wish : wishes)
        if (!wish.empty() && m_taken.insert(wish).second)
            return wish;
    std::string name;
    for (int number = 2; !m_taken.insert(name = wishes.back() + std::to_string(number)).second;)
        ++number;
    return name;
}

} // namespace orm::codegen
