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

Outcome oneOf(World &world, const char *column, const char *value)
{
    addSevenUsers(world);
    const Select query = orm::select(world.table("users")).where(user(world, column) == value);
    return {nullptr, errorOf([&] { (void)world.session->one(query); })};
}

Outcome oneWithoutRows(World &world) { return oneOf(world, "name", "nobody"); }
Outcome oneWithManyRows(World &world) { return oneOf(world, "department", "Vendas"); }

Outcome oneOrNoneAndScalar(World &world)
{
    addSevenUsers(world);
    const auto users = [&] { return orm::select(world.table("users")); };
    const Record none = world.session->oneOrNone(users().where(user(world, "name") == "nobody"));
    Select number;
    number.columns({orm::count()}).from(world.table("users"));
    Select there;
    there.columns({orm::exists(users().where(user(world, "country") == "Chile"))});
    const Value exists = world.session->scalar(there); // SQLite has no booleans of its own
    return {{{"none", none ? Json("found") : Json(nullptr)},
             {"count", toJson(world.session->scalar(number))},
             {"max", toJson(world.session->scalar(orm::select({orm::function("max", {user(world, "age")})})))},
             {"exists", exists == Value(true) || exists == Value(1)}}};
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
        {"one_without_rows", &users, oneWithoutRows},
        {"one_with_many_rows", &users, oneWithManyRows},
        {"one_or_none_and_scalar", &users, oneOrNoneAndScalar},
        {"limit_offset_order", &users, limitOffsetOrder},
        {"boolean_combination", &users, booleanCombination},
        {"operators", &users, operators},
    };
}

} // namespace oracle
