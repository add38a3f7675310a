#include "ui/records/grid/row_header.h"

#include "ui/base/theme.h"
#include "ui/records/grid/record_grid.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ui::records {

namespace {

constexpr int kPadding = 6;
constexpr int kSymbol = 14; // width of the column of symbols

struct Symbol {
    QString text;
    QColor colour;
};

Symbol symbolOf(RowState state)
{
    const Theme &colours = theme();
    switch (state) {
    case RowState::Clean:
        break;
    case RowState::Added:
        return {QStringLiteral("+"), colours.added};
    case RowState::Changed:
        return {QStringLiteral("•"), colours.changed};
    case RowState::Deleted:
        return {QStringLiteral("–"), colours.deleted};
    case RowState::Conflict:
        return {QStringLiteral("!"), colours.conflict};
    }
    return {};
}

} // namespace

RowHeader::RowHeader(RecordGrid &grid) : QWidget(&grid), m_grid(grid) { setAttribute(Qt::WA_OpaquePaintEvent); }

int RowHeader::wantedWidth() const
{
    const std::int64_t largest = std::max<std::int64_t>(m_grid.records().placeCount(), 999);
    const QString digits(QString::number(largest).size() + 1, u'0');
    return QFontMetrics(valueFont()).horizontalAdvance(digits) + 2 * kPadding + kSymbol;
}

void RowHeader::paintEvent(QPaintEvent *)
{
    const Theme &colours = theme();
    QPainter painter(this);
    painter.fillRect(rect(), colours.window);
    painter.setPen(colours.border);
    painter.drawLine(rect().topRight(), rect().bottomRight());
    painter.setFont(valueFont());
    const int height = m_grid.rowHeight();
    const std::int64_t count = m_grid.records().placeCount();
    const std::int64_t fresh = m_grid.records().newRowCount();
    for (int i = 0; i < m_grid.bandRows(); ++i)
        paintRow(painter, m_grid.placeAtY(i * height), i * height, height);
    painter.setClipRect(0, m_grid.bandHeight(), width(), this->height());
    std::int64_t place = fresh + m_grid.top();
    for (int y = m_grid.bandHeight(); y < this->height() && place < count; y += height, ++place)
        paintRow(painter, place, y, height);
}

void RowHeader::paintRow(QPainter &painter, std::int64_t place, int y, int height) const
{
    const Theme &colours = theme();
    const QRect row(0, y, width() - 1, height);
    if (m_grid.selection().containsRow(place))
        painter.fillRect(row, colours.selection);
    painter.setPen(colours.grid);
    painter.drawLine(row.bottomLeft(), row.bottomRight());
    const RecordModel &records = m_grid.records();
    const Symbol symbol = symbolOf(records.state(place));
    if (!symbol.text.isEmpty()) {
        painter.setPen(symbol.colour);
        QFont font = painter.font();
        font.setBold(true);
        painter.setFont(font);
        painter.drawText(QRect(kPadding / 2, y, kSymbol, height), Qt::AlignCenter, symbol.text);
        painter.setFont(valueFont());
    }
    const std::int64_t position = place - records.newRowCount();
    if (position < 0)
        return;
    const bool exact = m_grid.records().window().positionsExact();
    painter.setPen(m_grid.current().place == place ? colours.text : colours.muted);
    painter.drawText(row.adjusted(kSymbol, 0, -kPadding, 0), Qt::AlignRight | Qt::AlignVCenter,
                     (exact ? QString() : QStringLiteral("≈")) + QString::number(position + 1));
}

void RowHeader::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_grid.selectRow(m_grid.placeAtY(event->pos().y()), event->modifiers());
    m_grid.setFocus();
}

void RowHeader::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        m_grid.selectRow(m_grid.placeAtY(event->pos().y()), Qt::ShiftModifier);
}

void RowHeader::wheelEvent(QWheelEvent *event) { m_grid.wheelEvent(event); }

} // namespace ui::records
