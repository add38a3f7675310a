#pragma once

#include "ormcore/base/error.h"

#include <string>
#include <string_view>

struct sqlite3;

namespace orm {

/// What SQLite said about a failed call, copied before another call could overwrite it.
struct SqliteFailure {
    int code = 0; ///< extended result code
    std::string message;
    std::string sql;
    std::string database; ///< URL without its password
    std::string prefix;   ///< "line 12: " in a script
};

[[nodiscard]] SqliteFailure lastFailure(sqlite3 *db, int code, std::string_view sql, const std::string &database);

/// Throws the Error of ormcore that this failure is: Integrity, Operational, DataError or Programming. The message says
/// what failed, SQLite's text verbatim, and what to try.
[[noreturn]] void throwFailure(const SqliteFailure &failure);

} // namespace orm
