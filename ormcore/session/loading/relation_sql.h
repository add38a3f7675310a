#pragma once

#include "ormcore/mapping/row_layout.h"
#include "ormcore/sql/statement.h"

#include <functional>
#include <string>
#include <vector>

namespace orm {

// The only place that writes an object's tables and a relationship's condition into a SELECT.

/// A mapped column (by its position) as a statement sees it: of a table, of an alias, of a subquery.
using ColumnOf = std::function<Expression(std::uint16_t)>;
[[nodiscard]] ColumnOf columnsOf(const Mapper &mapper, std::string alias = {});

/// The mapper's columns, in the order in which SessionCore::readRow() reads them; those that subclasses add follow.
void addColumns(Select &select, const Mapper &mapper, const std::string &alias, const RowLayout *rows);
[[nodiscard]] Select objectSelect(const Mapper &mapper);
[[nodiscard]] Select objectSelect(const Mapper &mapper, const RowLayout *rows); ///< with further subclasses
/// The same of all classes that share the class's table.
[[nodiscard]] Select anyObject(const Mapper &mapper, const RowLayout *rows);
/// objectSelect() of the relationship's target, in the relationship's order. N:N: joined with the link table, whose
/// columns that lead back to the owner follow those of the target.
[[nodiscard]] Select relatedSelect(const Relationship &relationship);
void addOrder(Select &select, const Relationship &relationship, const std::string &alias = {});

/// The columns that are equal on both sides: of the object that has the relationship, and of what is searched by them,
/// which is its target, or the link table of N:N.
[[nodiscard]] const std::vector<std::uint16_t> &ownerColumns(const Relationship &relationship);
[[nodiscard]] const std::vector<std::uint16_t> &searchedColumns(const Relationship &relationship);
[[nodiscard]] const Mapper &searchedMapper(const Relationship &relationship);
/// Joins the relationship's target to a statement that has its owner, with the tables of subclasses that `rows` has
/// columns of. The alias of what is searched by its columns.
std::string joinTarget(Select &select, const Relationship &relationship, const ColumnOf &owner, JoinKind kind,
                       const std::string &alias = {}, const RowLayout *rows = nullptr);

/// Several owners may lead to one target.
[[nodiscard]] bool isShared(const Relationship &relationship) noexcept;
/// A row of the owner may have several of the target.
[[nodiscard]] bool mayRepeat(const Relationship &relationship) noexcept;

/// A name that neither a source of the statement nor an earlier call has: "orders_1".
[[nodiscard]] std::string freeAlias(const Select &select, const std::string &wanted);

/// A SELECT of an object's columns as a subquery of another.
struct Wrapped {
    Select outer; ///< FROM (the select) AS alias, ordered as it was, with the mapper's columns
    ColumnOf column;
};
[[nodiscard]] Wrapped wrapped(Select select, const Mapper &mapper);
/// LIMIT, DISTINCT and the like, which a further join would change the meaning of; LIMIT only by one that adds rows.
[[nodiscard]] bool countsRows(const Select &select, bool addsRows = true) noexcept;

} // namespace orm
