#pragma once

#include "ormcore/base/value.h"
#include "ormcore/schema/type.h"

struct sqlite3_stmt;

namespace orm {

/// Conversions between Value and what SQLite stores, after the type of the column. Both directions are exact, or say
/// so.
///
/// Decimals of at most 15 significant digits, and whole numbers of 64 bits, live in columns of NUMERIC affinity as
/// numbers; more digits need a column of TEXT affinity. Dates and times are ISO text, UUIDs text of 36 characters (32
/// where the column is declared so), booleans 0 and 1.

/// Binds without copying long text or bytes: the value must live until the statement is reset. Returns SQLite's code.
/// Throws DataError for what the column could not hold exactly.
[[nodiscard]] int bindValue(sqlite3_stmt *statement, int parameter, const Value &value, const Type &type);

/// What stands in the column, converted by the type; what does not look like the type comes back as it is stored.
[[nodiscard]] Value readValue(sqlite3_stmt *statement, int column, const Type &type);

/// Whether a declared type has TEXT affinity by SQLite's rules (section 3.1 of datatype3.html).
[[nodiscard]] bool hasTextAffinity(std::string_view declared);

} // namespace orm
