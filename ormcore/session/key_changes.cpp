#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/loading/relation_keys.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

namespace {

/// What the object's row has in the columns; empty where a part is NULL or not known.
std::vector<Value> storedTuple(const State &state, const std::vector<std::uint16_t> &columns)
{
    const auto &keys = state.mapper->keys();
    std::vector<Value> values;
    for (const std::uint16_t column : columns) {
        const auto part = std::find(keys.begin(), keys.end(), column);
        if (part != keys.end())
            values.push_back(identityValue(state, static_cast<std::size_t>(part - keys.begin())));
        else if (state.history && state.history->changed.contains(column) && !state.history->original(column))
            return {}; // written without having been loaded
        else
            values.push_back(columnLoaded(state, column) ? storedValue(state, column) : Value());
        if (values.back().isNull())
            return {};
    }
    return values;
}

bool touches(const ColumnSet &changed, const std::vector<std::uint16_t> &columns)
{
    return std::any_of(columns.begin(), columns.end(), [&](std::uint16_t c) { return changed.contains(c); });
}

bool changesReferenced(const State &state)
{
    bool found = false;
    if (state.history)
        state.history->changed.forEach([&](std::size_t i) { found = found || state.mapper->columns()[i].referenced; });
    return found;
}

/// A child that neither gets another parent nor is deleted in this flush.
bool follows(const State &child, const Reference &reference)
{
    const bool known = child.life == Life::Persistent && !child.has(State::Doomed) &&
                       std::all_of(reference.columns.begin(), reference.columns.end(),
                                   [&](std::uint16_t c) { return columnLoaded(child, c); });
    return known && !(child.history && touches(child.history->changed, reference.columns));
}

} // namespace

std::vector<const Reference *> SessionCore::referencesTo(const Mapper &target) const
{
    std::vector<const Reference *> found;
    for (const auto &mapper : m_registry.mappers())
        for (const Reference &reference : mapper->references())
            if (target.isKindOf(*reference.target))
                found.push_back(&reference);
    return found;
}

/// Loaded children of objects whose key changes: their foreign keys follow. Where the database does it by itself (ON
/// UPDATE CASCADE) only memory has to, after the flush; else they are updated too. Children that are not loaded are
/// the database's concern.
void SessionCore::followKeys(FlushInput &input)
{
    std::vector<std::pair<State *, ColumnSet>> moving;
    for (State *state : m_changed.all())
        if (!state->has(State::Doomed) && changesReferenced(*state))
            moving.emplace_back(state, state->history->changed);
    while (!moving.empty()) { // a key may be part of a key in turn
        std::vector<std::pair<State *, ColumnSet>> next;
        std::unordered_map<const Reference *, ByRelationKey<State *>> moved;
        for (const auto &[parent, changed] : moving)
            for (const Reference *reference : referencesTo(*parent->mapper))
                if (touches(changed, reference->targetColumns))
                    if (std::vector<Value> key = storedTuple(*parent, reference->targetColumns); !key.empty())
                        moved[reference].emplace(std::move(key), parent);
        for (const auto &[reference, parents] : moved)
            followKeys(*reference, parents, input, next);
        moving = std::move(next);
    }
}

void SessionCore::followKeys(const Reference &reference, const ByRelationKey<State *> &parents, FlushInput &input,
                             std::vector<std::pair<State *, ColumnSet>> &next)
{
    const bool byDatabase = reference.key->onUpdate == ReferentialAction::Cascade;
    ColumnSet columns;
    bool referenced = false;
    for (const std::uint16_t column : reference.columns) {
        columns.insert(column);
        referenced = referenced || reference.owner->columns()[column].referenced;
    }
    m_region->forEachOf(*reference.owner, [&](State &child) {
        if (child.store != this || !follows(child, reference))
            return;
        const auto found = parents.find(storedTuple(child, reference.columns));
        if (found == parents.end() || found->second == &child)
            return;
        if (referenced)
            next.emplace_back(&child, columns);
        if (byDatabase)
            input.followers.push_back({&child, &reference, found->second});
        else
            copyKey(child, reference, *found->second);
    });
}

} // namespace orm
