#include "ui/canvas/layout/columns.h"

#include "ui/canvas/layout/stack.h"
#include "ui/canvas/layout/stress.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace ui::layout {

namespace {

/// Columns of nodes and what they cost. Search moves keep all of it consistent.
class Columns {
public:
    Columns(const Graph &graph, const std::vector<Place> &centres, const Options &options)
        : m_graph(graph),
          m_options(options),
          m_near(neighbours(graph)),
          m_edgesOf(graph.nodes.size()),
          m_column(graph.nodes.size(), 0),
          m_y(graph.nodes.size(), 0),
          m_mark(graph.edges.size(), 0)
    {
        for (std::size_t e = 0; e < graph.edges.size(); ++e) {
            if (graph.edges[e].source == graph.edges[e].target)
                continue;
            m_edgesOf[static_cast<std::size_t>(graph.edges[e].source)].push_back(e);
            m_edgesOf[static_cast<std::size_t>(graph.edges[e].target)].push_back(e);
        }
        distribute(centres);
    }

    void improve()
    {
        relax(8);
        const std::size_t count = m_graph.nodes.size();
        if (m_columns.size() < 2 && count < 3)
            return;
        std::mt19937 random(17);
        search(std::min<std::size_t>(count * 160, 120000), 400, random);
        const std::size_t edges = std::max<std::size_t>(1, m_graph.edges.size());
        const std::size_t affordable = 8000000 / (edges * edges);
        if (affordable > count * 8) { // small enough to count crossings at every move
            m_countCrossings = true;
            search(std::min(affordable, count * 60), 120, random);
        }
        relax(8);
    }

    /// What the whole costs, crossings included.
    [[nodiscard]] double totalCost() const
    {
        double cost = 0;
        for (std::size_t e = 0; e < m_graph.edges.size(); ++e) {
            cost += edgeCost(m_graph.edges[e]);
            for (std::size_t other = e + 1; other < m_graph.edges.size(); ++other)
                cost += cross(m_graph.edges[e], m_graph.edges[other]) ? crossingCost : 0;
        }
        return cost;
    }

    [[nodiscard]] std::vector<Place> places() const;

private:
    static constexpr double crossingCost = 110;
    using Column = std::vector<int>;

    void search(std::size_t moves, double hot, std::mt19937 &random)
    {
        const std::size_t count = m_graph.nodes.size();
        for (std::size_t move = 0; move < moves; ++move) {
            if (move % 256 == 0 && m_options.cancelled && m_options.cancelled())
                return;
            const double temperature = hot * std::pow(0.004, static_cast<double>(move) / static_cast<double>(moves));
            attempt(static_cast<int>(random() % count), temperature, random);
            if (!m_countCrossings && move % (count * 8) == count * 8 - 1)
                relax(2);
        }
    }

    /// Whether the straight lines of two edges cross.
    [[nodiscard]] bool cross(const Edge &a, const Edge &b) const
    {
        if (a.source == b.source || a.source == b.target || a.target == b.source || a.target == b.target)
            return false;
        const auto turn = [this](int p, int q, int r) {
            const double px = column(p) * m_pitch;
            const double qx = column(q) * m_pitch;
            const double rx = column(r) * m_pitch;
            return (qx - px) * (y(r) - y(p)) - (y(q) - y(p)) * (rx - px) > 0;
        };
        return turn(a.source, a.target, b.source) != turn(a.source, a.target, b.target) &&
               turn(b.source, b.target, a.source) != turn(b.source, b.target, a.target);
    }
    [[nodiscard]] const Node &node(int i) const { return m_graph.nodes[static_cast<std::size_t>(i)]; }
    double &y(int i) { return m_y[static_cast<std::size_t>(i)]; }
    [[nodiscard]] double y(int i) const { return m_y[static_cast<std::size_t>(i)]; }
    [[nodiscard]] int column(int i) const { return m_column[static_cast<std::size_t>(i)]; }
    Column &members(int c) { return m_columns[static_cast<std::size_t>(c)]; }

