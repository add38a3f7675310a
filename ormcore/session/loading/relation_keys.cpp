#include "ormcore/session/loading/relation_keys.h"

#include "ormcore/mapping/object_graph.h"
#include "ormcore/mapping/row_layout.h"
#include "ormcore/session/loading/relation_sql.h"

#include <algorithm>
#include <bit>

namespace orm {

std::size_t RelationKeyHash::operator()(const RelationKey &key) const noexcept
{
    std::size_t hash = 0;
    for (const Value &value : key)
        hash = hash * 31 + value.hash();
    return hash;
}

RelationKey relationKey(State &owner, const Relationship &relationship)
{
    const bool byIdentity = leadsByIdentity(relationship);
    const auto &columns = ownerColumns(relationship);
    RelationKey key;
    key.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!byIdentity)
            ensureLoaded(owner, columns[i]);
        Value value = byIdentity ? identityValue(owner, i) : columnValue(owner, columns[i]);
        if (value.isNull())
            return {};
        key.push_back(std::move(value));
    }
    return key;
}

int firstLinkColumn(const Relationship &relationship) noexcept
{
    const Mapper &target = *relationship.target;
    return static_cast<int>(target.isPolymorphic() ? target.hierarchy().rows->size : target.columns().size());
}

RelationKey relationKey(DriverStatement &row, const Relationship &relationship)
{
    const auto &columns = searchedColumns(relationship);
    const auto &mapped = searchedMapper(relationship).columns();
    const bool linked = relationship.kind == RelationKind::ManyToMany;
    RelationKey key;
    key.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int place = linked ? firstLinkColumn(relationship) + static_cast<int>(i) : columns[i];
        key.push_back(row.value(place, mapped[columns[i]].column->type));
    }
    return key;
}

RelationKey identityOf(const State &state)
{
    RelationKey key;
    for (std::size_t i = 0; i < state.mapper->keys().size(); ++i)
        key.push_back(identityValue(state, i));
    return key;
}

bool leadsByIdentity(const Relationship &relationship) noexcept
{
    return relationship.kind != RelationKind::Parent && relationship.reference->targetsKey;
}

std::size_t keysInStatement(const std::vector<std::uint16_t> &columns) noexcept
{
    constexpr std::size_t most = 512;
    return columns.size() == 1 ? most : most / 8;
}

Expression isOneOf(const Mapper &mapper, const std::vector<std::uint16_t> &columns, std::span<const RelationKey> keys)
{
    std::vector<const Column *> searched;
    for (const std::uint16_t column : columns)
        searched.push_back(mapper.columns()[column].column);
    return isOneOf(searched, keys);
}

Expression isOneOf(const std::vector<const Column *> &columns, std::span<const RelationKey> keys)
{
    if (columns.size() == 1) {
        std::vector<Value> values;
        values.reserve(keys.size());
        for (const RelationKey &key : keys)
            values.push_back(key[0]);
        return Expression(*columns[0]).in(std::move(values));
    }
    Expression any;
    for (std::size_t k = 0; k < std::bit_ceil(keys.size()); ++k) { // few lengths are few statements to prepare
        const RelationKey &key = keys[std::min(k, keys.size() - 1)];
        Expression both;
        for (std::size_t i = 0; i < columns.size(); ++i)
            both = both && Expression(*columns[i]) == Expression(key[i]);
        any = any || both;
    }
    return any;
}

} // namespace orm
