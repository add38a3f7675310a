#pragma once

#include <array>
#include <string>
#include <vector>

namespace property {

/// What a program may do. Every class has four handles; numbers wrap around, so that any numbers make a step.
enum class Op {
    Check,  ///< flush, then compare every held object and relationship
    Add,    ///< class, handle, values, handle of required parents
    Set,    ///< class, handle, column, value
    Link,   ///< relation, child, parent: set from the child's side
    Append, ///< relation, child, parent: put into the parent's collection
    Unlink, ///< relation, child: set to none from the child's side
    Take,   ///< relation, child: taken out of its parent's collection
    Remove, ///< class, handle
    Flush,
    Commit,
    Rollback,
    Drop,   ///< class, handle: the program lets go
    Readd,  ///< class, handle: what a rollback or a removal left transient
    SetKey, ///< class, handle, key
    Savepoint,
    Release, ///< commit of the innermost nested transaction
    Back,    ///< its rollback
    Expire,  ///< class, handle
    ExpireAll,
    Refresh, ///< class, handle
    Get,     ///< class, handle, row: by key, into the handle
    Query,   ///< class, handle, row: all rows, one into the handle
    Sweep,
    OtherSet,   ///< class, row, column, value: by another session, and this one expires all it has
    OtherRemove ///< class, row: by another session, and this one does not know
};
inline constexpr int kOps = static_cast<int>(Op::OtherRemove) + 1;

struct Step {
    Op op = Op::Check;
    std::array<int, 4> numbers{};
};
using Steps = std::vector<Step>;

/// A line for each step: its name and its numbers.
[[nodiscard]] std::string toText(const Steps &steps);
[[nodiscard]] Steps readSteps(const std::string &text); ///< lines of a model are passed over

} // namespace property
