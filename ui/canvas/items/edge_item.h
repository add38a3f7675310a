#pragma once

#include "ui/canvas/paint.h"

#include <QGraphicsItem>

namespace ui::canvas {

/// One relationship on the scene, in scene coordinates.
class EdgeItem : public QGraphicsItem {
public:
    enum { Type = UserType + 2 };
    explicit EdgeItem(LinkFigure link);

    int type() const override { return Type; }
    QRectF boundingRect() const override { return m_bounds; }
    QPainterPath shape() const override; ///< a band that a pointer can hit
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

    [[nodiscard]] const LinkFigure &link() const noexcept { return m_link; }
    void setLink(LinkFigure link);
    [[nodiscard]] const routing::Polyline &line() const noexcept { return m_line; }
    void setLine(routing::Polyline line);
    void setLook(EdgeLook look);
    [[nodiscard]] EdgeLook look() const noexcept { return m_look; }
    /// How far a point is from the line.
    [[nodiscard]] double distanceTo(const QPointF &point) const;

private:
    LinkFigure m_link;
    routing::Polyline m_line;
    QRectF m_bounds;
    EdgeLook m_look = EdgeLook::Plain;
};

} // namespace ui::canvas
