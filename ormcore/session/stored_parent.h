#pragma once

#include "ormcore/mapping/object_graph.h"

namespace orm {

/// The object whose row this one's row refers to in the database, where memory has it. No statement is sent.
[[nodiscard]] State *storedParent(State &state, const Reference &reference);

/// Forgets what the parents that memory has for the object, now and in the database, have loaded of their children.
void unloadFromParents(State &child);

} // namespace orm
