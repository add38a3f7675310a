#include "ui/canvas/layout/stress.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <random>

namespace ui::layout {

namespace {

constexpr std::size_t wholeLimit = 1200; // up to here every pair of nodes has a say

struct Term {
    int a;
    int b;
    float distance;
};
using Adjacency = std::vector<std::vector<std::pair<int, double>>>;

/// An edge is longer where its ends share few neighbours: hubs get room, friends come together.
Adjacency weighted(const Graph &graph, const Options &options)
{
    const auto near = neighbours(graph);
    const auto size = [&](int i) {
        const Node &node = graph.nodes[static_cast<std::size_t>(i)];
        return (node.width + node.height) / 4 + options.gapX / 3;
    };
    Adjacency result(graph.nodes.size());
    for (std::size_t i = 0; i < near.size(); ++i) {
        for (const int other : near[i]) {
            const auto &theirs = near[static_cast<std::size_t>(other)];
            std::vector<int> common;
            std::set_intersection(near[i].begin(), near[i].end(), theirs.begin(), theirs.end(),
                                  std::back_inserter(common));
            const double apart = static_cast<double>(near[i].size() + theirs.size() - 2 * common.size());
            const double length = (size(static_cast<int>(i)) + size(other)) * (0.8 + 0.12 * std::sqrt(apart));
            result[i].emplace_back(other, length);
        }
    }
    return result;
}

std::vector<double> distances(const Adjacency &adjacency, int from)
{
    std::vector<double> result(adjacency.size(), -1);
    using Entry = std::pair<double, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    queue.emplace(0.0, from);
    while (!queue.empty()) {
        const auto [distance, at] = queue.top();
        queue.pop();
        if (result[static_cast<std::size_t>(at)] >= 0)
            continue;
        result[static_cast<std::size_t>(at)] = distance;
        for (const auto &[next, length] : adjacency[static_cast<std::size_t>(at)]) {
            if (result[static_cast<std::size_t>(next)] < 0)
                queue.emplace(distance + length, next);
        }
    }
    return result;
}

std::vector<Term> collectTerms(const Adjacency &adjacency)
{
    const std::size_t count = adjacency.size();
    const bool whole = count <= wholeLimit;
    const std::size_t step = whole ? 1 : count / 150;
    std::vector<Term> terms;
    for (std::size_t i = 0; i < count; ++i) {
        if (i % step == 0) {
            const std::vector<double> row = distances(adjacency, static_cast<int>(i));
            for (std::size_t j = whole ? i + 1 : 0; j < count; ++j) {
                if (j != i)
                    terms.push_back({static_cast<int>(i), static_cast<int>(j), static_cast<float>(row[j])});
            }
        }
        if (!whole) {
            for (const auto &[next, length] : adjacency[i])
                terms.push_back({static_cast<int>(i), next, static_cast<float>(length)});
        }
    }
    return terms;
}

void descend(std::vector<Place> &places, std::vector<Term> &terms, const Options &options, std::mt19937 &random)
{
    float shortest = 1e30F;
    float longest = 1;
    for (const Term &term : terms) {
        shortest = std::min(shortest, term.distance);
        longest = std::max(longest, term.distance);
    }
    constexpr int rounds = 30;
    const double first = static_cast<double>(longest) * longest;
    const double last = 0.05 * static_cast<double>(shortest) * shortest;
    for (int round = 0; round < rounds; ++round) {
        if (options.cancelled && options.cancelled())
            return;
        const double rate = first * std::pow(last / first, round / (rounds - 1.0));
        for (std::size_t i = terms.size(); i > 1; --i)
            std::swap(terms[i - 1], terms[random() % i]);
        for (const Term &term : terms) {
            Place &a = places[static_cast<std::size_t>(term.a)];
            Place &b = places[static_cast<std::size_t>(term.b)];
            const double dx = a.x - b.x;
            const double dy = a.y - b.y;
            const double length = std::max(1e-6, std::hypot(dx, dy));
            const double wanted = static_cast<double>(term.distance);
            const double share = std::min(1.0, rate / (wanted * wanted)) * (length - wanted) / 2 / length;
            a.x -= share * dx;
            a.y -= share * dy;
            b.x += share * dx;
            b.y += share * dy;
        }
    }
}

/// Turns the drawing so that its longest extent is horizontal.
void layFlat(std::vector<Place> &places)
{
    double x = 0;
    double y = 0;
    for (const Place &place : places) {
        x += place.x / static_cast<double>(places.size());
        y += place.y / static_cast<double>(places.size());
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (const Place &place : places) {
        xx += (place.x - x) * (place.x - x);
        yy += (place.y - y) * (place.y - y);
        xy += (place.x - x) * (place.y - y);
    }
    const double angle = 0.5 * std::atan2(2 * xy, xx - yy);
    for (Place &place : places) {
        const double dx = place.x - x;
        const double dy = place.y - y;
        place = {dx * std::cos(angle) + dy * std::sin(angle), dy * std::cos(angle) - dx * std::sin(angle)};
    }
}

} // namespace

std::vector<std::vector<int>> neighbours(const Graph &graph)
{
    std::vector<std::vector<int>> result(graph.nodes.size());
    for (const Edge &edge : graph.edges) {
        if (edge.source == edge.target)
            continue;
        result[static_cast<std::size_t>(edge.source)].push_back(edge.target);
        result[static_cast<std::size_t>(edge.target)].push_back(edge.source);
    }
    for (std::vector<int> &list : result) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }
    return result;
}

std::vector<Place> stressCentres(const Graph &graph, const Options &options, std::uint32_t seed)
{
    std::mt19937 random(seed);
    std::vector<Place> places(graph.nodes.size());
    for (Place &place : places) {
        place.x = static_cast<double>(random() % 10000);
        place.y = static_cast<double>(random() % 10000);
    }
    std::vector<Term> terms = collectTerms(weighted(graph, options));
    descend(places, terms, options, random);
    layFlat(places);
    return places;
}

} // namespace ui::layout
