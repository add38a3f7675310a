#include "ui/canvas/scene.h"

#include <QTimer>

#include <algorithm>
#include <cmath>

namespace ui::canvas {

using namespace orm::model;

void DiagramScene::scheduleWork()
{
    ++m_generation;
    if (m_job)
        m_job->cancel();
    m_timer->start();
}

/// Places for those that have none, then lines for all.
void DiagramScene::startWork()
{
    layout::Graph graph = layoutGraph(m_plan);
    bool missing = false;
    for (std::size_t i = 0; i < m_plan.nodes.size(); ++i) {
        const bool shown = m_nodes[m_plan.nodes[i].entity]->isVisible();
        graph.nodes[i].fixed = shown;
        missing |= !shown;
    }
    if (missing)
        startLayout(std::move(graph), false);
    else
        startRouting();
}

void DiagramScene::layOutAll()
{
    layout::Graph graph = layoutGraph(m_plan);
    for (layout::Node &node : graph.nodes)
        node.fixed = false;
    ++m_generation;
    m_timer->stop();
    if (m_job)
        m_job->cancel();
    startLayout(std::move(graph), true);
}

void DiagramScene::startLayout(layout::Graph graph, bool everything)
{
    m_working = true;
    const unsigned generation = m_generation;
    using Places = std::vector<layout::Place>;
    m_job = m_runner.start<Places>(
        tr("Laying out the diagram"), this,
        [graph = std::move(graph)](Progress &progress) {
            layout::Options options;
            options.cancelled = [&progress] { return progress.cancelled(); };
            Places places = layout::place(graph, options);
            progress.throwIfCancelled();
            return places;
        },
        [this, generation, everything](Outcome<Places> outcome) {
            if (generation != m_generation)
                return;
            m_working = false;
            if (outcome.ok())
                applyPlaces(outcome.value(), everything);
            else if (!outcome.failure().cancelled)
                emit failed(outcome.failure().message);
        });
}

void DiagramScene::applyPlaces(const std::vector<layout::Place> &places, bool everything)
{
    std::vector<NodePosition> positions;
    for (std::size_t i = 0; i < m_plan.nodes.size() && i < places.size(); ++i) {
        if (everything || !m_plan.placed[i])
            positions.push_back({m_plan.nodes[i].node, static_cast<int>(std::lround(places[i].x)),
                                 static_cast<int>(std::lround(places[i].y))});
    }
    // After an undo the places are shown only: an edit now would throw away what can be redone.
    if (everything || !m_document.undoStack().canRedo()) {
        Edit edit = orm::model::moveNodes(m_document.model(), m_diagram, positions);
        if (edit.empty())
            startRouting(); // all stand where they would be put
        else
            m_document.apply(std::move(edit), everything ? tr("Lay out the diagram") : tr("Place entities"));
        return;
    }
    for (const NodePosition &position : positions)
        m_shownPlaces[position.node] = {static_cast<double>(position.x), static_cast<double>(position.y)};
    rebuild();
}

void DiagramScene::startRouting()
{
    m_working = true;
    const unsigned generation = m_generation;
    using Lines = std::vector<routing::Polyline>;
    m_job = m_runner.start<Lines>(
        tr("Routing lines"), this,
        [boxes = routingBoxes(m_plan), links = routingLinks(m_plan)](Progress &progress) {
            routing::Options options = routingOptions();
            options.cancelled = [&progress] { return progress.cancelled(); };
            Lines lines = routing::route(boxes, links, options);
            progress.throwIfCancelled();
            return lines;
        },
        [this, generation](Outcome<Lines> outcome) {
            if (generation != m_generation)
                return;
            m_working = false;
            if (outcome.ok()) {
                for (std::size_t i = 0; i < m_plan.links.size(); ++i)
                    m_edges[{m_plan.links[i].child, m_plan.links[i].key}]->setLine(std::move(outcome.value()[i]));
            } else if (!outcome.failure().cancelled) {
                emit failed(outcome.failure().message);
            }
            emit settled();
        });
}

} // namespace ui::canvas
