#include "ormcore/base/error.h"
#include "ormcore/mapping/field_visit.h"
#include "ormcore/mapping/hooks.h"
#include "ormcore/mapping/object_graph.h"

#include <algorithm>

namespace orm {

namespace {

/// Runs one check; what it throws as Validation gets the attribute's name.
template <class Call> void ask(const State &state, const std::string &attribute, Call call)
{
    try {
        call();
    } catch (const Validation &refusal) {
        if (!refusal.attribute().empty()) // another object's, that this validator changed
            throw;
        throw Validation(refusal.reason(), state.mapper->name(), attribute);
    }
}

void askRelation(State &owner, const Relationship &relationship, State *other)
{
    if (const MapperHooks *hooks = owner.mapper->hooks())
        for (const auto &rule : hooks->relations)
            if (rule.position == relationship.index)
                ask(owner, rule.attribute, [&] { rule.check(owner, other); });
}

void askParentSides(State &child, const Reference &reference, State *parent)
{
    for (const int index : reference.relationships)
        askRelation(child, child.mapper->relationships()[static_cast<std::size_t>(index)], parent);
}

/// Asks about a column's value where it stands; the member is written only when nothing refused.
void validateInPlace(State &state, std::size_t column)
{
    const MappedColumn &mapped = state.mapper->columns()[column];
    detail::withMember(mapped.field, columnValue(state, column), [&](void *member) {
        validateColumn(state, column, member);
        moveField(mapped.field, state.at(mapped.offset), member);
    });
}

} // namespace

void validateColumn(State &state, std::size_t column, void *member)
{
    for (const auto &rule : state.mapper->hooks()->columns)
        if (rule.position == column)
            ask(state, rule.attribute, [&] { rule.check(state, state.mapper->columns()[column], member); });
}

State &makeObject(Region &region, const Mapper &mapper, void *movable)
{
    State &state = region.create(mapper, movable);
    if (!movable || !mapper.hooks()) [[likely]]
        return state;
    try {
        const auto &columns = mapper.columns();
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const void *member = state.at(columns[i].offset);
            if (!columns[i].validated || fieldIsNull(columns[i].field, member) ||
                (columns[i].generatedKey && fieldIsUnset(columns[i].field, member)))
                continue;
            validateInPlace(state, i);
        }
    } catch (...) {
        region.destroy(state);
        throw;
    }
    return state;
}

void watchEdit(State &state)
{
    const auto &columns = state.mapper->columns();
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].validated) {
            state.remembered().watched.push_back({static_cast<std::uint16_t>(i), columnValue(state, i)});
            state.raise(State::Edited);
        }
}

void validateEdit(State &state)
{
    History &history = *state.history;
    const auto &columns = state.mapper->columns();
    while (!history.watched.empty()) {
        const Original watched = history.watched.back();
        const MappedColumn &mapped = columns[watched.column];
        if (!fieldEquals(mapped.field, state.at(mapped.offset), watched.value))
            validateInPlace(state, watched.column);
        history.watched.pop_back();
    }
    if (state.life != Life::Persistent)
        state.lower(State::Edited);
}

void validatePair(State &owner, const Relationship &relationship, State &other)
{
    askRelation(owner, relationship, &other);
    for (const std::uint16_t index : relationship.opposites)
        askRelation(other, other.mapper->relationships()[index], &owner);
}

void validateLink(State &child, const Reference &wanted, State *parent)
{
    if (parent) {
        if (!parent->mapper->isKindOf(*wanted.target) || !child.mapper->isKindOf(*wanted.owner))
            throw Argument("a relationship of " + wanted.owner->name() + " leads to " + wanted.target->name() +
                           ", not to " + parent->mapper->name());
        if (child.store && parent->store && child.store != parent->store)
            throw Argument("the objects belong to different sessions");
    }
    const Reference &reference = child.mapper->references()[wanted.index]; // of its own class, which knows more
    if (!reference.validated) [[likely]]
        return;
    askParentSides(child, reference, parent);
    if (!parent)
        return;
    for (const Relationship *member : reference.targetMembers) {
        if (!parent->mapper->isKindOf(*member->owner))
            continue;
        askRelation(*parent, *member, &child);
        if (State *replaced = replacedBy(*parent, *member, child))
            askParentSides(*replaced, reference, nullptr);
    }
}

} // namespace orm
