#include "ormcore/sql/text_parameters.h"

#include "ormcore/base/text.h"

namespace orm {

namespace {

bool startsName(char c) { return isWordByte(c) && !isDigit(c); }

std::size_t endOfWord(std::string_view sql, std::size_t at)
{
    while (at < sql.size() && isWordByte(sql[at]))
        ++at;
    return at;
}

// One past the closing text, or the end where it is missing.
std::size_t after(std::string_view sql, std::size_t from, std::string_view closing)
{
    const std::size_t found = sql.find(closing, from);
    return found == std::string_view::npos ? sql.size() : found + closing.size();
}

// $tag$ … $tag$ as PostgreSQL writes strings; at itself where it is none.
std::size_t afterDollarQuote(std::string_view sql, std::size_t at)
{
    std::size_t end = at + 1;
    if (end < sql.size() && startsName(sql[end]))
        end = endOfWord(sql, end);
    if (end >= sql.size() || sql[end] != '$')
        return at;
    const std::string_view tag = sql.substr(at, end + 1 - at);
    const std::size_t closing = sql.find(tag, end + 1);
    return closing == std::string_view::npos ? at : closing + tag.size();
}

// One past the string, quoted name or comment that starts at `at`; `at` itself where none does.
std::size_t afterQuoted(std::string_view sql, std::size_t at)
{
    switch (sql[at]) {
    case '\'':
    case '"':
    case '`':
        return after(sql, at + 1, sql.substr(at, 1)); // a doubled mark opens the next stretch at once
    case '-':
        return sql.substr(at, 2) == "--" ? after(sql, at + 2, "\n") : at;
    case '/':
        return sql.substr(at, 2) == "/*" ? after(sql, at + 2, "*/") : at;
    case '$':
        return afterDollarQuote(sql, at);
    default:
        return at;
    }
}

class Splitter {
public:
    explicit Splitter(std::string_view sql) : m_sql(sql) {}

    std::vector<TextPiece> split()
    {
        while (m_at < m_sql.size())
            step();
        flush();
        return std::move(m_pieces);
    }

private:
    void step()
    {
        if (const std::size_t end = afterQuoted(m_sql, m_at); end > m_at) {
            take(end);
            return;
        }
        const std::string_view two = m_sql.substr(m_at, 2);
        if (two == "::") {
            take(m_at + 2);
        } else if (two == "\\:") {
            m_text += ':';
            m_at += 2;
        } else if (two.size() == 2 && two[0] == ':' && startsName(two[1]) && !followsWord()) {
            const std::size_t end = endOfWord(m_sql, m_at + 1);
            flush();
            m_pieces.push_back({std::string(m_sql.substr(m_at + 1, end - m_at - 1)), true, false});
            m_at = end;
        } else if (two[0] == '?') {
            flush();
            m_pieces.push_back({"?", false, true});
            ++m_at;
        } else {
            take(m_at + 1);
        }
    }
    [[nodiscard]] bool followsWord() const { return m_at > 0 && isWordByte(m_sql[m_at - 1]); }
    void take(std::size_t end)
    {
        m_text += m_sql.substr(m_at, end - m_at);
        m_at = end;
    }
    void flush()
    {
        if (!m_text.empty())
            m_pieces.push_back({std::move(m_text), false, false});
        m_text.clear();
    }

    std::string_view m_sql;
    std::size_t m_at = 0;
    std::string m_text;
    std::vector<TextPiece> m_pieces;
};

} // namespace

std::vector<TextPiece> splitTextParameters(std::string_view sql) { return Splitter(sql).split(); }

} // namespace orm
