#pragma once

#include "app/commands/target.h"

#include <functional>

namespace app {

/// Makes everything of a model in a new database, in one transaction where the database can: whole or not at all. A
/// SQLite file must not exist yet. progress (may be empty) is told statements done and their number; false cancels.
/// Throws Argument, Compile, Operational, Programming.
void createDatabase(const orm::model::Model &model, const Target &target,
                    const std::function<bool(int done, int total)> &progress = {},
                    const std::function<void(const orm::StatementLog &)> &log = {});

} // namespace app
