#include "tests/conformance/oracle/models.h"
#include "tests/conformance/oracle/twin.h"

using orm::Life;
using orm::Record;
using orm::Value;

namespace oracle {

namespace {

/// A user as the reference makes one: what is not named has its default.
Record newUser(World &world, std::vector<std::pair<std::string, Value>> values)
{
    values.insert(values.end(), {{"active", true}, {"is_blocked", false}});
    return world.add("users", values);
}

Outcome insertFillsThePrimaryKey(World &world)
{
    const Record user = newUser(world, {{"name", "João Silva"}, {"email", "joao@exemplo.com"}});
    const Value unset = user.get("id"); // a class has 0 there
    const Json before = unset.isNull() || unset == Value(0) ? Json(nullptr) : toJson(unset);
    const bool pending = user.life() == Life::Pending;
    world.session->commit();
    return {{{"before", before},
             {"pending", pending},
             {"id", toJson(user.get("id"))},
             {"active", toJson(user.get("active"))},
             {"is_blocked", toJson(user.get("is_blocked"))}}};
}

Outcome addAllInsertsInOrder(World &world)
{
    std::vector<Record> batch;
    for (const char *name : {"a", "b", "c"})
        batch.push_back(newUser(world, {{"name", name}}));
    world.session->flush();
    return {valuesOf(batch, "id")};
}

Outcome getUsesTheIdentityMap(World &world)
{
    addSevenUsers(world);
    const Record a = world.get("users", 5);
    world.recorder.clear();
    const Record b = world.get("users", 5);
    const Record c = world.all("users", world.column("users", "name") == "Elena 100%").at(0);
    return {{{"same", a == b}, {"same_by_query", a == c}}};
}

Outcome numericIsExactAndDatetimeKeepsMicroseconds(World &world)
{
    addSevenUsers(world);
    const Record user = world.get("users", 2);
    std::string moment = user.get("created_at").toString();
    moment.replace(moment.find(' '), 1, "T"); // as the reference's isoformat()
    return {{{"salary", user.get("salary").toString()}, {"created_at", moment}}};
}

Outcome updateSendsChangedColumnsOnly(World &world)
{
    addSevenUsers(world);
    const Record user = world.get("users", 5);
    user.set("name", "Novo Nome");
    user.set("email", user.get("email"));
    world.session->commit();
    for (const StatementRecorder::Statement &statement : world.recorder.statements())
        if (statement.kind == "UPDATE")
            return {{{"update", statement.sql}}};
    return {};
}

Outcome noNetChangeSendsNothing(World &world)
{
    addSevenUsers(world);
    const Record user = world.get("users", 5);
    world.recorder.clear();
    const Value old = user.get("name");
    user.set("name", "other");
    user.set("name", old);
    world.session->flush();
    return {{{"dirty", user.isChanged()}, {"updates", world.recorder.count("UPDATE")}}};
}

Outcome deleteObject(World &world)
{
    addSevenUsers(world);
    const Record user = world.get("users", 7);
    world.session->remove(user);
    world.recorder.clear();
    world.session->commit();
    return {{{"left", world.all("users").size()}, {"in_session", user.life() == Life::Persistent}}};
}

Outcome flushOrdersParentsBeforeChildren(World &world)
{
    const Record address = world.add("addresses", {{"email", "joao@trabalho.com"}});
    address.setRelated("user", world.add("users", {{"name", "João"}}));
    world.recorder.clear();
    world.session->flush();
    const std::string wrong = world.recorder.exactly({"INSERT users", "INSERT addresses"});
    return {wrong.empty() ? Json(nullptr) : Json(wrong)};
}

Outcome selfReferenceIsInsertedParentFirst(World &world)
{
    const Record root = world.add("nodes", {{"name", "root"}});
    const Record a = world.add("nodes", {{"name", "a"}});
    root.addTo("children", a);
    a.addTo("children", world.add("nodes", {{"name", "a1"}}));
    root.addTo("children", world.add("nodes", {{"name", "b"}}));
    world.session->commit();
    const Record leaf = world.all("nodes", world.column("nodes", "name") == "a1").at(0);
    const Record parent = leaf.related("parent");
    const Record top = parent.related("parent");
    return {{{"path",
              {toJson(leaf.get("name")), toJson(parent.get("name")), toJson(top.get("name")),
               top.related("parent") ? Json("not null") : Json(nullptr)}}}};
}

Outcome constraintViolationsHaveAClass(World &world)
{
    addSevenUsers(world);
    Json seen = Json::array();
    const std::vector<std::pair<std::string, Value>> wrong[] = {
        {{"name", Value()}}, {{"name", "x"}, {"email", "ana@exemplo.com"}}, {{"name", "x"}, {"manager_id", 999}}};
    for (const auto &values : wrong) {
        seen.push_back(errorOf([&] {
            const Record user = newUser(world, {});
            for (const auto &[name, value] : values)
                user.set(name, value);
            world.session->flush();
        }));
        world.session->rollback();
    }
    return {seen};
}

} // namespace

std::vector<Twin> objectTwins()
{
    return {
        {"insert_fills_the_primary_key", &users, insertFillsThePrimaryKey},
        {"add_all_inserts_in_order", &users, addAllInsertsInOrder},
        {"get_uses_the_identity_map", &users, getUsesTheIdentityMap},
        {"numeric_is_exact_and_datetime_keeps_microseconds", &users, numericIsExactAndDatetimeKeepsMicroseconds},
        {"update_sends_changed_columns_only", &users, updateSendsChangedColumnsOnly,
         Outcome{{{"update", R"(UPDATE "users" SET "name" = ? WHERE "id" = ?)"}}}}, // names quoted, the same columns
        {"no_net_change_sends_nothing", &users, noNetChangeSendsNothing},
        {"delete_object", &users, deleteObject},
        {"flush_orders_parents_before_children", &addresses, flushOrdersParentsBeforeChildren},
        {"self_reference_is_inserted_parent_first", &nodes, selfReferenceIsInsertedParentFirst},
        {"constraint_violations_have_a_class", &users, constraintViolationsHaveAClass},
    };
}

} // namespace oracle
