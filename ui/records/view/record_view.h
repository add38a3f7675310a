#pragma once

#include "ui/records/changes/record_connection.h"
#include "ui/records/grid/record_grid.h"
#include "ui/records/view/conflict_bar.h"

#include <QWidget>

#include <memory>
#include <vector>

class QAction;
class QLabel;
class QLineEdit;
class QMenu;
class QToolBar;

namespace ui {
class MessageBar;
}

namespace ui::records {

class FilterBar;

/// One table or view of a database as a tab: tool bar, filters, messages, grid, and a line that counts and sums.
///
/// Closing it loses no staged change: those are the connection's. Thread: the UI's. Lifetime: shorter than connection
/// and table.
class RecordView : public QWidget {
    Q_OBJECT

public:
    RecordView(RecordConnection &connection, const orm::Table &table, QWidget *parent = nullptr);
    ~RecordView() override;

    [[nodiscard]] const orm::Table &table() const noexcept { return m_table; }
    [[nodiscard]] RecordGrid &grid() noexcept { return *m_grid; }
    [[nodiscard]] RowWindow &window() noexcept { return m_window; }
    [[nodiscard]] const std::vector<SortKey> &sort() const noexcept { return m_sort; }
    [[nodiscard]] const std::vector<ColumnFilter> &filters() const noexcept { return m_filters; }
    void setSort(std::vector<SortKey> sort);
    void setFilters(std::vector<ColumnFilter> filters);
    void showRow(const RowIdentity &identity); ///< filters so that this row is in sight
    void goTo(const RowAddress &row);          ///< the cursor on it, if it is in memory
    void refresh();
    [[nodiscard]] QString countText() const;   ///< "≈ 10,000,000 rows"
    [[nodiscard]] QString summaryText() const; ///< of the selection
    [[nodiscard]] bool showsProblem() const;   ///< a row of this table that was not saved, and why

signals:
    /// "Go to parent": open the table of the row's columns with these filters.
    void parentRequested(const std::vector<ui::records::ColumnFilter> &row);
    void statusChanged(); ///< countText() or summaryText()

private:
    void build();
    void makeActions();
    QAction *addCommand(const QString &icon, const QString &text, const QKeySequence &keys, std::function<void()> act,
                        bool onToolBar = true);
    void requery();
    void requestSort(int column, bool add);
    void columnMenu(int column, const QPoint &position);
    void cellMenu(const QPoint &position);
    void addFilterEntries(QMenu &menu, int column);
    void addFilter(const ColumnFilter &filter);
    void filterByCell(bool equal);
    void goToParent(std::int64_t place, int column);
    void updateActions();
    void updateStatus();
    void updateHeader();
    void tell(const QString &text);

    RecordConnection &m_connection;
    const orm::Table &m_table;
    RowWindow m_window;
    ReaderThread m_labelReader;
    ParentLabels m_labels;
    RecordModel m_model;
    std::vector<SortKey> m_sort;
    std::vector<ColumnFilter> m_filters;
    RecordGrid *m_grid;
    QToolBar *m_toolBar;
    FilterBar *m_filterBar;
    MessageBar *m_message;
    ConflictBar *m_conflicts;
    QLabel *m_count;
    QLabel *m_summary;
    QLabel *m_notice;
    QLineEdit *m_goTo;
    std::vector<QAction *> m_editing; // make sense where rows can be edited
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    QAction *m_commit = nullptr;
    QAction *m_rollback = nullptr;
    bool m_fitted = false;
};

} // namespace ui::records
