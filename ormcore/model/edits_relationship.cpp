#include "ormcore/model/edits.h"

#include "ormcore/base/error.h"
#include "ormcore/model/draft.h"
#include "ormcore/model/names.h"

#include <algorithm>
#include <set>

namespace orm::model {

namespace {

/// What a key column in the child is called that refers to a key attribute of the parent: customer_id, ArtistId.
std::string keyColumnName(const Entity &parent, const Attribute &key, NameStyle style, std::string_view role)
{
    const bool generic = sameName(key.name, "id");
    if (!role.empty())
        return joinNames(role, generic && style == NameStyle::Snake ? "id" : key.name, style);
    const std::string one = singular(parent.name);
    const std::string folded = lowerName(key.name);
    if (!generic && (folded.ends_with("id") || folded.find(lowerName(one)) != std::string::npos))
        return key.name; // ArtistId, order_id: it says already whose it is
    return joinNames(one, generic ? (style == NameStyle::Snake ? "id" : "Id") : key.name, style);
}

const Entity &keyedEntity(const Draft &draft, EntityId id)
{
    const Entity &entity = draft.entity(id);
    if (entity.primaryKey.attributes.empty())
        throw Argument("\"" + entity.name + "\" has no primary key to refer to. Give it one first.");
    return entity;
}

/// Adds the child's key columns and the foreign key over them. child and parent may be the same entity.
ForeignKey addKeyColumns(Draft &draft, const Entity &parent, Entity &child, bool nullable, std::string_view role)
{
    const NameStyle style = nameStyle(draft.model());
    ForeignKey key;
    key.id = draft.newId<ConstraintId>();
    key.target = parent.id;
    key.targetAttributes = parent.primaryKey.attributes;
    for (const AttributeId id : parent.primaryKey.attributes) {
        const Attribute &target = attributeOf(parent, id);
        Attribute column;
        column.id = draft.newId<AttributeId>();
        column.name = freeName(keyColumnName(parent, target, style, role), style,
                               [&](const std::string &name) { return child.find(std::string_view(name)) != nullptr; });
        column.type = target.type;
        column.nullable = nullable;
        key.attributes.push_back(column.id);
        child.attributes.push_back(std::move(column));
    }
    return key;
}

/// "Employee.ReportsTo" needs a role of its own: the parent of the row.
std::string selfRole(const Draft &draft) { return nameStyle(draft.model()) == NameStyle::Camel ? "Parent" : "parent"; }

bool hasSameKey(const Entity &child, const ForeignKey &key)
{
    return std::any_of(child.foreignKeys.begin(), child.foreignKeys.end(), [&](const ForeignKey &other) {
        return other.id != key.id && other.target == key.target && other.attributes == key.attributes &&
               other.targetAttributes == key.targetAttributes;
    });
}

std::optional<Node> nodeOfEntity(const Model &model, DiagramId diagram, EntityId entity)
{
    for (const auto &[id, node] : model.nodes(diagram))
        if (node.entity == entity)
            return node;
    return std::nullopt;
}

/// Between the two; beside the one where both are the same.
Node junctionNode(Draft &draft, DiagramId diagram, EntityId left, EntityId right, EntityId junction)
{
    constexpr int kBeside = 280;
    const std::optional<Node> a = nodeOfEntity(draft.model(), diagram, left);
    const std::optional<Node> b = nodeOfEntity(draft.model(), diagram, right);
    Node node{draft.newId<NodeId>(), junction, 0, 0, false};
    if (a && b && left != right) {
        node.x = a->x + (b->x - a->x) / 2;
        node.y = a->y + (b->y - a->y) / 2;
        node.placed = a->placed && b->placed;
    } else if (a || b) {
        node.x = (a ? a : b)->x + kBeside;
        node.y = (a ? a : b)->y;
        node.placed = (a ? a : b)->placed;
    }
    return node;
}

} // namespace

Edit addOneToMany(const Model &model, EntityId parentId, EntityId childId, const RelationshipOptions &options)
{
    Draft draft(model);
    const Entity parent = keyedEntity(draft, parentId);
    if (options.identifying && parentId == childId)
        throw Argument("\"" + parent.name + "\" cannot be identified by itself.");
    if (options.identifying)
        pinReferences(draft, childId);
    Entity &child = draft.edit(childId);
    if (child.kind != TableKind::Table)
        throw Argument("\"" + child.name + "\" is a view: it cannot have a foreign key.");
    const bool self = parentId == childId;
    ForeignKey key = addKeyColumns(draft, parent, child, !options.mandatory && !options.identifying,
                                   self ? selfRole(draft) : std::string());
    key.name = options.name;
    key.onDelete = options.onDelete;
    if (options.identifying) {
        auto &primary = child.primaryKey.attributes;
        primary.insert(primary.begin(), key.attributes.begin(), key.attributes.end());
        settleIdentity(child);
    }
    if (options.oneToOne && !child.isUnique(key.attributes))
        child.uniques.push_back({draft.newId<ConstraintId>(), {}, key.attributes, {}});
    child.junction = false;
    child.foreignKeys.push_back(std::move(key));
    return draft.take();
}

Edit addForeignKey(const Model &model, EntityId childId, std::vector<AttributeId> attributes, EntityId parentId,
                   std::vector<AttributeId> targetAttributes)
{
    Draft draft(model);
    const Entity &parent = draft.entity(parentId);
    ForeignKey key;
    key.id = draft.newId<ConstraintId>();
    key.attributes = std::move(attributes);
    key.target = parentId;
    key.targetAttributes =
        targetAttributes.empty() ? keyedEntity(draft, parentId).primaryKey.attributes : std::move(targetAttributes);
    if (key.attributes.empty())
        throw Argument("A foreign key needs an attribute.");
    if (parentId == childId && key.attributes == key.targetAttributes)
        throw Argument("An attribute of \"" + parent.name + "\" cannot refer to itself.");
    Entity &child = draft.edit(childId);
    if (child.kind != TableKind::Table)
        throw Argument("\"" + child.name + "\" is a view: it cannot have a foreign key.");
    if (hasSameKey(child, key))
        throw Argument("\"" + child.name + "\" already has this foreign key to \"" + parent.name + "\".");
    child.foreignKeys.push_back(std::move(key));
    requireConsistent(draft, child);
    return draft.take();
}

Edit addManyToMany(const Model &model, DiagramId diagram, EntityId leftId, EntityId rightId, std::string name)
{
    Draft draft(model);
    if (model.diagrams().count(diagram) == 0)
        throw Argument("There is no diagram " + idText(diagram.value) + " in the model.");
    const NameStyle style = nameStyle(model);
    const Entity left = keyedEntity(draft, leftId);
    const Entity right = keyedEntity(draft, rightId);
    Entity junction;
    junction.junction = true;
    junction.schema = left.schema;
    const std::string made = joinNames(singular(left.name), singular(right.name), style);
    junction.name = !name.empty() ? std::move(name) : freeName(made, style, [&](const std::string &candidate) {
        return model.entity(candidate, left.schema) != nullptr;
    });
    requireEntityName(draft, junction);
    const std::string role = style == NameStyle::Camel ? "Related" : "related";
    for (const Entity *side : {&left, &right}) {
        const bool again = side == &right && leftId == rightId;
        ForeignKey key = addKeyColumns(draft, *side, junction, false,
                                       again ? joinNames(role, singular(side->name), style) : std::string());
        key.onDelete = ReferentialAction::Cascade;
        auto &primary = junction.primaryKey.attributes;
        primary.insert(primary.end(), key.attributes.begin(), key.attributes.end());
        junction.foreignKeys.push_back(std::move(key));
    }
    const EntityId id = draft.add(std::move(junction)).id;
    draft.put(diagram, junctionNode(draft, diagram, leftId, rightId, id));
    return draft.take();
}

Edit setForeignKey(const Model &model, EntityId entityId, const ForeignKey &key)
{
    Draft draft(model);
    Entity &entity = draft.edit(entityId);
    const auto found = std::find_if(entity.foreignKeys.begin(), entity.foreignKeys.end(),
                                    [&](const ForeignKey &candidate) { return candidate.id == key.id; });
    if (found == entity.foreignKeys.end())
        throw Argument("\"" + entity.name + "\" has no foreign key " + idText(key.id.value) + ".");
    *found = key;
    requireConsistent(draft, entity);
    return draft.take();
}

Edit removeForeignKey(const Model &model, EntityId entityId, ConstraintId id, KeyColumns columns)
{
    Draft draft(model);
    const ForeignKey *found = draft.entity(entityId).foreignKey(id);
    if (found == nullptr)
        throw Argument("The entity has no foreign key " + idText(id.value) + ".");
    std::set<AttributeId> alone(found->attributes.begin(), found->attributes.end());
    dropForeignKey(draft, entityId, id);
    if (columns == KeyColumns::Keep)
        return draft.take();
    for (const ForeignKey &other : draft.entity(entityId).foreignKeys)
        for (const AttributeId attribute : other.attributes)
            alone.erase(attribute); // it also serves another relationship
    for (const AttributeId attribute : alone)
        dropAttribute(draft, entityId, attribute);
    return draft.take();
}

} // namespace orm::model
