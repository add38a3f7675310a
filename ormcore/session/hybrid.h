#pragma once

#include "ormcore/mapping/evaluate.h"
#include "ormcore/session/query.h"

#include <optional>
#include <utility>

namespace orm {

/// One definition for an object and for SQL: an expression over the columns of one class or table, with a result of
/// type T. In a query it is the expression; called with a handle it is the value for that object, as the object stands
/// in memory (std::nullopt where it is NULL).
///
///     const auto fullName = orm::hybrid<std::string>(orm::f<&User::first>.concat(" ").concat(orm::f<&User::last>));
///     const auto isAdult = orm::hybrid<bool>(orm::f<&User::age> >= 18);
///     fullName(user);                                                           // std::optional<std::string>
///     session.all(orm::select<User>().where(isAdult && fullName.contains("Silva")).orderBy(fullName));
///     const auto total = orm::hybrid<orm::Decimal>(table.column("price") * orm::Expression(table.column("count")));
///     total(record);
///
/// What both sides know is said at evaluate(); an expression that only the database can evaluate may stand in queries,
/// and calling it throws Argument. Errors of a call: those of evaluate(), and DataError where the value is no T.
/// Thread: any for the definition, the session's for a call.
template <class T> class Hybrid : public Field<T> {
public:
    using Field<T>::Field;
    [[nodiscard]] std::optional<T> operator()(const ObjectHandle &object) const
    {
        const Value value = evaluate(*this, *object.state());
        if (value.isNull())
            return std::nullopt;
        T result{};
        setFieldValue(fieldTypeOf<T>(), &result, value);
        return result;
    }
};

template <class T> [[nodiscard]] Hybrid<T> hybrid(Expression expression) { return Hybrid<T>(std::move(expression)); }

} // namespace orm
