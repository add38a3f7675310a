#include "ormcore/dialects/sqlite/sqlite_connection.h"

#include "ormcore/base/text.h"
#include "ormcore/dialects/sqlite/sqlite_errors.h"

#include <sqlite3.h>

#include <algorithm>

namespace orm {

namespace {

constexpr std::array<const char *, 5> kFixedSql{"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK",
                                                "PRAGMA data_version"};

// How many bytes of white space, comments and empty statements stand at the front.
std::size_t blankLength(std::string_view sql)
{
    std::size_t at = 0;
    while (at < sql.size()) {
        const std::string_view rest = sql.substr(at);
        if (rest.front() == ' ' || rest.front() == ';' || (rest.front() >= '\t' && rest.front() <= '\r')) {
            ++at;
        } else if (rest.starts_with("--")) {
            at = std::min(sql.find('\n', at), sql.size());
        } else if (rest.starts_with("/*")) {
            const std::size_t end = sql.find("*/", at + 2);
            at = end == std::string_view::npos ? sql.size() : end + 2;
        } else if (rest.starts_with("\xEF\xBB\xBF")) { // a byte order mark, which SQLite takes for white space too
            at += 3;
        } else {
            break;
        }
    }
    return at;
}

std::string linePrefix(std::string_view script, std::size_t offset)
{
    const std::string_view before = script.substr(0, offset);
    return "line " + std::to_string(std::count(before.begin(), before.end(), '\n') + 1) + ": ";
}

// SQLite 3.38 to 3.41 take their own JSON functions for unsafe (their flag has the wrong sense), so a schema that uses
// one in a generated column, check or index cannot be read by a connection that trusts no schema. Such a database is
// trusted from then on: this connection has no function of its own that could do harm, and loads no extension.
// True: try again.
bool trustSchemaForJson(sqlite3 *db)
{
    if (sqlite3_libversion_number() >= 3042000)
        return false;
    const std::string message = lowerAscii(std::string_view(sqlite3_errmsg(db)));
    int trusted = 1;
    if (message.find("unsafe use of json") == std::string::npos ||
        sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, -1, &trusted) != SQLITE_OK || trusted != 0)
        return false;
    return sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, &trusted) == SQLITE_OK;
}

int prepareFirst(sqlite3 *db, std::string_view sql, sqlite3_stmt *&statement, std::size_t &length)
{
    const char *tail = nullptr;
    int code = SQLITE_OK;
    do {
        code = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                                  &tail);
    } while (code != SQLITE_OK && trustSchemaForJson(db));
    length = tail != nullptr ? static_cast<std::size_t>(tail - sql.data()) : sql.size();
    return code;
}

void refuseHuge(std::string_view sql, const std::string &database)
{
    constexpr std::size_t kLimit = 1'000'000'000; // SQLITE_MAX_SQL_LENGTH
    if (sql.size() > kLimit)
        throw Programming("An SQL text of more than 1,000,000,000 bytes is too long for SQLite.",
                          {.sql = {}, .parameters = {}, .database = database, .code = SQLITE_TOOBIG});
}

} // namespace

SqliteConnection::SqliteConnection(std::shared_ptr<SqliteHandle> handle, bool readOnly)
    : m_handle(std::move(handle)), m_readOnly(readOnly)
{
}

SqliteConnection::~SqliteConnection()
{
    for (sqlite3_stmt *statement : m_fixed)
        sqlite3_finalize(statement);
}

void SqliteConnection::fail(int code, std::string_view sql) const
{
    throwFailure(lastFailure(db(), code, sql, m_handle->database));
}

std::unique_ptr<DriverStatement> SqliteConnection::prepare(std::string_view sql)
{
    refuseHuge(sql, m_handle->database);
    const ErrorContext context{
        .sql = std::string(sql), .parameters = {}, .database = m_handle->database, .code = SQLITE_ERROR};
    if (sql.find('\0') != std::string_view::npos)
        throw Programming("The statement holds a NUL byte, after which SQLite would read no further.", context);
    sqlite3_stmt *statement = nullptr;
    std::size_t length = 0;
    const int code = prepareFirst(db(), sql, statement, length);
    if (code != SQLITE_OK)
        fail(code, sql);
    if (statement == nullptr)
        throw Programming("There is no statement in this text, only white space or comments.", context);
    auto prepared = std::make_unique<SqliteStatement>(m_handle, statement);
    const std::string_view rest = sql.substr(length);
    if (blankLength(rest) != rest.size())
        throw Programming("There is more than one statement in this text: run them as a script.", context);
    return prepared;
}

