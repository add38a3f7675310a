#include "ui/records/grid/record_grid.h"

#include "ui/base/theme.h"
#include "ui/records/editors/record_delegate.h"
#include "ui/records/grid/grid_header.h"
#include "ui/records/grid/row_header.h"

#include <QEvent>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace ui::records {

namespace {

constexpr int kVerticalPadding = 6;           // of a row
constexpr std::int64_t kBarMaximum = 1 << 30; // steps of a scroll bar
constexpr std::int64_t kNear = 1024;          // rows that are reached by fetching on rather than by a jump

} // namespace

RecordGrid::RecordGrid(RecordModel &model, QWidget *parent)
    : QAbstractItemView(parent), m_records(model), m_header(new GridHeader(this)), m_rowHeader(new RowHeader(*this))
{
    setModel(&model);
    setItemDelegate(new RecordDelegate(model, this));
    setEditTriggers(AnyKeyPressed | EditKeyPressed | DoubleClicked);
    setHorizontalScrollMode(ScrollPerPixel);
    setAutoScroll(false);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    connect(m_header, &QHeaderView::sectionResized, this, [this] { updateGeometries(); });
    connect(m_header, &QHeaderView::sectionMoved, this, [this] { viewport()->update(); });
    connect(m_header, &QHeaderView::sectionCountChanged, this, [this] { updateGeometries(); });
    connect(m_header, &GridHeader::menuRequested, this, &RecordGrid::columnMenuRequested);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        const std::int64_t steps = std::max(1, verticalScrollBar()->maximum());
        const std::int64_t rows =
            std::max<std::int64_t>(0, m_records.placeCount() - m_records.newRowCount() - rowsPerPage());
        if (!m_syncing)
            setTop(rows <= kBarMaximum
                       ? value
                       : static_cast<std::int64_t>(static_cast<double>(rows) * value / static_cast<double>(steps)));
    });
    RowWindow &window = model.window();
    // What an open editor holds is staged before its row leaves memory.
    const auto save = [this] { (void)commitOpenEditor(); };
    connect(&window, &RowWindow::aboutToReset, this, save);
    connect(&window, &RowWindow::aboutToDropFront, this, save);
    connect(&window, &RowWindow::aboutToDropBack, this, save);
    connect(&window, &RowWindow::wasReset, this, &RecordGrid::rowsArrived);
    connect(&window, &RowWindow::appended, this, [this] { rowsArrived(-1); });
    connect(&window, &RowWindow::prepended, this, [this] { rowsArrived(-1); });
    connect(&window, &RowWindow::renumbered, this, &RecordGrid::rowsRenumbered);
    connect(&window, &RowWindow::totalChanged, this, [this] { updateGeometries(); });
    connect(&model, &RecordModel::newRowsChanged, this, &RecordGrid::newRowsChanged);
    connect(&model.changes(), &ChangeSet::changed, this, [this] {
        viewport()->update();
        m_rowHeader->update();
    });
}

RecordGrid::~RecordGrid() = default;

int RecordGrid::rowHeight() const { return QFontMetrics(valueFont()).height() + kVerticalPadding; }

int RecordGrid::bandRows() const
{
    const int third = std::max(1, viewport()->height() / rowHeight() / 3);
    return static_cast<int>(std::min<std::int64_t>(m_records.newRowCount(), third));
}

int RecordGrid::bandHeight() const
{
    constexpr int kLine = 2;
    return bandRows() == 0 ? 0 : bandRows() * rowHeight() + kLine;
}

int RecordGrid::rowsPerPage() const { return std::max(1, (viewport()->height() - bandHeight()) / rowHeight()); }

std::int64_t RecordGrid::placeAtY(int y) const
{
    if (y < bandHeight())
        return m_bandTop + std::clamp(y / rowHeight(), 0, bandRows() - 1);
    const std::int64_t place = m_records.newRowCount() + m_top + (y - bandHeight()) / rowHeight();
    return std::min(place, m_records.placeCount() - 1);
}

int RecordGrid::yOfPlace(std::int64_t place) const
{
    constexpr std::int64_t kFar = 100'000; // pixels: out of sight, and no overflow
    const std::int64_t fresh = m_records.newRowCount();
    const std::int64_t y =
        place < fresh ? (place - m_bandTop) * rowHeight() : bandHeight() + (place - fresh - m_top) * rowHeight();
    return static_cast<int>(std::clamp(y, -kFar, kFar));
}

QRect RecordGrid::cellRect(std::int64_t place, int logical) const
{
    return {m_header->sectionViewportPosition(logical), yOfPlace(place), m_header->sectionSize(logical), rowHeight()};
}

