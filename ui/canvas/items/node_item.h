#pragma once

#include "ui/canvas/paint.h"

#include <QGraphicsItem>

namespace ui::canvas {

/// One node on the scene: paints itself whole, no child items. It is a view of its figure, never the model.
class NodeItem : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };
    explicit NodeItem(NodeFigure figure);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

    [[nodiscard]] const NodeFigure &figure() const noexcept { return m_figure; }
    void setFigure(NodeFigure figure);
    [[nodiscard]] const NodeLook &look() const noexcept { return m_look; }
    void setLook(NodeLook look);
    [[nodiscard]] QRectF box() const { return {pos(), QSizeF(m_figure.width, m_figure.height)}; }

private:
    NodeFigure m_figure;
    NodeLook m_look;
};

} // namespace ui::canvas
