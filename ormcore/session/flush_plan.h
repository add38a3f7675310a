#pragma once

#include "ormcore/dialect/dialect.h"
#include "ormcore/mapping/state.h"

#include <string>
#include <vector>

namespace orm {

class Dialect;

/// Statements of one kind on one table with one set of columns: one prepared statement, run for each object.
///
/// With `near` the rows are those of an N:N link table (`mapper`), which no object stands for: states[i] is at the one
/// side, and partners[i] at the other; without `far` a DELETE takes all links of states[i].
struct FlushStep {
    enum class Kind { Insert, Update, Delete };
    Kind kind = Kind::Insert;
    const Mapper *mapper = nullptr;
    ColumnSet columns; ///< written ones; none for a DELETE, but that of link rows: those of its condition
    std::vector<State *> states{};
    const Reference *near = nullptr;
    const Reference *far = nullptr;
    std::vector<State *> partners{};
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

/// A row of an N:N link table to be inserted or deleted. `near` is the first of the table's two foreign keys, so that a
/// link is the same from both of its sides.
struct LinkChange {
    const Reference *near = nullptr;
    const Reference *far = nullptr;
    State *from = nullptr;
    State *to = nullptr;
    bool removed = false;
    auto operator<=>(const LinkChange &) const = default;
};

/// What goes into a plan: settled objects, each in one list only.
struct FlushInput {
    std::vector<State *> pending;
    std::vector<State *> changed;
    std::vector<State *> deleted;
    std::vector<LinkChange> links;
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