CellPosition RecordGrid::positionAt(const QPoint &point) const
{
    const int logical = m_header->logicalIndexAt(point.x());
    const std::int64_t place = placeAtY(point.y());
    const bool inside = point.y() < bandHeight() || yOfPlace(place) + rowHeight() > point.y();
    return logical < 0 || place < 0 || !inside ? CellPosition{} : CellPosition{place, m_header->visualIndex(logical)};
}

int RecordGrid::logicalColumn(int visual) const { return m_header->logicalIndex(visual); }

int RecordGrid::lastColumn() const { return m_header->count() - 1; }

QRect RecordGrid::visualRect(const QModelIndex &index) const
{
    return index.isValid() ? cellRect(m_records.placeAt(index), index.column()) : QRect();
}

QModelIndex RecordGrid::indexAt(const QPoint &point) const
{
    const CellPosition position = positionAt(point);
    return position.isValid() ? m_records.indexAtPlace(position.place, logicalColumn(position.column)) : QModelIndex();
}

void RecordGrid::setTop(std::int64_t top)
{
    const std::int64_t rows = m_records.placeCount() - m_records.newRowCount();
    m_top = std::clamp<std::int64_t>(top, 0, std::max<std::int64_t>(0, rows - rowsPerPage()));
    syncScrollBar();
    updateEditorGeometries();
    viewport()->update();
    m_rowHeader->update();
    askForRows();
}

void RecordGrid::syncScrollBar()
{
    const std::int64_t rows =
        std::max<std::int64_t>(0, m_records.placeCount() - m_records.newRowCount() - rowsPerPage());
    m_syncing = true;
    QScrollBar *bar = verticalScrollBar();
    bar->setRange(0, static_cast<int>(std::min(rows, kBarMaximum)));
    bar->setPageStep(rowsPerPage());
    bar->setSingleStep(1);
    bar->setValue(rows <= kBarMaximum ? static_cast<int>(m_top)
                                      : static_cast<int>(static_cast<double>(m_top) / static_cast<double>(rows) *
                                                         static_cast<double>(kBarMaximum)));
    m_syncing = false;
}

void RecordGrid::askForRows()
{
    RowWindow &window = m_records.window();
    const RowRun &run = window.run();
    if (!window.source() || run.size() == 0)
        return;
    const std::int64_t last = m_top + rowsPerPage();
    const bool near = last >= run.first() - kNear && m_top <= run.end() + kNear;
    if (near)
        window.need(m_top, last);
    else
        window.showPosition(m_top);
}

void RecordGrid::rowsArrived(std::int64_t top)
{
    if (m_toEnd && m_records.window().atEnd()) {
        m_toEnd = false;
        m_top = std::max<std::int64_t>(0, m_records.window().run().end() - rowsPerPage());
        setCurrent({m_records.newRowCount() + m_records.window().run().end() - 1, std::max(0, m_current.column)});
    } else if (top >= 0) {
        m_top = top;
    }
    updateGeometries();
    setTop(m_top);
}

void RecordGrid::rowsRenumbered(std::int64_t delta)
{
    const std::int64_t fresh = m_records.newRowCount();
    m_top = std::max<std::int64_t>(0, m_top + delta);
    if (m_current.place >= fresh)
        m_current.place = std::max(fresh, m_current.place + delta);
    m_selection.shift(fresh, delta);
    updateGeometries();
    viewport()->update();
}

void RecordGrid::newRowsChanged(std::int64_t before, std::int64_t after)
{
    if (m_current.place >= before)
        m_current.place += after - before;
    else if (m_current.place >= after)
        m_current.place = std::max<std::int64_t>(0, after - 1);
    m_selection.shift(before, after - before);
    m_bandTop = static_cast<int>(std::max<std::int64_t>(0, after - bandRows()));
    updateGeometries();
    viewport()->update();
    emit selectionMoved();
}

void RecordGrid::setCurrent(CellPosition position, bool extend)
{
    if (m_records.placeCount() == 0 || lastColumn() < 0)
        return;
    position.place = std::clamp<std::int64_t>(position.place, 0, m_records.placeCount() - 1);
    position.column = std::clamp(position.column, 0, lastColumn());
    m_current = position;
    if (extend)
        m_selection.extend(position);
    else
        m_selection.set(position);
    makeVisible(position);
    const QModelIndex index = m_records.indexAtPlace(position.place, logicalColumn(position.column));
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    viewport()->update();
    m_rowHeader->update();
    emit selectionMoved();
}

