#include "ui/async/reader.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace ui {

struct ReaderThread::Worker {
    std::shared_ptr<orm::Engine> engine;
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Request> queue;            // guarded
    orm::Connection *running = nullptr;   // guarded: what supersede() interrupts
    std::uint64_t generation = 1;         // guarded
    bool stop = false;                    // guarded
    std::optional<orm::Connection> ready; // the thread's own
    std::thread thread;

    std::optional<Request> take();
    void execute(Request &request);
    void runIn(orm::Connection &connection, Request &request);
};

std::optional<ReaderThread::Request> ReaderThread::Worker::take()
{
    std::unique_lock lock(mutex);
    if (queue.empty() && ready) {
        lock.unlock();
        ready.reset(); // back to the pool while nothing is asked
        lock.lock();
    }
    wake.wait(lock, [this] { return stop || !queue.empty(); });
    if (stop)
        return std::nullopt;
    Request request = std::move(queue.front());
    queue.pop_front();
    return request;
}

void ReaderThread::Worker::runIn(orm::Connection &connection, Request &request)
{
    {
        const std::lock_guard lock(mutex);
        if (stop || request.generation != generation)
            throw Cancelled{};
        running = &connection;
    }
    struct Ended {
        Worker &worker;
        ~Ended()
        {
            const std::lock_guard lock(worker.mutex);
            worker.running = nullptr;
        }
    };
    const Ended ended{*this};
    const orm::Transaction transaction(connection, orm::TransactionMode::ReadOnly); // rolled back: it only read
    request.run(connection);
}

void ReaderThread::Worker::execute(Request &request)
{
    try {
        if (!ready)
            ready.emplace(engine->connect());
        runIn(*ready, request);
    } catch (...) {
        Failure failure = describeCurrentException();
        if (!failure.cancelled)
            ready.reset(); // a lost connection is not used again
        request.fail(std::move(failure));
    }
}

ReaderThread::ReaderThread(std::shared_ptr<orm::Engine> engine, QObject *parent)
    : QObject(parent), m_worker(std::make_unique<Worker>())
{
    m_worker->engine = std::move(engine);
    m_worker->thread = std::thread([this, worker = m_worker.get()] {
        while (std::optional<Request> request = worker->take()) {
            worker->execute(*request);
            QMetaObject::invokeMethod(
                this, [this, done = std::move(*request)] { deliver(done); }, Qt::QueuedConnection);
        }
        worker->ready.reset();
    });
}

ReaderThread::~ReaderThread()
{
    {
        const std::lock_guard lock(m_worker->mutex);
        m_worker->stop = true;
        if (m_worker->running != nullptr)
            m_worker->running->interrupt();
    }
    m_worker->wake.notify_all();
    m_worker->thread.join();
}

void ReaderThread::postErased(Request request)
{
    {
        const std::lock_guard lock(m_worker->mutex);
        request.generation = m_worker->generation;
        m_worker->queue.push_back(std::move(request));
    }
    m_worker->wake.notify_all();
    if (++m_pending == 1)
        emit busyChanged(true);
}

void ReaderThread::supersede()
{
    {
        const std::lock_guard lock(m_worker->mutex);
        ++m_worker->generation;
        m_worker->queue.clear();
        if (m_worker->running != nullptr)
            m_worker->running->interrupt();
    }
    if (std::exchange(m_pending, 0) > 0)
        emit busyChanged(false);
}

void ReaderThread::deliver(const Request &request)
{
    {
        const std::lock_guard lock(m_worker->mutex);
        if (request.generation != m_worker->generation)
            return;
    }
    if (--m_pending == 0)
        emit busyChanged(false);
    request.done();
}

} // namespace ui
