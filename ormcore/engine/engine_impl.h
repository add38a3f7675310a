#pragma once

#include "ormcore/engine/engine.h"
#include "ormcore/engine/pool.h"
#include "ormcore/engine/statement_cache.h"
#include "ormcore/engine/statement_log.h"

namespace orm {

struct Engine::Impl {
    Impl(const DriverList &drivers, const Url &address, EngineOptions wanted);

    Url url;
    EngineOptions options;
    const Driver &driver;
    StatementLogger logger;
    Pool pool;
    StatementCache cache;
};

/// A checkout: what a Connection does, over a native connection that it returns at its end.
struct Connection::Impl {
    explicit Impl(Engine &owner);
    ~Impl();
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    [[nodiscard]] DriverConnection &native() noexcept { return *held->native; }
    [[nodiscard]] Engine::Impl &shared() noexcept { return engine.impl(); }
    void ensureTransaction();
    /// Runs a piece of work on the native connection; what it throws is looked at before it goes on.
    template <class Work> decltype(auto) guarded(Work &&work)
    {
        try {
            return work();
        } catch (const Operational &error) {
            noteFailure(error.reason());
            throw;
        } catch (const Error &) {
            noteFailure(Operational::Reason::Other);
            throw;
        }
    }
    /// Like guarded(), and logged under this name.
    template <class Work> void logged(const std::string &sql, Work &&work);
    void noteFailure(Operational::Reason reason) noexcept;
    /// After free SQL, which may have begun or ended a transaction.
    void followNative() noexcept;
    [[nodiscard]] std::unique_ptr<DriverStatement> prepare(const std::string &sql);

    void begin(TransactionMode mode);
    void commit();
    void rollback() noexcept;

    Engine &engine;
    std::shared_ptr<PooledConnection> held;
};

struct Result::Impl {
    ~Impl();

    std::shared_ptr<PooledConnection> held;
    std::shared_ptr<const Compiled> compiled;
    std::uint64_t lease = 0;
    Handle own;                          ///< where no cached handle was free
    Handle *handle = nullptr;            ///< a cached one, or own
    std::vector<Value> values;           ///< bound without a copy
    std::vector<ResultColumn> described; ///< where only the database knows the columns
    const std::vector<ResultColumn> *columns = nullptr;
    const StatementLogger *echo = nullptr; ///< where rows are echoed
    bool firstWaits = false;               ///< step() has the first row already
    bool done = false;

    [[nodiscard]] bool isOurs() const noexcept { return held->lease == lease; }
    void requireOurs() const;
    [[nodiscard]] DriverStatement &statement() { return *handle->statement; }
    void end() noexcept;
};

} // namespace orm
