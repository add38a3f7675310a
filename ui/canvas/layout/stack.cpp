#include "ui/canvas/layout/stack.h"

namespace ui::layout {

std::vector<double> stack(const std::vector<double> &wanted, const std::vector<double> &heights,
                          const std::vector<double> &gaps)
{
    struct Block {
        double sum;
        std::size_t count;
    };
    std::vector<double> offset(wanted.size(), 0);
    for (std::size_t i = 1; i < wanted.size(); ++i)
        offset[i] = offset[i - 1] + heights[i - 1] / 2 + gaps[i - 1] + heights[i] / 2;
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        blocks.push_back({wanted[i] - offset[i], 1});
        while (blocks.size() > 1) {
            const Block &last = blocks[blocks.size() - 1];
            const Block &before = blocks[blocks.size() - 2];
            if (before.sum * static_cast<double>(last.count) <= last.sum * static_cast<double>(before.count))
                break;
            const Block merged{before.sum + last.sum, before.count + last.count};
            blocks.pop_back();
            blocks.back() = merged;
        }
    }
    std::vector<double> centres;
    centres.reserve(wanted.size());
    for (const Block &block : blocks) {
        for (std::size_t i = 0; i < block.count; ++i)
            centres.push_back(block.sum / static_cast<double>(block.count) + offset[centres.size()]);
    }
    return centres;
}

} // namespace ui::layout
