#pragma once

#include "ui/records/grid/record_model.h"

#include <QPointer>
#include <QStyledItemDelegate>

namespace ui::records {

/// An editor of one cell. It gives a value or says why what it holds is none.
class CellEditor {
public:
    virtual ~CellEditor() = default;
    /// nullopt: no valid value (error says why).
    [[nodiscard]] virtual std::optional<CellValue> value(QString &error) const = 0;
    virtual void start(const ShownCell &shown, const QString &text) = 0;
    /// The user did something: what was not touched is not staged.
    [[nodiscard]] virtual bool isTouched() const = 0;
    /// Other cells of the row that change with this one.
    [[nodiscard]] virtual std::vector<std::pair<const orm::Column *, CellValue>> companions() const { return {}; }
    [[nodiscard]] virtual QSize wantedSize(const QSize &cell) const { return cell; }
    /// There is no room below the cell: what is more than the cell grows upwards.
    virtual void setUpwards(bool /*upwards*/) {}
};

/// Opens the editor that fits a column, and stages what it gives.
///
/// Leaving the editor by Tab, Enter or a click elsewhere stages; Esc reverts. Text that is no value of the column is
/// never thrown away: the editor stays open and says what is wrong.
class RecordDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    RecordDelegate(RecordModel &model, QObject *parent);
    bool commitOpenEditor(); ///< false: it holds no valid value and stays open

    [[nodiscard]] QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                        const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;
    void destroyEditor(QWidget *editor, const QModelIndex &index) const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place(QWidget &editor) const;
    bool stage(QWidget *editor, EndEditHint hint);
    void refuse(QWidget *editor, const QString &error) const;

    RecordModel &m_model;
    mutable QPointer<QWidget> m_editor;
    mutable std::optional<RowAddress> m_row; // what it edits, whatever moves meanwhile
    mutable int m_column = -1;
    mutable QRect m_cell; // of the viewport
    mutable bool m_filled = false;
};

} // namespace ui::records
