#pragma once

#include "ormcore/session/session_core.h"

namespace orm {

class RowBinder;

/// Integrity: a row was taken from its parent, and its foreign key cannot be NULL.
[[noreturn]] void refuseNull(const State &state, const Reference &reference);

/// The second step of a flush: sends a plan's statements over the session's connection, checks that each touched
/// exactly one row, and writes the keys and values that the database made into the objects, for the statements after
/// them.
///
/// Errors: StaleRow, Integrity and what the driver throws, with the object that it was about; the caller then rolls
/// back.
class FlushExecution {
public:
    FlushExecution(SessionCore &core, const FlushPlan &plan)
        : m_core(core), m_connection(core.connection()), m_plan(plan)
    {
    }
    void run();

private:
    using Write = PreparedStatements::Write;

    void runSteps();
    void run(const FlushStep &step);
    void insert(const FlushStep &step);
    void update(const FlushStep &step);
    void remove(const FlushStep &step);
    void writeLinks(const FlushStep &step);
    void checkUnchanged(const FlushStep &step);
    void compareRow(DriverStatement &row, const State &state) const;
    static void bindKey(RowBinder &binder, const FlushStep &step, const State &row);
    void followLinks(const FlushStep &step, State &state) const;
    void finish(Write &write, State &state) const;
    void takeKey(const MappedColumn &key, Write &write, State &state) const;
    [[nodiscard]] Value raiseVersion(State &state, const State &row) const;
    [[nodiscard]] Write &statement(const FlushStep &step);
    [[nodiscard]] std::vector<Value> writtenValues(const FlushStep &step, const State &state) const;
    void tell(const FlushStep &step, Error &error) const;

    SessionCore &m_core;
    Connection &m_connection;
    const FlushPlan &m_plan;
    const State *m_current = nullptr; ///< whose statement runs
};

} // namespace orm
