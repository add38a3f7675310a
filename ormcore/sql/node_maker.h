#pragma once

#include "ormcore/sql/expression.h"

namespace orm {

/// Every expression is made here.
[[nodiscard]] Expression makeNode(Node node);

} // namespace orm
