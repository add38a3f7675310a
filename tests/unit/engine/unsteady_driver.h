#pragma once

#include "ormcore/dialects/builtin.h"

#include <atomic>

namespace orm {

/// A driver over SQLite in memory that counts its connections and loses them on demand, as a server does.
class UnsteadyDriver final : public Driver {
public:
    class Connection final : public DriverConnection {
    public:
        Connection(const UnsteadyDriver &driver, std::unique_ptr<DriverConnection> inner)
            : m_driver(driver), m_inner(std::move(inner)), m_epoch(driver.epoch)
        {
            ++m_driver.alive;
        }
        ~Connection() override { --m_driver.alive; }
        Connection(const Connection &) = delete;
        Connection &operator=(const Connection &) = delete;
        std::unique_ptr<DriverStatement> prepare(std::string_view sql) override
        {
            if (m_epoch != m_driver.epoch)
                throw Operational("The connection was lost.", Operational::Reason::Disconnected);
            return m_inner->prepare(sql);
        }
        void executeScript(std::string_view script) override { m_inner->executeScript(script); }
        void begin(TransactionMode mode) override { m_inner->begin(mode); }
        void commit() override
        {
            if (m_epoch != m_driver.epoch)
                throw Operational("No answer.", Operational::Reason::UnknownOutcome);
            m_inner->commit();
        }
        void rollback() noexcept override { m_inner->rollback(); }
        bool inTransaction() override { return m_inner->inTransaction(); }
        void savepoint(std::string_view name) override { m_inner->savepoint(name); }
        void releaseSavepoint(std::string_view name) override { m_inner->releaseSavepoint(name); }
        void rollbackToSavepoint(std::string_view name) override { m_inner->rollbackToSavepoint(name); }
        void interrupt() noexcept override { m_inner->interrupt(); }
        bool isAlive() override { return m_epoch == m_driver.epoch; }
        std::string serverVersion() const override { return m_inner->serverVersion(); }

    private:
        const UnsteadyDriver &m_driver;
        std::unique_ptr<DriverConnection> m_inner;
        int m_epoch;
    };

    const Dialect &dialect() const override { return builtinDialect("sqlite"); }
    std::unique_ptr<DriverConnection> connect(const Url &, const ConnectOptions &options) const override
    {
        if (refuses)
            throw Operational("The server does not answer.", Operational::Reason::CannotOpen);
        ++opened;
        const Url memory = Url::parse("sqlite://");
        return std::make_unique<Connection>(*this, builtinDrivers().find("sqlite").connect(memory, options));
    }
    void checkUrl(const Url &) const override {}

    mutable std::atomic<int> opened{0};
    mutable std::atomic<int> alive{0};
    std::atomic<int> epoch{0};
    std::atomic<bool> refuses{false};
};

} // namespace orm
