#pragma once

#include "ui/canvas/layout/layout.h"

namespace ui::layout {

/// A laid out component: places of its members from 0, 0.
struct Block {
    std::vector<int> members;
    std::vector<Place> places;
    double width = 0;
    double height = 0;
};

/// Puts components beside each other so that the whole comes near the wanted aspect, the largest first. Answer: by
/// node.
[[nodiscard]] std::vector<Place> pack(std::vector<Block> blocks, std::size_t nodes, const Options &options);

} // namespace ui::layout
