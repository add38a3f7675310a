// A reader of the CREATE TABLE and CREATE INDEX texts of sqlite_master. Grammar: sqlite.org/lang_createtable.html.

#include "ormcore/dialects/sqlite/sqlite_create_text.h"

#include "ormcore/base/text.h"
#include "ormcore/dialects/sqlite/sqlite_tokens.h"

#include <algorithm>
#include <array>

namespace orm {

namespace {

using Tokens = std::vector<SqliteToken>;

class Reader {
public:
    explicit Reader(std::string_view sql) : m_sql(sql), m_tokens(sqliteTokens(sql)) {}

    [[nodiscard]] bool atEnd() const { return m_at >= m_tokens.size(); }
    [[nodiscard]] const SqliteToken &token() const { return m_tokens[m_at]; }
    [[nodiscard]] bool atWord(std::string_view word) const { return !atEnd() && token().isWord(word); }
    [[nodiscard]] bool atSymbol(char symbol) const { return !atEnd() && token().is(symbol); }
    void advance() { ++m_at; }
    bool takeWord(std::string_view word)
    {
        if (!atWord(word))
            return false;
        ++m_at;
        return true;
    }
    bool takeSymbol(char symbol)
    {
        if (!atSymbol(symbol))
            return false;
        ++m_at;
        return true;
    }
    std::string takeName() { return atEnd() ? std::string() : m_tokens[m_at++].name(); }
    void skipToParenthesis()
    {
        while (!atEnd() && !atSymbol('('))
            advance();
    }
    // Past "( … )"; the range of tokens inside.
    std::pair<std::size_t, std::size_t> takeParentheses()
    {
        if (!atSymbol('('))
            return {m_at, m_at};
        const std::size_t begin = ++m_at;
        int depth = 1;
        for (; !atEnd() && depth > 0; ++m_at) {
            if (token().is('('))
                ++depth;
            else if (token().is(')'))
                --depth;
        }
        return {begin, depth == 0 ? m_at - 1 : m_at};
    }
    [[nodiscard]] bool atDeferrable() const
    {
        const bool refused = atWord("NOT") && m_at + 1 < m_tokens.size() && m_tokens[m_at + 1].isWord("DEFERRABLE");
        return refused || atWord("DEFERRABLE");
    }
    [[nodiscard]] const Tokens &tokens() const { return m_tokens; }
    [[nodiscard]] std::size_t position() const { return m_at; }

    // The text of tokens [begin, end) as it stands, but a double-quoted name that is no column becomes a string.
    [[nodiscard]] SqlText expression(std::size_t begin, std::size_t end, const std::vector<std::string> &columns) const
    {
        if (begin >= end)
            return {};
        std::string text;
        std::size_t copied = m_tokens[begin].begin;
        for (std::size_t i = begin; i < end; ++i) {
            if (!isDoubleQuotedString(i, columns))
                continue;
            text += m_sql.substr(copied, m_tokens[i].begin - copied);
            text += quoted(m_tokens[i].name(), '\'');
            copied = m_tokens[i].end();
        }
        text += m_sql.substr(copied, m_tokens[end - 1].end() - copied);
        return {text};
    }

private:
    [[nodiscard]] bool isDoubleQuotedString(std::size_t i, const std::vector<std::string> &columns) const
    {
        const SqliteToken &candidate = m_tokens[i];
        if (candidate.text.front() != '"' || (i > 0 && m_tokens[i - 1].isWord("COLLATE")) ||
            (i + 1 < m_tokens.size() && (m_tokens[i + 1].is('(') || m_tokens[i + 1].is('.'))) ||
            (i > 0 && m_tokens[i - 1].is('.')))
            return false;
        const std::string name = candidate.name();
        return std::none_of(columns.begin(), columns.end(),
                            [&name](const std::string &column) { return equalsIgnoringCase(column, name); });
    }

