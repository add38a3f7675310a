#pragma once

#include <cstdint>
#include <vector>

namespace ui::records {

/// A cell of a grid: the row's place (64 bits) and the visual column.
struct CellPosition {
    std::int64_t place = -1;
    int column = -1;
    [[nodiscard]] bool isValid() const noexcept { return place >= 0 && column >= 0; }
    bool operator==(const CellPosition &) const = default;
};

/// A rectangle of cells, bounds included.
struct CellRange {
    std::int64_t top = 0;
    std::int64_t bottom = -1;
    int left = 0;
    int right = -1;
    [[nodiscard]] bool contains(std::int64_t place, int column) const noexcept
    {
        return place >= top && place <= bottom && column >= left && column <= right;
    }
    [[nodiscard]] std::int64_t rows() const noexcept { return bottom - top + 1; }
    [[nodiscard]] int columns() const noexcept { return right - left + 1; }
};

/// The selected cells of a grid as rectangles: its size does not depend on how many cells there are.
class CellSelection {
public:
    void set(const CellPosition &position);
    void add(const CellPosition &position);    ///< another rectangle
    void extend(const CellPosition &position); ///< the last rectangle, from its first cell
    void setRange(const CellRange &range);
    void addRange(const CellRange &range);
    void clear() noexcept { m_ranges.clear(); }
    void shift(std::int64_t fromPlace, std::int64_t delta); ///< rows from a place on moved
    [[nodiscard]] bool contains(std::int64_t place, int column) const noexcept;
    [[nodiscard]] bool containsRow(std::int64_t place) const noexcept;
    [[nodiscard]] const std::vector<CellRange> &ranges() const noexcept { return m_ranges; }
    [[nodiscard]] std::vector<std::int64_t> places(std::int64_t maximum) const; ///< ascending, without doubles
    [[nodiscard]] std::int64_t cellCount() const noexcept;                      ///< rectangles inside others count once

private:
    std::vector<CellRange> m_ranges;
    CellPosition m_anchor;
};

} // namespace ui::records
