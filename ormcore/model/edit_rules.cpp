#include "ormcore/model/draft.h"

#include "ormcore/base/error.h"
#include "ormcore/model/names.h"
#include "ormcore/model/sql_words.h"

#include <algorithm>

namespace orm::model {

namespace {

template <class T> bool contains(const std::vector<T> &list, const T &value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool needs(const Index &index, const Attribute &attribute)
{
    return mentions(index.where.sql, attribute.name) ||
           std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart &part) {
               return part.attribute == attribute.id || mentions(part.expression.sql, attribute.name);
           });
}

/// What the foreign key's attributes refer to in its target.
const std::vector<AttributeId> &targetsOf(const ForeignKey &key, const Entity &target)
{
    return key.targetAttributes.empty() ? target.primaryKey.attributes : key.targetAttributes;
}

void requireKnown(const Entity &entity, const std::vector<AttributeId> &attributes, const std::string &what)
{
    for (const AttributeId id : attributes)
        if (entity.find(id) == nullptr)
            throw Argument(what + " of \"" + entity.name + "\" names an attribute that is not there.");
}

void requireTarget(const Draft &draft, const Entity &entity, const ForeignKey &key)
{
    if (!key.target)
        return; // dangling: only its spelling is known
    const Entity &target = key.target == entity.id ? entity : draft.entity(key.target);
    requireKnown(target, key.targetAttributes, "A foreign key of \"" + entity.name + "\" to an attribute");
    if (!key.targetAttributes.empty() && key.targetAttributes.size() != key.attributes.size())
        throw Argument("A foreign key of \"" + entity.name + "\" has " + std::to_string(key.attributes.size()) +
                       " attributes but refers to " + std::to_string(key.targetAttributes.size()) + ".");
}

} // namespace

void pinReferences(Draft &draft, EntityId target)
{
    const std::vector<AttributeId> primary = draft.entity(target).primaryKey.attributes;
    for (const auto &[child, id] : draft.referencesTo(target)) {
        const ForeignKey *key = draft.entity(child).foreignKey(id);
        if (!key->targetAttributes.empty() || key->attributes.size() != primary.size())
            continue;
        for (ForeignKey &pinned : draft.edit(child).foreignKeys)
            if (pinned.id == id)
                pinned.targetAttributes = primary;
    }
}

void settleIdentity(Entity &entity)
{
    for (Attribute &attribute : entity.attributes)
        if (attribute.identity != IdentityKind::None &&
            entity.primaryKey.attributes != std::vector<AttributeId>{attribute.id} && entity.isPrimaryKey(attribute.id))
            attribute.identity = IdentityKind::None;
        else if ((attribute.identity == IdentityKind::RowId || attribute.identity == IdentityKind::AutoIncrement) &&
                 !entity.isPrimaryKey(attribute.id))
            attribute.identity = IdentityKind::None;
}

void dropForeignKey(Draft &draft, EntityId child, ConstraintId id)
{
    Entity &entity = draft.edit(child);
    std::erase_if(entity.foreignKeys, [&](const ForeignKey &key) { return key.id == id; });
    if (entity.foreignKeys.size() < 2)
        entity.junction = false;
}

void dropAttribute(Draft &draft, EntityId entityId, AttributeId id)
{
    const Attribute attribute = attributeOf(draft.entity(entityId), id);
    for (const auto &[child, keyId] : draft.referencesTo(entityId)) {
        const ForeignKey *key = draft.entity(child).foreignKey(keyId);
        if (contains(targetsOf(*key, draft.entity(entityId)), id))
            dropForeignKey(draft, child, keyId);
    }
    pinReferences(draft, entityId);
    std::vector<ConstraintId> keys;
    for (const ForeignKey &key : draft.entity(entityId).foreignKeys)
        if (contains(key.attributes, id))
            keys.push_back(key.id);
    for (const ConstraintId key : keys)
        dropForeignKey(draft, entityId, key);

    Entity &entity = draft.edit(entityId);
    std::erase(entity.primaryKey.attributes, id);
    if (entity.primaryKey.attributes.empty())
        entity.primaryKey = {};
    std::erase_if(entity.uniques, [&](const Key &key) { return contains(key.attributes, id); });
    std::erase_if(entity.indexes, [&](const Index &index) { return needs(index, attribute); });
    std::erase_if(entity.checks, [&](const Check &check) { return mentions(check.expression.sql, attribute.name); });
    std::erase_if(entity.attributes, [&](const Attribute &candidate) { return candidate.id == id; });
    settleIdentity(entity);
}

void requireEntityName(const Draft &draft, const Entity &entity)
{
    if (entity.name.empty())
        throw Argument("An entity needs a name.");
    for (const EntityId id : draft.entities()) {
        const Entity &other = draft.entity(id);
        if (id != entity.id && sameName(other.name, entity.name) && sameName(other.schema, entity.schema))
            throw Argument("There is already an entity named \"" + other.name + "\".");
    }
}

void requireAttributeNames(const Entity &entity)
{
    std::set<std::string> names;
    for (const Attribute &attribute : entity.attributes) {
        if (attribute.name.empty())
            throw Argument("An attribute of \"" + entity.name + "\" needs a name.");
        if (!names.insert(lowerName(attribute.name)).second)
            throw Argument("\"" + entity.name + "\" already has an attribute named \"" + attribute.name + "\".");
    }
}

void requireConsistent(const Draft &draft, const Entity &entity)
{
    std::set<std::uint64_t> ids;
    visitIds(entity, [&](std::uint64_t id) {
        if (id == 0 || !ids.insert(id).second)
            throw Argument("Two parts of \"" + entity.name + "\" have the same id, or one has none.");
    });
    requireKnown(entity, entity.primaryKey.attributes, "The primary key");
    for (const Key &key : entity.uniques)
        requireKnown(entity, key.attributes, "A unique key");
    for (const Index &index : entity.indexes)
        for (const IndexPart &part : index.parts)
            if (part.attribute)
                requireKnown(entity, {part.attribute}, "An index");
    for (const ForeignKey &key : entity.foreignKeys) {
        requireKnown(entity, key.attributes, "A foreign key");
        requireTarget(draft, entity, key);
    }
}

} // namespace orm::model
