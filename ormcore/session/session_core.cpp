#include "ormcore/session/session_core.h"

namespace orm {

SessionCore::SessionCore(Engine &engine, const Registry &registry, SessionOptions options)
    : m_engine(engine), m_registry(registry), m_options(options), m_region(new Region)
{
    registry.configure();
    m_rings.resize(registry.mappers().size());
    for (const auto &mapper : registry.mappers())
        m_listened = m_listened || mapper->hooks();
}

SessionCore::~SessionCore()
{
    dropConnection();
    m_region->forEach([](State &state) {
        state.store = nullptr;
        if (state.life == Life::Persistent || state.life == Life::Deleted)
            state.life = Life::Detached;
        else if (state.life == Life::Pending)
            state.life = Life::Transient;
    });
    m_region->close();
}

void SessionCore::checkUsable() const
{
    if (m_failed)
        throw PendingRollback("The session's last flush failed and its transaction was rolled back: call rollback() "
                              "first.");
}

Connection &SessionCore::connection()
{
    checkUsable();
    if (!m_connection) {
        m_connection.emplace(m_engine.connect());
        m_prepared.clear();
        m_prepared.resize(m_registry.mappers().size());
    }
    if (m_frames.empty())
        m_frames.emplace_back();
    return *m_connection;
}

PreparedStatements &SessionCore::prepared(const Mapper &mapper)
{
    (void)connection();
    return m_prepared[mapper.index()];
}

TransactionFrame &SessionCore::frame()
{
    (void)connection();
    return m_frames.back();
}

void SessionCore::dropConnection() noexcept
{
    m_prepared.clear();
    m_connection.reset(); // the pool rolls back what is open
}

State &SessionCore::addNew(const Mapper &mapper, void *movable)
{
    if (mapper.isReadOnly())
        throw Argument(mapper.name() + " has no key, so no rows can be added");
    State &state = makeObject(*m_region, mapper, movable);
    state.store = this;
    state.life = Life::Pending;
    m_pending.add(state);
    return state;
}

} // namespace orm
