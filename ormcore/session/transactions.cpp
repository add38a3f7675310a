#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

void SessionCore::failed() noexcept
{
    m_failed = true;
    if (!m_connection)
        return;
    try {
        if (m_frames.size() > 1)
            m_connection->rollbackToSavepoint(m_frames.back().savepoint);
        else
            m_connection->rollback();
    } catch (const Error &) {
        m_connection->rollback(); // the savepoint went with a transaction that the database ended
    }
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

/// Undoes in memory what the frame's flushes did: its rows are about to be as they were. Objects that left the session
/// meanwhile are no concern of it.
void SessionCore::restore(TransactionFrame &open) noexcept
{
    for (State *state : open.inserted)
        if (state->store == this)
            becomeTransient(*state);
    for (State *state : open.deleted) {
        if (state->store != this || state->life != Life::Deleted)
            continue;
        state->life = Life::Persistent;
        m_identity.insert(*state);
        expire(*state);
    }
    for (auto change = open.rekeyed.rbegin(); change != open.rekeyed.rend(); ++change) {
        if (change->state->store != this || change->state->life != Life::Persistent)
            continue;
        m_identity.erase(*change->state);
        setIdentity(*change->state, change->key);
        m_identity.insert(*change->state);
    }
    for (State *state : open.updated)
        if (state->store == this)
            expire(*state);
    open = {};
}

void SessionCore::rollback() noexcept
{
    if (m_connection)
        m_connection->rollback();
    for (State *state : m_changed.all()) // at once: expire() takes them out of the list one by one
        state->lower(State::Changed);
    m_changed.clear();
    while (!m_frames.empty()) {
        restore(m_frames.back());
        m_frames.pop_back();
    }
    for (State *state : m_pending.all())
        becomeTransient(*state);
    m_pending.clear();
    for (State *state : m_doomed.all())
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
    const std::vector<State *> changed = m_changed.all();
    m_changed.clear();
    for (State *state : changed)
        state->lower(State::Changed);
    while (m_frames.size() >= depth) {
        restore(m_frames.back());
        m_frames.pop_back();
    }
    for (State *state : m_pending.all())
        becomeTransient(*state);
    m_pending.clear();
    for (State *state : m_doomed.all())
        state->lower(State::Doomed);
    m_doomed.clear();
    for (State *state : changed)
        expire(*state);
}

} // namespace orm
