#pragma once

#include "ormcore/engine/engine.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace orm {

/// Rows of a result, kept by column, for a grid that shows them.
///
/// Long texts and byte strings are cut: the cell holds their first bytes, and fullLength() tells how many there are.
/// A cut cell is for display: fetch the whole value before it is edited. Units: lengths in bytes. Immutable; any
/// thread; independent of the result and the connection it came from.
class ColumnBlock {
public:
    static constexpr std::size_t kShownBytes = 256;

    [[nodiscard]] std::size_t rowCount() const noexcept { return m_rows; }
    [[nodiscard]] std::size_t columnCount() const noexcept { return m_columns.size(); }
    [[nodiscard]] const std::vector<ResultColumn> &columns() const noexcept { return m_columns; }
    [[nodiscard]] const Value &at(std::size_t row, std::size_t column) const { return m_cells[column * m_rows + row]; }
    /// Whether the cell holds only the first bytes of what is stored.
    [[nodiscard]] bool isCut(std::size_t row, std::size_t column) const
    {
        return m_cut.contains(column * m_rows + row);
    }
    /// Bytes of a cut cell as it is stored; 0 for a cell that is whole.
    [[nodiscard]] std::size_t fullLength(std::size_t row, std::size_t column) const;
    [[nodiscard]] std::vector<Value> row(std::size_t row) const;

private:
    friend std::shared_ptr<const ColumnBlock> readBlock(Result &result, std::size_t rows, std::size_t shownBytes);

    std::vector<ResultColumn> m_columns;
    std::vector<Value> m_cells; // column by column
    std::unordered_map<std::size_t, std::size_t> m_cut;
    std::size_t m_rows = 0;
};

/// Reads at most so many of the rows that follow; fewer only at the end. Errors: as Result::next().
[[nodiscard]] std::shared_ptr<const ColumnBlock> readBlock(Result &result, std::size_t rows,
                                                           std::size_t shownBytes = ColumnBlock::kShownBytes);

} // namespace orm
