#include "ormcore/dialects/sqlite/sqlite_driver.h"

#include "ormcore/dialects/sqlite/sqlite_connection.h"
#include "ormcore/dialects/sqlite/sqlite_dialect.h"
#include "ormcore/dialects/sqlite/sqlite_errors.h"
#include "ormcore/dialects/sqlite/sqlite_reflector.h"

#include <sqlite3.h>

#include <limits>

namespace orm {

namespace {

struct Switch {
    int option;
    int on;
};

// Debian builds SQLite with every one of these the other way round.
constexpr Switch kSwitches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
};

void harden(const SqliteHandle &handle)
{
    for (const Switch &wanted : kSwitches) {
        int now = -1;
        const int code = sqlite3_db_config(handle.db, wanted.option, wanted.on, &now);
        if (code != SQLITE_OK || now != wanted.on) {
            throw Operational("This build of SQLite cannot be made safe (option " + std::to_string(wanted.option) +
                                  "): install the system's own SQLite.",
                              Operational::Reason::CannotOpen,
                              {.sql = {}, .parameters = {}, .database = handle.database, .code = code});
        }
    }
}

// SQLite would read "file:x?mode=ro" as a URI. Behind a folder it is a name like any other.
std::string literalName(const std::string &path)
{
    return path.starts_with("file:") || path.starts_with(":") ? "./" + path : path;
}

std::shared_ptr<SqliteHandle> open(const Url &url, const ConnectOptions &options)
{
    const bool memory = url.database.empty();
    int flags = options.readOnly && !memory ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (memory || (options.create && !options.readOnly))
        flags |= SQLITE_OPEN_CREATE;
    // A database in memory is one connection for all threads; the others are used by one thread at a time.
    flags |= memory ? SQLITE_OPEN_MEMORY | SQLITE_OPEN_FULLMUTEX : SQLITE_OPEN_NOMUTEX;
    auto handle = std::make_shared<SqliteHandle>();
    handle->database = url.toString();
    const std::string name = memory ? ":memory:" : literalName(url.database);
    const int code = sqlite3_open_v2(name.c_str(), &handle->db, flags | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK)
        throwFailure(lastFailure(handle->db, code, {}, handle->database));
    return handle;
}

// Opening reads nothing yet: this reads the header, so that a file that is no database fails here.
void readHeader(const SqliteHandle &handle, bool readOnly)
{
    const char *sql = readOnly ? "PRAGMA schema_version; PRAGMA query_only=ON" : "PRAGMA schema_version";
    const int code = sqlite3_exec(handle.db, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        throwFailure(lastFailure(handle.db, code, {}, handle.database));
}

} // namespace

const Dialect &SqliteDriver::dialect() const
{
    static const SqliteDialect dialect;
    return dialect;
}

const Reflector &SqliteDriver::reflector() const { return sqliteReflector(); }

std::unique_ptr<DriverConnection> SqliteDriver::connect(const Url &url, const ConnectOptions &options) const
{
    checkUrl(url);
    std::shared_ptr<SqliteHandle> handle = open(url, options);
    handle->dialect = &dialect();
    harden(*handle);
    const auto limit = std::chrono::milliseconds(std::numeric_limits<int>::max());
    sqlite3_busy_timeout(handle->db, static_cast<int>(std::min(options.busyTimeout, limit).count()));
    readHeader(*handle, options.readOnly);
    return std::make_unique<SqliteConnection>(std::move(handle), options.readOnly);
}

void SqliteDriver::checkUrl(const Url &url) const
{
    const auto refuse = [&url](const std::string &what) {
        throw Argument("The URL " + url.toString() + " " + what,
                       {.sql = {}, .parameters = {}, .database = {}, .code = 0});
    };
    if (!url.host.empty() || url.port || !url.user.empty() || !url.password.empty())
        refuse("names a server, but SQLite has none: write sqlite:///relative.db or sqlite:////absolute.db.");
    if (!url.driver.empty() && url.driver != "sqlite3" && url.driver != "pysqlite")
        refuse("asks for the driver " + url.driver + ": SQLite has only sqlite3.");
    if (!url.query.empty())
        refuse("has the option " + url.query.begin()->first + ", which SQLite does not know (it knows none).");
    if (url.database.find('\0') != std::string::npos)
        refuse("has a NUL byte in its file name.");
}

} // namespace orm
