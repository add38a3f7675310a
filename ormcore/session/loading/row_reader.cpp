#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/loading/class_rows.h"
#include "ormcore/session/loading/relation_sql.h"
#include "ormcore/session/row.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

State *SessionCore::findLoaded(const Mapper &mapper, std::span<const Value> key)
{
    State *found = m_identity.find(mapper, key);
    return found && found->mapper->isKindOf(mapper) ? found : nullptr;
}

/// `places`: where the row has the columns, see RowLayout; null: in their order.
void SessionCore::fill(State &state, DriverStatement &row, int first, bool populate, const std::vector<int> *places)
{
    const bool expired = state.has(State::Expired);
    const auto &columns = state.mapper->columns();
    ColumnSet missing;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool loaded = !expired && columnLoaded(state, i);
        const int place = places ? (*places)[i] : static_cast<int>(i);
        if (place < 0 && !loaded)
            missing.insert(i);
        if (place < 0 || (loaded && (!populate || (state.history && state.history->changed.contains(i)))))
            continue;
        readField(columns[i], state.at(columns[i].offset), row, first + place);
    }
    state.lower(State::Expired);
    state.lower(State::Partial);
    if (!missing.empty())
        state.raise(State::Partial);
    if (state.history || !missing.empty())
        state.remembered().unloaded = std::move(missing);
    if (state.mapper->hooks()) [[unlikely]]
        noteRead(ObjectEvent::Refresh, state);
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

void SessionCore::joinSiblings(State &state) noexcept
{
    constexpr std::uint32_t most = 512; // as many as one statement asks for
    if (!m_withSiblings)
        return;
    Ring &ring = m_rings[state.mapper->index()];
    if (ring.batch == m_batch && ring.size < most) {
        m_region->addSibling(*ring.last, state);
        ring = {&state, m_batch, ring.size + 1};
    } else {
        ring = {&state, m_batch, 1};
    }
}

State &SessionCore::readRow(DriverStatement &row, const Mapper &asked, int first, bool populate, const RowLayout *rows)
{
    const RowLayout::Class *from = nullptr;
    if (rows || asked.isPolymorphic()) [[unlikely]] {
        rows = &memberOfRow(row, rows ? *rows : *asked.hierarchy().rows, first);
        from = &classOfRow(row, *rows, first);
    }
    const Mapper &mapper = from ? *from->mapper : asked;
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
        if (from && known->mapper != &mapper) [[unlikely]]
            from = &classOfKnown(*known, *rows);
        if (known->needsLoad() || populate)
            fill(*known, row, first, populate, from ? &from->places : nullptr);
        if (known->nextSibling == 0)
            joinSiblings(*known);
        return *known;
    }
    State &state = m_region->create(mapper);
    try {
        int column = first;
        if (from) [[unlikely]]
            readClass(state, row, first, *from);
        else
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
    joinSiblings(state);
    if (from && !from->complete && from->selectIn) [[unlikely]]
        m_incomplete.push_back(&state);
    if (mapper.hooks()) [[unlikely]]
        noteRead(ObjectEvent::Load, state);
    return state;
}

bool SessionCore::fetchByKey(const Mapper &mapper, std::span<const Value> key, State *&found, bool populate)
{
    PreparedStatements &statements = prepared(mapper);
    if (!statements.byKey)
        statements.byKey = selectByKey(*m_connection, mapper);
    noteSent();
    DriverStatement &statement = statements.byKey->statement();
    RowBinder binder(statement);
    const ResetAtEnd reset{statement};
    statements.byKey->bind(binder, key);
    if (!statement.step() || (mapper.isPolymorphic() && isOfAnotherClass(statement, *mapper.hierarchy().rows)))
        return false;
    found = &readRow(statement, mapper, 0, populate);
    return true;
}

} // namespace orm
