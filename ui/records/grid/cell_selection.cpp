#include "ui/records/grid/cell_selection.h"

#include <algorithm>
#include <set>

namespace ui::records {

void CellSelection::set(const CellPosition &position)
{
    m_ranges.clear();
    add(position);
}

void CellSelection::add(const CellPosition &position)
{
    m_anchor = position;
    m_ranges.push_back({position.place, position.place, position.column, position.column});
}

void CellSelection::extend(const CellPosition &position)
{
    if (m_ranges.empty()) {
        add(position);
        return;
    }
    const auto [top, bottom] = std::minmax(m_anchor.place, position.place);
    const auto [left, right] = std::minmax(m_anchor.column, position.column);
    m_ranges.back() = {top, bottom, left, right};
}

void CellSelection::setRange(const CellRange &range)
{
    m_ranges.clear();
    addRange(range);
}

void CellSelection::addRange(const CellRange &range)
{
    m_anchor = {range.top, range.left};
    m_ranges.push_back(range);
}

void CellSelection::shift(std::int64_t fromPlace, std::int64_t delta)
{
    for (CellRange &range : m_ranges) {
        if (range.top < fromPlace)
            continue;
        range.top = std::max<std::int64_t>(0, range.top + delta);
        range.bottom = std::max<std::int64_t>(0, range.bottom + delta);
    }
    if (m_anchor.place >= fromPlace)
        m_anchor.place = std::max<std::int64_t>(0, m_anchor.place + delta);
}

bool CellSelection::contains(std::int64_t place, int column) const noexcept
{
    return std::any_of(m_ranges.begin(), m_ranges.end(),
                       [=](const CellRange &range) { return range.contains(place, column); });
}

bool CellSelection::containsRow(std::int64_t place) const noexcept
{
    return std::any_of(m_ranges.begin(), m_ranges.end(),
                       [=](const CellRange &range) { return place >= range.top && place <= range.bottom; });
}

std::vector<std::int64_t> CellSelection::places(std::int64_t maximum) const
{
    std::set<std::int64_t> places;
    for (const CellRange &range : m_ranges) {
        for (std::int64_t place = range.top; place <= range.bottom; ++place) {
            if (static_cast<std::int64_t>(places.size()) >= maximum)
                return {places.begin(), places.end()};
            places.insert(place);
        }
    }
    return {places.begin(), places.end()};
}

std::int64_t CellSelection::cellCount() const noexcept
{
    std::int64_t count = 0;
    for (std::size_t i = 0; i < m_ranges.size(); ++i) {
        const bool repeated = std::any_of(m_ranges.begin(), m_ranges.begin() + static_cast<std::ptrdiff_t>(i),
                                          [&](const CellRange &other) {
                                              return other.contains(m_ranges[i].top, m_ranges[i].left) &&
                                                     other.contains(m_ranges[i].bottom, m_ranges[i].right);
                                          });
        if (!repeated)
            count += m_ranges[i].rows() * m_ranges[i].columns();
    }
    return count;
}

} // namespace ui::records
