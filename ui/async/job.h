#pragma once

#include <QObject>
#include <QString>

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

namespace ui {

/// What went wrong, in plain words, for showing where it belongs.
struct Failure {
    QString message; ///< what failed, why, what to try; plain text
    QString sql;     ///< the statement, if one was involved
    bool cancelled = false;
    std::exception_ptr exception; ///< for those who must tell kinds apart
};

/// A value or a failure: how results of workers reach the UI thread. Exceptions end here and only here.
template <class T> class Outcome {
public:
    Outcome(T value) : m_state(std::move(value)) {}
    Outcome(Failure failure) : m_state(std::move(failure)) {}
    [[nodiscard]] bool ok() const noexcept { return std::holds_alternative<T>(m_state); }
    [[nodiscard]] T &value() { return std::get<T>(m_state); }
    [[nodiscard]] const T &value() const { return std::get<T>(m_state); }
    [[nodiscard]] const Failure &failure() const { return std::get<Failure>(m_state); }

private:
    std::variant<T, Failure> m_state;
};

/// Thrown by a worker that saw its cancellation between two steps; becomes Failure{cancelled}.
struct Cancelled {};

/// Progress and cancellation as a worker sees them. Thread: any.
class Progress {
public:
    Progress();
    ~Progress();
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;

    void report(std::int64_t done, std::int64_t total) noexcept ///< total 0: not known
    {
        m_done = done;
        m_total = total;
    }
    [[nodiscard]] bool cancelled() const noexcept { return m_cancelled; }
    void throwIfCancelled() const
    {
        if (m_cancelled)
            throw Cancelled{};
    }
    /// Called once, on the cancelling thread, when the job is cancelled (interrupts a running query); at once if it
    /// already was. An empty function takes it back: after that returned, it runs no more. See CancelHook.
    void onCancel(std::function<void()> interrupt);
    void cancel();
    [[nodiscard]] std::int64_t done() const noexcept { return m_done; }
    [[nodiscard]] std::int64_t total() const noexcept { return m_total; }

private:
    std::atomic<std::int64_t> m_done{0};
    std::atomic<std::int64_t> m_total{0};
    std::atomic<bool> m_cancelled{false};
    struct Guarded;
    std::unique_ptr<Guarded> m_guarded;
};

/// onCancel() for a scope: what it interrupts may die after it.
class CancelHook {
public:
    CancelHook(Progress &progress, std::function<void()> interrupt) : m_progress(progress)
    {
        m_progress.onCancel(std::move(interrupt));
    }
    ~CancelHook() { m_progress.onCancel({}); }
    CancelHook(const CancelHook &) = delete;
    CancelHook &operator=(const CancelHook &) = delete;

private:
    Progress &m_progress;
};

/// The exception in flight, told in plain words by its kind, with the server's text verbatim. Call in a catch block.
[[nodiscard]] Failure describeCurrentException();

/// Work that runs on a worker thread and reports to the UI thread.
///
/// Lifetime: until finished() was sent; hold it in a QPointer. A job whose receiver dies still runs to its end, but its
/// answer is dropped. Thread: create and use on the UI's.
class Job : public QObject {
    Q_OBJECT

public:
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] const Progress &progress() const noexcept { return *m_progress; }
    void cancel() { m_progress->cancel(); }

signals:
    void finished();

private:
    friend class JobRunner;
    Job(QString title, std::shared_ptr<Progress> progress) : m_title(std::move(title)), m_progress(std::move(progress))
    {
    }
    QString m_title;
    std::shared_ptr<Progress> m_progress;
};

/// Runs jobs on a pool of threads and lists them for the status bar.
class JobRunner : public QObject {
    Q_OBJECT

public:
    explicit JobRunner(QObject *parent = nullptr);
    ~JobRunner() override; ///< cancels all and waits

    /// work runs on a worker; done gets its outcome on the UI thread, unless receiver has died meanwhile (a null
    /// receiver never dies). T is named by the caller: start<int>(…).
    template <class T> Job *start(const QString &title, QObject *receiver, std::function<T(Progress &)> work,
                                  std::function<void(Outcome<T>)> done)
    {
        auto result = std::make_shared<std::unique_ptr<Outcome<T>>>();
        return startErased(
            title, receiver,
            [work = std::move(work), result](Progress &progress) {
                try {
                    *result = std::make_unique<Outcome<T>>(work(progress));
                } catch (...) {
                    *result = std::make_unique<Outcome<T>>(describeCurrentException());
                }
            },
            [done = std::move(done), result] { done(std::move(**result)); });
    }
    [[nodiscard]] const std::vector<Job *> &running() const noexcept { return m_running; }

signals:
    void started(ui::Job *job);
    void changed(); ///< jobs came, went or progressed (at most 10 times a second)

private:
    Job *startErased(const QString &title, QObject *receiver, std::function<void(Progress &)> work,
                     std::function<void()> done);
    void finish(Job *job, const std::function<void()> &deliver);

    std::vector<Job *> m_running;
    struct Pool;
    std::unique_ptr<Pool> m_pool;
};

} // namespace ui
