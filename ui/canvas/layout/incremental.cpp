#include "ui/canvas/layout/incremental.h"

#include "ui/canvas/layout/stress.h"

#include <algorithm>
#include <cmath>

namespace ui::layout {

namespace {

class Newcomers {
public:
    Newcomers(const Graph &graph, const Options &options)
        : m_graph(graph),
          m_options(options),
          m_near(neighbours(graph)),
          m_places(graph.nodes.size()),
          m_placed(graph.nodes.size(), false)
    {
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            m_placed[i] = graph.nodes[i].fixed;
            m_places[i] = {graph.nodes[i].x, graph.nodes[i].y};
        }
    }

    std::vector<Place> run()
    {
        for (std::size_t next = choose(); next < m_placed.size(); next = choose()) {
            m_places[next] = spotFor(next);
            m_placed[next] = true;
        }
        return m_places;
    }

private:
    /// The one with the most placed neighbours comes next.
    [[nodiscard]] std::size_t choose() const
    {
        std::size_t best = m_placed.size();
        long most = -1;
        for (std::size_t i = 0; i < m_placed.size(); ++i) {
            if (m_placed[i])
                continue;
            const long count = std::count_if(m_near[i].begin(), m_near[i].end(),
                                             [this](int k) { return m_placed[static_cast<std::size_t>(k)]; });
            if (count > most) {
                most = count;
                best = i;
            }
        }
        return best;
    }

    [[nodiscard]] bool isFree(std::size_t node, const Place &at) const
    {
        const Node &own = m_graph.nodes[node];
        for (std::size_t i = 0; i < m_placed.size(); ++i) {
            if (!m_placed[i])
                continue;
            const Node &other = m_graph.nodes[i];
            const double gapX = m_options.gapX * 0.75;
            const double gapY = m_options.gapY * 0.75;
            if (at.x < m_places[i].x + other.width + gapX && m_places[i].x < at.x + own.width + gapX &&
                at.y < m_places[i].y + other.height + gapY && m_places[i].y < at.y + own.height + gapY)
                return false;
        }
        return true;
    }

    [[nodiscard]] Place wantedFor(std::size_t node) const
    {
        const Node &own = m_graph.nodes[node];
        Place sum;
        int count = 0;
        for (const int k : m_near[node]) {
            const auto i = static_cast<std::size_t>(k);
            if (!m_placed[i])
                continue;
            sum.x += m_places[i].x + m_graph.nodes[i].width / 2;
            sum.y += m_places[i].y + m_graph.nodes[i].height / 2;
            ++count;
        }
        if (count > 0)
            return {sum.x / count - own.width / 2, sum.y / count - own.height / 2};
        Place below{1e18, -1e18};
        for (std::size_t i = 0; i < m_placed.size(); ++i) {
            if (!m_placed[i])
                continue;
            below.x = std::min(below.x, m_places[i].x);
            below.y = std::max(below.y, m_places[i].y + m_graph.nodes[i].height + m_options.gapY);
        }
        return below;
    }

    /// Rings around the wanted place, outwards, until a free spot turns up; then a few more for a nearer one.
    [[nodiscard]] Place spotFor(std::size_t node) const
    {
        const Place wanted = wantedFor(node);
        const double step = 20;
        Place best;
        double bestCost = 1e300;
        for (int ring = 0; ring < 2000; ++ring) {
            if (ring * step * 0.7 > bestCost)
                break;
            for (int side = -ring; side <= ring; ++side) {
                const double reach = ring * step;
                const double slide = side * step;
                const Place offers[] = {{wanted.x + reach, wanted.y + slide},
                                        {wanted.x - reach, wanted.y + slide},
                                        {wanted.x + slide, wanted.y + reach},
                                        {wanted.x + slide, wanted.y - reach}};
                for (const Place &offer : offers) {
                    const Place at{std::round(offer.x / m_options.grid) * m_options.grid,
                                   std::round(offer.y / m_options.grid) * m_options.grid};
                    const double cost = std::hypot(at.x - wanted.x, at.y - wanted.y);
                    if (cost < bestCost - 1e-9 && isFree(node, at)) {
                        bestCost = cost;
                        best = at;
                    }
                }
            }
        }
        return best;
    }

    const Graph &m_graph;
    const Options &m_options;
    std::vector<std::vector<int>> m_near;
    std::vector<Place> m_places;
    std::vector<bool> m_placed;
};

} // namespace

std::vector<Place> placeNewcomers(const Graph &graph, const Options &options)
{
    return Newcomers(graph, options).run();
}

} // namespace ui::layout
