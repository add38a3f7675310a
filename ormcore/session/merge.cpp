#include "ormcore/mapping/defaults.h"
#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/loading/relation_keys.h"
#include "ormcore/session/session_core.h"

#include <algorithm>
#include <unordered_set>

namespace orm {

namespace {

/// Copies objects, and what is loaded of their relationships, onto the objects that a session has for their rows.
class Merge {
public:
    explicit Merge(SessionCore &core) noexcept : m_core(core) {}

    State &run(State &given)
    {
        State &copy = copyOf(given);
        for (std::size_t i = 0; i < m_given.size(); ++i) { // no recursion: chains of objects can be long
            State &from = *m_given[i];
            State &to = *m_copies.at(&from);
            checkVersion(from, to);
            copyColumns(from, to);
            for (const Relationship &relationship : from.mapper->relationships())
                if (relationship.cascades(Cascade::Merge) && slotOf(from, relationship).isLoaded())
                    copyRelation(from, to, relationship);
        }
        return copy;
    }

private:
    State &copyOf(State &given)
    {
        const auto [place, isNew] = m_copies.try_emplace(&given, nullptr);
        if (!isNew)
            return *place->second;
        State *copy = given.store == &m_core ? &given : &findOrMake(given);
        m_copies[&given] = copy; // finding it may have loaded others, not copied them
        if (copy != &given)
            m_given.push_back(&given);
        return *copy;
    }

    State &findOrMake(const State &given)
    {
        const Mapper &mapper = *given.mapper;
        (void)m_core.registry().mapper(mapper.table()); // throws where it is another registry's
        const std::vector<Value> key = keyOf(given);
        if (key.empty())
            return m_core.addNew(mapper, nullptr);
        State *&known = m_made[&mapper][key];
        if (!known)
            known = m_core.get(mapper, key);
        if (!known)
            known = &m_core.addNew(mapper, nullptr);
        return *known;
    }

    /// Of its row, or the one that it would get; empty where the database has to make it.
    static std::vector<Value> keyOf(const State &given)
    {
        std::vector<Value> key;
        for (std::size_t i = 0; i < given.mapper->keys().size(); ++i) {
            const std::uint16_t column = given.mapper->keys()[i];
            const MappedColumn &mapped = given.mapper->columns()[column];
            if (given.has(State::HasIdentity))
                key.push_back(identityValue(given, i));
            else if (fieldIsNull(mapped.field, given.at(mapped.offset)) || keyIsToCome(given, column))
                return {};
            else
                key.push_back(columnValue(given, column));
        }
        return key;
    }

    static void checkVersion(const State &from, State &to)
    {
        const auto version = from.mapper->version();
        if (!version || !from.has(State::HasIdentity) || to.life != Life::Persistent || !columnLoaded(from, *version))
            return;
        ensureLoaded(to, *version);
        const Value mine = storedValue(from, *version);
        const Value stored = storedValue(to, *version);
        if (mine != stored)
            throw StaleRow("the " + from.mapper->name() + " to be merged has the version " + mine.toString() +
                           ", its row has " + stored.toString());
    }

    static void copyColumns(const State &from, State &to)
    {
        const auto &columns = from.mapper->columns();
        const bool isNew = from.life == Life::Transient || from.life == Life::Pending;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const bool unset =
                isNew && fieldIsNull(columns[i].field, from.at(columns[i].offset)) && !isExplicitNull(from, i);
            if (!columnLoaded(from, i) || columns[i].computed || from.mapper->version() == i ||
                (unset && to.life == Life::Pending))
                continue;
            if (columns[i].key && (to.has(State::HasIdentity) || keyIsToCome(from, i)))
                continue;
            if (isExplicitNull(from, i))
                changeToNull(to, i);
            else
                changeColumn(to, i, columnValue(from, i));
        }
    }

    void copyRelation(State &from, State &to, const Relationship &relationship)
    {
        const RelationSlot &slot = slotOf(from, relationship);
        State *target = slot.target() ? &copyOf(*slot.target()) : nullptr;
        switch (relationship.kind) {
        case RelationKind::Parent:
            return setParent(to, relationship, target);
        case RelationKind::Child:
            return setChild(to, relationship, target);
        case RelationKind::Children:
        case RelationKind::ManyToMany:
            if (const LinkList *list = slot.list())
                copyList(list->items, to, relationship);
        }
    }

    void copyList(const ObjectList &items, State &to, const Relationship &relationship)
    {
        std::vector<State *> wanted;
        for (State *item : items)
            wanted.push_back(&copyOf(*item));
        replaceChildren(to, relationship, wanted);
    }

    SessionCore &m_core;
    std::unordered_map<const State *, State *> m_copies;
    std::unordered_map<const Mapper *, ByRelationKey<State *>> m_made;
    std::vector<State *> m_given; // in the order in which they were found
};

} // namespace

State &SessionCore::merge(State &given)
{
    autoflush();
    const NoAutoflush whileCopying(this);
    return Merge(*this).run(given);
}

} // namespace orm
