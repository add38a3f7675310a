#pragma once

#include "ormcore/mapping/ref.h"
#include "ormcore/sql/statement.h"

#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

namespace orm {

namespace detail {
/// A column that is known by its member only: the session that runs the statement finds the column in its registry.
[[nodiscard]] Expression memberExpression(const char *typeName, std::size_t offset);
} // namespace detail

/// A mapped member in an expression: f<&User::age> >= 18. Compares with values of the member's type, with other
/// expressions, and with std::nullopt for IS NULL. Only a Session can run what it is in.
template <class T> class Field {
public:
    using Plain = typename detail::OptionalOf<T>::Type;
    Field(const char *typeName, std::size_t offset) : m_expression(detail::memberExpression(typeName, offset)) {}
    operator Expression() const { return m_expression; }
    const Expression *operator->() const { return &m_expression; }

    [[nodiscard]] Expression like(std::string_view pattern) const { return m_expression.like(pattern); }
    [[nodiscard]] Expression contains(std::string_view text) const { return m_expression.contains(text); }
    [[nodiscard]] Expression startsWith(std::string_view text) const { return m_expression.startsWith(text); }
    [[nodiscard]] Expression endsWith(std::string_view text) const { return m_expression.endsWith(text); }
    [[nodiscard]] Expression in(const std::vector<Plain> &values) const
    {
        std::vector<Value> list;
        for (const auto &value : values)
            list.push_back(fieldValue(fieldTypeOf<Plain>(), &value, {}));
        return m_expression.in(std::move(list));
    }
    [[nodiscard]] Expression between(const Plain &low, const Plain &high) const
    {
        return m_expression.between(bound(low), bound(high));
    }
    [[nodiscard]] Expression isNull() const { return m_expression.isNull(); }
    [[nodiscard]] Expression isNotNull() const { return m_expression.isNotNull(); }
    [[nodiscard]] Expression ascending() const { return m_expression.ascending(); }
    [[nodiscard]] Expression descending() const { return m_expression.descending(); }

    // With values only: other expressions compare through the operators of Expression.
    friend Expression operator==(const Field &a, const Plain &b) { return a.m_expression == bound(b); }
    friend Expression operator!=(const Field &a, const Plain &b) { return a.m_expression != bound(b); }
    friend Expression operator<(const Field &a, const Plain &b) { return a.m_expression < bound(b); }
    friend Expression operator<=(const Field &a, const Plain &b) { return a.m_expression <= bound(b); }
    friend Expression operator>(const Field &a, const Plain &b) { return a.m_expression > bound(b); }
    friend Expression operator>=(const Field &a, const Plain &b) { return a.m_expression >= bound(b); }
    friend Expression operator==(const Field &a, std::nullopt_t) { return a.isNull(); }
    friend Expression operator!=(const Field &a, std::nullopt_t) { return a.isNotNull(); }

private:
    static Expression bound(const Plain &value) { return fieldValue(fieldTypeOf<Plain>(), &value, {}); }
    Expression m_expression;
};

/// The member as an expression: select<User>().where(f<&User::age> >= 18).
template <auto M> inline const Field<detail::TypeOf<M>> f{typeid(detail::ClassOf<M>).name(), detail::offsetOf(M)};

/// One step of a path of relationships: by member, or by name.
struct PathStep {
    std::string typeName;
    std::size_t offset = 0;
    std::string name;
};
/// "Load this path of relationships in this way with the query", each step of it.
struct LoadOption {
    std::vector<PathStep> path;
    Loading loading = Loading::SelectIn;
};

template <Loading How, auto... M> struct LoadTag {
    operator LoadOption() const
    {
        return {{PathStep{typeid(detail::ClassOf<M>).name(), detail::offsetOf(M), {}}...}, How};
    }
};
/// options(selectin<&Customer::orders, &Order::lines>): one further SELECT for each step of the path and 512 objects.
template <auto... M> inline constexpr LoadTag<Loading::SelectIn, M...> selectin{};
/// Leaves the relationship empty and marks it as loaded.
template <auto... M> inline constexpr LoadTag<Loading::NoLoad, M...> noload{};
/// The same by the relationships' names, for records.
[[nodiscard]] LoadOption selectinPath(std::vector<std::string> names);

/// A query for objects: what to select from is the class's or the record's table. The type-erased half of TypedSelect.
struct ObjectQuery {
    std::string typeName;        ///< empty: the first source of select
    Select select;               ///< without a column list
    std::vector<PathStep> joins; ///< by relationship
    std::vector<LoadOption> options;
    bool populateExisting = false; ///< also overwrite what is loaded and not changed
};

/// SELECT of objects of class T, as a value with a fluent interface.
template <class T> class TypedSelect {
public:
    TypedSelect() { m_query.typeName = typeid(T).name(); }
    TypedSelect &where(const Expression &condition)
    {
        m_query.select.where(condition);
        return *this;
    }
    /// INNER JOIN along a relationship, for conditions on its target.
    template <auto M> TypedSelect &join()
    {
        m_query.joins.push_back({typeid(detail::ClassOf<M>).name(), detail::offsetOf(M), {}});
        return *this;
    }
    template <class... Expressions> TypedSelect &orderBy(const Expressions &...expressions)
    {
        m_query.select.orderBy({static_cast<Expression>(expressions)...});
        return *this;
    }
    TypedSelect &limit(std::int64_t rows)
    {
        m_query.select.limit(rows);
        return *this;
    }
    TypedSelect &offset(std::int64_t rows)
    {
        m_query.select.offset(rows);
        return *this;
    }
    TypedSelect &distinct()
    {
        m_query.select.distinct();
        return *this;
    }
    template <class... Options> TypedSelect &options(const Options &...options)
    {
        (m_query.options.push_back(static_cast<LoadOption>(options)), ...);
        return *this;
    }
    TypedSelect &populateExisting()
    {
        m_query.populateExisting = true;
        return *this;
    }
    [[nodiscard]] const ObjectQuery &query() const noexcept { return m_query; }

private:
    ObjectQuery m_query;
};

template <class T> [[nodiscard]] TypedSelect<T> select() { return {}; }

} // namespace orm
