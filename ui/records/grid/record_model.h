#pragma once

#include "ui/records/changes/change_set.h"
#include "ui/records/source/cell_text.h"
#include "ui/records/source/labels.h"
#include "ui/records/source/row_window.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <optional>
#include <vector>

namespace ui::records {

/// What a cell shows, staged edits included.
struct ShownCell {
    const orm::Value *value = nullptr; ///< null: the row is not in memory
    std::int64_t length = Cell::kWhole;
    NewRowId newParent = 0; ///< instead of a value: the key of that new row
    bool edited = false;    ///< the user touched it
    bool untouched = false; ///< of a new row: the database will choose
    bool inProblem = false; ///< it is what the problem of its row is about
    const QString *label = nullptr;
    [[nodiscard]] bool isNull() const { return value != nullptr && value->isNull() && newParent == 0; }
};

enum class RowState { Clean, Added, Changed, Deleted, Conflict };

/// The rows of one grid as Qt models see them: staged new rows first, then the rows of the window that are in memory.
///
/// The grid counts rows in 64 bits ("places": new rows from 0, then the table's); the model's rows are the few that are
/// there now. Thread: the UI's.
class RecordModel : public QAbstractTableModel {
    Q_OBJECT

public:
    RecordModel(RowWindow &window, ChangeSet &changes, ParentLabels &labels, QObject *parent = nullptr);

    void setColumns(std::vector<const orm::Column *> columns, bool editable);
    [[nodiscard]] const std::vector<const orm::Column *> &columns() const noexcept { return m_columns; }
    [[nodiscard]] RowWindow &window() noexcept { return m_window; }
    [[nodiscard]] ChangeSet &changes() noexcept { return m_changes; }
    [[nodiscard]] ParentLabels &labels() noexcept { return m_labels; }

    // Places.
    [[nodiscard]] std::int64_t newRowCount() const noexcept { return static_cast<std::int64_t>(m_newRows.size()); }
    [[nodiscard]] std::int64_t placeCount() const noexcept; ///< new rows and all rows of the table, as far as known
    [[nodiscard]] bool isLoaded(std::int64_t place) const;
    [[nodiscard]] std::optional<RowAddress> address(std::int64_t place) const;      ///< none: not loaded, or keyless
    [[nodiscard]] std::optional<std::int64_t> placeOf(const RowAddress &row) const; ///< if it is in memory
    [[nodiscard]] QModelIndex indexAtPlace(std::int64_t place, int column) const;
    [[nodiscard]] std::int64_t placeAt(const QModelIndex &index) const;
    [[nodiscard]] ShownCell cell(std::int64_t place, int column) const;
    [[nodiscard]] RowState state(std::int64_t place) const;
    [[nodiscard]] QString displayText(std::int64_t place, int column) const; ///< value and parent's label
    /// What a new row says where nobody typed yet: NULL, default, computed, required.
    [[nodiscard]] static QString untouchedText(const orm::Column &column);
    [[nodiscard]] QString toolTip(std::int64_t place, int column) const;
    [[nodiscard]] bool isEditable(std::int64_t place, int column) const;
    /// What the row holds in the columns of the link that this column shows; empty: it shows none.
    [[nodiscard]] ParentKey parentKey(std::int64_t place, int column) const;
    /// Stages values of one row as one step; false where a cell cannot be edited.
    bool stage(std::int64_t place, int column, const CellValue &value) { return stage(place, {{column, value}}); }
    bool stage(std::int64_t place, const std::vector<std::pair<int, CellValue>> &cells);
    /// The whole of a cut cell, read on demand: what an editor shows and the base of its edit.
    void provideWhole(const RowAddress &row, const orm::Column &column, const orm::Value &value);
    /// What the user saw of a row: whole values only.
    [[nodiscard]] std::map<std::size_t, orm::Value> seen(std::int64_t place) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void newRowsChanged(std::int64_t before, std::int64_t after);

private:
    void follow(const RowWindow &window);
    void followNewRows();
    [[nodiscard]] ShownCell stagedCell(const RowChange &change, int column) const;
    [[nodiscard]] ShownCell valueCell(std::int64_t place, int column, const RowChange *change) const;
    [[nodiscard]] const RowChange *changeOf(std::int64_t place) const;
    [[nodiscard]] std::optional<orm::Value> baseOf(std::int64_t place, int column) const;

    RowWindow &m_window;
    ChangeSet &m_changes;
    ParentLabels &m_labels;
    std::vector<const orm::Column *> m_columns;
    std::vector<RowAddress> m_newRows;
    struct Whole {
        RowAddress row;
        const orm::Column *column = nullptr;
        orm::Value value;
    };
    std::optional<Whole> m_whole;
    bool m_editable = false;
};

} // namespace ui::records
