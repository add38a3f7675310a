#include "ormcore/mapping/mapper_builder.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/row_layout.h"

#include <algorithm>

namespace orm {

namespace {

std::size_t alignedTo(std::size_t offset, std::size_t alignment)
{
    return (offset + alignment - 1) / alignment * alignment;
}

const Table *tableOf(const MetaData &metadata, const Table &from, const QualifiedName &name)
{
    if (!name.schema.empty())
        return metadata.find(name.name, name.schema);
    if (const Table *same = metadata.find(name.name, from.name().schema))
        return same;
    return metadata.find(name.name);
}

bool inForeignKey(const Table &table, const std::string &column)
{
    return std::any_of(table.foreignKeys.begin(), table.foreignKeys.end(), [&](const ForeignKey &key) {
        return std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end();
    });
}

void checkDefaults(const Mapper &mapper, const MappedColumn &mapped)
{
    if (!mapped.defaults)
        return;
    const auto refuse = [&](const char *why) { throw Argument(mapper.name() + "." + mapped.column->name + why); };
    if (mapped.computed)
        refuse(": the database computes it, so it has no default");
    if (mapped.key && mapped.defaults->update)
        refuse(": a key has no default for UPDATEs");
    if (mapped.defaults->forInsert() && !mapped.key && !mapped.field.canBeNull())
        refuse(": a default stands in for NULL, which this member cannot be: make it optional, or give it its value "
               "where it is declared");
}

} // namespace

void MapperBuilder::describe(Mapper &mapper, const char *typeName, const ClassOperations &operations)
{
    mapper.m_typeName = typeName;
    mapper.m_operations = operations;
}

void MapperBuilder::rename(Mapper &mapper, std::string name) { mapper.m_name = std::move(name); }

void MapperBuilder::addColumn(Mapper &mapper, const Column &column, const ColumnSpec &spec)
{
    MappedColumn mapped;
    mapped.column = &column;
    mapped.field = spec.field;
    mapped.offset = static_cast<std::uint32_t>(spec.offset);
    if (spec.defaults.constant || spec.defaults.insert || spec.defaults.update)
        mapped.defaults = std::make_shared<const ColumnDefaults>(spec.defaults);
    mapper.m_columns.push_back(std::move(mapped));
}

void MapperBuilder::configure()
{
    mapOtherTables();
    for (Mapper *mapper : basesFirst())
        makeMissingKeys(*mapper);
    for (Mapper *mapper : basesFirst())
        makeLinkTables(*mapper);
    mapOtherTables();
    const std::vector<Mapper *> mappers = basesFirst();
    for (Mapper *mapper : mappers) {
        copyColumns(*mapper);
        inheritColumns(*mapper);
        addTableColumns(*mapper);
        addProperties(*mapper);
        takeBaseOrder(*mapper);
        findDefaults(*mapper);
        findKeys(*mapper);
        findVersion(*mapper);
        fillTables(*mapper);
        findDiscriminator(*mapper);
    }
    for (Mapper *mapper : mappers)
        checkIdentities(*mapper);
    for (Mapper *mapper : mappers)
        resolveProperties(*mapper);
    for (Mapper *mapper : mappers)
        findReferences(*mapper);
    for (Mapper *mapper : mappers)
        addNamedRelationships(*mapper);
    for (Mapper *mapper : mappers)
        addRecordRelationships(*mapper);
    for (Mapper *mapper : mappers)
        offerManyToMany(*mapper);
    for (Mapper *mapper : mappers) {
        inheritRelationships(*mapper);
        layOut(*mapper);
    }
    for (Mapper *mapper : mappers)
        connect(*mapper);
    for (Mapper *mapper : mappers)
        findValidated(*mapper);
    for (Mapper *mapper : mappers)
        if (mapper->m_polymorphic)
            mapper->m_hierarchy.rows = std::make_shared<const RowLayout>(rowLayout(*mapper));
    order();
}

/// Tables without a class become records.
void MapperBuilder::mapOtherTables()
{
    for (const auto &table : m_impl.metadata.tables())
        if (m_impl.byTable.find(table.get()) == m_impl.byTable.end())
            (void)m_impl.newMapper(table.get());
}

void MapperBuilder::makeKnownKeys()
{
    for (Mapper *mapper : basesFirst()) {
        const auto &specs = m_impl.relations[mapper->index()];
        const bool known = std::all_of(specs.begin(), specs.end(), [&](const RelationSpec &spec) {
            return spec.targetType.empty() || m_impl.byType.count(spec.targetType) != 0;
        });
        if (known && !mapper->isRecord()) {
            makeMissingKeys(*mapper);
            makeLinkTables(*mapper);
        }
        copyColumns(*mapper);
    }
}

/// one(foreignKey("user_id")) may name columns that no member holds: they are made, with their foreign key.
void MapperBuilder::makeMissingKeys(Mapper &mapper)
{
    Table &table = const_cast<Table &>(mapper.table()); // the registry's own, before it is configured
    for (const RelationSpec &spec : m_impl.relations[mapper.index()]) {
        if (spec.many || spec.columns.empty() || table.find(spec.columns.front()))
            continue;
        const Table &parent = target(mapper, spec).table();
        const auto keys = parent.primaryKeyColumns();
        if (keys.size() != spec.columns.size())
            throw Argument(mapper.name() + "." + spec.name + ": foreignKey() must name as many columns as the key of " +
                           parent.name().toString() + " has");
        ForeignKey key;
        key.target = parent.name();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const Column &column = table.addColumn(spec.columns[i], keys[i]->type);
            if (mapper.m_hierarchy.kind == Inheritance::Single)
                m_impl.claims.emplace(&column, &mapper);
            key.columns.push_back(spec.columns[i]);
            key.targetColumns.push_back(keys[i]->name);
        }
        table.foreignKeys.push_back(std::move(key));
    }
}

