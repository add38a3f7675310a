#include "ormcore/model/metadata_parts.h"

#include "ormcore/model/names.h"

#include <map>
#include <set>

namespace orm::model {

namespace {

AttributeId idOf(const Entity &entity, std::string_view column)
{
    const Attribute *attribute = entity.find(column);
    return attribute == nullptr ? AttributeId{} : attribute->id;
}

std::vector<AttributeId> idsOf(const Entity &entity, const std::vector<std::string> &columns)
{
    std::vector<AttributeId> ids;
    for (const std::string &column : columns)
        if (const AttributeId id = idOf(entity, column))
            ids.push_back(id);
    return ids;
}

Attribute attributeOf(const Column &column, IdSource &ids)
{
    Attribute attribute;
    attribute.id = ids.next<AttributeId>();
    attribute.name = column.name;
    attribute.type = column.type;
    attribute.nullable = column.nullable;
    attribute.identity = column.identity;
    attribute.serverDefault = column.serverDefault;
    attribute.generated = column.generated;
    attribute.generatedStored = column.generatedStored;
    attribute.comment = column.comment;
    return attribute;
}

Index indexOf(const orm::Index &source, const Entity &entity, IdSource &ids)
{
    Index index;
    index.id = ids.next<ConstraintId>();
    index.name = source.name;
    index.unique = source.unique;
    index.where = source.where;
    index.method = source.method;
    index.definition = source.definition;
    for (const orm::IndexPart &part : source.parts) {
        IndexPart copy;
        copy.attribute = part.column.empty() ? AttributeId{} : idOf(entity, part.column);
        copy.expression = part.expression;
        if (!copy.attribute && copy.expression.empty())
            copy.expression.sql = part.column; // a hidden column, like a row's number
        copy.descending = part.descending;
        copy.collation = part.collation;
        index.parts.push_back(std::move(copy));
    }
    return index;
}

/// What the foreign key's columns are in the target; false where one is not there.
bool resolveTarget(ForeignKey &key, const orm::ForeignKey &source, const Entity &target)
{
    std::vector<AttributeId> attributes = idsOf(target, source.targetColumns);
    if (attributes.size() != source.targetColumns.size() ||
        (!attributes.empty() && attributes.size() != source.columns.size()))
        return false;
    key.target = target.id;
    key.targetAttributes = std::move(attributes);
    return true;
}

/// Keeps the spelling of what is found under a name in another case: a database writes it back as it was.
void keepSpelling(ForeignKey &key, const orm::ForeignKey &source, const Entity *target)
{
    if (target == nullptr || target->name != source.target.name || target->schema != source.target.schema)
        key.targetName = source.target;
    if (target == nullptr) {
        key.targetColumnNames = source.targetColumns;
        return;
    }
    for (std::size_t i = 0; i < key.targetAttributes.size(); ++i)
        if (target->find(key.targetAttributes[i])->name != source.targetColumns[i])
            key.targetColumnNames = source.targetColumns;
}

} // namespace

Entity entityOf(const Table &table, IdSource &ids)
{
    Entity entity;
    entity.id = ids.next<EntityId>();
    entity.kind = table.kind();
    entity.schema = table.name().schema;
    entity.name = table.name().name;
    entity.comment = table.comment;
    entity.withoutRowId = table.withoutRowId;
    entity.strict = table.strict;
    entity.definition = table.definition;
    for (const auto &column : table.columns())
        entity.attributes.push_back(attributeOf(*column, ids));
    entity.primaryKey.name = table.primaryKey.name;
    entity.primaryKey.attributes = idsOf(entity, table.primaryKey.columns);
    for (const UniqueConstraint &unique : table.uniques)
        entity.uniques.push_back({ids.next<ConstraintId>(), unique.name, idsOf(entity, unique.columns), {}});
    for (const CheckConstraint &check : table.checks)
        entity.checks.push_back({ids.next<ConstraintId>(), check.name, check.expression, {}});
    for (const orm::Index &index : table.indexes)
        entity.indexes.push_back(indexOf(index, entity, ids));
    return entity;
}

std::vector<ForeignKey> foreignKeysOf(const Table &table, const Entity &child, const EntityFinder &find, IdSource &ids)
{
    std::vector<ForeignKey> keys;
    for (const orm::ForeignKey &source : table.foreignKeys) {
        ForeignKey key;
        key.id = ids.next<ConstraintId>();
        key.name = source.name;
        key.attributes = idsOf(child, source.columns);
        key.onDelete = source.onDelete;
        key.onUpdate = source.onUpdate;
        key.deferrable = source.deferrable;
        const Entity *target = find(source.target);
        if (target == nullptr && source.target.schema.empty())
            target = find({child.schema, source.target.name});
        if (target != nullptr && !resolveTarget(key, source, *target))
            target = nullptr;
        keepSpelling(key, source, target);
        keys.push_back(std::move(key));
    }
    return keys;
}

bool joinsTwo(const Entity &entity)
{
    if (entity.kind != TableKind::Table || entity.foreignKeys.size() != 2)
        return false;
    std::set<AttributeId> joined;
    for (const ForeignKey &key : entity.foreignKeys)
        joined.insert(key.attributes.begin(), key.attributes.end());
    const auto &primary = entity.primaryKey.attributes;
    return joined.size() == entity.attributes.size() && std::set(primary.begin(), primary.end()) == joined;
}

EntityFinder finderOf(const std::vector<const Entity *> &entities)
{
    std::map<QualifiedName, const Entity *> exact;
    std::map<QualifiedName, const Entity *> folded;
    for (const Entity *entity : entities) {
        exact.emplace(QualifiedName{entity->schema, entity->name}, entity);
        folded.emplace(QualifiedName{lowerName(entity->schema), lowerName(entity->name)}, entity);
    }
    return [exact = std::move(exact), folded = std::move(folded)](const QualifiedName &name) -> const Entity * {
        if (const auto found = exact.find(name); found != exact.end())
            return found->second;
        const auto found = folded.find({lowerName(name.schema), lowerName(name.name)});
        return found == folded.end() ? nullptr : found->second;
    };
}

Model fromMetaData(const MetaData &metadata, std::string name, std::string dialect)
{
    Model model;
    IdSource ids(model);
    std::vector<std::shared_ptr<Entity>> entities;
    std::vector<const Entity *> pointers;
    for (const auto &table : metadata.tables()) {
        entities.push_back(std::make_shared<Entity>(entityOf(*table, ids)));
        pointers.push_back(entities.back().get());
    }
    const EntityFinder find = finderOf(pointers);
    for (std::size_t i = 0; i < entities.size(); ++i)
        entities[i]->foreignKeys = foreignKeysOf(*metadata.tables()[i], *entities[i], find, ids);

    Edit edit;
    ModelInfo info;
    info.name = std::move(name);
    info.dialects.push_back(std::move(dialect));
    edit.changes.push_back(InfoChange{std::move(info)});
    DiagramInfo diagram;
    diagram.id = ids.next<DiagramId>();
    diagram.name = "main";
    edit.changes.push_back(DiagramChange{diagram.id, diagram});
    for (const auto &entity : entities) {
        entity->junction = joinsTwo(*entity);
        const NodeId node = ids.next<NodeId>();
        edit.changes.push_back(NodeChange{diagram.id, node, Node{node, entity->id, 0, 0, false}});
        edit.changes.push_back(EntityChange{entity->id, entity});
    }
    for (const Trigger &source : metadata.triggers) {
        TriggerElement trigger;
        trigger.id = ids.next<TriggerId>();
        trigger.name = source.name.name;
        trigger.definition = source.definition;
        const Entity *entity = find(source.table);
        if (entity != nullptr)
            trigger.entity = entity->id;
        if (entity == nullptr || entity->name != source.table.name || entity->schema != source.table.schema)
            trigger.table = source.table;
        edit.changes.push_back(TriggerChange{trigger.id, std::move(trigger)});
    }
    model.swap(edit);
    return model;
}

} // namespace orm::model
