#include "ormcore/session/loading/collection_fill.h"

#include "ormcore/base/error.h"

#include <algorithm>
#include <unordered_set>

namespace orm {

namespace {

bool isManyToMany(const RelationSlot &slot) { return slot.relationship().kind == RelationKind::ManyToMany; }

/// What was put in since the last flush stays in.
void keepLinked(RelationSlot &slot, LinkList &list)
{
    for (State *item : list.items)
        if (const Link *link = linkOf(*item, *slot.relationship().reference); link && link->parent == slot.owner())
            (void)list.added.add(*item);
}

} // namespace

void keepFirstOfEach(std::vector<State *> &states)
{
    std::unordered_set<State *> seen;
    std::erase_if(states, [&](State *state) { return !seen.insert(state).second; });
}

bool isRelinked(const State &child, const Reference &reference)
{
    if (!child.history)
        return false;
    return linkOf(child, reference) ||
           std::any_of(reference.columns.begin(), reference.columns.end(),
                       [&](std::uint16_t column) { return child.history->changed.contains(column); });
}

void leaveEmpty(State &state, const Relationship &relationship)
{
    RelationSlot &slot = slotOf(state, relationship);
    if (slot.isLoaded())
        return;
    if (relationship.isList())
        fillList(slot, {});
    else
        slot.setTarget(nullptr);
}

void takeOnly(RelationSlot &slot, State &child)
{
    const Relationship &relationship = slot.relationship();
    if (isRelinked(child, *relationship.reference))
        return;
    if (slot.target() && slot.target() != &child) {
        slot.clear();
        refuseSecond(relationship);
    }
    slot.setTarget(&child);
}

void refuseSecond(const Relationship &relationship)
{
    throw MultipleResults("more than one row of " + relationship.target->name() + " belongs to a " +
                          relationship.owner->name() + ", whose " + relationship.name + " can be one only");
}

CollectionFill::~CollectionFill()
{
    for (RelationSlot *slot : m_slots) {
        slot->setFilling(false);
        slot->makeList().items.clear();
    }
}

bool CollectionFill::takes(RelationSlot &slot)
{
    if (slot.isFilling())
        return true;
    if (slot.isLoaded() && !m_populate)
        return false;
    LinkList &list = slot.makeList();
    m_slots.push_back(&slot);
    if (slot.isLoaded() && !isManyToMany(slot))
        keepLinked(slot, list);
    list.items.clear();
    slot.setLoaded(false);
    slot.setFilling(true);
    return true;
}

void CollectionFill::add(RelationSlot &slot, State &item) const
{
    const Link *link = isManyToMany(slot) ? nullptr : linkOf(item, *slot.relationship().reference);
    if (!link || link->parent == slot.owner())
        slot.list()->items.append(item);
}

void CollectionFill::finish()
{
    for (RelationSlot *slot : m_slots) {
        slot->setFilling(false);
        std::vector<State *> items = slot->makeList().items.take();
        if (isManyToMany(*slot))
            keepFirstOfEach(items);
        fillList(*slot, std::move(items));
    }
    m_slots.clear();
}

} // namespace orm
