#include "ui/records/source/anchors.h"

#include <algorithm>

namespace ui::records {

void AnchorIndex::add(RowKey key)
{
    m_keys.push_back(std::move(key));
    if (m_keys.size() < kMaximum)
        return;
    for (std::size_t i = 0; i < kMaximum / 2; ++i)
        m_keys[i] = std::move(m_keys[2 * i + 1]);
    m_keys.resize(kMaximum / 2);
    m_spacing *= 2;
}

void AnchorIndex::finish(std::int64_t remainder) noexcept
{
    m_remainder = remainder;
    m_complete = true;
}

AnchorIndex::Start AnchorIndex::before(std::int64_t position) const
{
    const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(position, 0) / m_spacing);
    const std::size_t count = std::min(wanted, m_keys.size());
    if (count == 0)
        return {};
    return {m_keys[count - 1], static_cast<std::int64_t>(count) * m_spacing};
}

} // namespace ui::records
