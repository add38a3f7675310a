#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace ui::routing {

/// Units everywhere here: scene pixels, y grows downwards.
struct Point {
    double x = 0;
    double y = 0;
    bool operator==(const Point &) const = default;
};
struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    [[nodiscard]] double right() const noexcept { return x + width; }
    [[nodiscard]] double bottom() const noexcept { return y + height; }
};

/// Sides of a box, as bits.
enum Side : std::uint8_t { NoSide = 0, Left = 1, Right = 2, Top = 4, Bottom = 8, AllSides = 15 };

/// Where a link meets a box.
///
/// On the left and right side the line may meet the box between `from` and `to` (measured from the box's top) and does
/// so at `wanted` where there is room; on top and bottom anywhere.
struct End {
    int box = -1;
    std::uint8_t sides = AllSides;
    double wanted = 0;
    double from = 0;
    double to = 0;
};
struct Link {
    End source;
    End target;
};

struct Options {
    double clearance = 18; ///< of lines to boxes, and the straight stretch before an end; less where it is narrow
    double lane = 10;      ///< between parallel lines; less where it is narrow
    double endLane = 14;   ///< between ends at the same side of a box
    double bendCost = 50;
    double crossingCost = 90;
    std::function<bool()> cancelled; ///< asked now and then; then the answer is worthless
};

using Polyline = std::vector<Point>;

/// Orthogonal lines for links between boxes: each starts on its source's border and ends on its target's, none enters a
/// box that does not overlap another, and no two lie on top of each other.
///
/// The way: a sparse orthogonal visibility graph, A* with costs for bends and crossings, then lanes: parallel pieces
/// are put in an order that avoids crossings and pushed apart (after Wybrow, Marriott, Stuckey: "Orthogonal connector
/// routing", 2009). Pure and deterministic; any thread.
[[nodiscard]] std::vector<Polyline> route(const std::vector<Box> &boxes, const std::vector<Link> &links,
                                          const Options &options = {});

/// A quick line for a preview while something is dragged: looks at its two ends only.
[[nodiscard]] Polyline sketch(const Box &source, const End &sourceEnd, const Box &target, const End &targetEnd,
                              const Options &options = {});

} // namespace ui::routing
