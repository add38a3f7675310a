#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

namespace {

/// Held from outside, or needed by the next flush.
bool isRoot(const State &state)
{
    return state.handles > 0 || state.life == Life::Pending || state.has(State::Changed) || state.has(State::Doomed);
}

void mark(std::vector<State *> &stack)
{
    while (!stack.empty()) {
        State *state = stack.back();
        stack.pop_back();
        forEachEdge(*state, [&](State &next) {
            if (next.has(State::Marked))
                return;
            next.raise(State::Marked);
            stack.push_back(&next);
        });
    }
}

} // namespace

/// Mark and sweep. Links between objects are not counted, so cycles of objects that nobody holds go like any others.
/// What a rollback would restore is not worth keeping where nobody could see it: the frames forget it too.
void SessionCore::sweep()
{
    if (m_flushing || m_telling) // by a handler: what is being worked on need not be held
        return;
    std::vector<State *> stack;
    m_region->forEach([&](State &state) {
        if (!isRoot(state))
            return;
        state.raise(State::Marked);
        stack.push_back(&state);
    });
    mark(stack);
    const auto unreachable = [](const State *state) { return !state->has(State::Marked); };
    for (TransactionFrame &open : m_frames) {
        std::erase_if(open.inserted, unreachable);
        std::erase_if(open.numbered, unreachable);
        std::erase_if(open.parents, unreachable);
        std::erase_if(open.deleted, unreachable);
        std::erase_if(open.updated, unreachable);
        std::erase_if(open.rekeyed, [&](const auto &change) { return unreachable(change.state); });
    }
    m_region->forEach([this](State &state) {
        if (state.has(State::Marked)) {
            state.lower(State::Marked);
            return;
        }
        if (state.life == Life::Persistent && state.has(State::HasIdentity))
            m_identity.erase(state);
        m_region->destroy(state);
    });
    beginBatch(); // the last sibling may be gone
    m_sweepAt = std::max<std::size_t>(4096, m_region->live() * 2);
}

/// Only when the objects have doubled since the last time and most are not held: a constant cost for each object
/// loaded.
void SessionCore::maybeSweep()
{
    if (m_region->live() > m_sweepAt && m_region->live() > 2 * m_region->held())
        sweep();
}

} // namespace orm
