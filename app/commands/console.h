#pragma once

#include <iosfwd>

namespace app {

/// Exit statuses of every command.
enum class Status { Fine = 0, Differences = 1, Usage = 2, Failed = 3 };

/// Where a command writes: results to out, everything about them to err.
struct Console {
    std::ostream &out;
    std::ostream &err;
};

} // namespace app
