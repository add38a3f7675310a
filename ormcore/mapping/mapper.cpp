#include "ormcore/mapping/mapper.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/object_graph.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace orm {

bool Mapper::inherits(const Mapper &other) const noexcept
{
    for (const Mapper *mapper = this; mapper->m_hierarchy.kind != Inheritance::Concrete;) {
        mapper = mapper->m_hierarchy.base;
        if (!mapper || mapper == &other)
            return mapper != nullptr;
    }
    return false;
}

std::optional<std::uint16_t> Mapper::find(std::string_view column) const noexcept
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].column->name == column)
            return static_cast<std::uint16_t>(i);
    const std::size_t dot = column.rfind('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    for (const MappedTable &part : m_hierarchy.tables)
        if (part.table->name().name == column.substr(0, dot))
            return findColumn(part.table->find(column.substr(dot + 1)));
    return std::nullopt;
}

std::uint16_t Mapper::position(std::string_view column) const
{
    if (const auto found = find(column))
        return *found;
    for (const MappedTable &part : m_hierarchy.tables)
        if (const auto found = findColumn(part.table->find(column))) // ASCII case-insensitive
            return *found;
    throw Argument(m_name + " has no column " + std::string(column));
}

std::optional<std::uint16_t> Mapper::findColumn(const Column *column) const noexcept
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].column == column)
            return static_cast<std::uint16_t>(i);
    for (const MappedTable &part : m_hierarchy.tables)
        for (std::size_t i = 0; i < part.keys.size() && i < m_keys.size(); ++i)
            if (part.keys[i] == column)
                return m_keys[i];
    return std::nullopt;
}

const Column &Mapper::ownColumn(std::size_t position) const noexcept
{
    for (std::size_t i = 0; i < m_keys.size(); ++i)
        if (m_keys[i] == position)
            return *m_hierarchy.tables.back().keys[i];
    return *m_columns[position].column;
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
    std::size_t inherited = 0; // relationships
    if (extendsRecord()) {
        m_hierarchy.base->constructPayload(memory);
        inherited = m_hierarchy.base->m_relationships.size();
    } else if (movable) {
        m_operations.constructFrom(memory, movable);
    } else if (m_operations.construct) {
        m_operations.construct(memory);
    }
    std::uninitialized_value_construct_n(reinterpret_cast<Value *>(bytes + m_cellsOffset), m_cells);
    for (std::size_t i = inherited; i < m_relationships.size(); ++i) {
        const Relationship &relationship = m_relationships[i];
        RelationSlot *slot = reinterpret_cast<RelationSlot *>(bytes + relationship.offset);
        if (isRecord())
            slot = new (slot) RelationSlot;
        slot->bindTo(static_cast<std::uint32_t>(sizeof(State) + relationship.offset), relationship.index,
                     relationship.isList());
    }
    if (m_polymorphic && !m_hierarchy.identity.isNull()) {
        const MappedColumn &discriminator = m_columns[*m_hierarchy.discriminator];
        setFieldValue(discriminator.field, bytes + discriminator.offset, m_hierarchy.identity);
    }
}

void Mapper::destroyPayload(void *memory) const noexcept
{
    char *const bytes = static_cast<char *>(memory);
    const Mapper *base = extendsRecord() ? m_hierarchy.base : nullptr;
    if (isRecord())
        for (std::size_t i = base ? base->m_relationships.size() : 0; i < m_relationships.size(); ++i)
            std::destroy_at(reinterpret_cast<RelationSlot *>(bytes + m_relationships[i].offset));
    std::destroy_n(reinterpret_cast<Value *>(bytes + m_cellsOffset), m_cells);
    if (base)
        base->destroyPayload(memory);
    else if (m_operations.destroy)
        m_operations.destroy(memory);
}

} // namespace orm
