#pragma once

#include "ui/records/editors/record_delegate.h"

#include <QFrame>

class QLineEdit;
class QListWidget;

namespace ui::records {

/// Picks the parent of a foreign key: type a part of its label or key, the server searches, Enter takes it.
///
/// Offers NULL where the column may be, staged new rows of the parent first, at most fifty rows; a search that is
/// overtaken by more typing is cancelled. A key typed exactly is taken even where it is not in the list.
class ParentPicker final : public QFrame, public CellEditor {
    Q_OBJECT

public:
    ParentPicker(RecordModel &model, const ParentLink &link, const orm::Column &column, QWidget *parent);
    [[nodiscard]] std::optional<CellValue> value(QString &error) const override;
    void start(const ShownCell &shown, const QString &text) override;
    [[nodiscard]] QSize wantedSize(const QSize &cell) const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search();
    void show(std::vector<ParentChoice> choices);
    void add(const CellValue &value, const QString &text, bool quiet);

    RecordModel &m_model;
    ParentLink m_link;
    const orm::Column &m_column;
    QLineEdit *m_edit;
    QListWidget *m_list;
    std::vector<CellValue> m_choices;
    std::vector<QString> m_labels;
    ReaderThread m_reader;
    CellValue m_before;
    bool m_typed = false;
    bool m_chosen = false; // by arrows or the mouse
};

} // namespace ui::records
