#include "ormcore/session/circles.h"

#include <algorithm>

namespace orm {

namespace {

class Search {
public:
    Search(const Graph &graph, const std::vector<std::uint32_t> &among)
        : m_graph(graph), m_visits(graph.first.size() - 1)
    {
        for (const std::uint32_t node : among)
            m_visits[node].number = 0;
    }

    void from(std::uint32_t root)
    {
        if (m_visits[root].number == 0)
            enter(root);
        while (!m_calls.empty()) {
            const std::uint32_t node = m_calls.back().node;
            if (const std::uint32_t edge = m_calls.back().edge++; edge < m_graph.first[node + 1]) {
                const std::uint32_t next = m_graph.targets[edge];
                if (m_visits[next].number == 0)
                    enter(next);
                else if (m_visits[next].open)
                    m_visits[node].low = std::min(m_visits[node].low, m_visits[next].number);
            } else {
                leave(node);
            }
        }
    }

    std::vector<std::vector<std::uint32_t>> found;

private:
    static constexpr std::uint32_t kOutside = 0xFFFFFFFF;
    struct Visit {
        std::uint32_t number = kOutside;
        std::uint32_t low = 0;
        bool open = false;
    };
    struct Call {
        std::uint32_t node;
        std::uint32_t edge;
    };

    void enter(std::uint32_t node)
    {
        ++m_counter;
        m_visits[node] = {m_counter, m_counter, true};
        m_open.push_back(node);
        m_calls.push_back({node, m_graph.first[node]});
    }
    void leave(std::uint32_t node)
    {
        m_calls.pop_back();
        if (!m_calls.empty()) {
            Visit &caller = m_visits[m_calls.back().node];
            caller.low = std::min(caller.low, m_visits[node].low);
        }
        if (m_visits[node].low != m_visits[node].number)
            return;
        const auto begin = std::find(m_open.rbegin(), m_open.rend(), node).base() - 1;
        std::vector<std::uint32_t> circle(begin, m_open.end());
        m_open.erase(begin, m_open.end());
        for (const std::uint32_t member : circle)
            m_visits[member].open = false;
        if (circle.size() < 2)
            return;
        std::sort(circle.begin(), circle.end());
        found.push_back(std::move(circle));
    }

    const Graph &m_graph;
    std::vector<Visit> m_visits;
    std::vector<std::uint32_t> m_open;
    std::vector<Call> m_calls;
    std::uint32_t m_counter = 0;
};

} // namespace

std::vector<std::vector<std::uint32_t>> circles(const Graph &graph, const std::vector<std::uint32_t> &among)
{
    Search search(graph, among);
    for (const std::uint32_t root : among)
        search.from(root);
    return std::move(search.found);
}

} // namespace orm
