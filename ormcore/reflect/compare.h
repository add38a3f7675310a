#pragma once

#include "ormcore/schema/metadata.h"

#include <string>
#include <vector>

namespace orm {

/// Where two schemas differ, a line each, in the reader's words ("table Album, column Title: nullable, not null").
/// Tables, views, columns, keys, checks, indexes and triggers are matched by name; the order of tables does not count.
/// Empty: equal reflections. For tests and round trips; migrations compare by permanent ids instead.
[[nodiscard]] std::vector<std::string> schemaDifferences(const MetaData &a, const MetaData &b);

} // namespace orm
