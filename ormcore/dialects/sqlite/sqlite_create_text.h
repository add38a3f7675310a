#pragma once

#include "ormcore/schema/table.h"

#include <string>
#include <string_view>
#include <vector>

namespace orm {

/// What only the CREATE TABLE text says: SQLite's pragmas leave out names of constraints, checks, collations, generated
/// expressions, DEFERRABLE and AUTOINCREMENT.
struct SqliteCreateText {
    struct ColumnPart {
        std::string name;
        std::string collation;
        SqlText generated;
        bool stored = false;
        bool descendingKey = false; ///< PRIMARY KEY DESC: no alias of the rowid
    };
    struct ForeignKeyPart {
        std::string name;
        Deferrable deferrable = Deferrable::No;
    };
    std::vector<ColumnPart> columns;
    std::string primaryKeyName;
    bool autoIncrement = false;
    std::vector<UniqueConstraint> uniques; ///< in the order in which they stand
    std::vector<CheckConstraint> checks;
    std::vector<ForeignKeyPart> foreignKeys;
};

/// Reads the text that sqlite_master keeps (so it is known to be valid). Never fails: what it does not understand is
/// left out. A name in double quotes that is no column of the table is, in expressions, a string by SQLite's own rule,
/// and is written as one.
[[nodiscard]] SqliteCreateText readCreateTable(std::string_view sql, const std::vector<std::string> &columns);

/// The parts of CREATE INDEX … ON table (parts) [WHERE condition], expressions made plain as above.
struct SqliteIndexText {
    std::vector<std::string> parts; ///< expression of each, without COLLATE and ASC/DESC
    SqlText where;
};
[[nodiscard]] SqliteIndexText readCreateIndex(std::string_view sql, const std::vector<std::string> &columns);

} // namespace orm
