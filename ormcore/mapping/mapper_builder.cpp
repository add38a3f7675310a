#include "ormcore/mapping/mapper_builder.h"

#include "ormcore/base/error.h"

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
    mapped.initial = spec.initial;
    mapper.m_columns.push_back(std::move(mapped));
}

void MapperBuilder::configure()
{
    mapOtherTables();
    for (const auto &mapper : m_impl.mappers)
        makeMissingKeys(*mapper);
    for (const auto &mapper : m_impl.mappers)
        makeLinkTables(*mapper);
    mapOtherTables();
    for (const auto &mapper : m_impl.mappers) {
        if (mapper->isRecord())
            addRecordColumns(*mapper);
        else
            addHiddenColumns(*mapper);
        findKeys(*mapper);
        findVersion(*mapper);
    }
    for (const auto &mapper : m_impl.mappers)
        findReferences(*mapper);
    for (const auto &mapper : m_impl.mappers)
        addNamedRelationships(*mapper);
    for (const auto &mapper : m_impl.mappers)
        addRecordRelationships(*mapper);
    for (const auto &mapper : m_impl.mappers)
        offerManyToMany(*mapper);
    for (const auto &mapper : m_impl.mappers)
        layOut(*mapper);
    for (const auto &mapper : m_impl.mappers)
        connect(*mapper);
    for (const auto &mapper : m_impl.mappers)
        findValidated(*mapper);
    order();
}

/// Tables without a class become records.
void MapperBuilder::mapOtherTables()
{
    for (const auto &table : m_impl.metadata.tables())
        if (m_impl.byTable.find(table.get()) == m_impl.byTable.end())
            (void)m_impl.newMapper(*table);
}

void MapperBuilder::makeKnownKeys()
{
    for (const auto &mapper : m_impl.mappers) {
        const auto &specs = m_impl.relations[mapper->index()];
        const bool known = std::all_of(specs.begin(), specs.end(), [&](const RelationSpec &spec) {
            return spec.targetType.empty() || m_impl.byType.count(spec.targetType) != 0;
        });
        if (known && !mapper->isRecord()) {
            makeMissingKeys(*mapper);
            makeLinkTables(*mapper);
        }
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
            table.addColumn(spec.columns[i], keys[i]->type);
            key.columns.push_back(spec.columns[i]);
            key.targetColumns.push_back(keys[i]->name);
        }
        table.foreignKeys.push_back(std::move(key));
    }
}

void MapperBuilder::addRecordColumns(Mapper &mapper)
{
    for (const auto &column : mapper.table().columns())
        addColumn(mapper, *column, ColumnSpec{});
    mapper.m_cells = mapper.m_columns.size();
}

void MapperBuilder::addHiddenColumns(Mapper &mapper)
{
    for (const auto &column : mapper.table().columns()) {
        if (mapper.findColumn(column.get()))
            continue;
        addColumn(mapper, *column, ColumnSpec{});
        mapper.m_columns.back().hidden = true;
        ++mapper.m_cells;
    }
}

void MapperBuilder::findKeys(Mapper &mapper)
{
    const Table &table = mapper.table();
    for (const Column *key : table.identityColumns())
        if (const auto position = mapper.findColumn(key))
            mapper.m_keys.push_back(*position);
    for (MappedColumn &mapped : mapper.m_columns) {
        Column &column = const_cast<Column &>(*mapped.column);
        mapped.key = std::find(mapper.m_keys.begin(), mapper.m_keys.end(), &mapped - mapper.m_columns.data()) !=
                     mapper.m_keys.end();
        if (mapped.key && !mapper.isRecord() && inForeignKey(table, column.name))
            column.identity = IdentityKind::None; // it is its parent's
        mapped.generatedKey = mapped.key && mapper.m_keys.size() == 1 && column.identity != IdentityKind::None;
        mapped.computed = !column.generated.empty();
        mapped.serverDefault = !column.serverDefault.empty();
        mapped.omittable = mapped.generatedKey || mapped.serverDefault;
        if (mapped.computed)
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
    const Table &table = mapper.table();
    for (const ForeignKey &key : table.foreignKeys) {
        const Table *parent = tableOf(m_impl.metadata, table, key.target);
        if (!parent)
            continue; // dangling, as a reflected one may be
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
        for (const std::uint16_t column : reference.columns)
            mapper.m_columns[column].inReference = true;
        for (const std::uint16_t column : reference.targetColumns)
            m_impl.mappers[target.index()]->m_columns[column].referenced = true;
        reference.targetsKey = reference.targetColumns == target.keys();
        reference.index = static_cast<std::uint16_t>(mapper.m_references.size());
        mapper.m_references.push_back(std::move(reference));
    }
}

void MapperBuilder::layOut(Mapper &mapper)
{
    if (mapper.m_operations.alignment > alignof(State))
        throw Argument(mapper.name() + " is aligned more strictly than objects of a session are");
    mapper.m_cellsOffset = alignedTo(mapper.m_operations.size, alignof(Value) < 8 ? 8 : alignof(Value));
    std::size_t cell = mapper.m_cellsOffset;
    for (MappedColumn &mapped : mapper.m_columns)
        if (mapper.isRecord() || mapped.hidden) {
            mapped.offset = static_cast<std::uint32_t>(cell);
            cell += sizeof(Value);
        }
    mapper.m_slotsOffset = alignedTo(cell, alignof(RelationSlot));
    std::size_t end = cell;
    if (mapper.isRecord()) {
        end = mapper.m_slotsOffset;
        for (Relationship &relationship : mapper.m_relationships) {
            relationship.offset = static_cast<std::uint32_t>(end);
            end += sizeof(RelationSlot);
        }
    }
    mapper.m_payloadSize = end;
}

/// References learn which relationships look at them, so that both sides can be kept in step.
void MapperBuilder::connect(Mapper &mapper)
{
    for (Relationship &relationship : mapper.m_relationships) {
        if (relationship.kind == RelationKind::ManyToMany) {
            pairManyToMany(relationship);
            continue;
        }
        Mapper &child = *m_impl.mappers[relationship.reference->owner->index()];
        Reference &reference = child.m_references[relationship.reference->index];
        auto &sides = relationship.kind == RelationKind::Parent ? reference.relationships : reference.targetMembers;
        sides.push_back(relationship.index);
        reference.postUpdate = reference.postUpdate || relationship.postUpdate;
    }
}

} // namespace orm
