#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/flush_execution.h"
#include "ormcore/session/flush_links.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

namespace {

/// There is something to write into its own row.
bool rowChanged(const State &state)
{
    return state.history && (!state.history->changed.empty() || !state.history->links.empty());
}

} // namespace

/// Finds out what really changed, asking the validators. Objects whose changes came to nothing leave the list.
void SessionCore::settle()
{
    for (std::size_t i = 0; i < m_pending.size(); ++i)
        if (State &state = *m_pending.all()[i]; state.has(State::Edited))
            validateEdit(state);
    for (std::size_t i = 0; i < m_changed.size(); ++i) // settling may link, and so change, further objects
        settleChanges(*m_changed.all()[i]);
    m_changed.removeIf([](State &state) {
        const bool changed = state.has(State::LinkChanges) || rowChanged(state);
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

/// The row still refers to the parent, but memory has moved the object: it must not go with its old parent.
bool isElsewhere(State &child, const Relationship &relationship, const State &parent)
{
    if (relationship.kind == RelationKind::ManyToMany)
        return false;
    const Reference &reference = *relationship.reference;
    if (const State *now = parentInMemory(child, reference))
        return now != &parent;
    return reference.targetsKey && child.history &&
           std::any_of(reference.columns.begin(), reference.columns.end(),
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
        for (std::size_t i = begin; i < end; ++i)
            byMapper[doomed[i]->mapper->index()].push_back(doomed[i]);
        begin = end;
        for (const auto &parents : byMapper) {
            if (parents.empty())
                continue;
            for (const Relationship &relationship : parents.front()->mapper->relationships()) {
                if (relationship.kind == RelationKind::Parent || relationship.onDelete == OnParentDelete::LeaveToServer)
                    continue;
                if (relationship.kind == RelationKind::ManyToMany && relationship.onDelete != OnParentDelete::Delete)
                    continue; // its link rows go, which takes no loading
                selectIn(parents, relationship);
                for (State *parent : parents) {
                    std::vector<State *> children;
                    const RelationSlot &slot = slotOf(*parent, relationship);
                    if (State *child = slot.target())
                        children.push_back(child);
                    else if (const LinkList *list = slot.list())
                        children = list->items;
                    for (State *child : children) {
                        if (child->has(State::Doomed) || child->life != Life::Persistent ||
                            isElsewhere(*child, relationship, *parent)) {
                            continue;
                        } else if (relationship.onDelete == OnParentDelete::Delete) {
                            child->raise(State::Doomed);
                            doomed.push_back(child);
                        } else if (write && parentInMemory(*child, *relationship.reference) == parent) {
                            removeChild(*parent, relationship, *child);
                        }
                    }
                }
            }
        }
    }
}

/// Everything that a flush has to do. `write` is false for a preview, which leaves all objects as they are.
void SessionCore::collect(FlushInput &input, bool write)
{
    input.deleted = m_doomed.all();
    collectOrphans(input.deleted);
    cascadeDeletes(input.deleted, write);
    for (State *state : m_changed.all())
        if (!state->has(State::Doomed) && rowChanged(*state))
            input.changed.push_back(state);
    for (State *state : m_pending.all())
        if (!isOrphan(*state))
            input.pending.push_back(state);
    input.links = linkChanges(input, m_changed.all());
}

/// Only what remove() was called for stays marked: it stands first.
void SessionCore::forgetCascaded(const FlushInput &input) noexcept
{
    for (std::size_t i = m_doomed.size(); i < input.deleted.size(); ++i)
        input.deleted[i]->lower(State::Doomed);
}

FlushPlan SessionCore::plan()
{
    checkUsable();
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
    if (m_flushing || !hasChanges())
        return;
    (void)connection();
    m_flushing = true;
    struct Done {
        bool &flag;
        ~Done() { flag = false; }
    } done{m_flushing};
    settle(); // what a validator refuses here leaves the transaction as it is: nothing was sent
    FlushInput input;
    try {
        collect(input, true);
        const FlushPlan plan = planFlush(input);
        FlushExecution(*this).run(plan);
        for (State *state : m_pending.all())
            if (isOrphan(*state))
                becomeTransient(*state);
        m_pending.clear();
        absorb(plan);
    } catch (...) {
        forgetCascaded(input);
        failed();
        throw;
    }
}

} // namespace orm
