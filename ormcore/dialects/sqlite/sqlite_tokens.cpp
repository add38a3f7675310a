#include "ormcore/dialects/sqlite/sqlite_tokens.h"

#include "ormcore/base/text.h"

namespace orm {

namespace {

// Past a quoted piece that begins at `begin`; a doubled closing quote stands for itself, except ']'.
std::size_t quotedEnd(std::string_view sql, std::size_t begin)
{
    const char close = sql[begin] == '[' ? ']' : sql[begin];
    for (std::size_t i = begin + 1; i < sql.size(); ++i) {
        if (sql[i] != close)
            continue;
        if (close == ']' || i + 1 == sql.size() || sql[i + 1] != close)
            return i + 1;
        ++i;
    }
    return sql.size();
}

// Past white space and comments.
std::size_t skipBlank(std::string_view sql, std::size_t at)
{
    while (at < sql.size()) {
        if (isSpace(sql[at])) {
            ++at;
        } else if (sql.substr(at, 2) == "--") {
            at = std::min(sql.find('\n', at), sql.size());
        } else if (sql.substr(at, 2) == "/*") {
            const std::size_t close = sql.find("*/", at + 2);
            at = close == std::string_view::npos ? sql.size() : close + 2;
        } else {
            return at;
        }
    }
    return at;
}

std::size_t wordEnd(std::string_view sql, std::size_t at)
{
    while (at < sql.size() && (isWordByte(sql[at]) || sql[at] == '$'))
        ++at;
    return at;
}

// A number with its fraction and exponent; 0x too, as a word byte follows a digit.
std::size_t numberEnd(std::string_view sql, std::size_t at)
{
    while (at < sql.size()) {
        const bool sign = (sql[at] == '+' || sql[at] == '-') && lowerAscii(sql[at - 1]) == 'e';
        if (!isWordByte(sql[at]) && sql[at] != '.' && !sign)
            break;
        ++at;
    }
    return at;
}

} // namespace

bool SqliteToken::isWord(std::string_view upper) const noexcept
{
    return kind == Kind::Word && equalsIgnoringCase(text, upper);
}

std::string SqliteToken::name() const
{
    if (kind != Kind::Quoted && kind != Kind::String)
        return std::string(text);
    const char close = text.front() == '[' ? ']' : text.front();
    const bool closed = text.size() > 1 && text.back() == close;
    const std::string_view inner = text.substr(1, text.size() - (closed ? 2 : 1));
    std::string result;
    for (std::size_t i = 0; i < inner.size(); ++i) {
        result += inner[i];
        if (close != ']' && inner[i] == close && i + 1 < inner.size() && inner[i + 1] == close)
            ++i;
    }
    return result;
}

std::vector<SqliteToken> sqliteTokens(std::string_view sql)
{
    std::vector<SqliteToken> tokens;
    for (std::size_t at = skipBlank(sql, 0); at < sql.size(); at = skipBlank(sql, at)) {
        const std::size_t begin = at;
        const char c = sql[at];
        SqliteToken token;
        if (c == '\'' || c == '"' || c == '`' || c == '[') {
            token.kind = c == '\'' ? SqliteToken::Kind::String : SqliteToken::Kind::Quoted;
            at = quotedEnd(sql, at);
        } else if (isDigit(c) || (c == '.' && at + 1 < sql.size() && isDigit(sql[at + 1]))) {
            token.kind = SqliteToken::Kind::Number;
            at = numberEnd(sql, at + 1);
        } else if (isWordByte(c)) {
            token.kind = SqliteToken::Kind::Word;
            at = wordEnd(sql, at);
        } else {
            ++at;
        }
        token.text = sql.substr(begin, at - begin);
        token.begin = begin;
        tokens.push_back(token);
    }
    return tokens;
}

} // namespace orm
