#include "ui/canvas/layout/layout.h"

#include "ui/canvas/layout/columns.h"
#include "ui/canvas/layout/incremental.h"
#include "ui/canvas/layout/pack.h"
#include "ui/canvas/layout/stress.h"

#include <algorithm>
#include <cmath>

namespace ui::layout {

namespace {

std::vector<std::vector<int>> components(const Graph &graph)
{
    const auto near = neighbours(graph);
    std::vector<bool> seen(graph.nodes.size(), false);
    std::vector<std::vector<int>> result;
    for (std::size_t start = 0; start < graph.nodes.size(); ++start) {
        if (seen[start])
            continue;
        std::vector<int> members{static_cast<int>(start)};
        seen[start] = true;
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (const int next : near[static_cast<std::size_t>(members[i])]) {
                if (!seen[static_cast<std::size_t>(next)]) {
                    seen[static_cast<std::size_t>(next)] = true;
                    members.push_back(next);
                }
            }
        }
        std::sort(members.begin(), members.end());
        result.push_back(std::move(members));
    }
    return result;
}

Graph part(const Graph &graph, const std::vector<int> &members)
{
    Graph result;
    std::vector<int> index(graph.nodes.size(), -1);
    for (const int i : members) {
        index[static_cast<std::size_t>(i)] = static_cast<int>(result.nodes.size());
        result.nodes.push_back(graph.nodes[static_cast<std::size_t>(i)]);
    }
    for (const Edge &edge : graph.edges) {
        const int source = index[static_cast<std::size_t>(edge.source)];
        const int target = index[static_cast<std::size_t>(edge.target)];
        if (source >= 0 && target >= 0)
            result.edges.push_back({source, target});
    }
    return result;
}

/// Small graphs are tried from several beginnings.
std::vector<Place> best(const Graph &component, const Options &options)
{
    const std::uint32_t tries = component.nodes.size() <= 60 ? 3 : 1;
    Arrangement result;
    for (std::uint32_t seed = 7; seed < 7 + tries; ++seed) {
        Arrangement next = arrangeInColumns(component, stressCentres(component, options, seed), options);
        if (result.places.empty() || next.cost < result.cost)
            result = std::move(next);
    }
    return std::move(result.places);
}

/// The whole graph anew: every component in columns, then the components beside each other.
std::vector<Place> placeAll(const Graph &graph, const Options &options)
{
    std::vector<Block> blocks;
    const std::vector<std::vector<int>> parts = components(graph);
    for (const std::vector<int> &members : parts) {
        const Graph component = part(graph, members);
        Block block;
        block.members = members;
        if (members.size() == 1)
            block.places = {Place{}};
        else
            block.places = best(component, options);
        for (std::size_t i = 0; i < members.size(); ++i) {
            block.width = std::max(block.width, block.places[i].x + component.nodes[i].width);
            block.height = std::max(block.height, block.places[i].y + component.nodes[i].height);
        }
        blocks.push_back(std::move(block));
    }
    return pack(std::move(blocks), graph.nodes.size(), options);
}

} // namespace

std::vector<Place> place(const Graph &graph, const Options &options)
{
    if (graph.nodes.empty())
        return {};
    const bool fresh = std::none_of(graph.nodes.begin(), graph.nodes.end(), [](const Node &n) { return n.fixed; });
    std::vector<Place> places = fresh ? placeAll(graph, options) : placeNewcomers(graph, options);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (graph.nodes[i].fixed)
            places[i] = {graph.nodes[i].x, graph.nodes[i].y};
        else
            places[i] = {std::round(places[i].x / options.grid) * options.grid,
                         std::round(places[i].y / options.grid) * options.grid};
    }
    return places;
}

} // namespace ui::layout
