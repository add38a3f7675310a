#pragma once

#include "ui/records/source/row_source.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace ui::records {

/// The smallest and the largest key of an order that interpolates; none for an empty table.
using KeyBounds = std::optional<std::pair<std::int64_t, std::int64_t>>;
[[nodiscard]] KeyBounds readBounds(orm::Connection &connection, const RowSource &source);
/// How many keys fit between the bounds; a double, so that it cannot overflow.
[[nodiscard]] double keySpan(const std::pair<std::int64_t, std::int64_t> &bounds);

} // namespace ui::records
