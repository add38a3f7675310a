#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/flush_statements.h"
#include "ormcore/session/session_core.h"
#include "ormcore/session/stored_parent.h"

#include <algorithm>

namespace orm {

namespace {

template <class T> void append(std::vector<T> &to, std::vector<T> &&from)
{
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

bool hasRow(const State *item) { return item->life != Life::Transient && item->life != Life::Pending; }

/// Of an object without a row: what it was linked to and is not loaded is all that there is.
void keepNew(RelationSlot &slot)
{
    LinkList &list = slot.makeList();
    std::vector<State *> items = (slot.isLoaded() ? list.items : list.added).take();
    std::erase_if(items, hasRow);
    list.fill(ObjectList(std::move(items)));
    list.added.clear();
    list.removed.clear();
    slot.setLoaded(true);
}

/// Rows that are there have gone back to the parents that they had, so they leave the lists of new ones.
void dropPersistent(State &state)
{
    for (const Relationship &relationship : state.mapper->relationships()) {
        RelationSlot &slot = slotOf(state, relationship);
        if (relationship.kind == RelationKind::Child)
            slot.setTarget(slot.target() && !hasRow(slot.target()) ? slot.target() : nullptr);
        else if (relationship.kind == RelationKind::Children && (slot.list() || slot.isLoaded()))
            keepNew(slot);
    }
}

/// New parents, of no session, that changed objects are linked to.
std::vector<State *> strangers(const std::vector<State *> &changed)
{
    std::vector<State *> found;
    for (const State *state : changed)
        if (state->history)
            for (const Link &link : state->history->links)
                if (link.parent && link.parent->life == Life::Transient)
                    found.push_back(link.parent);
    return found;
}

/// A foreign key whose parent may be about to lose its row.
struct KeptLink {
    State *child;
    const Reference *reference;
    State *parent;
};

std::vector<KeptLink> linksOf(const std::vector<State *> &states)
{
    std::vector<KeptLink> links;
    for (State *state : states)
        for (const Reference &reference : state->mapper->references())
            if (State *parent = lastParent(*state, reference))
                links.push_back({state, &reference, parent});
    return links;
}

void relink(const KeptLink &kept)
{
    State &child = *kept.child;
    const Reference &reference = *kept.reference;
    for (const std::uint16_t column : reference.columns) // it was the key of a row that is no more
        if (const MappedColumn &mapped = child.mapper->columns()[column]; mapped.field.canBeNull())
            setFieldValue(mapped.field, child.at(mapped.offset), Value());
    std::vector<Link> &links = child.remembered().links;
    std::erase_if(links, [&](const Link &link) { return link.reference == reference.index; });
    links.push_back({reference.index, kept.parent, false});
    for (const int index : reference.relationships)
        slotOf(child, child.mapper->relationships()[static_cast<std::size_t>(index)]).setTarget(kept.parent);
}

/// Transient objects that were linked stay so, on both sides: whoever adds them again gets foreign keys to the new
/// rows.
void keepLinks(const std::vector<KeptLink> &links)
{
    for (const KeptLink &kept : links)
        if (kept.parent->life == Life::Transient) {
            relink(kept);
            changeLists(*kept.child, *kept.reference, nullptr, kept.parent);
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
    const std::vector<KeptLink> links = linksOf(fresh);
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
    for (State *state : fresh)
        dropPersistent(*state);
    keepLinks(links);
    for (State *state : open.deleted)
        if (mine(state) && state->life == Life::Deleted) {
            state->life = Life::Persistent;
            m_identity.insert(*state);
            if (nested)
                unloadFromParents(*state);
            expireAlone(*state);
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
            expireAlone(*state);
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
    const std::vector<State *> linked = strangers(forgetUnflushed());
    while (m_frames.size() > 1)
        foldFrame();
    if (!m_frames.empty())
        restore(m_frames.front());
    m_frames.clear();
    forgetPending();
    std::for_each(linked.begin(), linked.end(), [](State *state) { dropPersistent(*state); });
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

/// What was done in the innermost frame belongs to the one around it from now on.
void SessionCore::foldFrame()
{
    TransactionFrame inner = std::move(m_frames.back());
    m_frames.pop_back();
    TransactionFrame &outer = m_frames.back();
    append(outer.inserted, std::move(inner.inserted));
    append(outer.numbered, std::move(inner.numbered));
    append(outer.deleted, std::move(inner.deleted));
    append(outer.updated, std::move(inner.updated));
    append(outer.parents, std::move(inner.parents));
    append(outer.rekeyed, std::move(inner.rekeyed));
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
        foldFrame();
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
    while (m_frames.size() > depth)
        foldFrame();
    const std::vector<State *> linked = strangers(changed);
    restore(m_frames.back());
    m_frames.pop_back();
    forgetPending();
    std::for_each(linked.begin(), linked.end(), [](State *state) { dropPersistent(*state); });
    for (State *state : changed)
        expireAlone(*state);
    announceRollback();
}

} // namespace orm
