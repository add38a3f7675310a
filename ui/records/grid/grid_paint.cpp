// How a grid looks.

#include "ui/records/grid/record_grid.h"

#include "ui/base/theme.h"
#include "ui/records/grid/grid_header.h"

#include <QPaintEvent>
#include <QPainter>

namespace ui::records {

namespace {

constexpr int kPadding = 6;

QColor fillOf(RowState state)
{
    const Theme &colours = theme();
    switch (state) {
    case RowState::Added:
        return colours.addedFill;
    case RowState::Deleted:
        return colours.deletedFill;
    case RowState::Conflict:
        return colours.conflictFill;
    case RowState::Clean:
    case RowState::Changed:
        break;
    }
    return {};
}

} // namespace

void RecordGrid::paintEvent(QPaintEvent *event)
{
    const Theme &colours = theme();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), colours.base);
    const int height = rowHeight();
    for (int i = 0; i < bandRows(); ++i)
        paintRow(painter, m_bandTop + i, i * height);
    if (bandRows() > 0)
        painter.fillRect(0, bandHeight() - 2, viewport()->width(), 2, colours.added);
    painter.setClipRect(0, bandHeight(), viewport()->width(), viewport()->height());
    const std::int64_t count = m_records.placeCount();
    std::int64_t place = m_records.newRowCount() + m_top;
    for (int y = bandHeight(); y < viewport()->height() && place < count; y += height, ++place) {
        if (y + height >= event->rect().top() && y <= event->rect().bottom())
            paintRow(painter, place, y);
    }
    m_records.labels().request(); // what the cells just painted asked for
}

void RecordGrid::paintRow(QPainter &painter, std::int64_t place, int y)
{
    const Theme &colours = theme();
    const RowState state = m_records.state(place);
    const int height = rowHeight();
    const int width = std::min(viewport()->width(), m_header->length() - m_header->offset());
    if (const QColor fill = fillOf(state); fill.isValid())
        painter.fillRect(0, y, width, height, fill);
    const int first = std::max(0, m_header->visualIndexAt(0));
    for (int visual = first; visual <= lastColumn(); ++visual) {
        const int logical = logicalColumn(visual);
        const QRect rect = cellRect(place, logical);
        if (rect.left() > viewport()->width())
            break;
        paintCell(painter, QRect(rect.left(), y, rect.width(), height), place, logical, state);
    }
    painter.setPen(colours.grid);
    painter.drawLine(0, y + height - 1, width - 1, y + height - 1);
}

void RecordGrid::paintCell(QPainter &painter, const QRect &rect, std::int64_t place, int logical, RowState state)
{
    const Theme &colours = theme();
    const int visual = m_header->visualIndex(logical);
    const ShownCell shown = m_records.cell(place, logical);
    if (shown.edited && state == RowState::Changed)
        painter.fillRect(rect, colours.changedFill);
    if (m_selection.contains(place, visual)) {
        QColor selected = colours.selection;
        if (state != RowState::Clean)
            selected.setAlpha(150); // the state stays to be seen
        painter.fillRect(rect, selected);
    }
    painter.setPen(colours.grid);
    painter.drawLine(rect.topRight(), rect.bottomRight());
    if (shown.value == nullptr) {
        painter.fillRect(rect.adjusted(kPadding, rect.height() / 2 - 3, -rect.width() / 3, -rect.height() / 2 + 3),
                         colours.alternate);
    } else {
        paintText(painter, rect, shown, place, logical, state);
    }
    if (shown.inProblem) {
        painter.setPen(QPen(colours.conflict, 2));
        painter.drawLine(rect.left(), rect.bottom() - 1, rect.right() - 1, rect.bottom() - 1);
    }
    if (m_current == CellPosition{place, visual}) {
        painter.setPen(QPen(hasFocus() ? colours.accent : colours.muted, 2));
        painter.drawRect(rect.adjusted(1, 1, -2, -2));
    }
}

void RecordGrid::paintText(QPainter &painter, const QRect &rect, const ShownCell &shown, std::int64_t place,
                           int logical, RowState state)
{
    const Theme &colours = theme();
    const orm::Column &column = *m_records.columns()[static_cast<std::size_t>(logical)];
    const QRect inner = rect.adjusted(kPadding, 0, -kPadding, 0);
    Qt::Alignment alignment = Qt::AlignVCenter | (isRightAligned(column) ? Qt::AlignRight : Qt::AlignLeft);
    QFont font = valueFont();
    QColor colour = colours.text;
    if (shown.isNull() || shown.newParent != 0) {
        font = interfaceFont();
        font.setItalic(true);
        font.setPixelSize(font.pixelSize() - 1);
        colour = shown.newParent != 0 ? colours.added : colours.muted;
    } else if (shown.value->kind() == orm::ValueKind::Bytes) {
        colour = colours.muted;
    }
    if (state == RowState::Deleted) {
        font.setStrikeOut(true);
        colour = colours.deleted;
    }
    painter.setFont(font);
    painter.setPen(colour);
    const bool labelled = m_records.labels().link(column) != nullptr;
    if (labelled)
        m_records.labels().need(column, m_records.parentKey(place, logical));
    if (shown.label == nullptr || shown.newParent != 0) {
        const QString text = m_records.displayText(place, logical);
        painter.drawText(inner,
                         static_cast<int>(labelled ? Qt::AlignVCenter | Qt::AlignLeft : alignment) | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
        return;
    }
    // "7 · Silva": the key, and whom it means in a quieter colour.
    const QString key = cellText(*shown.value, shown.length) + QStringLiteral(" · ");
    const int width = painter.fontMetrics().horizontalAdvance(key);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, key);
    const QRect rest = inner.adjusted(width, 0, 0, 0);
    if (rest.width() <= 0)
        return;
    QFont quiet = interfaceFont();
    quiet.setStrikeOut(font.strikeOut());
    painter.setFont(quiet);
    painter.setPen(state == RowState::Deleted ? colours.deleted : colours.muted);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(*shown.label, Qt::ElideRight, rest.width()));
}

} // namespace ui::records
