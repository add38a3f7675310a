#include "ormcore/model/sql_words.h"

#include "ormcore/model/names.h"

#include <algorithm>
#include <functional>

namespace orm::model {

namespace {

bool isWordStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool isWordPart(char c) { return isWordStart(c) || (c >= '0' && c <= '9') || c == '$'; }
bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

/// Position after a quoted piece that begins at `at`; a doubled closing quote stands for one.
std::size_t quotedEnd(std::string_view sql, std::size_t at, char close, std::string *content)
{
    for (std::size_t i = at + 1; i < sql.size(); ++i) {
        if (sql[i] != close) {
            if (content != nullptr)
                content->push_back(sql[i]);
        } else if (close != ']' && i + 1 < sql.size() && sql[i + 1] == close) {
            ++i;
            if (content != nullptr)
                content->push_back(close);
        } else {
            return i + 1;
        }
    }
    return sql.size();
}

std::size_t commentEnd(std::string_view sql, std::size_t at)
{
    const bool line = sql[at] == '-';
    const std::size_t end = sql.find(line ? "\n" : "*/", at + 2);
    return end == std::string_view::npos ? sql.size() : end + (line ? 1 : 2);
}

bool startsComment(std::string_view rest) { return rest.starts_with("--") || rest.starts_with("/*"); }

std::string rendered(const SqlWord &word, const std::string &name)
{
    const bool plain =
        !word.quoted && !name.empty() && isWordStart(name.front()) && std::all_of(name.begin(), name.end(), isWordPart);
    if (plain)
        return name;
    std::string text = "\"";
    for (const char c : name)
        text.append(c == '"' ? 2 : 1, c);
    return text + '"';
}

std::string withWords(std::string_view sql, const std::string &to,
                      const std::function<bool(const std::vector<SqlWord> &, std::size_t)> &chosen)
{
    const std::vector<SqlWord> words = sqlWords(sql);
    std::string text;
    std::size_t copied = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!chosen(words, i))
            continue;
        text.append(sql.substr(copied, words[i].offset - copied)).append(rendered(words[i], to));
        copied = words[i].offset + words[i].length;
    }
    return text.append(sql.substr(copied));
}

bool isKeyword(const SqlWord &word, std::initializer_list<std::string_view> keywords)
{
    return !word.quoted &&
           std::any_of(keywords.begin(), keywords.end(), [&](std::string_view k) { return sameName(word.name, k); });
}

/// Whether the word stands in a list of tables after FROM: "FROM a, b".
bool inTableList(const std::vector<SqlWord> &words, std::size_t at)
{
    if (!words[at].afterComma)
        return false;
    while (at-- > 0)
        if (isKeyword(words[at], {"from"}))
            return true;
        else if (isKeyword(words[at], {"select", "where", "on", "by", "set", "values", "having"}))
            return false;
    return false;
}

/// Whether the word is the ON of CREATE TRIGGER or CREATE INDEX, behind which a table stands; in a join it is a column.
bool isHeadOn(const std::vector<SqlWord> &words, std::size_t at)
{
    return isKeyword(words[at], {"on"}) && isKeyword(words.front(), {"create"}) &&
           std::none_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at),
                        [](const SqlWord &word) { return isKeyword(word, {"on"}); });
}

} // namespace

std::vector<SqlWord> sqlWords(std::string_view sql)
{
    std::vector<SqlWord> words;
    char previous = ' '; // the last character that is neither space nor comment
    for (std::size_t i = 0; i < sql.size();) {
        const char c = sql[i];
        if (isSpace(c)) {
            ++i;
        } else if (startsComment(sql.substr(i))) {
            i = commentEnd(sql, i);
        } else if (c == '\'') {
            i = quotedEnd(sql, i, '\'', nullptr);
            previous = c;
        } else if (isWordStart(c) || c == '"' || c == '`' || c == '[') {
            SqlWord word;
            word.offset = i;
            word.quoted = !isWordStart(c);
            word.afterDot = previous == '.';
            word.afterComma = previous == ',';
            if (word.quoted)
                i = quotedEnd(sql, i, c == '[' ? ']' : c, &word.name);
            else
                while (i < sql.size() && isWordPart(sql[i]))
                    word.name.push_back(sql[i++]);
            word.length = i - word.offset;
            words.push_back(std::move(word));
            previous = 'a';
        } else if (c >= '0' && c <= '9') {
            while (i < sql.size() && (isWordPart(sql[i]) || sql[i] == '.'))
                ++i;
            previous = '0';
        } else {
            if (previous == 'a' && !words.empty()) {
                words.back().beforeDot = c == '.';
                words.back().beforeCall = c == '(';
            }
            previous = c;
            ++i;
        }
    }
    return words;
}

bool mentions(std::string_view sql, std::string_view column)
{
    const std::vector<SqlWord> words = sqlWords(sql);
    return std::any_of(words.begin(), words.end(), [&](const SqlWord &word) {
        return sameName(word.name, column) && !word.beforeDot && !(word.beforeCall && !word.quoted);
    });
}

std::string withColumnRenamed(std::string_view sql, std::string_view from, const std::string &to)
{
    return withWords(sql, to, [&](const std::vector<SqlWord> &words, std::size_t i) {
        return sameName(words[i].name, from) && !words[i].beforeDot && !(words[i].beforeCall && !words[i].quoted);
    });
}

std::string withTableRenamed(std::string_view sql, std::string_view from, const std::string &to)
{
    return withWords(sql, to, [&](const std::vector<SqlWord> &words, std::size_t i) {
        if (!sameName(words[i].name, from))
            return false;
        if (words[i].beforeDot)
            return !words[i].afterDot;
        std::size_t first = i;
        if (words[i].afterDot && first > 0)
            --first; // schema.table: what stands before the schema tells
        if (first == 0)
            return false;
        return isKeyword(words[first - 1], {"from", "join", "into", "update", "table"}) || isHeadOn(words, first - 1) ||
               inTableList(words, first);
    });
}

std::string withRowColumnRenamed(std::string_view sql, std::string_view from, const std::string &to)
{
    return withWords(sql, to, [&](const std::vector<SqlWord> &words, std::size_t i) {
        if (!sameName(words[i].name, from))
            return false;
        if (words[i].afterDot && i > 0)
            return isKeyword(words[i - 1], {"new", "old"});
        std::size_t first = i;
        while (first > 0 && words[first].afterComma)
            --first;
        return first > 1 && isKeyword(words[first - 1], {"of"}) && isKeyword(words[first - 2], {"update"});
    });
}

} // namespace orm::model
