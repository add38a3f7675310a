#include "ormcore/base/error.h"
#include "ormcore/session/session_core.h"

#include <unordered_set>

namespace orm {

namespace {

/// Rounds of handlers that change something again, before they are taken for endless.
constexpr int mostRounds = 100;

std::vector<Record> recordsOf(const std::vector<State *> &states)
{
    std::vector<Record> records;
    for (State *state : states)
        records.emplace_back(state);
    return records;
}

bool listens(const State &state, ObjectEvent event)
{
    return state.mapper->hooks() && !state.mapper->hooks()->of(event).empty();
}

} // namespace

void SessionCore::on(SessionEvent event, std::function<void()> handler)
{
    m_handlers[static_cast<std::size_t>(event)].push_back(std::move(handler));
}

void SessionCore::refuseInHandler(const char *what) const
{
    if (m_flushing)
        throw Argument(std::string(what) + " was called by a handler of the running flush: the flush ends first");
}

/// rollback() cannot throw, so what it was called from does it.
void SessionCore::checkHandler()
{
    if (std::exchange(m_rollbackAsked, false))
        throw Argument("rollback() was called by a handler: throw from it, and roll back where the call ends");
}

void SessionCore::announce(SessionEvent event)
{
    const auto handlers = m_handlers[static_cast<std::size_t>(event)]; // they may add further ones
    for (const auto &handler : handlers) {
        handler();
        checkHandler();
    }
}

void SessionCore::announceRollback() noexcept
{
    const During ending(m_ending);
    try {
        announce(SessionEvent::AfterRollback);
    } catch (...) { // as documented: a rollback cannot fail
        m_rollbackAsked = false;
    }
}

void SessionCore::tell(ObjectEvent event, State &state)
{
    const ObjectHandle held(&state);
    for (const ObjectHandler &handler : state.mapper->hooks()->of(event)) {
        handler(state);
        checkHandler();
    }
}

void SessionCore::noteRead(ObjectEvent event, State &state)
{
    if (listens(state, event))
        m_read.emplace_back(event, ObjectHandle(&state));
}

/// Not while rows are being read: a handler may send queries of its own.
void SessionCore::tellWaiting()
{
    const During telling(m_telling);
    while (!m_read.empty()) {
        const auto [event, held] = std::move(m_read.front());
        m_read.pop_front();
        tell(event, *held.state());
    }
}

/// Asks the handlers before a flush. They may change anything, so that they are asked about what is new until nothing
/// is.
void SessionCore::tellBefore(FlushInput &input)
{
    std::array<std::unordered_set<const State *>, objectEvents> told;
    const auto tellNew = [&](ObjectEvent event, State &state) {
        if (!listens(state, event) || !told[static_cast<std::size_t>(event)].insert(&state).second)
            return false;
        tell(event, state);
        return true;
    };
    for (int round = 0; round < mostRounds; ++round) {
        bool again = !m_read.empty();
        tellRead();
        for (State *state : input.pending)
            if (state->life == Life::Pending)
                again = tellNew(ObjectEvent::BeforeInsert, *state) || again;
        for (State *state : input.changed)
            if (state->store == this && state->has(State::Changed) && !state->has(State::Doomed) &&
                !updateColumns(*state).empty())
                again = tellNew(ObjectEvent::BeforeUpdate, *state) || again;
        for (const auto &[fresh, old] : input.replaced)
            if (fresh->life == Life::Pending)
                again = tellNew(ObjectEvent::BeforeInsert, const_cast<State &>(*fresh)) || again;
        for (State *state : input.deleted)
            if (state->has(State::Doomed))
                again = tellNew(ObjectEvent::BeforeDelete, *state) || again;
        if (!again)
            return;
        forgetCascaded(input);
        settle();
        input = {};
        collect(input, true);
    }
    throw Argument("handlers of a flush went on changing objects for " + std::to_string(mostRounds) + " rounds");
}

void SessionCore::tellAfter(const FlushPlan &plan)
{
    std::vector<std::pair<ObjectEvent, ObjectHandle>> news;
    std::unordered_set<const State *> known; // an object may stand in several steps
    const auto note = [&](ObjectEvent event, State &state) {
        if (state.mapper->hooks() && known.insert(&state).second && listens(state, event))
            news.emplace_back(event, ObjectHandle(&state));
    };
    for (const auto &[fresh, old] : plan.replaced)
        note(ObjectEvent::AfterInsert, const_cast<State &>(*fresh));
    for (const FlushStep &step : plan.steps) {
        if (step.near || step.extra)
            continue;
        const ObjectEvent event = step.kind == FlushStep::Kind::Insert   ? ObjectEvent::AfterInsert
                                  : step.kind == FlushStep::Kind::Update ? ObjectEvent::AfterUpdate
                                                                         : ObjectEvent::AfterDelete;
        for (State *state : step.states)
            note(event, *state);
    }
    for (const auto &[event, held] : news)
        tell(event, *held.state());
}

void SessionCore::announceFlushed(const FlushInput &input)
{
    if (m_handlers[static_cast<std::size_t>(SessionEvent::AfterFlush)].empty())
        return;
    struct Shown {
        FlushedObjects &objects;
        ~Shown() { objects = {}; }
    } shown{m_flushed};
    m_flushed = {recordsOf(input.pending), recordsOf(input.changed), recordsOf(input.deleted)};
    for (const auto &[fresh, old] : input.replaced)
        m_flushed.added.emplace_back(const_cast<State *>(fresh));
    announce(SessionEvent::AfterFlush);
}

/// A flush's handlers may leave more to do.
void SessionCore::flushUntilClean()
{
    for (int round = 0; hasChanges(); ++round) {
        if (round == mostRounds)
            throw Argument("the session still has changes after " + std::to_string(mostRounds) +
                           " flushes: its handlers make new ones in each");
        flush();
    }
}

} // namespace orm
