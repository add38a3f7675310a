#include "ormcore/session/loading/implicit_load.h"

namespace orm {

ImplicitLoad::ImplicitLoad(SessionCore &core, const Mapper &mapper, const Relationship *relationship,
                           std::size_t objects)
    : m_core(core), m_mapper(mapper), m_relationship(relationship), m_objects(objects), m_before(core.sent())
{
    Connection &connection = core.connection();
    if (!connection.isLogged())
        return;
    const std::string what = m_relationship ? "lazy load of " + mapper.name() + "." + m_relationship->name
                                            : "reload of expired " + mapper.name();
    connection.setPurpose(what + " for " + std::to_string(objects) + (objects == 1 ? " object" : " objects"));
}

ImplicitLoad::~ImplicitLoad()
{
    m_core.endImplicitLoad();
    if (const std::uint64_t statements = m_core.sent() - m_before; statements > 0)
        m_core.count(m_mapper, m_relationship, statements, m_objects);
}

} // namespace orm
