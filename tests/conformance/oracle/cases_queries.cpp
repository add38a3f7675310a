#include "tests/conformance/oracle/models.h"
#include "tests/conformance/oracle/twin.h"

using orm::Expression;
using orm::Record;
using orm::Select;
using orm::Value;

namespace oracle {

namespace {

Expression user(World &world, const char *column) { return world.column("users", column); }

Json idsOf(World &world, const Select &query) { return valuesOf(world.session->all(query), "id"); }

Outcome queryAllFirstGet(World &world)
{
    addSevenUsers(world);
    const Record missing = world.get("users", 99);
    Select ordered(world.table("users"));
    ordered.orderBy({user(world, "id")});
    return {{{"all", idsOf(world, ordered)},
             {"first", toJson(world.session->first(ordered).get("id"))},
             {"get", toJson(world.get("users", 5).get("name"))},
             {"missing", missing ? Json("found") : Json(nullptr)}}};
}

Outcome limitOffsetOrder(World &world)
{
    addSevenUsers(world);
    const auto ordered = [&](std::vector<Expression> by) {
        return orm::select(world.table("users")).orderBy(std::move(by));
    };
    return {{{"latest", idsOf(world, ordered({user(world, "created_at").descending()}).limit(3))},
             {"page", idsOf(world, ordered({user(world, "id")}).limit(2).offset(3))},
             {"offset_only", idsOf(world, ordered({user(world, "id")}).offset(5))},
             {"two_keys",
              idsOf(world, ordered({user(world, "country"), user(world, "age").descending(), user(world, "id")}))}}};
}

Outcome booleanCombination(World &world)
{
    addSevenUsers(world);
    const Expression condition = user(world, "age") >= 18 &&
                                 (user(world, "country") == "Brasil" || user(world, "language") == "pt-br") &&
                                 !user(world, "is_blocked");
    return {valuesOf(world.all("users", condition), "id")};
}

Outcome operators(World &world)
{
    addSevenUsers(world);
    const auto where = [&](const Expression &condition) { return valuesOf(world.all("users", condition), "id"); };
    const auto name = user(world, "name");
    const auto id = user(world, "id");
    const auto age = user(world, "age");
    Select managers(world.table("users"));
    managers.columns({user(world, "manager_id")}).where(user(world, "manager_id").isNotNull());
    return {{{"like", where(name.like("%Silva%"))},
             {"not_like", where(!name.like("%Silva%"))},
             {"like_escaped", where(name.contains("100%"))},
             {"contains_autoescape", where(name.contains("_"))},
             {"startswith", where(name.startsWith("Ana"))},
             {"endswith", where(name.endsWith("Lima"))},
             {"ilike", where(name.ilike("%SILVA%"))},
             {"in", where(id.in({1, 2, 3}))},
             {"in_empty", where(id.in(std::vector<Value>{}))},
             {"not_in_empty", where(id.notIn(std::vector<Value>{}))},
             {"not_in", where(id.notIn({1, 2}))},
             {"between", where(age.between(18, 65))},
             {"is_null", where(age == Value())},
             {"is_not_null", where(age != Value())},
             {"not_equal_skips_null", where(age != 30)},
             {"quote", where(name == "Gil D'Ávila")},
             {"injection", where(name == "x' OR '1'='1")},
             {"arithmetic", where(age + 1 > id * 20)},
             {"concat", where(name.concat("!") == "Fabio_X!")},
             {"subquery", where(id.in(managers))}}};
}

} // namespace

std::vector<Twin> queryTwins()
{
    return {
        {"query_all_first_get", &users, queryAllFirstGet},
        {"limit_offset_order", &users, limitOffsetOrder},
        {"boolean_combination", &users, booleanCombination},
        {"operators", &users, operators},
    };
}

} // namespace oracle
