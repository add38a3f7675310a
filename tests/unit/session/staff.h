#pragma once

#include "tests/unit/session/world.h"

using orm::polymorphicIdentity;
using orm::Record;
using orm::Value;

/// People of several classes: employees and managers have tables of their own, customers and VIPs are in the people's.
struct Company;
struct Office;
struct Badge;
struct Person {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> type{};
    std::optional<std::int64_t> companyId{};
    orm::One<Company> company{};
};
struct Employee : Person {
    std::optional<std::int32_t> salary{};
    std::optional<std::int64_t> officeId{};
    orm::One<Office> office{};
    orm::Many<Badge> badges{};
};
struct Manager : Employee {
    std::optional<std::int32_t> bonus{};
};
struct Customer : Person {
    std::optional<std::int32_t> credit{};
};
struct Vip : Customer {
    std::optional<std::int32_t> discount{};
};
struct Company {
    std::int64_t id{};
    std::string title{};
    orm::Many<Person> people{};
};
struct Office {
    std::int64_t id{};
    std::string city{};
    orm::Many<Employee> staff{};
};
struct Badge {
    std::int64_t id{};
    std::string text{};
    std::optional<std::int64_t> ownerId{};
    orm::One<Employee> owner{};
};

/// How the columns of subclasses come where their base is queried.
inline orm::Registry staffClasses(orm::PolymorphicLoad load)
{
    orm::Registry registry;
    registry.map<Person>("people")
        .polymorphicOn<&Person::type>(polymorphicIdentity("person"), orm::polymorphicLoad(load))
        .column<&Person::id>("id", orm::primaryKey)
        .column<&Person::name>("name", orm::String(50))
        .column<&Person::type>("type", orm::String(20))
        .column<&Person::companyId>("company_id", orm::references("companies.id"))
        .one<&Person::company>(orm::backPopulates<&Company::people>);
    registry.map<Employee>("employees")
        .inherits<Person>(polymorphicIdentity("employee"))
        .column<&Employee::salary>("salary")
        .column<&Employee::officeId>("office_id", orm::references("offices.id"))
        .one<&Employee::office>(orm::backPopulates<&Office::staff>)
        .many<&Employee::badges>(orm::backPopulates<&Badge::owner>);
    registry.map<Manager>("managers")
        .inherits<Employee>(polymorphicIdentity("manager"))
        .column<&Manager::bonus>("bonus");
    registry.map<Customer>().inherits<Person>(polymorphicIdentity("customer")).column<&Customer::credit>("credit");
    registry.map<Vip>().inherits<Customer>(polymorphicIdentity("vip")).column<&Vip::discount>("discount");
    registry.map<Company>("companies")
        .column<&Company::id>("id", orm::primaryKey)
        .column<&Company::title>("title", orm::String(50))
        .many<&Company::people>(orm::backPopulates<&Person::company>, orm::orderedBy("id"));
    registry.map<Office>("offices")
        .column<&Office::id>("id", orm::primaryKey)
        .column<&Office::city>("city", orm::String(50))
        .many<&Office::staff>(orm::backPopulates<&Employee::office>);
    registry.map<Badge>("badges")
        .column<&Badge::id>("id", orm::primaryKey)
        .column<&Badge::text>("text", orm::String(50))
        .column<&Badge::ownerId>("owner_id", orm::references("employees.id"))
        .one<&Badge::owner>(orm::backPopulates<&Employee::badges>);
    return registry;
}
inline orm::Registry lazyStaff() { return staffClasses(orm::PolymorphicLoad::Lazy); }
inline orm::Registry inlineStaff() { return staffClasses(orm::PolymorphicLoad::Inline); }
inline orm::Registry selectinStaff() { return staffClasses(orm::PolymorphicLoad::SelectIn); }

template <orm::PolymorphicLoad Load> void staffRecords(orm::Registry &registry)
{
    registry.record("people")
        .polymorphicOn("type", polymorphicIdentity("person"), orm::polymorphicLoad(Load))
        .one("company", "companies");
    registry.record("employees")
        .inherits("people", polymorphicIdentity("employee"))
        .one("office", "offices")
        .many("badges", "badges");
    registry.record("managers").inherits("employees", polymorphicIdentity("manager"));
    registry.recordClass("Customer").inherits("people", polymorphicIdentity("customer"), orm::ownColumns("credit"));
    registry.recordClass("Vip").inherits("Customer", polymorphicIdentity("vip"), orm::ownColumns("discount"));
    registry.record("companies").many("people", "people", orm::orderedBy("id"));
    registry.record("offices").many("staff", "employees");
    registry.record("badges").one("owner", "employees");
}

struct Staff : World {
    explicit Staff(Shape shape, orm::SessionOptions options = {})
        : World(shape, lazyStaff, staffRecords<orm::PolymorphicLoad::Lazy>, options)
    {
    }
    Staff(Shape shape, Classes classes, Records records) : World(shape, classes, records) {}

    /// By the table that a class has for itself, or by its name.
    [[nodiscard]] const orm::Mapper &mapper(const std::string &name) const
    {
        for (const auto &found : registry.mappers())
            if (found->name() == name)
                return *found;
        throw orm::Argument("no such class: " + name);
    }
    Record make(const char *name, const std::vector<std::pair<std::string, Value>> &values)
    {
        return session->add(mapper(name), values);
    }
    Record find(const char *name, const Value &key) { return session->get(mapper(name), {key}); }
    /// Objects of the class by their keys.
    std::vector<Record> all(const char *name, orm::QueryOptions options = {})
    {
        options.of = &mapper(name);
        return session->all(orm::select(options.of->table()).orderBy({column("people", "id")}), options);
    }
    [[nodiscard]] orm::Expression column(const char *of, const char *name) const { return table(of).column(name); }
    /// One of each class, with keys from 1 on, committed and forgotten.
    void fill()
    {
        (void)make("people", {{"name", "p"}});
        (void)make("employees", {{"name", "e"}, {"salary", 10}});
        (void)make("managers", {{"name", "m"}, {"salary", 20}, {"bonus", 5}});
        (void)make("Customer", {{"name", "c"}, {"credit", 3}});
        (void)make("Vip", {{"name", "v"}, {"credit", 4}, {"discount", 9}});
        session->commit();
        session->sweep();
        recorder.clear();
    }
};

/// "people:p managers:m": the classes and names of objects.
inline std::string classesOf(const std::vector<Record> &records)
{
    std::string text;
    for (const Record &record : records)
        text += (text.empty() ? "" : " ") + record.mapper().name() + ":" + record.get("name").toString();
    return text;
}
