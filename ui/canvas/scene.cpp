#include "ui/canvas/scene.h"

#include "ui/base/value_text.h"

#include <QTimer>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace ui::canvas {

using namespace orm::model;

DiagramScene::DiagramScene(Document &document, DiagramId diagram, JobRunner &runner, QObject *parent)
    : QGraphicsScene(parent), m_document(document), m_diagram(diagram), m_runner(runner), m_timer(new QTimer(this))
{
    // Long lines lie in hundreds of the tree's leaves: moving 2,000 of them took 3 s of processor time, a linear search
    // through 3,000 items takes a fraction of a millisecond.
    setItemIndexMethod(NoIndex);
    m_timer->setSingleShot(true);
    m_timer->setInterval(0);
    connect(m_timer, &QTimer::timeout, this, &DiagramScene::startWork);
    connect(&document, &Document::changed, this, &DiagramScene::follow);
    connect(&document, &Document::selectionChanged, this, &DiagramScene::showSelection);
    rebuild();
}

DiagramScene::~DiagramScene()
{
    if (m_job)
        m_job->cancel();
}

NodeItem *DiagramScene::nodeItem(EntityId entity) const
{
    const auto found = m_nodes.find(entity);
    return found == m_nodes.end() ? nullptr : found->second;
}

EdgeItem *DiagramScene::edgeItem(EntityId child, ConstraintId key) const
{
    const auto found = m_edges.find({child, key});
    return found == m_edges.end() ? nullptr : found->second;
}

std::vector<NodeItem *> DiagramScene::nodeItems() const
{
    std::vector<NodeItem *> result;
    for (const auto &[id, item] : m_nodes)
        result.push_back(item);
    std::sort(result.begin(), result.end(), [](const NodeItem *a, const NodeItem *b) {
        const auto key = [](const NodeItem *item) {
            return std::tuple(std::round(item->y() / 100), item->x(), item->y(), item->figure().node);
        };
        return key(a) < key(b);
    });
    return result;
}

std::vector<EdgeItem *> DiagramScene::edgeItems() const
{
    std::vector<EdgeItem *> result;
    for (const auto &[id, item] : m_edges)
        result.push_back(item);
    return result;
}

QString DiagramScene::describe(const LinkFigure &link) const
{
    const auto side = [this](EntityId id, const std::vector<AttributeId> &attributes) {
        const EntityPointer entity = m_document.model().entity(id);
        QStringList names;
        for (const AttributeId each : attributes) {
            const Attribute *attribute = entity ? entity->find(each) : nullptr;
            names << (attribute != nullptr ? fromUtf8(attribute->name) : QStringLiteral("?"));
        }
        return (entity ? fromUtf8(entity->name) : QString()) + QLatin1Char('.') + names.join(QStringLiteral(", "));
    };
    const QString ends =
        side(link.child, link.childAttributes) + QStringLiteral(" \u2192 ") + side(link.parent, link.parentAttributes);
    return link.name.isEmpty() ? ends : link.name + QLatin1Char('\n') + ends;
}

Hit DiagramScene::hitAt(const QPointF &point, double scale) const
{
    Hit hit;
    const double reach = std::clamp(6 / std::max(scale, 0.05), 4.0, 40.0);
    const QRectF around(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach);
    double nearest = reach;
    for (QGraphicsItem *item : items(around, Qt::IntersectsItemBoundingRect)) {
        if (auto *node = qgraphicsitem_cast<NodeItem *>(item)) {
            if (!node->box().adjusted(-5, 0, 5, 0).contains(point) || hit.node != nullptr)
                continue;
            const QPointF local = point - node->pos();
            const int row = node->figure().rowAt(local.y());
            const double edge = std::min(std::abs(local.x()), std::abs(node->figure().width - local.x()));
            const bool handle = row >= 0 && edge <= 7;
            if (!handle && !node->box().contains(point))
                continue;
            hit.node = node;
            hit.row = row;
            hit.handle = handle;
        } else if (auto *edge = qgraphicsitem_cast<EdgeItem *>(item)) {
            const double distance = edge->distanceTo(point);
            if (distance < nearest) {
                nearest = distance;
                hit.edge = edge;
            }
        }
    }
    if (hit.node != nullptr)
        hit.edge = nullptr;
    return hit;
}

