#include "tests/conformance/oracle/models.h"
#include "tests/conformance/oracle/twin.h"

using orm::Life;
using orm::Record;
using orm::Value;

namespace oracle {

namespace {

Record newUser(World &world, const char *name, const Value &email = {})
{
    return world.add("users", {{"name", name}, {"email", email}, {"active", true}, {"is_blocked", false}});
}

bool inSession(const Record &record) { return record.life() == Life::Pending || record.life() == Life::Persistent; }

Outcome flushKeepsTheTransactionOpen(World &world)
{
    const Record user = newUser(world, "x");
    world.session->flush();
    const Json id = toJson(user.get("id"));
    world.session->rollback();
    return {{{"id_after_flush", id}, {"count", world.all("users").size()}, {"in_session", inSession(user)}}};
}

Outcome rollbackRestoresLoadedState(World &world)
{
    addSevenUsers(world);
    const Record user = world.get("users", 1);
    user.set("name", "changed");
    world.session->flush();
    world.session->rollback();
    return {{{"name", toJson(user.get("name"))}}};
}

Outcome rollbackRevivesDeleted(World &world)
{
    addSevenUsers(world);
    const Record user = world.get("users", 7);
    world.session->remove(user);
    world.session->flush();
    const bool gone = inSession(user);
    world.session->rollback();
    return {{{"in_session_after_flush", gone},
             {"in_session_after_rollback", inSession(user)},
             {"name", toJson(user.get("name"))}}};
}

Outcome autoflushBeforeQuery(World &world)
{
    addSevenUsers(world);
    const Record user = world.get("users", 1);
    user.set("name", "Zé");
    return {{{"found", valuesOf(world.all("users", world.column("users", "name") == "Zé"), "id")}}};
}

Outcome commitExpires(World &world)
{
    addSevenUsers(world);
    const Record user = world.get("users", 1);
    user.set("name", "Zé");
    world.session->commit();
    world.recorder.clear();
    Json reloaded = toJson(user.get("name"));
    if (world.recorder.count("SELECT") == 0)
        reloaded = "was not loaded again";
    return {{{"reloaded", reloaded}}};
}

Outcome savepointRollsBackAlone(World &world)
{
    newUser(world, "kept");
    orm::NestedTransaction nested = world.session->beginNested();
    newUser(world, "dropped");
    world.session->flush();
    nested.rollback();
    world.session->commit();
    return {valuesOf(world.all("users"), "name")};
}

Outcome failedFlushRollsBackAll(World &world)
{
    addSevenUsers(world);
    newUser(world, "first");
    newUser(world, "second", "ana@exemplo.com");
    const std::string error = errorOf([&] { world.session->commit(); });
    world.session->rollback();
    return {{{"count", world.all("users").size()}}, error};
}

} // namespace

std::vector<Twin> transactionTwins()
{
    return {
        {"flush_keeps_the_transaction_open", &users, flushKeepsTheTransactionOpen},
        {"rollback_restores_loaded_state", &users, rollbackRestoresLoadedState},
        {"rollback_revives_deleted", &users, rollbackRevivesDeleted},
        {"autoflush_before_query", &users, autoflushBeforeQuery},
        {"commit_expires", &users, commitExpires},
        {"savepoint_rolls_back_alone", &users, savepointRollsBackAlone},
        {"failed_flush_rolls_back_all", &users, failedFlushRollsBackAll},
    };
}

} // namespace oracle
