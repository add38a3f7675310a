#include "tests/conformance/oracle/models.h"
#include "tests/conformance/oracle/twin.h"

#include "ormcore/base/decimal.h"

using orm::Record;
using orm::Value;

namespace oracle {

namespace {

Value decimal(const char *text) { return *orm::Decimal::parse(text); }

/// The class of an object, as the reference calls it.
std::string className(const Record &object)
{
    const std::string &name = object.mapper().name();
    return name == "people" ? "Person" : name == "employees" ? "Employee" : name == "managers" ? "Manager" : name;
}

Json countsOfTables(World &world)
{
    Json counts;
    for (const char *table : {"people", "employees", "managers"})
        counts[table] = toJson(world.scalar(std::string("SELECT count(*) FROM ") + table));
    return counts;
}

Outcome joinedTableInheritance(World &world)
{
    world.add("people", {{"name", "p"}});
    world.add("employees", {{"name", "e"}, {"salary", decimal("10.50")}});
    world.add("managers", {{"name", "m"}, {"salary", decimal("20.00")}, {"bonus", decimal("1.25")}});
    world.session->commit();
    const Json tables = countsOfTables(world);
    Json found = Json::array();
    for (const Record &person : world.all("people"))
        found.push_back({className(person), toJson(person.get("name")), toJson(person.get("type"))});
    const orm::Select query = orm::select(world.table("employees")).orderBy({world.column("people", "id")});
    const Json employees = valuesOf(world.session->all(query), "name");
    const Record manager = world.session->one(orm::select(world.table("managers")));
    manager.set("name", "mm");
    manager.set("bonus", decimal("2.00"));
    world.session->commit();
    world.session->remove(manager);
    world.session->commit();
    return {{{"tables", tables}, {"found", found}, {"employees", employees}, {"after", countsOfTables(world)}}};
}

Outcome singleTableInheritance(World &world)
{
    const orm::Mapper &customer = world.mapper("Customer");
    world.add("people", {{"name", "p"}});
    world.session->add(world.mapper("Employee"), {{"name", "e"}, {"salary", decimal("10.50")}});
    world.session->add(customer, {{"name", "c"}, {"credit", 3}});
    world.session->commit();
    Json found = Json::array();
    for (const Record &person : world.all("people"))
        found.push_back({className(person), toJson(person.get("name"))});
    orm::QueryOptions ofCustomers;
    ofCustomers.of = &customer;
    Json customers = Json::array();
    for (const Record &record : world.session->all(orm::select(world.table("people")), ofCustomers))
        customers.push_back({toJson(record.get("name")), toJson(record.get("credit"))});
    return {{{"found", found}, {"customers", customers}}};
}

Outcome concreteTableInheritance(World &world)
{
    world.add("people", {{"name", "p"}});
    world.add("employees", {{"name", "e"}, {"salary", 3}});
    world.session->commit();
    return {
        {{"people", valuesOf(world.all("people"), "name")}, {"employees", valuesOf(world.all("employees"), "name")}}};
}

} // namespace

std::vector<Twin> inheritanceTwins()
{
    return {
        {"joined_table_inheritance", &peopleJoined, joinedTableInheritance},
        {"single_table_inheritance", &peopleSingle, singleTableInheritance},
        {"concrete_table_inheritance", &peopleConcrete, concreteTableInheritance},
    };
}

} // namespace oracle
