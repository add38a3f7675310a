#pragma once

#include "ui/canvas/layout/layout.h"

namespace ui::layout {

struct Arrangement {
    std::vector<Place> places; ///< top left corners, from 0, 0
    double cost = 0;           ///< for comparing arrangements of the same small graph
};

/// Puts boxes into columns near the given centres: the columns' corridors and the gaps in them are where lines run.
/// Order in the columns and changes between columns come from a search for short lines with few crossings.
[[nodiscard]] Arrangement arrangeInColumns(const Graph &graph, const std::vector<Place> &centres,
                                           const Options &options);

} // namespace ui::layout
