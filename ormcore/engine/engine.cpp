#include "ormcore/engine/engine_impl.h"

namespace orm {

Engine::Impl::Impl(const DriverList &drivers, const Url &address, EngineOptions wanted)
    : url(address),
      options(std::move(wanted)),
      driver(drivers.find(url.dialect)),
      logger(options),
      pool(driver, url, options),
      cache(options.statementCache)
{
    driver.checkUrl(url);
}

Engine::Engine(const DriverList &drivers, const Url &url, EngineOptions options)
    : m_impl(std::make_unique<Impl>(drivers, url, std::move(options)))
{
}

Engine::~Engine() = default;

const Url &Engine::url() const noexcept { return m_impl->url; }

const Dialect &Engine::dialect() const noexcept { return m_impl->driver.dialect(); }
const Driver &Engine::driver() const noexcept { return m_impl->driver; }

const EngineOptions &Engine::options() const noexcept { return m_impl->options; }

Connection Engine::connect() { return Connection(std::make_unique<Connection::Impl>(*this)); }

void Engine::dispose() { m_impl->pool.dispose(); }

std::string Engine::poolStatus() const { return m_impl->pool.status(); }

} // namespace orm
