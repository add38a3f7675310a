#include "ormcore/mapping/cascades.h"
#include "ormcore/session/session_core.h"
#include "ormcore/session/stored_parent.h"

#include <algorithm>
#include <unordered_set>

namespace orm {

namespace {

/// Linked to an object that is added: of no session, be it new or detached.
bool comesAlong(const State &linked)
{
    return !linked.store && (linked.life == Life::Transient || linked.life == Life::Detached);
}

/// A new object that is added again is wanted, though it was taken from a collection that deletes orphans.
void pardon(State &state) noexcept
{
    if (!state.has(State::OrphanCheck) || state.life == Life::Persistent || state.life == Life::Detached)
        return;
    state.lower(State::OrphanCheck);
    for (Link &link : state.history->links)
        link.orphan = false;
}

/// A rollback or an expiry took the new object out of the collections of parents that it is still linked to.
void joinParents(State &state)
{
    if (!state.history)
        return;
    for (const Link &link : state.history->links)
        if (link.parent)
            changeLists(state, state.mapper->references()[link.reference], nullptr, link.parent);
}

} // namespace

void SessionCore::attach(State &state)
{
    std::vector<State *> waiting{&state}; // no recursion: chains of objects can be long
    while (!waiting.empty()) {
        State &next = *waiting.back();
        waiting.pop_back();
        if (&next != &state && !comesAlong(next))
            continue;
        attachAlone(next);
        const auto end = static_cast<std::ptrdiff_t>(waiting.size());
        forEachLinked(next, Cascade::SaveUpdate, [&](State &linked, bool cascades) {
            if (!comesAlong(linked))
                return;
            if (cascades)
                waiting.push_back(&linked);
            else
                next.raise(State::Outward);
        });
        if (next.has(State::Outward))
            noteChanged(next);
        std::reverse(waiting.begin() + end, waiting.end()); // they come in their order
    }
}

void SessionCore::attachAlone(State &state)
{
    const std::string &name = state.mapper->name();
    if (state.store == this && state.life == Life::Deleted)
        throw Argument("this " + name + " was deleted: roll back, or add a new one");
    pardon(state);
    if (state.store == this) {
        if (state.has(State::Doomed)) { // added again before its deletion was flushed
            state.lower(State::Doomed);
            m_doomed.remove(state);
        }
        return;
    }
    if (state.store)
        throw Argument("the object of " + name + " belongs to another session");
    if (&state.region() != m_region)
        throw Argument("the object of " + name + " was made by another session: merge() makes a copy of it");
    if (state.mapper->isReadOnly())
        throw Argument(name + " has no key, so no rows can be added");
    if (state.life != Life::Detached) {
        state.store = this;
        state.life = Life::Pending;
        m_pending.add(state);
        joinParents(state);
        return;
    }
    const State *same = state.has(State::WideKey)
                            ? m_identity.find(*state.mapper, {state.key.values, state.mapper->keys().size()})
                            : m_identity.find(*state.mapper, state.key.integer);
    if (same)
        throw Argument("another object of " + name + " with this key is in the session");
    state.store = this;
    state.life = Life::Persistent;
    m_identity.insert(state);
    if (state.has(State::LinkChanges) || state.has(State::Edited) ||
        (state.history && (!state.history->changed.empty() || !state.history->links.empty())))
        noteChanged(state);
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
    const std::string &name = state.mapper->name();
    if (state.store && state.store != this)
        throw Argument("the object of " + name + " is not in this session");
    if (state.mapper->isReadOnly())
        throw Argument(name + " has no key, so its rows cannot be deleted");
    switch (state.life) {
    case Life::Pending:
        m_pending.remove(state);
        becomeTransient(state);
        return;
    case Life::Detached:
        attachAlone(state);
        break;
    case Life::Persistent:
        break;
    case Life::Deleted:
        throw Argument("this " + name + " was deleted already");
    default:
        throw Argument("this " + name + " has no row that could be deleted");
    }
    if (!state.has(State::Doomed)) {
        state.raise(State::Doomed);
        m_doomed.add(state);
    }
}

std::vector<State *> SessionCore::reached(State &state, Cascade cascade)
{
    std::vector<State *> found{&state};
    std::unordered_set<const State *> seen{&state};
    for (std::size_t i = 0; i < found.size(); ++i)
        for (const Relationship &relationship : found[i]->mapper->relationships()) {
            if (!relationship.cascades(cascade))
                continue;
            const auto visit = [&](State &linked) {
                if (linked.store == this && seen.insert(&linked).second)
                    found.push_back(&linked);
            };
            const RelationSlot &slot = slotOf(*found[i], relationship);
            if (State *target = slot.target())
                visit(*target);
            if (const LinkList *list = slot.isLoaded() ? slot.list() : nullptr)
                for (State *item : list->items)
                    visit(*item);
        }
    return found;
}

void SessionCore::expunge(State &state)
{
    if (state.store != this)
        throw Argument("the object of " + state.mapper->name() + " is not in this session");
    for (State *leaving : reached(state, Cascade::Expunge))
        expungeAlone(*leaving);
}

void SessionCore::expungeAlone(State &state) noexcept
{
    if (state.life == Life::Pending)
        m_pending.remove(state);
    if (state.has(State::Changed))
        m_changed.remove(state);
    if (state.has(State::Doomed))
        m_doomed.remove(state);
    if (state.life == Life::Persistent)
        m_identity.erase(state);
    leave(state);
}

void SessionCore::leave(State &state) noexcept
{
    state.lower(State::Changed);
    state.lower(State::Doomed);
    state.store = nullptr;
    if (state.life == Life::Pending)
        state.life = Life::Transient;
    else if (state.life != Life::Transient)
        state.life = Life::Detached;
}

void SessionCore::expungeAll() noexcept
{
    m_pending.clear();
    m_changed.clear();
    m_doomed.clear();
    m_identity = {};
    m_region->forEach([](State &state) { leave(state); });
}

void SessionCore::forgetChanges(State &state) noexcept
{
    state.history.reset();
    for (const State::Flag flag :
         {State::Partial, State::Edited, State::OrphanCheck, State::LinkChanges, State::Abandoned, State::Outward})
        state.lower(flag);
}

namespace {

/// The collections of parents have the object again as its row says.
void takeLinksBack(State &state)
{
    if (!state.history || state.life != Life::Persistent)
        return;
    for (const Link &link : state.history->links) {
        const Reference &reference = state.mapper->references()[link.reference];
        const bool known = std::all_of(reference.columns.begin(), reference.columns.end(), [&](std::uint16_t column) {
            return !state.history->changed.contains(column) || state.history->original(column);
        });
        State *before = known ? storedParent(state, reference) : nullptr;
        if (before != link.parent)
            changeLists(state, reference, link.parent, before);
    }
}

/// A rollback may make the object transient before it is loaded again: then it is what it last was in the database.
void takeColumnsBack(State &state)
{
    if (state.history)
        for (const Original &original : state.history->originals) {
            const MappedColumn &mapped = state.mapper->columns()[original.column];
            setFieldValue(mapped.field, state.at(mapped.offset), original.value);
        }
}

} // namespace

void SessionCore::expire(State &state) noexcept
{
    takeLinksBack(state);
    expireAlone(state);
}

void SessionCore::expireAlone(State &state) noexcept
{
    if (state.life != Life::Persistent || state.mapper->isReadOnly())
        return;
    takeColumnsBack(state);
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
    for (State *state : m_changed.all()) {
        takeLinksBack(*state); // new parents are not expired
        state->lower(State::Changed);
    }
    m_changed.clear();
    m_region->forEach([this](State &state) { expireAlone(state); });
}

void SessionCore::requirePersistent(const State &state) const
{
    if (state.store != this || state.life != Life::Persistent)
        throw Argument("this " + state.mapper->name() + " has no row in this session");
}

void SessionCore::expireReached(State &state)
{
    requirePersistent(state);
    for (State *reachable : reached(state, Cascade::RefreshExpire)) {
        if (reachable->life == Life::Pending)
            expungeAlone(*reachable);
        else
            expire(*reachable);
    }
}

void SessionCore::expire(State &state, std::span<const std::string> names)
{
    requirePersistent(state);
    const Mapper &mapper = *state.mapper;
    for (const std::string &name : names) {
        if (const Relationship *relationship = mapper.findRelationship(name))
            expireRelation(state, *relationship);
        else
            expireColumn(state, mapper.position(name));
    }
}

void SessionCore::expireRelation(State &state, const Relationship &relationship)
{
    slotOf(state, relationship).clear();
    if (relationship.kind != RelationKind::Parent || !state.history)
        return;
    const Reference &reference = *relationship.reference;
    const auto isIts = [&](const Link &link) { return link.reference == reference.index; };
    if (std::erase_if(state.history->links, isIts) == 0)
        return;
    for (const std::uint16_t column : reference.columns) // it was written for the link
        expireColumn(state, column);
}

void SessionCore::expireColumn(State &state, std::uint16_t column)
{
    if (state.has(State::Expired) || state.mapper->columns()[column].key)
        return;
    History &history = state.remembered();
    history.changed.erase(column);
    std::erase_if(history.originals, [&](const Original &original) { return original.column == column; });
    history.unloaded.insert(column);
    state.raise(State::Partial);
}

void SessionCore::refresh(State &state)
{
    expireReached(state);
    autoflush();
    load(state);
}

void SessionCore::refresh(State &state, std::span<const std::string> names)
{
    expire(state, names);
    autoflush();
    load(state);
    for (const std::string &name : names)
        if (const Relationship *relationship = state.mapper->findRelationship(name))
            selectIn({&state}, *relationship);
}

/// The columns that are not loaded, whatever the session's mode.
void SessionCore::load(State &state)
{
    State *found = nullptr;
    if (!fetchByKey(*state.mapper, identityOf(state), found, false))
        throw ObjectDeleted("the row of this " + state.mapper->name() + " is gone");
    tellRead();
}

bool SessionCore::hasChanges() const noexcept { return !m_pending.empty() || !m_changed.empty() || !m_doomed.empty(); }

void SessionCore::autoflush()
{
    if (m_options.autoflush && autoflushHeld == 0 && !m_flushing && hasChanges())
        flush();
}

void SessionCore::becomeTransient(State &state) noexcept
{
    if (state.has(State::HasIdentity) && state.life == Life::Persistent)
        m_identity.erase(state);
    clearIdentity(state);
    for (const State::Flag flag : {State::Changed, State::Doomed, State::Expired, State::Partial})
        state.lower(flag);
    if (!state.history || state.history->watched.empty()) // else to be validated if it is added again
        state.lower(State::Edited);
    if (state.history && state.life != Life::Pending) { // there they are NULLs that were set
        state.history->changed.clear();
        state.history->originals.clear();
        state.history->unloaded.clear();
    }
    linkAnew(state);
    state.life = Life::Transient;
    state.store = nullptr;
}

} // namespace orm
