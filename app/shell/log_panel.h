#pragma once

#include <QWidget>

class QTreeView;

namespace app {

class SqlLog;

/// The SQL that was sent, as a list that follows its end while the user stands there.
class LogPanel : public QWidget {
    Q_OBJECT

public:
    explicit LogPanel(SqlLog &log, QWidget *parent = nullptr);

private:
    void copySelected();
    SqlLog &m_log;
    QTreeView *m_view;
    bool m_atEnd = true;
};

} // namespace app
