#pragma once

#include "ormcore/mapping/mapper.h"
#include "ormcore/sql/expression.h"

namespace orm {

/// The condition of a join along a foreign key: its columns and those that they refer to are equal.
[[nodiscard]] Expression follows(const Reference &reference);

} // namespace orm
