#include "ui/canvas/routing/nudge.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace ui::routing {

namespace {

constexpr double far = 1e7;
constexpr double crampedGap = 2.5; // nearer lanes look like one line
constexpr double corner = 6;       // an end keeps this far from its box's corners

/// A piece that moves across its direction.
struct Lane {
    Piece piece;
    double low = 0; ///< its span now
    double high = 0;
    double least = -far; ///< how far it may move
    double most = far;
    double softLeast = -far; ///< the same with the clearance kept
    double softMost = far;
    double wanted = 0;
    double lower = 0; ///< the packed extremes
    double upper = 0;
};
struct Pair {
    std::size_t before;
    std::size_t after;
    double gap;
};

class Nudge {
public:
    Nudge(std::vector<Polyline> &lines, bool vertical, const std::vector<Box> &boxes, const std::vector<Link> &links,
          const Options &options)
        : m_lines(lines), m_vertical(vertical), m_boxes(boxes), m_links(links), m_options(options)
    {
    }

    void run(const std::vector<Piece> &order)
    {
        for (const Piece &piece : order)
            m_lanes.push_back(measured(piece));
        pairUp();
        fit();
        for (int attempt = 0; attempt < 3 && crampedPairs() > 0; ++attempt) {
            const std::vector<Lane> lanes = m_lanes;
            const std::vector<Pair> pairs = m_pairs;
            const auto cramped = crampedPairs();
            reorder();
            pairUp();
            fit();
            if (crampedPairs() < cramped)
                continue;
            m_lanes = lanes;
            m_pairs = pairs;
            break;
        }
        settle();
        for (const Lane &lane : m_lanes)
            moveTo(lane.piece, lane.wanted);
    }

private:
    double &across(Point &point) const { return m_vertical ? point.x : point.y; }
    [[nodiscard]] double along(const Point &point) const { return m_vertical ? point.y : point.x; }
    [[nodiscard]] Polyline &line(const Piece &piece) const { return m_lines[static_cast<std::size_t>(piece.line)]; }

    void moveTo(const Piece &piece, double at) const
    {
        across(line(piece)[static_cast<std::size_t>(piece.index)]) = at;
        across(line(piece)[static_cast<std::size_t>(piece.index) + 1]) = at;
    }

    [[nodiscard]] Lane measured(const Piece &piece) const
    {
        Lane lane;
        lane.piece = piece;
        Polyline &points = line(piece);
        Point &a = points[static_cast<std::size_t>(piece.index)];
        const Point &b = points[static_cast<std::size_t>(piece.index) + 1];
        std::tie(lane.low, lane.high) = std::minmax(along(a), along(b));
        const double at = across(a);
        lane.wanted = at;
        const bool first = piece.index == 0;
        const bool last = piece.index + 2 == static_cast<int>(points.size());
        const Link &link = m_links[static_cast<std::size_t>(piece.line)];
        limitByBoxes(lane, at, first ? link.source.box : -1, last ? link.target.box : -1);
        if (first)
            limitByEnd(lane, link.source);
        if (last)
            limitByEnd(lane, link.target);
        if (!first && !last)
            wantMiddle(lane, points);
        lane.wanted = std::clamp(lane.wanted, lane.least, std::max(lane.least, lane.most));
        return lane;
    }

    void limitByBoxes(Lane &lane, double at, int sourceBox, int targetBox) const
    {
        for (std::size_t i = 0; i < m_boxes.size(); ++i) {
            const Box &box = m_boxes[i];
            const double low = m_vertical ? box.y : box.x;
            const double high = m_vertical ? box.bottom() : box.right();
            // Its own boxes only touch its ends.
            if (static_cast<int>(i) == sourceBox || static_cast<int>(i) == targetBox || high < lane.low - 2 ||
                low > lane.high + 2)
                continue;
            const double nearSide = m_vertical ? box.x : box.y;
            const double farSide = m_vertical ? box.right() : box.bottom();
            if (farSide <= at + 0.01)
                lane.least = std::max(lane.least, farSide);
            else if (nearSide >= at - 0.01)
                lane.most = std::min(lane.most, nearSide);
        }
        const double room = lane.most - lane.least;
        const double soft = std::min(m_options.clearance, room / 3);
        const double hard = std::min(3.0, room / 3);
        lane.softLeast = lane.least + soft;
        lane.softMost = lane.most - soft;
        lane.least += hard;
        lane.most -= hard;
    }

