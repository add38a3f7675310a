#pragma once

#include "ormcore/session/flush_plan.h"

#include <unordered_set>

namespace orm {

/// Objects whose rows must be deleted before anything is saved, because a new or changed object takes a unique value
/// (or the key) of one of them; with the deleted objects that refer to those. Empty in nearly every flush.
[[nodiscard]] std::unordered_set<State *> deletedBeforeSaves(const FlushInput &input);

} // namespace orm
