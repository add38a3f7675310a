#include "ormcore/dialects/sqlite/sqlite_errors.h"

#include <sqlite3.h>

#include <cstring>

namespace orm {

namespace {

constexpr std::string_view kFailed = " constraint failed: ";

std::vector<std::string> splitColumns(std::string_view list)
{
    std::vector<std::string> columns;
    while (!list.empty()) {
        const std::size_t comma = list.find(", ");
        columns.emplace_back(list.substr(0, comma));
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 2);
    }
    return columns;
}

IntegrityKind integrityKind(int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
        return IntegrityKind::Unique;
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return IntegrityKind::PrimaryKey;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return IntegrityKind::ForeignKey;
    case SQLITE_CONSTRAINT_NOTNULL:
        return IntegrityKind::NotNull;
    case SQLITE_CONSTRAINT_CHECK:
        return IntegrityKind::Check;
    default:
        return IntegrityKind::Unknown;
    }
}

std::string_view integrityAdvice(IntegrityKind kind)
{
    switch (kind) {
    case IntegrityKind::Unique:
    case IntegrityKind::PrimaryKey:
        return "Another row has these values already: change them, or change that row first.";
    case IntegrityKind::ForeignKey:
        return "A row would refer to one that does not exist, or others still refer to the one that goes: add or "
               "change those first.";
    case IntegrityKind::NotNull:
        return "This column must have a value.";
    case IntegrityKind::Check:
        return "The values do not meet this condition.";
    case IntegrityKind::Unknown:
        break;
    }
    return "The database refused the change.";
}

[[noreturn]] void throwIntegrity(const SqliteFailure &failure, const ErrorContext &context)
{
    const IntegrityKind kind = integrityKind(failure.code);
    std::string constraint;
    std::vector<std::string> columns;
    const std::size_t at = failure.message.find(kFailed);
    if (at != std::string::npos) {
        std::string rest = failure.message.substr(at + kFailed.size());
        // A unique index on expressions is told by its name, everything else of this kind by columns.
        if (rest.starts_with("index '") && rest.ends_with('\''))
            constraint = rest.substr(7, rest.size() - 8);
        else if (kind == IntegrityKind::Check)
            constraint = rest;
        else
            columns = splitColumns(rest);
    }
    throw Integrity(failure.prefix + failure.message + ". " + std::string(integrityAdvice(kind)), kind,
                    std::move(constraint), std::move(columns), context);
}

struct Explanation {
    int code;
    Operational::Reason reason;
    std::string_view what;
    std::string_view advice;
};

using Reason = Operational::Reason;

constexpr Explanation kOperational[] = {
    {SQLITE_BUSY, Reason::Busy, "The database is in use by another program or connection",
     "Wait until it is done, then try again."},
    {SQLITE_LOCKED, Reason::Busy, "A table is in use by another statement of this connection",
     "End the other query first, then try again."},
    {SQLITE_PROTOCOL, Reason::Busy, "The database is in use by another program",
     "Wait until it is done, then try again."},
    {SQLITE_INTERRUPT, Reason::Interrupted, "The statement was cancelled", "Run it again if it is still wanted."},
    {SQLITE_FULL, Reason::Full, "The disk is full, nothing was written",
     "Free some space on the disk of the database, then try again."},
    {SQLITE_READONLY, Reason::ReadOnly, "The database can only be read",
     "Check the rights of the file and of its folder, or open it for writing."},
    {SQLITE_PERM, Reason::ReadOnly, "The rights of the file do not allow it", "Check the rights of the file."},
    {SQLITE_CANTOPEN, Reason::CannotOpen, "The database file cannot be opened",
     "Check that it is there, that it is a file, and that you may read it and its folder."},
    {SQLITE_NOTADB, Reason::NotADatabase, "The file is no SQLite database",
     "Choose another file; it was not changed. (An encrypted database looks the same.)"},
    {SQLITE_CORRUPT, Reason::Other, "The database file is damaged",
     "Make a copy of it before anything else; then restore a backup, or try `.recover` of the sqlite3 tool."},
    {SQLITE_IOERR, Reason::Other, "The disk reported an error", "Check the disk, and that the file is still there."},
    {SQLITE_NOMEM, Reason::Other, "There is not enough memory", "Close other programs, or ask for fewer rows."},
    {SQLITE_ABORT, Reason::Other, "The transaction was rolled back while the query ran", "Run it again."},
    {SQLITE_SCHEMA, Reason::Other, "The tables were changed by someone else while the statement ran", "Run it again."},
};

std::string_view programmingAdvice(const std::string &message, const std::string &sql)
{
    constexpr std::string_view kNoColumn = "no such column: ";
    const std::size_t column = message.find(kNoColumn);
    if (column != std::string::npos && sql.find(message.substr(column + kNoColumn.size())) == std::string::npos)
        return " The statement does not name it, so a view or a trigger does: a text in it may stand in double quotes, "
               "which name a column. Write that view or trigger anew with single quotes.";
    if (column != std::string::npos)
        return " Check the spelling; text stands in single quotes, because double quotes name a column here.";
    if (message.find("no such table") != std::string::npos)
        return " Check the spelling, and that this is the right database.";
    if (message.starts_with("unsafe use of"))
        return " The schema of this file uses a function that only trusted schemas may use.";
    return {};
}

} // namespace

SqliteFailure lastFailure(sqlite3 *db, int code, std::string_view sql, const std::string &database)
{
    SqliteFailure failure{.code = code, .message = {}, .sql = std::string(sql), .database = database, .prefix = {}};
    if (db != nullptr) {
        const int extended = sqlite3_extended_errcode(db);
        if ((extended & 0xFF) == (code & 0xFF))
            failure.code = extended;
        failure.message = sqlite3_errmsg(db);
    } else {
        failure.message = sqlite3_errstr(code);
    }
    return failure;
}

void throwFailure(const SqliteFailure &failure)
{
    ErrorContext context{.sql = failure.sql, .parameters = {}, .database = failure.database, .code = failure.code};
    const int primary = failure.code & 0xFF;
    if (failure.code == SQLITE_CONSTRAINT_DATATYPE)
        throw DataError(failure.prefix + failure.message + ". The table is strict about its types.", context);
    if (primary == SQLITE_CONSTRAINT)
        throwIntegrity(failure, context);
    if (primary == SQLITE_MISMATCH || primary == SQLITE_TOOBIG)
        throw DataError(failure.prefix + "The value does not fit: " + failure.message + ".", context);
    for (const Explanation &known : kOperational) {
        if (known.code == primary) {
            throw Operational(failure.prefix + std::string(known.what) + ": " + failure.message + ". " +
                                  std::string(known.advice),
                              known.reason, context);
        }
    }
    throw Programming(failure.prefix + "The database does not accept the statement: " + failure.message + "." +
                          std::string(programmingAdvice(failure.message, failure.sql)),
                      context);
}

} // namespace orm
