#pragma once

#include "ormcore/model/model.h"

#include <span>

namespace orm::model {

// Each function computes an edit and changes nothing. Errors: Argument (an unknown id, an empty or duplicate name).

[[nodiscard]] Edit addDiagram(const Model &model, std::string name);
[[nodiscard]] Edit setInfo(const Model &model, ModelInfo info);
/// A new entity with a generated primary key "id", shown on the diagram at x, y. name empty: "entity", "entity_2", …
[[nodiscard]] Edit addEntity(const Model &model, DiagramId diagram, int x, int y, std::string name = {});
/// Replaces an entity by a changed copy of it (same id): the general edit behind inspectors.
[[nodiscard]] Edit setEntity(const Model &model, Entity entity);
[[nodiscard]] Edit renameEntity(const Model &model, EntityId id, std::string name);
/// With its nodes, triggers and the foreign keys that refer to it (their columns stay).
[[nodiscard]] Edit removeEntities(const Model &model, std::span<const EntityId> ids);
[[nodiscard]] Edit addAttribute(const Model &model, EntityId entity, Attribute attribute,
                                std::optional<std::size_t> position = {});
[[nodiscard]] Edit setAttribute(const Model &model, EntityId entity, const Attribute &attribute);
[[nodiscard]] Edit renameAttribute(const Model &model, EntityId entity, AttributeId id, std::string name);
/// With what needs it: keys lose it, foreign keys and indexes over it go, also those of other entities.
[[nodiscard]] Edit removeAttribute(const Model &model, EntityId entity, AttributeId id);
[[nodiscard]] Edit moveAttribute(const Model &model, EntityId entity, AttributeId id, std::size_t position);
[[nodiscard]] Edit setPrimaryKey(const Model &model, EntityId entity, std::vector<AttributeId> attributes);

struct RelationshipOptions {
    bool mandatory = true;    ///< the child's key column is NOT NULL
    bool identifying = false; ///< the child's key column is part of its primary key
    bool oneToOne = false;
    ReferentialAction onDelete = ReferentialAction::NoAction;
    std::string name = {};
};
/// 1:N (or 1:1): makes the key columns in the child (parent_id, as many as the parent's key has) and the foreign key.
[[nodiscard]] Edit addOneToMany(const Model &model, EntityId parent, EntityId child,
                                const RelationshipOptions &options = {});
/// A foreign key over an existing attribute: the designer dragged from it to its target.
[[nodiscard]] Edit addForeignKey(const Model &model, EntityId child, std::vector<AttributeId> attributes,
                                 EntityId parent, std::vector<AttributeId> targetAttributes);
/// N:N: makes the junction entity with its composite key and two foreign keys, shown on the diagram between the two.
[[nodiscard]] Edit addManyToMany(const Model &model, DiagramId diagram, EntityId left, EntityId right,
                                 std::string name = {});
[[nodiscard]] Edit setForeignKey(const Model &model, EntityId entity, const ForeignKey &key);
enum class KeyColumns { Keep, Remove };
[[nodiscard]] Edit removeForeignKey(const Model &model, EntityId entity, ConstraintId id, KeyColumns columns);

struct NodePosition {
    NodeId node;
    int x = 0;
    int y = 0;
};
[[nodiscard]] Edit moveNodes(const Model &model, DiagramId diagram, std::span<const NodePosition> positions);
[[nodiscard]] Edit addNode(const Model &model, DiagramId diagram, EntityId entity, int x, int y);
[[nodiscard]] Edit removeNodes(const Model &model, DiagramId diagram, std::span<const NodeId> nodes);

} // namespace orm::model