    void limitByEnd(Lane &lane, const End &end) const
    {
        const Box &box = m_boxes[static_cast<std::size_t>(end.box)];
        double low = m_vertical ? box.x + corner : box.y + std::max(end.from, corner);
        double high = m_vertical ? box.right() - corner : box.y + std::min(end.to, box.height - corner);
        if (low > high)
            low = high = (low + high) / 2;
        lane.least = std::max(lane.least, low);
        lane.most = std::min(lane.most, high);
        lane.softLeast = std::max(lane.softLeast, low);
        lane.softMost = std::min(lane.softMost, high);
        if (!m_vertical && std::abs(lane.wanted - box.y - end.wanted) < 40)
            lane.wanted = box.y + end.wanted;
    }

    /// A piece between two that go the same way hugs; one between two that go opposite ways may stand in the middle.
    void wantMiddle(Lane &lane, const Polyline &points) const
    {
        const auto i = static_cast<std::size_t>(lane.piece.index);
        Point before = points[i - 1];
        Point here = points[i];
        Point after = points[i + 2];
        const double one = across(before) - across(here);
        const double two = across(after) - across(here);
        const bool zigzag = (one < 0) != (two < 0);
        const double low = std::max(lane.least, zigzag ? std::min(across(before), across(after)) : -far);
        const double high = std::min(lane.most, zigzag ? std::max(across(before), across(after)) : far);
        if (zigzag && low > -far && high < far)
            lane.wanted = (low + high) / 2;
        else if (lane.least > -far && lane.most < far && lane.most - lane.least < 4 * m_options.clearance)
            lane.wanted = (lane.least + lane.most) / 2;
    }

    /// Whether both end at the same box: there what is drawn at the ends needs more room than the lines.
    [[nodiscard]] bool sharesSide(const Lane &a, const Lane &b) const
    {
        const auto boxes = [this](const Lane &lane) {
            const Link &link = m_links[static_cast<std::size_t>(lane.piece.line)];
            const bool last = lane.piece.index + 2 == static_cast<int>(line(lane.piece).size());
            return std::pair(lane.piece.index == 0 ? link.source.box : -1, last ? link.target.box : -2);
        };
        const auto [a1, a2] = boxes(a);
        const auto [b1, b2] = boxes(b);
        return a1 == b1 ? a1 >= 0 : a2 == b2 ? a2 >= 0 : a1 == b2 || a2 == b1;
    }

    void fit()
    {
        for (int round = 0; round < 16 && !pack(); ++round) {
        }
    }

    [[nodiscard]] static bool cramped(const Pair &pair) { return pair.gap < crampedGap; }
    [[nodiscard]] std::ptrdiff_t crampedPairs() const { return std::count_if(m_pairs.begin(), m_pairs.end(), cramped); }

    /// Where lanes have no room in the order that crosses least, those that cannot go far come first: a crossing is
    /// better than lines on top of each other.
    void reorder()
    {
        std::vector<bool> tight(m_lanes.size(), false);
        for (const Pair &pair : m_pairs) {
            if (cramped(pair))
                tight[pair.before] = tight[pair.after] = true;
        }
        std::vector<std::size_t> seats;
        std::vector<Lane> moving;
        for (std::size_t i = 0; i < m_lanes.size(); ++i) {
            if (tight[i]) {
                seats.push_back(i);
                moving.push_back(m_lanes[i]);
            }
        }
        const auto centre = [](const Lane &lane) {
            const double low = std::max(lane.least, lane.wanted - 200);
            const double high = std::min(lane.most, lane.wanted + 200);
            return std::round((low + high) / 16);
        };
        std::stable_sort(moving.begin(), moving.end(),
                         [&](const Lane &a, const Lane &b) { return centre(a) < centre(b); });
        for (std::size_t i = 0; i < seats.size(); ++i)
            m_lanes[seats[i]] = moving[i];
    }

