#include "tests/conformance/oracle/models.h"
#include "tests/conformance/oracle/twin.h"

using orm::Record;
using orm::Value;

namespace oracle {

namespace {

Outcome versionCounterDetectsALostUpdate(World &world)
{
    world.add("accounts", {{"balance", 1}});
    world.session->commit();
    const Record account = world.all("accounts").at(0);
    (void)world.rows("UPDATE accounts SET balance = 9, version = version + 1");
    account.set("balance", 2);
    const std::string error = errorOf([&] { world.session->flush(); });
    world.session->rollback();
    return {nullptr, error};
}

Outcome validatorRefuses(World &world)
{
    const Record user = world.add("users", {{"email", "A@B.C"}});
    const std::string error = errorOf([&] { user.set("email", "nope"); });
    return {{{"kept", toJson(user.get("email"))}}, error};
}

Outcome eventsRunAroundTheFlush(World &world)
{
    heard().clear();
    const Record user = world.add("users", {{"name", "Ana"}});
    world.session->commit();
    const Json stored = toJson(user.get("username"));
    user.set("name", "Bea");
    world.session->commit();
    world.session->remove(user);
    world.session->commit();
    Json log = Json::array();
    for (const auto &[event, name] : heard())
        log.push_back({event, name});
    return {{{"log", log}, {"stored", stored}}};
}

Outcome defaultsAreCalledPerRow(World &world)
{
    const Record a = world.add("documents", {{"filename", "a"},
                                             {"data", Value::bytes(std::string_view("\x00\xff\x00", 3))},
                                             {"description", std::string(100000, 'x')}});
    const Record b = world.add("documents", {{"filename", "b"}, {"number", 7}});
    world.session->commit();
    Json bytes = Json::array();
    const Value data = a.get("data");
    for (const char byte : data.asBytes())
        bytes.push_back(static_cast<unsigned char>(byte));
    return {{{"numbers", {toJson(a.get("number")), toJson(b.get("number"))}},
             {"bytes", bytes},
             {"text", a.get("description").asText().size()},
             {"null_data", toJson(b.get("data"))}}};
}

} // namespace

std::vector<Twin> ruleTwins()
{
    return {
        {"version_counter_detects_a_lost_update", &accounts, versionCounterDetectsALostUpdate},
        {"validator_refuses", &checkedUsers, validatorRefuses},
        {"defaults_are_called_per_row", &documents, defaultsAreCalledPerRow},
        {"events_run_around_the_flush", &watchedUsers, eventsRunAroundTheFlush},
    };
}

} // namespace oracle
