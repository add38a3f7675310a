#pragma once

#include "ormcore/dialect/dialect.h"
#include "ormcore/mapping/state.h"

#include <string>
#include <vector>

namespace orm {

class Dialect;

/// Statements of one kind on one table with one set of columns: one prepared statement, run for each object.
struct FlushStep {
    enum class Kind { Insert, Update, Delete };
    Kind kind = Kind::Insert;
    const Mapper *mapper = nullptr;
    ColumnSet columns; ///< written ones; none for a DELETE
    std::vector<State *> states;
};

/// What one flush is to do, in order. Pure memory: no database is needed to make, read or test it.
///
/// Keys that the database will make are not known yet: a foreign key that waits for one is in `columns`, and the
/// object's links say whose key it is.
struct FlushPlan {
    std::vector<FlushStep> steps;

    struct Text {
        const FlushStep *step = nullptr;
        State *state = nullptr;
        std::string sql;
    };
    /// Each statement with its values, in the dialect's SQL. A key that is not known stands as :table_n_column.
    [[nodiscard]] std::vector<Text> statements(const Dialect &dialect) const;
};

/// What goes into a plan: settled objects, each in one list only.
struct FlushInput {
    std::vector<State *> pending;
    std::vector<State *> changed;
    std::vector<State *> deleted;
};
/// Orders objects by the foreign keys between tables, and within cycles of tables by the links between objects.
/// Errors: Argument where objects to be inserted depend on each other in a circle.
[[nodiscard]] FlushPlan planFlush(const FlushInput &input);

/// What an INSERT of the object writes: everything but computed columns, and what the database fills where unset.
[[nodiscard]] ColumnSet insertColumns(const State &state);
/// A new object's column was set to NULL, so that no default stands in for it.
[[nodiscard]] bool isExplicit(const State &state, std::size_t column);
/// What an UPDATE writes: changed columns, and foreign keys that wait for a new parent's key.
[[nodiscard]] ColumnSet updateColumns(const State &state);

} // namespace orm
