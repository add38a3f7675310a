#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/loading/relation_sql.h"
#include "ormcore/session/row.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

State *SessionCore::findLoaded(const Mapper &mapper, std::span<const Value> key)
{
    return m_identity.find(mapper, key);
}

void SessionCore::fill(State &state, DriverStatement &row, int first, bool populate)
{
    const bool expired = state.has(State::Expired);
    const auto &columns = state.mapper->columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!expired && columnLoaded(state, i) && (!populate || (state.history && state.history->changed.contains(i))))
            continue;
        readField(columns[i], state.at(columns[i].offset), row, first + static_cast<int>(i));
    }
    state.lower(State::Expired);
    state.lower(State::Partial);
    if (state.history)
        state.history->unloaded.clear();
}

namespace {

std::vector<Value> keyOfRow(const Mapper &mapper, DriverStatement &row, int first)
{
    std::vector<Value> key;
    for (const std::uint16_t column : mapper.keys())
        key.push_back(row.value(first + column, mapper.columns()[column].column->type));
    return key;
}

} // namespace

State &SessionCore::readRow(DriverStatement &row, const Mapper &mapper, int first, bool populate)
{
    std::vector<Value> wide;
    std::int64_t integer = 0;
    State *known = nullptr;
    if (mapper.hasIntegerKey()) {
        integer = row.getInt(first + mapper.keys()[0]);
        known = m_identity.find(mapper, integer);
    } else if (!mapper.isReadOnly()) {
        wide = keyOfRow(mapper, row, first);
        known = m_identity.find(mapper, wide);
    }
    if (known) {
        if (known->needsLoad() || populate)
            fill(*known, row, first, populate);
        return *known;
    }
    State &state = m_region->create(mapper);
    try {
        int column = first;
        for (const MappedColumn &mapped : mapper.columns())
            readField(mapped, state.at(mapped.offset), row, column++);
        if (mapper.hasIntegerKey())
            setIdentity(state, integer);
        else if (!mapper.isReadOnly())
            setIdentity(state, wide);
        if (!mapper.isReadOnly())
            m_identity.insert(state);
    } catch (...) {
        m_region->destroy(state);
        throw;
    }
    state.store = this;
    state.life = Life::Persistent;
    state.batch = m_batch;
    return state;
}

bool SessionCore::fetchByKey(const Mapper &mapper, std::span<const Value> key, State *&found, bool populate)
{
    PreparedStatements &statements = prepared(mapper);
    if (!statements.byKey) {
        Select select = objectSelect(mapper);
        for (const std::uint16_t column : mapper.keys())
            select.where(Expression(*mapper.columns()[column].column) ==
                         bind(Value(0), mapper.columns()[column].column->type));
        statements.byKey = &m_connection->prepared(m_connection->compile(select));
    }
    DriverStatement &statement = *statements.byKey;
    RowBinder binder(statement);
    struct Reset {
        DriverStatement &statement;
        ~Reset() { statement.reset(); }
    } reset{statement};
    for (std::size_t i = 0; i < key.size(); ++i)
        binder.value(key[i], mapper.columns()[mapper.keys()[i]].column->type);
    if (!statement.step())
        return false;
    found = &readRow(statement, mapper, 0, populate);
    return true;
}

void SessionCore::loadColumns(State &state)
{
    const std::string &name = state.mapper->name();
    if (state.life != Life::Persistent)
        throw ObjectDeleted("this " + name + " was deleted");
    if (!m_options.implicitIo)
        throw ImplicitIo("this " + name +
                         " is not loaded and the session may not load by itself: refresh() it, or "
                         "query it again");
    std::vector<Value> key;
    for (std::size_t i = 0; i < state.mapper->keys().size(); ++i)
        key.push_back(identityValue(state, i));
    State *found = nullptr;
    if (!fetchByKey(*state.mapper, key, found, false))
        throw ObjectDeleted("the row of this " + name + " is gone");
}

} // namespace orm
