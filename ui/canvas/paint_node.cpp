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
    const QFontMetricsF metrics(interfaceFont());
    const double typeWidth = metrics.horizontalAdvance(row.type);
    const double nameRoom = rect.width() - iconWidth - 8 - (row.type.isEmpty() ? 0 : std::min(typeWidth, 110.0) + 10);
    const QFont font = interfaceFont();
    painter.setFont(font);
    painter.setPen(theme.text);
    // A required attribute ends in an asterisk, a unique one in a small u: no colour needed to tell.
    const QString marks = row.primaryKey ? QString()
                                         : (row.notNull ? QStringLiteral("*") : QString()) +
                                               (row.unique ? QStringLiteral("\u1d58") : QString());
    const QString name =
        metrics.elidedText(row.name, Qt::ElideRight, nameRoom - metrics.horizontalAdvance(marks)) + marks;
    painter.drawText(QRectF(rect.left() + iconWidth, rect.top(), nameRoom + 2, rect.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setFont(interfaceFont());
    painter.setPen(theme.muted);
    const double used = std::min(nameRoom, metrics.horizontalAdvance(name));
    const double typeRoom = rect.width() - iconWidth - 8 - used - 8;
    const QString type = metrics.elidedText(row.type, Qt::ElideRight, std::max(0.0, typeRoom));
    painter.drawText(QRectF(rect.right() - 8 - typeRoom, rect.top(), typeRoom, rect.height()),
                     Qt::AlignRight | Qt::AlignVCenter, type);
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
    if (look.scale < shapeScale)
        return;
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
