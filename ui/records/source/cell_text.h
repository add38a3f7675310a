#pragma once

#include "ormcore/schema/table.h"
#include "ui/records/source/row_block.h"

#include <QString>

namespace ui::records {

/// What stands for a value in a cell: its text, "NULL", "[BLOB 12 KB]"; a cut text ends in "…".
[[nodiscard]] QString cellText(const orm::Value &value, std::int64_t length = Cell::kWhole);
/// For setToolTip(): shown as it is, whatever tags a server's text may hold.
[[nodiscard]] QString plainToolTip(const QString &text);
[[nodiscard]] bool isRightAligned(const orm::Column &column);

} // namespace ui::records
