#pragma once

#include "ormcore/reflect/reflect.h"

namespace orm {

/// Reads SQLite's catalogue with six statements, however many tables there are. Stateless; any thread.
[[nodiscard]] const Reflector &sqliteReflector();

} // namespace orm
