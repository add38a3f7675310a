#include "ormcore/base/error.h"
#include "ormcore/mapping/hooks.h"
#include "ormcore/mapping/object_graph.h"

#include <algorithm>
#include <unordered_set>

namespace orm {

namespace {

/// The value by which a map would find the object. Argument: it has none yet.
Value keyIn(const Relationship &relationship, State &child)
{
    const MappedColumn &mapped = child.mapper->columns()[relationship.keyColumn];
    ensureLoaded(child, relationship.keyColumn);
    const void *member = child.at(mapped.offset);
    if (fieldIsNull(mapped.field, member) || (mapped.generatedKey && fieldIsUnset(mapped.field, member)))
        throw Argument("the " + child.mapper->name() + " has no " + mapped.column->name + " yet, by which " +
                       relationship.name + " of " + relationship.owner->name() + " is keyed");
    return columnValue(child, relationship.keyColumn);
}

bool isInMemory(const State &state, const RelationSlot &slot)
{
    return slot.isLoaded() || state.life == Life::Pending || state.life == Life::Transient;
}

void requireList(const Relationship &relationship, CollectionKind kind, const char *otherwise)
{
    if (!relationship.isList() || relationship.collection != kind)
        throw Argument(relationship.name + " of " + relationship.owner->name() + otherwise);
}

/// What a new content changes, asked about before any of it is done.
struct Difference {
    Difference(State &parent, const Relationship &relationship, const std::vector<State *> &children)
    {
        std::unordered_set<const State *> seen;
        for (State *child : children)
            if (seen.insert(child).second)
                wanted.push_back(child);
        ObjectList &before = readList(parent, relationship);
        for (State *item : before)
            if (seen.count(item) == 0)
                gone.push_back(item);
        for (State *child : wanted)
            if (!before.contains(*child))
                fresh.push_back(child);
    }
    std::vector<State *> wanted;
    std::vector<State *> gone;
    std::vector<State *> fresh;
};

void ask(const Difference &change, State &parent, const Relationship &relationship)
{
    const bool links = relationship.kind == RelationKind::ManyToMany;
    for (State *child : change.gone)
        if (!links)
            validateLink(*child, *relationship.reference, nullptr);
    for (State *child : change.fresh) {
        if (links)
            checkLink(parent, relationship, *child);
        else
            validateLink(*child, *relationship.reference, &parent);
    }
}

} // namespace

State *replacedBy(State &parent, const Relationship &relationship, State &child)
{
    State *there = nullptr;
    if (relationship.kind == RelationKind::Child)
        there = readTarget(parent, relationship);
    else if (relationship.collection == CollectionKind::Map && isInMemory(parent, slotOf(parent, relationship)))
        there = findChild(parent, relationship, keyIn(relationship, child));
    return there == &child ? nullptr : there;
}

State *findChild(State &parent, const Relationship &relationship, const Value &key)
{
    requireList(relationship, CollectionKind::Map, " is no map: look objects up by other means");
    (void)readList(parent, relationship);
    return slotOf(parent, relationship).list()->keys->find(key);
}

bool hasChild(State &parent, const Relationship &relationship, const State &child)
{
    return readList(parent, relationship).contains(child);
}

bool RelationSlot::holds(const State &item) const { return owner() && hasChild(*owner(), relationship(), item); }

State *RelationSlot::lookUp(const Value &key) const
{
    return owner() ? findChild(*owner(), relationship(), key) : nullptr;
}

void insertChild(State &parent, const Relationship &relationship, std::size_t position, State &child)
{
    requireList(relationship, CollectionKind::List, " is no list: its objects have no positions");
    if (const std::size_t size = readList(parent, relationship).size(); position > size)
        throw Argument(relationship.name + " has " + std::to_string(size) + " objects: there is no position " +
                       std::to_string(position));
    addChild(parent, relationship, child);
    ObjectList &items = readList(parent, relationship);
    (void)items.remove(child);
    items.insert(std::min(position, items.size()), child);
}

void replaceChildren(State &parent, const Relationship &relationship, const std::vector<State *> &children)
{
    if (!relationship.isList())
        throw Argument(relationship.name + " of " + relationship.owner->name() + " leads to one object");
    const Difference change(parent, relationship, children);
    ask(change, parent, relationship);
    const bool links = relationship.kind == RelationKind::ManyToMany;
    for (State *child : change.gone)
        links ? releaseLink(parent, relationship, *child) : releaseChild(parent, relationship, *child);
    for (State *child : change.fresh)
        links ? makeLink(parent, relationship, *child) : adoptChild(parent, relationship, *child);
    ObjectList &items = readList(parent, relationship);
    std::vector<State *> inOrder;
    std::copy_if(change.wanted.begin(), change.wanted.end(), std::back_inserter(inOrder),
                 [&](const State *child) { return items.contains(*child); }); // a map may have taken one for another
    items = ObjectList(std::move(inOrder));
}

} // namespace orm
