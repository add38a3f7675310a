#include "ormcore/session/loading/relation_keys.h"
#include "ormcore/session/loading/relation_sql.h"
#include "ormcore/session/session_core.h"

#include <algorithm>
#include <map>

namespace orm {

namespace {

/// A SELECT of some columns of a class, from the tables that have them.
struct RestSelect {
    Select select;
    std::vector<const Column *> keys; ///< by which its rows are searched
    std::vector<int> places;          ///< by position; -1: not in it
    int firstKey = 0;                 ///< the place of the key
};

RestSelect restOf(const Mapper &mapper, const ColumnSet &wanted)
{
    RestSelect rest;
    rest.places.assign(mapper.columns().size(), -1);
    const auto &properties = mapper.properties();
    const bool ofAll = std::any_of(properties.begin(), properties.end(), [&](auto i) { return wanted.contains(i); });
    const ColumnOf column = columnsOf(mapper);
    for (const MappedTable &part : mapper.hierarchy().tables) {
        const ColumnSet here = wanted & part.columns;
        if (here.empty() && !ofAll) // an expression may be over all of them
            continue;
        if (rest.keys.empty()) {
            rest.select.from(*part.table);
            rest.keys = part.keys;
        } else {
            Expression on;
            for (std::size_t i = 0; i < part.keys.size(); ++i)
                on = on && Expression(*part.keys[i]) == Expression(*rest.keys[i]);
            rest.select.join(*part.table, on);
        }
        here.forEach([&](std::size_t i) {
            rest.places[i] = static_cast<int>(rest.select.columnList.size());
            rest.select.columnList.push_back(column(static_cast<std::uint16_t>(i)));
        });
    }
    rest.firstKey = static_cast<int>(rest.select.columnList.size());
    for (const Column *key : rest.keys)
        rest.select.columnList.emplace_back(*key);
    return rest;
}

} // namespace

/// What is not loaded of half loaded objects of one class: from the tables that a query of its base left out. Objects
/// whose rows are gone stay as they are.
void SessionCore::loadRest(const Mapper &mapper, const std::vector<State *> &states)
{
    ColumnSet wanted;
    std::vector<RelationKey> keys;
    for (const State *state : states) {
        state->history->unloaded.forEach([&](std::size_t column) { wanted.insert(column); });
        keys.push_back(identityOf(*state));
    }
    const RestSelect rest = restOf(mapper, wanted);
    const std::size_t size = keysInStatement(mapper.keys());
    for (std::size_t at = 0; at < keys.size(); at += size) {
        Select select = rest.select;
        select.where(isOneOf(rest.keys, std::span(keys).subspan(at, std::min(size, keys.size() - at))));
        noteSent();
        Result result = connection().execute(select);
        DriverStatement &row = result.native();
        while (result.next()) {
            RelationKey key;
            for (std::size_t i = 0; i < rest.keys.size(); ++i)
                key.push_back(row.value(rest.firstKey + static_cast<int>(i), rest.keys[i]->type));
            if (State *state = m_identity.find(mapper, key); state && state->mapper == &mapper)
                fill(*state, row, 0, false, &rest.places);
        }
    }
}

/// One SELECT for each class and chunk of objects.
void SessionCore::completeClasses()
{
    std::map<std::uint32_t, std::vector<State *>> byClass;
    for (State *state : std::exchange(m_incomplete, {}))
        if (state->store == this && state->has(State::Partial) && !state->has(State::Expired))
            byClass[state->mapper->index()].push_back(state);
    for (const auto &[index, states] : byClass)
        loadRest(*states.front()->mapper, states);
}

} // namespace orm
