#include "ui/canvas/routing/search.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui::routing {

namespace {

constexpr double none = std::numeric_limits<double>::infinity();
constexpr double tightPitch = 7; // pixels a line's end takes of a side

int sideIndex(Side side) { return side == Left ? 0 : side == Right ? 1 : side == Top ? 2 : 3; }

/// The direction of travel that leaves a box through a side.
Direction outwards(Side side) { return side == Left ? West : side == Right ? East : side == Top ? North : South; }

double distance(const Vertex &a, const Vertex &b) { return std::abs(a.x - b.x) + std::abs(a.y - b.y); }

} // namespace

Search::Search(const std::vector<Box> &boxes, Visibility &graph, const Options &options)
    : m_boxes(boxes),
      m_graph(graph),
      m_options(options),
      m_states(graph.vertices.size() * 4),
      m_goals(graph.vertices.size() * 4),
      m_goalRound(graph.vertices.size() * 4, 0),
      m_ends(boxes.size())
{
}

bool Search::usable(const End &end, const Port &port) const
{
    if ((end.sides & port.side) == 0)
        return false;
    if (port.side == Top || port.side == Bottom)
        return true;
    const double along = port.y - m_boxes[static_cast<std::size_t>(end.box)].y;
    return along >= end.from - 0.5 && along <= end.to + 0.5;
}

double Search::portCost(const End &end, const Port &port) const
{
    const auto box = static_cast<std::size_t>(end.box);
    const bool flat = port.side == Top || port.side == Bottom;
    const std::vector<double> &ends = m_ends[box][static_cast<std::size_t>(sideIndex(port.side))];
    const double used = static_cast<double>(ends.size());
    const double length = flat ? m_boxes[box].width : end.to - end.from;
    const bool full = (used + 1) * tightPitch > length && length > tightPitch * 2;
    const double at = flat ? port.x : port.y;
    const auto close =
        std::count_if(ends.begin(), ends.end(), [at](double other) { return std::abs(other - at) < 16; });
    const double off = flat ? 0 : std::abs(port.y - m_boxes[box].y - end.wanted);
    const double crowd = length > tightPitch * 2 ? 9.0 * static_cast<double>(std::max<long>(0, close - 2)) : 0;
    return 3.0 * used + (full ? 250 : 0) + crowd + 0.2 * off + (flat ? 20 : 0);
}

Polyline Search::direct(const Link &link, double &cost) const
{
    Polyline best;
    if (link.source.box == link.target.box)
        return best;
    for (const Port &a : m_graph.ports[static_cast<std::size_t>(link.source.box)]) {
        if (!usable(link.source, a))
            continue;
        for (const Port &b : m_graph.ports[static_cast<std::size_t>(link.target.box)]) {
            if (a.track != b.track || a.isVertical != b.isVertical || a.side == b.side || !usable(link.target, b))
                continue;
            const double length = std::abs(a.x - b.x) + std::abs(a.y - b.y);
            const double total = length + portCost(link.source, a) + portCost(link.target, b);
            if (total < cost) {
                cost = total;
                best = {{a.x, a.y}, {b.x, b.y}};
            }
        }
    }
    return best;
}

void Search::offer(int state, double cost, int from)
{
    State &known = m_states[static_cast<std::size_t>(state)];
    if (known.round == m_round && (known.closed || known.cost <= cost))
        return;
    known = {cost, from, m_round, false};
    m_heap.emplace_back(-cost, state);
}

double Search::remaining(int vertex, const Link &link) const
{
    const Vertex &at = m_graph.vertices[static_cast<std::size_t>(vertex)];
    const Box &box = m_boxes[static_cast<std::size_t>(link.target.box)];
    const double dx = std::max({box.x - at.x, at.x - box.right(), 0.0});
    const double dy = std::max({box.y - at.y, at.y - box.bottom(), 0.0});
    return dx + dy + (dx > 0 && dy > 0 ? m_options.bendCost : 0);
}

void Search::start(const Link &link)
{
    const auto &ports = m_graph.ports[static_cast<std::size_t>(link.source.box)];
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const Port &port = ports[i];
        if (port.vertex < 0 || !usable(link.source, port))
            continue;
        const Vertex &vertex = m_graph.vertices[static_cast<std::size_t>(port.vertex)];
        const double cost = std::abs(vertex.x - port.x) + std::abs(vertex.y - port.y) + portCost(link.source, port);
        offer(port.vertex * 4 + outwards(port.side), cost + remaining(port.vertex, link), -2 - static_cast<int>(i));
    }
    const auto &exits = m_graph.ports[static_cast<std::size_t>(link.target.box)];
    for (std::size_t i = 0; i < exits.size(); ++i) {
        const Port &port = exits[i];
        if (port.vertex < 0 || !usable(link.target, port))
            continue;
        const Vertex &vertex = m_graph.vertices[static_cast<std::size_t>(port.vertex)];
        const Goal goal{std::abs(vertex.x - port.x) + std::abs(vertex.y - port.y) + portCost(link.target, port),
                        static_cast<int>(i)};
        const auto state = static_cast<std::size_t>(port.vertex * 4 + (outwards(port.side) ^ 1));
        if (m_goalRound[state] != m_round || goal.cost < m_goals[state].cost) {
            m_goalRound[state] = m_round;
            m_goals[state] = goal;
        }
    }
}

