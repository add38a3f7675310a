#include "tests/conformance/oracle/world.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/reflect/reflect.h"

#include <stdexcept>

namespace oracle {

World::World(const Model &model, Shape shape, orm::SessionOptions options)
{
    orm::EngineOptions engineOptions;
    recorder.listenTo(engineOptions);
    m_engine = orm::createEngine("sqlite://", engineOptions);
    m_registry = model.classes();
    m_registry.configure();
    orm::createAll(*m_engine, m_registry.metadata());
    if (shape == Shape::Records) {
        orm::Connection connection = m_engine->connect();
        m_registry = orm::Registry::reflected(orm::reflect(connection));
        model.records(m_registry);
    }
    session = std::make_unique<orm::Session>(*m_engine, m_registry, options);
    if (session->connection().execute("PRAGMA foreign_keys").scalar() != orm::Value(1))
        throw std::logic_error("the database does not enforce foreign keys: no order of statements would be wrong");
    session->rollback();
    recorder.clear();
}

orm::Expression World::column(const char *name, const char *wanted) const { return table(name).column(wanted); }

const orm::Mapper &World::mapper(const std::string &name) const
{
    for (const auto &found : m_registry.mappers())
        if (found->name() == name)
            return *found;
    throw std::logic_error("no class is called " + name);
}

std::vector<orm::Record> World::all(const char *name, const orm::Expression &condition)
{
    orm::Select query(table(name));
    query.where(condition).orderBy({column(name, "id")});
    return session->all(query);
}

orm::Value World::scalar(const std::string &sql)
{
    session->flush();
    return session->connection().execute(sql).scalar();
}

std::vector<std::vector<orm::Value>> World::rows(const std::string &sql)
{
    session->flush();
    return session->connection().execute(sql).all();
}

} // namespace oracle
