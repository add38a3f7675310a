#include "ormcore/session/loading/object_rows.h"

#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

namespace {

/// How many of the joined relationships may bring several rows for one of their owners.
std::size_t repeating(const LoadPlan &plan)
{
    std::size_t count = 0;
    for (const LoadStep &step : plan)
        if (step.how == Loading::Joined)
            count += (mayRepeat(*step.relationship) ? 1U : 0U) + repeating(step.below);
    return count;
}

std::size_t occurrences(const LoadPlan &plan, const Relationship &relationship)
{
    std::size_t count = 0;
    for (const LoadStep &step : plan)
        if (step.how == Loading::Joined)
            count += (step.relationship == &relationship ? 1U : 0U) + occurrences(step.below, relationship);
    return count;
}

/// The position in the row's part that tells an object from none.
std::uint16_t tellingColumn(const Relationship &relationship)
{
    const Mapper &target = *relationship.target;
    if (!target.isReadOnly())
        return target.keys().front();
    return (relationship.kind == RelationKind::ManyToMany ? relationship.farReference->targetColumns
                                                          : searchedColumns(relationship))
        .front();
}

} // namespace

ObjectRows::ObjectRows(SessionCore &core, const Mapper &mapper, const LoadPlan &plan, Options options)
    : m_core(core), m_mapper(mapper), m_options(options), m_parts(parts(plan)), m_fill(options.populate)
{
    m_options.repeats = options.repeats || repeating(plan) > 0;
    markRepeats(m_parts, plan, 0, options.repeats);
}

/// An object comes into a collection again where rows repeat for another reason than the collections on its own path,
/// where several objects lead to the one that has the collection, and where two paths do.
void ObjectRows::markRepeats(std::vector<Part> &level, const LoadPlan &plan, std::size_t onPath, bool shared) const
{
    for (Part &part : level) {
        const Relationship &relationship = *part.step->relationship;
        const std::size_t own = onPath + (mayRepeat(relationship) ? 1U : 0U);
        part.repeats = shared || repeating(plan) > own || occurrences(plan, relationship) > 1;
        markRepeats(part.below, plan, own, shared || isShared(relationship));
    }
}

std::vector<ObjectRows::Part> ObjectRows::parts(const LoadPlan &plan) const
{
    std::vector<Part> made;
    for (const LoadStep &step : plan)
        if (step.how == Loading::Joined) {
            Part part;
            part.step = &step;
            part.below = parts(step.below);
            made.push_back(std::move(part));
        }
    return made;
}

Select ObjectRows::statement(Select base, const std::string &alias)
{
    if (m_parts.empty())
        return base;
    if (!countsRows(base, m_options.repeats)) {
        join(base, m_parts, columnsOf(m_mapper, alias));
        return base;
    }
    Wrapped around = wrapped(std::move(base), m_mapper);
    join(around.outer, m_parts, around.column);
    return std::move(around.outer);
}

void ObjectRows::join(Select &select, std::vector<Part> &parts, const ColumnOf &owner)
{
    for (Part &part : parts) {
        const Relationship &relationship = *part.step->relationship;
        part.alias = freeAlias(select, relationship.target->table().name().name);
        part.first = static_cast<int>(select.columnList.size());
        const RowLayout *rows = relationship.target->hierarchy().rows.get();
        joinTarget(select, relationship, owner, JoinKind::Left, part.alias, rows);
        addColumns(select, *relationship.target, part.alias, rows);
        addOrder(select, relationship, part.alias);
        join(select, part.below, columnsOf(*relationship.target, part.alias));
    }
}

State &ObjectRows::readAny(DriverStatement &row)
{
    State &state = object(row, m_mapper, 0, m_object, m_options.rows);
    for (Part &part : m_parts)
        read(part, state, row);
    return state;
}

State *ObjectRows::read(DriverStatement &row)
{
    State &state = readAny(row);
    if (!m_options.repeats)
        return &state;
    const bool again = &state == m_object;
    m_object = &state;
    return !again && m_seen.insert(&state).second ? &state : nullptr;
}

/// Rows of one object mostly follow each other: then its key is all that is read of it.
State &ObjectRows::object(DriverStatement &row, const Mapper &mapper, int first, State *before, const RowLayout *rows)
{
    if (before && mapper.hasIntegerKey() && row.getInt(first + mapper.keys()[0]) == before->key.integer)
        return *before;
    return m_core.readRow(row, mapper, first, m_options.populate, rows);
}

State *ObjectRows::joinedObject(const Part &part, DriverStatement &row)
{
    const Relationship &relationship = *part.step->relationship;
    const Hierarchy &hierarchy = relationship.target->hierarchy();
    if (row.isNull(part.first + tellingColumn(relationship)) ||
        (hierarchy.kind == Inheritance::Single && row.isNull(part.first + *hierarchy.discriminator)))
        return nullptr;
    return &object(row, *relationship.target, part.first, part.object);
}

void ObjectRows::read(Part &part, State &owner, DriverStatement &row)
{
    State *found = joinedObject(part, row);
    if (&owner != part.owner || found != part.object)
        link(part, owner, found);
    part.owner = &owner;
    part.object = found;
    if (found)
        for (Part &next : part.below)
            read(next, *found, row);
}

void ObjectRows::link(const Part &part, State &owner, State *found)
{
    const Relationship &relationship = *part.step->relationship;
    RelationSlot &slot = slotOf(owner, relationship);
    if (relationship.isList()) {
        if (m_fill.takes(slot) && found && (!part.repeats || m_linked.insert({&slot, found}).second))
            m_fill.add(slot, *found);
        return;
    }
    const State *child = relationship.kind == RelationKind::Parent ? &owner : found;
    if (found && part.owner == &owner && part.object && slot.target() == part.object &&
        !isRelinked(*child, *relationship.reference)) {
        slot.clear();
        refuseSecond(relationship);
    }
    if ((!slot.isLoaded() || m_options.populate) && (!child || !isRelinked(*child, *relationship.reference)))
        slot.setTarget(found);
}

void ObjectRows::finish()
{
    m_fill.finish();
    m_object = nullptr;
    m_seen.clear();
    m_linked.clear();
    const auto forget = [](auto &&self, std::vector<Part> &level) -> void {
        for (Part &part : level) {
            part.owner = part.object = nullptr;
            self(self, part.below);
        }
    };
    forget(forget, m_parts);
}

} // namespace orm
