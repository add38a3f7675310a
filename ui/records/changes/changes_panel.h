#pragma once

#include "ui/records/changes/record_connection.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTimer;
class QTreeWidget;
class QTreeWidgetItem;

namespace ui::records {

/// All staged rows of one connection, over all its tables, the SQL they will become, Commit and Rollback.
class ChangesPanel : public QWidget {
    Q_OBJECT

public:
    explicit ChangesPanel(QWidget *parent = nullptr);
    void setConnection(RecordConnection *connection); ///< null: empty
    [[nodiscard]] QString previewText() const;

signals:
    void rowActivated(const ui::records::RowAddress &row); ///< show it in its grid

protected:
    void changeEvent(QEvent *event) override; ///< the symbols take the palette's colours

private:
    void refill();
    void addRow(const RowChange &change);
    void refreshPreview();
    void updateButtons();
    [[nodiscard]] QString titleText() const;

    QPointer<RecordConnection> m_connection;
    QLabel *m_title;
    QPushButton *m_commit;
    QPushButton *m_rollback;
    QTreeWidget *m_list;
    QPlainTextEdit *m_preview;
    QTimer *m_timer;
    std::vector<RowAddress> m_rows; // of the list's items
    int m_generation = 0;
};

} // namespace ui::records
