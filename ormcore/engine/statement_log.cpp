#include "ormcore/engine/statement_log.h"

#include "ormcore/base/text.h"

#include <cstdio>

namespace orm {

namespace {

constexpr std::size_t kLongest = 80; // bytes of one value
constexpr std::size_t kMost = 30;    // values of one statement

std::string shortText(const Value &value)
{
    switch (value.kind()) {
    case ValueKind::Bytes:
        return "<" + std::to_string(value.asBytes().size()) + " bytes>";
    case ValueKind::Text:
    case ValueKind::Json: {
        const std::string_view shown = utf8Prefix(value.asText(), kLongest);
        const std::string text = quoted(shown, '\'');
        return shown.size() == value.asText().size() ? text
                                                     : text + "… (" + std::to_string(value.asText().size()) + ")";
    }
    case ValueKind::Array:
        return parameterText(value.asArray(), false);
    default: {
        const std::string text = value.toString();
        return text.size() <= kLongest ? text : std::string(utf8Prefix(text, kLongest)) + "…";
    }
    }
}

void print(const std::string &line) noexcept
{
    std::fwrite(line.data(), 1, line.size(), stderr); // one call, so that lines of threads do not mix
}

} // namespace

std::string parameterText(std::span<const Value> values, bool hide)
{
    if (values.empty())
        return {};
    if (hide)
        return "(" + std::to_string(values.size()) + " hidden)";
    std::string text = "(";
    for (std::size_t i = 0; i < values.size() && i < kMost; ++i)
        text += (i == 0 ? "" : ", ") + shortText(values[i]);
    if (values.size() > kMost)
        text += ", … " + std::to_string(values.size()) + " in all";
    return text + ")";
}

void StatementLogger::write(const StatementLog &entry) const noexcept
{
    try {
        if (m_options.log)
            m_options.log(entry);
        if (m_options.echo == Echo::Off)
            return;
        std::string line = entry.sql + (entry.parameters.empty() ? "" : "  " + entry.parameters);
        line += "  [" + std::to_string(entry.duration.count()) + " µs" + (entry.cacheHit ? ", cached" : "");
        if (entry.rows >= 0)
            line += ", " + std::to_string(entry.rows) + (entry.rows == 1 ? " row" : " rows");
        line += (entry.purpose.empty() ? "" : ", " + entry.purpose) + "]" +
                (entry.error.empty() ? "" : "  " + entry.error) + "\n";
        print(line);
    } catch (...) { // A log must not end the work that it tells of.
    }
}

void StatementLogger::writeRow(std::span<const Value> row) const noexcept
{
    try {
        print("  row " + parameterText(row, m_options.hideParameters) + "\n");
    } catch (...) { // as above
    }
}

LoggingStatement::LoggingStatement(std::unique_ptr<DriverStatement> statement, std::string sql,
                                   const StatementLogger &logger, const std::string &purpose)
    : m_statement(std::move(statement)), m_sql(std::move(sql)), m_logger(logger), m_connectionPurpose(purpose)
{
}

LoggingStatement::~LoggingStatement() { finish({}); }

void LoggingStatement::remember(int parameter, Value value)
{
    const auto index = static_cast<std::size_t>(parameter - 1);
    if (m_values.size() <= index)
        m_values.resize(index + 1);
    m_values[index] = std::move(value);
}

void LoggingStatement::bindNull(int parameter)
{
    remember(parameter, {});
    m_statement->bindNull(parameter);
}

void LoggingStatement::bindInt(int parameter, std::int64_t value)
{
    remember(parameter, Value(value));
    m_statement->bindInt(parameter, value);
}

void LoggingStatement::bindDouble(int parameter, double value)
{
    remember(parameter, Value(value));
    m_statement->bindDouble(parameter, value);
}

void LoggingStatement::bindText(int parameter, std::string_view value)
{
    remember(parameter, Value(value));
    m_statement->bindText(parameter, value);
}

void LoggingStatement::bindBytes(int parameter, std::string_view value)
{
    remember(parameter, Value::bytes(value));
    m_statement->bindBytes(parameter, value);
}

void LoggingStatement::bind(int parameter, const Value &value, const Type &type)
{
    remember(parameter, value);
    m_statement->bind(parameter, value, type);
}

bool LoggingStatement::step()
{
    if (!std::exchange(m_running, true))
        m_purpose = m_connectionPurpose;
    const auto start = std::chrono::steady_clock::now();
    try {
        const bool row = m_statement->step();
        m_spent += std::chrono::steady_clock::now() - start;
        if (row)
            ++m_rows;
        else
            finish({});
        return row;
    } catch (Error &error) {
        m_spent += std::chrono::steady_clock::now() - start;
        error.context().parameters = parameterText(m_values, m_logger.hidesParameters());
        finish(error.what());
        throw;
    }
}

void LoggingStatement::reset() noexcept
{
    m_statement->reset();
    finish({});
}

void LoggingStatement::finish(const std::string &error) noexcept
{
    if (!m_running)
        return;
    m_running = false;
    try {
        const bool returnsRows = m_statement->columnCount() > 0;
        StatementLog entry{.sql = m_sql,
                           .parameters = parameterText(m_values, m_logger.hidesParameters()),
                           .duration = std::chrono::duration_cast<std::chrono::microseconds>(m_spent),
                           .rows = returnsRows ? m_rows : m_statement->rowsAffected(),
                           .cacheHit = m_cacheHit,
                           .error = error,
                           .purpose = m_purpose};
        if (!error.empty())
            entry.rows = -1;
        m_logger.write(entry);
    } catch (...) { // as in write()
    }
    m_spent = {};
    m_rows = 0;
}

} // namespace orm
