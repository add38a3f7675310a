#pragma once

#include "ui/records/changes/row_change.h"

#include <QWidget>

namespace ui::records {
class ChangesPanel;
} // namespace ui::records

namespace app {

struct OpenDatabase;

/// The staged changes of the database whose tab is in front.
class ChangesDock : public QWidget {
    Q_OBJECT

public:
    explicit ChangesDock(QWidget *parent = nullptr);
    void setDatabase(OpenDatabase *database); ///< nullptr: the empty state

signals:
    void rowActivated(const ui::records::RowAddress &row);

private:
    ui::records::ChangesPanel *m_panel;
};

} // namespace app