    void distribute(const std::vector<Place> &centres)
    {
        double total = 0;
        for (const Node &each : m_graph.nodes) {
            total += each.height + m_options.gapY;
            m_pitch += (each.width + m_options.gapX) / static_cast<double>(m_graph.nodes.size());
        }
        const double count = std::max(1.0, std::round(std::sqrt(m_options.aspect * total * 1.1 / m_pitch)));
        m_height = total / count;
        std::vector<int> order(m_graph.nodes.size());
        std::iota(order.begin(), order.end(), 0);
        const auto at = [&](int i) { return centres[static_cast<std::size_t>(i)]; };
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return at(a).x < at(b).x; });
        double filled = 0;
        m_columns.assign(static_cast<std::size_t>(count), {});
        for (const int i : order) {
            const double middle = filled + (node(i).height + m_options.gapY) / 2;
            const int c = std::min(static_cast<int>(middle / m_height), static_cast<int>(count) - 1);
            members(c).push_back(i);
            m_column[static_cast<std::size_t>(i)] = c;
            filled += node(i).height + m_options.gapY;
        }
        double low = 1e18;
        double high = -1e18;
        for (const Place &place : centres) {
            low = std::min(low, place.y);
            high = std::max(high, place.y);
        }
        for (std::size_t i = 0; i < centres.size(); ++i)
            m_y[i] = (centres[i].y - low) / std::max(1.0, high - low) * m_height;
        for (Column &each : m_columns) {
            std::stable_sort(each.begin(), each.end(), [&](int a, int b) { return y(a) < y(b); });
            restack(each, false);
        }
    }

    /// Stacks one column anew; follow: near the nodes' neighbours instead of where they stand.
    void restack(const Column &each, bool follow)
    {
        m_wanted.clear();
        m_heights.clear();
        for (const int i : each) {
            double sum = 0;
            int count = 0;
            if (follow) {
                for (const int other : m_near[static_cast<std::size_t>(i)]) {
                    if (column(other) == column(i))
                        continue;
                    sum += y(other);
                    ++count;
                }
            }
            m_wanted.push_back(count > 0 ? (sum + 0.5 * y(i)) / (count + 0.5) : y(i));
            m_heights.push_back(node(i).height);
        }
        m_gaps.assign(each.size(), m_options.gapY);
        const std::vector<double> centres = stack(m_wanted, m_heights, m_gaps);
        for (std::size_t i = 0; i < each.size(); ++i)
            y(each[i]) = centres[i];
    }

    void relax(int rounds)
    {
        for (int round = 0; round < rounds; ++round) {
            for (const Column &each : m_columns)
                restack(each, true);
        }
    }

    [[nodiscard]] double edgeCost(const Edge &edge) const
    {
        const int apart = std::abs(column(edge.source) - column(edge.target));
        const double dy = std::abs(y(edge.source) - y(edge.target));
        if (apart == 0) // a detour through the corridor beside the column
            return m_pitch * 0.6 + dy;
        return apart * m_pitch + 0.8 * dy + (apart - 1) * 60.0;
    }

    [[nodiscard]] double heightCost(int c) const
    {
        double filled = 0;
        for (const int i : m_columns[static_cast<std::size_t>(c)])
            filled += node(i).height + m_options.gapY;
        const double over = std::max(0.0, filled - m_height * 1.2);
        return over * 6;
    }

    /// What the edges at two columns cost, and the columns' height.
    double localCost(int a, int b)
    {
        ++m_round;
        double cost = heightCost(a) + (a == b ? 0 : heightCost(b));
        for (const int c : {a, b}) {
            for (const int i : members(c)) {
                for (const std::size_t e : m_edgesOf[static_cast<std::size_t>(i)]) {
                    if (m_mark[e] == m_round)
                        continue;
                    m_mark[e] = m_round;
                    cost += edgeCost(m_graph.edges[e]);
                    if (m_countCrossings) {
                        for (std::size_t other = 0; other < m_graph.edges.size(); ++other) {
                            if (m_mark[other] != m_round && cross(m_graph.edges[e], m_graph.edges[other]))
                                cost += crossingCost;
                        }
                    }
                }
            }
        }
        return cost;
    }

    void attempt(int i, double temperature, std::mt19937 &random)
    {
        const auto &near = m_near[static_cast<std::size_t>(i)];
        const int from = column(i);
        int to = from;
        double target = y(i);
        if (!near.empty()) {
            const int friendNode = near[random() % near.size()];
            to = column(friendNode) + static_cast<int>(random() % 3) - 1;
            target = y(friendNode) + static_cast<double>(random() % 401) - 200;
        } else {
            to += static_cast<int>(random() % 3) - 1;
        }
        to = std::clamp(to, 0, static_cast<int>(m_columns.size()) - 1);
        const double before = localCost(from, to);
        const Column oldFrom = members(from);
        const Column oldTo = members(to);
        m_saved.clear();
        for (const Column *each : {&oldFrom, &oldTo}) {
            for (const int k : *each)
                m_saved.emplace_back(k, y(k));
        }
        move(i, from, to, target, (random() & 1U) != 0);
        const double after = localCost(from, to);
        const double chance = static_cast<double>(random() % 100000) / 100000;
        if (after <= before || chance < std::exp((before - after) / temperature))
            return;
        members(from) = oldFrom;
        members(to) = oldTo;
        for (const int k : oldFrom)
            m_column[static_cast<std::size_t>(k)] = from;
        for (const int k : oldTo)
            m_column[static_cast<std::size_t>(k)] = to;
        for (auto saved = m_saved.rbegin(); saved != m_saved.rend(); ++saved)
            y(saved->first) = saved->second;
    }

    /// Moves a node into a column at a height; exchange: the node that stands there takes its place.
    void move(int i, int from, int to, double target, bool exchange)
    {
        Column &source = members(from);
        const double old = y(i);
        source.erase(std::find(source.begin(), source.end(), i));
        Column &goal = members(to);
        auto at = std::find_if(goal.begin(), goal.end(), [&](int k) { return y(k) >= target; });
        if (exchange && at != goal.end()) {
            const int other = *at;
            *at = i;
            y(i) = y(other);
            y(other) = old;
            m_column[static_cast<std::size_t>(other)] = from;
            const auto back = std::find_if(source.begin(), source.end(), [&](int k) { return y(k) >= old; });
            source.insert(back, other);
        } else {
            y(i) = target;
            goal.insert(at, i);
        }
        m_column[static_cast<std::size_t>(i)] = to;
        for (const int c : {from, to}) {
            if (!std::is_sorted(members(c).begin(), members(c).end(), [&](int a, int b) { return y(a) < y(b); }))
                std::stable_sort(members(c).begin(), members(c).end(), [&](int a, int b) { return y(a) < y(b); });
            restack(members(c), true);
        }
    }

    const Graph &m_graph;
    const Options &m_options;
    std::vector<std::vector<int>> m_near;
    std::vector<std::vector<std::size_t>> m_edgesOf;
    std::vector<Column> m_columns;
    std::vector<int> m_column; ///< by node
    std::vector<double> m_y;   ///< centre, by node
    std::vector<unsigned> m_mark;
    unsigned m_round = 0;
    bool m_countCrossings = false;
    std::vector<double> m_wanted, m_heights, m_gaps; // scratch
    std::vector<std::pair<int, double>> m_saved;
    double m_pitch = 0;  ///< mean distance of columns
    double m_height = 0; ///< what a column should fill
};

