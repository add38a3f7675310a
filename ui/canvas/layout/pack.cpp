#include "ui/canvas/layout/pack.h"

#include <algorithm>
#include <cmath>

namespace ui::layout {

namespace {

struct Spot {
    double x, y, width, height;
};

bool meet(const Spot &a, const Spot &b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

} // namespace

std::vector<Place> pack(std::vector<Block> blocks, std::size_t nodes, const Options &options)
{
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const Block &a, const Block &b) { return a.width * a.height > b.width * b.height; });
    std::vector<Spot> taken;
    std::vector<Place> result(nodes);
    double right = 0;
    double bottom = 0;
    for (const Block &block : blocks) {
        // Candidates: beside and below what stands; the best keeps the whole small and in shape.
        Spot best{0, 0, block.width + options.gapX, block.height + options.gapY};
        double bestCost = taken.empty() ? 0 : 1e300;
        const auto offer = [&](double x, double y) {
            const Spot spot{x, y, block.width + options.gapX, block.height + options.gapY};
            if (std::any_of(taken.begin(), taken.end(), [&](const Spot &other) { return meet(spot, other); }))
                return;
            const double width = std::max(right, x + spot.width);
            const double height = std::max(bottom, y + spot.height);
            const double cost = std::max(width, height * options.aspect) * 1e4 + y * 10 + x;
            if (cost < bestCost) {
                bestCost = cost;
                best = spot;
            }
        };
        for (const Spot &a : taken) {
            offer(a.x + a.width, a.y);
            offer(a.x, a.y + a.height);
            for (const Spot &b : taken) {
                if (taken.size() <= 60)
                    offer(a.x + a.width, b.y + b.height);
            }
            offer(a.x + a.width, 0);
            offer(0, a.y + a.height);
        }
        taken.push_back(best);
        right = std::max(right, best.x + best.width);
        bottom = std::max(bottom, best.y + best.height);
        for (std::size_t i = 0; i < block.members.size(); ++i)
            result[static_cast<std::size_t>(block.members[i])] = {best.x + block.places[i].x,
                                                                  best.y + block.places[i].y};
    }
    return result;
}

} // namespace ui::layout
