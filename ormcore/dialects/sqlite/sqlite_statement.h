#pragma once

#include "ormcore/engine/driver.h"

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace orm {

/// One open database handle, shared by a connection and the statements that it prepared, so that a statement may die
/// after its connection.
struct SqliteHandle {
    sqlite3 *db = nullptr;
    std::string database; ///< URL without its password, for errors
    const Dialect *dialect = nullptr;
    std::int64_t changes = 0; ///< of all statements so far

    SqliteHandle() = default;
    SqliteHandle(const SqliteHandle &) = delete;
    SqliteHandle &operator=(const SqliteHandle &) = delete;
    ~SqliteHandle();
};

/// A prepared statement of the C API.
class SqliteStatement final : public DriverStatement {
public:
    SqliteStatement(std::shared_ptr<SqliteHandle> handle, sqlite3_stmt *statement);
    ~SqliteStatement() override;
    SqliteStatement(const SqliteStatement &) = delete;
    SqliteStatement &operator=(const SqliteStatement &) = delete;

    void bindNull(int parameter) override;
    void bindInt(int parameter, std::int64_t value) override;
    void bindDouble(int parameter, double value) override;
    void bindText(int parameter, std::string_view value) override;
    void bindBytes(int parameter, std::string_view value) override;
    void bind(int parameter, const Value &value, const Type &type) override;
    bool step() override;
    void reset() noexcept override;
    [[nodiscard]] int columnCount() const override;
    [[nodiscard]] std::string columnName(int column) const override;
    [[nodiscard]] Type columnType(int column) const override;
    [[nodiscard]] bool isNull(int column) override;
    [[nodiscard]] std::int64_t getInt(int column) override;
    [[nodiscard]] double getDouble(int column) override;
    [[nodiscard]] std::string_view getText(int column) override;
    [[nodiscard]] std::string_view getBytes(int column) override;
    [[nodiscard]] Value value(int column, const Type &type) override;
    [[nodiscard]] std::size_t byteLength(int column) override;
    [[nodiscard]] Value prefix(int column, std::size_t bytes) override;
    [[nodiscard]] std::int64_t rowsAffected() const override { return m_affected; }
    [[nodiscard]] std::int64_t lastInsertId() const override { return m_lastId; }

private:
    void check(int code)
    {
        if (code != 0)
            fail(code);
    }
    [[noreturn]] void fail(int code);

    std::shared_ptr<SqliteHandle> m_handle;
    sqlite3_stmt *m_statement;
    bool m_writes;
    std::int64_t m_affected = 0;
    std::int64_t m_lastId = 0;
};

} // namespace orm
