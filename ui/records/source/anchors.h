#pragma once

#include "ui/records/source/keyset.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ui::records {

/// Keys of every so many rows of an order, found while a table is walked once in the background: from the nearest one
/// an exact row number is a short walk away.
///
/// Units: rows. The spacing doubles as the table grows, so that memory stays bounded.
class AnchorIndex {
public:
    static constexpr std::int64_t kSpacing = 10'000;
    static constexpr std::size_t kMaximum = 20'000;

    struct Start {
        std::optional<RowKey> key; ///< none: the start of the table
        std::int64_t position = 0; ///< of the row that follows it
    };

    /// The next anchor: of the row at walked() + spacing() - 1.
    void add(RowKey key);
    void finish(std::int64_t remainder) noexcept; ///< rows after the last anchor; the walk is over
    [[nodiscard]] std::int64_t spacing() const noexcept { return m_spacing; }
    [[nodiscard]] std::int64_t walked() const noexcept
    {
        return static_cast<std::int64_t>(m_keys.size()) * m_spacing + m_remainder;
    }
    [[nodiscard]] bool isComplete() const noexcept { return m_complete; }
    [[nodiscard]] const std::vector<RowKey> &keys() const noexcept { return m_keys; }
    [[nodiscard]] bool covers(std::int64_t position) const noexcept
    {
        return m_complete || position < walked() + m_spacing;
    }
    /// Where to walk from to reach a position that is covered.
    [[nodiscard]] Start before(std::int64_t position) const;

private:
    std::vector<RowKey> m_keys;
    std::int64_t m_spacing = kSpacing;
    std::int64_t m_remainder = 0;
    bool m_complete = false;
};

} // namespace ui::records
