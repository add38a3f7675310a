#include "ormcore/base/error.h"
#include "ormcore/mapping/mapper_builder.h"

#include <algorithm>

namespace orm {

namespace {

/// "links" (in the class's schema, or else in none) or "schema.links".
QualifiedName linkTableName(const MetaData &metadata, const Mapper &owner, const std::string &text)
{
    if (const std::size_t dot = text.find('.'); dot != std::string::npos)
        return {text.substr(0, dot), text.substr(dot + 1)};
    const std::string &schema = owner.table().name().schema;
    return metadata.find(text, schema) || !metadata.find(text) ? QualifiedName{schema, text} : QualifiedName{{}, text};
}

/// One half of a link table that the mapping makes: the key of a side, as a part of the primary key.
void addSide(Table &links, const Table &side, const std::vector<std::string> &names, ReferentialAction onDelete)
{
    const auto keys = side.primaryKeyColumns();
    if (keys.empty() || (!names.empty() && names.size() != keys.size()))
        throw Argument("the link table " + links.name().toString() + " must have one column for each of the key of " +
                       side.name().toString());
    ForeignKey key;
    key.target = side.name();
    key.onDelete = onDelete;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const std::string name = names.empty() ? side.name().name + "_" + keys[i]->name : names[i];
        if (!links.find(name)) { // a column may belong to both sides
            Column &column = links.addColumn(name, keys[i]->type);
            column.nullable = false;
            column.primaryKey = true;
            links.primaryKey.columns.push_back(name);
        }
        key.columns.push_back(name);
        key.targetColumns.push_back(keys[i]->name);
    }
    links.foreignKeys.push_back(std::move(key));
}

/// The link table's foreign key to one side.
const Reference &chooseLink(const Mapper &links, const Mapper &side, const std::vector<std::string> &columns,
                            const Reference *taken, const std::string &where)
{
    const Reference *found = nullptr;
    for (const Reference &reference : links.references()) {
        if (!side.isKindOf(*reference.target) || &reference == taken ||
            (!columns.empty() && reference.key->columns != columns))
            continue;
        if (found)
            throw Argument("several foreign keys lead from " + links.name() + " to " + side.name() +
                           ": name both in secondary() of " + where);
        found = &reference;
    }
    if (!found)
        throw Argument("no foreign key leads from the link table " + links.name() + " to " + side.name() + " for " +
                       where);
    return *found;
}

bool isOver(const Relationship &relationship, const Reference &near, const Reference &far)
{
    return relationship.kind == RelationKind::ManyToMany && relationship.reference == &near &&
           relationship.farReference == &far;
}

} // namespace

/// What secondary() names, or what it names on the other side.
LinkColumns MapperBuilder::linkColumns(const Mapper &owner, const Mapper &other, const RelationSpec &spec) const
{
    if (!spec.columns.empty() || !spec.farColumns.empty())
        return {spec.columns, spec.farColumns};
    for (const RelationSpec &back : m_impl.relations[other.index()]) {
        const bool fits = back.secondary == spec.secondary && &target(other, back) == &owner;
        if (fits && &back != &spec && (!spec.back || back.offset == *spec.back))
            return {back.farColumns, back.columns};
    }
    return {};
}

void MapperBuilder::makeLinkTables(Mapper &mapper)
{
    for (const RelationSpec &spec : m_impl.relations[mapper.index()]) {
        if (spec.secondary.empty())
            continue;
        const QualifiedName name = linkTableName(m_impl.metadata, mapper, spec.secondary);
        if (m_impl.metadata.find(name.name, name.schema))
            continue;
        const Mapper &other = target(mapper, spec);
        const LinkColumns columns = linkColumns(mapper, other, spec);
        if (&other == &mapper && (columns.near.empty() || columns.far.empty()))
            throw Argument("secondary(\"" + spec.secondary + "\") of " + mapper.name() + "." + spec.name +
                           " leads back to its own class: name the columns of both foreign keys");
        const ReferentialAction onDelete =
            spec.passiveDeletes == PassiveDeletes::None ? ReferentialAction::NoAction : ReferentialAction::Cascade;
        Table &links = m_impl.metadata.addTable(name);
        addSide(links, mapper.table(), columns.near, onDelete);
        addSide(links, other.table(), columns.far, onDelete);
    }
}

