#include "ui/canvas/paint.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ui::canvas {

namespace {

constexpr double footLength = 12;
constexpr double footWidth = 5.5;
constexpr double barWidth = 5;
constexpr double ring = 3.6;
constexpr double notationScale = 0.3; // below: lines only

/// A place on a line's end: the border point, and the directions along the line and across it.
struct Tip {
    QPointF at;
    QPointF along;
    QPointF across;
    [[nodiscard]] QPointF point(double distance, double aside) const { return at + along * distance + across * aside; }
};

Tip tip(const routing::Point &end, const routing::Point &next)
{
    const double dx = next.x - end.x;
    const double dy = next.y - end.y;
    const double length = std::max(0.001, std::hypot(dx, dy));
    const QPointF along(dx / length, dy / length);
    return {{end.x, end.y}, along, {-along.y(), along.x()}};
}

void bar(QPainter &painter, const Tip &tip, double distance)
{
    painter.drawLine(tip.point(distance, -barWidth), tip.point(distance, barWidth));
}

void paintEnd(QPainter &painter, const Tip &tip, Cardinality cardinality, const QColor &ground)
{
    if (cardinality == Cardinality::One) {
        bar(painter, tip, 7);
        bar(painter, tip, 11);
        return;
    }
    double ringAt = 11 + ring;
    if (cardinality == Cardinality::ZeroOrMany) {
        painter.drawLine(tip.point(0, -footWidth), tip.point(footLength, 0));
        painter.drawLine(tip.point(0, footWidth), tip.point(footLength, 0));
        ringAt = footLength + ring;
    } else {
        bar(painter, tip, 8);
    }
    painter.setBrush(ground);
    painter.drawEllipse(tip.point(ringAt, 0), ring, ring);
    painter.setBrush(Qt::NoBrush);
}

QRectF edgeBounds(const routing::Polyline &line)
{
    QRectF bounds(line.front().x, line.front().y, 0, 0);
    for (const routing::Point &point : line)
        bounds = QRectF(QPointF(std::min(bounds.left(), point.x), std::min(bounds.top(), point.y)),
                        QPointF(std::max(bounds.right(), point.x), std::max(bounds.bottom(), point.y)));
    return bounds;
}

/// Only the stretches inside a rectangle, cut where a dash begins: a long line far outside has thousands of dashes.
void paintSeen(QPainter &painter, const routing::Polyline &line, const QRectF &seen)
{
    constexpr double period = 8;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        QPointF a(line[i].x, line[i].y);
        QPointF b(line[i + 1].x, line[i + 1].y);
        if (std::max(a.x(), b.x()) < seen.left() || std::min(a.x(), b.x()) > seen.right() ||
            std::max(a.y(), b.y()) < seen.top() || std::min(a.y(), b.y()) > seen.bottom())
            continue;
        const bool vertical = std::abs(a.x() - b.x()) < std::abs(a.y() - b.y());
        const double from = vertical ? a.y() : a.x();
        const double to = vertical ? b.y() : b.x();
        const double low = vertical ? seen.top() : seen.left();
        const double high = vertical ? seen.bottom() : seen.right();
        const double enters = to > from ? low - from : from - high;
        const double start = std::max(0.0, std::floor(enters / period) * period);
        const double end = std::clamp(to, low, high);
        (vertical ? a.ry() : a.rx()) = from + (to > from ? start : -start);
        (vertical ? b.ry() : b.rx()) = end;
        painter.drawLine(a, b);
    }
}

} // namespace

QPainterPath edgePath(const routing::Polyline &line)
{
    constexpr double rounding = 4;
    QPainterPath path;
    if (line.empty())
        return path;
    const auto at = [&](std::size_t i) { return QPointF(line[i].x, line[i].y); };
    path.moveTo(at(0));
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
        const QPointF in = at(i) - at(i - 1);
        const QPointF out = at(i + 1) - at(i);
        const double inLength = std::hypot(in.x(), in.y());
        const double outLength = std::hypot(out.x(), out.y());
        const double r = std::min({rounding, inLength / 2, outLength / 2});
        if (r < 0.5) {
            path.lineTo(at(i));
            continue;
        }
        path.lineTo(at(i) - in / inLength * r);
        path.quadTo(at(i), at(i) + out / outLength * r);
    }
    if (line.size() > 1)
        path.lineTo(at(line.size() - 1));
    return path;
}

void paintEdge(QPainter &painter, const routing::Polyline &line, const LinkFigure &link, EdgeLook look,
               const Theme &theme, double scale, const QRectF &exposed)
{
    if (line.size() < 2)
        return;
    const bool strong = look != EdgeLook::Plain;
    const QColor colour = strong ? theme.edgeSelected : theme.edge;
    QPen pen(colour, strong ? 2.2 : 1.2);
    pen.setCapStyle(Qt::FlatCap);
    if (scale < notationScale) {
        pen.setWidthF(strong ? 2 : 1);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.setRenderHint(QPainter::Antialiasing, false);
        QPolygonF points;
        for (const routing::Point &point : line)
            points << QPointF(point.x, point.y);
        painter.drawPolyline(points);
        return;
    }
    if (!link.identifying)
        pen.setDashPattern({5 / pen.widthF(), 3 / pen.widthF()});
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    if (exposed.isEmpty() || exposed.contains(edgeBounds(line)))
        painter.drawPath(edgePath(line));
    else
        paintSeen(painter, line, exposed.adjusted(-40, -40, 40, 40));
    pen.setStyle(Qt::SolidLine);
    pen.setWidthF(strong ? 1.8 : 1.2);
    painter.setPen(pen);
    paintEnd(painter, tip(line[0], line[1]), link.atChild, theme.canvas);
    paintEnd(painter, tip(line[line.size() - 1], line[line.size() - 2]), link.atParent, theme.canvas);
}

} // namespace ui::canvas
