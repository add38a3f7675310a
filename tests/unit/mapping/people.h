#pragma once

#include "ormcore/base/error.h"
#include "ormcore/mapping/registry.h"

#include <QTest>

using orm::polymorphicIdentity;

/// The classes of the tests of inheritance.
struct Company;
struct Person {
    std::int64_t id{};
    std::string name{};
    std::string type{};
    std::optional<std::int64_t> companyId{};
    orm::One<Company> company{};
};
struct Badge;
struct Employee : Person {
    std::optional<orm::Decimal> salary{};
    orm::Many<Badge> badges{};
};
struct Manager : Employee {
    std::optional<orm::Decimal> bonus{};
};
struct Customer : Person {
    std::optional<std::int32_t> credit{};
};
struct Company {
    std::int64_t id{};
    orm::Many<Person> people{};
    orm::Many<Employee> employees{};
};
struct Badge {
    std::int64_t id{};
    std::int64_t employeeId{};
    orm::One<Employee> employee{};
};
struct Other {
    std::int64_t other{};
};
struct Second : Other, Person {};

inline void mapPerson(orm::Registry &registry)
{
    registry.map<Person>("people")
        .polymorphicOn<&Person::type>(polymorphicIdentity("person"))
        .column<&Person::id>("id", orm::primaryKey)
        .column<&Person::name>("name", orm::String(50))
        .column<&Person::type>("type", orm::String(20))
        .column<&Person::companyId>("company_id", orm::references("companies.id"))
        .one<&Person::company>(orm::backPopulates<&Company::people>);
}

inline void mapOthers(orm::Registry &registry)
{
    registry.map<Company>("companies")
        .column<&Company::id>("id", orm::primaryKey)
        .many<&Company::people>()
        .many<&Company::employees>();
    registry.map<Badge>("badges")
        .column<&Badge::id>("id", orm::primaryKey)
        .column<&Badge::employeeId>("employee_id", orm::references("employees.id"))
        .one<&Badge::employee>(orm::backPopulates<&Employee::badges>);
}

/// Person -> Employee (joined) -> Manager (in the employees' table), and Person -> Customer (in the people's table).
inline orm::Registry mixed()
{
    orm::Registry registry;
    mapPerson(registry);
    registry.map<Employee>("employees")
        .inherits<Person>(polymorphicIdentity("employee"))
        .column<&Employee::salary>("salary", orm::Numeric(12, 2))
        .many<&Employee::badges>();
    registry.map<Manager>()
        .inherits<Employee>(polymorphicIdentity("manager"))
        .column<&Manager::bonus>("bonus", orm::Numeric(12, 2));
    registry.map<Customer>().inherits<Person>(polymorphicIdentity("customer")).column<&Customer::credit>("credit");
    mapOthers(registry);
    registry.configure();
    return registry;
}

template <class Call> std::string refusal(Call call)
{
    try {
        call();
    } catch (const orm::Argument &error) {
        return error.what();
    }
    return {};
}
