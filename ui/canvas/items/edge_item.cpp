#include "ui/canvas/items/edge_item.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <cmath>

namespace ui::canvas {

EdgeItem::EdgeItem(LinkFigure link) : m_link(std::move(link))
{
    setZValue(1);
    setFlag(ItemUsesExtendedStyleOption); // for exposedRect
}

QPainterPath EdgeItem::shape() const
{
    QPainterPathStroker stroker;
    stroker.setWidth(8);
    return stroker.createStroke(edgePath(m_line));
}

void EdgeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *)
{
    const double scale = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    paintEdge(*painter, m_line, m_link, m_look, theme(), scale, option->exposedRect);
}

void EdgeItem::setLink(LinkFigure link)
{
    if (link == m_link)
        return;
    m_link = std::move(link);
    update();
}

void EdgeItem::setLine(routing::Polyline line)
{
    if (line == m_line)
        return;
    prepareGeometryChange();
    m_line = std::move(line);
    m_bounds = QRectF();
    for (std::size_t i = 0; i < m_line.size(); ++i) {
        const QRectF spot(m_line[i].x - 8, m_line[i].y - 8, 16, 16);
        m_bounds = i == 0 ? spot : m_bounds.united(spot);
    }
    update();
}

void EdgeItem::setLook(EdgeLook look)
{
    if (look == m_look)
        return;
    m_look = look;
    setZValue(look == EdgeLook::Plain ? 1 : 1.5);
    update();
}

double EdgeItem::distanceTo(const QPointF &point) const
{
    double best = 1e18;
    for (std::size_t i = 0; i + 1 < m_line.size(); ++i) {
        const auto [x1, x2] = std::minmax(m_line[i].x, m_line[i + 1].x);
        const auto [y1, y2] = std::minmax(m_line[i].y, m_line[i + 1].y);
        const double dx = std::max({x1 - point.x(), point.x() - x2, 0.0});
        const double dy = std::max({y1 - point.y(), point.y() - y2, 0.0});
        best = std::min(best, std::hypot(dx, dy));
    }
    return best;
}

} // namespace ui::canvas
