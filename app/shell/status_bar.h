#pragma once

#include <QStatusBar>

class QLabel;
class QProgressBar;
class QToolButton;

namespace ui {
class JobRunner;
} // namespace ui

namespace app {

/// Below the work: what the current view says of itself, and the jobs that run, with progress and cancel.
class StatusBar : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusBar(ui::JobRunner &jobs, QWidget *parent = nullptr);
    void setConnection(const QString &text);
    void setViewText(const QString &text);

private:
    void updateJobs();

    ui::JobRunner &m_jobs;
    QLabel *m_connection;
    QLabel *m_view;
    QLabel *m_job;
    QProgressBar *m_progress;
    QToolButton *m_cancel;
};

} // namespace app
