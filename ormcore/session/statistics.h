#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace orm {

/// Statements that a session sent by itself, because something was read that no query had loaded.
struct SessionStatistics {
    struct Cause {
        std::string table;
        std::string relationship;     ///< empty: columns of expired objects
        std::uint64_t statements = 0; ///< sent
        std::uint64_t objects = 0;    ///< that got what was read, siblings too
    };
    std::uint64_t lazyLoads = 0;   ///< statements for relationships
    std::uint64_t columnLoads = 0; ///< statements for expired objects
    std::uint64_t sinceQuery = 0;  ///< both, since the session's last query began
    std::vector<Cause> causes;     ///< those two by what was read, in the order in which it was first

    [[nodiscard]] const Cause *cause(const std::string &table, const std::string &relationship) const noexcept
    {
        for (const Cause &entry : causes)
            if (entry.table == table && entry.relationship == relationship)
                return &entry;
        return nullptr;
    }
};

} // namespace orm
