#pragma once

#include "ormcore/sql/statement.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orm {

/// What a dialect (at a server's version) can do. Tests and compilers ask these, never a dialect's name.
struct Capabilities {
    bool returning = false;
    bool updateReturning = false; ///< UPDATE … RETURNING, too
    bool fullJoin = false;
    bool nullsOrdering = false; ///< NULLS FIRST/LAST as syntax
    bool nullsSortFirst = true; ///< where nothing is said, ascending
    bool isDistinctFrom = false;
    bool tupleComparison = false; ///< (a, b) > (?, ?)
    bool partialIndex = false;
    bool expressionIndex = false;
    bool deferrable = false;
    bool alterAddForeignKey = false; ///< else foreign keys are written inline, cycles included
    bool schemas = false;
    bool booleanType = false;
    bool transactionalDdl = false;
    bool enumTypes = false;            ///< CREATE TYPE … AS ENUM
    bool commentStatements = false;    ///< COMMENT ON
    bool arrayParameters = false;      ///< an IN list is one array parameter
    bool rowId = false;                ///< rowId() names a row of a table without a declared key
    std::size_t maximumIdentifier = 0; ///< bytes; 0: no limit
    std::size_t maximumBinds = 999;
};

/// One parameter slot of a compiled statement: one value of bindValues(), in the same order.
struct BindSlot {
    Type type{};               ///< Unknown: by the value's own kind
    bool expanding = false;    ///< an IN list: as many parameters as its array has elements
    std::vector<Type> parts{}; ///< of an expanding list of tuples: each part's type; an element is then an array
};
struct ResultColumn {
    std::string name{};
    Type type{};                    ///< what to convert to; Unknown: as stored
    const Column *column = nullptr; ///< where the column is one of a table
};

/// A statement in a dialect's SQL. Immutable, shared by threads.
class Compiled {
public:
    std::string sql;                   ///< with one placeholder a slot; an expanding slot stands as its marker
    std::vector<BindSlot> binds;       ///< one a placeholder (not "slots": Qt makes that word a macro)
    std::vector<ResultColumn> results; ///< empty where only the database knows
    bool returnsRows = false;
    bool hasExpanding = false;
    std::string placeholder = "?";    ///< for messages
    std::vector<std::size_t> markers; ///< byte offsets in sql at which an expanding slot's "(…)" is inserted
    std::string tuplePrefix;          ///< what an IN list of tuples starts with after its parenthesis
    std::size_t maximumBinds = 999;   ///< lists are not padded beyond it
    /// The SQL for lists of these sizes. Lists are padded to powers of two (the last element repeated), so that few
    /// texts exist; flat gets the padded values in order.
    void expand(std::span<const Value> values, std::string &expandedSql, std::vector<Value> &flat,
                std::vector<const Type *> &types) const;
};

class StatementCompiler;
class DdlCompiler;

/// Everything that differs between databases, short of talking to them. Stateless; any thread.
///
/// A dialect names itself, its capabilities and its types, and overrides what it spells differently in small compilers
/// of its own. Errors: Compile where the statement cannot be said in this dialect, naming the feature; Argument for an
/// identifier that the database cannot hold (NUL byte, too long).
class Dialect {
public:
    virtual ~Dialect() = default;
    [[nodiscard]] virtual std::string name() const = 0; ///< "sqlite"
    [[nodiscard]] virtual const Capabilities &capabilities() const = 0;
    /// What an empty schema name stands for, where it has a name.
    [[nodiscard]] virtual std::string defaultSchema() const { return {}; }
    [[nodiscard]] virtual std::string quote(std::string_view identifier) const; ///< always quoted
    [[nodiscard]] std::string quote(const QualifiedName &name) const; ///< without its schema where there are none
    [[nodiscard]] std::shared_ptr<const Compiled> compile(const Statement &statement) const;
    [[nodiscard]] std::string compile(const DdlStatement &statement) const;    ///< no trailing semicolon
    [[nodiscard]] virtual std::string typeName(const Type &type) const = 0;    ///< in DDL
    [[nodiscard]] virtual Type parseType(std::string_view declared) const = 0; ///< as reflected
    /// A value as a literal of this dialect, for scripts and previews that a person reads. Executed statements bind.
    [[nodiscard]] virtual std::string literal(const Value &value) const;
    /// The statement with its values written in, for a preview or a log. Never executed.
    [[nodiscard]] std::string preview(const Statement &statement) const;

protected:
    [[nodiscard]] virtual char quoteMark() const { return '"'; }
    [[nodiscard]] virtual std::unique_ptr<StatementCompiler> statementCompiler() const;
    [[nodiscard]] virtual std::unique_ptr<DdlCompiler> ddlCompiler() const;
};

/// The statements that make everything of a MetaData, in an order that works; triggers and views last.
[[nodiscard]] std::vector<DdlStatement> createAll(const MetaData &metadata, const Dialect &dialect);
/// The same as one script, a statement a paragraph, each ended by a semicolon.
[[nodiscard]] std::string createScript(const MetaData &metadata, const Dialect &dialect);

} // namespace orm
