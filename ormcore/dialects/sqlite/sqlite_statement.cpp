#include "ormcore/dialects/sqlite/sqlite_statement.h"

#include "ormcore/base/text.h"
#include "ormcore/dialects/sqlite/sqlite_errors.h"
#include "ormcore/dialects/sqlite/sqlite_values.h"

#include <sqlite3.h>

#include <cmath>

namespace orm {

SqliteHandle::~SqliteHandle()
{
    sqlite3_close_v2(db); // waits for statements that are still alive
}

SqliteStatement::SqliteStatement(std::shared_ptr<SqliteHandle> handle, sqlite3_stmt *statement)
    : m_handle(std::move(handle)), m_statement(statement), m_writes(sqlite3_stmt_readonly(statement) == 0)
{
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(m_statement); }

void SqliteStatement::fail(int code)
{
    const char *sql = sqlite3_sql(m_statement);
    const SqliteFailure failure =
        lastFailure(m_handle->db, code, sql != nullptr ? sql : std::string_view(), m_handle->database);
    sqlite3_reset(m_statement);
    throwFailure(failure);
}

void SqliteStatement::bindNull(int parameter) { check(sqlite3_bind_null(m_statement, parameter)); }

void SqliteStatement::bindInt(int parameter, std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement, parameter, value));
}

void SqliteStatement::bindDouble(int parameter, double value)
{
    if (std::isnan(value))
        throw DataError("SQLite cannot store NaN (it would become NULL).");
    check(sqlite3_bind_double(m_statement, parameter, value));
}

void SqliteStatement::bindText(int parameter, std::string_view value)
{
    const char *data = value.data() != nullptr ? value.data() : ""; // a null pointer would bind NULL
    check(sqlite3_bind_text64(m_statement, parameter, data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void SqliteStatement::bindBytes(int parameter, std::string_view value)
{
    const char *data = value.data() != nullptr ? value.data() : "";
    check(sqlite3_bind_blob64(m_statement, parameter, data, value.size(), SQLITE_STATIC));
}

void SqliteStatement::bind(int parameter, const Value &value, const Type &type)
{
    check(bindValue(m_statement, parameter, value, type));
}

bool SqliteStatement::step()
{
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW) {
        if (m_writes) // RETURNING: every row is written before the first one comes back
            m_lastId = sqlite3_last_insert_rowid(m_handle->db);
        return true;
    }
    if (code != SQLITE_DONE)
        fail(code);
    if (m_writes) {
        // DDL leaves SQLite's count of the last change as it was.
        const std::int64_t changes = sqlite3_total_changes64(m_handle->db);
        m_affected = changes == m_handle->changes ? 0 : sqlite3_changes64(m_handle->db);
        m_handle->changes = changes;
        m_lastId = sqlite3_last_insert_rowid(m_handle->db);
    }
    return false;
}

void SqliteStatement::reset() noexcept { sqlite3_reset(m_statement); }

int SqliteStatement::columnCount() const { return sqlite3_column_count(m_statement); }

std::string SqliteStatement::columnName(int column) const
{
    const char *name = sqlite3_column_name(m_statement, column);
    return name != nullptr ? name : std::string();
}

Type SqliteStatement::columnType(int column) const
{
    const char *declared = sqlite3_column_decltype(m_statement, column);
    return declared != nullptr ? m_handle->dialect->parseType(declared) : Type();
}

bool SqliteStatement::isNull(int column) { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

std::int64_t SqliteStatement::getInt(int column) { return sqlite3_column_int64(m_statement, column); }

double SqliteStatement::getDouble(int column) { return sqlite3_column_double(m_statement, column); }

std::string_view SqliteStatement::getText(int column)
{
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    if (data == nullptr)
        return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

std::string_view SqliteStatement::getBytes(int column)
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    if (data == nullptr) // NULL, or no bytes at all
        return isNull(column) ? std::string_view() : std::string_view("", 0);
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

std::size_t SqliteStatement::byteLength(int column)
{
    const int stored = sqlite3_column_type(m_statement, column);
    if (stored != SQLITE_TEXT && stored != SQLITE_BLOB)
        return 0;
    return static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
}

Value SqliteStatement::prefix(int column, std::size_t bytes)
{
    if (sqlite3_column_type(m_statement, column) == SQLITE_TEXT)
        return Value(utf8Prefix(getText(column), bytes));
    return Value::bytes(getBytes(column).substr(0, bytes));
}

Value SqliteStatement::value(int column, const Type &type) { return readValue(m_statement, column, type); }

} // namespace orm
