#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orm {

/// One token of SQL as SQLite reads it. text is the token as it stands; name() what it names.
struct SqliteToken {
    enum class Kind { Word, Quoted, String, Number, Symbol };
    Kind kind = Kind::Symbol;
    std::string_view text;
    std::size_t begin = 0; ///< byte offset in the statement

    [[nodiscard]] bool is(char symbol) const noexcept { return kind == Kind::Symbol && text.front() == symbol; }
    [[nodiscard]] bool isWord(std::string_view upper) const noexcept; ///< unquoted, any case
    [[nodiscard]] std::string name() const;                           ///< without its quotes
    [[nodiscard]] std::size_t end() const noexcept { return begin + text.size(); }
};

/// The tokens of a statement, comments and white space left out. Never fails: an unclosed quote runs to the end.
/// Lifetime: tokens look into sql. Source: sqlite.org/lang_keywords.html, the four quoting styles.
[[nodiscard]] std::vector<SqliteToken> sqliteTokens(std::string_view sql);

} // namespace orm
