#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace orm::model {

/// One word of SQL text that may name a table or a column: bare, or in one of the quotes of the dialects.
struct SqlWord {
    std::size_t offset = 0; ///< in bytes, quotes included
    std::size_t length = 0;
    std::string name; ///< without quotes
    bool quoted = false;
    bool beforeDot = false;  ///< "name" . something
    bool afterDot = false;   ///< something . "name"
    bool beforeCall = false; ///< name(…
    bool afterComma = false;
};

/// The words of a piece of SQL, comments and string literals left out. Knows quoting only, no grammar.
[[nodiscard]] std::vector<SqlWord> sqlWords(std::string_view sql);
/// Whether an expression over one table has a word that may be the column.
[[nodiscard]] bool mentions(std::string_view sql, std::string_view column);
/// The expression with the column renamed: every word that may be it.
[[nodiscard]] std::string withColumnRenamed(std::string_view sql, std::string_view from, const std::string &to);
/// A view, trigger or index with a table renamed: where a table's name stands (after FROM, JOIN, INTO, UPDATE, ON, or
/// before a dot).
[[nodiscard]] std::string withTableRenamed(std::string_view sql, std::string_view from, const std::string &to);
/// A trigger of a table whose column is renamed: NEW.column, OLD.column and the list of UPDATE OF.
[[nodiscard]] std::string withRowColumnRenamed(std::string_view sql, std::string_view from, const std::string &to);

} // namespace orm::model
