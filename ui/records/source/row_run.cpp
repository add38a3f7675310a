#include "ui/records/source/row_run.h"

namespace ui::records {

RowRun::Row RowRun::at(std::int64_t position) const
{
    if (!contains(position))
        return {};
    auto offset = static_cast<std::size_t>(position - m_first);
    for (const std::shared_ptr<const RowBlock> &block : m_blocks) {
        if (offset < block->rowCount)
            return {block.get(), offset};
        offset -= block->rowCount;
    }
    return {};
}

void RowRun::clear(std::int64_t first)
{
    m_blocks.clear();
    m_first = first;
    m_size = 0;
    m_bytes = 0;
}

void RowRun::append(std::shared_ptr<const RowBlock> block)
{
    m_size += static_cast<std::int64_t>(block->rowCount);
    m_bytes += block->bytes;
    m_blocks.push_back(std::move(block));
}

void RowRun::prepend(std::shared_ptr<const RowBlock> block)
{
    m_first -= static_cast<std::int64_t>(block->rowCount);
    m_size += static_cast<std::int64_t>(block->rowCount);
    m_bytes += block->bytes;
    m_blocks.push_front(std::move(block));
}

bool RowRun::tooBig() const noexcept
{
    return m_blocks.size() > 2 && (m_blocks.size() > kMaximumBlocks || m_bytes > kMaximumBytes);
}

std::int64_t RowRun::surplusAtFront() const
{
    return tooBig() ? static_cast<std::int64_t>(m_blocks.front()->rowCount) : 0;
}

std::int64_t RowRun::surplusAtBack() const
{
    return tooBig() ? static_cast<std::int64_t>(m_blocks.back()->rowCount) : 0;
}

void RowRun::dropFront()
{
    const auto rows = static_cast<std::int64_t>(m_blocks.front()->rowCount);
    m_bytes -= m_blocks.front()->bytes;
    m_blocks.pop_front();
    m_first += rows;
    m_size -= rows;
}

void RowRun::dropBack()
{
    m_bytes -= m_blocks.back()->bytes;
    m_size -= static_cast<std::int64_t>(m_blocks.back()->rowCount);
    m_blocks.pop_back();
}

} // namespace ui::records
