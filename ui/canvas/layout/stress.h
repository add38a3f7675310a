#pragma once

#include "ui/canvas/layout/layout.h"

#include <cstdint>

namespace ui::layout {

/// Centres that put nodes as far apart as the graph says (stress by stochastic gradient descent, after Zheng, Pawar,
/// Goodman 2018), turned so that the drawing lies flat. The graph must be connected.
[[nodiscard]] std::vector<Place> stressCentres(const Graph &graph, const Options &options, std::uint32_t seed);

/// Neighbours of each node, without doubles and without itself.
[[nodiscard]] std::vector<std::vector<int>> neighbours(const Graph &graph);

} // namespace ui::layout
