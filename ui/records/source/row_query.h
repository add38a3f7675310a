#pragma once

#include "ormcore/dialect/dialect.h"
#include "ormcore/schema/table.h"
#include "ormcore/sql/expression.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace ui::records {

/// One column of an order that the user chose. Where NULL stands is said, never left to the database.
struct SortKey {
    const orm::Column *column = nullptr;
    bool descending = false;
    bool nullsFirst = true;
    bool operator==(const SortKey &) const = default;
};
/// Keys that the database makes are never NULL, whatever was declared (SQLite's INTEGER PRIMARY KEY).
[[nodiscard]] bool mayBeNull(const orm::Column &column);
/// The order in which an index of this dialect gives the rows: NULL where the database puts it by itself.
[[nodiscard]] SortKey naturalSort(const orm::Column &column, bool descending, const orm::Capabilities &capabilities);

enum class FilterOperator : std::uint8_t {
    Equal,
    NotEqual, ///< "is not": NULL is not it either, so rows with NULL stay
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Contains,   ///< as text
    StartsWith, ///< as text
    IsNull,
    IsNotNull,
    In,
    NotIn ///< as NotEqual: rows with NULL stay
};

/// A condition on one column. values: none for IsNull and IsNotNull, any number for In and NotIn, else exactly one.
struct ColumnFilter {
    const orm::Column *column = nullptr;
    FilterOperator op = FilterOperator::Equal;
    std::vector<orm::Value> values;
    bool operator==(const ColumnFilter &) const = default;
};
/// All filters joined by AND; empty for none. Values are bound.
[[nodiscard]] orm::Expression condition(const std::vector<ColumnFilter> &filters);
/// "name contains 'ana'": what a filter chip says.
[[nodiscard]] QString describe(const ColumnFilter &filter);
[[nodiscard]] QString operatorName(FilterOperator op);

/// How the rows of a table are told apart.
enum class KeyKind : std::uint8_t {
    PrimaryKey,
    Unique, ///< a unique key whose columns are all NOT NULL
    RowId,  ///< SQLite's, for a table without a declared key
    None    ///< views and keyless tables: read-only, and no paging by key
};
struct RowKeyShape {
    KeyKind kind = KeyKind::None;
    std::vector<const orm::Column *> columns; ///< empty for RowId and None
    bool rowIdTieBreak = false;               ///< key columns may hold NULL (SQLite): the rowid decides the order too
    [[nodiscard]] bool paged() const noexcept { return kind != KeyKind::None; }
    /// One column of whole numbers: positions may be interpolated.
    [[nodiscard]] bool isInteger() const noexcept;
};
[[nodiscard]] RowKeyShape rowKeyShape(const orm::Table &table, const orm::Capabilities &capabilities);

/// What a view asks of a table: which columns, in which order, which rows.
struct RowQuery {
    const orm::Table *table = nullptr;
    std::vector<const orm::Column *> columns; ///< shown ones, in any order
    std::vector<SortKey> sort;
    std::vector<ColumnFilter> filters;
};

} // namespace ui::records
