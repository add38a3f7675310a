// Keys and mouse of a grid.

#include "ui/records/grid/record_grid.h"

#include "ui/records/grid/grid_header.h"
#include "ui/records/grid/row_header.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <limits>

namespace ui::records {

void RecordGrid::moveBy(std::int64_t rows, int columns, bool extend)
{
    if (!m_current.isValid()) {
        setCurrent({m_records.newRowCount() + m_top, 0});
        return;
    }
    setCurrent({m_current.place + rows, m_current.column + columns}, extend);
}

bool RecordGrid::moveByKey(QKeyEvent *event)
{
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const std::int64_t fresh = m_records.newRowCount();
    switch (event->key()) {
    case Qt::Key_Up:
        if (control)
            setCurrent({0, m_current.column}, shift);
        else
            moveBy(-1, 0, shift);
        return true;
    case Qt::Key_Down:
        if (control)
            goToEnd();
        else
            moveBy(1, 0, shift);
        return true;
    case Qt::Key_Left:
        moveBy(0, control ? -m_header->count() : -1, shift);
        return true;
    case Qt::Key_Right:
        moveBy(0, control ? m_header->count() : 1, shift);
        return true;
    case Qt::Key_PageUp:
        moveBy(-rowsPerPage(), 0, shift);
        return true;
    case Qt::Key_PageDown:
        moveBy(rowsPerPage(), 0, shift);
        return true;
    case Qt::Key_Home:
        setCurrent({control ? fresh : m_current.place, control ? std::max(0, m_current.column) : 0}, shift);
        return true;
    case Qt::Key_End:
        if (control)
            goToEnd();
        else
            setCurrent({m_current.place, lastColumn()}, shift);
        return true;
    case Qt::Key_Tab:
        if (m_current.column < lastColumn())
            moveBy(0, 1, false);
        else if (m_current.place + 1 < m_records.placeCount())
            setCurrent({m_current.place + 1, 0});
        else
            return false;
        return true;
    case Qt::Key_Backtab:
        if (m_current.column > 0)
            moveBy(0, -1, false);
        else if (m_current.place > 0)
            setCurrent({m_current.place - 1, lastColumn()});
        else
            return false;
        return true;
    default:
        return false;
    }
}

bool RecordGrid::editWith(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_F2:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        editCurrent(EditKeyPressed, nullptr);
        return true;
    case Qt::Key_Backspace:
        setNull();
        return true;
    default:
        break;
    }
    const QString text = event->text();
    const auto modifiers = event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier | Qt::GroupSwitchModifier);
    if (text.isEmpty() || !text.front().isPrint() || modifiers != Qt::NoModifier)
        return false;
    editCurrent(AnyKeyPressed, event);
    return true;
}

void RecordGrid::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        if (!copySelection(false))
            emit message(
                tr("Only rows in memory can be copied; this selection reaches beyond them. Export copies more."));
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAllCells();
    } else if (event->key() == Qt::Key_Escape) {
        if (m_records.window().isLoading())
            m_records.window().cancel();
        else
            event->ignore();
    } else if (!moveByKey(event) && !editWith(event)) {
        event->ignore();
        return;
    }
    event->accept();
}

void RecordGrid::editCurrent(EditTrigger trigger, QEvent *event)
{
    if (!m_current.isValid())
        return;
    const int logical = logicalColumn(m_current.column);
    if (!m_records.isEditable(m_current.place, logical)) {
        if (!m_records.address(m_current.place))
            emit message(tr("This row has no key, so it cannot be edited."));
        else if (m_records.changes().isLocked())
            emit message(tr("The changes are being saved: wait a moment."));
        else
            emit message(tr("This cell cannot be edited."));
        return;
    }
    const ShownCell shown = m_records.cell(m_current.place, logical);
    if (shown.value != nullptr && shown.length != Cell::kWhole) {
        if (shown.value->kind() == orm::ValueKind::Bytes)
            emit message(tr("Long binary values are not edited in a cell."));
        else
            readWholeThenEdit(m_current.place, logical);
        return;
    }
    makeVisible(m_current);
    edit(m_records.indexAtPlace(m_current.place, logical), trigger, event);
}

void RecordGrid::startEditing() { editCurrent(EditKeyPressed, nullptr); }

