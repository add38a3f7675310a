#pragma once

#include "ui/canvas/routing/visibility.h"

#include <array>

namespace ui::routing {

/// Finds one line after the other through a visibility graph; later ones know where the earlier ones run.
class Search {
public:
    Search(const std::vector<Box> &boxes, Visibility &graph, const Options &options);
    /// Border point, corners, border point. Empty: there is no way.
    Polyline find(const Link &link);

private:
    struct State {
        double cost = 0;
        int from = -1; ///< state, or -2 - port of the start
        unsigned round = 0;
        bool closed = false;
    };
    struct Goal {
        double cost = 0;
        int port = -1;
    };
    [[nodiscard]] bool usable(const End &end, const Port &port) const;
    [[nodiscard]] double portCost(const End &end, const Port &port) const;
    Polyline direct(const Link &link, double &cost) const;
    void start(const Link &link);
    [[nodiscard]] double crowding(const Vertex &vertex, bool vertical, double step) const;
    void expand(int state, const Link &link);
    void offer(int state, double cost, int from);
    [[nodiscard]] double remaining(int vertex, const Link &link) const;
    Polyline trace(int state, int goalPort, const Link &link);
    void countEnds(const Polyline &line, const Link &link);

    const std::vector<Box> &m_boxes;
    Visibility &m_graph;
    const Options &m_options;
    std::vector<State> m_states;
    std::vector<Goal> m_goals; ///< by state
    std::vector<unsigned> m_goalRound;
    std::vector<std::pair<double, int>> m_heap;
    std::vector<std::array<std::vector<double>, 4>> m_ends; ///< by box and side: where lines end
    unsigned m_round = 0;
};

} // namespace ui::routing
