#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace orm {

/// Where an error comes from, for a reader who must act on it. Never holds a password or an unmasked parameter.
struct ErrorContext {
    std::string sql;        ///< the statement, if one was involved
    std::string parameters; ///< masked and shortened
    std::string database;   ///< URL without its password
    int code = 0;           ///< the driver's own (extended) code
};

/// Root of everything that ormcore throws. what() says what failed, why (the server's text verbatim) and what to try.
class Error : public std::runtime_error {
public:
    explicit Error(const std::string &message, ErrorContext context = {})
        : std::runtime_error(message), m_context(std::move(context))
    {
    }
    [[nodiscard]] const ErrorContext &context() const noexcept { return m_context; }
    [[nodiscard]] ErrorContext &context() noexcept { return m_context; } ///< to add what only an outer layer knows

private:
    ErrorContext m_context;
};

enum class IntegrityKind { Unknown, Unique, PrimaryKey, ForeignKey, NotNull, Check };

/// A constraint of the database refused the change.
class Integrity : public Error {
public:
    Integrity(const std::string &message, IntegrityKind kind, std::string constraint, std::vector<std::string> columns,
              ErrorContext context = {})
        : Error(message, std::move(context)),
          m_kind(kind),
          m_constraint(std::move(constraint)),
          m_columns(std::move(columns))
    {
    }
    [[nodiscard]] IntegrityKind kind() const noexcept { return m_kind; }
    [[nodiscard]] const std::string &constraint() const noexcept { return m_constraint; }
    [[nodiscard]] const std::vector<std::string> &columns() const noexcept { return m_columns; } ///< "table.column"

private:
    IntegrityKind m_kind;
    std::string m_constraint;
    std::vector<std::string> m_columns;
};

/// The database could not do it now: lost, locked, full, read-only, interrupted.
class Operational : public Error {
public:
    enum class Reason {
        Other,
        CannotOpen,
        NotADatabase,
        Disconnected,
        UnknownOutcome,
        Busy,
        ReadOnly,
        Full,
        Interrupted,
        PoolTimeout
    };
    Operational(const std::string &message, Reason reason, ErrorContext context = {})
        : Error(message, std::move(context)), m_reason(reason)
    {
    }
    [[nodiscard]] Reason reason() const noexcept { return m_reason; }

private:
    Reason m_reason;
};

/// Each is an end of an operation that the caller may want to tell apart from the others.
#define ORM_ERROR(Name)                                                                                                \
    class Name : public Error {                                                                                        \
    public:                                                                                                            \
        using Error::Error;                                                                                            \
    }
ORM_ERROR(Programming);     ///< the statement is wrong: syntax, unknown table or column
ORM_ERROR(DataError);       ///< a value does not fit its type, or would lose something
ORM_ERROR(Compile);         ///< what the dialect cannot express
ORM_ERROR(Argument);        ///< the caller's argument is wrong: URL, option, name, duplicate table
ORM_ERROR(NoResult);        ///< one() found none
ORM_ERROR(MultipleResults); ///< one() found more
ORM_ERROR(StaleRow);        ///< a flushed row changed or vanished: not exactly one row was touched
ORM_ERROR(Detached);        ///< the object's session is gone, or it belongs to another one
ORM_ERROR(PendingRollback); ///< the last flush failed: roll back first
ORM_ERROR(ObjectDeleted);   ///< the row of an expired object is gone
ORM_ERROR(ImplicitIo);      ///< the session may not load by itself
#undef ORM_ERROR

/// A validator refused a value, or an object for a relationship. Validators throw it with the reason alone; where it
/// comes out of a session it says whose attribute refused, as what() does.
class Validation : public Error {
public:
    explicit Validation(const std::string &reason) : Error(reason), m_reason(reason) {}
    Validation(std::string reason, std::string className, std::string attribute)
        : Error(className + "." + attribute + ": " + reason),
          m_reason(std::move(reason)),
          m_className(std::move(className)),
          m_attribute(std::move(attribute))
    {
    }
    [[nodiscard]] const std::string &reason() const noexcept { return m_reason; }
    [[nodiscard]] const std::string &className() const noexcept { return m_className; } ///< or table, for records
    [[nodiscard]] const std::string &attribute() const noexcept { return m_attribute; } ///< member, or column

private:
    std::string m_reason;
    std::string m_className;
    std::string m_attribute;
};

/// A file of ours (model, script) could not be read: position included.
class ParseError : public Error {
public:
    ParseError(const std::string &message, std::string file, std::size_t line)
        : Error((file.empty() ? "line " : file + ":") + std::to_string(line) + ": " + message),
          m_file(std::move(file)),
          m_line(line)
    {
    }
    [[nodiscard]] const std::string &file() const noexcept { return m_file; }
    [[nodiscard]] std::size_t line() const noexcept { return m_line; }

private:
    std::string m_file;
    std::size_t m_line;
};

} // namespace orm
