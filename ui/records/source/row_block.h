#pragma once

#include "ormcore/base/value.h"
#include "ui/records/source/keyset.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ui::records {

/// One cell as a view needs it: long text and bytes are only a beginning.
struct Cell {
    static constexpr std::int64_t kWhole = -1;
    static constexpr std::int64_t kUnknown = -2;

    orm::Value value;
    std::int64_t length = kWhole; ///< of the whole value where `value` is cut: bytes, or kUnknown
    [[nodiscard]] bool isCut() const noexcept { return length != kWhole; }
};

/// What names a row for edits: the values of the key columns (or the rowid), typed. Empty for keyless rows.
using RowIdentity = std::vector<orm::Value>;

/// Rows that stand next to each other in an order; immutable once read, shared between threads.
struct RowBlock {
    std::size_t columnCount = 0;
    std::size_t identityWidth = 0;
    std::size_t keyWidth = 0;
    std::size_t rowCount = 0;
    std::vector<Cell> cells;
    std::vector<orm::Value> identities;
    std::vector<orm::Value> keys;
    std::size_t bytes = 0;   ///< about what it takes in memory
    bool reachedEnd = false; ///< no more rows in the direction in which it was read

    [[nodiscard]] const Cell &cell(std::size_t row, std::size_t column) const
    {
        return cells[row * columnCount + column];
    }
    [[nodiscard]] RowIdentity identity(std::size_t row) const
    {
        const auto first = identities.begin() + static_cast<std::ptrdiff_t>(row * identityWidth);
        return {first, first + static_cast<std::ptrdiff_t>(identityWidth)};
    }
    [[nodiscard]] RowKey key(std::size_t row) const
    {
        const auto first = keys.begin() + static_cast<std::ptrdiff_t>(row * keyWidth);
        return {first, first + static_cast<std::ptrdiff_t>(keyWidth)};
    }
};

} // namespace ui::records
