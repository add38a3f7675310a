#pragma once

#include "ormcore/model/ids.h"
#include "ormcore/model/model.h"

#include <functional>
#include <string_view>

namespace orm::model {

/// Finds the entity of a name as a database would: exact, else equal but for case.
using EntityFinder = std::function<const Entity *(const QualifiedName &)>;

/// The table as an entity with ids of ids, its foreign keys left out (their targets may not exist yet).
[[nodiscard]] Entity entityOf(const Table &table, IdSource &ids);
/// The table's foreign keys. A target or target column that is not there makes the key a dangling one, kept by name.
[[nodiscard]] std::vector<ForeignKey> foreignKeysOf(const Table &table, const Entity &child, const EntityFinder &find,
                                                    IdSource &ids);
/// Two foreign keys over the whole primary key and nothing else: the table only joins two others.
[[nodiscard]] bool joinsTwo(const Entity &entity);
/// An index of entities by name, for many look-ups. The entities must outlive it.
[[nodiscard]] EntityFinder finderOf(const std::vector<const Entity *> &entities);

} // namespace orm::model
