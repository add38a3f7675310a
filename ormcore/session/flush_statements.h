#pragma once

#include "ormcore/session/flush_plan.h"
#include "ormcore/sql/statement.h"

#include <functional>

namespace orm {

/// What stands for the values in a step's statement. Positions are those of the mapper's columns.
struct StepValues {
    std::function<Expression(std::size_t column)> written;
    std::function<Expression(std::size_t column)> stored; ///< in the row: its key, and its version where that counts
};
[[nodiscard]] Statement stepStatement(const FlushStep &step, const StepValues &values,
                                      const std::vector<std::uint16_t> &returning = {});

/// The row's version must be as it was loaded. Extra statements of a flush do not count.
[[nodiscard]] bool checksVersion(const FlushStep &step) noexcept;

/// A value of the key by which the row is found, as the database has it (or will have, once it is inserted), or the
/// version that it was loaded with.
[[nodiscard]] Value rowValue(const FlushStep &step, const State &row, std::size_t column);

/// "users (7)" or "a new User", for messages.
[[nodiscard]] std::string rowName(const State &row);

/// The database makes the keys of the rows that the step inserts.
[[nodiscard]] bool makesKeys(const FlushStep &step);

/// A key that the database made for a row that is not there: the object is to get another one.
void forgetKey(State &state);

/// What the server fills in at the step, apart from a single key, which the driver knows.
[[nodiscard]] std::vector<std::uint16_t> filledByServer(const FlushStep &step);

} // namespace orm
