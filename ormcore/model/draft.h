#pragma once

#include "ormcore/model/ids.h"
#include "ormcore/model/model.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace orm::model {

/// The state that an edit will bring about, while it is being computed. The model stays as it is.
///
/// Errors: Argument for an id that the model does not have. Lifetime: shorter than the model's.
class Draft {
public:
    explicit Draft(const Model &model) : m_model(model) {}
    [[nodiscard]] const Model &model() const noexcept { return m_model; }

    [[nodiscard]] const Entity &entity(EntityId id) const; ///< as the draft has it
    [[nodiscard]] std::vector<EntityId> entities() const;  ///< all that the draft has
    /// Foreign keys that refer to the entity: (child, key), as the draft has them.
    [[nodiscard]] std::vector<std::pair<EntityId, ConstraintId>> referencesTo(EntityId id) const;

    Entity &edit(EntityId id);
    Entity &add(Entity entity);                                                           ///< under a fresh id
    void put(Entity entity) { m_changed.insert_or_assign(entity.id, std::move(entity)); } ///< under its own id
    void remove(EntityId id);
    void put(TriggerElement trigger);
    void remove(TriggerId id) { m_edit.changes.push_back(TriggerChange{id, std::nullopt}); }
    void put(DiagramInfo diagram);
    void put(DiagramId diagram, const Node &node) { m_edit.changes.push_back(NodeChange{diagram, node.id, node}); }
    void remove(DiagramId diagram, NodeId node) { m_edit.changes.push_back(NodeChange{diagram, node, std::nullopt}); }
    void put(ModelInfo info) { m_edit.changes.push_back(InfoChange{std::move(info)}); }

    [[nodiscard]] IdSource &ids()
    {
        if (!m_ids)
            m_ids.emplace(m_model);
        return *m_ids;
    }
    template <class IdType> [[nodiscard]] IdType newId() { return ids().next<IdType>(); }
    /// What changed; entities that are as they were are left out.
    [[nodiscard]] Edit take();

private:
    const Model &m_model;
    std::optional<IdSource> m_ids;
    std::map<EntityId, Entity> m_changed;
    std::set<EntityId> m_removed;
    Edit m_edit;
};

/// Removes an attribute with what needs it, in its entity and in others.
void dropAttribute(Draft &draft, EntityId entity, AttributeId attribute);
/// Removes a foreign key; an entity that no longer joins two others is no junction any more.
void dropForeignKey(Draft &draft, EntityId child, ConstraintId key);
/// Foreign keys that refer to "the primary key" of an entity keep the attributes that they mean now. Before a change.
void pinReferences(Draft &draft, EntityId target);
/// Only a key of one attribute can be the row's number or counted by the database.
void settleIdentity(Entity &entity);

/// Throw Argument where an entity cannot be so.
void requireEntityName(const Draft &draft, const Entity &entity);
void requireAttributeNames(const Entity &entity);
void requireConsistent(const Draft &draft, const Entity &entity);
/// Attribute by id; throws Argument.
[[nodiscard]] const Attribute &attributeOf(const Entity &entity, AttributeId id);
[[nodiscard]] Attribute &attributeOf(Entity &entity, AttributeId id);

} // namespace orm::model
