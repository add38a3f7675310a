#pragma once

#include "ormcore/schema/table.h"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace orm {

class Select;

enum class NodeKind : std::uint8_t {
    Column,   ///< column of a table or alias
    Bind,     ///< a value; structure is only its kind and nullness
    BindList, ///< the right side of IN: one slot of any length
    Literal,  ///< NULL, TRUE, FALSE, * and small constants of ours that shape the statement
    Unary,
    Binary,
    Conjunction, ///< AND or OR of any number
    Function,
    Cast,
    Case,
    Label,
    Tuple,
    Subquery, ///< scalar, or the right side of IN / EXISTS
    Ordering, ///< ASC/DESC with NULLS FIRST/LAST
    Text      ///< text() with named parameters
};

enum class Operator : std::uint8_t {
    None,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    IsDistinctFrom,
    IsNotDistinctFrom,
    IsNull,
    IsNotNull,
    Like,
    NotLike,
    ILike,
    NotILike, ///< args[2]: escape character where there is one
    In,
    NotIn,
    Between,
    NotBetween,
    Exists,
    NotExists,
    And,
    Or,
    Not,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Negate,
    Concat,
    Ascending,
    Descending,
    NullsFirst,
    NullsLast
};

/// One FROM element as an expression sees it: a table, under its own name or an alias.
struct Source {
    const Table *table = nullptr;
    std::string alias{}; ///< empty: the table's own name
    bool operator==(const Source &) const = default;
};

struct Node;

/// An SQL expression: an immutable tree shared by pointer; cheap to copy.
///
/// Built by the operators below; compiled by a dialect. Values in it are always bound, never written into the SQL.
/// Comparing with a null Value gives IS NULL / IS NOT NULL. A value compared with a column is converted by the column's
/// type. A tuple's list for in() is of array Values. Errors: Argument for an empty expression where one is needed.
class Expression {
public:
    Expression() = default; ///< empty: no condition
    explicit Expression(std::shared_ptr<const Node> node) : m_node(std::move(node)) {}
    Expression(const Column &column);
    Expression(const Value &value);
    /// What a Value is made of: 18, "Silva", a Date.
    template <class Plain>
    requires(!std::is_same_v<std::remove_cvref_t<Plain>, Value> &&
             ((std::is_convertible_v<Plain, Value> && !std::is_pointer_v<std::decay_t<Plain>>) ||
              std::is_convertible_v<Plain, std::string_view>)) Expression(const Plain &plain)
        : Expression(Value(plain))
    {
    }
    [[nodiscard]] explicit operator bool() const noexcept { return m_node != nullptr; }
    [[nodiscard]] bool empty() const noexcept { return m_node == nullptr; } ///< `!e` is SQL's NOT, not this
    [[nodiscard]] const Node &node() const { return *m_node; }
    [[nodiscard]] const std::shared_ptr<const Node> &pointer() const noexcept { return m_node; }

    [[nodiscard]] Expression like(std::string_view pattern) const;
    [[nodiscard]] Expression notLike(std::string_view pattern) const;
    [[nodiscard]] Expression ilike(std::string_view pattern) const;
    [[nodiscard]] Expression contains(std::string_view text) const; ///< wildcards in text are escaped
    [[nodiscard]] Expression startsWith(std::string_view text) const;
    [[nodiscard]] Expression endsWith(std::string_view text) const;
    [[nodiscard]] Expression in(std::vector<Value> values) const; ///< an empty list is always false
    [[nodiscard]] Expression notIn(std::vector<Value> values) const;
    [[nodiscard]] Expression in(std::initializer_list<Value> values) const { return in(std::vector<Value>(values)); }
    [[nodiscard]] Expression notIn(std::initializer_list<Value> values) const
    {
        return notIn(std::vector<Value>(values));
    }
    [[nodiscard]] Expression in(const Select &query) const;
    [[nodiscard]] Expression notIn(const Select &query) const;
    [[nodiscard]] Expression between(const Expression &low, const Expression &high) const;
    [[nodiscard]] Expression isNull() const;
    [[nodiscard]] Expression isNotNull() const;
    [[nodiscard]] Expression isDistinctFrom(const Expression &other) const;
    [[nodiscard]] Expression isNotDistinctFrom(const Expression &other) const;
    [[nodiscard]] Expression ascending() const;
    [[nodiscard]] Expression descending() const;
    [[nodiscard]] Expression nullsFirst() const;
    [[nodiscard]] Expression nullsLast() const;
    [[nodiscard]] Expression label(std::string name) const;
    [[nodiscard]] Expression cast(Type type) const;
    [[nodiscard]] Expression concat(const Expression &other) const;

private:
    std::shared_ptr<const Node> m_node;
};

