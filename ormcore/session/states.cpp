#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/session_core.h"

namespace orm {

void SessionCore::attach(State &state)
{
    if (state.store == this) {
        if (state.has(State::Doomed)) { // added again before its deletion was flushed
            state.lower(State::Doomed);
            m_doomed.remove(state);
        }
        return;
    }
    if (state.store)
        throw Argument("the object of " + state.mapper->name() + " belongs to another session");
    if (&state.region() != m_region)
        throw Argument("the object of " + state.mapper->name() +
                       " was made by another session, which is gone: copy it");
    if (state.life == Life::Detached) {
        const State *same = state.has(State::WideKey)
                                ? m_identity.find(*state.mapper, {state.key.values, state.mapper->keys().size()})
                                : m_identity.find(*state.mapper, state.key.integer);
        if (same)
            throw Argument("another object of " + state.mapper->name() + " with this key is in the session");
        state.store = this;
        state.life = Life::Persistent;
        m_identity.insert(state);
        if (state.has(State::LinkChanges) || (state.history && !state.history->changed.empty()))
            noteChanged(state);
    } else {
        state.store = this;
        state.life = Life::Pending;
        m_pending.add(state);
    }
    forEachEdge(state, [this](State &linked) {
        if (!linked.store && linked.life == Life::Transient)
            attach(linked);
    });
}

void SessionCore::noteChanged(State &state)
{
    if (state.life != Life::Persistent || state.has(State::Changed))
        return;
    state.raise(State::Changed);
    m_changed.add(state);
}

void SessionCore::remove(State &state)
{
    if (state.store != this)
        throw Argument("the object of " + state.mapper->name() + " is not in this session");
    if (state.mapper->isReadOnly())
        throw Argument(state.mapper->name() + " has no key, so its rows cannot be deleted");
    if (state.life == Life::Pending) {
        m_pending.remove(state);
        becomeTransient(state);
    } else if (state.life == Life::Persistent && !state.has(State::Doomed)) {
        state.raise(State::Doomed);
        m_doomed.add(state);
    }
}

void SessionCore::expunge(State &state)
{
    if (state.store != this)
        throw Argument("the object of " + state.mapper->name() + " is not in this session");
    if (state.life == Life::Pending)
        m_pending.remove(state);
    if (state.has(State::Changed))
        m_changed.remove(state);
    if (state.has(State::Doomed))
        m_doomed.remove(state);
    state.lower(State::Changed);
    state.lower(State::Doomed);
    if (state.life == Life::Persistent)
        m_identity.erase(state);
    state.store = nullptr;
    state.life = state.life == Life::Pending ? Life::Transient : Life::Detached;
}

void SessionCore::forgetChanges(State &state) noexcept
{
    state.history.reset();
    for (const State::Flag flag : {State::Partial, State::Edited, State::OrphanCheck, State::LinkChanges})
        state.lower(flag);
}

void SessionCore::expire(State &state) noexcept
{
    if (state.life != Life::Persistent || state.mapper->isReadOnly())
        return;
    forgetChanges(state);
    if (state.has(State::Changed)) {
        m_changed.remove(state);
        state.lower(State::Changed);
    }
    state.raise(State::Expired);
    unloadRelations(state);
}

void SessionCore::expireAll() noexcept
{
    for (State *state : m_changed.all())
        state->lower(State::Changed);
    m_changed.clear();
    m_region->forEach([this](State &state) { expire(state); });
}

void SessionCore::refresh(State &state)
{
    if (state.store != this || state.life != Life::Persistent)
        throw Argument("only an object with a row in this session can be refreshed");
    expire(state);
    std::vector<Value> key;
    for (std::size_t i = 0; i < state.mapper->keys().size(); ++i)
        key.push_back(identityValue(state, i));
    State *found = nullptr;
    if (!fetchByKey(*state.mapper, key, found, true))
        throw ObjectDeleted("the row of this " + state.mapper->name() + " is gone");
}

bool SessionCore::hasChanges() const noexcept { return !m_pending.empty() || !m_changed.empty() || !m_doomed.empty(); }

void SessionCore::becomeTransient(State &state) noexcept
{
    if (state.has(State::HasIdentity) && state.life == Life::Persistent)
        m_identity.erase(state);
    clearIdentity(state);
    for (const State::Flag flag : {State::Changed, State::Doomed})
        state.lower(flag);
    if (!state.history || state.history->watched.empty()) // else to be validated if it is added again
        state.lower(State::Edited);
    if (state.history) {
        state.history->changed.clear();
        state.history->originals.clear();
    }
    linkAnew(state);
    state.life = Life::Transient;
    state.store = nullptr;
}

} // namespace orm
