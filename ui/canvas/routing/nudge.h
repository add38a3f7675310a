#pragma once

#include "ui/canvas/routing/order.h"

namespace ui::routing {

/// Moves the pieces of one orientation apart, in the given order, within the free room around each. Ends slide along
/// their box's side as far as the link allows.
void nudge(std::vector<Polyline> &lines, const std::vector<Piece> &order, bool vertical, const std::vector<Box> &boxes,
           const std::vector<Link> &links, const Options &options);

} // namespace ui::routing
