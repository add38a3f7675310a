#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/flush_execution.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

/// Finds out what really changed. Objects whose changes came to nothing leave the list.
void SessionCore::settle()
{
    for (std::size_t i = 0; i < m_changed.size(); ++i) // settling may link, and so change, further objects
        settleChanges(*m_changed[i]);
    std::erase_if(m_changed, [](State *state) {
        const History *history = state->history.get();
        const bool changed = history && (!history->changed.empty() || !history->links.empty());
        if (!changed) {
            state->lower(State::Changed);
            if (!state->has(State::Partial))
                state->history.reset();
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
    for (State *state : m_changed)
        if (isOrphan(*state) && !state->has(State::Doomed)) {
            state->raise(State::Doomed);
            doomed.push_back(state);
        }
}

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
                selectIn(parents, relationship);
                for (State *parent : parents) {
                    std::vector<State *> children;
                    const RelationSlot &slot = slotOf(*parent, relationship);
                    if (State *child = slot.target())
                        children.push_back(child);
                    else if (const LinkList *list = slot.list())
                        children = list->items;
                    for (State *child : children) {
                        if (child->has(State::Doomed) || child->life != Life::Persistent) {
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
FlushInput SessionCore::collect(bool write)
{
    settle();
    FlushInput input;
    input.deleted = m_doomed;
    collectOrphans(input.deleted);
    cascadeDeletes(input.deleted, write);
    for (State *state : m_changed)
        if (!state->has(State::Doomed))
            input.changed.push_back(state);
    for (State *state : m_pending)
        if (!isOrphan(*state))
            input.pending.push_back(state);
    return input;
}

FlushPlan SessionCore::plan()
{
    checkUsable();
    const FlushInput input = collect(false);
    FlushPlan plan = planFlush(input);
    for (State *state : input.deleted) // only what remove() was called for stays marked
        if (std::find(m_doomed.begin(), m_doomed.end(), state) == m_doomed.end())
            state->lower(State::Doomed);
    return plan;
}

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
    try {
        const FlushInput input = collect(true);
        const FlushPlan plan = planFlush(input);
        FlushExecution(*this).run(plan);
        for (State *state : m_pending)
            if (isOrphan(*state))
                becomeTransient(*state);
        m_pending.clear();
        absorb(plan);
    } catch (...) {
        for (State *state : m_changed)
            if (state->has(State::Doomed) && std::find(m_doomed.begin(), m_doomed.end(), state) == m_doomed.end())
                state->lower(State::Doomed);
        failed();
        throw;
    }
}

void SessionCore::absorb(const FlushPlan &plan)
{
    TransactionFrame &into = frame();
    for (const FlushStep &step : plan.steps) {
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
    for (State *state : m_changed) { // what came to nothing after all
        state->lower(State::Changed);
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
    into.inserted.push_back(&state);
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
