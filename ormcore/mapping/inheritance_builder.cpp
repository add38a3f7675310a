#include "ormcore/base/error.h"
#include "ormcore/mapping/mapper_builder.h"

#include <algorithm>

namespace orm {

void MapperBuilder::inherit(Mapper &mapper, Mapper &base, Inheritance kind)
{
    Hierarchy &hierarchy = mapper.m_hierarchy;
    hierarchy.kind = kind;
    hierarchy.base = &base;
    if (kind == Inheritance::Single)
        mapper.m_table = base.m_table;
    if (kind == Inheritance::Concrete)
        return;
    hierarchy.root = base.m_hierarchy.root;
    mapper.m_identityIndex = hierarchy.root->index();
}

std::size_t MapperBuilder::firstOwnColumn(const Mapper &mapper) noexcept
{
    const Mapper *base = mapper.sharedBase();
    return base ? base->m_columns.size() : 0;
}

/// A base is mapped before its subclasses, but records may be described in any order.
std::vector<Mapper *> MapperBuilder::basesFirst() const
{
    std::vector<std::pair<int, Mapper *>> depths;
    for (const auto &mapper : m_impl.mappers) {
        if (!mapper->m_table)
            throw Argument("say what " + mapper->name() + " inherits from, or name its table");
        int depth = 0;
        for (const Mapper *base = mapper->m_hierarchy.base; base; base = base->m_hierarchy.base)
            ++depth;
        depths.emplace_back(depth, mapper.get());
    }
    std::stable_sort(depths.begin(), depths.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<Mapper *> sorted;
    for (const auto &[depth, mapper] : depths)
        sorted.push_back(mapper);
    return sorted;
}

namespace {

void copyColumn(const Column &from, Table &table, bool asKey)
{
    Column &column = table.addColumn(from.name, from.type);
    column.nullable = from.nullable;
    column.serverDefault = from.serverDefault;
    column.generated = from.generated;
    column.generatedStored = from.generatedStored;
    if (!asKey)
        return;
    column.primaryKey = true;
    column.identity = from.identity;
    table.primaryKey.columns.push_back(column.name);
}

} // namespace

namespace {

bool isIn(const std::vector<std::string> &names, const std::string &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

void MapperBuilder::copyColumns(Mapper &mapper)
{
    if (mapper.m_hierarchy.kind != Inheritance::Concrete || mapper.isRecord())
        return;
    Table &table = m_impl.tableOf(mapper);
    const bool needsKey = table.primaryKey.columns.empty();
    std::vector<std::string> copied;
    const auto copy = [&](const Column &column, bool asKey) {
        copyColumn(column, table, asKey);
        copied.push_back(column.name);
    };
    for (const Mapper *base = mapper.m_hierarchy.base; base; base = base->sharedBase()) {
        const std::vector<MappedColumn> columns = base->m_columns; // those with a member
        for (const MappedColumn &mapped : columns) {
            const bool mappedAnew = std::any_of(mapper.m_columns.begin(), mapper.m_columns.end(),
                                                [&](const MappedColumn &own) { return own.offset == mapped.offset; });
            if (mappedAnew || mapped.hidden || mapped.property)
                continue;
            copy(*mapped.column, needsKey && mapped.column->primaryKey);
            mapper.m_columns.push_back(mapped);
            mapper.m_columns.back().column = &table.column(mapped.column->name);
        }
        for (const auto &column : base->table().columns())
            if (!base->findColumn(column.get()) && !column->primaryKey && m_impl.claims.count(column.get()) == 0 &&
                !table.find(column->name))
                copy(*column, false);
        const bool joined = base->m_hierarchy.kind == Inheritance::Joined;
        for (const ForeignKey &key : base->table().foreignKeys)
            if (std::all_of(key.columns.begin(), key.columns.end(), [&](auto &name) { return isIn(copied, name); }) &&
                !(joined && key.columns == base->table().primaryKey.columns))
                table.foreignKeys.push_back(key);
    }
}

void MapperBuilder::inheritColumns(Mapper &mapper)
{
    const Mapper *base = mapper.sharedBase();
    if (!base)
        return;
    mapper.m_keys = base->m_keys;
    mapper.m_computed = base->m_computed;
    mapper.m_properties = base->m_properties;
    mapper.m_columns.insert(mapper.m_columns.begin(), base->m_columns.begin(), base->m_columns.end());
    Hierarchy &hierarchy = mapper.m_hierarchy;
    hierarchy.tables = base->m_hierarchy.tables;
    if (hierarchy.kind == Inheritance::Single)
        return;
    MappedTable joined;
    joined.table = mapper.m_table;
    const InheritSpec &spec = m_impl.inheritance[mapper.index()];
    const std::vector<std::string> &names =
        spec.keyColumns.empty() ? mapper.m_table->primaryKey.columns : spec.keyColumns;
    for (const std::string &name : names)
        joined.keys.push_back(&mapper.m_table->column(name));
    if (joined.keys.size() != mapper.m_keys.size())
        throw Argument("the key of " + mapper.m_table->name().toString() +
                       " does not have as many columns as that of " + base->name() + ": name them in joinedBy()");
    hierarchy.tables.push_back(std::move(joined));
}

/// A concrete class's columns are its own, but they stand where its base has them.
void MapperBuilder::takeBaseOrder(Mapper &mapper)
{
    if (mapper.m_hierarchy.kind != Inheritance::Concrete)
        return;
    const Mapper &base = *mapper.m_hierarchy.base;
    for (std::size_t i = 0; i < base.m_columns.size(); ++i) {
        const MappedColumn &wanted = base.m_columns[i];
        const auto found = std::find_if(mapper.m_columns.begin() + static_cast<std::ptrdiff_t>(i),
                                        mapper.m_columns.end(), [&](const MappedColumn &own) {
                                            return own.hidden == wanted.hidden && !mapper.isRecord() && !own.hidden
                                                       ? own.offset == wanted.offset
                                                       : own.column->name == wanted.column->name;
                                        });
        if (found == mapper.m_columns.end())
            throw Argument(mapper.m_table->name().toString() + " has no column " + wanted.column->name + ", which " +
                           base.name() + " has");
        std::rotate(mapper.m_columns.begin() + static_cast<std::ptrdiff_t>(i), found, found + 1);
    }
}

void MapperBuilder::fillTables(Mapper &mapper)
{
    std::vector<MappedTable> &tables = mapper.m_hierarchy.tables;
    if (tables.empty()) {
        tables.emplace_back().table = mapper.m_table;
        for (const std::uint16_t key : mapper.m_keys)
            tables.back().keys.push_back(mapper.m_columns[key].column);
    }
    tables.back().mapper = &mapper;
    for (std::size_t i = firstOwnColumn(mapper); i < mapper.m_columns.size(); ++i)
        tables.back().columns.insert(i);
    for (const Mapper *base = mapper.sharedBase(); base; base = base->sharedBase()) {
        mapper.m_integerKey = base->m_integerKey;
        writable(*base).m_hierarchy.subclasses.push_back(&mapper);
    }
    if (mapper.m_hierarchy.kind == Inheritance::Concrete)
        for (const Mapper *base = mapper.m_hierarchy.base; base; base = base->m_hierarchy.base)
            writable(*base).m_hierarchy.concretes.push_back(&mapper);
}

void MapperBuilder::findDiscriminator(Mapper &mapper)
{
    const InheritSpec &spec = m_impl.inheritance[mapper.index()];
    Hierarchy &hierarchy = mapper.m_hierarchy;
    hierarchy.identity = spec.identity;
    hierarchy.isAbstract = spec.isAbstract;
    if (spec.discriminatorOffset)
        hierarchy.discriminator = mapper.columnAt(*spec.discriminatorOffset);
    else if (!spec.discriminatorColumn.empty())
        hierarchy.discriminator = mapper.position(spec.discriminatorColumn);
    else if (hierarchy.base && (hierarchy.kind != Inheritance::Concrete || !spec.identity.isNull()))
        hierarchy.discriminator = hierarchy.base->m_hierarchy.discriminator;
    if (spec.discriminatorOffset && !hierarchy.discriminator)
        throw Argument("polymorphicOn() of " + mapper.name() + " names a member that is not mapped to a column");
    hierarchy.load = spec.load.value_or(PolymorphicLoad::Lazy);
    if (const Mapper *base = mapper.sharedBase(); base && !spec.load)
        hierarchy.load = m_impl.inheritance[base->m_hierarchy.root->index()].load.value_or(PolymorphicLoad::Lazy);
    mapper.m_polymorphic = hierarchy.discriminator.has_value();
}

void MapperBuilder::checkIdentities(const Mapper &root) const
{
    if (root.sharedBase() || (root.m_hierarchy.subclasses.empty() && !root.m_polymorphic))
        return;
    if (!root.m_polymorphic)
        throw Argument(root.name() + " needs polymorphicOn(): other classes inherit from it, and a row must say of "
                                     "which it is");
    std::vector<const Mapper *> classes = root.m_hierarchy.subclasses;
    classes.push_back(&root);
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const Hierarchy &hierarchy = classes[i]->m_hierarchy;
        if (hierarchy.identity.isNull() != hierarchy.isAbstract)
            throw Argument("give " + classes[i]->name() +
                           " a polymorphicIdentity(), or make it polymorphicAbstract, but not both");
        for (std::size_t other = 0; other < i; ++other)
            if (!hierarchy.isAbstract && classes[other]->m_hierarchy.identity == hierarchy.identity)
                throw Argument(classes[i]->name() + " and " + classes[other]->name() +
                               " have the same polymorphic identity " + hierarchy.identity.toString());
    }
}

void MapperBuilder::inheritReferences(Mapper &mapper)
{
    const Mapper *base = mapper.sharedBase();
    if (!base)
        return;
    mapper.m_references = base->m_references;
    for (Reference &reference : mapper.m_references) {
        reference.owner = &mapper;
        for (const std::uint16_t column : reference.columns)
            mapper.m_columns[column].inReference = true;
    }
}

void MapperBuilder::inheritRelationships(Mapper &mapper)
{
    const Mapper *base = mapper.sharedBase();
    if (!base)
        return;
    std::vector<Relationship> own = std::move(mapper.m_relationships);
    mapper.m_relationships = base->m_relationships;
    for (Relationship &relationship : mapper.m_relationships) {
        relationship.owner = &mapper;
        if (relationship.kind == RelationKind::Parent)
            relationship.reference = &mapper.m_references[relationship.reference->index];
    }
    for (Relationship &relationship : own) {
        relationship.index = static_cast<std::uint16_t>(mapper.m_relationships.size());
        mapper.m_relationships.push_back(std::move(relationship));
    }
}

} // namespace orm
