#pragma once

#include "ormcore/schema/table.h"
#include "ui/records/source/row_block.h"

#include <QString>

namespace ui::records {

/// What stands for a value in a cell: its text, "NULL", "[BLOB 12 KB]"; a cut text ends in "…".
[[nodiscard]] QString cellText(const orm::Value &value, std::int64_t length = Cell::kWhole);
[[nodiscard]] bool isRightAligned(const orm::Column &column);

} // namespace ui::records
