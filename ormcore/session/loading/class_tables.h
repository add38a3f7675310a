#pragma once

#include "ormcore/mapping/row_layout.h"
#include "ormcore/sql/statement.h"

#include <string>

namespace orm {

// A class that inherits may have its rows in several tables, and share one with other classes.

/// A class in a statement. Its own table has the alias, those of its bases and subclasses have names made from it.
struct AliasedClass {
    const Mapper &mapper;
    const std::string &alias;
    const RowLayout *rows = nullptr; ///< whose further tables are LEFT JOINed; null: none
};
[[nodiscard]] std::string tableAlias(const Mapper &mapper, const Table &table, const std::string &alias);

/// To a statement whose first source is the class's own table: the tables of its bases and subclasses.
void addTables(Select &select, const Mapper &mapper, const std::string &alias, const RowLayout *rows);
/// Which rows are its own: empty but for a class that shares its table with its base. It has a list of values.
[[nodiscard]] Expression isOfClass(const Mapper &mapper, const std::string &alias = {});

/// Joins the class's tables to a statement by `on`, which looks at its column `searched`. With a LEFT JOIN a row has no
/// object where the key is NULL, or the discriminator of a class that shares its table.
void joinTables(Select &select, const AliasedClass &target, std::uint16_t searched, const Expression &on,
                JoinKind kind);

} // namespace orm