    std::string_view m_sql;
    Tokens m_tokens;
    std::size_t m_at = 0;
};

bool atConstraint(const Reader &reader)
{
    static constexpr std::array kWords{"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"};
    return std::any_of(kWords.begin(), kWords.end(), [&](const char *word) { return reader.atWord(word); });
}

bool atColumnConstraint(const Reader &reader)
{
    static constexpr std::array kWords{"NOT", "NULL", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS"};
    return atConstraint(reader) ||
           std::any_of(kWords.begin(), kWords.end(), [&](const char *word) { return reader.atWord(word); });
}

class TableReader {
public:
    TableReader(std::string_view sql, const std::vector<std::string> &columns) : m_reader(sql), m_columns(columns) {}

    SqliteCreateText read()
    {
        m_reader.skipToParenthesis();
        m_reader.takeSymbol('(');
        while (!m_reader.atEnd() && !m_reader.atSymbol(')')) {
            if (atConstraint(m_reader))
                tableConstraint();
            else
                columnDefinition();
            while (!m_reader.atEnd() && !m_reader.atSymbol(',') && !m_reader.atSymbol(')'))
                skipOne();
            m_reader.takeSymbol(',');
        }
        return std::move(m_text);
    }

private:
    void skipOne()
    {
        if (m_reader.atSymbol('('))
            m_reader.takeParentheses();
        else
            m_reader.advance();
    }

    std::string constraintName() { return m_reader.takeWord("CONSTRAINT") ? m_reader.takeName() : std::string(); }

    std::vector<std::string> nameList() // "(a COLLATE x ASC, b)"
    {
        const auto [begin, end] = m_reader.takeParentheses();
        std::vector<std::string> names;
        bool first = true;
        for (std::size_t i = begin; i < end; ++i) {
            if (first)
                names.push_back(m_reader.tokens()[i].name());
            first = m_reader.tokens()[i].is(',');
        }
        return names;
    }

    void takeCheck(std::string name)
    {
        const auto [begin, end] = m_reader.takeParentheses();
        m_text.checks.push_back({std::move(name), m_reader.expression(begin, end, m_columns)});
    }

    void takeReferences(std::string name) // after REFERENCES
    {
        SqliteCreateText::ForeignKeyPart part{std::move(name), Deferrable::No};
        m_reader.takeName();
        m_reader.takeParentheses();
        for (;;) {
            if (m_reader.takeWord("ON")) {
                m_reader.advance(); // DELETE or UPDATE
                if (m_reader.atWord("SET") || m_reader.atWord("NO"))
                    m_reader.advance();
                m_reader.advance();
            } else if (m_reader.takeWord("MATCH")) {
                m_reader.advance();
            } else if (m_reader.atDeferrable()) {
                part.deferrable = takeDeferrable();
            } else {
                break;
            }
        }
        m_text.foreignKeys.push_back(std::move(part));
    }

    Deferrable takeDeferrable()
    {
        const bool refused = m_reader.takeWord("NOT");
        m_reader.advance(); // DEFERRABLE
        Deferrable result = refused ? Deferrable::No : Deferrable::InitiallyImmediate;
        if (m_reader.takeWord("INITIALLY")) {
            if (m_reader.atWord("DEFERRED") && !refused)
                result = Deferrable::InitiallyDeferred;
            m_reader.advance();
        }
        return result;
    }

    void tableConstraint()
    {
        std::string name = constraintName();
        if (m_reader.takeWord("PRIMARY")) {
            m_reader.takeWord("KEY");
            m_text.primaryKeyName = std::move(name);
            const auto [begin, end] = m_reader.takeParentheses();
            for (std::size_t i = begin; i < end; ++i)
                m_text.autoIncrement |= m_reader.tokens()[i].isWord("AUTOINCREMENT");
        } else if (m_reader.takeWord("UNIQUE")) {
            m_text.uniques.push_back({std::move(name), nameList()});
        } else if (m_reader.takeWord("CHECK")) {
            takeCheck(std::move(name));
        } else if (m_reader.takeWord("FOREIGN")) {
            m_reader.takeWord("KEY");
            m_reader.takeParentheses();
            if (m_reader.takeWord("REFERENCES"))
                takeReferences(std::move(name));
        }
    }

    void columnDefinition()
    {
        SqliteCreateText::ColumnPart part;
        part.name = m_reader.takeName();
        while (!m_reader.atEnd() && !m_reader.atSymbol(',') && !m_reader.atSymbol(')') && !atColumnConstraint(m_reader))
            skipOne(); // the type
        while (!m_reader.atEnd() && !m_reader.atSymbol(',') && !m_reader.atSymbol(')'))
            columnConstraint(part);
        m_text.columns.push_back(std::move(part));
    }

    void columnConstraint(SqliteCreateText::ColumnPart &part)
    {
        std::string name = constraintName();
        if (m_reader.takeWord("PRIMARY")) {
            m_reader.takeWord("KEY");
            m_text.primaryKeyName = std::move(name);
            part.descendingKey = m_reader.takeWord("DESC");
        } else if (m_reader.takeWord("AUTOINCREMENT")) {
            m_text.autoIncrement = true;
        } else if (m_reader.takeWord("UNIQUE")) {
            m_text.uniques.push_back({std::move(name), {part.name}});
        } else if (m_reader.takeWord("CHECK")) {
            takeCheck(std::move(name));
        } else if (m_reader.takeWord("COLLATE")) {
            part.collation = m_reader.takeName();
        } else if (m_reader.takeWord("REFERENCES")) {
            takeReferences(std::move(name));
        } else if (m_reader.takeWord("AS")) {
            const auto [begin, end] = m_reader.takeParentheses();
            part.generated = m_reader.expression(begin, end, m_columns);
            part.stored = m_reader.takeWord("STORED");
        } else {
            skipOne(); // NOT, NULL, DEFAULT and its value, GENERATED ALWAYS, ON CONFLICT …
        }
    }

    Reader m_reader;
    const std::vector<std::string> &m_columns;
    SqliteCreateText m_text;
};

} // namespace

SqliteCreateText readCreateTable(std::string_view sql, const std::vector<std::string> &columns)
{
    return TableReader(sql, columns).read();
}

SqliteIndexText readCreateIndex(std::string_view sql, const std::vector<std::string> &columns)
{
    Reader reader(sql);
    while (!reader.atEnd() && !reader.atWord("ON"))
        reader.advance();
    reader.skipToParenthesis();
    const auto [begin, end] = reader.takeParentheses();
    SqliteIndexText text;
    int depth = 0;
    std::size_t partBegin = begin;
    const auto addPart = [&](std::size_t partEnd) {
        while (partEnd > partBegin + 1) { // a trailing ASC, DESC or COLLATE name is no part of the expression
            const SqliteToken &last = reader.tokens()[partEnd - 1];
            if (last.isWord("ASC") || last.isWord("DESC"))
                partEnd -= 1;
            else if (partEnd > partBegin + 2 && reader.tokens()[partEnd - 2].isWord("COLLATE"))
                partEnd -= 2;
            else
                break;
        }
        text.parts.push_back(reader.expression(partBegin, partEnd, columns).sql);
    };
    for (std::size_t i = begin; i < end; ++i) {
        const SqliteToken &token = reader.tokens()[i];
        depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
        if (depth == 0 && token.is(',')) {
            addPart(i);
            partBegin = i + 1;
        }
    }
    if (partBegin < end)
        addPart(end);
    if (reader.takeWord("WHERE"))
        text.where = reader.expression(reader.position(), reader.tokens().size(), columns);
    return text;
}

} // namespace orm
