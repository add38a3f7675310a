#include "ormcore/session/delete_first.h"

#include "ormcore/session/stored_parent.h"

#include <algorithm>
#include <map>
#include <optional>

namespace orm {

namespace {

using Positions = std::vector<std::uint16_t>;

std::optional<Positions> positions(const Mapper &mapper, const std::vector<std::string> &names)
{
    Positions found;
    for (const std::string &name : names) {
        const auto position = mapper.find(name);
        if (!position)
            return std::nullopt;
        found.push_back(*position);
    }
    return found;
}

/// The primary key, unique constraints and unconditional unique indexes.
std::vector<Positions> uniqueKeys(const Mapper &mapper)
{
    std::vector<Positions> keys{mapper.keys()};
    const auto add = [&](const std::vector<std::string> &names) {
        if (auto found = positions(mapper, names))
            keys.push_back(std::move(*found));
    };
    for (const UniqueConstraint &constraint : mapper.table().uniques)
        add(constraint.columns);
    for (const Index &index : mapper.table().indexes) {
        if (!index.unique || !index.where.empty())
            continue;
        std::vector<std::string> names;
        for (const IndexPart &part : index.parts)
            names.push_back(part.column); // an expression has none, which no column is called
        add(names);
    }
    return keys;
}

/// NULLs are never equal to each other in a unique key.
template <class ValueOf> std::optional<std::vector<Value>> values(const Positions &columns, ValueOf valueOf)
{
    std::vector<Value> tuple;
    for (const std::uint16_t column : columns) {
        tuple.push_back(valueOf(column));
        if (tuple.back().isNull())
            return std::nullopt;
    }
    return tuple;
}

struct Before {
    bool operator()(const std::vector<Value> &a, const std::vector<Value> &b) const
    {
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](const Value &x, const Value &y) {
            return Value::compare(x, y) == std::strong_ordering::less;
        });
    }
};

bool loaded(const State &state, const Positions &columns)
{
    return std::all_of(columns.begin(), columns.end(), [&](std::uint16_t c) { return columnLoaded(state, c); });
}

class Search {
public:
    explicit Search(const FlushInput &input) : m_input(input) {}

    std::unordered_set<State *> run()
    {
        std::map<const Mapper *, std::vector<State *>> byMapper; // an object counts for the classes above it, too
        for (State *state : m_input.deleted)
            for (const Mapper *mapper = state->mapper; mapper; mapper = mapper->sharedBase())
                byMapper[mapper].push_back(state);
        for (const auto &[mapper, states] : byMapper)
            for (const Positions &key : uniqueKeys(*mapper))
                match(*mapper, key, states);
        freeChangedKeys();
        if (!m_found.empty()) {
            keepWhatIsLeft();
            addReferring();
        }
        return std::move(m_found);
    }

private:
    void match(const Mapper &mapper, const Positions &key, const std::vector<State *> &states)
    {
        std::map<std::vector<Value>, State *, Before> taken;
        for (State *state : states) {
            std::optional<std::vector<Value>> tuple;
            if (key == mapper.keys()) {
                std::size_t part = 0;
                tuple = values(key, [&](std::uint16_t) { return identityValue(*state, part++); });
            } else if (loaded(*state, key)) {
                tuple = values(key, [&](std::uint16_t c) { return storedValue(*state, c); });
            } else if (takesNewValues(mapper, key)) {
                m_found.insert(state); // nobody knows its values, so it goes first to be safe
            }
            if (tuple)
                taken.emplace(std::move(*tuple), state);
        }
        const auto look = [&](const State &state) {
            const auto tuple = values(key, [&](std::uint16_t c) { return columnValue(state, c); });
            if (const auto found = tuple ? taken.find(*tuple) : taken.end(); found != taken.end())
                m_found.insert(found->second);
        };
        for (const State *state : m_input.pending)
            if (state->mapper->isKindOf(mapper))
                look(*state);
        for (const State *state : m_input.changed)
            if (state->mapper->isKindOf(mapper) && loaded(*state, key) &&
                std::any_of(key.begin(), key.end(),
                            [&](std::uint16_t c) { return state->history->changed.contains(c); }))
                look(*state);
    }

    [[nodiscard]] bool takesNewValues(const Mapper &mapper, const Positions &key) const
    {
        const auto has = [&](const State *state) { return state->mapper->isKindOf(mapper); };
        return std::any_of(m_input.pending.begin(), m_input.pending.end(), has) ||
               std::any_of(m_input.changed.begin(), m_input.changed.end(), [&](const State *state) {
                   return has(state) && std::any_of(key.begin(), key.end(), [&](std::uint16_t c) {
                              return state->history->changed.contains(c);
                          });
               });
    }

    /// A row whose parent's key changes would refer to nothing meanwhile.
    void freeChangedKeys()
    {
        const auto changes = [](const State &parent, const Reference &reference) {
            return parent.history && std::any_of(reference.targetColumns.begin(), reference.targetColumns.end(),
                                                 [&](auto column) { return parent.history->changed.contains(column); });
        };
        for (State *state : m_input.deleted)
            for (const Reference &reference : state->mapper->references())
                if (const State *parent = storedParent(*state, reference); parent && changes(*parent, reference))
                    m_found.insert(state);
    }

    /// A row whose children are about to be moved elsewhere must wait for that, and so must one that is to get some.
    void keepWhatIsLeft()
    {
        for (State *state : m_input.changed)
            for (const Reference &reference : state->mapper->references())
                m_found.erase(storedParent(*state, reference));
        for (const auto *saved : {&m_input.changed, &m_input.pending})
            for (const State *state : *saved)
                if (state->history)
                    for (const Link &link : state->history->links)
                        m_found.erase(link.parent);
    }

    /// Rows that refer to an early one go even earlier.
    void addReferring()
    {
        for (bool more = true; more;) {
            more = false;
            for (State *state : m_input.deleted)
                if (m_found.count(state) == 0 && refersToFound(*state))
                    more = m_found.insert(state).second || more;
        }
    }

    [[nodiscard]] bool refersToFound(State &state) const
    {
        return std::any_of(state.mapper->references().begin(), state.mapper->references().end(),
                           [&](const Reference &r) { return m_found.count(storedParent(state, r)) != 0; });
    }

    const FlushInput &m_input;
    std::unordered_set<State *> m_found;
};

} // namespace

std::unordered_set<State *> deletedBeforeSaves(const FlushInput &input)
{
    if (input.deleted.empty() || (input.pending.empty() && input.changed.empty()))
        return {};
    return Search(input).run();
}

} // namespace orm
