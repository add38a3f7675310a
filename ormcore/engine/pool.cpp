#include "ormcore/engine/pool.h"

#include <algorithm>

namespace orm {

Pool::Pool(const Driver &driver, const Url &url, const EngineOptions &options)
    : m_driver(driver), m_url(url), m_options(options), m_single(driver.singleConnection(url))
{
    if (options.pool.size < 1 || options.pool.overflow < 0)
        throw Argument("A pool needs a size of at least 1 and an overflow of at least 0.");
}

Pool::Held Pool::open()
{
    auto held = std::make_shared<PooledConnection>();
    held->native = m_driver.connect(m_url, m_options.connect);
    held->made = Clock::now();
    return held;
}

Pool::Held Pool::openShared()
{
    const std::lock_guard lock(m_mutex);
    if (m_shared == nullptr)
        m_shared = open();
    // Handles are not for several threads, so each checkout has its own.
    auto held = std::make_shared<PooledConnection>();
    held->native = m_shared->native;
    held->transaction = m_shared->transaction;
    held->made = m_shared->made;
    held->generation = m_generation;
    held->shared = true;
    ++m_used;
    return held;
}

bool Pool::isFresh(const PooledConnection &connection) const
{
    const auto recycle = m_options.pool.recycle;
    return connection.generation == m_generation && (recycle.count() == 0 || Clock::now() - connection.made < recycle);
}

bool Pool::answers(PooledConnection &connection) const noexcept
{
    try {
        return !m_options.pool.prePing || connection.native->isAlive();
    } catch (const Error &) {
        return false;
    }
}

Pool::Held Pool::takeIdle(std::vector<Held> &discarded)
{
    while (!m_idle.empty()) {
        Held held = std::move(m_idle.back());
        m_idle.pop_back();
        if (isFresh(*held))
            return held;
        --m_open;
        m_freed.notify_one(); // there is room for one more
        discarded.push_back(std::move(held));
    }
    return nullptr;
}

void Pool::failTimeout() const
{
    const PoolOptions &pool = m_options.pool;
    throw Operational(
        "No connection was free within " + std::to_string(pool.timeout.count()) + " ms: all " +
            std::to_string(limit()) + " are in use (pool size " + std::to_string(pool.size) + ", overflow " +
            std::to_string(pool.overflow) + "). Give connections back sooner, or make the pool larger.",
        Operational::Reason::PoolTimeout, {.sql = {}, .parameters = {}, .database = m_url.toString(), .code = 0});
}

std::shared_ptr<PooledConnection> Pool::checkout()
{
    if (m_single)
        return openShared();
    const auto deadline = Clock::now() + m_options.pool.timeout;
    std::vector<Held> discarded; // closed after the lock is gone: declared before it
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (Held held = takeIdle(discarded)) {
            ++m_used;
            lock.unlock();
            if (answers(*held))
                return held;
            discarded.push_back(std::move(held));
            invalidate();
            lock.lock();
            --m_used;
            --m_open;
            m_freed.notify_one();
            continue;
        }
        if (m_open < limit())
            break;
        if (m_freed.wait_until(lock, deadline) == std::cv_status::timeout && m_idle.empty() && m_open >= limit())
            failTimeout();
    }
    ++m_open;
    ++m_used;
    const std::uint64_t generation = m_generation;
    lock.unlock();
    try {
        Held held = open();
        held->generation = generation;
        return held;
    } catch (...) {
        lock.lock();
        --m_open;
        --m_used;
        m_freed.notify_one();
        throw;
    }
}

void Pool::giveBack(std::shared_ptr<PooledConnection> connection) noexcept
{
    Held closed; // after the lock is gone
    const std::lock_guard lock(m_mutex);
    --m_used;
    if (m_single)
        return;
    const bool keep = isFresh(*connection) && m_idle.size() < static_cast<std::size_t>(m_options.pool.size);
    if (keep) {
        m_idle.push_back(std::move(connection));
    } else {
        closed = std::move(connection);
        --m_open;
    }
    m_freed.notify_one();
}

void Pool::invalidate() noexcept
{
    const std::lock_guard lock(m_mutex);
    ++m_generation;
}

void Pool::dispose() noexcept
{
    std::vector<Held> closed;
    Held shared;
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    m_open -= static_cast<int>(m_idle.size());
    closed.swap(m_idle);
    shared.swap(m_shared);
    m_freed.notify_all();
}

std::string Pool::status() const
{
    const std::lock_guard lock(m_mutex);
    if (m_single)
        return std::string("one shared connection, ") + (m_shared == nullptr ? "closed" : "open") + ", used by " +
               std::to_string(m_used);
    const PoolOptions &pool = m_options.pool;
    return "pool size " + std::to_string(pool.size) + ", overflow " + std::to_string(pool.overflow) + ": " +
           std::to_string(m_open) + " open, " + std::to_string(m_used) + " in use, " + std::to_string(m_idle.size()) +
           " idle";
}

} // namespace orm
