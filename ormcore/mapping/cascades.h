#pragma once

#include "ormcore/mapping/object_graph.h"

namespace orm {

/// Whether the cascade goes along a foreign key, from the child or from the parent: as the relationships of that side
/// say, or where it has none, as those of the other side do.
[[nodiscard]] bool leads(const Reference &reference, bool fromChild, Cascade cascade) noexcept;

/// Calls the visitor for what an object is linked to in memory, with whether the cascade goes there.
template <class Visitor> void forEachLinked(State &state, Cascade cascade, Visitor visitor)
{
    for (const Relationship &relationship : state.mapper->relationships()) {
        const RelationSlot &slot = slotOf(state, relationship);
        const bool cascades = relationship.cascades(cascade);
        if (State *target = slot.target())
            visitor(*target, cascades);
        if (LinkList *list = slot.list())
            for (const ObjectList *some : {&list->items, &list->added, &list->removed})
                for (State *item : *some)
                    visitor(*item, cascades);
    }
    if (state.history)
        for (const Link &link : state.history->links)
            if (link.parent)
                visitor(*link.parent, leads(state.mapper->references()[link.reference], true, cascade));
}

/// Objects that were linked go into the session of either, where that one's relationship says so.
void cascadeAdd(State &child, State &parent, const Reference &reference);
void cascadeAdd(State &near, const Relationship &relationship, State &far); ///< N:N

/// What links of the object to others outside of its session would lose. Argument: there are such.
void refuseOutward(State &state);

// Relationships that allow an object one parent only; they do nothing for others.

/// Argument: another object has it.
void requireSingleOwner(State &owner, const Relationship &relationship, State &object);
void takeOwner(const Relationship &relationship, State &object) noexcept;
void leaveOwner(const Relationship &relationship, State &object); ///< it may be an orphan now

} // namespace orm
