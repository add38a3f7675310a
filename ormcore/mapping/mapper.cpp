#include "ormcore/mapping/mapper.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/object_graph.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace orm {

std::optional<std::uint16_t> Mapper::find(std::string_view column) const noexcept
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].column->name == column)
            return static_cast<std::uint16_t>(i);
    return std::nullopt;
}

std::uint16_t Mapper::position(std::string_view column) const
{
    if (const auto found = find(column))
        return *found;
    if (const Column *inexact = m_table->find(column)) // ASCII case-insensitive
        if (const auto found = findColumn(inexact))
            return *found;
    throw Argument(m_name + " has no column " + std::string(column));
}

std::optional<std::uint16_t> Mapper::findColumn(const Column *column) const noexcept
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].column == column)
            return static_cast<std::uint16_t>(i);
    return std::nullopt;
}

std::optional<std::uint16_t> Mapper::columnAt(std::size_t offset) const noexcept
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].offset == offset && !m_columns[i].hidden)
            return static_cast<std::uint16_t>(i);
    return std::nullopt;
}

const Relationship *Mapper::relationshipAt(std::size_t offset) const noexcept
{
    for (const Relationship &relationship : m_relationships)
        if (relationship.offset == offset)
            return &relationship;
    return nullptr;
}

const Relationship *Mapper::findRelationship(std::string_view name) const noexcept
{
    for (const Relationship &relationship : m_relationships)
        if (relationship.name == name)
            return &relationship;
    return nullptr;
}

const Relationship &Mapper::relationship(std::string_view name) const
{
    if (const Relationship *found = findRelationship(name))
        return *found;
    throw Argument(m_name + " has no relationship " + std::string(name));
}

void Mapper::constructPayload(void *memory, void *movable) const
{
    char *const bytes = static_cast<char *>(memory);
    if (movable)
        m_operations.constructFrom(memory, movable);
    else if (m_operations.construct)
        m_operations.construct(memory);
    std::uninitialized_value_construct_n(reinterpret_cast<Value *>(bytes + m_cellsOffset), m_cells);
    for (const Relationship &relationship : m_relationships) {
        RelationSlot *slot = reinterpret_cast<RelationSlot *>(bytes + relationship.offset);
        if (isRecord())
            slot = new (slot) RelationSlot;
        slot->bindTo(static_cast<std::uint32_t>(sizeof(State) + relationship.offset), relationship.index,
                     relationship.isList());
    }
}

void Mapper::destroyPayload(void *memory) const noexcept
{
    char *const bytes = static_cast<char *>(memory);
    if (isRecord())
        for (const Relationship &relationship : m_relationships)
            std::destroy_at(reinterpret_cast<RelationSlot *>(bytes + relationship.offset));
    std::destroy_n(reinterpret_cast<Value *>(bytes + m_cellsOffset), m_cells);
    if (m_operations.destroy)
        m_operations.destroy(memory);
}

} // namespace orm
