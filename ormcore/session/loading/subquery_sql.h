#pragma once

#include "ormcore/session/loading/relation_sql.h"

namespace orm {

/// The query that objects came from, and the relationships that lead from its own objects to those at hand.
struct LoadSource {
    const Select &base; ///< with the columns of `mapper`, without joined relationships
    const Mapper &mapper;
    std::string alias; ///< of the mapper's table in it
    std::vector<const Relationship *> path{};
};

struct AliasedSelect {
    Select select;
    std::string alias; ///< of the table that the columns are of
};
/// The relationship's targets, for all objects at the end of the source's path: the source is a subquery in it.
[[nodiscard]] AliasedSelect relatedBySubquery(const LoadSource &source, const Relationship &relationship);
/// Whether such a statement may have several rows of one target.
[[nodiscard]] bool repeats(const LoadSource &source, const Relationship &relationship) noexcept;

} // namespace orm
