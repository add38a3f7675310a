#pragma once

#include "ormcore/dialect/dialect.h"
#include "ormcore/mapping/state.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace orm {

class Dialect;

/// Statements of one kind on one table with one set of columns: one prepared statement, run for each object.
///
/// An object of a class with several tables is in a step for each of them, by the class that has the table: its states
/// may be of classes below. But for the first table that changes (the root's, for INSERT and DELETE) these are `extra`.
///
/// With `near` the rows are those of an N:N link table (`mapper`), which no object stands for: states[i] is at the one
/// side, and partners[i] at the other; without `far` a DELETE takes all links of states[i].
struct FlushStep {
    enum class Kind { Insert, Update, Delete };
    Kind kind = Kind::Insert;
    const Mapper *mapper = nullptr;
    ColumnSet columns{}; ///< written ones; none for a DELETE, but that of link rows: those of its condition
    ColumnSet nulls{};   ///< of these: NULL for now, whatever the object has, because a circle of objects is cut there
    bool extra = false;  ///< a further statement for objects that another step inserts, updates or deletes
    std::vector<State *> states{};
    const Reference *near = nullptr;
    const Reference *far = nullptr;
    std::vector<State *> partners{};
};

/// A new object and the one whose row it takes over: deleted and added with one key in one flush.
using Replacements = std::unordered_map<const State *, State *>;

/// What one flush is to do, in order. Pure memory: no database is needed to make, read or test it.
///
/// Keys that the database will make are not known yet: a foreign key that waits for one is in `columns`, and the
/// object's links say whose key it is.
struct FlushPlan {
    std::vector<FlushStep> steps;
    Replacements replaced; ///< an UPDATE of the new object, where it differs, stands for DELETE and INSERT

    /// The object that stands for the row in the database: the one that is replaced, else the object itself.
    [[nodiscard]] State &rowOf(State &state) const
    {
        const auto found = replaced.empty() ? replaced.end() : replaced.find(&state);
        return found == replaced.end() ? state : *found->second;
    }

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

/// A child whose foreign key the database changes with its parent's key (ON UPDATE CASCADE).
struct KeyFollower {
    State *child = nullptr;
    const Reference *reference = nullptr;
    State *parent = nullptr;
};

/// What goes into a plan: settled objects, each in one list only.
struct FlushInput {
    std::vector<State *> pending;
    std::vector<State *> changed;
    std::vector<State *> deleted;
    std::vector<LinkChange> links;
    Replacements replaced;              ///< new objects and deleted ones that are in none of the lists
    std::vector<KeyFollower> followers; ///< no statement is theirs
};
/// Orders objects by the foreign keys between tables, and within cycles of tables by the links between objects.
/// Errors: Argument where objects to be inserted depend on each other in a circle without a key that can be NULL.
[[nodiscard]] FlushPlan planFlush(const FlushInput &input);

/// What an INSERT of the object writes: everything but computed columns, and what the database fills where unset.
[[nodiscard]] ColumnSet insertColumns(const State &state);
/// What an UPDATE writes: changed columns, foreign keys that wait for a new parent's key, and with any of these the
/// version and the columns that have a default for UPDATEs.
[[nodiscard]] ColumnSet updateColumns(const State &state);
/// What an UPDATE writes that makes the old object's row the new one's.
[[nodiscard]] ColumnSet replacingColumns(const State &fresh, const State &old);

} // namespace orm
