#pragma once

#include "ui/records/changes/row_change.h"

#include <QObject>
#include <QUndoStack>

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ui::records {

/// All edits of one connection that are not in the database yet, over all its grids and forms.
///
/// Keyed by row, not by view: sorting, filtering, paging, refreshing and closing a view lose nothing. Each step can be
/// undone and redone, clear() too. Tables are those of the connection's MetaData and outlive it. Thread: the UI's.
/// A crash journal will listen to changed() and rows(); none is written yet.
class ChangeSet : public QObject {
    Q_OBJECT

public:
    explicit ChangeSet(QObject *parent = nullptr);

    struct Edit {
        RowAddress row;
        std::size_t column = 0;
        orm::Value base; ///< ignored for a new row
        CellValue mine;
    };
    /// What the user saw of a row that is to be deleted: whole values only.
    struct Removal {
        RowAddress row;
        std::map<std::size_t, orm::Value> seen;
    };

    // Each call is one step of undo.
    void edit(const std::vector<Edit> &edits, const QString &text = {});
    NewRowId insert(const orm::Table &table, const std::map<std::size_t, CellValue> &cells = {},
                    const QString &text = {});
    void remove(const std::vector<Removal> &rows); ///< a new row goes away; rows marked deleted stay so
    void revert(const std::vector<RowAddress> &rows);
    void revertCell(const RowAddress &row, std::size_t column);
    void clear(); ///< all of it; undo brings it back
    /// After a conflict: the base becomes theirs, so that the next commit writes mine over it. A missing row becomes a
    /// new one with what is known of it.
    void keepMine(const RowAddress &row);
    void takeTheirs(const RowAddress &row); ///< drops the cells in conflict (a missing row: the whole change)

    [[nodiscard]] const RowChange *find(const RowAddress &row) const;
    [[nodiscard]] const RowProblem *problem(const RowAddress &row) const;
    [[nodiscard]] std::vector<RowChange> rows() const; ///< in the order in which they were staged
    [[nodiscard]] std::vector<RowAddress> newRows(const orm::Table &table) const;
    [[nodiscard]] std::vector<RowAddress> problemRows() const; ///< in the order in which they were staged
    [[nodiscard]] std::size_t size() const noexcept { return m_rows.size(); }
    [[nodiscard]] bool isEmpty() const noexcept { return m_rows.empty(); }
    [[nodiscard]] QUndoStack &undoStack() noexcept { return m_undo; }

    /// A commit runs: nothing may be staged until it ended. Views ask isLocked() before they edit.
    void setLocked(bool locked);
    [[nodiscard]] bool isLocked() const noexcept { return m_locked; }
    /// The database answered COMMIT: these rows are in it, as they were when the commit began.
    void setCommitted(const std::vector<RowChange> &written);
    void setProblems(std::vector<std::pair<RowAddress, RowProblem>> problems);

signals:
    void rowChanged(const ui::records::RowAddress &row);
    void changed();   ///< rows or problems: once a step
    void committed(); ///< views read anew
    void lockedChanged(bool locked);

private:
    friend class SwapRows;
    using Rows = std::unordered_map<RowAddress, RowChange, RowAddressHash>;
    using Swaps = std::vector<std::pair<RowAddress, std::optional<RowChange>>>;

    void push(const QString &text, Swaps after);
    void swap(Swaps &swaps);
    void dropReferences(NewRowId gone, Swaps &after) const;

    Rows m_rows;
    std::unordered_map<RowAddress, RowProblem, RowAddressHash> m_problems;
    QUndoStack m_undo;
    NewRowId m_lastNewRow = 0;
    std::uint64_t m_lastOrder = 0;
    bool m_locked = false;
};

} // namespace ui::records
