#include "ormcore/base/error.h"
#include "ormcore/mapping/mapper_builder.h"

#include <algorithm>
#include <functional>

namespace orm {

Mapper &MapperBuilder::target(const Mapper &owner, const RelationSpec &spec) const
{
    if (spec.targetType.empty()) {
        if (const auto named = m_impl.byName.find(spec.targetTable); named != m_impl.byName.end())
            return *named->second;
        const Table *table = m_impl.metadata.find(spec.targetTable);
        const auto found = m_impl.byTable.find(table);
        if (found != m_impl.byTable.end())
            return *found->second;
    } else if (const auto found = m_impl.byType.find(spec.targetType); found != m_impl.byType.end()) {
        return *found->second;
    }
    throw Argument("the relationship " + spec.name + " of " + owner.name() + " leads to a class or table (" +
                   (spec.targetType.empty() ? spec.targetTable : spec.targetType) + ") that is not mapped");
}

namespace {

void checkCascade(const Relationship &relationship)
{
    const std::string where = relationship.owner->name() + "." + relationship.name;
    const bool orphans = relationship.cascades(Cascade::DeleteOrphan);
    if (orphans && !relationship.cascades(Cascade::Delete))
        throw Argument(where + ": the 'delete-orphan' cascade requires 'delete'");
    if (relationship.passiveDeletes == PassiveDeletes::All && relationship.cascades(Cascade::Delete))
        throw Argument(where + ": passiveDeletesAll leaves every child to the database, so that none can be deleted by "
                               "'delete' or 'delete-orphan'");
    const bool toMany = relationship.kind == RelationKind::Parent || relationship.kind == RelationKind::ManyToMany;
    if (orphans && toMany && !relationship.singleParent)
        throw Argument(where +
                       ": the 'delete-orphan' cascade is normally configured only on the \"one\" side of a "
                       "one-to-many relationship, and not on the \"many\" side of a many-to-one or many-to-many "
                       "one. To allow a " +
                       relationship.target->name() + " to be referenced by only a single " +
                       relationship.owner->name() + " at a time, set singleParent");
}

} // namespace

/// The foreign key columns that a relationship names itself, or that its other side names.
std::vector<std::string> MapperBuilder::columnsOf(const RelationSpec &spec, const Mapper &parent) const
{
    if (!spec.columns.empty() || !spec.back)
        return spec.columns;
    for (const RelationSpec &other : m_impl.relations[parent.index()])
        if (other.offset == *spec.back)
            return other.columns;
    return {};
}

const Reference *MapperBuilder::choose(const Mapper &child, const Mapper &parent, const RelationSpec &spec,
                                       const Mapper &other) const
{
    const std::vector<std::string> columns = columnsOf(spec, other);
    const Reference *found = nullptr;
    for (const Reference &reference : child.references()) {
        if (!parent.isKindOf(*reference.target) || (!columns.empty() && reference.key->columns != columns))
            continue;
        if (found && found->target != &parent && reference.target == &parent)
            found = nullptr; // nearer than one to a base of the parent
        if (found && found->target == &parent && reference.target != &parent)
            continue;
        if (found)
            throw Argument("several foreign keys lead from " + child.name() + " to " + parent.name() +
                           ": name the columns of the one that " + spec.name + " follows with foreignKey()");
        found = &reference;
    }
    return found;
}

void MapperBuilder::add(Mapper &mapper, std::string name, RelationKind kind, const Reference &reference)
{
    Relationship relationship;
    relationship.name = std::move(name);
    relationship.kind = kind;
    relationship.index = static_cast<std::uint16_t>(mapper.m_relationships.size());
    relationship.owner = &mapper;
    relationship.target = kind == RelationKind::Parent ? reference.target : reference.owner;
    relationship.reference = &reference;
    mapper.m_relationships.push_back(std::move(relationship));
}

void MapperBuilder::addNamedRelationships(Mapper &mapper)
{
    for (const RelationSpec &spec : m_impl.relations[mapper.index()]) {
        if (!spec.secondary.empty()) {
            addManyToMany(mapper, spec);
            continue;
        }
        const Mapper &other = target(mapper, spec);
        const Reference *reference = spec.many ? nullptr : choose(mapper, other, spec, other);
        RelationKind kind = RelationKind::Parent;
        if (!reference) {
            reference = choose(other, mapper, spec, other);
            kind = spec.many ? RelationKind::Children : RelationKind::Child;
        }
        if (!reference)
            throw Argument("no foreign key joins " + mapper.name() + " and " + other.name() + " for the relationship " +
                           spec.name + ": declare it with references()");
        add(mapper, spec.name, kind, *reference);
        mapper.m_relationships.back().target = &other;
        describe(mapper.m_relationships.back(), spec);
    }
}

/// What the mapping says of it beside where it leads.
void MapperBuilder::describe(Relationship &relationship, const RelationSpec &spec)
{
    for (const std::string &column : spec.orderBy)
        (void)relationship.target->position(column);
    relationship.offset = static_cast<std::uint32_t>(spec.offset);
    relationship.cascade = spec.cascade;
    relationship.passiveDeletes = spec.passiveDeletes;
    relationship.singleParent = spec.singleParent;
    relationship.postUpdate = spec.postUpdate;
    relationship.loading = spec.loading;
    relationship.orderBy = spec.orderBy;
    relationship.collection = spec.collection;
    if (spec.collection == CollectionKind::Map)
        relationship.keyColumn = relationship.target->position(spec.keyColumn);
    checkCascade(relationship);
}

namespace {

std::string joined(const std::vector<std::string> &columns)
{
    std::string text;
    for (const std::string &column : columns)
        text += (text.empty() ? "" : "_") + column;
    return text;
}

/// How many foreign keys lead from child to parent: one takes the plain name.
bool isOnly(const Reference &reference)
{
    const auto &all = reference.owner->references();
    return std::count_if(all.begin(), all.end(),
                         [&](const Reference &other) { return other.target == reference.target; }) == 1;
}

} // namespace

std::string MapperBuilder::freeName(const Mapper &mapper, const std::string &wanted, const std::string &longer)
{
    const auto has = [](const Mapper &by, const std::string &name) {
        return by.find(name) || by.findRelationship(name);
    };
    const auto taken = [&](const std::string &name) {
        const auto &below = mapper.hierarchy().subclasses;
        for (const Mapper *base = &mapper; base; base = base->hierarchy().base)
            if (has(*base, name))
                return true;
        return std::any_of(below.begin(), below.end(), [&](const Mapper *subclass) { return has(*subclass, name); });
    };
    if (!taken(wanted))
        return wanted;
    std::string name = longer;
    for (int i = 2; taken(name); ++i)
        name = longer + std::to_string(i);
    return name;
}

void MapperBuilder::addRecordRelationships(Mapper &mapper)
{
    const auto followed = [](const Mapper &by, const Reference &reference, bool parentSide) {
        return std::any_of(by.relationships().begin(), by.relationships().end(), [&](const Relationship &r) {
            return r.reference == &reference && r.kind != RelationKind::ManyToMany &&
                   (r.kind == RelationKind::Parent) == parentSide;
        });
    };
    const Mapper *base = mapper.sharedBase();
    for (std::size_t i = base ? base->references().size() : 0; i < mapper.m_references.size(); ++i) {
        const Reference &reference = mapper.m_references[i];
        const std::string columns = joined(reference.key->columns);
        Mapper &parent = *m_impl.mappers[reference.target->index()];
        if (mapper.isRecord() && !followed(mapper, reference, true)) {
            const std::string name = parent.table().name().name;
            const std::string longer = name + "_" + columns;
            add(mapper, freeName(mapper, isOnly(reference) ? name : longer, longer), RelationKind::Parent, reference);
        }
        if (parent.isRecord() && !followed(parent, reference, false)) {
            const std::string name = mapper.table().name().name;
            const std::string longer = name + "_" + columns;
            add(parent, freeName(parent, isOnly(reference) && &parent != &mapper ? name : longer, longer),
                RelationKind::Children, reference);
            parent.m_relationships.back().passiveDeletes = PassiveDeletes::All;
        }
    }
}

namespace {

/// What rows of a class and those below it refer to, as the classes that make the keys.
std::vector<std::uint32_t> referredTo(const Mapper &root)
{
    std::vector<std::uint32_t> roots;
    const auto add = [&](const Mapper &mapper) {
        for (const Reference &reference : mapper.references())
            roots.push_back(reference.target->identityIndex());
    };
    add(root);
    for (const Mapper *subclass : root.hierarchy().subclasses)
        add(*subclass);
    return roots;
}

} // namespace

/// Tarjan's strongly connected components: they come out with what they refer to first. Classes that share rows are
/// one.
void MapperBuilder::order()
{
    struct Visit {
        std::uint32_t number = 0;
        std::uint32_t low = 0;
        bool onStack = false;
    };
    std::vector<Visit> visits(m_impl.mappers.size());
    std::vector<std::uint32_t> stack;
    std::uint32_t counter = 0;
    std::uint32_t components = 0;
    std::uint32_t position = 0;
    const auto place = [&](const Mapper &mapper, bool inCycle) {
        Mapper &found = writable(mapper);
        found.m_cycle = components;
        found.m_inCycle = inCycle;
        found.m_flushOrder = position++;
    };
    const std::function<void(std::uint32_t)> visit = [&](std::uint32_t index) {
        visits[index] = {++counter, counter, true};
        stack.push_back(index);
        Mapper &mapper = *m_impl.mappers[index];
        for (const std::uint32_t next : referredTo(mapper)) {
            mapper.m_inCycle = mapper.m_inCycle || next == index;
            if (visits[next].number == 0)
                visit(next);
            if (visits[next].onStack)
                visits[index].low = std::min(visits[index].low, visits[next].low);
        }
        if (visits[index].low != visits[index].number)
            return;
        const bool several = stack.back() != index;
        for (;;) {
            const std::uint32_t member = stack.back();
            stack.pop_back();
            visits[member].onStack = false;
            const Mapper &found = *m_impl.mappers[member];
            const bool inCycle = found.m_inCycle || several;
            place(found, inCycle);
            for (const Mapper *subclass : found.hierarchy().subclasses)
                place(*subclass, inCycle);
            if (member == index)
                break;
        }
        ++components;
    };
    for (std::uint32_t index = 0; index < m_impl.mappers.size(); ++index)
        if (visits[index].number == 0 && m_impl.mappers[index]->identityIndex() == index)
            visit(index);
}

} // namespace orm
