#pragma once

#include "ui/canvas/routing/route.h"

namespace ui::routing {

/// One straight stretch of a line, from its point `index` to the next.
struct Piece {
    int line = -1;
    int index = 0;
    double at = 0;  ///< x of a vertical one, y of a horizontal one
    double low = 0; ///< its span
    double high = 0;
};

/// The straight stretches of one orientation, sorted from left to right (from top to bottom): by place, and where
/// lines share a stretch so that they cross as little as they can.
[[nodiscard]] std::vector<Piece> orderedPieces(const std::vector<Polyline> &lines, bool vertical);

} // namespace ui::routing
