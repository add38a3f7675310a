#include "ui/canvas/arrange.h"

#include "ormcore/model/edits.h"
#include "ui/canvas/plan.h"

#include <algorithm>
#include <cmath>

namespace ui {

orm::model::Edit arrange(const orm::model::Model &model, orm::model::DiagramId diagram, Arrange which,
                         const std::function<bool()> &cancelled)
{
    const canvas::Plan plan = canvas::makePlan(model, diagram);
    const bool everything = which == Arrange::Everything;
    if (!everything && std::all_of(plan.placed.begin(), plan.placed.end(), [](bool placed) { return placed; }))
        return {};
    layout::Graph graph = canvas::layoutGraph(plan);
    if (everything)
        for (layout::Node &node : graph.nodes)
            node.fixed = false;
    layout::Options options;
    options.cancelled = cancelled;
    const std::vector<layout::Place> places = layout::place(graph, options);
    std::vector<orm::model::NodePosition> positions;
    for (std::size_t i = 0; i < plan.nodes.size() && i < places.size(); ++i)
        if (everything || !plan.placed[i])
            positions.push_back({plan.nodes[i].node, static_cast<int>(std::lround(places[i].x)),
                                 static_cast<int>(std::lround(places[i].y))});
    return orm::model::moveNodes(model, diagram, positions);
}

} // namespace ui
