#pragma once

#include "ormcore/engine/driver.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace orm {

enum class Echo { Off, Statements, Rows };

/// What was sent, for a log. Parameters are masked where the engine was told so, and shortened always.
struct StatementLog {
    std::string sql{};
    std::string parameters{};
    std::chrono::microseconds duration{};
    std::int64_t rows = -1; ///< affected or fetched; -1: not known
    bool cacheHit = false;
    std::string error{};   ///< empty: it worked
    std::string purpose{}; ///< why it was sent, where nobody asked for it: "lazy load of users.addresses for 3 objects"
};

struct PoolOptions {
    int size = 5;
    int overflow = 10;
    std::chrono::milliseconds timeout{30000};
    std::chrono::seconds recycle{0}; ///< 0: never
    bool prePing = false;
};

struct EngineOptions {
    Echo echo = Echo::Off;
    std::function<void(const StatementLog &)> log{}; ///< called on the thread that executed; must not throw
    bool hideParameters = false;
    PoolOptions pool{};
    ConnectOptions connect{};
    std::size_t statementCache = 500;
};

class Connection;

/// A database: dialect, driver, pool and statement cache. Opens nothing until connect().
///
/// Thread: any. Lifetime: outlives its connections. Make one with createEngine() of dialects/builtin.h.
class Engine {
public:
    Engine(const DriverList &drivers, const Url &url, EngineOptions options = {});
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    [[nodiscard]] const Url &url() const noexcept;
    [[nodiscard]] const Dialect &dialect() const noexcept;
    [[nodiscard]] const Driver &driver() const noexcept;
    [[nodiscard]] const EngineOptions &options() const noexcept;
    [[nodiscard]] Connection connect(); ///< from the pool
    void dispose();                     ///< closes idle connections; used ones close on return
    [[nodiscard]] std::string poolStatus() const;

    struct Impl;
    [[nodiscard]] Impl &impl() noexcept { return *m_impl; }

private:
    std::unique_ptr<Impl> m_impl;
};

/// A running query: a forward cursor. Thread: its connection's. Destroying it ends the query.
class Result {
public:
    Result(Result &&) noexcept;
    Result &operator=(Result &&) noexcept;
    ~Result();
    [[nodiscard]] bool next();
    [[nodiscard]] const std::vector<ResultColumn> &columns() const;
    [[nodiscard]] Value value(int column);
    [[nodiscard]] Value value(std::string_view name); ///< Argument: no such column
    [[nodiscard]] std::vector<Value> row();
    [[nodiscard]] std::vector<std::vector<Value>> all();
    [[nodiscard]] Value scalar();                    ///< first column of the first row, NULL without a row
    [[nodiscard]] std::int64_t rowsAffected() const; ///< with RETURNING: known once all rows were read
    [[nodiscard]] std::int64_t lastInsertId() const;
    [[nodiscard]] DriverStatement &native(); ///< for row readers that know their columns

    struct Impl;
    explicit Result(std::unique_ptr<Impl> impl);

private:
    std::unique_ptr<Impl> m_impl;
};

/// A checked-out connection; goes back to the pool, rolled back, when destroyed.
///
/// All connections of an engine to a database in memory are one: whoever opened the transaction rolls it back on
/// return, and a commit or rollback of any of them ends it for all.
/// The first statement opens a transaction by itself (reads too); commit() or rollback() ends it. Thread: one at a
/// time; interrupt() any. Errors: as DriverStatement.
class Connection {
public:
    Connection(Connection &&) noexcept;
    Connection &operator=(Connection &&) noexcept;
    ~Connection();

    Result execute(const Statement &statement); ///< the first step is done when it returns: changes are made
    /// The same structure with other values (as bindValues() orders them): no compile, no allocation of a plan.
    Result execute(const std::shared_ptr<const Compiled> &compiled, std::span<const Value> values);
    void execute(const DdlStatement &statement);
    /// Free SQL with :name parameters; rows by index or name.
    Result execute(std::string_view sql, const std::vector<std::pair<std::string, Value>> &parameters = {});
    /// Statement by statement as written: opens no transaction of its own (begin() before it makes it one), so that a
    /// script may hold BEGIN, PRAGMA or VACUUM. Errors tell the line; what ran before it stays.
    void executeScript(std::string_view script);
    [[nodiscard]] std::shared_ptr<const Compiled> compile(const Statement &statement); ///< through the cache
    /// A prepared handle that stays with this connection, for hot loops. Valid until the connection is returned.
    /// Opens the transaction like execute(); where the engine logs or echoes, every execution through it is logged too
    /// (from the first step() to the step() that ends it, or reset()).
    [[nodiscard]] DriverStatement &prepared(const std::shared_ptr<const Compiled> &compiled);

    void begin(TransactionMode mode = TransactionMode::Deferred);
    void commit();
    void rollback() noexcept;
    [[nodiscard]] bool inTransaction() const noexcept;
    void savepoint(std::string_view name);
    void releaseSavepoint(std::string_view name);
    void rollbackToSavepoint(std::string_view name);
    void interrupt() noexcept;
    [[nodiscard]] const Dialect &dialect() const noexcept;
    [[nodiscard]] Engine &engine() const noexcept;
    [[nodiscard]] bool isLogged() const noexcept;  ///< the engine logs or echoes
    void setPurpose(std::string purpose) noexcept; ///< told with every statement in the log from now on
    [[nodiscard]] DriverConnection &native() noexcept;

    struct Impl;
    explicit Connection(std::unique_ptr<Impl> impl);

private:
    std::unique_ptr<Impl> m_impl;
};

/// Rolls back unless commit() returned normally. For nesting use Savepoint.
class Transaction {
public:
    explicit Transaction(Connection &connection, TransactionMode mode = TransactionMode::Deferred)
        : m_connection(connection)
    {
        connection.begin(mode);
    }
    ~Transaction()
    {
        if (m_open)
            m_connection.rollback();
    }
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    void commit()
    {
        m_connection.commit();
        m_open = false;
    }

private:
    Connection &m_connection;
    bool m_open = true;
};

} // namespace orm
