#include "ormcore/base/error.h"
#include "ormcore/model/model.h"
#include "ormcore/model/names.h"
#include "ormcore/model/sql_words.h"

#include <algorithm>
#include <set>

namespace orm::model {

namespace {

std::vector<std::string> namesOf(const Entity &entity, const std::vector<AttributeId> &attributes)
{
    std::vector<std::string> names;
    for (const AttributeId id : attributes)
        if (const Attribute *attribute = entity.find(id))
            names.push_back(attribute->name);
    return names;
}

/// The spelling that was kept, as long as it still names what is referred to.
QualifiedName spelled(const QualifiedName &kept, const Entity &child, const Entity &target)
{
    const bool sameSchema =
        sameName(kept.schema, target.schema) || (kept.schema.empty() && sameName(child.schema, target.schema));
    if (sameName(kept.name, target.name) && sameSchema)
        return kept;
    return {target.schema, target.name};
}

std::vector<std::string> spelled(const std::vector<std::string> &kept, std::vector<std::string> names)
{
    const bool same = std::equal(kept.begin(), kept.end(), names.begin(), names.end(),
                                 [](const std::string &a, const std::string &b) { return sameName(a, b); });
    return same ? kept : names;
}

orm::ForeignKey foreignKeyOf(const Model &model, const Entity &child, const ForeignKey &source)
{
    orm::ForeignKey key;
    key.name = source.name;
    key.columns = namesOf(child, source.attributes);
    key.onDelete = source.onDelete;
    key.onUpdate = source.onUpdate;
    key.deferrable = source.deferrable;
    if (const EntityPointer target = model.entity(source.target)) {
        key.target = spelled(source.targetName, child, *target);
        key.targetColumns = spelled(source.targetColumnNames, namesOf(*target, source.targetAttributes));
    } else {
        key.target = source.targetName;
        key.targetColumns = source.targetColumnNames;
    }
    return key;
}

orm::Index indexOf(const Entity &entity, const Index &source)
{
    orm::Index index;
    index.name = source.name;
    index.unique = source.unique;
    index.where = source.where;
    index.method = source.method;
    index.definition = source.definition;
    for (const IndexPart &part : source.parts) {
        orm::IndexPart copy;
        if (const Attribute *attribute = entity.find(part.attribute))
            copy.column = attribute->name;
        copy.expression = part.expression;
        copy.descending = part.descending;
        copy.collation = part.collation;
        index.parts.push_back(std::move(copy));
    }
    return index;
}

void addColumns(Table &table, const Entity &entity)
{
    for (const Attribute &attribute : entity.attributes) {
        Column &column = table.addColumn(attribute.name, attribute.type);
        column.nullable = attribute.nullable;
        column.primaryKey = entity.isPrimaryKey(attribute.id);
        column.identity = attribute.identity;
        column.serverDefault = attribute.serverDefault;
        column.generated = attribute.generated;
        column.generatedStored = attribute.generatedStored;
        column.comment = attribute.comment;
    }
}

void addTable(MetaData &metadata, const Model &model, const Entity &entity)
{
    Table &table = metadata.addTable({entity.schema, entity.name}, entity.kind);
    table.comment = entity.comment;
    table.withoutRowId = entity.withoutRowId;
    table.strict = entity.strict;
    table.definition = entity.definition;
    addColumns(table, entity);
    table.primaryKey = {entity.primaryKey.name, namesOf(entity, entity.primaryKey.attributes)};
    for (const Key &unique : entity.uniques)
        table.uniques.push_back({unique.name, namesOf(entity, unique.attributes)});
    for (const Check &check : entity.checks)
        table.checks.push_back({check.name, check.expression});
    for (const ForeignKey &key : entity.foreignKeys)
        table.foreignKeys.push_back(foreignKeyOf(model, entity, key));
    for (const Index &index : entity.indexes)
        table.indexes.push_back(indexOf(entity, index));
}

/// Tables by name, then views so that each stands after those that its text names.
class ViewOrder {
public:
    explicit ViewOrder(const std::vector<EntityPointer> &entities)
    {
        for (const EntityPointer &entity : entities) {
            if (entity->kind == TableKind::View)
                m_views.emplace(lowerName(entity->name), entity);
            else
                m_order.push_back(entity);
        }
        for (const EntityPointer &entity : entities)
            if (entity->kind == TableKind::View)
                visit(entity);
    }
    [[nodiscard]] const std::vector<EntityPointer> &entities() const { return m_order; }

private:
    void visit(const EntityPointer &view)
    {
        if (!m_seen.insert(view->id).second)
            return;
        for (const SqlWord &word : sqlWords(view->definition.sql)) {
            const auto [first, last] = m_views.equal_range(lowerName(word.name));
            for (auto used = first; used != last; ++used)
                visit(used->second);
        }
        m_order.push_back(view);
    }
    std::multimap<std::string, EntityPointer> m_views;
    std::set<EntityId> m_seen;
    std::vector<EntityPointer> m_order;
};

std::vector<TriggerElement> sortedTriggers(const Model &model)
{
    std::vector<TriggerElement> triggers;
    for (const auto &[id, trigger] : model.triggers())
        triggers.push_back(trigger);
    std::sort(triggers.begin(), triggers.end(), [](const TriggerElement &a, const TriggerElement &b) {
        return std::tie(a.name, a.id) < std::tie(b.name, b.id);
    });
    return triggers;
}

} // namespace

MetaData toMetaData(const Model &model)
{
    MetaData metadata;
    const ViewOrder order(model.sortedEntities());
    for (const EntityPointer &entity : order.entities())
        addTable(metadata, model, *entity);
    for (TriggerElement &source : sortedTriggers(model)) {
        Trigger trigger;
        const EntityPointer entity = model.entity(source.entity);
        trigger.table = entity ? spelled(source.table, *entity, *entity) : source.table;
        trigger.name = {trigger.table.schema, std::move(source.name)};
        trigger.definition = std::move(source.definition);
        metadata.triggers.push_back(std::move(trigger));
    }
    return metadata;
}

} // namespace orm::model
