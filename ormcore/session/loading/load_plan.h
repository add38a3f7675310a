#pragma once

#include "ormcore/mapping/registry.h"
#include "ormcore/session/query.h"

#include <vector>

namespace orm {

struct LoadStep;
/// What is to be in memory with objects of one mapper.
using LoadPlan = std::vector<LoadStep>;

/// How one relationship comes with the objects that have it, and what comes with its targets.
struct LoadStep {
    const Relationship *relationship = nullptr;
    Loading how = Loading::Select;
    LoadPlan below{};
    bool ofSome = false; ///< only objects of a subclass have it
};

/// The plan of a query: what its options name, and what is mapped as eager, at every level. What is only mapped stops
/// where it would come to a class that is on its path already, so that a tree does not come whole.
/// Argument: a path that leads nowhere, or on from what is not loaded with the query.
[[nodiscard]] LoadPlan loadPlan(const Registry &registry, const Mapper &mapper, const std::vector<LoadOption> &options);

/// The relationship that a step of a path names. Argument: there is none.
[[nodiscard]] const Relationship &relationshipOf(const Registry &registry, const Mapper &mapper, const PathStep &path);

[[nodiscard]] bool isEager(Loading loading) noexcept;
[[nodiscard]] bool hasJoined(const LoadPlan &plan) noexcept; ///< at its first level
/// For rows that are read in blocks: a parent's rows must not be cut apart, nor the query be sent again for each.
[[nodiscard]] LoadPlan inBlocks(LoadPlan plan);
/// For objects of classes that share no rows, of which not all have the relationships.
[[nodiscard]] LoadPlan inUnion(LoadPlan plan);

} // namespace orm
