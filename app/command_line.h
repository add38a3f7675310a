#pragma once

#include "app/commands/console.h"

namespace app {

/// Reads the arguments, runs the command they name and tells every error in plain words on console.err.
/// Returns the exit status: 0 fine, 1 found differences or problems, 2 usage, 3 failed.
[[nodiscard]] int runCommandLine(int argc, const char *const *argv, const Console &console);

} // namespace app