QRectF DiagramScene::contentRect() const
{
    QRectF rect;
    for (const auto &[id, item] : m_nodes)
        rect = rect.united(item->box());
    for (const auto &[id, item] : m_edges)
        rect = rect.united(item->boundingRect());
    return rect;
}

bool DiagramScene::isSettled() const { return !m_working && !m_timer->isActive(); }

void DiagramScene::follow(const Changes &changes)
{
    const bool mine =
        !changes.entities.empty() ||
        std::find(changes.diagrams.begin(), changes.diagrams.end(), m_diagram) != changes.diagrams.end() ||
        std::any_of(changes.nodes.begin(), changes.nodes.end(),
                    [this](const auto &node) { return node.first == m_diagram; });
    if (mine)
        rebuild();
}

void DiagramScene::rebuild()
{
    m_hovered = {};
    // Lines of what did not move stay; the others are sketched until the router answers.
    std::map<EntityId, QRectF> was;
    for (std::size_t i = 0; i < m_plan.nodes.size(); ++i)
        was[m_plan.nodes[i].entity] = {m_plan.places[i].x, m_plan.places[i].y, m_plan.nodes[i].width,
                                       m_plan.nodes[i].height};
    m_plan = makePlan(m_document.model(), m_diagram, std::exchange(m_plan, {}));
    rebuildNodes();
    rebuildEdges();
    sketchLines([&](const LinkFigure &link) {
        const auto same = [&](EntityId id) {
            const auto found = was.find(id);
            return found != was.end() && found->second == m_nodes[id]->box();
        };
        const EdgeItem *edge = m_edges[{link.child, link.key}];
        return edge->line().empty() || !same(link.child) || !same(link.parent);
    });
    showSelection();
    scheduleWork();
    emit rebuilt();
}

void DiagramScene::rebuildNodes()
{
    std::map<EntityId, NodeItem *> nodes;
    for (std::size_t i = 0; i < m_plan.nodes.size(); ++i) {
        const NodeFigure &figure = m_plan.nodes[i];
        const auto shown = m_shownPlaces.find(figure.node);
        const bool visible = m_plan.placed[i] || shown != m_shownPlaces.end();
        if (!m_plan.placed[i] && visible)
            m_plan.places[i] = shown->second;
        else if (visible)
            m_shownPlaces.erase(figure.node);
        const auto old = m_nodes.find(figure.entity);
        NodeItem *item = nullptr;
        if (old != m_nodes.end()) {
            item = old->second;
            if (item->figure().source != figure.source || item->figure().detail != figure.detail)
                item->setFigure(figure);
            m_nodes.erase(old);
        } else {
            item = new NodeItem(figure);
            addItem(item);
        }
        item->setPos(m_plan.places[i].x, m_plan.places[i].y);
        item->setVisible(visible);
        nodes[figure.entity] = item;
    }
    for (const auto &[id, item] : m_nodes)
        delete item;
    m_nodes = std::move(nodes);
}

void DiagramScene::rebuildEdges()
{
    std::map<std::pair<EntityId, ConstraintId>, EdgeItem *> edges;
    for (const LinkFigure &link : m_plan.links) {
        const auto old = m_edges.find({link.child, link.key});
        EdgeItem *item = nullptr;
        if (old != m_edges.end()) {
            item = old->second;
            item->setLink(link);
            m_edges.erase(old);
        } else {
            item = new EdgeItem(link);
            addItem(item);
        }
        item->setVisible(m_nodes[link.child]->isVisible() && m_nodes[link.parent]->isVisible());
        edges[{link.child, link.key}] = item;
    }
    for (const auto &[id, item] : m_edges)
        delete item;
    m_edges = std::move(edges);
}

void DiagramScene::sketchLines(const std::function<bool(const LinkFigure &)> &which)
{
    for (const LinkFigure &link : m_plan.links) {
        if (!which(link))
            continue;
        const routing::Link ends = routingLink(m_plan, link);
        const QRectF child = m_nodes[link.child]->box();
        const QRectF parent = m_nodes[link.parent]->box();
        m_edges[{link.child, link.key}]->setLine(
            routing::sketch({child.x(), child.y(), child.width(), child.height()}, ends.source,
                            {parent.x(), parent.y(), parent.width(), parent.height()}, ends.target, routingOptions()));
    }
}

