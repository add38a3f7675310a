#pragma once

#include "ormcore/mapping/record.h"

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace orm {

struct MappedColumn;

/// Makes a column's value for one row, from the object that is being written.
using ColumnMaker = std::function<Value(State &object)>;

/// What a column gets where its object does not say.
struct ColumnDefaults {
    std::optional<Value> constant; ///< in an INSERT
    ColumnMaker insert;            ///< the same, made for each row
    ColumnMaker update;            ///< in an UPDATE
    [[nodiscard]] bool forInsert() const noexcept { return constant || insert; }
};

/// What an INSERT gives a column that is NULL in the object, or a key that is zero or empty. So does one that was set
/// to NULL: set it to orm::null to have it written as NULL. The object has the value after the flush.
struct DefaultValue {
    Value value;
};
[[nodiscard]] inline DefaultValue defaultValue(Value value) { return {std::move(value)}; }
/// The same, called for each row when it is inserted: defaultFrom([] { return nextNumber(); }), or with the row as a
/// Record: defaultFrom([](const orm::Record &row) { return … row.get("name") … }), whose foreign keys are known then.
/// It only reads: what it would set may have been bound already. What it throws fails the flush.
struct DefaultFrom {
    ColumnMaker make;
};
/// Called for each UPDATE of an object that does not change the column itself.
struct OnUpdate {
    ColumnMaker make;
};

namespace detail {
template <class Result> Value resultValue(const Result &result)
{
    if constexpr (std::is_convertible_v<Result, Value>)
        return result;
    else
        return fieldValue(fieldTypeOf<Result>(), &result, {});
}
template <class Callable> ColumnMaker columnMaker(Callable callable)
{
    return [callable = std::move(callable)]([[maybe_unused]] State &object) -> Value {
        if constexpr (std::is_invocable_v<const Callable &, Record>)
            return resultValue(callable(Record(&object)));
        else
            return resultValue(callable());
    };
}
} // namespace detail

template <class Callable> [[nodiscard]] DefaultFrom defaultFrom(Callable callable)
{
    return {detail::columnMaker(std::move(callable))};
}
template <class Callable> [[nodiscard]] OnUpdate onUpdate(Callable callable)
{
    return {detail::columnMaker(std::move(callable))};
}

inline void applyOption(ColumnDefaults &defaults, const DefaultValue &value) { defaults.constant = value.value; }
inline void applyOption(ColumnDefaults &defaults, const DefaultFrom &made) { defaults.insert = made.make; }
inline void applyOption(ColumnDefaults &defaults, const OnUpdate &made) { defaults.update = made.make; }

/// A new object's column that the default is to fill.
[[nodiscard]] bool awaitsDefault(const State &state, std::size_t column);
/// A new object's key that its INSERT makes: by the database or by a default.
[[nodiscard]] bool keyIsToCome(const State &state, std::size_t column);
// For the flush: what comes of defaults is set without asking validators.
void applyInsertDefault(State &state, std::size_t column); ///< where the object does not say
void applyUpdateDefault(State &state, std::size_t column); ///< where the column is not changed

} // namespace orm
