#pragma once

#include "ui/records/changes/change_set.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui::records {

/// Says what is wrong with a staged row of a table, and settles a conflict: keep mine, or take theirs.
class ConflictBar : public QWidget {
    Q_OBJECT

public:
    ConflictBar(ChangeSet &changes, const orm::Table &table, QWidget *parent = nullptr);
    void setCurrentRow(const std::optional<RowAddress> &row); ///< its problem comes before others

signals:
    void rowRequested(const ui::records::RowAddress &row);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void update();
    ChangeSet &m_changes;
    const orm::Table &m_table;
    std::optional<RowAddress> m_current;
    std::optional<RowAddress> m_shown;
    QLabel *m_text;
    QPushButton *m_mine;
    QPushButton *m_theirs;
    QPushButton *m_go;
};

} // namespace ui::records
