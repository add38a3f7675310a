#pragma once

#include "ui/async/job.h"

#include "ormcore/engine/engine.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace ui {

/// One thread that reads from one connection, for one view: requests run one after the other, each in a read
/// transaction of its own that ends with it.
///
/// supersede() makes all earlier requests stale: those that wait do not run, the running one is interrupted, and no
/// answer of theirs arrives. The connection is taken from the pool at the first request of a burst and given back when
/// none is left, so an idle view holds none. Thread: use on the UI's; work runs on the reader's. Errors: in the
/// Outcome.
class ReaderThread : public QObject {
    Q_OBJECT

public:
    explicit ReaderThread(std::shared_ptr<orm::Engine> engine, QObject *parent = nullptr);
    ~ReaderThread() override; ///< interrupts and waits

    template <class T> void post(std::function<T(orm::Connection &)> work, std::function<void(Outcome<T>)> done)
    {
        auto result = std::make_shared<std::unique_ptr<Outcome<T>>>();
        Request request;
        request.run = [work = std::move(work), result](orm::Connection &connection) {
            *result = std::make_unique<Outcome<T>>(work(connection));
        };
        request.fail = [result](Failure failure) { *result = std::make_unique<Outcome<T>>(std::move(failure)); };
        request.done = [done = std::move(done), result] { done(std::move(**result)); };
        postErased(std::move(request));
    }
    void supersede();
    [[nodiscard]] bool isBusy() const noexcept { return m_pending > 0; }

signals:
    void busyChanged(bool busy);

private:
    struct Request {
        std::function<void(orm::Connection &)> run;
        std::function<void(Failure)> fail;
        std::function<void()> done;
        std::uint64_t generation = 0;
    };
    struct Worker;
    void postErased(Request request);
    void deliver(const Request &request);

    std::unique_ptr<Worker> m_worker;
    int m_pending = 0; // of the current generation
};

} // namespace ui
