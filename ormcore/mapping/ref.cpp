#include "ormcore/mapping/ref.h"

#include "ormcore/base/error.h"

namespace orm::detail {

namespace {

const Relationship &relationshipAt(const State &state, std::size_t offset)
{
    if (const Relationship *relationship = state.mapper->relationshipAt(offset))
        return *relationship;
    throw Argument("this member of " + state.mapper->name() + " is not mapped as a relationship");
}

} // namespace

void loadForRead(State &state)
{
    if (!state.store)
        throw Detached("an object of " + state.mapper->name() + " is not loaded, and its session is gone");
    state.store->loadColumns(state);
}

void setMember(State &state, std::size_t offset, void *movable)
{
    const auto column = state.mapper->columnAt(offset);
    if (!column)
        throw Argument("this member of " + state.mapper->name() + " is not mapped to a column");
    changeMember(state, *column, movable);
}

void setOne(State &state, std::size_t offset, State *target)
{
    const Relationship &relationship = relationshipAt(state, offset);
    if (relationship.kind == RelationKind::Parent)
        setParent(state, relationship, target);
    else
        setChild(state, relationship, target);
}

void addToMany(State &state, std::size_t offset, State &item) { addChild(state, relationshipAt(state, offset), item); }

void removeFromMany(State &state, std::size_t offset, State &item)
{
    removeChild(state, relationshipAt(state, offset), item);
}

State &makeItem(State &owner, std::size_t offset, void *movable)
{
    return makeObject(owner.region(), *relationshipAt(owner, offset).target, movable);
}

} // namespace orm::detail
