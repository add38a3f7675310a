#pragma once

#include "ormcore/schema/metadata.h"
#include "ormcore/sql/expression.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace orm {

enum class JoinKind : std::uint8_t { Inner, Left, Full, Cross };

struct Join {
    Source source{};
    JoinKind kind = JoinKind::Inner;
    Expression on{};
};

struct CommonTable {
    std::string name{};
    std::shared_ptr<const Select> select{};
    bool recursive = false;
};

enum class CompoundKind : std::uint8_t { Union, UnionAll, Intersect, Except };

/// One more SELECT below the first; ORDER BY and LIMIT of the first are those of the whole.
struct Compound {
    CompoundKind kind = CompoundKind::UnionAll;
    std::shared_ptr<const Select> select{};
};

/// SELECT as a value with a fluent interface; where() and having() add with AND.
class Select {
public:
    Select() = default;
    explicit Select(const Table &table, std::string alias = {}); ///< all columns of one table
    Select &columns(std::vector<Expression> columns);
    Select &addColumn(Expression column);
    Select &from(const Table &table, std::string alias = {});
    Select &fromSelect(Select select, std::string alias);
    Select &join(const Table &table, Expression on, JoinKind kind = JoinKind::Inner, std::string alias = {});
    Select &where(const Expression &condition);
    Select &groupBy(std::vector<Expression> expressions);
    Select &having(const Expression &condition);
    Select &orderBy(std::vector<Expression> expressions); ///< replaces
    Select &limit(std::optional<std::int64_t> rows);
    Select &offset(std::optional<std::int64_t> rows);
    Select &distinct(bool on = true);
    Select &combine(CompoundKind kind, Select other);
    Select &with(std::string name, Select query, bool recursive = false);

    // read by compilers and loaders
    std::vector<Expression> columnList;
    std::vector<Source> sources;
    std::shared_ptr<const Select> inner; ///< FROM (select) AS innerAlias
    std::string innerAlias;
    std::vector<Join> joins;
    Expression condition;
    std::vector<Expression> groups;
    Expression groupCondition;
    std::vector<Expression> orders;
    std::optional<std::int64_t> rowLimit; ///< bound, not structure
    std::optional<std::int64_t> rowOffset;
    bool isDistinct = false;
    std::vector<CommonTable> commonTables;
    std::vector<Compound> compounds;
    bool sourcesImplied = false; ///< sources come from the columns; from() replaces them
};

[[nodiscard]] inline Select select(const Table &table) { return Select(table); }
[[nodiscard]] Select select(std::vector<Expression> columns); ///< FROM follows from the columns' tables

/// INSERT of one row (column list + values); executed many times with other values through the same structure.
struct Insert {
    const Table *table = nullptr;
    std::vector<const Column *> columns{}; ///< empty: DEFAULT VALUES
    std::vector<Expression> values{};      ///< as many as columns
    std::vector<const Column *> returning{};
};

struct Update {
    const Table *table = nullptr;
    std::vector<std::pair<const Column *, Expression>> assignments{};
    Expression condition{}; ///< empty condition: every row; a session never makes one
    std::vector<const Column *> returning{};
};

struct Delete {
    const Table *table = nullptr;
    Expression condition{};
};

/// Free SQL with named parameters.
struct TextStatement {
    Expression text{};
};

using Statement = std::variant<Select, Insert, Update, Delete, TextStatement>;

/// Hash of a statement's structure: operators, columns, sources, types, nullness; not the values, and an IN list is one
/// slot. The hash of tables is by serial, so a statement kept as a key may outlive its tables: compare whole hashes
/// first, then sameStructure(), which never looks behind a pointer to a table or column.
[[nodiscard]] std::size_t structuralHash(const Statement &statement);
[[nodiscard]] bool sameStructure(const Statement &a, const Statement &b);

/// The statement's values in the order in which the compilers emit their slots. An IN list is one array Value.
[[nodiscard]] std::vector<Value> bindValues(const Statement &statement);

// DDL
struct CreateTable {
    const Table *table = nullptr;
    bool ifNotExists = false;
    std::vector<const ForeignKey *> without{};
};
struct DropTable {
    const Table *table = nullptr;
    bool ifExists = false;
};
struct CreateIndex {
    const Table *table = nullptr;
    const Index *index = nullptr;
    bool ifNotExists = false;
};
struct DropIndex {
    const Table *table = nullptr;
    const Index *index = nullptr;
};
struct AddForeignKey {
    const Table *table = nullptr;
    const ForeignKey *key = nullptr;
};
struct CreateView {
    const Table *view = nullptr;
};
struct CreateTrigger {
    const Trigger *trigger = nullptr;
};
struct CreateEnum {
    const Type *type = nullptr;
};
struct CommentOn {
    const Table *table = nullptr;
    const Column *column = nullptr; ///< null: the table itself
};
using DdlStatement = std::variant<CreateTable, DropTable, CreateIndex, DropIndex, AddForeignKey, CreateView,
                                  CreateTrigger, CreateEnum, CommentOn>;

} // namespace orm
