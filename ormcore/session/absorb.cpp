#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/flush_statements.h"
#include "ormcore/session/session_core.h"
#include "ormcore/session/stored_parent.h"

#include <algorithm>

namespace orm {

void SessionCore::absorb(const FlushPlan &plan, const FlushInput &input)
{
    TransactionFrame &into = frame();
    beginBatch();
    for (const FlushStep &step : plan.steps)
        if (!step.extra && !step.near) // the others have no objects of their own
            absorb(step, into);
    for (const auto &[fresh, old] : plan.replaced)
        absorbReplaced(const_cast<State &>(*fresh), *old, into);
    for (const KeyFollower &follower : input.followers)
        absorbFollower(follower, into);
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

void SessionCore::absorb(const FlushStep &step, TransactionFrame &into)
{
    switch (step.kind) {
    case FlushStep::Kind::Insert: {
        std::vector<State *> &inserted = makesKeys(step) ? into.numbered : into.inserted;
        m_identity.reserve(*step.mapper, step.states.size());
        for (State *state : step.states) {
            absorbInserted(*state);
            inserted.push_back(state);
        }
        return;
    }
    case FlushStep::Kind::Update:
        for (State *state : step.states)
            if (state->life == Life::Persistent) // else it takes over a row
                absorbUpdated(*state, into);
        return;
    case FlushStep::Kind::Delete:
        for (State *state : step.states)
            absorbDeleted(*state, into);
    }
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
    for (const State::Flag flag : {State::OrphanCheck, State::Doomed, State::Abandoned})
        state.lower(flag);
    if (!state.has(State::Partial)) {
        state.history.reset();
        return;
    }
    state.history->changed.clear();
    state.history->originals.clear();
    state.history->links.clear();
}

} // namespace

/// An object that had the same key lost its row without the session: by ON DELETE, or to somebody else.
void SessionCore::takeIdentity(State &state) noexcept
{
    State *lost = m_identity.insert(state);
    if (!lost || lost == &state)
        return;
    m_changed.remove(*lost);
    m_doomed.remove(*lost);
    leave(*lost);
}

void SessionCore::absorbInserted(State &state)
{
    const MappedColumn &first = state.mapper->columns()[state.mapper->keys()[0]];
    if (state.mapper->hasIntegerKey() && first.field == FieldType{FieldKind::Int64, false})
        setIdentity(state, *static_cast<const std::int64_t *>(state.at(first.offset)));
    else
        setIdentity(state, payloadKey(state));
    state.life = Life::Persistent;
    takeIdentity(state);
    if (state.has(State::LinkChanges))
        forgetLinkChanges(state);
    forgetFlushed(state);
    joinSiblings(state);
}

/// What the new object left to the database is as it was in the row.
void SessionCore::absorbReplaced(State &fresh, State &old, TransactionFrame &into)
{
    const ColumnSet written = insertColumns(fresh);
    absorbDeleted(old, into);
    for (std::size_t i = 0; i < fresh.mapper->columns().size(); ++i)
        if (!written.contains(i)) {
            fresh.remembered().unloaded.insert(i);
            fresh.raise(State::Partial);
        }
    absorbInserted(fresh);
    into.inserted.push_back(&fresh);
}

void SessionCore::absorbUpdated(State &state, TransactionFrame &into)
{
    rememberParents(state, into);
    const auto &keys = state.mapper->keys();
    if (std::any_of(keys.begin(), keys.end(), [&](auto column) { return state.history->changed.contains(column); }))
        rekey(state, into);
    into.updated.push_back(&state);
    forgetFlushed(state);
}

/// Parents whose collections a rollback of the frame makes wrong: those that the object got and lost.
void SessionCore::rememberParents(State &state, TransactionFrame &into)
{
    for (const Reference &reference : state.mapper->references())
        if (std::any_of(reference.columns.begin(), reference.columns.end(),
                        [&](auto column) { return state.history->changed.contains(column); }))
            for (State *parent : {storedParent(state, reference), parentInMemory(state, reference)})
                if (parent)
                    into.parents.push_back(parent);
}

void SessionCore::rekey(State &state, TransactionFrame &into)
{
    TransactionFrame::Rekeyed before{&state, {}};
    for (std::size_t i = 0; i < state.mapper->keys().size(); ++i)
        before.key.push_back(identityValue(state, i));
    into.rekeyed.push_back(std::move(before));
    m_identity.erase(state);
    setIdentity(state, payloadKey(state));
    takeIdentity(state);
}

/// The database has written the parent's new key into the child's row.
void SessionCore::absorbFollower(const KeyFollower &follower, TransactionFrame &into)
{
    State &child = *follower.child;
    const Reference &reference = *follower.reference;
    bool key = false;
    for (std::size_t i = 0; i < reference.columns.size(); ++i) {
        const MappedColumn &mapped = child.mapper->columns()[reference.columns[i]];
        setFieldValue(mapped.field, child.at(mapped.offset), columnValue(*follower.parent, reference.targetColumns[i]));
        key = key || mapped.key;
    }
    if (key)
        rekey(child, into);
    into.updated.push_back(&child);
}

void SessionCore::absorbDeleted(State &state, TransactionFrame &into)
{
    if (state.history)
        rememberParents(state, into);
    m_identity.erase(state);
    state.life = Life::Deleted;
    into.deleted.push_back(&state);
    forgetFlushed(state);
}

} // namespace orm
