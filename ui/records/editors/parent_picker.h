#pragma once

#include "ui/records/editors/parent_list.h"

#include <QWidget>

#include <optional>

class QKeyEvent;
class QLineEdit;
class QVBoxLayout;

namespace ui::records {

/// Picks the parent of a foreign key: the field stands on the cell, the list hangs below it (above it where there is no
/// room). Type a part of the parent's label or key, the server searches, Enter or Tab takes it.
///
/// Offers NULL where the column may be, staged new rows of the parent first, at most fifty rows; a search that is
/// overtaken by more typing is cancelled, and Enter waits for a search under way. A key typed exactly is taken even
/// where it is not in the list. Of a composite key it offers the parents that agree with the rest of the row's key.
class ParentPicker final : public QWidget, public CellEditor {
    Q_OBJECT

public:
    /// now: what the row holds in the link's columns.
    ParentPicker(RecordModel &model, const ParentLink &link, ParentKey now, QWidget *parent);
    [[nodiscard]] std::optional<CellValue> value(QString &error) const override;
    void start(const ShownCell &shown, const QString &text) override;
    [[nodiscard]] bool isTouched() const override { return m_typed || m_chosen; }
    [[nodiscard]] std::vector<std::pair<const orm::Column *, CellValue>> companions() const override;
    [[nodiscard]] QSize wantedSize(const QSize &cell) const override;
    void setUpwards(bool upwards) override;

signals:
    void listChanged(); ///< it wants another size

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void search();
    void show(const std::vector<ParentChoice> &choices);
    [[nodiscard]] std::vector<ParentLine> newRows(const QString &typed) const;
    [[nodiscard]] QString keyText(const ParentKey &key) const;
    [[nodiscard]] const ParentLine *taken() const; ///< null: what was typed decides
    bool pressed(const QKeyEvent &key);
    void finish(int key);

    RecordModel &m_model;
    ParentLink m_link;
    ParentKey m_now;
    QVBoxLayout *m_layout;
    QLineEdit *m_edit;
    ParentList *m_list;
    ReaderThread m_reader;
    CellValue m_before;
    std::optional<int> m_waiting; // the key that ends the editing, pressed while a search was under way
    bool m_typed = false;
    bool m_chosen = false; // by arrows or the mouse
};

} // namespace ui::records