/// The cell holds only the beginning of its value: an editor must have all of it.
void RecordGrid::readWholeThenEdit(std::int64_t place, int logical)
{
    const auto row = m_records.address(place);
    const auto source = m_records.window().source();
    const orm::Column *column = m_records.columns()[static_cast<std::size_t>(logical)];
    using Whole = std::optional<orm::Value>;
    m_records.window().reader().post<Whole>(
        [source, identity = row->identity, column](orm::Connection &connection) {
            return source->wholeValue(connection, identity, *column);
        },
        [this, row = *row, column, logical](Outcome<Whole> outcome) {
            if (!outcome.ok() || !outcome.value()) {
                emit message(outcome.ok() ? tr("This row is not in the database any more.")
                                          : outcome.failure().message);
                return;
            }
            m_records.provideWhole(row, *column, *outcome.value());
            const auto now = m_records.placeOf(row);
            if (now && *now == m_current.place && logicalColumn(m_current.column) == logical)
                edit(m_records.indexAtPlace(*now, logical), EditKeyPressed, nullptr);
        });
}

void RecordGrid::selectRow(std::int64_t place, Qt::KeyboardModifiers modifiers)
{
    if (place < 0 || place >= m_records.placeCount() || lastColumn() < 0)
        return;
    if (modifiers.testFlag(Qt::ShiftModifier) && m_current.isValid()) {
        const auto [top, bottom] = std::minmax(m_current.place, place);
        m_selection.setRange({top, bottom, 0, lastColumn()});
    } else {
        const CellRange row{place, place, 0, lastColumn()};
        if (modifiers.testFlag(Qt::ControlModifier))
            m_selection.addRange(row);
        else
            m_selection.setRange(row);
        m_current = {place, 0};
    }
    viewport()->update();
    m_rowHeader->update();
    emit selectionMoved();
}

void RecordGrid::mousePressEvent(QMouseEvent *event)
{
    const CellPosition position = positionAt(event->pos());
    if (!position.isValid())
        return;
    if (!commitOpenEditor())
        return;
    if (event->button() == Qt::RightButton) {
        if (!m_selection.contains(position.place, position.column))
            setCurrent(position);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const int logical = logicalColumn(position.column);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const bool isLink = m_records.labels().link(*m_records.columns()[static_cast<std::size_t>(logical)]) != nullptr;
    if (control && isLink && m_records.isLoaded(position.place) && !m_records.cell(position.place, logical).isNull()) {
        setCurrent(position);
        emit parentRequested(position.place, logical);
        return;
    }
    m_dragging = true;
    if (control) {
        m_selection.add(position);
        m_current = position;
        viewport()->update();
        emit selectionMoved();
    } else {
        setCurrent(position, event->modifiers().testFlag(Qt::ShiftModifier) && m_current.isValid());
    }
}

void RecordGrid::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging && event->buttons().testFlag(Qt::LeftButton)) {
        const QPoint inside(
            std::clamp(event->pos().x(), 0, std::max(0, std::min(viewport()->width(), m_header->length()) - 1)),
            event->pos().y());
        CellPosition position = positionAt(inside);
        if (!position.isValid()) {
            position.place = placeAtY(event->pos().y());
            position.column = m_header->visualIndex(m_header->logicalIndexAt(inside.x()));
        }
        if (position.isValid() && position != m_current)
            setCurrent(position, true);
        return;
    }
    const CellPosition position = positionAt(event->pos());
    const bool link = position.isValid() && event->modifiers().testFlag(Qt::ControlModifier) &&
                      m_records.labels().link(
                          *m_records.columns()[static_cast<std::size_t>(logicalColumn(position.column))]) != nullptr;
    viewport()->setCursor(link ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void RecordGrid::mouseReleaseEvent(QMouseEvent *) { m_dragging = false; }

void RecordGrid::mouseDoubleClickEvent(QMouseEvent *event)
{
    const CellPosition position = positionAt(event->pos());
    if (event->button() != Qt::LeftButton || !position.isValid())
        return;
    setCurrent(position);
    editCurrent(DoubleClicked, nullptr);
}

void RecordGrid::wheelEvent(QWheelEvent *event)
{
    constexpr int kNotch = 120;
    constexpr int kRowsANotch = 3;
    const QPoint delta = event->angleDelta();
    if (std::abs(delta.x()) > std::abs(delta.y()) || event->modifiers().testFlag(Qt::ShiftModifier)) {
        const int across = delta.x() != 0 ? delta.x() : delta.y();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - across);
        event->accept();
        return;
    }
    m_wheelRest += delta.y() * kRowsANotch;
    const int rows = m_wheelRest / kNotch;
    m_wheelRest -= rows * kNotch;
    if (rows != 0)
        setTop(m_top - rows);
    event->accept();
}

void RecordGrid::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (!m_current.isValid() && m_records.placeCount() > 0)
        setCurrent({m_records.newRowCount() + m_top, 0});
    viewport()->update();
}

void RecordGrid::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace ui::records
