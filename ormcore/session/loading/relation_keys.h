#pragma once

#include "ormcore/engine/driver.h"
#include "ormcore/mapping/state.h"
#include "ormcore/sql/expression.h"

#include <cstddef>
#include <span>
#include <unordered_map>
#include <vector>

namespace orm {

/// The values that lead from an object to what a relationship of it has; one for each column of the foreign key.
using RelationKey = std::vector<Value>;

struct RelationKeyHash {
    std::size_t operator()(const RelationKey &key) const noexcept;
};
template <class T> using ByRelationKey = std::unordered_map<RelationKey, T, RelationKeyHash>;

/// Empty where one of the values is NULL: then nothing can be found. Loads the object where the columns are not loaded.
[[nodiscard]] RelationKey relationKey(State &owner, const Relationship &relationship);
/// From the columns that are searched by, where they stand in a row of relatedSelect().
[[nodiscard]] RelationKey relationKey(DriverStatement &row, const Relationship &relationship);
[[nodiscard]] int firstLinkColumn(const Relationship &relationship) noexcept; ///< N:N: after the target's

/// The key of the object's row.
[[nodiscard]] RelationKey identityOf(const State &state);
/// The relationship starts from the key of its owner's row, which is known without the row.
[[nodiscard]] bool leadsByIdentity(const Relationship &relationship) noexcept;

/// How many keys one statement asks for: a power of two, because lists are padded to those.
[[nodiscard]] std::size_t keysInStatement(const std::vector<std::uint16_t> &columns) noexcept;
/// "The columns are one of these keys", in a way that every dialect has.
[[nodiscard]] Expression isOneOf(const Mapper &mapper, const std::vector<std::uint16_t> &columns,
                                 std::span<const RelationKey> keys);
[[nodiscard]] Expression isOneOf(const std::vector<const Column *> &columns, std::span<const RelationKey> keys);

} // namespace orm
