#pragma once

#include "ui/canvas/layout/layout.h"

namespace ui::layout {

/// Places for the nodes that are not fixed, each near the nodes that it is linked with, on free ground; those without
/// links stand below all others. Fixed nodes keep their places.
[[nodiscard]] std::vector<Place> placeNewcomers(const Graph &graph, const Options &options);

} // namespace ui::layout
