#pragma once

#include "ormcore/model/elements.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace orm::model {

using EntityPointer = std::shared_ptr<const Entity>;

/// One element before or after: an empty pointer or optional means "is not there".
struct EntityChange {
    EntityId id;
    EntityPointer other;
};
struct TriggerChange {
    TriggerId id;
    std::optional<TriggerElement> other;
};
struct DiagramChange {
    DiagramId id;
    std::optional<DiagramInfo> other; ///< its nodes are changes of their own
};
struct NodeChange {
    DiagramId diagram;
    NodeId id;
    std::optional<Node> other;
};
struct InfoChange {
    ModelInfo other;
};
using Change = std::variant<EntityChange, TriggerChange, DiagramChange, NodeChange, InfoChange>;

/// An edit of a model: what the changed elements are to be. Swapping it in twice restores the model exactly.
struct Edit {
    std::vector<Change> changes;
    [[nodiscard]] bool empty() const noexcept { return changes.empty(); }
};

/// The design: schema, classes and diagrams under permanent ids. A value; copies share unchanged entities.
///
/// All changes go through swap(). Building edits (edits.h) may throw; swapping one in cannot.
/// Thread: as a value.
class Model {
public:
    [[nodiscard]] const ModelInfo &info() const noexcept { return m_info; }
    [[nodiscard]] const std::map<EntityId, EntityPointer> &entities() const noexcept { return m_entities; }
    [[nodiscard]] std::vector<EntityPointer> sortedEntities() const; ///< by schema and name
    [[nodiscard]] EntityPointer entity(EntityId id) const noexcept;  ///< null: none
    [[nodiscard]] EntityPointer entity(std::string_view name, std::string_view schema = {}) const noexcept;
    [[nodiscard]] const std::map<TriggerId, TriggerElement> &triggers() const noexcept { return m_triggers; }
    [[nodiscard]] const std::map<DiagramId, DiagramInfo> &diagrams() const noexcept { return m_diagrams; }
    [[nodiscard]] std::optional<DiagramId> diagram(std::string_view name) const noexcept;
    [[nodiscard]] const std::map<NodeId, Node> &nodes(DiagramId diagram) const noexcept;
    /// Foreign keys that refer to the entity: (child entity, key).
    [[nodiscard]] std::vector<std::pair<EntityPointer, const ForeignKey *>> referencesTo(EntityId id) const;

    /// Exchanges the edit's elements with the model's: the edit becomes its own inverse. Never throws.
    void swap(Edit &edit) noexcept;

    /// A fresh id that no element of this model has had: random, so that two branches do not meet.
    template <class IdType> [[nodiscard]] IdType newId() const { return IdType{freshId()}; }
    bool operator==(const Model &other) const;

private:
    [[nodiscard]] std::uint64_t freshId() const;
    ModelInfo m_info;
    std::map<EntityId, EntityPointer> m_entities;
    std::map<TriggerId, TriggerElement> m_triggers;
    std::map<DiagramId, DiagramInfo> m_diagrams;
    std::map<DiagramId, std::map<NodeId, Node>> m_nodes;
};

/// Ids as written in files: base 36, lower case ("e7k2").
[[nodiscard]] std::string idText(std::uint64_t value);
[[nodiscard]] std::optional<std::uint64_t> parseId(std::string_view text);

/// A model of what a database has: one diagram "main" with a node for every entity, none placed.
[[nodiscard]] Model fromMetaData(const MetaData &metadata, std::string name, std::string dialect);
/// The tables, views and triggers of a model; throws Argument for what cannot be one (duplicate names).
[[nodiscard]] MetaData toMetaData(const Model &model);
/// The edit that brings a model to what a database now has: matched by name, ids and diagrams kept, new entities get
/// unplaced nodes on every diagram that shows all others.
[[nodiscard]] Edit mergeMetaData(const Model &model, const MetaData &metadata);

} // namespace orm::model