void MapperBuilder::addManyToMany(Mapper &mapper, const RelationSpec &spec)
{
    const Mapper &other = target(mapper, spec);
    const std::string where = mapper.name() + "." + spec.name;
    const QualifiedName name = linkTableName(m_impl.metadata, mapper, spec.secondary);
    const Mapper &links = *m_impl.byTable.at(m_impl.metadata.find(name.name, name.schema));
    const LinkColumns columns = linkColumns(mapper, other, spec);
    const Reference *named = columns.far.empty() ? nullptr : &chooseLink(links, other, columns.far, nullptr, where);
    const Reference &near = chooseLink(links, mapper, columns.near, named, where);
    const Reference &far = named ? *named : chooseLink(links, other, {}, &near, where);
    if (std::any_of(mapper.m_relationships.begin(), mapper.m_relationships.end(),
                    [&](const Relationship &relationship) { return isOver(relationship, near, far); }))
        throw Argument(where + " goes over the same link rows as another relationship of its class");
    add(mapper, spec.name, RelationKind::ManyToMany, near);
    Relationship &added = mapper.m_relationships.back();
    added.target = &other;
    added.farReference = &far;
    describe(added, spec);
}

/// A table of nothing but two foreign keys is offered as N:N, too, named after the table at the other end.
void MapperBuilder::offerManyToMany(Mapper &links)
{
    if (links.m_references.size() != 2 || !links.isRecord())
        return;
    const auto inKey = [&](std::size_t column) {
        return std::any_of(links.m_references.begin(), links.m_references.end(), [&](const Reference &reference) {
            return std::find(reference.columns.begin(), reference.columns.end(), column) != reference.columns.end();
        });
    };
    for (std::size_t column = 0; column < links.m_columns.size(); ++column)
        if (!inKey(column))
            return;
    for (const bool swapped : {false, true}) {
        const Reference &near = links.m_references[swapped ? 1 : 0];
        const Reference &far = links.m_references[swapped ? 0 : 1];
        Mapper &side = *m_impl.mappers[near.target->index()];
        if (!side.isRecord() || !far.target->isRecord() ||
            std::any_of(side.m_relationships.begin(), side.m_relationships.end(),
                        [&](const Relationship &relationship) { return isOver(relationship, near, far); }))
            continue;
        const std::string &name = far.target->table().name().name;
        const std::string longer = name + "_" + links.table().name().name;
        const bool plain = far.target != &side;
        add(side, freeName(side, plain ? name : longer + "_" + far.key->columns.front(), longer),
            RelationKind::ManyToMany, near);
        Relationship &added = side.m_relationships.back();
        added.target = far.target;
        added.farReference = &far;
        // What the mapping says of the other side counts for this one.
        const auto &others = far.target->relationships();
        const bool removes = std::any_of(others.begin(), others.end(), [&](const Relationship &back) {
            return isOver(back, far, near) && back.passiveDeletes == PassiveDeletes::None;
        });
        added.passiveDeletes = removes ? PassiveDeletes::None : PassiveDeletes::All;
    }
}

/// Both sides of the link rows learn of each other, and whose deletion takes the rows along.
void MapperBuilder::pairManyToMany(Relationship &relationship)
{
    Mapper &other = *m_impl.mappers[relationship.target->index()];
    for (const Relationship &back : other.m_relationships)
        if (isOver(back, *relationship.farReference, *relationship.reference))
            relationship.opposites.push_back(back.index);
    if (relationship.passiveDeletes != PassiveDeletes::None)
        return;
    const auto takeOne = [](Mapper &side, const Reference *reference) {
        auto &taken = side.m_linkReferences;
        if (std::find(taken.begin(), taken.end(), reference) == taken.end())
            taken.push_back(reference);
    };
    const auto take = [&](Mapper &side, const Reference *reference) {
        takeOne(side, reference);
        for (const Mapper *subclass : side.m_hierarchy.subclasses)
            takeOne(writable(*subclass), reference);
    };
    take(*m_impl.mappers[relationship.owner->index()], relationship.reference);
    if (relationship.opposites.empty())
        take(other, relationship.farReference);
}

} // namespace orm