void RecordGrid::makeVisible(const CellPosition &position)
{
    const std::int64_t fresh = m_records.newRowCount();
    if (position.place < fresh) {
        const int row = static_cast<int>(position.place);
        m_bandTop = std::clamp(m_bandTop, std::max(0, row - bandRows() + 1), row);
    } else {
        const std::int64_t row = position.place - fresh;
        if (row < m_top)
            setTop(row);
        else if (row >= m_top + rowsPerPage())
            setTop(row - rowsPerPage() + 1);
    }
    const QRect cell = cellRect(position.place, logicalColumn(position.column));
    QScrollBar *bar = horizontalScrollBar();
    if (cell.left() < 0 || cell.width() > viewport()->width())
        bar->setValue(bar->value() + cell.left());
    else if (cell.right() >= viewport()->width())
        bar->setValue(bar->value() + cell.right() - viewport()->width() + 1);
}

void RecordGrid::goToEnd()
{
    RowWindow &window = m_records.window();
    if (window.atEnd() && window.run().size() > 0) {
        setCurrent({m_records.newRowCount() + window.run().end() - 1, std::max(0, m_current.column)});
        return;
    }
    m_toEnd = true;
    window.showEnd();
}

void RecordGrid::selectAllCells()
{
    if (m_records.placeCount() == 0 || lastColumn() < 0)
        return;
    m_selection.setRange({0, m_records.placeCount() - 1, 0, lastColumn()});
    viewport()->update();
    m_rowHeader->update();
    emit selectionMoved();
}

void RecordGrid::fitColumns()
{
    constexpr int kSample = 100;
    constexpr int kWidest = 320;
    constexpr int kRoom = 18;       // padding and the line
    constexpr int kHeaderRoom = 52; // key, arrow and funnel
    constexpr int kLabelled = 170;  // a key with its parent's label
    const QFontMetrics values(valueFont());
    QFont bold = m_header->font();
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics names(bold);
    for (int column = 0; column < m_records.columnCount(); ++column) {
        int width = names.horizontalAdvance(m_records.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()) +
                    kHeaderRoom;
        for (int row = 0; row < std::min(kSample, m_records.rowCount()); ++row) {
            const QString text = m_records.index(row, column).data().toString();
            width = std::max(width, values.horizontalAdvance(text) + kRoom);
        }
        if (m_records.labels().link(*m_records.columns()[static_cast<std::size_t>(column)]) != nullptr)
            width = std::max(width, kLabelled);
        m_header->resizeSection(column, std::min(width, kWidest));
    }
}

void RecordGrid::scrollTo(const QModelIndex &index, ScrollHint)
{
    if (index.isValid())
        makeVisible({m_records.placeAt(index), m_header->visualIndex(index.column())});
}

void RecordGrid::updateGeometries()
{
    const int top = m_header->sizeHint().height();
    const int left = m_rowHeader->wantedWidth();
    setViewportMargins(left, top, 0, 0);
    const QRect area = viewport()->geometry();
    m_header->setGeometry(area.left(), area.top() - top, area.width(), top);
    m_rowHeader->setGeometry(area.left() - left, area.top(), left, area.height());
    horizontalScrollBar()->setPageStep(area.width());
    horizontalScrollBar()->setSingleStep(QFontMetrics(valueFont()).averageCharWidth() * 4);
    horizontalScrollBar()->setRange(0, std::max(0, m_header->length() - area.width()));
    syncScrollBar();
    m_rowHeader->update();
    viewport()->update();
    QAbstractItemView::updateGeometries();
}

void RecordGrid::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
    askForRows();
}

void RecordGrid::scrollContentsBy(int, int)
{
    m_header->setOffset(horizontalScrollBar()->value());
    updateEditorGeometries();
    viewport()->update();
}

void RecordGrid::changeEvent(QEvent *event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        updateGeometries();
        m_header->viewport()->update();
    }
}

void RecordGrid::reset()
{
    QAbstractItemView::reset();
    m_header->setOffset(horizontalScrollBar()->value());
}

void RecordGrid::currentChanged(const QModelIndex &, const QModelIndex &)
{
    // The grid's own current cell rules; an open editor is committed where the user leaves it, not here.
}

QModelIndex RecordGrid::moveCursor(CursorAction, Qt::KeyboardModifiers)
{
    return currentIndex(); // keys are handled by place, see keyPressEvent()
}

int RecordGrid::horizontalOffset() const { return m_header->offset(); }
int RecordGrid::verticalOffset() const { return 0; }
bool RecordGrid::isIndexHidden(const QModelIndex &) const { return false; }
void RecordGrid::setSelection(const QRect &, QItemSelectionModel::SelectionFlags) {}
QRegion RecordGrid::visualRegionForSelection(const QItemSelection &) const { return viewport()->rect(); }

} // namespace ui::records
