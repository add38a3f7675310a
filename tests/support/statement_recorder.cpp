#include "tests/support/statement_recorder.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace {

/// Words, quoted names and single characters of a statement; string literals are one token.
std::vector<std::string> tokens(std::string_view sql)
{
    std::vector<std::string> found;
    for (std::size_t i = 0; i < sql.size();) {
        const char c = sql[i];
        std::size_t end = i + 1;
        if (std::isspace(static_cast<unsigned char>(c))) {
            ++i;
            continue;
        }
        if (c == '"' || c == '\'' || c == '`') {
            end = std::min(sql.find(c, i + 1), sql.size() - 1) + 1;
            found.emplace_back(c == '\'' ? std::string_view("''") : sql.substr(i + 1, end - i - 2));
        } else {
            while (end < sql.size() && (std::isalnum(static_cast<unsigned char>(c)) || c == '_') &&
                   (std::isalnum(static_cast<unsigned char>(sql[end])) || sql[end] == '_'))
                ++end;
            found.emplace_back(sql.substr(i, end - i));
        }
        i = end;
    }
    return found;
}

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

/// The name at a position, the last part of schema.table.
std::string nameAt(const std::vector<std::string> &words, std::size_t at)
{
    while (at + 2 < words.size() && words[at + 1] == ".")
        at += 2;
    return at < words.size() ? words[at] : std::string();
}

/// The first table of the outer FROM; of the inner one where that is a subquery.
std::string firstTable(const std::vector<std::string> &words, std::size_t at)
{
    int depth = 0;
    for (; at < words.size(); ++at) {
        if (words[at] == "(")
            ++depth;
        else if (words[at] == ")")
            --depth;
        else if (depth == 0 && upper(words[at]) == "FROM")
            break;
    }
    while (at + 1 < words.size() && words[at + 1] == "(")
        ++at;
    if (at + 1 < words.size() && upper(words[at + 1]) == "SELECT")
        return firstTable(words, at + 1);
    return nameAt(words, at + 1);
}

StatementRecorder::Statement reduced(std::string_view sql)
{
    const std::vector<std::string> words = tokens(sql);
    StatementRecorder::Statement statement;
    statement.sql = sql;
    if (words.empty())
        return statement;
    statement.kind = upper(words[0]);
    if (statement.kind == "ROLLBACK" && words.size() > 1)
        statement.kind = "ROLLBACK TO";
    else if (statement.kind == "UPDATE")
        statement.table = nameAt(words, 1);
    else if (statement.kind == "INSERT" || statement.kind == "DELETE")
        statement.table = nameAt(words, 2);
    else if (statement.kind == "SELECT")
        statement.table = firstTable(words, 0);
    return statement;
}

bool writesRows(const std::string &kind) { return kind == "INSERT" || kind == "UPDATE" || kind == "DELETE"; }

bool endsOrBegins(const std::string &kind)
{
    return kind == "BEGIN" || kind == "COMMIT" || kind == "ROLLBACK" || kind == "SAVEPOINT" || kind == "RELEASE" ||
           kind == "ROLLBACK TO";
}

StatementRecorder::Statement parsed(const std::string &expectation)
{
    StatementRecorder::Statement statement;
    std::string rest = expectation;
    if (const auto at = rest.rfind(" x"); at != std::string::npos && at + 2 < rest.size() &&
                                          rest.find_first_not_of("0123456789", at + 2) == std::string::npos) {
        statement.parameterSets = std::atoi(rest.c_str() + at + 2);
        rest.resize(at);
    }
    const std::size_t kindEnd = rest.rfind("ROLLBACK TO", 0) == 0 ? rest.size() : rest.find(' ');
    statement.kind = rest.substr(0, kindEnd);
    statement.table = kindEnd >= rest.size() ? std::string() : rest.substr(kindEnd + 1);
    return statement;
}

