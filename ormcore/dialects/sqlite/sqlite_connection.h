#pragma once

#include "ormcore/dialects/sqlite/sqlite_statement.h"

#include <array>

namespace orm {

/// A connection to one SQLite file, or to a database in memory, through the C API only: no file of a database is ever
/// opened by other means, because closing such a descriptor would drop SQLite's locks.
class SqliteConnection final : public DriverConnection {
public:
    explicit SqliteConnection(std::shared_ptr<SqliteHandle> handle, bool readOnly);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;

    [[nodiscard]] std::unique_ptr<DriverStatement> prepare(std::string_view sql) override;
    void executeScript(std::string_view script) override;
    void begin(TransactionMode mode) override;
    void commit() override;
    void rollback() noexcept override;
    [[nodiscard]] bool inTransaction() override;
    void savepoint(std::string_view name) override;
    void releaseSavepoint(std::string_view name) override;
    void rollbackToSavepoint(std::string_view name) override;
    void interrupt() noexcept override;
    [[nodiscard]] bool isAlive() override;
    [[nodiscard]] std::string serverVersion() const override;
    [[nodiscard]] std::int64_t dataVersion() override;
    void resetSession() noexcept override;

private:
    enum Fixed : std::size_t { Begin, BeginImmediate, Commit, Rollback, DataVersion, FixedCount };

    [[nodiscard]] sqlite3 *db() const noexcept { return m_handle->db; }
    [[nodiscard]] sqlite3_stmt *fixed(Fixed which);
    void run(Fixed which);
    void run(const std::string &sql);
    void setQueryOnly(bool on) noexcept;
    [[noreturn]] void fail(int code, std::string_view sql) const;

    std::shared_ptr<SqliteHandle> m_handle;
    std::array<sqlite3_stmt *, FixedCount> m_fixed{};
    bool m_readOnly;          // the whole connection
    bool m_queryOnly = false; // this transaction
};

} // namespace orm
