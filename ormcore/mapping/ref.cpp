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

std::size_t columnAt(const State &state, std::size_t offset)
{
    if (const auto column = state.mapper->columnAt(offset))
        return *column;
    throw Argument("this member of " + state.mapper->name() + " is not mapped to a column");
}

} // namespace

namespace {

/// The object's class or the one above it that has the name; null: neither has.
const Mapper *classOf(const State &state, std::string_view typeName) noexcept
{
    const Mapper *mapper = state.mapper;
    while (mapper && mapper->typeName() != typeName)
        mapper = mapper->hierarchy().kind == Inheritance::None ? nullptr : mapper->hierarchy().base;
    return mapper;
}

/// Only columns that subclasses add are not loaded.
bool knowsAll(const State &state, std::string_view typeName)
{
    const Mapper *mapper = classOf(state, typeName);
    bool known = mapper && !state.has(State::Expired);
    for (std::size_t i = 0; known && i < mapper->columns().size(); ++i)
        known = columnLoaded(state, i);
    return known;
}

} // namespace

bool isObjectOf(const State &state, const char *typeName) noexcept { return classOf(state, typeName) != nullptr; }

void loadForRead(State &state, const char *typeName)
{
    if (state.mapper->isPolymorphic() && knowsAll(state, typeName))
        return;
    if (!state.store)
        throw Detached("an object of " + state.mapper->name() + " is not loaded, and its session is gone");
    state.store->loadColumns(state);
}

void setMember(State &state, std::size_t offset, void *movable)
{
    changeMember(state, columnAt(state, offset), movable);
}

void setNull(State &state, std::size_t offset) { changeToNull(state, columnAt(state, offset)); }

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

void insertIntoMany(State &state, std::size_t offset, std::size_t position, State &item)
{
    insertChild(state, relationshipAt(state, offset), position, item);
}

void setMany(State &state, std::size_t offset, const std::vector<State *> &items)
{
    replaceChildren(state, relationshipAt(state, offset), items);
}

State &makeItem(State &owner, std::size_t offset, const char *typeName, void *movable)
{
    const Mapper *target = relationshipAt(owner, offset).target;
    if (target->typeName() == typeName)
        return makeObject(owner.region(), *target, movable);
    for (const Mapper *subclass : target->hierarchy().subclasses)
        if (subclass->typeName() == typeName)
            return makeObject(owner.region(), *subclass, movable);
    throw Argument("an object for a relationship to " + target->name() + " is of a class that is not mapped below it");
}

} // namespace orm::detail
