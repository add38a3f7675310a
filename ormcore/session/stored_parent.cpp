#include "ormcore/session/stored_parent.h"

#include <algorithm>

namespace orm {

State *storedParent(State &state, const Reference &reference)
{
    if (!reference.targetsKey)
        return parentInMemory(state, reference);
    if (!state.store)
        return nullptr;
    std::vector<Value> key;
    for (const std::uint16_t column : reference.columns) {
        if (!columnLoaded(state, column))
            return nullptr;
        if (key.push_back(storedValue(state, column)); key.back().isNull())
            return nullptr;
    }
    return state.store->findLoaded(*reference.target, key);
}

void unloadFromParents(State &child)
{
    for (const Reference &reference : child.mapper->references())
        for (State *parent : {storedParent(child, reference), parentInMemory(child, reference)})
            for (const Relationship *member : reference.targetMembers)
                if (parent && parent->life != Life::Pending && // else no row could say what is in the list
                    parent->mapper->isKindOf(*member->owner))
                    slotOf(*parent, *member).clear();
}

} // namespace orm
