#include "tests/conformance/oracle/models.h"

#include "ormcore/base/decimal.h"

#include <cstdint>
#include <optional>

namespace oracle {

namespace {

using orm::polymorphicIdentity;

struct Person {
    std::int64_t id{};
    std::optional<std::string> name{};
    std::optional<std::string> type{};
};
struct Employee : Person {
    std::optional<orm::Decimal> salary{};
};
struct Manager : Employee {
    std::optional<orm::Decimal> bonus{};
};
struct Customer : Person {
    std::optional<std::int32_t> credit{};
};

void mapPeople(orm::Registry &registry)
{
    registry.map<Person>("people")
        .polymorphicOn<&Person::type>(polymorphicIdentity("person"))
        .column<&Person::id>("id", orm::primaryKey)
        .column<&Person::name>("name", orm::String(50))
        .column<&Person::type>("type", orm::String(50));
}

orm::Registry joinedClasses()
{
    orm::Registry registry;
    mapPeople(registry);
    registry.map<Employee>("employees")
        .inherits<Person>(polymorphicIdentity("employee"))
        .column<&Employee::salary>("salary", orm::Numeric(12, 2));
    registry.map<Manager>("managers")
        .inherits<Employee>(polymorphicIdentity("manager"))
        .column<&Manager::bonus>("bonus", orm::Numeric(12, 2));
    return registry;
}

void joinedRecords(orm::Registry &registry)
{
    registry.record("people").polymorphicOn("type", polymorphicIdentity("person"));
    registry.record("employees").inherits("people", polymorphicIdentity("employee"));
    registry.record("managers").inherits("employees", polymorphicIdentity("manager"));
}

orm::Registry singleClasses()
{
    orm::Registry registry;
    mapPeople(registry);
    registry.map<Employee>()
        .inherits<Person>(polymorphicIdentity("employee"))
        .column<&Employee::salary>("salary", orm::Numeric(12, 2));
    registry.map<Customer>().inherits<Person>(polymorphicIdentity("customer")).column<&Customer::credit>("credit");
    return registry;
}

void singleRecords(orm::Registry &registry)
{
    registry.record("people").polymorphicOn("type", polymorphicIdentity("person"));
    registry.recordClass("Employee").inherits("people", polymorphicIdentity("employee"), orm::ownColumns("salary"));
    registry.recordClass("Customer").inherits("people", polymorphicIdentity("customer"), orm::ownColumns("credit"));
}

struct Plain {
    std::int64_t id{};
    std::optional<std::string> name{};
};
struct Paid : Plain {
    std::optional<std::int32_t> salary{};
};

orm::Registry concreteClasses()
{
    orm::Registry registry;
    registry.map<Plain>("people")
        .column<&Plain::id>("id", orm::primaryKey)
        .column<&Plain::name>("name", orm::String(50));
    registry.map<Paid>("employees").inherits<Plain>(orm::concrete).column<&Paid::salary>("salary");
    return registry;
}

void concreteRecords(orm::Registry &registry) { registry.record("employees").inherits("people", orm::concrete); }

} // namespace

const Model peopleJoined{joinedClasses, joinedRecords};
const Model peopleSingle{singleClasses, singleRecords};
const Model peopleConcrete{concreteClasses, concreteRecords};

} // namespace oracle
