#include "ui/async/job.h"

#include "ormcore/base/error.h"

#include <QSignalSpy>
#include <QTest>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

using ui::Failure;
using ui::JobRunner;
using ui::Outcome;
using ui::Progress;

namespace {

/// What describeCurrentException() says about this.
template <class Thrown> Failure described(const Thrown &thrown)
{
    try {
        throw thrown;
    } catch (...) {
        return ui::describeCurrentException();
    }
}

class Gate {
public:
    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_changed.notify_all();
    }
    void pass()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_open; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_open = false;
};

} // namespace

class AsyncJobs : public QObject {
    Q_OBJECT

private slots:
    void workRunsOnAnotherThreadAndItsAnswerArrivesOnThisOne();
    void anExceptionOfTheWorkBecomesAFailure();
    void cancelInterruptsTheRunningWork();
    void aHookSetAfterTheCancelRunsAtOnce();
    void aHookTakenBackRunsNoMore();
    void theAnswerForADeadReceiverIsDropped();
    void theRunnerCancelsAndWaitsWhenItDies();
    void progressIsAnnounced();
    void failuresAreToldByTheirKindWithTheServersTextVerbatim();
};

void AsyncJobs::workRunsOnAnotherThreadAndItsAnswerArrivesOnThisOne()
{
    JobRunner runner;
    std::thread::id worker;
    std::thread::id receiver;
    std::optional<int> answer;
    ui::Job *job = runner.start<int>(
        QStringLiteral("add"), this,
        [&worker](Progress &) {
            worker = std::this_thread::get_id();
            return 42;
        },
        [&](Outcome<int> outcome) {
            receiver = std::this_thread::get_id();
            answer = outcome.value();
        });
    QCOMPARE(runner.running().size(), std::size_t{1});
    QCOMPARE(job->title(), QStringLiteral("add"));
    QSignalSpy finished(job, &ui::Job::finished);
    QTRY_VERIFY(answer.has_value());
    QCOMPARE(*answer, 42);
    QVERIFY(receiver == std::this_thread::get_id());
    QVERIFY(worker != receiver);
    QCOMPARE(finished.count(), 1);
    QVERIFY(runner.running().empty());
}

void AsyncJobs::anExceptionOfTheWorkBecomesAFailure()
{
    JobRunner runner;
    std::optional<Failure> failure;
    runner.start<int>(
        QString(), this,
        [](Progress &) -> int {
            throw orm::Programming("no such table: x", orm::ErrorContext{"SELECT 1", {}, {}, 0});
        },
        [&](Outcome<int> outcome) {
            QVERIFY(!outcome.ok());
            failure = outcome.failure();
        });
    QTRY_VERIFY(failure.has_value());
    QVERIFY(failure->message.contains(QStringLiteral("no such table: x")));
    QCOMPARE(failure->sql, QStringLiteral("SELECT 1"));
    QVERIFY(!failure->cancelled);
    QVERIFY_EXCEPTION_THROWN(std::rethrow_exception(failure->exception), orm::Programming);
}

void AsyncJobs::cancelInterruptsTheRunningWork()
{
    JobRunner runner;
    Gate started;
    Gate interrupted;
    std::optional<Failure> failure;
    ui::Job *job = runner.start<int>(
        QString(), this,
        [&](Progress &progress) -> int {
            const ui::CancelHook hook(progress, [&interrupted] { interrupted.open(); });
            started.open();
            interrupted.pass();
            progress.throwIfCancelled();
            return 1;
        },
        [&](Outcome<int> outcome) { failure = outcome.failure(); });
    started.pass();
    job->cancel();
    QTRY_VERIFY(failure.has_value());
    QVERIFY(failure->cancelled);
}

void AsyncJobs::aHookSetAfterTheCancelRunsAtOnce()
{
    Progress progress;
    progress.cancel();
    int calls = 0;
    progress.onCancel([&calls] { ++calls; });
    QCOMPARE(calls, 1);
    progress.cancel();
    QCOMPARE(calls, 1);
}

void AsyncJobs::aHookTakenBackRunsNoMore()
{
    Progress progress;
    int calls = 0;
    {
        const ui::CancelHook hook(progress, [&calls] { ++calls; });
    }
    progress.cancel();
    QCOMPARE(calls, 0);
}

void AsyncJobs::theAnswerForADeadReceiverIsDropped()
{
    JobRunner runner;
    Gate gate;
    auto receiver = std::make_unique<QObject>();
    bool called = false;
    runner.start<int>(
        QString(), receiver.get(),
        [&gate](Progress &) {
            gate.pass();
            return 1;
        },
        [&called](const Outcome<int> &) { called = true; });
    receiver.reset();
    gate.open();
    QTRY_VERIFY(runner.running().empty());
    QVERIFY(!called);
}

void AsyncJobs::theRunnerCancelsAndWaitsWhenItDies()
{
    std::atomic<bool> ended{false};
    {
        JobRunner runner;
        runner.start<int>(
            QString(), nullptr,
            [&ended](Progress &progress) {
                while (!progress.cancelled())
                    std::this_thread::yield();
                ended = true;
                return 0;
            },
            [](const Outcome<int> &) {});
    }
    QVERIFY(ended);
}

void AsyncJobs::progressIsAnnounced()
{
    JobRunner runner;
    Gate gate;
    ui::Job *job = runner.start<int>(
        QString(), this,
        [&gate](Progress &progress) {
            progress.report(3, 10);
            gate.pass();
            return 0;
        },
        [](const Outcome<int> &) {});
    QSignalSpy changed(&runner, &JobRunner::changed);
    QTRY_VERIFY(changed.count() > 0);
    QCOMPARE(job->progress().done(), 3);
    QCOMPARE(job->progress().total(), 10);
    gate.open();
    QTRY_VERIFY(runner.running().empty());
}

void AsyncJobs::failuresAreToldByTheirKindWithTheServersTextVerbatim()
{
    const std::string server = "UNIQUE constraint failed: customer.email";
    const Failure unique =
        described(orm::Integrity(server, orm::IntegrityKind::Unique, std::string(), {std::string("customer.email")}));
    QVERIFY(unique.message.startsWith(QStringLiteral("Another row already has this value in customer.email.")));
    QVERIFY(unique.message.contains(QString::fromStdString(server)));

    const Failure busy = described(orm::Operational("database is locked", orm::Operational::Reason::Busy));
    QVERIFY(busy.message.startsWith(QStringLiteral("Someone else is writing")));
    QVERIFY(!busy.cancelled);

    const Failure interrupted = described(orm::Operational("interrupted", orm::Operational::Reason::Interrupted));
    QVERIFY(interrupted.cancelled);

    const Failure other = described(std::runtime_error("disk on fire"));
    QVERIFY(other.message.contains(QStringLiteral("disk on fire")));
}

QTEST_GUILESS_MAIN(AsyncJobs)
#include "tst_async_jobs.moc"