    void pairUp()
    {
        m_pairs.clear();
        const double touch = m_options.lane;
        for (std::size_t i = 0; i < m_lanes.size(); ++i) {
            const Lane &a = m_lanes[i];
            for (std::size_t j = i + 1; j < m_lanes.size(); ++j) {
                const Lane &b = m_lanes[j];
                if (b.low > a.high + touch || a.low > b.high + touch || b.least > a.most + touch)
                    continue;
                if (a.piece.line == b.piece.line && std::abs(a.piece.index - b.piece.index) <= 2)
                    continue;
                m_pairs.push_back({i, j, sharesSide(a, b) ? m_options.endLane : m_options.lane});
            }
        }
    }

    /// The extremes each lane can take; where they contradict, gaps and clearances there shrink. True: all fit.
    bool pack()
    {
        for (Lane &lane : m_lanes) {
            lane.lower = std::max(lane.least, lane.softLeast);
            lane.upper = std::min(lane.most, lane.softMost);
        }
        for (const Pair &pair : m_pairs)
            m_lanes[pair.after].lower = std::max(m_lanes[pair.after].lower, m_lanes[pair.before].lower + pair.gap);
        packBack();
        bool fits = true;
        for (Lane &lane : m_lanes) {
            if (lane.lower <= lane.upper + 1e-6)
                continue;
            fits = false;
            lane.softLeast -= (lane.softLeast - lane.least) * 0.4;
            lane.softMost += (lane.most - lane.softMost) * 0.4;
        }
        for (Pair &pair : m_pairs) {
            const auto tight = [this](std::size_t i) { return m_lanes[i].lower > m_lanes[i].upper + 1e-6; };
            if (tight(pair.before) && tight(pair.after))
                pair.gap *= 0.8;
        }
        return fits;
    }

    void packBack()
    {
        // Pairs are sorted by `before`; going backwards every lane is final before those before it use it.
        for (auto pair = m_pairs.rbegin(); pair != m_pairs.rend(); ++pair)
            m_lanes[pair->before].upper = std::min(m_lanes[pair->before].upper, m_lanes[pair->after].upper - pair->gap);
    }

    /// Between the extremes: the mean of the packing from the left and the one from the right, each near what is
    /// wanted. Both keep all gaps, so their mean does.
    void settle()
    {
        std::vector<double> left(m_lanes.size());
        std::vector<double> right(m_lanes.size());
        for (std::size_t i = 0; i < m_lanes.size(); ++i) {
            const Lane &lane = m_lanes[i];
            const double upper = std::max(lane.lower, lane.upper);
            left[i] = right[i] = std::clamp(lane.wanted, lane.lower, upper);
        }
        for (const Pair &pair : m_pairs)
            left[pair.after] = std::max(left[pair.after], left[pair.before] + pair.gap);
        for (auto pair = m_pairs.rbegin(); pair != m_pairs.rend(); ++pair)
            right[pair->before] = std::min(right[pair->before], right[pair->after] - pair->gap);
        for (std::size_t i = 0; i < m_lanes.size(); ++i)
            m_lanes[i].wanted = (left[i] + right[i]) / 2;
    }

    std::vector<Polyline> &m_lines;
    bool m_vertical;
    const std::vector<Box> &m_boxes;
    const std::vector<Link> &m_links;
    const Options &m_options;
    std::vector<Lane> m_lanes;
    std::vector<Pair> m_pairs;
};

} // namespace

void nudge(std::vector<Polyline> &lines, const std::vector<Piece> &order, bool vertical, const std::vector<Box> &boxes,
           const std::vector<Link> &links, const Options &options)
{
    Nudge(lines, vertical, boxes, links, options).run(order);
}

} // namespace ui::routing
