#include "app/shell/status_bar.h"

#include "ui/async/job.h"
#include "ui/base/icons.h"

#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace app {

StatusBar::StatusBar(ui::JobRunner &jobs, QWidget *parent)
    : QStatusBar(parent),
      m_jobs(jobs),
      m_connection(new QLabel(this)),
      m_view(new QLabel(this)),
      m_job(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_cancel(new QToolButton(this))
{
    setSizeGripEnabled(false);
    for (QLabel *label : {m_connection, m_view, m_job}) {
        label->setTextFormat(Qt::PlainText);
        label->setContentsMargins(4, 0, 4, 0);
    }
    m_connection->setAccessibleName(tr("Connection"));
    m_view->setAccessibleName(tr("State of the view"));
    m_progress->setFixedSize(120, 14);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    m_cancel->setIcon(ui::icon(QStringLiteral("circle-x")));
    m_cancel->setAutoRaise(true);
    m_cancel->setToolTip(tr("Cancel what is running"));
    m_cancel->setAccessibleName(tr("Cancel what is running"));
    addWidget(m_connection);
    addWidget(m_view, 1);
    addPermanentWidget(m_job);
    addPermanentWidget(m_progress);
    addPermanentWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        for (ui::Job *job : std::vector<ui::Job *>(m_jobs.running()))
            job->cancel();
    });
    connect(&m_jobs, &ui::JobRunner::changed, this, &StatusBar::updateJobs);
    updateJobs();
}

void StatusBar::setConnection(const QString &text)
{
    m_connection->setText(text);
    m_connection->setVisible(!text.isEmpty());
}

void StatusBar::setViewText(const QString &text) { m_view->setText(text); }

void StatusBar::updateJobs()
{
    const std::vector<ui::Job *> &running = m_jobs.running();
    const bool busy = !running.empty();
    m_job->setVisible(busy);
    m_progress->setVisible(busy);
    m_cancel->setVisible(busy);
    if (!busy)
        return;
    const ui::Job *job = running.front();
    const auto others = static_cast<int>(running.size()) - 1;
    m_job->setText(others > 0 ? tr("%1 (+%2)").arg(job->title()).arg(others) : job->title());
    const std::int64_t total = job->progress().total();
    m_progress->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_progress->setValue(static_cast<int>(job->progress().done() * 1000 / total));
}

} // namespace app