/// What it costs to run where the lanes are taken.
double Search::crowding(const Vertex &vertex, bool vertical, double step) const
{
    const auto &track = vertical ? m_graph.vertical[static_cast<std::size_t>(vertex.vertical)]
                                 : m_graph.horizontal[static_cast<std::size_t>(vertex.horizontal)];
    const double over = vertex.passed[vertical ? 1 : 0] + 1 - track.width / tightPitch;
    return over > 0 ? over * (10 + 0.1 * step) : 0;
}

void Search::expand(int state, const Link &link)
{
    const int at = state / 4;
    const int direction = state % 4;
    const Vertex &vertex = m_graph.vertices[static_cast<std::size_t>(at)];
    const double cost = m_states[static_cast<std::size_t>(state)].cost - remaining(at, link);
    const int from = m_states[static_cast<std::size_t>(state)].from;
    const bool justBent = from >= 0 && from / 4 == at; // a second bend here would turn back
    for (int turn = 0; turn < 4; ++turn) {
        if (turn == (direction ^ 1) || (justBent && turn != direction))
            continue;
        if (turn != direction) { // a bend stays at the vertex: it may go on, or end at the target
            offer(at * 4 + turn, cost + m_options.bendCost + remaining(at, link), state);
            continue;
        }
        const int next = vertex.next[turn];
        if (next < 0)
            continue;
        const bool vertical = turn >= South;
        const double crossed = vertex.passed[vertical ? 0 : 1] * m_options.crossingCost;
        const double step = distance(vertex, m_graph.vertices[static_cast<std::size_t>(next)]);
        const double there = cost + crossed + step + crowding(vertex, vertical, step);
        offer(next * 4 + turn, there + remaining(next, link), state);
    }
}

Polyline Search::find(const Link &link)
{
    ++m_round;
    m_heap.clear();
    double best = none;
    Polyline line = direct(link, best);
    start(link);
    std::make_heap(m_heap.begin(), m_heap.end());
    int bestState = -1;
    while (!m_heap.empty()) {
        std::pop_heap(m_heap.begin(), m_heap.end());
        const auto [negative, state] = m_heap.back();
        m_heap.pop_back();
        State &known = m_states[static_cast<std::size_t>(state)];
        if (known.closed || known.cost < -negative)
            continue;
        if (known.cost >= best)
            break;
        known.closed = true;
        if (m_goalRound[static_cast<std::size_t>(state)] == m_round) {
            const double total =
                known.cost - remaining(state / 4, link) + m_goals[static_cast<std::size_t>(state)].cost;
            if (total < best) {
                best = total;
                bestState = state;
            }
        }
        const std::size_t before = m_heap.size();
        expand(state, link);
        for (std::size_t i = before; i < m_heap.size(); ++i)
            std::push_heap(m_heap.begin(), m_heap.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
    if (bestState >= 0)
        line = trace(bestState, m_goals[static_cast<std::size_t>(bestState)].port, link);
    countEnds(line, link);
    return line;
}

Polyline Search::trace(int state, int goalPort, const Link &link)
{
    std::vector<int> states;
    while (state >= 0) {
        states.push_back(state);
        state = m_states[static_cast<std::size_t>(state)].from;
    }
    std::reverse(states.begin(), states.end());
    const Port &first = m_graph.ports[static_cast<std::size_t>(link.source.box)][static_cast<std::size_t>(-2 - state)];
    const Port &last = m_graph.ports[static_cast<std::size_t>(link.target.box)][static_cast<std::size_t>(goalPort)];
    Polyline line{{first.x, first.y}};
    for (std::size_t i = 0; i < states.size(); ++i) {
        Vertex &vertex = m_graph.vertices[static_cast<std::size_t>(states[i] / 4)];
        const bool bends = i > 0 && states[i - 1] / 4 == states[i] / 4;
        const bool willBend = i + 1 < states.size() && states[i + 1] / 4 == states[i] / 4;
        if (bends)
            line.push_back({vertex.x, vertex.y});
        else if (!willBend)
            ++vertex.passed[states[i] % 4 >= South ? 1 : 0];
    }
    line.push_back({last.x, last.y});
    return line;
}

void Search::countEnds(const Polyline &line, const Link &link)
{
    if (line.size() < 2)
        return;
    const auto count = [this](const End &end, const Point &at) {
        const Box &box = m_boxes[static_cast<std::size_t>(end.box)];
        const int side = at.x <= box.x ? 0 : at.x >= box.right() ? 1 : at.y <= box.y ? 2 : 3;
        m_ends[static_cast<std::size_t>(end.box)][static_cast<std::size_t>(side)].push_back(side < 2 ? at.y : at.x);
    };
    count(link.source, line.front());
    count(link.target, line.back());
}

} // namespace ui::routing
