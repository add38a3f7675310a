#include "ormcore/base/error.h"
#include "ormcore/mapping/cascades.h"
#include "ormcore/mapping/hooks.h"
#include "ormcore/mapping/object_graph.h"

namespace orm {

namespace {

/// What one side knows: nothing where its list is not loaded and the other object was neither added nor removed.
enum class Known { Linked, Unlinked, Nothing };

Known known(State &state, const Relationship &relationship, const State &other)
{
    const RelationSlot &slot = slotOf(state, relationship);
    LinkList *list = slot.list();
    if (list && (slot.isLoaded() ? list->items : list->added).contains(other))
        return Known::Linked;
    const bool complete = slot.isLoaded() || state.life == Life::Pending || state.life == Life::Transient;
    return complete || (list && list->removed.contains(other)) ? Known::Unlinked : Known::Nothing;
}

/// The side that knows speaks for both.
Known known(State &near, const Relationship &relationship, State &far)
{
    Known answer = known(near, relationship, static_cast<const State &>(far));
    for (const std::uint16_t index : relationship.opposites)
        if (answer == Known::Nothing)
            answer = known(far, far.mapper->relationships()[index], static_cast<const State &>(near));
    return answer;
}

void noteLinkChange(State &state)
{
    state.raise(State::LinkChanges);
    if (state.store)
        state.store->noteChanged(state);
}

void put(State &state, const Relationship &relationship, State &other)
{
    RelationSlot &slot = slotOf(state, relationship);
    LinkList &list = slot.makeList();
    if (!slot.isLoaded() && (state.life == Life::Pending || state.life == Life::Transient))
        slot.setLoaded(true); // nothing can be in the database yet
    if (State *replaced = replacedBy(state, relationship, other))
        releaseLink(state, relationship, *replaced);
    if (slot.isLoaded())
        list.put(other);
    if (!list.removed.remove(other))
        list.added.add(other);
    takeOwner(relationship, other);
    noteLinkChange(state);
}

void take(State &state, const Relationship &relationship, State &other)
{
    RelationSlot &slot = slotOf(state, relationship);
    LinkList &list = slot.makeList();
    if (slot.isLoaded())
        list.takeOut(other);
    if (!list.added.remove(other))
        list.removed.add(other);
    leaveOwner(relationship, other);
    noteLinkChange(state);
}

void checkPair(const Relationship &relationship, const State &near, const State &far)
{
    if (!far.mapper->isKindOf(*relationship.target))
        throw Argument("the relationship " + relationship.name + " of " + near.mapper->name() + " leads to " +
                       relationship.target->name() + ", not to " + far.mapper->name());
    if (near.store && far.store && near.store != far.store)
        throw Argument("the objects belong to different sessions");
}

template <class Visitor> void forEachLinkList(State &state, Visitor visitor)
{
    for (const Relationship &relationship : state.mapper->relationships())
        if (relationship.kind == RelationKind::ManyToMany)
            if (RelationSlot &slot = slotOf(state, relationship); LinkList *list = slot.list())
                visitor(slot, *list);
}

} // namespace

void linkObjects(State &near, const Relationship &relationship, State &far)
{
    checkPair(relationship, near, far);
    if (known(near, relationship, far) == Known::Linked)
        return cascadeAdd(near, relationship, far); // one of them may have left the session meanwhile
    checkLink(near, relationship, far);
    makeLink(near, relationship, far);
}

void checkLink(State &near, const Relationship &relationship, State &far)
{
    checkPair(relationship, near, far);
    requireSingleOwner(near, relationship, far);
    validatePair(near, relationship, far);
}

void makeLink(State &near, const Relationship &relationship, State &far)
{
    put(near, relationship, far);
    for (const std::uint16_t index : relationship.opposites)
        put(far, far.mapper->relationships()[index], near);
    cascadeAdd(near, relationship, far);
}

void unlinkObjects(State &near, const Relationship &relationship, State &far)
{
    checkPair(relationship, near, far);
    if (known(near, relationship, far) == Known::Unlinked)
        throw Argument("the " + far.mapper->name() + " is not in " + relationship.name);
    releaseLink(near, relationship, far);
}

void releaseLink(State &near, const Relationship &relationship, State &far)
{
    take(near, relationship, far);
    for (const std::uint16_t index : relationship.opposites)
        take(far, far.mapper->relationships()[index], near);
}

void linkAnew(State &state)
{
    forEachLinkList(state, [&](const RelationSlot &slot, LinkList &list) {
        if (slot.isLoaded()) {
            list.added.clear();
            for (State *item : list.items)
                list.added.append(*item);
        }
        list.removed.clear();
        if (!list.added.empty())
            state.raise(State::LinkChanges);
    });
}

void forgetLinkChanges(State &state) noexcept
{
    state.lower(State::LinkChanges);
    forEachLinkList(state, [](const RelationSlot &, LinkList &list) {
        list.added.clear();
        list.removed.clear();
    });
}

} // namespace orm
