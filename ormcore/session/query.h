#pragma once

#include "ormcore/mapping/ref.h"
#include "ormcore/sql/statement.h"

#include <initializer_list>
#include <optional>
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
    explicit Field(Expression expression) : m_expression(std::move(expression)) {}
    operator Expression() const { return m_expression; }
    const Expression *operator->() const { return &m_expression; }

    [[nodiscard]] Expression like(std::string_view pattern) const { return m_expression.like(pattern); }
    [[nodiscard]] Expression contains(std::string_view text) const { return m_expression.contains(text); }
    [[nodiscard]] Expression startsWith(std::string_view text) const { return m_expression.startsWith(text); }
    [[nodiscard]] Expression endsWith(std::string_view text) const { return m_expression.endsWith(text); }
    [[nodiscard]] Expression concat(const Expression &other) const { return m_expression.concat(other); }
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

/// How a path of relationships comes into memory with a query: each step in its own way.
///
/// options(joined<&Customer::orders>.then(selectin<&Order::lines>)). The last option that names a step decides on it;
/// what no option names is loaded as it is mapped. Below a step that the query does not load nothing can be named.
struct LoadOption {
    struct Step {
        PathStep at;
        std::optional<Loading> loading; ///< none: as the relationship is mapped
    };
    std::vector<Step> steps;
    [[nodiscard]] LoadOption then(const LoadOption &next) const; ///< goes on from the last step
};
/// The same by the relationships' names, for records.
[[nodiscard]] LoadOption loadPath(std::optional<Loading> loading, std::vector<std::string> names);
[[nodiscard]] LoadOption joinedPath(std::vector<std::string> names);
[[nodiscard]] LoadOption subqueryPath(std::vector<std::string> names);
[[nodiscard]] LoadOption selectinPath(std::vector<std::string> names);

namespace detail {
enum class LoadWay { AsMapped, Lazy, Joined, Subquery, SelectIn, NoLoad, Raise };
[[nodiscard]] LoadOption loadOption(LoadWay way, std::vector<PathStep> path);

template <LoadWay Way, auto... M> struct LoadTag {
    operator LoadOption() const { return loadOption(Way, {PathStep{typeid(ClassOf<M>).name(), offsetOf(M), {}}...}); }
    [[nodiscard]] LoadOption then(const LoadOption &next) const { return LoadOption(*this).then(next); }
};
} // namespace detail

/// LEFT JOIN in the query itself. With LIMIT, OFFSET or DISTINCT the query becomes a subquery, so that they count its
/// own objects; collections bring a row for each object in them.
template <auto... M> inline constexpr detail::LoadTag<detail::LoadWay::Joined, M...> joined{};
/// One further SELECT for each step, with the query as a subquery: for large results. With LIMIT order the query.
template <auto... M> inline constexpr detail::LoadTag<detail::LoadWay::Subquery, M...> subquery{};
/// One further SELECT for each step and 512 objects.
template <auto... M> inline constexpr detail::LoadTag<detail::LoadWay::SelectIn, M...> selectin{};
/// Leaves the relationship empty and marks it as loaded.
template <auto... M> inline constexpr detail::LoadTag<detail::LoadWay::NoLoad, M...> noload{};
/// Reading the relationship throws ImplicitIo, unless memory has what it leads to.
template <auto... M> inline constexpr detail::LoadTag<detail::LoadWay::Raise, M...> raiseload{};
/// Loaded when it is read.
template <auto... M> inline constexpr detail::LoadTag<detail::LoadWay::Lazy, M...> lazyload{};
/// Says nothing itself, but leads to what follows with then().
template <auto... M> inline constexpr detail::LoadTag<detail::LoadWay::AsMapped, M...> asMapped{};

/// What a query says beside its SELECT: all(select(table), {joinedPath({"orders"})}).
struct QueryOptions {
    QueryOptions() = default;
    QueryOptions(std::initializer_list<LoadOption> paths) : loads(paths) {}
    QueryOptions(std::vector<LoadOption> paths) : loads(std::move(paths)) {}
    std::vector<LoadOption> loads;
    bool populateExisting = false; ///< also overwrite what is loaded and not changed
    const Mapper *of = nullptr;    ///< a class of records, where several share the query's table
    /// Classes below the queried one (by their records' names or typeids) whose columns come in the same statement:
    /// their tables are LEFT JOINed, and may be in conditions.
    std::vector<std::string> withPolymorphic{};
    std::vector<std::string> selectinPolymorphic{}; ///< those whose columns come by one further SELECT for each
    bool siblings = true; ///< reading an object later may load the same for those that came with it
};

/// A query for objects: what to select from is the class's or the record's table. The type-erased half of TypedSelect.
struct ObjectQuery {
    std::string typeName;        ///< empty: the first source of select
    Select select;               ///< without a column list
    std::vector<PathStep> joins; ///< by relationship
    bool byKey = false;          ///< of one row, so of no UNION
    QueryOptions options;
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
        (m_query.options.loads.push_back(static_cast<LoadOption>(options)), ...);
        return *this;
    }
    /// Columns that these subclasses add come in the same statement, and may be in conditions; none are named: those of
    /// all subclasses. Else they come when they are read.
    template <class... Subclasses> TypedSelect &withPolymorphic()
    {
        return name<Subclasses...>(m_query.options.withPolymorphic);
    }
    /// The same with one further SELECT for each subclass that is found.
    template <class... Subclasses> TypedSelect &selectinPolymorphic()
    {
        return name<Subclasses...>(m_query.options.selectinPolymorphic);
    }
    TypedSelect &populateExisting()
    {
        m_query.options.populateExisting = true;
        return *this;
    }
    /// Reading one of the objects later loads nothing for the others.
    TypedSelect &withoutSiblings()
    {
        m_query.options.siblings = false;
        return *this;
    }
    [[nodiscard]] const ObjectQuery &query() const noexcept { return m_query; }

private:
    template <class... Subclasses> TypedSelect &name(std::vector<std::string> &classes)
    {
        static_assert((std::is_base_of_v<T, Subclasses> && ...), "not classes below the queried one");
        if constexpr (sizeof...(Subclasses) == 0)
            classes.push_back("*");
        else
            (classes.push_back(typeid(Subclasses).name()), ...);
        return *this;
    }

    ObjectQuery m_query;
};

template <class T> [[nodiscard]] TypedSelect<T> select() { return {}; }

} // namespace orm
