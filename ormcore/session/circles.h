#pragma once

#include <cstdint>
#include <vector>

namespace orm {

/// A directed graph of numbered nodes: the edges of node n lead to targets[first[n]] … targets[first[n + 1] - 1].
struct Graph {
    std::vector<std::uint32_t> first; ///< by node, and the end
    std::vector<std::uint32_t> targets;
};

/// The sets of two or more nodes that reach each other, each in ascending order. Only nodes of `among` are looked at.
/// Tarjan's strongly connected components, without recursion: chains of objects can be long.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> circles(const Graph &graph,
                                                              const std::vector<std::uint32_t> &among);

} // namespace orm