/// Of records all, of a class those that no member holds.
void MapperBuilder::addTableColumns(Mapper &mapper)
{
    const auto belongsToOthers = [&](const Column &column) {
        const auto [first, last] = m_impl.claims.equal_range(&column);
        return first != last && std::none_of(first, last, [&](const auto &claim) { return claim.second == &mapper; });
    };
    for (const auto &column : mapper.table().columns()) {
        if (mapper.findColumn(column.get()) || belongsToOthers(*column))
            continue;
        addColumn(mapper, *column, ColumnSpec{});
        mapper.m_columns.back().hidden = !mapper.isRecord();
    }
}

void MapperBuilder::findKeys(Mapper &mapper)
{
    const Table &table = mapper.table();
    if (!mapper.sharedBase())
        for (const Column *key : table.identityColumns())
            if (const auto position = mapper.findColumn(key))
                mapper.m_keys.push_back(*position);
    for (std::size_t i = firstOwnColumn(mapper); i < mapper.m_columns.size(); ++i) {
        MappedColumn &mapped = mapper.m_columns[i];
        Column &column = const_cast<Column &>(*mapped.column);
        mapped.key = std::find(mapper.m_keys.begin(), mapper.m_keys.end(), i) != mapper.m_keys.end();
        if (mapped.key && !mapper.isRecord() && inForeignKey(table, column.name))
            column.identity = IdentityKind::None; // it is its parent's
        const bool made = mapped.defaults && mapped.defaults->forInsert();
        mapped.generatedKey = mapped.key && !made && mapper.m_keys.size() == 1 && column.identity != IdentityKind::None;
        mapped.computed = !column.generated.empty() || mapped.property;
        mapped.serverDefault = !column.serverDefault.empty();
        checkDefaults(mapper, mapped);
        mapped.omittable = mapped.generatedKey || mapped.serverDefault;
        if (mapped.computed && !mapped.property)
            mapper.m_computed.push_back(static_cast<std::uint16_t>(&mapped - mapper.m_columns.data()));
    }
    // An INT key of SQLite that is no rowid can hold anything, so a cell must look at what came.
    const MappedColumn *only = mapper.m_keys.size() == 1 ? &mapper.m_columns[mapper.m_keys[0]] : nullptr;
    mapper.m_integerKey = only && only->column->type.isInteger() &&
                          (only->field.kind != FieldKind::Value || only->column->identity != IdentityKind::None);
}

void MapperBuilder::findVersion(Mapper &mapper)
{
    const auto found = m_impl.versions.find(&mapper);
    if (const Mapper *base = mapper.sharedBase()) {
        if (found != m_impl.versions.end())
            throw Argument("the version column of " + mapper.name() + " is that of the class it inherits from");
        mapper.m_version = base->m_version;
        mapper.m_nextVersion = base->m_nextVersion;
    }
    if (found == m_impl.versions.end())
        return;
    const auto &[name, version] = found->second;
    const std::uint16_t position = mapper.position(name);
    const MappedColumn &mapped = mapper.m_columns[position];
    if (mapped.key || mapped.computed || (!version.step && !mapped.column->type.isInteger()))
        throw Argument("the version column " + name + " of " + mapper.name() +
                       " must be an integer that is no key (or have a function that makes its versions)");
    mapper.m_version = position;
    mapper.m_nextVersion = version.step ? version.step : [](const Value &before) {
        return Value(before.isNull() ? std::int64_t{1} : before.asInt() + 1);
    };
}

