#pragma once

#include <vector>

namespace ui::layout {

/// Puts boxes of given heights below each other, `gaps[i]` apart after box i, as near to the wanted centres as the
/// order allows (least squares: pool adjacent violators). Answer: centres.
[[nodiscard]] std::vector<double> stack(const std::vector<double> &wanted, const std::vector<double> &heights,
                                        const std::vector<double> &gaps);

} // namespace ui::layout
