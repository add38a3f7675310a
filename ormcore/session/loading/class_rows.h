#pragma once

#include "ormcore/engine/driver.h"
#include "ormcore/mapping/row_layout.h"
#include "ormcore/mapping/state.h"

namespace orm {

// Rows of a class that others inherit from. `first` is the column where the layout begins.

/// In a UNION: whose row it is; else the layout itself.
[[nodiscard]] const RowLayout &memberOfRow(DriverStatement &row, const RowLayout &rows, int first);
/// Which class the current row is of. DataError: its discriminator is that of no class, or of none that was asked for.
[[nodiscard]] const RowLayout::Class &classOfRow(DriverStatement &row, const RowLayout &rows, int first);
/// The row is that of a class that shares the asked one's table.
[[nodiscard]] bool isOfAnotherClass(DriverStatement &row, const RowLayout &rows);
/// Where the columns of an object in memory are. DataError: it is of none of the classes that were asked for.
[[nodiscard]] const RowLayout::Class &classOfKnown(const State &known, const RowLayout &rows);
/// Into a new object; what the row does not have is marked as not loaded.
void readClass(State &state, DriverStatement &row, int first, const RowLayout::Class &from);

} // namespace orm
