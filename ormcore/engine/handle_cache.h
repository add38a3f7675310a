#pragma once

#include "ormcore/engine/driver.h"

#include <list>
#include <memory>
#include <string>
#include <unordered_map>

namespace orm {

/// A prepared statement of one connection, with the SQL it is kept under.
struct Handle {
    std::shared_ptr<const Compiled> compiled;
    std::string expanded; ///< the SQL where lists were expanded, else empty
    std::unique_ptr<DriverStatement> statement;
    bool busy = false; ///< a Result runs on it
};

/// The prepared handles of one connection: those for execute(), of which the least recently used is closed when there
/// are too many, and those handed out by prepared(), which stay until the connection is returned.
///
/// Thread: its connection's.
class HandleCache {
public:
    static constexpr std::size_t kCapacity = 128;

    /// The handle for this SQL if it is there and idle.
    [[nodiscard]] Handle *find(const Compiled &compiled, const std::string &expanded);
    /// Keeps it, and gives where. nullptr where one of the same SQL is kept (a busy one): then it stays untouched.
    [[nodiscard]] Handle *insert(Handle &handle);
    [[nodiscard]] Handle *findPinned(const Compiled &compiled);
    Handle &pin(Handle handle);
    /// Ends whatever runs, for the next user of the connection.
    void resetAll() noexcept;
    void clear() noexcept;

private:
    struct Key {
        const Compiled *compiled;
        std::string_view expanded; ///< of the handle itself
        bool operator==(const Key &) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key &key) const noexcept
        {
            const std::size_t text = key.expanded.empty() ? 0 : std::hash<std::string_view>{}(key.expanded);
            return std::hash<const void *>{}(key.compiled) ^ text;
        }
    };
    void dropOldest() noexcept;

    std::list<Handle> m_handles; // the last one was used last
    std::unordered_map<Key, std::list<Handle>::iterator, KeyHash> m_byKey;
    std::unordered_map<const Compiled *, Handle> m_pinned;
};

} // namespace orm
