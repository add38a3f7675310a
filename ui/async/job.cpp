#include "ui/async/job.h"

#include <QPointer>
#include <QThreadPool>
#include <QTimer>

#include <algorithm>
#include <mutex>

namespace ui {

struct Progress::Guarded {
    std::mutex mutex;
    std::function<void()> interrupt;
};

Progress::Progress() : m_guarded(std::make_unique<Guarded>()) {}
Progress::~Progress() = default;

void Progress::onCancel(std::function<void()> interrupt)
{
    const std::lock_guard lock(m_guarded->mutex);
    m_guarded->interrupt = std::move(interrupt);
    if (m_cancelled && m_guarded->interrupt)
        std::exchange(m_guarded->interrupt, {})();
}

void Progress::cancel()
{
    // The lock is held over the call: whoever takes the hook back knows that it runs no more.
    const std::lock_guard lock(m_guarded->mutex);
    m_cancelled = true;
    if (m_guarded->interrupt)
        std::exchange(m_guarded->interrupt, {})();
}

struct JobRunner::Pool {
    QThreadPool threads;
    QTimer ticker;
    std::int64_t lastSeen = 0;
};

namespace {

constexpr int kThreads = 8; // jobs wait for databases more than they compute
constexpr int kTickMilliseconds = 100;

std::int64_t sumOfDone(const std::vector<Job *> &jobs)
{
    std::int64_t sum = 0;
    for (const Job *job : jobs)
        sum += job->progress().done();
    return sum;
}

} // namespace

JobRunner::JobRunner(QObject *parent) : QObject(parent), m_pool(std::make_unique<Pool>())
{
    m_pool->threads.setMaxThreadCount(kThreads);
    m_pool->ticker.setInterval(kTickMilliseconds);
    connect(&m_pool->ticker, &QTimer::timeout, this, [this] {
        const std::int64_t seen = sumOfDone(m_running);
        if (seen != m_pool->lastSeen)
            emit changed();
        m_pool->lastSeen = seen;
    });
}

JobRunner::~JobRunner()
{
    for (Job *job : m_running)
        job->cancel();
    m_pool->threads.waitForDone();
}

Job *JobRunner::startErased(const QString &title, QObject *receiver, std::function<void(Progress &)> work,
                            std::function<void()> done)
{
    auto progress = std::make_shared<Progress>();
    auto *job = new Job(title, progress);
    job->setParent(this);
    m_running.push_back(job);
    const bool guarded = receiver != nullptr;
    auto deliver = [guarded, alive = QPointer<QObject>(receiver), done = std::move(done)] {
        if (!guarded || alive)
            done();
    };
    m_pool->threads.start([this, job, progress, work = std::move(work), deliver = std::move(deliver)] {
        work(*progress);
        // The runner waits for its threads before it dies, so `this` is alive here.
        QMetaObject::invokeMethod(
            this, [this, job, deliver] { finish(job, deliver); }, Qt::QueuedConnection);
    });
    m_pool->ticker.start();
    emit started(job);
    emit changed();
    return job;
}

void JobRunner::finish(Job *job, const std::function<void()> &deliver)
{
    m_running.erase(std::remove(m_running.begin(), m_running.end(), job), m_running.end());
    if (m_running.empty())
        m_pool->ticker.stop();
    deliver();
    emit job->finished();
    job->deleteLater();
    emit changed();
}

} // namespace ui
