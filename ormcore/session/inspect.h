#pragma once

#include "ormcore/mapping/record.h"

#include <vector>

namespace orm {

class SessionCore;

/// What a session knows of its objects, without a statement. A record also holds an object of a class.
///
/// Thread: the session's. Lifetime: shorter than the session.
class SessionInspector {
public:
    explicit SessionInspector(SessionCore &core) noexcept : m_core(&core) {}
    [[nodiscard]] bool contains(const ObjectHandle &object) const noexcept; ///< pending or persistent in this session
    /// A column, the object of an N:1 relationship or the links of an N:N one differ from what the database has; a
    /// pending object always.
    [[nodiscard]] bool isModified(const ObjectHandle &object) const;
    [[nodiscard]] std::vector<Record> added() const;   ///< to be inserted, in the order in which they were added
    [[nodiscard]] std::vector<Record> dirty() const;   ///< persistent, modified and not to be deleted
    [[nodiscard]] std::vector<Record> removed() const; ///< to be deleted, without what their deletion brings along

private:
    SessionCore *m_core;
};

} // namespace orm
