#include "ormcore/engine/engine_impl.h"

namespace orm {

namespace {

const char *beginText(TransactionMode mode)
{
    switch (mode) {
    case TransactionMode::Immediate:
        return "BEGIN IMMEDIATE";
    case TransactionMode::ReadOnly:
        return "BEGIN READ ONLY";
    case TransactionMode::Deferred:
        break;
    }
    return "BEGIN";
}

} // namespace

template <class Work> void Connection::Impl::logged(const std::string &sql, Work &&work)
{
    const StatementLogger &logger = shared().logger;
    if (!logger.enabled())
        return guarded(work);
    const auto start = std::chrono::steady_clock::now();
    const auto spent = [start] {
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    };
    try {
        guarded(work);
    } catch (const Error &error) {
        logger.write({.sql = sql, .parameters = {}, .duration = spent(), .error = error.what()});
        throw;
    }
    logger.write({.sql = sql, .parameters = {}, .duration = spent(), .error = {}});
}

Connection::Impl::Impl(Engine &owner) : engine(owner), held(owner.impl().pool.checkout()) {}

Connection::Impl::~Impl()
{
    ++held->lease; // results left over must not touch the handles any more
    held->handles.resetAll();
    TransactionState &state = *held->transaction;
    // A database in memory is one connection for all: whoever only joined a transaction leaves it alone.
    if (!held->shared || !state.active || state.owner == held.get()) {
        if (state.failed || state.active || native().inTransaction())
            rollback();
        native().resetSession();
    }
    shared().pool.giveBack(std::move(held));
}

void Connection::Impl::ensureTransaction()
{
    const TransactionState &state = *held->transaction;
    if (state.failed) {
        throw PendingRollback("The database ended the transaction because of an earlier error, and nothing of it was "
                              "kept: roll back, then start again.");
    }
    if (!state.active)
        begin(TransactionMode::Deferred);
}

void Connection::Impl::begin(TransactionMode mode)
{
    TransactionState &state = *held->transaction;
    const std::lock_guard lock(state.mutex);
    if (state.active) {
        if (held->shared && state.owner != held.get())
            return; // another thread was quicker: this one joins
        throw Argument("A transaction is open already: commit it or roll it back first, or use a savepoint.");
    }
    logged(beginText(mode), [&] { native().begin(mode); });
    state.active = true;
    state.failed = false;
    state.owner = held.get();
}

void Connection::Impl::commit()
{
    TransactionState &state = *held->transaction;
    const std::lock_guard lock(state.mutex);
    if (state.failed)
        throw PendingRollback("The database ended the transaction because of an earlier error: there is nothing to "
                              "commit. Roll back, then start again.");
    if (!state.active)
        return;
    logged("COMMIT", [this] { native().commit(); });
    state.active = false;
    state.owner = nullptr;
}

void Connection::Impl::rollback() noexcept
{
    TransactionState &state = *held->transaction;
    const std::lock_guard lock(state.mutex);
    const bool wasOpen = state.active || state.failed || native().inTransaction();
    state.active = false;
    state.failed = false;
    state.owner = nullptr;
    if (!wasOpen)
        return;
    try {
        logged("ROLLBACK", [this] { native().rollback(); });
    } catch (...) { // only memory for the log can be short; the rollback itself was done
    }
}

void Connection::Impl::noteFailure(Operational::Reason reason) noexcept
{
    using Reason = Operational::Reason;
    TransactionState &state = *held->transaction;
    const bool lost = reason == Reason::Disconnected || reason == Reason::UnknownOutcome;
    if (lost)
        shared().pool.invalidate();
    if (state.active && (lost || !native().inTransaction())) {
        state.active = false;
        state.failed = true;
    }
}

void Connection::Impl::followNative() noexcept
{
    TransactionState &state = *held->transaction;
    const std::lock_guard lock(state.mutex);
    const bool open = native().inTransaction();
    if (open == state.active)
        return;
    state.active = open;
    state.owner = open ? held.get() : nullptr;
}

void Connection::begin(TransactionMode mode)
{
    if (m_impl->held->transaction->failed)
        m_impl->ensureTransaction(); // throws
    m_impl->begin(mode);
}

void Connection::commit() { m_impl->commit(); }

void Connection::rollback() noexcept { m_impl->rollback(); }

bool Connection::inTransaction() const noexcept
{
    const TransactionState &state = *m_impl->held->transaction;
    return state.active || state.failed;
}

void Connection::savepoint(std::string_view name)
{
    m_impl->ensureTransaction();
    m_impl->logged("SAVEPOINT " + dialect().quote(name), [&] { m_impl->native().savepoint(name); });
}

void Connection::releaseSavepoint(std::string_view name)
{
    m_impl->ensureTransaction();
    m_impl->logged("RELEASE " + dialect().quote(name), [&] { m_impl->native().releaseSavepoint(name); });
}

void Connection::rollbackToSavepoint(std::string_view name)
{
    m_impl->ensureTransaction();
    m_impl->logged("ROLLBACK TO " + dialect().quote(name), [&] { m_impl->native().rollbackToSavepoint(name); });
}

} // namespace orm
