#pragma once

#include "ormcore/session/session_core.h"

namespace orm {

/// The second step of a flush: sends a plan's statements over the session's connection, checks that each touched
/// exactly one row, and writes the keys that the database made into the objects, for the statements after them.
///
/// Errors: StaleRow, Integrity and what the driver throws; the caller then rolls back.
class FlushExecution {
public:
    explicit FlushExecution(SessionCore &core) : m_core(core), m_connection(core.connection()) {}
    void run(const FlushPlan &plan);

private:
    void insert(const FlushStep &step);
    void update(const FlushStep &step);
    void remove(const FlushStep &step);
    void writeLinks(const FlushStep &step);
    void checkUnchanged(const FlushStep &step);
    void compareRow(DriverStatement &row, const State &state) const;
    void followLinks(State &state) const;
    void absorbReturned(DriverStatement &row, State &state, const std::vector<std::uint16_t> &columns) const;
    [[nodiscard]] PreparedStatements::Write &statement(const FlushStep &step);

    SessionCore &m_core;
    Connection &m_connection;
};

} // namespace orm
