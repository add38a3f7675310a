#pragma once

#include "ormcore/mapping/state.h"
#include "ormcore/sql/expression.h"

namespace orm {

/// The expression's value for one object, in memory: what the database would find in the object's row if that were as
/// the object is. Columns that are not loaded are loaded.
///
/// Knows columns of the object, values, arithmetic, comparisons, IN, BETWEEN, AND, OR, NOT, IS NULL, CASE,
/// concatenation, and the functions coalesce, nullif, abs, length, lower and upper (ASCII letters). NULL rules are
/// SQL's; text compares by bytes; integers divide as integers, and dividing by zero gives NULL. Errors: Argument for
/// what only the database can tell (LIKE, CAST, other functions, subqueries, text, other tables' columns), and for
/// kinds of values that do not go together; DataError where a result does not fit; what loading throws.
[[nodiscard]] Value evaluate(const Expression &expression, State &object);

} // namespace orm
