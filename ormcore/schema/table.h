#pragma once

#include "ormcore/schema/type.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace orm {

class MetaData;
class Table;

/// A name with the schema it stands in; schema empty means the connection's default.
struct QualifiedName {
    std::string schema{};
    std::string name{};
    auto operator<=>(const QualifiedName &) const = default;
    [[nodiscard]] std::string toString() const { return schema.empty() ? name : schema + "." + name; }
};

enum class IdentityKind : std::uint8_t { None, ByDefault, Always, RowId, AutoIncrement };

/// SQL text that came from a database or a user's model and is written back verbatim. A type of its own, so that it is
/// never mistaken for a value or a name.
struct SqlText {
    std::string sql{};
    bool operator==(const SqlText &) const = default;
    [[nodiscard]] bool empty() const noexcept { return sql.empty(); }
};

/// A column of a table. Lifetime: its table's. Addresses are stable.
struct Column {
    Table *table = nullptr;
    std::size_t index = 0; ///< position in table->columns()
    std::string name{};
    Type type{};
    bool nullable = true;
    bool primaryKey = false;
    IdentityKind identity = IdentityKind::None; ///< the database makes the value
    SqlText serverDefault{};                    ///< DEFAULT expression
    SqlText generated{};                        ///< GENERATED ALWAYS AS (…)
    bool generatedStored = false;
    std::string comment{};
};

enum class ReferentialAction : std::uint8_t { NoAction, Restrict, Cascade, SetNull, SetDefault };
enum class Deferrable : std::uint8_t { No, InitiallyImmediate, InitiallyDeferred };

struct PrimaryKey {
    std::string name{};
    std::vector<std::string> columns{};
    bool operator==(const PrimaryKey &) const = default;
};
struct UniqueConstraint {
    std::string name{};
    std::vector<std::string> columns{};
    bool operator==(const UniqueConstraint &) const = default;
};
struct CheckConstraint {
    std::string name{};
    SqlText expression{};
    bool operator==(const CheckConstraint &) const = default;
};
struct ForeignKey {
    std::string name{};
    std::vector<std::string> columns{};
    QualifiedName target{};                   ///< need not exist (dangling)
    std::vector<std::string> targetColumns{}; ///< empty: the target's primary key
    ReferentialAction onDelete = ReferentialAction::NoAction;
    ReferentialAction onUpdate = ReferentialAction::NoAction;
    Deferrable deferrable = Deferrable::No;
    bool operator==(const ForeignKey &) const = default;
};
struct IndexPart {
    std::string column{}; ///< empty where expression says it
    SqlText expression{};
    bool descending = false;
    std::string collation{};
    bool operator==(const IndexPart &) const = default;
};
struct Index {
    std::string name{};
    std::vector<IndexPart> parts{};
    bool unique = false;
    SqlText where{};
    std::string method{};
    SqlText definition{}; ///< the whole statement as reflected, where parts cannot say all of it
    bool operator==(const Index &) const = default;
};

enum class TableKind : std::uint8_t { Table, View, Virtual };

/// A table, view or virtual table. Not copyable; owned by its MetaData; addresses are stable.
///
/// Errors: addColumn throws Argument for a duplicate name; operator[] throws Argument for an unknown one.
/// Thread: as its MetaData.
class Table {
public:
    explicit Table(QualifiedName name, TableKind kind = TableKind::Table);
    Table(const Table &) = delete;
    Table &operator=(const Table &) = delete;

    [[nodiscard]] const QualifiedName &name() const noexcept { return m_name; }
    [[nodiscard]] TableKind kind() const noexcept { return m_kind; }
    /// A number that no other table of this process ever had: an address may be used again, this is not.
    [[nodiscard]] std::uint64_t serial() const noexcept { return m_serial; }
    Column &addColumn(std::string name, Type type);
    [[nodiscard]] const std::vector<std::unique_ptr<Column>> &columns() const noexcept { return m_columns; }
    [[nodiscard]] const Column *find(std::string_view name) const noexcept; ///< exact, then ASCII case-insensitive
    [[nodiscard]] Column *find(std::string_view name) noexcept;
    [[nodiscard]] const Column &column(std::string_view name) const; ///< throws Argument
    [[nodiscard]] std::vector<const Column *> primaryKeyColumns() const;
    /// Columns that identify a row: the primary key, else a unique constraint or unconditional unique index whose
    /// columns are all NOT NULL, else none (SQLite's rowid is the dialect's affair).
    [[nodiscard]] std::vector<const Column *> identityColumns() const;

    PrimaryKey primaryKey;
    std::vector<UniqueConstraint> uniques;
    std::vector<CheckConstraint> checks;
    std::vector<ForeignKey> foreignKeys;
    std::vector<Index> indexes;
    std::string comment;
    SqlText definition; ///< views: the SELECT; virtual tables: the whole statement
    bool withoutRowId = false;
    bool strict = false;

private:
    QualifiedName m_name;
    TableKind m_kind;
    std::uint64_t m_serial;
    std::vector<std::unique_ptr<Column>> m_columns;
};

} // namespace orm
