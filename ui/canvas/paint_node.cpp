#include "ui/canvas/paint.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ui::canvas {

namespace {

constexpr double radius = 5;
constexpr double shapeScale = 0.1;   // below: a coloured box
constexpr double detailScale = 0.42; // below: the name only, large

const QFont &plainFont()
{
    static const QFont font = interfaceFont(); // making one costs more than painting with it
    return font;
}

const QFontMetricsF &plainMetrics()
{
    static const QFontMetricsF metrics(plainFont());
    return metrics;
}

QPainterPath roundedTop(const QRectF &rect)
{
    QPainterPath path;
    path.moveTo(rect.bottomLeft());
    path.lineTo(rect.left(), rect.top() + radius);
    path.quadTo(rect.topLeft(), {rect.left() + radius, rect.top()});
    path.lineTo(rect.right() - radius, rect.top());
    path.quadTo(rect.topRight(), {rect.right(), rect.top() + radius});
    path.lineTo(rect.bottomRight());
    path.closeSubpath();
    return path;
}

/// A key lying on its side: 11 x 7 around a centre.
void paintKey(QPainter &painter, const QPointF &centre, const QColor &colour)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawEllipse(centre + QPointF(-3, 0), 2.6, 2.6);
    painter.drawLine(centre + QPointF(-0.2, 0), centre + QPointF(6, 0));
    painter.drawLine(centre + QPointF(6, 0), centre + QPointF(6, 2.8));
    painter.drawLine(centre + QPointF(3.2, 0), centre + QPointF(3.2, 2.2));
}

/// An arrow that leaves to another entity.
void paintReference(QPainter &painter, const QPointF &centre, const QColor &colour)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawLine(centre + QPointF(-4, 3), centre + QPointF(3.4, -3));
    painter.drawLine(centre + QPointF(3.4, -3), centre + QPointF(-0.6, -3.2));
    painter.drawLine(centre + QPointF(3.4, -3), centre + QPointF(3.4, 1));
}

void paintRow(QPainter &painter, const NodeFigure &figure, int index, const NodeLook &look, const Theme &theme)
{
    const RowFigure &row = figure.rows[static_cast<std::size_t>(index)];
    const QRectF rect = figure.rowRect(index);
    const bool selected = look.selectedRows.count(row.attribute) > 0;
    if (selected || look.highlightedRows.count(row.attribute) > 0) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.selection);
        painter.drawRect(rect.adjusted(1, 0, -1, 0));
        if (selected) {
            painter.setBrush(theme.accent);
            painter.drawRect(QRectF(rect.left() + 1, rect.top(), 3, rect.height()));
        }
    }
    const double middle = rect.center().y();
    if (row.primaryKey)
        paintKey(painter, {rect.left() + 13, middle}, theme.keyIcon);
    if (row.foreignKey)
        paintReference(painter, {rect.left() + (row.primaryKey ? 28 : 14), middle}, theme.muted);
    const QFontMetricsF &metrics = plainMetrics();
    const double baseline = middle + (metrics.ascent() - metrics.descent()) / 2;
    const double room = rect.width() - iconWidth - 8;
    const double typeRoom = std::max(room - row.nameWidth - 10, std::min(row.typeWidth, room * 0.35));
    const double nameRoom = room - std::min(row.typeWidth, typeRoom) - (row.type.isEmpty() ? 0 : 10);
    painter.setFont(plainFont());
    painter.setPen(theme.text);
    const QString name =
        row.nameWidth <= nameRoom ? markedName(row) : metrics.elidedText(markedName(row), Qt::ElideRight, nameRoom);
    painter.drawText(QPointF(rect.left() + iconWidth, baseline), name);
    painter.setPen(theme.muted);
    const bool fits = row.typeWidth <= typeRoom;
    const QString type = fits ? row.type : metrics.elidedText(row.type, Qt::ElideRight, typeRoom);
    const double typeWidth = fits ? row.typeWidth : metrics.horizontalAdvance(type);
    painter.drawText(QPointF(rect.right() - 8 - typeWidth, baseline), type);
}

void paintHandles(QPainter &painter, const NodeFigure &figure, int row, const Theme &theme)
{
    const QRectF rect = figure.rowRect(row);
    painter.setPen(QPen(theme.accent, 1.4));
    painter.setBrush(theme.entity);
    painter.drawEllipse(QPointF(rect.left(), rect.center().y()), 4, 4);
    painter.drawEllipse(QPointF(rect.right(), rect.center().y()), 4, 4);
}

/// From far away: the name as large as the box allows.
void paintFar(QPainter &painter, const NodeFigure &figure, const NodeLook &look, const Theme &theme)
{
    QFont font = interfaceFont();
    font.setBold(true);
    const double wanted = 14 / look.scale;
    const double advance = QFontMetricsF(font).horizontalAdvance(figure.title) / font.pixelSize();
    const double fits = (figure.width - 12) / std::max(1.0, advance);
    const double size = std::min({wanted, std::max(fits, 9.0), figure.height - 6});
    font.setPixelSize(std::max(6, static_cast<int>(size)));
    painter.setFont(font);
    painter.setPen(theme.entityHeaderText);
    const QRectF rect = QRectF(0, 0, figure.width, figure.height).adjusted(5, 2, -5, -2);
    painter.drawText(rect, Qt::AlignCenter, QFontMetricsF(font).elidedText(figure.title, Qt::ElideRight, rect.width()));
}

void paintHeader(QPainter &painter, const NodeFigure &figure, const Theme &theme)
{
    QFont font = interfaceFont();
    font.setBold(true);
    font.setItalic(figure.kind == orm::TableKind::View);
    painter.setFont(font);
    painter.setPen(theme.entityHeaderText);
    const QRectF rect = figure.headerRect().adjusted(10, 0, -8, 0);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(font).elidedText(figure.title, Qt::ElideRight, rect.width()));
}

} // namespace

void paintNode(QPainter &painter, const NodeFigure &figure, const NodeLook &look, const Theme &theme)
{
    const QRectF box(0, 0, figure.width, figure.height);
    const bool far = look.scale < detailScale;
    if (look.scale < shapeScale) { // a coloured box; thousands of them must be cheap
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.fillRect(box, look.selected ? theme.accent : theme.entityBorder);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(far ? theme.entityHeader : theme.entity);
    painter.drawRoundedRect(box, radius, radius);
    if (!far) {
        painter.setBrush(theme.entityHeader);
        if (figure.rows.empty())
            painter.drawRoundedRect(box, radius, radius);
        else
            painter.drawPath(roundedTop(figure.headerRect()));
        paintHeader(painter, figure, theme);
        if (!figure.rows.empty()) {
            painter.setPen(QPen(theme.entityBorder, 1));
            painter.drawLine(QPointF(0, headerHeight), QPointF(figure.width, headerHeight));
        }
        for (std::size_t row = 0; row < figure.rows.size(); ++row)
            paintRow(painter, figure, static_cast<int>(row), look, theme);
    } else {
        paintFar(painter, figure, look, theme);
    }
    const bool strong = look.selected;
    QPen border(strong ? theme.accent : look.hovered ? theme.muted : theme.entityBorder, strong ? 2 : 1);
    if (figure.kind == orm::TableKind::View)
        border.setStyle(Qt::DashLine);
    if (far)
        border.setCosmetic(true);
    painter.setPen(border);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box, radius, radius);
    if (look.handleRow >= 0 && !far)
        paintHandles(painter, figure, look.handleRow, theme);
}

} // namespace ui::canvas
