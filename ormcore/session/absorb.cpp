#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/session_core.h"

namespace orm {

void SessionCore::absorb(const FlushPlan &plan)
{
    TransactionFrame &into = frame();
    beginBatch();
    for (const FlushStep &step : plan.steps) {
        if (step.near) // rows without objects
            continue;
        if (step.kind == FlushStep::Kind::Insert)
            m_identity.reserve(*step.mapper, step.states.size());
        for (State *state : step.states)
            switch (step.kind) {
            case FlushStep::Kind::Insert:
                absorbInserted(*state, into);
                break;
            case FlushStep::Kind::Update:
                absorbUpdated(*state, into);
                break;
            case FlushStep::Kind::Delete:
                absorbDeleted(*state, into);
                break;
            }
    }
    for (State *state : m_changed.all()) { // what came to nothing after all, or changed its links only
        state->lower(State::Changed);
        if (state->has(State::LinkChanges) && state->life == Life::Persistent) {
            forgetLinkChanges(*state);
            into.updated.push_back(state);
        }
        if (state->life == Life::Persistent && !state->has(State::Partial))
            state->history.reset();
    }
    m_changed.clear();
    m_doomed.clear();
}

namespace {

std::vector<Value> payloadKey(const State &state)
{
    std::vector<Value> key;
    for (const std::uint16_t column : state.mapper->keys())
        key.push_back(columnValue(state, column));
    return key;
}

/// After a flush the database has what the object has; only what the server filled in is still to be read.
void forgetFlushed(State &state)
{
    state.lower(State::OrphanCheck);
    state.lower(State::Doomed);
    if (!state.has(State::Partial)) {
        state.history.reset();
        return;
    }
    state.history->changed.clear();
    state.history->originals.clear();
    state.history->links.clear();
}

} // namespace

void SessionCore::absorbInserted(State &state, TransactionFrame &into)
{
    const MappedColumn &first = state.mapper->columns()[state.mapper->keys()[0]];
    if (state.mapper->hasIntegerKey() && first.field == FieldType{FieldKind::Int64, false})
        setIdentity(state, *static_cast<const std::int64_t *>(state.at(first.offset)));
    else
        setIdentity(state, payloadKey(state));
    state.life = Life::Persistent;
    m_identity.insert(state);
    joinSiblings(state);
    into.inserted.push_back(&state);
    if (state.has(State::LinkChanges))
        forgetLinkChanges(state);
    forgetFlushed(state);
}

void SessionCore::absorbUpdated(State &state, TransactionFrame &into)
{
    bool rekeyed = false;
    for (const std::uint16_t column : state.mapper->keys())
        rekeyed = rekeyed || state.history->changed.contains(column);
    if (rekeyed) {
        TransactionFrame::Rekeyed before{&state, {}};
        for (std::size_t i = 0; i < state.mapper->keys().size(); ++i)
            before.key.push_back(identityValue(state, i));
        into.rekeyed.push_back(std::move(before));
        m_identity.erase(state);
        setIdentity(state, payloadKey(state));
        m_identity.insert(state);
    }
    into.updated.push_back(&state);
    forgetFlushed(state);
}

void SessionCore::absorbDeleted(State &state, TransactionFrame &into)
{
    m_identity.erase(state);
    state.life = Life::Deleted;
    into.deleted.push_back(&state);
    forgetFlushed(state);
}

} // namespace orm
