#pragma once

#include "ormcore/engine/engine.h"
#include "ormcore/engine/handle_cache.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace orm {

/// Whether a transaction is open on a native connection. One in memory is shared by all checkouts: so is this.
struct TransactionState {
    std::recursive_mutex mutex;
    std::atomic<bool> active{false};
    std::atomic<bool> failed{false}; ///< the database ended it by itself: only rollback() is allowed
    std::atomic<const void *> owner{nullptr};
};

/// A native connection with what belongs to it, in the pool or checked out.
struct PooledConnection {
    std::shared_ptr<DriverConnection> native;
    std::shared_ptr<TransactionState> transaction = std::make_shared<TransactionState>();
    std::string purpose; ///< see StatementLog
    HandleCache handles; ///< dies before the native connection
    std::chrono::steady_clock::time_point made;
    std::uint64_t generation = 0;
    std::atomic<std::uint64_t> lease{0}; ///< changes at each return, so that a Result left over knows
    bool shared = false;
};

/// The native connections of an engine: at most size + overflow, of which size stay open while idle.
///
/// Errors: checkout() throws Operational{PoolTimeout}, stating the limits, or what the driver says. Thread: any.
class Pool {
public:
    Pool(const Driver &driver, const Url &url, const EngineOptions &options);
    [[nodiscard]] std::shared_ptr<PooledConnection> checkout();
    /// Takes it back, already rolled back.
    void giveBack(std::shared_ptr<PooledConnection> connection) noexcept;
    /// A connection was lost: everything opened before now is closed rather than used again.
    void invalidate() noexcept;
    void dispose() noexcept;
    [[nodiscard]] std::string status() const;

private:
    using Clock = std::chrono::steady_clock;
    using Held = std::shared_ptr<PooledConnection>;

    [[nodiscard]] Held open();
    [[nodiscard]] Held openShared();
    [[nodiscard]] Held takeIdle(std::vector<Held> &discarded);
    [[nodiscard]] bool isFresh(const PooledConnection &connection) const;
    [[nodiscard]] bool answers(PooledConnection &connection) const noexcept;
    [[noreturn]] void failTimeout() const;
    [[nodiscard]] int limit() const noexcept { return m_options.pool.size + m_options.pool.overflow; }

    const Driver &m_driver;
    const Url &m_url;
    const EngineOptions &m_options;
    const bool m_single;
    mutable std::mutex m_mutex;
    std::condition_variable m_freed;
    std::vector<Held> m_idle; // the last one was used last
    Held m_shared;            // the one connection of a database in memory
    int m_open = 0;           // idle and used ones
    int m_used = 0;
    std::uint64_t m_generation = 0;
};

} // namespace orm
