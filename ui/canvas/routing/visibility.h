#pragma once

#include "ui/canvas/routing/route.h"

namespace ui::routing {

/// A maximal free horizontal or vertical line. blockedLow, blockedHigh: the boxes at its ends, -1 where it is open.
struct Track {
    double at = 0; ///< y of a horizontal one, x of a vertical one
    double low = 0;
    double high = 0;
    int blockedLow = -1;
    int blockedHigh = -1;
    double width = 30; ///< free room for lanes
    int first = -1;    ///< its vertices, chained by next
    int last = -1;
};

/// Directions of travel; opposite = d ^ 1.
enum Direction : std::uint8_t { East = 0, West = 1, South = 2, North = 3 };

struct Vertex {
    double x = 0;
    double y = 0;
    int horizontal = -1; ///< index of its tracks
    int vertical = -1;
    int next[4] = {-1, -1, -1, -1}; ///< neighbour by direction
    int passed[2] = {0, 0};         ///< routed lines that go straight through: horizontally, vertically
};

/// A track's end that touches a box: a line may start or end there.
struct Port {
    int track = -1;
    bool isVertical = false;
    Side side = NoSide; ///< of the box
    int vertex = -1;    ///< the first vertex from the box; -1: none, the track runs straight to another box
    double x = 0;       ///< on the border
    double y = 0;
};

/// The sparse orthogonal visibility graph: free lines beside boxes and out of their ends, and where they cross.
struct Visibility {
    std::vector<Track> horizontal;
    std::vector<Track> vertical;
    std::vector<Vertex> vertices;
    std::vector<std::vector<Port>> ports; ///< by box
};
[[nodiscard]] Visibility buildVisibility(const std::vector<Box> &boxes, const std::vector<Link> &links,
                                         const Options &options);

} // namespace ui::routing
