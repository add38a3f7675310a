#include "ui/canvas/routing/order.h"

#include <algorithm>
#include <cmath>

namespace ui::routing {

namespace {

constexpr double same = 0.25;

/// Walks along a line from a piece of it, one way or the other.
struct Walker {
    const Polyline *line = nullptr;
    int piece = 0;
    int step = 1; ///< +1 towards the line's last point

    [[nodiscard]] Point begin() const { return (*line)[static_cast<std::size_t>(step > 0 ? piece : piece + 1)]; }
    [[nodiscard]] Point end() const { return (*line)[static_cast<std::size_t>(step > 0 ? piece + 1 : piece)]; }
    [[nodiscard]] bool isLast() const { return step > 0 ? piece + 2 >= static_cast<int>(line->size()) : piece == 0; }
    [[nodiscard]] Point direction() const
    {
        const Point a = begin();
        const Point b = end();
        const auto sign = [](double v) { return v > same ? 1.0 : v < -same ? -1.0 : 0.0; };
        return {sign(b.x - a.x), sign(b.y - a.y)};
    }
    void advance() { piece += step; }
};

/// -1: turns left at its end, +1: right, 0: ends there.
int turn(Walker walker)
{
    if (walker.isLast())
        return 0;
    const Point before = walker.direction();
    walker.advance();
    const Point after = walker.direction();
    const double cross = before.x * after.y - before.y * after.x;
    return cross < 0 ? -1 : cross > 0 ? 1 : 0; // y grows downwards
}

/// Which side of v's line u's line should keep to, seen along their common way: -1 left, +1 right, 0 no matter.
int side(Walker u, Walker v)
{
    while (true) {
        const Point direction = u.direction();
        const Point a = u.end();
        const Point b = v.end();
        const double ahead = (a.x - b.x) * direction.x + (a.y - b.y) * direction.y;
        if (ahead > same)
            return -turn(v); // v leaves first
        if (ahead < -same)
            return turn(u);
        const int turnU = turn(u);
        const int turnV = turn(v);
        if (turnU != turnV)
            return turnU != 0 ? turnU : -turnV;
        if (turnU == 0)
            return 0;
        u.advance();
        v.advance();
    }
}

class Sorter {
public:
    Sorter(const std::vector<Polyline> &lines, bool vertical) : m_lines(lines), m_vertical(vertical) {}

    /// -1: u comes first (left, top), +1: v does.
    [[nodiscard]] int relation(const Piece &u, const Piece &v) const
    {
        if (u.line > v.line)
            return -relation(v, u);
        const Walker walkU = walker(u, 1);
        const Point direction = walkU.direction();
        Walker walkV = walker(v, 1);
        const Point other = walkV.direction();
        const int along = direction.x * other.x + direction.y * other.y > 0 ? 1 : -1;
        walkV = walker(v, along);
        int vote = side(walkU, walkV);
        if (vote == 0) {
            // Looking back, left and right are the other way round.
            vote = -side(walker(u, -1), walker(v, -along));
        }
        if (vote == 0)
            vote = -1;
        // Left of a way that goes down or to the left is right (or below) on the page.
        const bool mirrored = m_vertical ? direction.y > 0 : direction.x < 0;
        return mirrored ? -vote : vote;
    }

    void sortGroup(std::vector<Piece> &pieces, std::size_t begin, std::size_t end) const
    {
        const std::size_t count = end - begin;
        std::vector<std::vector<std::size_t>> after(count);
        std::vector<int> waiting(count, 0);
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = i + 1; j < count; ++j) {
                const Piece &u = pieces[begin + i];
                const Piece &v = pieces[begin + j];
                if (u.line == v.line || std::min(u.high, v.high) - std::max(u.low, v.low) <= same)
                    continue;
                const bool first = relation(u, v) < 0;
                after[first ? i : j].push_back(first ? j : i);
                ++waiting[first ? j : i];
            }
        }
        std::vector<Piece> sorted;
        std::vector<bool> taken(count, false);
        while (sorted.size() < count) { // cycles are broken where the fewest wait
            std::size_t best = count;
            for (std::size_t i = 0; i < count; ++i) {
                if (!taken[i] && (best == count || waiting[i] < waiting[best]))
                    best = i;
            }
            taken[best] = true;
            sorted.push_back(pieces[begin + best]);
            for (const std::size_t next : after[best])
                --waiting[next];
        }
        std::copy(sorted.begin(), sorted.end(), pieces.begin() + static_cast<std::ptrdiff_t>(begin));
    }

private:
    [[nodiscard]] Walker walker(const Piece &piece, int step) const
    {
        return {&m_lines[static_cast<std::size_t>(piece.line)], piece.index, step};
    }
    const std::vector<Polyline> &m_lines;
    bool m_vertical;
};

} // namespace

std::vector<Piece> orderedPieces(const std::vector<Polyline> &lines, bool vertical)
{
    std::vector<Piece> pieces;
    for (std::size_t line = 0; line < lines.size(); ++line) {
        for (std::size_t i = 0; i + 1 < lines[line].size(); ++i) {
            const Point a = lines[line][i];
            const Point b = lines[line][i + 1];
            const bool isVertical = std::abs(a.x - b.x) < std::abs(a.y - b.y);
            if (isVertical != vertical)
                continue;
            const auto [low, high] = vertical ? std::minmax(a.y, b.y) : std::minmax(a.x, b.x);
            pieces.push_back({static_cast<int>(line), static_cast<int>(i), vertical ? a.x : a.y, low, high});
        }
    }
    std::sort(pieces.begin(), pieces.end(), [](const Piece &a, const Piece &b) {
        return a.at != b.at ? a.at < b.at : a.line != b.line ? a.line < b.line : a.index < b.index;
    });
    const Sorter sorter(lines, vertical);
    for (std::size_t begin = 0; begin < pieces.size();) {
        std::size_t end = begin + 1;
        while (end < pieces.size() && pieces[end].at - pieces[begin].at < same)
            ++end;
        if (end - begin > 1)
            sorter.sortGroup(pieces, begin, end);
        begin = end;
    }
    return pieces;
}

} // namespace ui::routing
