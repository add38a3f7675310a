#include "ormcore/model/model.h"

#include "ormcore/model/names.h"

#include <algorithm>
#include <utility>

namespace orm::model {

namespace {

/// Exchanges an element of a map with its other state, absence included.
template <class Map, class Optional> void exchange(Map &map, const typename Map::key_type &key, Optional &other)
{
    Optional old;
    if (const auto found = map.find(key); found != map.end()) {
        old = std::move(found->second);
        if (!other)
            map.erase(found);
        else if constexpr (std::is_same_v<typename Map::mapped_type, Optional>)
            found->second = std::move(other);
        else
            found->second = std::move(*other);
    } else if (other) {
        if constexpr (std::is_same_v<typename Map::mapped_type, Optional>)
            map.emplace(key, std::move(other));
        else
            map.emplace(key, std::move(*other));
    }
    other = std::move(old);
}

} // namespace

std::vector<EntityPointer> Model::sortedEntities() const
{
    std::vector<EntityPointer> sorted;
    sorted.reserve(m_entities.size());
    for (const auto &[id, entity] : m_entities)
        sorted.push_back(entity);
    std::sort(sorted.begin(), sorted.end(), [](const EntityPointer &a, const EntityPointer &b) {
        return std::tie(a->schema, a->name, a->id) < std::tie(b->schema, b->name, b->id);
    });
    return sorted;
}

EntityPointer Model::entity(EntityId id) const noexcept
{
    const auto found = m_entities.find(id);
    return found == m_entities.end() ? nullptr : found->second;
}

EntityPointer Model::entity(std::string_view name, std::string_view schema) const noexcept
{
    EntityPointer similar;
    for (const auto &[id, entity] : m_entities) {
        if (entity->name == name && entity->schema == schema)
            return entity;
        if (!similar && sameName(entity->name, name) && sameName(entity->schema, schema))
            similar = entity;
    }
    return similar;
}

std::optional<DiagramId> Model::diagram(std::string_view name) const noexcept
{
    for (const auto &[id, info] : m_diagrams)
        if (info.name == name)
            return id;
    return std::nullopt;
}

const std::map<NodeId, Node> &Model::nodes(DiagramId diagram) const noexcept
{
    static const std::map<NodeId, Node> none;
    const auto found = m_nodes.find(diagram);
    return found == m_nodes.end() ? none : found->second;
}

std::vector<std::pair<EntityPointer, const ForeignKey *>> Model::referencesTo(EntityId id) const
{
    std::vector<std::pair<EntityPointer, const ForeignKey *>> references;
    for (const auto &[childId, child] : m_entities)
        for (const ForeignKey &key : child->foreignKeys)
            if (key.target == id)
                references.emplace_back(child, &key);
    return references;
}

void Model::swap(Edit &edit) noexcept
{
    for (Change &change : edit.changes) {
        if (auto *entity = std::get_if<EntityChange>(&change)) {
            exchange(m_entities, entity->id, entity->other);
        } else if (auto *trigger = std::get_if<TriggerChange>(&change)) {
            exchange(m_triggers, trigger->id, trigger->other);
        } else if (auto *diagram = std::get_if<DiagramChange>(&change)) {
            exchange(m_diagrams, diagram->id, diagram->other);
        } else if (auto *node = std::get_if<NodeChange>(&change)) {
            std::map<NodeId, Node> &nodes = m_nodes[node->diagram];
            exchange(nodes, node->id, node->other);
            if (nodes.empty())
                m_nodes.erase(node->diagram);
        } else if (auto *info = std::get_if<InfoChange>(&change)) {
            std::swap(m_info, info->other);
        }
    }
    // What was done last is undone first: an element may stand twice in an edit.
    std::reverse(edit.changes.begin(), edit.changes.end());
}

bool Model::operator==(const Model &other) const
{
    return m_info == other.m_info && m_triggers == other.m_triggers && m_diagrams == other.m_diagrams &&
           m_nodes == other.m_nodes &&
           std::equal(m_entities.begin(), m_entities.end(), other.m_entities.begin(), other.m_entities.end(),
                      [](const auto &a, const auto &b) {
                          return a.first == b.first && (a.second == b.second || *a.second == *b.second);
                      });
}

} // namespace orm::model
