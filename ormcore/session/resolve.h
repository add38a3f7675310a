#pragma once

#include "ormcore/mapping/registry.h"
#include "ormcore/sql/statement.h"

namespace orm {

/// The expression with its member columns (f<&User::age>) replaced by the registry's columns; what has none is shared,
/// not copied. Argument: a class or member that is not mapped.
[[nodiscard]] Expression resolveMembers(const Expression &expression, const Registry &registry);
void resolveMembers(Select &select, const Registry &registry);

} // namespace orm