std::vector<Place> Columns::places() const
{
    const std::size_t count = m_columns.size();
    std::vector<double> lanes(count + 1, 0);         // by corridor: c lies left of column c
    std::vector<std::vector<double>> through(count); // by column and gap below box
    for (std::size_t c = 0; c < count; ++c)
        through[c].assign(m_columns[c].size(), 0);
    for (const Edge &edge : m_graph.edges) {
        const int low = std::min(column(edge.source), column(edge.target));
        const int high = std::max(column(edge.source), column(edge.target));
        if (low == high) {
            lanes[static_cast<std::size_t>(low) + 1] += 0.5;
            lanes[static_cast<std::size_t>(low)] += 0.5;
            continue;
        }
        lanes[static_cast<std::size_t>(low) + 1] += 0.5;
        lanes[static_cast<std::size_t>(high)] += 0.5;
        const int left = column(edge.source) == low ? edge.source : edge.target;
        const int right = left == edge.source ? edge.target : edge.source;
        for (int c = low + 1; c < high; ++c) {
            const double at = y(left) + (y(right) - y(left)) * (c - low) / (high - low);
            const Column &each = m_columns[static_cast<std::size_t>(c)];
            std::size_t gap = 0;
            while (gap + 1 < each.size() && y(each[gap + 1]) < at)
                ++gap;
            if (!each.empty())
                through[static_cast<std::size_t>(c)][gap] += 1;
        }
    }
    std::vector<Place> result(m_graph.nodes.size());
    double x = 0;
    for (std::size_t c = 0; c < count; ++c) {
        const Column &each = m_columns[c];
        if (each.empty())
            continue;
        double width = 0;
        std::vector<double> wanted, heights, gaps;
        for (std::size_t i = 0; i < each.size(); ++i) {
            width = std::max(width, node(each[i]).width);
            wanted.push_back(y(each[i]));
            heights.push_back(node(each[i]).height);
            gaps.push_back(std::clamp(24 + 9 * through[c][i], m_options.gapY, 240.0));
        }
        const std::vector<double> centres = stack(wanted, heights, gaps);
        for (std::size_t i = 0; i < each.size(); ++i)
            result[static_cast<std::size_t>(each[i])] = {x + (width - node(each[i]).width) / 2,
                                                         centres[i] - heights[i] / 2};
        x += width + std::clamp(40 + 9 * lanes[c + 1], m_options.gapX, 420.0);
    }
    double top = 1e18;
    for (const Place &place : result)
        top = std::min(top, place.y);
    for (Place &place : result)
        place.y -= top;
    return result;
}

} // namespace

Arrangement arrangeInColumns(const Graph &graph, const std::vector<Place> &centres, const Options &options)
{
    Columns columns(graph, centres, options);
    columns.improve();
    return {columns.places(), graph.edges.size() <= 400 ? columns.totalCost() : 0};
}

} // namespace ui::layout
