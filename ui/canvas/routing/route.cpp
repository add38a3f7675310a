#include "ui/canvas/routing/route.h"

#include "ui/canvas/routing/nudge.h"
#include "ui/canvas/routing/search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ui::routing {

namespace {

/// Drops points that repeat or lie on a straight stretch.
void straighten(Polyline &line)
{
    Polyline clean;
    for (const Point &point : line) {
        if (!clean.empty() && std::abs(clean.back().x - point.x) < 0.01 && std::abs(clean.back().y - point.y) < 0.01)
            continue;
        if (clean.size() >= 2) {
            const Point &a = clean[clean.size() - 2];
            const Point &b = clean.back();
            const bool flat = std::abs(a.y - b.y) < 0.01 && std::abs(b.y - point.y) < 0.01;
            const bool steep = std::abs(a.x - b.x) < 0.01 && std::abs(b.x - point.x) < 0.01;
            if (flat || steep)
                clean.pop_back();
        }
        clean.push_back(point);
    }
    line = std::move(clean);
}

double span(const Box &a, const Box &b)
{
    return std::abs(a.x + a.width / 2 - b.x - b.width / 2) + std::abs(a.y + a.height / 2 - b.y - b.height / 2);
}

void roundToHalves(std::vector<Polyline> &lines)
{
    for (Polyline &line : lines) {
        for (Point &point : line)
            point = {std::round(point.x * 2) / 2, std::round(point.y * 2) / 2};
    }
}

} // namespace

std::vector<Polyline> route(const std::vector<Box> &boxes, const std::vector<Link> &given, const Options &options)
{
    std::vector<Link> links = given;
    for (Link &link : links) {
        if (link.source.box == link.target.box) { // round a corner, never back to where it began
            link.source.sides = Left | Right;
            link.target.sides = Top | Bottom;
        }
    }
    const auto cancelled = [&] { return options.cancelled && options.cancelled(); };
    Visibility graph = buildVisibility(boxes, links, options);
    Search search(boxes, graph, options);
    // Short lines first: they have the least choice.
    std::vector<std::size_t> turn(links.size());
    std::iota(turn.begin(), turn.end(), std::size_t{0});
    const auto length = [&](std::size_t i) {
        return span(boxes[static_cast<std::size_t>(links[i].source.box)],
                    boxes[static_cast<std::size_t>(links[i].target.box)]);
    };
    std::stable_sort(turn.begin(), turn.end(), [&](std::size_t a, std::size_t b) { return length(a) < length(b); });
    std::vector<Polyline> lines(links.size());
    for (const std::size_t i : turn) {
        if (cancelled())
            return lines;
        lines[i] = search.find(links[i]);
        if (lines[i].empty())
            lines[i] = sketch(boxes[static_cast<std::size_t>(links[i].source.box)], links[i].source,
                              boxes[static_cast<std::size_t>(links[i].target.box)], links[i].target, options);
        straighten(lines[i]);
    }
    // Both orders come from the unmoved lines: only there do shared stretches lie exactly on each other.
    const std::vector<Piece> columns = orderedPieces(lines, true);
    const std::vector<Piece> rows = orderedPieces(lines, false);
    nudge(lines, columns, true, boxes, links, options);
    nudge(lines, rows, false, boxes, links, options);
    for (int again = 0; again < 2 && !cancelled(); ++again) { // spans have changed
        nudge(lines, orderedPieces(lines, true), true, boxes, links, options);
        nudge(lines, orderedPieces(lines, false), false, boxes, links, options);
    }
    roundToHalves(lines);
    for (Polyline &line : lines)
        straighten(line);
    return lines;
}

Polyline sketch(const Box &source, const End &sourceEnd, const Box &target, const End &targetEnd,
                const Options &options)
{
    const double y1 = source.y + sourceEnd.wanted;
    const double y2 = target.y + targetEnd.wanted;
    const double gap = options.clearance;
    if (source.right() + 2 * gap <= target.x)
        return {{source.right(), y1},
                {(source.right() + target.x) / 2, y1},
                {(source.right() + target.x) / 2, y2},
                {target.x, y2}};
    if (target.right() + 2 * gap <= source.x)
        return {{source.x, y1},
                {(source.x + target.right()) / 2, y1},
                {(source.x + target.right()) / 2, y2},
                {target.right(), y2}};
    const double x = std::max(source.right(), target.right()) + gap;
    return {{source.right(), y1}, {x, y1}, {x, y2}, {target.right(), y2}};
}

} // namespace ui::routing
