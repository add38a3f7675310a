#pragma once

#include "ormcore/base/error.h"
#include "ormcore/dialect/dialect.h"
#include "ormcore/engine/url.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace orm {

/// A prepared statement of a native driver. The cheapest way to a database that ormcore has: nothing is copied twice.
///
/// Parameters count from 1, columns from 0. Views die at the next step() or reset(). Bound views must live until
/// reset(). Errors: Integrity, Operational, Programming, DataError with the SQL. Thread: its connection's.
class DriverStatement {
public:
    virtual ~DriverStatement() = default;
    virtual void bindNull(int parameter) = 0;
    virtual void bindInt(int parameter, std::int64_t value) = 0;
    virtual void bindDouble(int parameter, double value) = 0;
    virtual void bindText(int parameter, std::string_view value) = 0;
    virtual void bindBytes(int parameter, std::string_view value) = 0;
    /// Converts by the type (dates, decimals, …). Throws DataError for what the column could not hold exactly.
    virtual void bind(int parameter, const Value &value, const Type &type) = 0;
    virtual bool step() = 0; ///< true: a row is there; false: done
    virtual void reset() noexcept = 0;

    [[nodiscard]] virtual int columnCount() const = 0;
    [[nodiscard]] virtual std::string columnName(int column) const = 0;
    [[nodiscard]] virtual Type columnType(int column) const = 0; ///< declared, Unknown for an expression
    /// A NULL reads as 0, 0.0 or a view whose data() is null; only a NULL gives such a view. So a reader asks isNull()
    /// for zeros only.
    [[nodiscard]] virtual bool isNull(int column) = 0;
    [[nodiscard]] virtual std::int64_t getInt(int column) = 0;
    [[nodiscard]] virtual double getDouble(int column) = 0;
    [[nodiscard]] virtual std::string_view getText(int column) = 0;
    [[nodiscard]] virtual std::string_view getBytes(int column) = 0;
    /// Exact, converted by the type; what does not look like the type comes back as it is stored.
    [[nodiscard]] virtual Value value(int column, const Type &type) = 0;
    /// Bytes of a text or byte string as it is stored; 0 for anything else. Not after getText() or getBytes() of it.
    [[nodiscard]] virtual std::size_t byteLength(int column) = 0;
    /// The first bytes of such a cell as Text or Bytes, of a text never half a character.
    [[nodiscard]] virtual Value prefix(int column, std::size_t bytes) = 0;
    [[nodiscard]] virtual std::int64_t rowsAffected() const = 0;
    [[nodiscard]] virtual std::int64_t lastInsertId() const = 0;
};

enum class TransactionMode { Deferred, Immediate, ReadOnly };

/// One native connection. Thread: one at a time, except interrupt(), which any thread may call.
class DriverConnection {
public:
    virtual ~DriverConnection() = default;
    [[nodiscard]] virtual std::unique_ptr<DriverStatement> prepare(std::string_view sql) = 0; ///< exactly one statement
    /// Runs a script of any number of statements without parameters, one after the other; an error says which line.
    virtual void executeScript(std::string_view script) = 0;
    virtual void begin(TransactionMode mode) = 0;
    virtual void commit() = 0; ///< Operational{UnknownOutcome} where the answer was lost
    virtual void rollback() noexcept = 0;
    /// What the database itself says: it may have ended the transaction (a full disk, COMMIT in free SQL).
    [[nodiscard]] virtual bool inTransaction() = 0;
    virtual void savepoint(std::string_view name) = 0;
    virtual void releaseSavepoint(std::string_view name) = 0;
    virtual void rollbackToSavepoint(std::string_view name) = 0;
    virtual void interrupt() noexcept = 0;
    [[nodiscard]] virtual bool isAlive() = 0;
    [[nodiscard]] virtual std::string serverVersion() const = 0;
    /// A number that changes when another connection changed the database; 0 where that is unknown.
    [[nodiscard]] virtual std::int64_t dataVersion() { return 0; }
    /// Puts session settings back to what they were after connect(); called when the connection returns to a pool.
    virtual void resetSession() noexcept {}
};

struct ConnectOptions {
    bool readOnly = false;
    bool create = false; ///< a missing SQLite file is made; else it is an error
    std::chrono::milliseconds busyTimeout{5000};
};

/// A dialect with its native driver and its catalogue reader. Stateless.
class Driver {
public:
    virtual ~Driver() = default;
    [[nodiscard]] virtual const Dialect &dialect() const = 0;
    [[nodiscard]] virtual std::unique_ptr<DriverConnection> connect(const Url &url,
                                                                    const ConnectOptions &options) const = 0;
    /// Whether connections to this URL must be one and the same (SQLite in memory).
    [[nodiscard]] virtual bool singleConnection(const Url &) const { return false; }
    /// Refuses unknown query keys of the URL by name (Argument).
    virtual void checkUrl(const Url &url) const = 0;
};

/// The drivers that a program has: an explicit list. `dialects/builtin.h` has ours.
class DriverList {
public:
    void add(std::string name, const Driver &driver) { m_drivers.emplace_back(std::move(name), &driver); }
    [[nodiscard]] const Driver &find(std::string_view name) const; ///< Argument: names the known ones
    [[nodiscard]] const std::vector<std::pair<std::string, const Driver *>> &all() const noexcept { return m_drivers; }

private:
    std::vector<std::pair<std::string, const Driver *>> m_drivers;
};

} // namespace orm
