#pragma once

#include <functional>
#include <vector>

namespace ui::layout {

/// Units everywhere here: scene pixels, y grows downwards; a node's x, y is its top left corner.
struct Node {
    double width = 0;
    double height = 0;
    bool fixed = false; ///< stays at x, y
    double x = 0;
    double y = 0;
};
struct Edge { ///< between nodes by index
    int source = 0;
    int target = 0;
};
struct Graph {
    std::vector<Node> nodes;
    std::vector<Edge> edges;
};
struct Place {
    double x = 0;
    double y = 0;
    bool operator==(const Place &) const = default;
};

struct Options {
    double aspect = 1.6;             ///< width : height that the whole should have
    double gapX = 76;                ///< room between columns, more where many lines must pass
    double gapY = 44;                ///< room between boxes of a column
    double grid = 10;                ///< places are multiples of it
    std::function<bool()> cancelled; ///< asked now and then; then the answer is worthless
};

/// Places for all nodes: no two boxes overlap, gaps leave room for lines, fixed nodes stay where they are and newcomers
/// come near what they refer to. Pure and deterministic; any thread.
[[nodiscard]] std::vector<Place> place(const Graph &graph, const Options &options = {});

} // namespace ui::layout