void SqliteConnection::executeScript(std::string_view script)
{
    refuseHuge(script, m_handle->database);
    if (const std::size_t nul = script.find('\0'); nul != std::string_view::npos)
        throw Programming(linePrefix(script, nul) + "the script holds a NUL byte.");
    std::size_t at = blankLength(script);
    while (at < script.size()) {
        const std::string_view rest = script.substr(at);
        sqlite3_stmt *statement = nullptr;
        std::size_t length = 0;
        int code = prepareFirst(db(), rest, statement, length);
        const std::string_view sql = rest.substr(0, length);
        while (code == SQLITE_OK || code == SQLITE_ROW)
            code = statement != nullptr ? sqlite3_step(statement) : SQLITE_DONE;
        if (code != SQLITE_DONE && trustSchemaForJson(db())) {
            sqlite3_finalize(statement);
            continue;
        }
        if (code != SQLITE_DONE) {
            SqliteFailure failure = lastFailure(db(), code, sql, m_handle->database);
            const int offset = sqlite3_error_offset(db());
            failure.prefix = linePrefix(script, at + static_cast<std::size_t>(std::max(offset, 0)));
            sqlite3_finalize(statement);
            throwFailure(failure);
        }
        sqlite3_finalize(statement);
        m_handle->changes = sqlite3_total_changes64(db());
        at += length;
        at += blankLength(script.substr(at));
    }
}

sqlite3_stmt *SqliteConnection::fixed(Fixed which)
{
    if (m_fixed[which] == nullptr) {
        const int code =
            sqlite3_prepare_v3(db(), kFixedSql[which], -1, SQLITE_PREPARE_PERSISTENT, &m_fixed[which], nullptr);
        if (code != SQLITE_OK)
            fail(code, kFixedSql[which]);
    }
    return m_fixed[which];
}

void SqliteConnection::run(Fixed which)
{
    sqlite3_stmt *statement = fixed(which);
    const int code = sqlite3_step(statement);
    if (code != SQLITE_DONE) {
        const SqliteFailure failure = lastFailure(db(), code, kFixedSql[which], m_handle->database);
        sqlite3_reset(statement);
        throwFailure(failure);
    }
    sqlite3_reset(statement);
}

void SqliteConnection::run(const std::string &sql)
{
    const int code = sqlite3_exec(db(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        fail(code, sql);
}

void SqliteConnection::setQueryOnly(bool on) noexcept
{
    if (on == m_queryOnly)
        return;
    if (!m_readOnly)
        sqlite3_exec(db(), on ? "PRAGMA query_only=ON" : "PRAGMA query_only=OFF", nullptr, nullptr, nullptr);
    m_queryOnly = on;
}

void SqliteConnection::begin(TransactionMode mode)
{
    run(mode == TransactionMode::Immediate ? BeginImmediate : Begin);
    setQueryOnly(mode == TransactionMode::ReadOnly);
}

void SqliteConnection::commit()
{
    // Busy and a deferred foreign key leave the transaction open: the caller may mend the reason and commit again.
    run(Commit);
    setQueryOnly(false);
}

void SqliteConnection::rollback() noexcept
{
    if (sqlite3_get_autocommit(db()) == 0) {
        try {
            run(Rollback);
        } catch (const Error &) {
            // SQLite undoes the rest by itself when the connection closes; there is nothing better to do.
        }
    }
    setQueryOnly(false);
}

bool SqliteConnection::inTransaction() { return sqlite3_get_autocommit(db()) == 0; }

void SqliteConnection::savepoint(std::string_view name) { run("SAVEPOINT " + m_handle->dialect->quote(name)); }

void SqliteConnection::releaseSavepoint(std::string_view name) { run("RELEASE " + m_handle->dialect->quote(name)); }

void SqliteConnection::rollbackToSavepoint(std::string_view name)
{
    run("ROLLBACK TO " + m_handle->dialect->quote(name));
}

void SqliteConnection::interrupt() noexcept { sqlite3_interrupt(db()); }

bool SqliteConnection::isAlive()
{
    // A file that was replaced or removed under the connection: whatever is written now would be lost.
    int moved = 0;
    const int code = sqlite3_file_control(db(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return code != SQLITE_OK || moved == 0;
}

std::string SqliteConnection::serverVersion() const { return sqlite3_libversion(); }

void SqliteConnection::resetSession() noexcept
{
    sqlite3_db_config(db(), SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    setQueryOnly(false);
}

std::int64_t SqliteConnection::dataVersion()
{
    sqlite3_stmt *statement = fixed(DataVersion);
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW) {
        const SqliteFailure failure = lastFailure(db(), code, kFixedSql[DataVersion], m_handle->database);
        sqlite3_reset(statement);
        throwFailure(failure);
    }
    const std::int64_t version = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return version;
}

} // namespace orm
