#pragma once

#include "ui/records/source/row_block.h"

#include <cstdint>
#include <deque>
#include <memory>

namespace ui::records {

/// Blocks that stand next to each other: what of a table is in memory. Bounded in rows and bytes.
///
/// Units: positions are row numbers from 0, 64 bits; they may be guesses (see RowWindow::positionsExact()).
class RowRun {
public:
    static constexpr std::size_t kMaximumBlocks = 64;
    static constexpr std::size_t kMaximumBytes = std::size_t{24} << 20U;

    struct Row {
        const RowBlock *block = nullptr; ///< null: not in memory
        std::size_t index = 0;
        explicit operator bool() const noexcept { return block != nullptr; }
    };

    [[nodiscard]] std::int64_t first() const noexcept { return m_first; }
    [[nodiscard]] std::int64_t size() const noexcept { return m_size; }
    [[nodiscard]] std::int64_t end() const noexcept { return m_first + m_size; }
    [[nodiscard]] bool contains(std::int64_t position) const noexcept
    {
        return position >= m_first && position < end();
    }
    [[nodiscard]] Row at(std::int64_t position) const;
    [[nodiscard]] std::size_t bytes() const noexcept { return m_bytes; }

    void clear(std::int64_t first = 0);
    void append(std::shared_ptr<const RowBlock> block);
    void prepend(std::shared_ptr<const RowBlock> block);
    /// Rows of the front or the back block that has to go, 0 if all may stay.
    [[nodiscard]] std::int64_t surplusAtFront() const;
    [[nodiscard]] std::int64_t surplusAtBack() const;
    void dropFront();
    void dropBack();
    void shift(std::int64_t delta) noexcept { m_first += delta; }

private:
    [[nodiscard]] bool tooBig() const noexcept;
    std::deque<std::shared_ptr<const RowBlock>> m_blocks;
    std::int64_t m_first = 0;
    std::int64_t m_size = 0;
    std::size_t m_bytes = 0;
};

} // namespace ui::records
