#include "ormcore/engine/column_block.h"

namespace orm {

std::size_t ColumnBlock::fullLength(std::size_t row, std::size_t column) const
{
    const auto found = m_cut.find(column * m_rows + row);
    return found == m_cut.end() ? 0 : found->second;
}

std::vector<Value> ColumnBlock::row(std::size_t row) const
{
    std::vector<Value> cells;
    cells.reserve(m_columns.size());
    for (std::size_t column = 0; column < m_columns.size(); ++column)
        cells.push_back(at(row, column));
    return cells;
}

std::shared_ptr<const ColumnBlock> readBlock(Result &result, std::size_t rows, std::size_t shownBytes)
{
    auto block = std::make_shared<ColumnBlock>();
    block->m_columns = result.columns();
    const std::size_t columns = block->m_columns.size();
    // How many rows come is known at the end only: cells are read with room for all, then moved together.
    std::vector<Value> cells(columns * rows);
    std::unordered_map<std::size_t, std::size_t> cut;
    while (block->m_rows < rows && result.next()) {
        DriverStatement &statement = result.native();
        for (std::size_t column = 0; column < columns; ++column) {
            const int index = static_cast<int>(column);
            const std::size_t cell = column * rows + block->m_rows;
            const std::size_t length = statement.byteLength(index);
            if (length > shownBytes) {
                cells[cell] = statement.prefix(index, shownBytes);
                cut.emplace(cell, length);
            } else {
                cells[cell] = statement.value(index, block->m_columns[column].type);
            }
        }
        ++block->m_rows;
    }
    if (block->m_rows == rows) {
        block->m_cells = std::move(cells);
        block->m_cut = std::move(cut);
        return block;
    }
    block->m_cells.reserve(columns * block->m_rows);
    for (std::size_t column = 0; column < columns; ++column) {
        for (std::size_t row = 0; row < block->m_rows; ++row)
            block->m_cells.push_back(std::move(cells[column * rows + row]));
    }
    for (const auto &[cell, length] : cut)
        block->m_cut.emplace(cell / rows * block->m_rows + cell % rows, length);
    return block;
}

} // namespace orm
