#pragma once

#include "ormcore/mapping/record.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace orm {

/// What Session::on() can listen to. flush(), commit() and rollback() are refused (Argument) in handlers of what they
/// are part of; what a handler throws ends the call that it is part of, where that is said.
enum class SessionEvent : std::uint8_t {
    BeforeFlush,  ///< there are changes: add, change or remove more. Throwing: nothing was sent, nothing is lost
    AfterFlush,   ///< the statements are through: Session::flushed() has what they did. Throwing makes the flush fail
    BeforeCommit, ///< in the open transaction, before its last flush; may flush. Throwing leaves the transaction open
    AfterCommit,  ///< the transaction is over: queries begin the next one. Throwing does not undo it
    AfterRollback ///< the same, and after a savepoint's rollback. What it throws is dropped: a rollback cannot fail
};
inline constexpr std::size_t sessionEvents = 5;

/// What a flush has done, for handlers of AfterFlush; what it is to do, Session::inspect() tells.
struct FlushedObjects {
    std::vector<Record> added;
    std::vector<Record> changed;
    std::vector<Record> removed; ///< with what their deletion brought along
};

} // namespace orm