std::string sideBySide(const std::string &what, std::vector<std::string> sent, std::vector<std::string> expected)
{
    std::size_t width = 4;
    for (const std::string &shape : sent)
        width = std::max(width, shape.size());
    const std::size_t lines = std::max(sent.size(), expected.size());
    sent.resize(lines);
    expected.resize(lines);
    std::string text = what + "\n    sent" + std::string(width - 2, ' ') + "expected";
    for (std::size_t i = 0; i < lines; ++i)
        text += std::string("\n  ") + (sent[i] == expected[i] ? "  " : "! ") + sent[i] +
                std::string(width - sent[i].size() + 2, ' ') + expected[i];
    return text;
}

std::string compared(const std::string &what, const std::vector<std::string> &sent,
                     const std::vector<std::string> &expected)
{
    return sent == expected ? std::string() : sideBySide(what, sent, expected);
}

} // namespace

std::string StatementRecorder::Statement::shape() const
{
    return kind + (table.empty() ? "" : " " + table) + (parameterSets == 1 ? "" : " x" + std::to_string(parameterSets));
}

void StatementRecorder::listenTo(orm::EngineOptions &options)
{
    options.log = [this](const orm::StatementLog &entry) { record(entry.sql); };
}

void StatementRecorder::record(std::string_view sql)
{
    m_texts.emplace_back(sql);
    if (!m_statements.empty() && m_statements.back().sql == sql && writesRows(m_statements.back().kind))
        ++m_statements.back().parameterSets;
    else
        m_statements.push_back(reduced(sql));
}

void StatementRecorder::clear()
{
    m_statements.clear();
    m_texts.clear();
}

int StatementRecorder::count(std::string_view kind, std::string_view table) const
{
    int executions = 0;
    for (const Statement &statement : m_statements)
        if (statement.kind == kind && (table.empty() || statement.table == table))
            executions += statement.parameterSets;
    return executions;
}

std::vector<std::string> StatementRecorder::shapes(bool withTransactions) const
{
    std::vector<std::string> found;
    for (const Statement &statement : m_statements)
        if (withTransactions || !endsOrBegins(statement.kind))
            found.push_back(statement.shape());
    return found;
}

std::string StatementRecorder::exactly(const std::vector<std::string> &expected) const
{
    return compared("other statements than expected", shapes(false), expected);
}

std::string StatementRecorder::exactlyWithTransactions(const std::vector<std::string> &expected) const
{
    return compared("other statements than expected", shapes(true), expected);
}

std::string StatementRecorder::inAnyOrder(const std::vector<std::string> &expected) const
{
    std::vector<std::string> sent = shapes(false);
    std::vector<std::string> wanted = expected;
    std::sort(sent.begin(), sent.end());
    std::sort(wanted.begin(), wanted.end());
    return compared("other statements than expected, in any order", sent, wanted);
}

std::string StatementRecorder::counted(const std::vector<std::string> &expected) const
{
    std::string text;
    for (const std::string &expectation : expected) {
        Statement wanted = parsed(expectation);
        const int sent = count(wanted.kind, wanted.table);
        if (sent != wanted.parameterSets)
            text += "\n    " + expectation + ": " + std::to_string(sent) + " were sent";
    }
    if (text.empty())
        return text;
    text = "other counts than expected" + text + "\n  in";
    for (const std::string &shape : shapes(true))
        text += "\n    " + shape;
    return text;
}

std::string StatementRecorder::before(const std::string &first, const std::string &then) const
{
    const auto is = [](const Statement &wanted) {
        return [&wanted](const Statement &sent) {
            return sent.kind == wanted.kind && (wanted.table.empty() || sent.table == wanted.table);
        };
    };
    const Statement early = parsed(first);
    const Statement late = parsed(then);
    const auto last = std::find_if(m_statements.rbegin(), m_statements.rend(), is(early));
    const auto next = std::find_if(m_statements.begin(), m_statements.end(), is(late));
    if (last != m_statements.rend() && next != m_statements.end() && last.base() <= next)
        return {};
    return sideBySide(first + " does not come before " + then, shapes(false), {});
}
