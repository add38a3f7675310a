#include "ormcore/mapping/object_graph.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/cascades.h"
#include "ormcore/mapping/defaults.h"

#include <algorithm>

namespace orm {

State *RelationSlot::owner() const noexcept
{
    if (m_distance == 0)
        return nullptr;
    auto *self = reinterpret_cast<char *>(const_cast<RelationSlot *>(this));
    return reinterpret_cast<State *>(self - m_distance);
}

const Relationship &RelationSlot::relationship() const { return owner()->mapper->relationships()[m_relation]; }

LinkList &RelationSlot::makeList()
{
    if (!m_edge) {
        auto made = std::make_unique<LinkList>();
        if (const Relationship &mapped = relationship(); mapped.collection == CollectionKind::Map)
            made->keys = std::make_unique<ItemKeys>(mapped.keyColumn);
        m_edge = made.release();
    }
    return *static_cast<LinkList *>(m_edge);
}

void RelationSlot::clear() noexcept
{
    if (has(List))
        delete static_cast<LinkList *>(m_edge);
    m_edge = nullptr;
    set(Loaded, false);
}

void RelationSlot::load() const
{
    State *state = isLoaded() ? nullptr : owner();
    if (!state)
        return;
    if (state->store)
        state->store->loadRelation(*state, relationship());
    else if (state->life == Life::Detached)
        throw Detached("the relationship " + relationship().name + " of " + state->mapper->name() +
                       " is not loaded, and the object's session is gone");
}

RelationSlot &slotOf(State &state, const Relationship &relationship) noexcept
{
    return *static_cast<RelationSlot *>(state.at(relationship.offset));
}

Value identityValue(const State &state, std::size_t position)
{
    return state.has(State::WideKey) ? state.key.values[position] : Value(state.key.integer);
}

const Link *linkOf(const State &child, const Reference &reference) noexcept
{
    if (!child.history)
        return nullptr;
    for (const Link &link : child.history->links)
        if (link.reference == reference.index)
            return &link;
    return nullptr;
}

State *parentInMemory(State &child, const Reference &wanted)
{
    const Reference &reference = child.mapper->references()[wanted.index]; // of its own class, which knows more
    if (const Link *link = linkOf(child, reference))
        return link->parent;
    for (const int index : reference.relationships)
        if (const RelationSlot &slot = slotOf(child, child.mapper->relationships()[static_cast<std::size_t>(index)]);
            slot.isLoaded())
            return slot.target();
    if (!child.store || !reference.targetsKey || child.has(State::Expired))
        return nullptr;
    std::vector<Value> key;
    for (const std::uint16_t column : reference.columns) {
        const MappedColumn &mapped = child.mapper->columns()[column];
        if (!columnLoaded(child, column) || fieldIsNull(mapped.field, child.at(mapped.offset)))
            return nullptr;
        key.push_back(columnValue(child, column));
    }
    return child.store->findLoaded(*reference.target, key);
}

State *lastParent(State &child, const Reference &reference)
{
    if (State *parent = parentInMemory(child, reference))
        return parent;
    if (!child.store || !reference.targetsKey || columnLoaded(child, reference.columns.front()))
        return nullptr;
    std::vector<Value> key;
    for (const std::uint16_t column : reference.columns) {
        const MappedColumn &mapped = child.mapper->columns()[column];
        key.push_back(fieldValue(mapped.field, child.at(mapped.offset), mapped.column->type));
        if (key.back().isNull())
            return nullptr;
    }
    return child.store->findLoaded(*reference.target, key);
}

namespace {

void leave(State &parent, const Relationship &member, State &child)
{
    RelationSlot &slot = slotOf(parent, member);
    if (member.kind == RelationKind::Child) {
        if (slot.isLoaded() && slot.target() == &child)
            slot.setTarget(nullptr);
        return;
    }
    LinkList &list = slot.makeList();
    if (slot.isLoaded())
        list.takeOut(child);
    else if (!list.added.remove(child))
        list.removed.add(child);
}

void join(State &parent, const Relationship &member, State &child)
{
    RelationSlot &slot = slotOf(parent, member);
    if (member.kind == RelationKind::Child) {
        slot.setTarget(&child);
        return;
    }
    LinkList &list = slot.makeList();
    if (!slot.isLoaded() && (parent.life == Life::Pending || parent.life == Life::Transient))
        slot.setLoaded(true); // nothing can be in the database yet
    if (slot.isLoaded())
        list.put(child);
    else if (!list.removed.remove(child))
        list.added.add(child);
}

bool holds(State &parent, const Relationship &member, const State &child)
{
    const RelationSlot &slot = slotOf(parent, member);
    return slot.isLoaded() && (slot.target() == &child || (slot.list() && slot.list()->items.contains(child)));
}

void remember(State &child, const Reference &reference, State *parent, bool orphan)
{
    std::vector<Link> &links = child.remembered().links;
    const Link *known = linkOf(child, reference);
    Link &link = known ? links[static_cast<std::size_t>(known - links.data())] : links.emplace_back();
    link = {reference.index, parent, orphan};
    if (orphan)
        child.raise(State::OrphanCheck);
    if (parent && keyKnown(*parent, reference))
        copyKey(child, reference, *parent);
    else if (!parent && reference.nullable)
        nullifyKey(child, reference);
    if (child.store)
        child.store->noteChanged(child);
}

/// What leads from the child to its parent: an orphan that is to be deleted has to be known.
State *parentBefore(State &child, const Reference &reference)
{
    if (child.life == Life::Persistent)
        for (const int index : reference.relationships)
            if (const Relationship &up = child.mapper->relationships()[static_cast<std::size_t>(index)];
                up.cascades(Cascade::DeleteOrphan) && !linkOf(child, reference))
                return readTarget(child, up);
    return parentInMemory(child, reference);
}

/// Whether taking the child from its parent leaves an orphan: what never had a parent is none.
bool hadParent(State &child, const Reference &reference, const State *old)
{
    if (old)
        return true;
    if (const Link *link = linkOf(child, reference))
        return link->orphan;
    return std::all_of(reference.columns.begin(), reference.columns.end(), [&](std::uint16_t column) {
        ensureLoaded(child, column);
        return !columnValue(child, column).isNull();
    });
}

/// The one way in which a child gets another parent, from whichever side it was asked for; validated before.
void relink(State &child, const Reference &wanted, State *parent)
{
    const Reference &reference = child.mapper->references()[wanted.index]; // of its own class, which knows more
    const NoAutoflush whileLinking(child.store ? child.store : parent ? parent->store : nullptr);
    State *old = parentBefore(child, reference);
    State *last = old ? old : lastParent(child, reference); // its list in memory may have the child
    bool orphan = false;
    for (const Relationship *found : reference.targetMembers) {
        const Relationship &member = *found;
        const bool left = !last || last->mapper->isKindOf(*member.owner);
        orphan =
            orphan || (!parent && left && member.cascades(Cascade::DeleteOrphan) && hadParent(child, reference, old));
        if (last && left && last != parent)
            leave(*last, member, child);
        if (!parent || old == parent || !parent->mapper->isKindOf(*member.owner) ||
            (last == parent && holds(*parent, member, child)))
            continue;
        if (State *replaced = replacedBy(*parent, member, child))
            releaseChild(*parent, member, *replaced);
        join(*parent, member, child);
    }
    for (const int index : reference.relationships) {
        const Relationship &up = child.mapper->relationships()[static_cast<std::size_t>(index)];
        slotOf(child, up).setTarget(parent);
        if (old && old != parent)
            leaveOwner(up, *old);
        if (parent)
            takeOwner(up, *parent);
    }
    remember(child, reference, parent, orphan);
    if (parent)
        cascadeAdd(child, *parent, reference);
}

} // namespace

void changeLists(State &child, const Reference &reference, State *from, State *to)
{
    for (const Relationship *member : reference.targetMembers) {
        if (from && from->mapper->isKindOf(*member->owner))
            leave(*from, *member, child);
        if (to && to->mapper->isKindOf(*member->owner) && !slotOf(*to, *member).target())
            join(*to, *member, child);
    }
}

void setParent(State &child, const Relationship &relationship, State *parent)
{
    const RelationSlot &slot = slotOf(child, relationship);
    if (slot.isLoaded() && slot.target() == parent && (parent || linkOf(child, *relationship.reference))) {
        if (parent)
            cascadeAdd(child, *parent, *relationship.reference); // one of them may have left the session meanwhile
        return;
    }
    validateLink(child, *relationship.reference, parent);
    if (parent)
        requireSingleOwner(child, relationship, *parent);
    relink(child, *relationship.reference, parent);
}

void addChild(State &parent, const Relationship &relationship, State &child)
{
    if (relationship.kind == RelationKind::ManyToMany)
        return linkObjects(parent, relationship, child);
    if (relationship.kind == RelationKind::Child)
        return setChild(parent, relationship, &child);
    const bool linked = parentInMemory(child, *relationship.reference) == &parent;
    if (LinkList *list = linked ? slotOf(parent, relationship).list() : nullptr)
        if (list->items.contains(child) || list->added.contains(child))
            return cascadeAdd(child, parent, *relationship.reference);
    validateLink(child, *relationship.reference, &parent);
    adoptChild(parent, relationship, child);
}

void adoptChild(State &parent, const Relationship &relationship, State &child)
{
    if (parentInMemory(child, *relationship.reference) == &parent)
        join(parent, relationship, child);
    relink(child, *relationship.reference, &parent);
}

void removeChild(State &parent, const Relationship &relationship, State &child)
{
    if (relationship.kind == RelationKind::ManyToMany)
        return unlinkObjects(parent, relationship, child);
    if (relationship.kind == RelationKind::Child)
        return setChild(parent, relationship, nullptr);
    State *known = parentInMemory(child, *relationship.reference);
    if (const std::uint16_t key = relationship.reference->columns.front();
        !known && child.life == Life::Persistent && !columnLoaded(child, key)) {
        ensureLoaded(child, key);
        known = parentInMemory(child, *relationship.reference);
    }
    LinkList *list = slotOf(parent, relationship).list();
    const bool listed = list && list->items.contains(child); // it may be older than the foreign key
    if (known != &parent && !(listed && !known) && relationship.reference->targetsKey)
        throw Argument("the " + child.mapper->name() + " is not in " + relationship.name);
    validateLink(child, *relationship.reference, nullptr);
    releaseChild(parent, relationship, child);
}

void releaseChild(State &parent, const Relationship &relationship, State &child)
{
    if (!parentInMemory(child, *relationship.reference)) // its collection is the only place that knows
        leave(parent, relationship, child);
    relink(child, *relationship.reference, nullptr);
}

void setChild(State &parent, const Relationship &relationship, State *child)
{
    State *old = readTarget(parent, relationship);
    if (old == child)
        return;
    validateLink(child ? *child : *old, *relationship.reference, child ? &parent : nullptr);
    if (child)
        return relink(*child, *relationship.reference, &parent); // releases the old one
    relink(*old, *relationship.reference, nullptr);
    slotOf(parent, relationship).setTarget(nullptr);
}

State *readTarget(State &state, const Relationship &relationship)
{
    RelationSlot &slot = slotOf(state, relationship);
    slot.load();
    return slot.target();
}

ObjectList &readList(State &state, const Relationship &relationship)
{
    RelationSlot &slot = slotOf(state, relationship);
    slot.load();
    return slot.makeList().items;
}

void LinkList::fill(ObjectList &&loaded)
{
    items = std::move(loaded);
    if (!keys)
        return;
    keys->clear();
    for (State *item : items)
        keys->add(*item);
}

void foreignKeyWritten(State &state, std::size_t column)
{
    for (const Reference &reference : state.mapper->references()) {
        if (std::find(reference.columns.begin(), reference.columns.end(), column) == reference.columns.end())
            continue;
        if (state.history)
            std::erase_if(state.history->links, [&](const Link &link) { return link.reference == reference.index; });
        for (const int index : reference.relationships)
            slotOf(state, state.mapper->relationships()[static_cast<std::size_t>(index)]).clear();
    }
}

bool keyKnown(const State &parent, const Reference &reference)
{
    if (parent.has(State::HasIdentity))
        return true;
    return std::all_of(reference.targetColumns.begin(), reference.targetColumns.end(), [&](std::uint16_t column) {
        const MappedColumn &mapped = parent.mapper->columns()[column];
        return !keyIsToCome(parent, column) && !fieldIsNull(mapped.field, parent.at(mapped.offset));
    });
}

void copyKey(State &child, const Reference &reference, State &parent)
{
    for (std::size_t i = 0; i < reference.columns.size(); ++i) {
        const bool byIdentity =
            reference.targetsKey && parent.has(State::HasIdentity) && !columnLoaded(parent, reference.targetColumns[i]);
        if (!byIdentity)
            ensureLoaded(parent, reference.targetColumns[i]);
        changeForeignKey(child, reference.columns[i],
                         byIdentity ? identityValue(parent, i) : columnValue(parent, reference.targetColumns[i]));
    }
}

void nullifyKey(State &child, const Reference &reference)
{
    for (const std::uint16_t column : reference.columns)
        if (!child.mapper->columns()[column].key) // a part of the child's own key goes with its row
            changeForeignKey(child, column, Value());
}

void unloadRelations(State &state) noexcept
{
    for (const Relationship &relationship : state.mapper->relationships()) {
        RelationSlot &slot = slotOf(state, relationship);
        slot.clear();
        slot.setLazy(std::nullopt);
    }
}

void fillList(RelationSlot &slot, std::vector<State *> rows)
{
    LinkList &list = slot.makeList();
    ObjectList items(std::move(rows));
    for (const State *state : list.removed)
        (void)items.remove(*state);
    for (State *state : list.added)
        (void)items.add(*state);
    list.fill(std::move(items));
    if ((!list.added.empty() || !list.removed.empty()) && slot.relationship().kind != RelationKind::ManyToMany) {
        list.added.clear();
        list.removed.clear();
    }
    slot.setLoaded(true);
}

} // namespace orm
