#pragma once

#include "ormcore/session/session.h"
#include "tests/support/statement_recorder.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace oracle {

enum class Shape { Classes, Records };

/// What a case is played on: classes mapped to tables, and what records of the same tables must be told to be the same.
struct Model {
    orm::Registry (*classes)();
    void (*records)(orm::Registry &reflected);
};

/// One database in memory with a model of its own, a session, and a record of what is sent.
///
/// The twins work through records' handles, which hold objects of classes as well: so each runs on both shapes. Foreign
/// keys are enforced at once, so that an order of statements that breaks one fails.
class World {
public:
    World(const Model &model, Shape shape, orm::SessionOptions options = {});
    World(const World &) = delete;
    World &operator=(const World &) = delete;

    [[nodiscard]] const orm::Table &table(const char *name) const { return m_registry.metadata()[name]; }
    [[nodiscard]] const orm::Mapper &mapper(const std::string &name) const; ///< of a class that shares a table
    [[nodiscard]] orm::Expression column(const char *table, const char *name) const;
    orm::Record add(const char *name, const std::vector<std::pair<std::string, orm::Value>> &values)
    {
        return session->add(table(name), values);
    }
    [[nodiscard]] orm::Record get(const char *name, const orm::Value &key) { return session->get(table(name), {key}); }
    /// All objects of the table, by its column `id`.
    [[nodiscard]] std::vector<orm::Record> all(const char *name, const orm::Expression &condition = {});
    [[nodiscard]] orm::Value scalar(const std::string &sql); ///< around the session's objects, after a flush
    [[nodiscard]] std::vector<std::vector<orm::Value>> rows(const std::string &sql); ///< the same
    /// Frees what nobody holds: the next query makes new objects.
    void forgetObjects() { session->sweep(); }
    void close() { session.reset(); }

    StatementRecorder recorder;

private:
    std::unique_ptr<orm::Engine> m_engine;
    orm::Registry m_registry;

public:
    std::unique_ptr<orm::Session> session;
};

} // namespace oracle
