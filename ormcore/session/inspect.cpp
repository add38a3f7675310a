#include "ormcore/session/inspect.h"

#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

namespace {

std::vector<Record> records(const std::vector<State *> &states)
{
    std::vector<Record> found;
    found.reserve(states.size());
    for (State *state : states)
        found.emplace_back(state);
    return found;
}

/// The link leads elsewhere than the foreign key that the row has.
bool leadsElsewhere(const State &state, const Link &link)
{
    const Reference &reference = state.mapper->references()[link.reference];
    if (link.parent && !keyKnown(*link.parent, reference))
        return true;
    return std::any_of(reference.columns.begin(), reference.columns.end(),
                       [&](std::uint16_t column) { return state.history->original(column) != nullptr; });
}

} // namespace

bool SessionInspector::contains(const ObjectHandle &object) const noexcept
{
    return object.state() && object.state()->store == m_core &&
           (object.life() == Life::Pending || object.life() == Life::Persistent);
}

bool SessionInspector::isModified(const ObjectHandle &object) const
{
    const State &state = *object.state();
    if (state.life == Life::Pending)
        return true;
    if (state.life == Life::Persistent && state.has(State::LinkChanges))
        return true;
    if (state.life != Life::Persistent || !state.history)
        return false;
    const History &history = *state.history;
    for (const Original &original : history.originals) {
        const MappedColumn &mapped = state.mapper->columns()[original.column];
        if (!fieldEquals(mapped.field, state.at(mapped.offset), original.value))
            return true;
    }
    bool blind = false; // written without having been loaded
    history.changed.forEach([&](std::size_t column) { blind = blind || !history.original(column); });
    return blind || std::any_of(history.links.begin(), history.links.end(),
                                [&](const Link &link) { return leadsElsewhere(state, link); });
}

std::vector<Record> SessionInspector::added() const { return records(m_core->pending()); }

std::vector<Record> SessionInspector::dirty() const
{
    std::vector<Record> found = records(m_core->changed());
    std::erase_if(found,
                  [this](const Record &record) { return record.state()->has(State::Doomed) || !isModified(record); });
    return found;
}

std::vector<Record> SessionInspector::removed() const { return records(m_core->doomed()); }

} // namespace orm
