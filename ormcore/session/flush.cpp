#include "ormcore/mapping/cascades.h"
#include "ormcore/mapping/defaults.h"
#include "ormcore/session/flush_execution.h"
#include "ormcore/session/flush_links.h"
#include "ormcore/session/session_core.h"

#include <algorithm>
#include <unordered_set>

namespace orm {

namespace {

/// There is something to write into its own row.
bool rowChanged(const State &state)
{
    return state.history && (!state.history->changed.empty() || !state.history->links.empty());
}

/// Links whose parents have got a key, or another one, since.
void copyKnownKeys(State &state)
{
    for (std::size_t i = 0; state.history && i < state.history->links.size(); ++i) {
        const Link link = state.history->links[i];
        const Reference &reference = state.mapper->references()[link.reference];
        if (link.parent && keyKnown(*link.parent, reference))
            copyKey(state, reference, *link.parent);
    }
}

/// The row's version is compared with what was loaded, so it has to be.
void loadVersion(State &state)
{
    if (state.mapper->version())
        ensureLoaded(state, *state.mapper->version());
}

bool changesKey(const State *state)
{
    bool found = false;
    if (state->history)
        state->history->changed.forEach(
            [&](std::size_t i) { found = found || state->mapper->columns()[i].referenced; });
    return found;
}

/// Within cycles of tables, and where keys change, the foreign keys of the rows say which deletion goes first.
void loadOrder(const std::vector<State *> &deleted, const std::vector<State *> &changed)
{
    const bool keysChange = !deleted.empty() && std::any_of(changed.begin(), changed.end(), changesKey);
    if (deleted.size() < 2 && !keysChange)
        return;
    for (State *state : deleted)
        if (keysChange || state->mapper->inCycle())
            for (const Reference &reference : state->mapper->references())
                for (const std::uint16_t column : reference.columns)
                    ensureLoaded(*state, column);
}

} // namespace

/// Finds out what really changed, asking the validators. Objects whose changes came to nothing leave the list.
void SessionCore::settle()
{
    for (std::size_t i = 0; i < m_pending.size(); ++i) {
        State &state = *m_pending.all()[i];
        if (state.has(State::Edited))
            validateEdit(state);
        if (state.has(State::Outward))
            refuseOutward(state);
    }
    for (std::size_t i = 0; i < m_changed.size(); ++i) { // settling may link, and so change, further objects
        State &state = *m_changed.all()[i];
        copyKnownKeys(state);
        settleChanges(state);
        if (state.has(State::Outward))
            refuseOutward(state);
    }
    m_changed.removeIf([](State &state) {
        const bool changed = state.has(State::LinkChanges) || state.has(State::Abandoned) || rowChanged(state);
        if (!changed) {
            state.lower(State::Changed);
            if (!state.has(State::Partial))
                state.history.reset();
        }
        return !changed;
    });
}

namespace {

bool isOrphan(const State &state)
{
    if (state.has(State::Abandoned))
        return true;
    return state.has(State::OrphanCheck) && state.history &&
           std::any_of(state.history->links.begin(), state.history->links.end(),
                       [](const Link &link) { return link.orphan && !link.parent; });
}

} // namespace

void SessionCore::collectOrphans(std::vector<State *> &doomed)
{
    for (State *state : m_changed.all())
        if (isOrphan(*state) && !state->has(State::Doomed)) {
            state->raise(State::Doomed);
            doomed.push_back(state);
        }
}

namespace {

/// A copy: they leave while it is walked through.
std::vector<State *> loadedChildren(State &parent, const Relationship &relationship)
{
    const RelationSlot &slot = slotOf(parent, relationship);
    if (State *child = slot.target())
        return {child};
    std::vector<State *> children;
    if (const LinkList *list = slot.list())
        for (const ObjectList *some : {&list->items, &list->added}) // added: to a list that is not loaded
            for (State *child : *some)
                children.push_back(child);
    return children;
}

/// What a deletion does to the objects of the relationship takes knowing them.
bool reaches(const Relationship &relationship)
{
    if (relationship.kind == RelationKind::Parent || relationship.kind == RelationKind::ManyToMany)
        return relationship.cascades(Cascade::Delete); // else the key, or the link rows, go with the object
    return relationship.passiveDeletes != PassiveDeletes::All;
}

/// The row still leads to the parent, but the object has another one by now, or none.
bool isElsewhere(State &child, const Relationship &relationship, const State &parent)
{
    if (relationship.kind == RelationKind::ManyToMany || relationship.kind == RelationKind::Parent)
        return false;
    const Reference &reference = *relationship.reference;
    if (const State *now = parentInMemory(child, reference))
        return now != &parent;
    return child.history && std::any_of(reference.columns.begin(), reference.columns.end(),
                                        [&](std::uint16_t column) { return child.history->changed.contains(column); });
}

} // namespace

/// Goes down from deleted parents to their children, level by level: what is not loaded comes with one SELECT for each
/// relationship and chunk of parents.
void SessionCore::cascadeDeletes(std::vector<State *> &doomed, bool write)
{
    for (std::size_t begin = 0; begin < doomed.size();) {
        const std::size_t end = doomed.size();
        std::vector<std::vector<State *>> byMapper(m_registry.mappers().size());
        for (std::size_t i = begin; i < end; ++i) // by the class that has the relationship
            for (const Mapper *mapper = doomed[i]->mapper; mapper; mapper = mapper->sharedBase())
                byMapper[mapper->index()].push_back(doomed[i]);
        begin = end;
        for (const auto &mapper : m_registry.mappers()) {
            const std::vector<State *> &parents = byMapper[mapper->index()];
            if (parents.empty())
                continue;
            const std::span<const Relationship> all = mapper->relationships();
            for (const Relationship &relationship :
                 all.subspan(mapper->sharedBase() ? mapper->sharedBase()->relationships().size() : 0)) {
                if (!reaches(relationship))
                    continue;
                if (relationship.passiveDeletes == PassiveDeletes::None)
                    selectIn(parents, relationship);
                for (State *parent : parents)
                    cascadeDelete(*parent, relationship, doomed, write);
            }
        }
    }
}

void SessionCore::cascadeDelete(State &parent, const Relationship &relationship, std::vector<State *> &doomed,
                                bool write)
{
    for (State *child : loadedChildren(parent, relationship)) {
        if (child->has(State::Doomed) || child->life != Life::Persistent || isElsewhere(*child, relationship, parent))
            continue;
        if (relationship.cascades(Cascade::Delete)) {
            child->raise(State::Doomed);
            doomed.push_back(child);
        } else if (write && parentInMemory(*child, *relationship.reference) == &parent) {
            releaseChild(parent, relationship, *child); // no validator is to stop it
        }
    }
}

namespace {

/// A row that lost its parent and cannot do without one would go on as if nothing had been.
void refuseReleased(const State &state)
{
    for (const Link &link : state.history->links)
        if (const Reference &reference = state.mapper->references()[link.reference];
            !link.parent && !reference.nullable)
            refuseNull(state, reference);
}

} // namespace

/// Everything that a flush has to do. `write` is false for a preview, which leaves all objects as they are.
void SessionCore::collect(FlushInput &input, bool write)
{
    input.deleted = m_doomed.all();
    collectOrphans(input.deleted);
    cascadeDeletes(input.deleted, write);
    if (write)
        followKeys(input);
    loadOrder(input.deleted, m_changed.all());
    for (State *state : input.deleted)
        loadVersion(*state);
    for (State *state : m_changed.all())
        if (!state->has(State::Doomed) && rowChanged(*state)) {
            refuseReleased(*state);
            loadVersion(*state);
            input.changed.push_back(state);
        }
    for (State *state : m_pending.all())
        if (!isOrphan(*state))
            input.pending.push_back(state);
    input.links = linkChanges(input, m_changed.all());
    findReplacements(input);
}

/// A new object with the key of a deleted one takes over its row: one UPDATE instead of DELETE and INSERT.
void SessionCore::findReplacements(FlushInput &input)
{
    if (input.deleted.empty())
        return;
    std::unordered_set<const State *> taken;
    std::erase_if(input.pending, [&](const State *fresh) {
        std::vector<Value> key;
        for (const std::uint16_t column : fresh->mapper->keys()) {
            const MappedColumn &mapped = fresh->mapper->columns()[column];
            if (fieldIsNull(mapped.field, fresh->at(mapped.offset)) || keyIsToCome(*fresh, column))
                return false;
            key.push_back(columnValue(*fresh, column));
        }
        State *old = m_identity.find(*fresh->mapper, key);
        return old && old->has(State::Doomed) && old->mapper == fresh->mapper && taken.insert(old).second &&
               input.replaced.emplace(fresh, old).second;
    });
    if (taken.empty())
        return;
    std::erase_if(input.deleted, [&](const State *state) { return taken.count(state) != 0; });
}

/// Only what remove() was called for stays marked.
void SessionCore::forgetCascaded(const FlushInput &input) noexcept
{
    for (State *state : input.deleted)
        state->lower(State::Doomed);
    for (const auto &[fresh, old] : input.replaced)
        old->lower(State::Doomed);
    for (State *state : m_doomed.all())
        state->raise(State::Doomed);
}

FlushPlan SessionCore::plan()
{
    checkUsable();
    const NoAutoflush noAutoflush(this);
    settle();
    FlushInput input;
    try {
        collect(input, false);
        FlushPlan plan = planFlush(input);
        forgetCascaded(input);
        return plan;
    } catch (...) {
        forgetCascaded(input);
        throw;
    }
}

void SessionCore::flush()
{
    checkUsable();
    refuseInHandler("flush()");
    if (!hasChanges())
        return;
    (void)connection();
    const During flushing(m_flushing);
    announce(SessionEvent::BeforeFlush);
    settle(); // what a validator refuses here leaves the transaction as it is: nothing was sent
    FlushInput input;
    try {
        collect(input, true);
        if (m_listened) [[unlikely]]
            tellBefore(input);
        const FlushPlan plan = planFlush(input);
        FlushExecution(*this, plan).run();
        for (State *state : m_pending.all())
            if (isOrphan(*state))
                becomeTransient(*state);
        m_pending.clear();
        absorb(plan, input);
        if (m_listened) [[unlikely]]
            tellAfter(plan);
        announceFlushed(input);
    } catch (...) {
        forgetCascaded(input);
        failed();
        throw;
    }
}

} // namespace orm