void MapperBuilder::findReferences(Mapper &mapper)
{
    inheritReferences(mapper);
    const Table &table = mapper.table();
    const auto known = [&](const ForeignKey &key) {
        return std::any_of(mapper.m_references.begin(), mapper.m_references.end(),
                           [&](const Reference &reference) { return reference.key == &key; });
    };
    for (const ForeignKey &key : table.foreignKeys) {
        const Table *parent = tableOf(m_impl.metadata, table, key.target);
        if (!parent || known(key)) // dangling, as a reflected one may be; or inherited
            continue;
        const Mapper &owner = mapper;
        const Mapper &target = *m_impl.byTable.at(parent);
        Reference reference;
        reference.key = &key;
        reference.owner = &owner;
        reference.target = &target;
        std::vector<std::string> targets = key.targetColumns;
        if (targets.empty())
            targets = parent->primaryKey.columns;
        reference.nullable = true;
        for (std::size_t i = 0; i < key.columns.size() && i < targets.size(); ++i) {
            const auto column = mapper.findColumn(table.find(key.columns[i]));
            const auto referred = target.findColumn(parent->find(targets[i]));
            if (!column || !referred)
                break;
            reference.columns.push_back(*column);
            reference.targetColumns.push_back(*referred);
            const MappedColumn &mapped = mapper.m_columns[*column];
            reference.nullable = reference.nullable && mapped.column->nullable && mapped.field.canBeNull();
        }
        if (reference.columns.empty() || reference.columns.size() != key.columns.size())
            continue;
        if (reference.columns == mapper.keys() && mapper.inherits(target))
            continue; // the one that joins its table to its base's
        for (const std::uint16_t column : reference.columns)
            mapper.m_columns[column].inReference = true;
        for (const std::uint16_t column : reference.targetColumns)
            noteReferenced(target, column);
        reference.targetsKey = reference.targetColumns == target.keys();
        reference.index = static_cast<std::uint16_t>(mapper.m_references.size());
        mapper.m_references.push_back(std::move(reference));
    }
}

void MapperBuilder::noteReferenced(const Mapper &target, std::uint16_t column)
{
    writable(target).m_columns[column].referenced = true;
    for (const Mapper *subclass : target.hierarchy().subclasses)
        writable(*subclass).m_columns[column].referenced = true;
}

void MapperBuilder::layOut(Mapper &mapper)
{
    if (mapper.m_operations.alignment > alignof(State))
        throw Argument(mapper.name() + " is aligned more strictly than objects of a session are");
    mapper.m_cellsOffset = alignedTo(mapper.m_operations.size, alignof(Value) < 8 ? 8 : alignof(Value));
    const Mapper *base = mapper.extendsRecord() ? mapper.sharedBase() : nullptr;
    if (base)
        mapper.m_cellsOffset = alignedTo(base->m_payloadSize, alignof(Value));
    for (std::size_t i = 0; base && i < base->m_columns.size(); ++i)
        mapper.m_columns[i].offset = base->m_columns[i].offset;
    std::size_t cell = mapper.m_cellsOffset;
    for (std::size_t i = base ? firstOwnColumn(mapper) : 0; i < mapper.m_columns.size(); ++i)
        if (MappedColumn &mapped = mapper.m_columns[i]; mapper.isRecord() || mapped.hidden) {
            mapped.offset = static_cast<std::uint32_t>(cell);
            cell += sizeof(Value);
        }
    mapper.m_cells = (cell - mapper.m_cellsOffset) / sizeof(Value);
    mapper.m_slotsOffset = alignedTo(cell, alignof(RelationSlot));
    std::size_t end = cell;
    if (mapper.isRecord()) {
        end = mapper.m_slotsOffset;
        for (std::size_t i = base ? base->m_relationships.size() : 0; i < mapper.m_relationships.size(); ++i) {
            mapper.m_relationships[i].offset = static_cast<std::uint32_t>(end);
            end += sizeof(RelationSlot);
        }
    }
    mapper.m_payloadSize = end;
}

/// References learn which relationships look at them, so that both sides can be kept in step: those of the classes that
/// inherit them, too.
void MapperBuilder::connect(Mapper &mapper)
{
    const Mapper *base = mapper.sharedBase();
    const std::size_t inherited = base ? base->relationships().size() : 0;
    for (std::size_t i = 0; i < inherited; ++i)
        mapper.m_relationships[i].opposites = base->relationships()[i].opposites;
    for (std::size_t i = inherited; i < mapper.m_relationships.size(); ++i) {
        Relationship &relationship = mapper.m_relationships[i];
        if (relationship.kind == RelationKind::ManyToMany) {
            pairManyToMany(relationship);
            continue;
        }
        const auto note = [&](const Mapper &child) {
            Reference &reference = writable(child).m_references[relationship.reference->index];
            if (relationship.kind == RelationKind::Parent)
                reference.relationships.push_back(relationship.index);
            else
                reference.targetMembers.push_back(&relationship);
            reference.postUpdate = reference.postUpdate || relationship.postUpdate;
        };
        note(*relationship.reference->owner);
        for (const Mapper *subclass : relationship.reference->owner->hierarchy().subclasses)
            note(*subclass);
    }
}

} // namespace orm
