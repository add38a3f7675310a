#pragma once

#include "ormcore/engine/engine.h"

#include <span>

namespace orm {

/// Values as one line for a log or an error: (1, 'João', NULL); long ones are cut, and where the engine hides
/// parameters only their number is told.
[[nodiscard]] std::string parameterText(std::span<const Value> values, bool hide);

/// Sends what was executed to the engine's callback and, with echo, to standard error. Thread: any.
class StatementLogger {
public:
    explicit StatementLogger(const EngineOptions &options) : m_options(options) {}
    [[nodiscard]] bool enabled() const noexcept { return m_options.echo != Echo::Off || m_options.log; }
    [[nodiscard]] bool rows() const noexcept { return m_options.echo == Echo::Rows; }
    [[nodiscard]] bool hidesParameters() const noexcept { return m_options.hideParameters; }
    void write(const StatementLog &entry) const noexcept;
    void writeRow(std::span<const Value> row) const noexcept;

private:
    const EngineOptions &m_options;
};

/// Forwards to another statement, and logs each execution: from the first step() to the one that ends it, or reset().
class LoggingStatement final : public DriverStatement {
public:
    /// `purpose` is its connection's, and outlives it.
    LoggingStatement(std::unique_ptr<DriverStatement> statement, std::string sql, const StatementLogger &logger,
                     const std::string &purpose);
    ~LoggingStatement() override;
    LoggingStatement(const LoggingStatement &) = delete;
    LoggingStatement &operator=(const LoggingStatement &) = delete;
    void setCacheHit(bool hit) noexcept { m_cacheHit = hit; }

    void bindNull(int parameter) override;
    void bindInt(int parameter, std::int64_t value) override;
    void bindDouble(int parameter, double value) override;
    void bindText(int parameter, std::string_view value) override;
    void bindBytes(int parameter, std::string_view value) override;
    void bind(int parameter, const Value &value, const Type &type) override;
    bool step() override;
    void reset() noexcept override;
    [[nodiscard]] int columnCount() const override { return m_statement->columnCount(); }
    [[nodiscard]] std::string columnName(int column) const override { return m_statement->columnName(column); }
    [[nodiscard]] Type columnType(int column) const override { return m_statement->columnType(column); }
    [[nodiscard]] bool isNull(int column) override { return m_statement->isNull(column); }
    [[nodiscard]] std::int64_t getInt(int column) override { return m_statement->getInt(column); }
    [[nodiscard]] double getDouble(int column) override { return m_statement->getDouble(column); }
    [[nodiscard]] std::string_view getText(int column) override { return m_statement->getText(column); }
    [[nodiscard]] std::string_view getBytes(int column) override { return m_statement->getBytes(column); }
    [[nodiscard]] Value value(int column, const Type &type) override { return m_statement->value(column, type); }
    [[nodiscard]] std::size_t byteLength(int column) override { return m_statement->byteLength(column); }
    [[nodiscard]] Value prefix(int column, std::size_t bytes) override { return m_statement->prefix(column, bytes); }
    [[nodiscard]] std::int64_t rowsAffected() const override { return m_statement->rowsAffected(); }
    [[nodiscard]] std::int64_t lastInsertId() const override { return m_statement->lastInsertId(); }

private:
    void remember(int parameter, Value value);
    void finish(const std::string &error) noexcept;

    std::unique_ptr<DriverStatement> m_statement;
    std::string m_sql;
    const StatementLogger &m_logger;
    const std::string &m_connectionPurpose;
    std::string m_purpose; ///< when it began
    std::vector<Value> m_values;
    std::chrono::steady_clock::duration m_spent{};
    std::int64_t m_rows = 0;
    bool m_running = false;
    bool m_cacheHit = false;
};

} // namespace orm
