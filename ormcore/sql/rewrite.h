#pragma once

#include "ormcore/sql/statement.h"

#include <functional>
#include <vector>

namespace orm {

/// What stands for a column node; an empty expression leaves it as it is. `inside`: the subqueries around it.
using ColumnReplacement = std::function<Expression(const Node &column, const std::vector<const Select *> &inside)>;

/// The expression with its columns replaced, those of subqueries, too. What stays as it is is shared, not copied.
[[nodiscard]] Expression rewritten(const Expression &expression, const ColumnReplacement &replacement);
void rewrite(Select &select, const ColumnReplacement &replacement);

} // namespace orm
