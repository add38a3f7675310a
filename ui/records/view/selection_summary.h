#pragma once

#include "ui/records/grid/record_grid.h"

#include "ormcore/base/decimal.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace ui::records {

/// Sum, least, greatest and average of the selected numbers, exact in decimals; of the cells in memory only.
struct SelectionSummary {
    std::int64_t cells = 0;
    std::int64_t numbers = 0;
    bool complete = true; ///< false: the selection reaches beyond memory; nothing is summed
    orm::Decimal sum;
    orm::Decimal least;
    orm::Decimal greatest;
    [[nodiscard]] QString text() const; ///< empty for a single cell
};
[[nodiscard]] SelectionSummary summarize(const RecordGrid &grid);

/// A number as an exact decimal; doubles by their shortest text. nullopt: no number.
[[nodiscard]] std::optional<orm::Decimal> toDecimal(const orm::Value &value);

} // namespace ui::records
