// SQL text that stands in DDL verbatim: what it is, as far as its place needs to know.

#include "ormcore/base/text.h"
#include "ormcore/dialect/ddl_compiler.h"

#include <algorithm>

namespace orm {

bool isParenthesized(std::string_view sql)
{
    sql = trimmed(sql);
    if (sql.size() < 2 || sql.front() != '(' || sql.back() != ')')
        return false;
    int depth = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] == '\'' || sql[i] == '"') {
            i = std::min(sql.find(sql[i], i + 1), sql.size() - 1);
        } else if (sql[i] == '(') {
            ++depth;
        } else if (sql[i] == ')' && --depth == 0 && i + 1 < sql.size()) {
            return false;
        }
    }
    return depth == 0;
}

bool isPlainDefault(std::string_view sql)
{
    sql = trimmed(sql);
    const std::string lower = lowerAscii(sql);
    for (const std::string_view keyword :
         {"null", "true", "false", "current_timestamp", "current_date", "current_time"}) {
        if (lower == keyword)
            return true;
    }
    if (lower.starts_with("x'"))
        sql.remove_prefix(1);
    if (sql.starts_with('\'') || sql.starts_with('"')) {
        const char mark = sql.front();
        std::size_t at = 1;
        while (at < sql.size() &&
               (sql[at] != mark || sql.substr(at, 2) == std::string_view{mark == '"' ? "\"\"" : "''"}))
            at += sql[at] == mark ? 2 : 1;
        return at + 1 == sql.size();
    }
    if (sql.starts_with('-') || sql.starts_with('+'))
        sql = trimmed(sql.substr(1));
    return !sql.empty() && (isDigit(sql.front()) || sql.front() == '.') &&
           std::all_of(sql.begin(), sql.end(), [](char c) { return isWordByte(c) || c == '.'; });
}

} // namespace orm
