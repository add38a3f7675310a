#include "ui/canvas/view.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace ui {

using namespace canvas;
using namespace orm::model;

EntityId CanvasView::currentEntity() const
{
    if (document().selection().empty())
        return {};
    const ElementRef &last = document().selection().back();
    if (const auto *entity = std::get_if<EntityId>(&last))
        return *entity;
    if (const auto *attribute = std::get_if<AttributeRef>(&last))
        return attribute->entity;
    return std::get<ForeignKeyRef>(last).entity;
}

void CanvasView::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    const bool arrow = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
    if (key == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = true;
        viewport()->setCursor(Qt::OpenHandCursor);
    } else if (arrow && event->modifiers().testFlag(Qt::ShiftModifier)) {
        nudge(key);
    } else if (arrow) {
        const bool vertical = key == Qt::Key_Up || key == Qt::Key_Down;
        const bool inside =
            event->modifiers().testFlag(Qt::ControlModifier) ||
            (!document().selection().empty() && std::holds_alternative<AttributeRef>(document().selection().back()));
        if (!vertical || !inside || !selectAttribute(key == Qt::Key_Down ? 1 : -1))
            selectTowards(key);
    } else if (key == Qt::Key_Home) {
        selectNext(true);
    } else {
        QGraphicsView::keyPressEvent(event);
    }
}

void CanvasView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        if (!m_panning)
            viewport()->setCursor(m_tool->cursor());
    }
    QGraphicsView::keyReleaseEvent(event);
}

/// Tab walks through the entities in reading order and leaves the canvas after the last.
bool CanvasView::focusNextPrevChild(bool next)
{
    const std::vector<NodeItem *> nodes = m_scene->nodeItems();
    if (nodes.empty())
        return QGraphicsView::focusNextPrevChild(next);
    const NodeItem *current = m_scene->nodeItem(currentEntity());
    const bool atEnd = current == (next ? nodes.back() : nodes.front());
    if (atEnd)
        return QGraphicsView::focusNextPrevChild(next);
    selectNext(next);
    return true;
}

void CanvasView::selectNext(bool forward)
{
    const std::vector<NodeItem *> nodes = m_scene->nodeItems();
    if (nodes.empty())
        return;
    const auto current = std::find(nodes.begin(), nodes.end(), m_scene->nodeItem(currentEntity()));
    const NodeItem *next = forward ? nodes.front() : nodes.back();
    if (current != nodes.end()) {
        if (forward && current + 1 != nodes.end())
            next = *(current + 1);
        else if (!forward && current != nodes.begin())
            next = *(current - 1);
    }
    document().select({next->figure().entity});
    ensureVisible(next->box(), 30, 30);
}

/// The nearest entity that way.
void CanvasView::selectTowards(int key)
{
    const NodeItem *current = m_scene->nodeItem(currentEntity());
    if (current == nullptr) {
        selectNext(true);
        return;
    }
    const QPointF from = current->box().center();
    const NodeItem *best = nullptr;
    double bestCost = 1e18;
    for (const NodeItem *item : m_scene->nodeItems()) {
        if (item == current)
            continue;
        const QPointF to = item->box().center() - from;
        const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
        const double ahead = key == Qt::Key_Left    ? -to.x()
                             : key == Qt::Key_Right ? to.x()
                             : key == Qt::Key_Up    ? -to.y()
                                                    : to.y();
        const double aside = std::abs(sideways ? to.y() : to.x());
        if (ahead <= 10)
            continue;
        const double cost = ahead + 2 * aside;
        if (cost < bestCost) {
            bestCost = cost;
            best = item;
        }
    }
    if (best != nullptr) {
        document().select({best->figure().entity});
        ensureVisible(best->box(), 30, 30);
    }
}

/// Up and down through the attributes of the current entity; over the first one lies the entity itself.
bool CanvasView::selectAttribute(int step)
{
    const NodeItem *item = m_scene->nodeItem(currentEntity());
    if (item == nullptr)
        return false;
    const NodeFigure &figure = item->figure();
    int row = -1;
    if (const auto *attribute = std::get_if<AttributeRef>(&document().selection().back()))
        row = figure.rowOf(attribute->attribute);
    row += step;
    if (row >= static_cast<int>(figure.rows.size()) || row < -1)
        return true;
    if (row == -1)
        document().select({figure.entity});
    else
        document().select({AttributeRef{figure.entity, figure.rows[static_cast<std::size_t>(row)].attribute}});
    return true;
}

/// Shift and an arrow move what is selected by one step of the grid; steps in a row are one undo step.
void CanvasView::nudge(int key)
{
    constexpr int nudgeKey = 0x6e756467;
    const QPointF by = key == Qt::Key_Left    ? QPointF(-10, 0)
                       : key == Qt::Key_Right ? QPointF(10, 0)
                       : key == Qt::Key_Up    ? QPointF(0, -10)
                                              : QPointF(0, 10);
    std::map<NodeItem *, QPointF> places;
    for (const ElementRef &element : document().selection()) {
        const auto *entity = std::get_if<EntityId>(&element);
        if (NodeItem *item = entity != nullptr ? m_scene->nodeItem(*entity) : nullptr)
            places[item] = item->pos() + by;
    }
    if (places.empty())
        return;
    m_scene->previewMoves(places);
    m_scene->commitMoves(nudgeKey);
}

} // namespace ui
