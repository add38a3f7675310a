#pragma once

#include "ormcore/mapping/registry.h"
#include "ormcore/sql/statement.h"

namespace orm {

/// The expression with its member columns (f<&User::age>) replaced by the registry's columns; what has none is shared,
/// not copied. Members of a base of `asked`, the class that is queried, are its own. Argument: a class or member that
/// is not mapped.
[[nodiscard]] Expression resolveMembers(const Expression &expression, const Registry &registry,
                                        const Mapper *asked = nullptr);
void resolveMembers(Select &select, const Registry &registry, const Mapper *asked = nullptr);

/// The class is the other one, or inherits from it in whichever way: it has its members.
[[nodiscard]] bool isBelow(const Mapper &mapper, const Mapper &base) noexcept;

} // namespace orm
