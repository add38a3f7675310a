#pragma once

#include "ormcore/mapping/row_layout.h"
#include "ormcore/sql/statement.h"

namespace orm {

/// A query of a class over its table and those of concrete classes below it, as rows of a UNION: its conditions and its
/// order may name the columns of each. `query` has no columns yet. Errors: Argument for what a UNION cannot have.
[[nodiscard]] Select selectFromUnion(const Select &query, const RowLayout &rows);

} // namespace orm
