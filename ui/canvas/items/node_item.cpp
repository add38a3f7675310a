#include "ui/canvas/items/node_item.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace ui::canvas {

NodeItem::NodeItem(NodeFigure figure) : m_figure(std::move(figure)) { setZValue(2); }

QRectF NodeItem::boundingRect() const { return QRectF(0, 0, m_figure.width, m_figure.height).adjusted(-6, -3, 6, 3); }

void NodeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    m_look.scale = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    paintNode(*painter, m_figure, m_look, theme());
}

void NodeItem::setFigure(NodeFigure figure)
{
    prepareGeometryChange();
    m_figure = std::move(figure);
    update();
}

void NodeItem::setLook(NodeLook look)
{
    m_look = std::move(look);
    update();
}

} // namespace ui::canvas