void DiagramScene::showSelection()
{
    std::map<EntityId, NodeLook> looks;
    std::vector<std::pair<EntityId, ConstraintId>> keys;
    for (const ElementRef &element : m_document.selection()) {
        if (const auto *entity = std::get_if<EntityId>(&element))
            looks[*entity].selected = true;
        else if (const auto *attribute = std::get_if<AttributeRef>(&element))
            looks[attribute->entity].selectedRows.insert(attribute->attribute);
        else
            keys.emplace_back(std::get<ForeignKeyRef>(element).entity, std::get<ForeignKeyRef>(element).key);
    }
    const auto markEnds = [&](const EdgeItem *edge) {
        for (const AttributeId id : edge->link().childAttributes)
            looks[edge->link().child].highlightedRows.insert(id);
        for (const AttributeId id : edge->link().parentAttributes)
            looks[edge->link().parent].highlightedRows.insert(id);
    };
    for (const auto &[id, edge] : m_edges) {
        const bool selected = std::find(keys.begin(), keys.end(), id) != keys.end();
        const bool hovered = edge == m_hovered.edge;
        edge->setLook(selected ? EdgeLook::Selected : hovered ? EdgeLook::Hovered : EdgeLook::Plain);
        if (selected || hovered)
            markEnds(edge);
    }
    if (m_hovered.node != nullptr) {
        NodeLook &look = looks[m_hovered.node->figure().entity];
        look.hovered = true;
        look.handleRow = m_hovered.row;
    }
    for (const auto &[id, node] : m_nodes) {
        const NodeLook &now = node->look();
        const NodeLook &next = looks[id];
        if (now.selected != next.selected || now.hovered != next.hovered || now.handleRow != next.handleRow ||
            now.selectedRows != next.selectedRows || now.highlightedRows != next.highlightedRows) {
            node->setLook(next);
            node->setZValue(next.selected ? 3 : 2);
        }
    }
}

void DiagramScene::setHovered(const Hit &hit)
{
    if (hit.node == m_hovered.node && hit.row == m_hovered.row && hit.edge == m_hovered.edge)
        return;
    m_hovered = hit;
    showSelection();
}

void DiagramScene::previewMoves(const std::map<NodeItem *, QPointF> &places)
{
    std::vector<EntityId> moved;
    for (const auto &[item, place] : places) {
        item->setPos(place);
        moved.push_back(item->figure().entity);
    }
    const auto isMoved = [&](EntityId id) { return std::find(moved.begin(), moved.end(), id) != moved.end(); };
    sketchLines([&](const LinkFigure &link) { return isMoved(link.child) || isMoved(link.parent); });
}

void DiagramScene::commitMoves(int mergeKey)
{
    std::vector<NodePosition> positions;
    int count = 0;
    for (std::size_t i = 0; i < m_plan.nodes.size(); ++i) {
        const NodeItem *item = m_nodes[m_plan.nodes[i].entity];
        const auto x = static_cast<int>(std::lround(item->x()));
        const auto y = static_cast<int>(std::lround(item->y()));
        const bool moved = std::lround(m_plan.places[i].x) != x || std::lround(m_plan.places[i].y) != y;
        count += moved ? 1 : 0;
        // Places that only this view knows become the document's with the first move.
        if (moved || (!m_plan.placed[i] && item->isVisible()))
            positions.push_back({m_plan.nodes[i].node, x, y});
    }
    Edit edit = orm::model::moveNodes(m_document.model(), m_diagram, positions);
    if (edit.empty())
        scheduleWork(); // back where they were: the sketches go
    else
        m_document.apply(std::move(edit), count == 1 ? tr("Move 1 entity") : tr("Move %n entities", nullptr, count),
                         mergeKey);
}

void DiagramScene::cancelMoves()
{
    std::map<NodeItem *, QPointF> places;
    for (std::size_t i = 0; i < m_plan.nodes.size(); ++i)
        places[m_nodes[m_plan.nodes[i].entity]] = QPointF(m_plan.places[i].x, m_plan.places[i].y);
    previewMoves(places);
    scheduleWork();
}

} // namespace ui::canvas
