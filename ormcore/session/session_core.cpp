#include "ormcore/session/session_core.h"

#include "ormcore/mapping/object_graph.h"

#include <algorithm>

namespace orm {

SessionCore::SessionCore(Engine &engine, const Registry &registry, SessionOptions options)
    : m_engine(engine), m_registry(registry), m_options(options), m_region(new Region)
{
    registry.configure();
}

SessionCore::~SessionCore()
{
    dropConnection();
    m_region->forEach([](State &state) {
        state.store = nullptr;
        if (state.life == Life::Persistent || state.life == Life::Deleted)
            state.life = Life::Detached;
        else if (state.life == Life::Pending)
            state.life = Life::Transient;
    });
    m_region->close();
}

void SessionCore::checkUsable() const
{
    if (m_failed)
        throw PendingRollback("The session's last flush failed and its transaction was rolled back: call rollback() "
                              "first.");
}

Connection &SessionCore::connection()
{
    checkUsable();
    if (!m_connection) {
        m_connection.emplace(m_engine.connect());
        m_prepared.clear();
        m_prepared.resize(m_registry.mappers().size());
    }
    if (m_frames.empty())
        m_frames.emplace_back();
    return *m_connection;
}

PreparedStatements &SessionCore::prepared(const Mapper &mapper)
{
    (void)connection();
    return m_prepared[mapper.index()];
}

TransactionFrame &SessionCore::frame()
{
    (void)connection();
    return m_frames.back();
}

void SessionCore::dropConnection() noexcept
{
    m_prepared.clear();
    m_connection.reset(); // the pool rolls back what is open
}

State &SessionCore::addNew(const Mapper &mapper, void *movable)
{
    if (mapper.isReadOnly())
        throw Argument(mapper.name() + " has no key, so no rows can be added");
    State &state = m_region->create(mapper, movable);
    state.store = this;
    state.life = Life::Pending;
    m_pending.push_back(&state);
    return state;
}

void SessionCore::attach(State &state)
{
    if (state.store == this) {
        if (state.has(State::Doomed)) { // added again before its deletion was flushed
            state.lower(State::Doomed);
            std::erase(m_doomed, &state);
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
        if (state.history && !state.history->changed.empty())
            noteChanged(state);
    } else {
        state.store = this;
        state.life = Life::Pending;
        m_pending.push_back(&state);
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
    m_changed.push_back(&state);
}

void SessionCore::remove(State &state)
{
    if (state.store != this)
        throw Argument("the object of " + state.mapper->name() + " is not in this session");
    if (state.mapper->isReadOnly())
        throw Argument(state.mapper->name() + " has no key, so its rows cannot be deleted");
    if (state.life == Life::Pending) {
        std::erase(m_pending, &state);
        becomeTransient(state);
    } else if (state.life == Life::Persistent && !state.has(State::Doomed)) {
        state.raise(State::Doomed);
        m_doomed.push_back(&state);
    }
}

void SessionCore::expunge(State &state)
{
    if (state.store != this)
        throw Argument("the object of " + state.mapper->name() + " is not in this session");
    std::erase(m_pending, &state);
    if (state.has(State::Changed))
        std::erase(m_changed, &state);
    if (state.has(State::Doomed))
        std::erase(m_doomed, &state);
    state.lower(State::Changed);
    state.lower(State::Doomed);
    for (TransactionFrame &open : m_frames) {
        std::erase(open.inserted, &state);
        std::erase(open.updated, &state);
        std::erase(open.deleted, &state);
    }
    if (state.life == Life::Persistent)
        m_identity.erase(state);
    state.store = nullptr;
    state.life = state.life == Life::Pending ? Life::Transient : Life::Detached;
}

void SessionCore::forgetChanges(State &state) noexcept
{
    state.history.reset();
    for (const State::Flag flag : {State::Partial, State::Edited, State::OrphanCheck})
        state.lower(flag);
}

void SessionCore::expire(State &state) noexcept
{
    if (state.life != Life::Persistent || state.mapper->isReadOnly())
        return;
    forgetChanges(state);
    if (state.has(State::Changed)) {
        std::erase(m_changed, &state);
        state.lower(State::Changed);
    }
    state.raise(State::Expired);
    unloadRelations(state);
}

void SessionCore::expireAll() noexcept
{
    for (State *state : m_changed)
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
    for (const State::Flag flag : {State::Changed, State::Doomed, State::Edited})
        state.lower(flag);
    if (state.history) {
        state.history->changed.clear();
        state.history->originals.clear();
    }
    state.life = Life::Transient;
    state.store = nullptr;
}

void SessionCore::commit()
{
    while (hasChanges()) // a flush may leave more to do once events can change objects
        flush();
    checkUsable();
    if (m_connection && m_frames.size() > 1)
        throw Argument("commit the nested transaction first");
    if (m_connection) {
        try {
            m_connection->commit();
        } catch (...) {
            failed();
            throw;
        }
    }
    if (!m_frames.empty())
        for (State *state : m_frames.front().deleted) {
            state->life = Life::Detached;
            state->store = nullptr;
        }
    m_frames.clear();
    dropConnection();
    if (m_options.expireOnCommit)
        expireAll();
    maybeSweep();
}

/// Undoes in memory what the frame's flushes did: its rows are about to be as they were.
void SessionCore::restore(TransactionFrame &open) noexcept
{
    for (State *state : open.inserted)
        if (state->life == Life::Persistent || state->life == Life::Deleted)
            becomeTransient(*state);
    for (State *state : open.deleted) {
        if (state->life != Life::Deleted)
            continue;
        state->life = Life::Persistent;
        m_identity.insert(*state);
        expire(*state);
    }
    for (auto change = open.rekeyed.rbegin(); change != open.rekeyed.rend(); ++change) {
        if (change->state->life != Life::Persistent)
            continue;
        m_identity.erase(*change->state);
        setIdentity(*change->state, change->key);
        m_identity.insert(*change->state);
    }
    for (State *state : open.updated)
        expire(*state);
    open = {};
}

void SessionCore::rollback() noexcept
{
    if (m_connection)
        m_connection->rollback();
    for (State *state : m_changed) // at once: expire() takes them out of the list one by one
        state->lower(State::Changed);
    m_changed.clear();
    while (!m_frames.empty()) {
        restore(m_frames.back());
        m_frames.pop_back();
    }
    for (State *state : m_pending)
        becomeTransient(*state);
    m_pending.clear();
    for (State *state : m_doomed)
        state->lower(State::Doomed);
    m_doomed.clear();
    expireAll();
    dropConnection();
    m_failed = false;
}

std::size_t SessionCore::beginNested()
{
    flush();
    Connection &open = connection();
    const std::string name = "orm_" + std::to_string(m_frames.size());
    open.savepoint(name);
    m_frames.emplace_back();
    m_frames.back().savepoint = name;
    return m_frames.size();
}

void SessionCore::endNested(std::size_t depth, bool keep)
{
    if (m_frames.size() < depth)
        return; // the whole transaction ended first
    if (keep) {
        flush();
        if (m_frames.size() != depth)
            throw Argument("end the inner nested transaction first");
        connection().releaseSavepoint(m_frames.back().savepoint);
        TransactionFrame inner = std::move(m_frames.back());
        m_frames.pop_back();
        TransactionFrame &outer = m_frames.back();
        outer.inserted.insert(outer.inserted.end(), inner.inserted.begin(), inner.inserted.end());
        outer.deleted.insert(outer.deleted.end(), inner.deleted.begin(), inner.deleted.end());
        outer.updated.insert(outer.updated.end(), inner.updated.begin(), inner.updated.end());
        std::move(inner.rekeyed.begin(), inner.rekeyed.end(), std::back_inserter(outer.rekeyed));
        return;
    }
    m_failed = false;
    connection().rollbackToSavepoint(m_frames[depth - 1].savepoint);
    const std::vector<State *> changed = std::exchange(m_changed, {});
    for (State *state : changed)
        state->lower(State::Changed);
    while (m_frames.size() >= depth) {
        restore(m_frames.back());
        m_frames.pop_back();
    }
    for (State *state : m_pending)
        becomeTransient(*state);
    m_pending.clear();
    for (State *state : m_doomed)
        state->lower(State::Doomed);
    m_doomed.clear();
    for (State *state : changed)
        expire(*state);
}

} // namespace orm
