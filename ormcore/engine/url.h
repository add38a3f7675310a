#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace orm {

/// A database address as SQLAlchemy writes them: dialect[+driver]://user:password@host:port/database?key=value.
///
/// sqlite:///relative.db, sqlite:////absolute.db, sqlite:// and sqlite:///:memory:. Percent-encoded where needed.
/// Errors: parse throws Argument and says which part is wrong; the message never holds the password.
struct Url {
    std::string dialect;
    std::string driver;
    std::string user;
    std::string password;
    std::string host;
    std::optional<int> port;
    std::string database; ///< file path on SQLite; empty: in memory
    std::map<std::string, std::string> query;

    static Url parse(std::string_view text);
    static Url sqliteFile(std::string_view path);
    [[nodiscard]] std::string toString() const; ///< password as ***
    bool operator==(const Url &) const = default;
};

} // namespace orm
