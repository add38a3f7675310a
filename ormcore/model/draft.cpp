#include "ormcore/model/draft.h"

#include "ormcore/base/error.h"

#include <algorithm>
#include <utility>

namespace orm::model {

const Entity &Draft::entity(EntityId id) const
{
    if (const auto changed = m_changed.find(id); changed != m_changed.end())
        return changed->second;
    const EntityPointer found = m_removed.count(id) != 0 ? nullptr : m_model.entity(id);
    if (!found)
        throw Argument("There is no entity " + idText(id.value) + " in the model.");
    return *found; // the model outlives the draft
}

std::vector<EntityId> Draft::entities() const
{
    std::vector<EntityId> ids;
    for (const auto &[id, entity] : m_model.entities())
        if (m_removed.count(id) == 0)
            ids.push_back(id);
    for (const auto &[id, entity] : m_changed)
        if (!m_model.entity(id))
            ids.push_back(id);
    return ids;
}

std::vector<std::pair<EntityId, ConstraintId>> Draft::referencesTo(EntityId id) const
{
    std::vector<std::pair<EntityId, ConstraintId>> references;
    for (const EntityId child : entities())
        for (const ForeignKey &key : entity(child).foreignKeys)
            if (key.target == id)
                references.emplace_back(child, key.id);
    return references;
}

Entity &Draft::edit(EntityId id)
{
    if (const auto changed = m_changed.find(id); changed != m_changed.end())
        return changed->second;
    return m_changed.emplace(id, entity(id)).first->second;
}

Entity &Draft::add(Entity entity)
{
    entity.id = newId<EntityId>();
    const EntityId id = entity.id;
    return m_changed.emplace(id, std::move(entity)).first->second;
}

void Draft::remove(EntityId id)
{
    m_changed.erase(id);
    m_removed.insert(id);
}

void Draft::put(TriggerElement trigger)
{
    const TriggerId id = trigger.id;
    m_edit.changes.push_back(TriggerChange{id, std::move(trigger)});
}

void Draft::put(DiagramInfo diagram)
{
    const DiagramId id = diagram.id;
    m_edit.changes.push_back(DiagramChange{id, std::move(diagram)});
}

Edit Draft::take()
{
    for (const EntityId id : m_removed)
        if (m_model.entity(id))
            m_edit.changes.push_back(EntityChange{id, nullptr});
    for (auto &[id, entity] : m_changed) {
        const EntityPointer before = m_model.entity(id);
        if (!before || *before != entity)
            m_edit.changes.push_back(EntityChange{id, std::make_shared<const Entity>(std::move(entity))});
    }
    return std::move(m_edit);
}

const Attribute &attributeOf(const Entity &entity, AttributeId id)
{
    if (const Attribute *attribute = entity.find(id))
        return *attribute;
    throw Argument("\"" + entity.name + "\" has no attribute " + idText(id.value) + ".");
}

Attribute &attributeOf(Entity &entity, AttributeId id)
{
    const Attribute &attribute = attributeOf(std::as_const(entity), id);
    return entity.attributes[static_cast<std::size_t>(&attribute - entity.attributes.data())];
}

} // namespace orm::model
