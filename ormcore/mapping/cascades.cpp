#include "ormcore/mapping/cascades.h"

#include "ormcore/base/error.h"

#include <algorithm>

namespace orm {

bool leads(const Reference &reference, bool fromChild, Cascade cascade) noexcept
{
    const bool byParent = !reference.targetMembers.empty() && (!fromChild || reference.relationships.empty());
    if (byParent)
        return std::any_of(reference.targetMembers.begin(), reference.targetMembers.end(),
                           [&](const Relationship *down) { return down->cascades(cascade); });
    return std::any_of(reference.relationships.begin(), reference.relationships.end(), [&](int up) {
        return reference.owner->relationships()[static_cast<std::size_t>(up)].cascades(cascade);
    });
}

namespace {

bool isOutside(const State &state)
{
    return !state.store && (state.life == Life::Transient || state.life == Life::Detached);
}

void bring(State &inside, State &outside, bool cascades)
{
    if (cascades)
        return inside.store->attach(outside);
    inside.raise(State::Outward);
    inside.store->noteChanged(inside);
}

[[noreturn]] void refuse(const State &state, const State &outside)
{
    throw Argument("this " + state.mapper->name() + " is linked to a " + outside.mapper->name() +
                   " that is not in the session, and their relationship does not cascade save-update: add() it");
}

} // namespace

void cascadeAdd(State &child, State &parent, const Reference &reference)
{
    if (child.store && !parent.store)
        bring(child, parent, leads(reference, true, Cascade::SaveUpdate));
    else if (parent.store && !child.store)
        bring(parent, child, leads(reference, false, Cascade::SaveUpdate));
}

void cascadeAdd(State &near, const Relationship &relationship, State &far)
{
    if (near.store && !far.store)
        return bring(near, far, relationship.cascades(Cascade::SaveUpdate));
    if (!far.store || near.store)
        return;
    const auto &all = far.mapper->relationships();
    const bool back = std::any_of(relationship.opposites.begin(), relationship.opposites.end(),
                                  [&](std::uint16_t index) { return all[index].cascades(Cascade::SaveUpdate); });
    bring(far, near, relationship.opposites.empty() ? relationship.cascades(Cascade::SaveUpdate) : back);
}

void refuseOutward(State &state)
{
    if (state.history)
        for (const Link &link : state.history->links)
            if (link.parent && isOutside(*link.parent) &&
                !leads(state.mapper->references()[link.reference], true, Cascade::SaveUpdate))
                refuse(state, *link.parent);
    const auto check = [&](const Relationship &relationship, State &other) {
        const Link *link =
            relationship.kind == RelationKind::ManyToMany ? nullptr : linkOf(other, *relationship.reference);
        if (isOutside(other) && (relationship.kind == RelationKind::ManyToMany || (link && link->parent == &state)))
            refuse(state, other);
    };
    for (const Relationship &relationship : state.mapper->relationships()) {
        if (relationship.kind == RelationKind::Parent || relationship.cascades(Cascade::SaveUpdate))
            continue;
        const RelationSlot &slot = slotOf(state, relationship);
        if (State *target = slot.target())
            check(relationship, *target);
        const LinkList *list = slot.list();
        if (list && relationship.kind == RelationKind::Children)
            for (State *item : list->items)
                check(relationship, *item);
        if (list)
            for (State *item : list->added)
                check(relationship, *item);
    }
    state.lower(State::Outward);
}

void requireSingleOwner(State &owner, const Relationship &relationship, State &object)
{
    if (!relationship.singleParent || !object.has(State::Owned))
        return;
    owner.region().forEach([&](State &other) {
        if (&other == &owner || other.life == Life::Deleted || !other.mapper->isKindOf(*relationship.owner))
            return;
        const RelationSlot &slot = slotOf(other, relationship);
        LinkList *list = slot.list();
        if (slot.target() == &object || (list && (list->items.contains(object) || list->added.contains(object))))
            throw Argument("this " + object.mapper->name() + " is already associated with an instance of " +
                           owner.mapper->name() + " via its " + relationship.name +
                           " attribute, and is only allowed a single parent");
    });
}

void takeOwner(const Relationship &relationship, State &object) noexcept
{
    if (!relationship.singleParent)
        return;
    object.raise(State::Owned);
    object.lower(State::Abandoned);
}

void leaveOwner(const Relationship &relationship, State &object)
{
    if (!relationship.singleParent)
        return;
    object.lower(State::Owned);
    if (!relationship.cascades(Cascade::DeleteOrphan))
        return;
    object.raise(State::Abandoned);
    if (object.store)
        object.store->noteChanged(object);
}

} // namespace orm
