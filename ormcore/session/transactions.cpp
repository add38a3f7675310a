#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/session_core.h"
#include "ormcore/session/stored_parent.h"

namespace orm {

namespace {

template <class T> void append(std::vector<T> &to, std::vector<T> &&from)
{
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// A key that the database made for a row that is no more: the object is to get another one.
void forgetKey(State &state)
{
    const MappedColumn &key = state.mapper->columns()[state.mapper->keys()[0]];
    setFieldValue(key.field, state.at(key.offset), key.field.canBeNull() ? Value() : Value(0));
}

void keepTransient(LinkList &list)
{
    std::vector<State *> items = list.items.take();
    std::erase_if(items, [](const State *item) { return item->life != Life::Transient; });
    list.fill(ObjectList(std::move(items)));
}

/// Rows that are there have gone back to the parents that they had, so they leave the lists of new ones.
void dropPersistent(State &state)
{
    for (const Relationship &relationship : state.mapper->relationships()) {
        RelationSlot &slot = slotOf(state, relationship);
        if (relationship.kind == RelationKind::Child && slot.target() && slot.target()->life != Life::Transient)
            slot.setTarget(nullptr);
        if (relationship.kind == RelationKind::Children && slot.list())
            keepTransient(*slot.list());
    }
}

void relink(State &child, const Reference &reference, State &parent)
{
    for (const std::uint16_t column : reference.columns) // it was the key of a row that is no more
        if (const MappedColumn &mapped = child.mapper->columns()[column]; mapped.field.canBeNull())
            setFieldValue(mapped.field, child.at(mapped.offset), Value());
    std::vector<Link> &links = child.remembered().links;
    std::erase_if(links, [&](const Link &link) { return link.reference == reference.index; });
    links.push_back({reference.index, &parent, false});
}

/// Transient objects that are linked stay so: whoever adds them again gets foreign keys to the new rows.
void relinkTransient(State &state)
{
    for (const Relationship &relationship : state.mapper->relationships()) {
        const RelationSlot &slot = slotOf(state, relationship);
        if (State *other = slot.target(); other && other->life == Life::Transient) {
            if (relationship.kind == RelationKind::Parent)
                relink(state, *relationship.reference, *other);
            else
                relink(*other, *relationship.reference, state);
        }
        if (const LinkList *list = relationship.kind == RelationKind::Children ? slot.list() : nullptr)
            for (State *item : list->items)
                if (item->life == Life::Transient)
                    relink(*item, *relationship.reference, state);
    }
}

} // namespace

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
    if (m_ending)
        throw Argument("commit() was called by a handler of a commit or rollback");
    refuseInHandler("commit()");
    const During ending(m_ending);
    announce(SessionEvent::BeforeCommit);
    flushUntilClean();
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
        for (State *state : m_frames.front().deleted)
            if (state->store == this) {
                state->life = Life::Detached;
                state->store = nullptr;
            }
    m_frames.clear();
    dropConnection();
    if (m_options.expireOnCommit)
        expireAll();
    maybeSweep();
    announce(SessionEvent::AfterCommit);
}

/// Undoes in memory what the frame's flushes did: its rows are about to be as they were. Objects that left the session
/// meanwhile are no concern of it.
void SessionCore::restore(TransactionFrame &open) noexcept
{
    const auto mine = [this](const State *state) { return state->store == this; };
    std::erase_if(open.numbered, [&](const State *state) { return !mine(state); });
    const bool nested = !open.savepoint.empty(); // else everything is expired anyway
    std::vector<State *> fresh = open.inserted;
    fresh.insert(fresh.end(), open.numbered.begin(), open.numbered.end());
    std::erase_if(fresh, [&](const State *state) { return !mine(state); });
    for (State *parent : open.parents)
        if (nested && mine(parent))
            unloadRelations(*parent);
    for (State *state : fresh) {
        if (nested)
            unloadFromParents(*state);
        becomeTransient(*state);
    }
    for (State *state : open.numbered)
        forgetKey(*state);
    for (State *state : fresh) {
        dropPersistent(*state);
        relinkTransient(*state);
    }
    for (State *state : open.deleted)
        if (mine(state) && state->life == Life::Deleted) {
            state->life = Life::Persistent;
            m_identity.insert(*state);
            if (nested)
                unloadFromParents(*state);
            expire(*state);
        }
    for (auto change = open.rekeyed.rbegin(); change != open.rekeyed.rend(); ++change) {
        if (!mine(change->state) || change->state->life != Life::Persistent)
            continue;
        m_identity.erase(*change->state);
        setIdentity(*change->state, change->key);
        m_identity.insert(*change->state);
    }
    for (State *state : open.updated)
        if (mine(state))
            expire(*state);
    open = {};
}

/// Takes back what was not flushed yet. Returns the objects that were changed.
std::vector<State *> SessionCore::forgetUnflushed() noexcept
{
    std::vector<State *> changed = m_changed.all();
    for (State *state : changed) // at once: expire() takes them out of the list one by one
        state->lower(State::Changed);
    m_changed.clear();
    for (State *state : m_doomed.all())
        state->lower(State::Doomed);
    m_doomed.clear();
    return changed;
}

void SessionCore::forgetPending() noexcept
{
    for (State *state : m_pending.all())
        becomeTransient(*state);
    for (State *state : m_pending.all())
        dropPersistent(*state);
    m_pending.clear();
}

void SessionCore::rollback() noexcept
{
    if (m_flushing || m_ending) { // by a handler: checkHandler() throws
        m_rollbackAsked = true;
        return;
    }
    if (m_connection)
        m_connection->rollback();
    (void)forgetUnflushed();
    while (!m_frames.empty()) {
        restore(m_frames.back());
        m_frames.pop_back();
    }
    forgetPending();
    expireAll();
    dropConnection();
    m_failed = false;
    announceRollback();
}

std::size_t SessionCore::beginNested()
{
    refuseInHandler("beginNested()");
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
    refuseInHandler("the end of a nested transaction");
    if (keep) {
        flushUntilClean();
        if (m_frames.size() != depth)
            throw Argument("end the inner nested transaction first");
        connection().releaseSavepoint(m_frames.back().savepoint);
        TransactionFrame inner = std::move(m_frames.back());
        m_frames.pop_back();
        TransactionFrame &outer = m_frames.back();
        append(outer.inserted, std::move(inner.inserted));
        append(outer.numbered, std::move(inner.numbered));
        append(outer.deleted, std::move(inner.deleted));
        append(outer.updated, std::move(inner.updated));
        append(outer.parents, std::move(inner.parents));
        append(outer.rekeyed, std::move(inner.rekeyed));
        return;
    }
    m_failed = false;
    try {
        connection().rollbackToSavepoint(m_frames[depth - 1].savepoint);
    } catch (...) { // it went with its transaction
        rollback();
        throw;
    }
    for (State *state : m_pending.all())
        unloadFromParents(*state);
    const std::vector<State *> changed = forgetUnflushed();
    for (State *state : changed)
        unloadFromParents(*state);
    while (m_frames.size() >= depth) {
        restore(m_frames.back());
        m_frames.pop_back();
    }
    forgetPending();
    for (State *state : changed)
        expire(*state);
    announceRollback();
}

} // namespace orm
