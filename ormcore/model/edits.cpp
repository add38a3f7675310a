#include "ormcore/model/edits.h"

#include "ormcore/base/error.h"
#include "ormcore/model/draft.h"
#include "ormcore/model/names.h"
#include "ormcore/model/renames.h"

#include <algorithm>
#include <set>

namespace orm::model {

namespace {

std::set<AttributeId> idsOf(const Entity &entity)
{
    std::set<AttributeId> ids;
    for (const Attribute &attribute : entity.attributes)
        ids.insert(attribute.id);
    return ids;
}

/// Parts that a caller has just made get their ids.
void giveIds(Draft &draft, Entity &entity)
{
    const auto give = [&](auto &parts) {
        for (auto &part : parts)
            if (!part.id)
                part.id = draft.newId<decltype(part.id)>();
    };
    give(entity.attributes);
    give(entity.uniques);
    give(entity.checks);
    give(entity.foreignKeys);
    give(entity.indexes);
}

bool sameAttributeNames(const Entity &a, const Entity &b)
{
    return std::equal(a.attributes.begin(), a.attributes.end(), b.attributes.begin(), b.attributes.end(),
                      [](const Attribute &x, const Attribute &y) { return x.name == y.name; });
}

/// What other entities lose or keep when this one is replaced.
void settleReferences(Draft &draft, const Entity &before, const Entity &after)
{
    if (before.primaryKey.attributes != after.primaryKey.attributes)
        pinReferences(draft, before.id);
    const std::set<AttributeId> left = idsOf(after);
    for (const Attribute &attribute : before.attributes)
        if (left.count(attribute.id) == 0)
            for (const auto &[child, key] : draft.referencesTo(before.id))
                if (const auto &targets = draft.entity(child).foreignKey(key)->targetAttributes;
                    child != before.id && std::find(targets.begin(), targets.end(), attribute.id) != targets.end())
                    dropForeignKey(draft, child, key);
}

Attribute generatedKey(Draft &draft)
{
    Attribute key;
    key.id = draft.newId<AttributeId>();
    key.name = nameStyle(draft.model()) == NameStyle::Camel ? "Id" : "id";
    key.type = BigInteger();
    key.nullable = false;
    key.identity = IdentityKind::ByDefault;
    return key;
}

void requireFresh(const Draft &draft, AttributeId id)
{
    for (const EntityId entity : draft.entities())
        if (draft.entity(entity).find(id) != nullptr)
            throw Argument("The id " + idText(id.value) + " is in use already.");
}

} // namespace

Edit setInfo(const Model &model, ModelInfo info)
{
    if (info.name.empty())
        throw Argument("A model needs a name.");
    Draft draft(model);
    if (info != model.info())
        draft.put(std::move(info));
    return draft.take();
}

Edit addEntity(const Model &model, DiagramId diagram, int x, int y, std::string name)
{
    Draft draft(model);
    if (model.diagrams().count(diagram) == 0)
        throw Argument("There is no diagram " + idText(diagram.value) + " in the model.");
    Entity entity;
    const NameStyle style = nameStyle(model);
    entity.name = !name.empty() ? std::move(name)
                                : freeName(style == NameStyle::Camel ? "Entity" : "entity", style,
                                           [&](const std::string &n) { return model.entity(n) != nullptr; });
    requireEntityName(draft, entity);
    entity.attributes.push_back(generatedKey(draft));
    entity.primaryKey.attributes = {entity.attributes.front().id};
    const EntityId id = draft.add(std::move(entity)).id;
    draft.put(diagram, {draft.newId<NodeId>(), id, x, y, true});
    return draft.take();
}

Edit setEntity(const Model &model, Entity entity)
{
    Draft draft(model);
    const Entity before = draft.entity(entity.id);
    giveIds(draft, entity);
    if (entity.name != before.name || entity.schema != before.schema)
        requireEntityName(draft, entity);
    if (!sameAttributeNames(entity, before))
        requireAttributeNames(entity);
    settleReferences(draft, before, entity);
    requireConsistent(draft, entity);
    if (entity.primaryKey.attributes != before.primaryKey.attributes)
        settleIdentity(entity);
    const EntityId id = entity.id;
    draft.edit(id) = std::move(entity);
    followRenames(draft, before, id);
    return draft.take();
}

Edit renameEntity(const Model &model, EntityId id, std::string name)
{
    Entity entity = Draft(model).entity(id);
    entity.name = std::move(name);
    return setEntity(model, std::move(entity));
}

Edit removeEntities(const Model &model, std::span<const EntityId> ids)
{
    Draft draft(model);
    const std::set<EntityId> gone(ids.begin(), ids.end());
    for (const EntityId id : gone)
        for (const auto &[child, key] : draft.referencesTo(draft.entity(id).id))
            if (gone.count(child) == 0)
                dropForeignKey(draft, child, key);
    for (const auto &[id, trigger] : model.triggers())
        if (gone.count(trigger.entity) != 0)
            draft.remove(id);
    for (const auto &[diagram, info] : model.diagrams())
        for (const auto &[id, node] : model.nodes(diagram))
            if (gone.count(node.entity) != 0)
                draft.remove(diagram, id);
    for (const EntityId id : gone)
        draft.remove(id);
    return draft.take();
}

Edit addAttribute(const Model &model, EntityId entityId, Attribute attribute, std::optional<std::size_t> position)
{
    Draft draft(model);
    if (attribute.id)
        requireFresh(draft, attribute.id);
    else
        attribute.id = draft.newId<AttributeId>();
    Entity &entity = draft.edit(entityId);
    const std::size_t at = std::min(position.value_or(entity.attributes.size()), entity.attributes.size());
    entity.attributes.insert(entity.attributes.begin() + static_cast<std::ptrdiff_t>(at), std::move(attribute));
    requireAttributeNames(entity);
    return draft.take();
}

Edit setAttribute(const Model &model, EntityId entityId, const Attribute &attribute)
{
    Entity entity = Draft(model).entity(entityId);
    attributeOf(entity, attribute.id) = attribute;
    return setEntity(model, std::move(entity));
}

Edit renameAttribute(const Model &model, EntityId entityId, AttributeId id, std::string name)
{
    Entity entity = Draft(model).entity(entityId);
    attributeOf(entity, id).name = std::move(name);
    return setEntity(model, std::move(entity));
}

Edit removeAttribute(const Model &model, EntityId entity, AttributeId id)
{
    Draft draft(model);
    dropAttribute(draft, entity, id);
    return draft.take();
}

Edit moveAttribute(const Model &model, EntityId entityId, AttributeId id, std::size_t position)
{
    Draft draft(model);
    Entity &entity = draft.edit(entityId);
    Attribute attribute = attributeOf(entity, id);
    std::erase_if(entity.attributes, [&](const Attribute &candidate) { return candidate.id == id; });
    const std::size_t at = std::min(position, entity.attributes.size());
    entity.attributes.insert(entity.attributes.begin() + static_cast<std::ptrdiff_t>(at), std::move(attribute));
    return draft.take();
}

Edit setPrimaryKey(const Model &model, EntityId entityId, std::vector<AttributeId> attributes)
{
    Draft draft(model);
    if (std::set<AttributeId>(attributes.begin(), attributes.end()).size() != attributes.size())
        throw Argument("An attribute can be in the primary key only once.");
    for (const AttributeId id : attributes)
        (void)attributeOf(draft.entity(entityId), id);
    pinReferences(draft, entityId);
    Entity &entity = draft.edit(entityId);
    if (attributes.empty())
        entity.primaryKey = {};
    entity.primaryKey.attributes = std::move(attributes);
    for (const AttributeId id : entity.primaryKey.attributes)
        attributeOf(entity, id).nullable = false;
    settleIdentity(entity);
    return draft.take();
}

} // namespace orm::model
