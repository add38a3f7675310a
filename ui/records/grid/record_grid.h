#pragma once

#include "ui/records/grid/cell_selection.h"
#include "ui/records/grid/record_model.h"

#include <QAbstractItemView>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace ui::records {

class GridHeader;
class RowHeader;

/// A grid over a table of any size: rows are counted, not pixels, and the scroll bar is a fraction.
///
/// Staged new rows stand in a band on top that does not scroll away. The selection is rectangles of places; the model
/// behind it holds only the rows in memory. Never waits for rows: what is not there yet is painted as an empty line.
/// Thread: the UI's.
class RecordGrid : public QAbstractItemView {
    Q_OBJECT

public:
    explicit RecordGrid(RecordModel &model, QWidget *parent = nullptr);
    ~RecordGrid() override;

    [[nodiscard]] RecordModel &records() const noexcept { return m_records; }
    [[nodiscard]] GridHeader &header() const noexcept { return *m_header; }
    [[nodiscard]] const CellSelection &selection() const noexcept { return m_selection; }
    [[nodiscard]] CellPosition current() const noexcept { return m_current; } ///< column is visual
    [[nodiscard]] std::int64_t top() const noexcept { return m_top; }         ///< row of the table at the top
    [[nodiscard]] int rowsPerPage() const;
    [[nodiscard]] int logicalColumn(int visual) const;

    void setCurrent(CellPosition position, bool extend = false);
    void setTop(std::int64_t top);
    void goToEnd();
    void selectAllCells();
    void fitColumns(); ///< widths by what the first rows hold

    /// Stages what an open editor holds; false where it is no valid value: the editor stays open and says why.
    bool commitOpenEditor();
    void startEditing();
    [[nodiscard]] bool isEditing() const { return state() == EditingState; }

    // Acts on the selection; each is one step of undo.
    void insertRow();
    void duplicateRows();
    void deleteRows();
    void setNull();
    void revertSelection();
    bool copySelection(bool withHeader); ///< as TSV; false where not all of it is in memory
    void pasteText(const QString &text); ///< TSV from the current cell on; what does not fit is told

    // QAbstractItemView
    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;

signals:
    void selectionMoved();
    void parentRequested(std::int64_t place, int column); ///< follow this foreign key (logical column)
    void message(const QString &text);                    ///< why a command did nothing
    void columnMenuRequested(int column, const QPoint &globalPosition);
    void editingChanged(); ///< an editor opened or closed

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    bool edit(const QModelIndex &index, EditTrigger trigger, QEvent *event) override;
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;
    void reset() override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    [[nodiscard]] QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override;
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &index) const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;

private:
    friend class RowHeader;

    // geometry
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int bandRows() const;   ///< new rows in sight
    [[nodiscard]] int bandHeight() const; ///< with the line below them
    [[nodiscard]] std::int64_t placeAtY(int y) const;
    [[nodiscard]] int yOfPlace(std::int64_t place) const;
    [[nodiscard]] QRect cellRect(std::int64_t place, int logical) const;
    [[nodiscard]] CellPosition positionAt(const QPoint &point) const;
    [[nodiscard]] int lastColumn() const;
    void makeVisible(const CellPosition &position);
    void syncScrollBar();
    void askForRows();
    void rowsArrived(std::int64_t top);
    void rowsRenumbered(std::int64_t delta);
    void newRowsChanged(std::int64_t before, std::int64_t after);

    // painting (grid_paint.cpp)
    void paintRow(QPainter &painter, std::int64_t place, int y);
    void paintCell(QPainter &painter, const QRect &rect, std::int64_t place, int logical, RowState state);
    void paintText(QPainter &painter, const QRect &rect, const ShownCell &shown, std::int64_t place, int logical,
                   RowState state);

    // input (grid_input.cpp)
    bool moveByKey(QKeyEvent *event);
    void moveBy(std::int64_t rows, int columns, bool extend);
    bool editWith(QKeyEvent *event);
    void editCurrent(EditTrigger trigger, QEvent *event);
    void readWholeThenEdit(std::int64_t place, int logical);
    void selectRow(std::int64_t place, Qt::KeyboardModifiers modifiers);

    // commands (grid_commands.cpp)
    [[nodiscard]] std::vector<std::int64_t> selectedPlaces() const;
    template <class Visitor> void forEachSelected(Visitor visitor) const;

    RecordModel &m_records;
    GridHeader *m_header;
    RowHeader *m_rowHeader;
    CellSelection m_selection;
    CellPosition m_current;
    std::int64_t m_top = 0;
    int m_bandTop = 0;
    int m_wheelRest = 0;
    bool m_toEnd = false;
    bool m_syncing = false;
    bool m_dragging = false;
};

} // namespace ui::records
