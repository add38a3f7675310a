#pragma once

#include "tests/unit/session/shop.h"

/// A database with the tables of some classes, a session on it that has them as classes or as records, and a record of
/// the statements that were sent.
class World {
public:
    using Classes = std::function<orm::Registry()>;
    using Records = std::function<void(orm::Registry &)>; ///< what the tables do not say

    World(Shape shape, const Classes &classes, const Records &records, orm::SessionOptions options = {},
          orm::EngineOptions engineOptions = {}, const std::string &url = "sqlite://")
    {
        recorder.listenTo(engineOptions);
        engineOptions.connect.create = true;
        engine = orm::createEngine(url, engineOptions);
        registry = classes();
        registry.configure();
        orm::createAll(*engine, registry.metadata());
        if (shape == Shape::Records) {
            {
                orm::Connection connection = engine->connect();
                registry = orm::Registry::reflected(orm::reflect(connection));
            }
            records(registry);
        }
        session = std::make_unique<orm::Session>(*engine, registry, options);
        recorder.clear();
    }
    World(const World &) = delete;
    World &operator=(const World &) = delete;

    [[nodiscard]] const orm::Table &table(const char *name) const { return registry.metadata()[name]; }
    orm::Record add(const char *name, const std::vector<std::pair<std::string, orm::Value>> &values = {})
    {
        return session->add(table(name), values);
    }
    orm::Record get(const char *name, const orm::Value &key) { return session->get(table(name), {key}); }
    /// What the database has, seen through the session's own transaction and around its objects.
    orm::Value stored(const std::string &sql) { return session->connection().execute(sql).scalar(); }
    /// What a flush would send.
    std::vector<std::string> planned()
    {
        std::vector<std::string> texts;
        for (const orm::PlannedStatement &statement : session->preview())
            texts.push_back(statement.sql);
        return texts;
    }

    StatementRecorder recorder;
    std::unique_ptr<orm::Engine> engine;
    orm::Registry registry;
    std::unique_ptr<orm::Session> session;
};

inline void noRecords(orm::Registry &) {}

/// The message of the error that the work throws; empty where it throws none.
template <class Error, class Work> std::string messageOf(Work work)
{
    try {
        work();
    } catch (const Error &error) {
        return error.what();
    }
    return {};
}
