#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/flush_execution.h"
#include "ormcore/session/flush_statements.h"
#include "ormcore/session/loading/keyed_select.h"
#include "ormcore/session/row.h"

namespace orm {

void FlushExecution::compareRow(DriverStatement &row, const State &state) const
{
    const auto &columns = state.mapper->columns();
    std::string differing;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool known = state.history && state.history->original(i);
        const bool blind = state.history && state.history->changed.contains(i) && !known;
        if (!columnLoaded(state, i) || blind || columns[i].computed)
            continue;
        const Value now = row.value(static_cast<int>(i), columns[i].column->type);
        // The database's value takes the way through the member that the object's value has taken.
        const Value before = storedValue(state, i);
        if (now == before || Value::compare(now, before) == std::strong_ordering::equal)
            continue;
        differing += (differing.empty() ? "" : ", ") + columns[i].column->name + " is now " + now.toString() +
                     ", was " + before.toString();
    }
    if (!differing.empty())
        throw StaleRow(rowName(state) + ": the row was changed by someone else since it was loaded: " + differing +
                       ". Nothing was written: roll back and load it again.");
}

void FlushExecution::checkUnchanged(const FlushStep &step)
{
    const Mapper *mapper = nullptr;
    std::optional<KeyedSelect> select;
    for (State *state : step.states) {
        const State &row = m_plan.rowOf(*state);
        if (row.has(State::Expired))
            continue;
        if (mapper != row.mapper) { // a step may have objects of several classes
            mapper = row.mapper;
            select = selectByKey(m_connection, *mapper);
        }
        DriverStatement &prepared = select->statement();
        RowBinder binder(prepared);
        const ResetAtEnd reset{prepared};
        std::vector<Value> key;
        for (const std::uint16_t column : mapper->keys())
            key.push_back(rowValue(step, row, column));
        select->bind(binder, key);
        if (!prepared.step())
            throw StaleRow(rowName(row) + ": the row was deleted, or its key was changed, by someone else since it was "
                                          "loaded. Nothing was written: roll back and load it again.");
        compareRow(prepared, row);
    }
}

} // namespace orm