/// One node. A fat plain struct, visited by a switch over kind: fields that a kind does not use stay empty.
struct Node {
    NodeKind kind = NodeKind::Literal;
    Operator op = Operator::None;
    std::vector<Expression> args{};
    const Column *column =
        nullptr;                 ///< Column (null: `name` of source `alias`); Bind, BindList: whose type to convert by
    std::string alias{};         ///< Column: the source's alias, empty for the table's name
    Value value{};               ///< Bind, Literal
    std::vector<Value> values{}; ///< BindList; Text: values of `names`
    std::string name{};          ///< Function, Label; Text: the SQL with :name parameters
    std::vector<std::string> names{}; ///< Text: parameter names
    Type type{};                      ///< Cast; Bind: the type to convert by, Unknown for the value's own
    std::shared_ptr<const Select> select{};
};

Expression operator==(const Expression &a, const Expression &b);
Expression operator!=(const Expression &a, const Expression &b);
Expression operator<(const Expression &a, const Expression &b);
Expression operator<=(const Expression &a, const Expression &b);
Expression operator>(const Expression &a, const Expression &b);
Expression operator>=(const Expression &a, const Expression &b);
Expression operator&&(const Expression &a, const Expression &b); ///< an empty side is left out
Expression operator||(const Expression &a, const Expression &b);
Expression operator!(const Expression &a);
Expression operator+(const Expression &a, const Expression &b);
Expression operator-(const Expression &a, const Expression &b);
Expression operator*(const Expression &a, const Expression &b);
Expression operator/(const Expression &a, const Expression &b);
Expression operator%(const Expression &a, const Expression &b);
Expression operator-(const Expression &a);

[[nodiscard]] Expression column(const Column &column, std::string alias = {});
[[nodiscard]] Expression bind(const Value &value, const Type &type);
[[nodiscard]] Expression function(std::string name, std::vector<Expression> args = {});
[[nodiscard]] Expression count(); ///< count(*)
[[nodiscard]] Expression tuple(std::vector<Expression> parts);
/// CASE WHEN … THEN … ELSE … END; without otherwise: NULL.
[[nodiscard]] Expression caseWhen(std::vector<std::pair<Expression, Expression>> branches,
                                  const Expression &otherwise = {});
/// A labelled column of a subquery or common table, by the name of that source.
[[nodiscard]] Expression sourceColumn(std::string source, std::string name);
[[nodiscard]] Expression scalar(const Select &query); ///< (SELECT …) as a value
[[nodiscard]] Expression exists(const Select &query);
[[nodiscard]] Expression literalNull();
[[nodiscard]] Expression literalTrue();
[[nodiscard]] Expression literalFalse();
/// SQL text with :name parameters, each bound. `::` is a cast and `\:` a colon. Throws Argument where a name is missing
/// or surplus. An array value is a list: `id IN :ids`.
[[nodiscard]] Expression text(std::string sql, std::vector<std::pair<std::string, Value>> parameters = {});
/// SQLite's rowid of a table that has no declared key, by whichever of its names no column has taken.
[[nodiscard]] Expression rowId(const Table &table, std::string alias = {});

} // namespace orm
