#include "tests/unit/session/staff.h"

using orm::f;
using orm::Ref;

/// What only classes have: members, handles of base and subclass.
class InheritanceTyped : public QObject {
    Q_OBJECT

private slots:
    void membersOfBaseAndSubclassAreInConditions();
    void withPolymorphicNamesClasses();
    void selectinPolymorphicNamesClasses();
    void aBaseMemberIsReadWithoutAStatement();
    void aHandleOfASubclassKnowsItsClass();
    void aSubclassObjectIsMadeInACollection();
    void keysFindObjectsOfTheClassOnly();
    void countsAreOfTheClass();
    void joinsReachTablesOfSubclasses();
    void pathsMayBeWrittenWithTheBaseOrTheSubclass();
    void editsOfASubclassObjectAreWritten();
};

void InheritanceTyped::membersOfBaseAndSubclassAreInConditions()
{
    Staff staff(Shape::Classes);
    staff.fill();
    const auto found = staff.session->all(orm::select<Employee>()
                                              .where(f<&Employee::salary> >= 10 && f<&Person::name> != "x")
                                              .orderBy(f<&Employee::salary>.descending()));
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[0]->name, std::string("m"));
    const auto vips = staff.session->all(orm::select<Customer>().where(f<&Vip::discount> == 9));
    QCOMPARE(vips.size(), std::size_t{1});
    QVERIFY(vips[0].as<Vip>());
}

void InheritanceTyped::withPolymorphicNamesClasses()
{
    Staff staff(Shape::Classes);
    staff.fill();
    const auto people = staff.session->all(orm::select<Person>().withPolymorphic<Employee, Manager>().where(
        f<&Manager::bonus> == 5 || f<&Employee::salary> == 10));
    QCOMPARE(people.size(), std::size_t{2});
    staff.recorder.clear();
    for (const Ref<Person> &person : people)
        QVERIFY(person.as<Employee>()->salary);
    VERIFY_SENT(staff.recorder.nothing());
    QCOMPARE(staff.session->all(orm::select<Person>().withPolymorphic()).size(), std::size_t{5});
}

void InheritanceTyped::selectinPolymorphicNamesClasses()
{
    Staff staff(Shape::Classes);
    staff.fill();
    const auto people = staff.session->all(orm::select<Person>().selectinPolymorphic<Manager>());
    VERIFY_SENT(staff.recorder.exactly({"SELECT people", "SELECT employees"}));
    QCOMPARE(people.size(), std::size_t{5});
}

void InheritanceTyped::aBaseMemberIsReadWithoutAStatement()
{
    Staff staff(Shape::Classes);
    staff.fill();
    const auto people = staff.session->all(orm::select<Person>().orderBy(f<&Person::id>));
    staff.recorder.clear();
    QCOMPARE(people[2]->name, std::string("m"));
    VERIFY_SENT(staff.recorder.nothing());
    QCOMPARE(*people[2].as<Employee>()->salary, 20);
    QCOMPARE(*people[2].as<Manager>()->bonus, 5);
    VERIFY_SENT(staff.recorder.exactly({"SELECT employees"}));
}

void InheritanceTyped::aHandleOfASubclassKnowsItsClass()
{
    Staff staff(Shape::Classes);
    staff.fill();
    const Ref<Person> person = staff.session->get<Person>(3);
    QVERIFY(person.as<Employee>() == person);
    QVERIFY(person.as<Manager>());
    QVERIFY(!person.as<Customer>());
    QVERIFY(!Ref<Person>().as<Customer>());
    const Ref<Person> back = person.as<Manager>();
    QVERIFY(back == person);
}

void InheritanceTyped::aSubclassObjectIsMadeInACollection()
{
    Staff staff(Shape::Classes);
    const Ref<Company> company = staff.session->add(Company{});
    Manager manager;
    manager.name = "m";
    manager.bonus = 5;
    const Ref<Manager> made = company.add<&Company::people>(manager);
    company.add<&Company::people>(staff.session->add(Customer{}));
    staff.session->flush();
    QCOMPARE(staff.stored("SELECT bonus FROM managers"), Value(5));
    QCOMPARE(*made->companyId, company->id);
    QCOMPARE(*made->type, std::string("manager"));
    QCOMPARE(company->people.size(), std::size_t{2});
}

void InheritanceTyped::keysFindObjectsOfTheClassOnly()
{
    Staff staff(Shape::Classes);
    staff.fill();
    QVERIFY(staff.session->get<Employee>(3).as<Manager>());
    QVERIFY(!staff.session->get<Customer>(3));
    QVERIFY(!staff.session->get<Vip>(4));
    QVERIFY(staff.session->get<Customer>({orm::joined<&Person::company>}, 5));
}

void InheritanceTyped::countsAreOfTheClass()
{
    Staff staff(Shape::Classes);
    staff.fill();
    QCOMPARE(staff.session->count(orm::select<Person>()), std::int64_t{5});
    QCOMPARE(staff.session->count(orm::select<Employee>()), std::int64_t{2});
    QCOMPARE(staff.session->count(orm::select<Customer>()), std::int64_t{2});
    QCOMPARE(staff.session->count(orm::select<Vip>().where(f<&Customer::credit> == 3)), std::int64_t{0});
}

void InheritanceTyped::joinsReachTablesOfSubclasses()
{
    Staff staff(Shape::Classes);
    const Ref<Office> office = staff.session->add(Office{});
    Manager manager;
    manager.name = "m";
    const Ref<Manager> made = office.add<&Office::staff>(manager);
    staff.session->add(Office{});
    staff.session->flush();
    const auto offices =
        staff.session->all(orm::select<Office>().join<&Office::staff>().where(f<&Person::name> == "m"));
    QCOMPARE(offices.size(), std::size_t{1});
    QVERIFY(offices[0] == office);
    const auto managers =
        staff.session->all(orm::select<Manager>().join<&Employee::office>().where(f<&Office::id> == office->id));
    QCOMPARE(managers.size(), std::size_t{1});
}

void InheritanceTyped::pathsMayBeWrittenWithTheBaseOrTheSubclass()
{
    Staff staff(Shape::Classes);
    staff.fill();
    const auto managers = staff.session->all(orm::select<Manager>().options(
        orm::joined<&Person::company>, orm::selectin<&Manager::badges>, orm::joined<&Employee::office>));
    QCOMPARE(managers.size(), std::size_t{1});
    staff.recorder.clear();
    QVERIFY(!managers[0]->company && managers[0]->badges.empty() && !managers[0]->office);
    VERIFY_SENT(staff.recorder.nothing());
}

void InheritanceTyped::editsOfASubclassObjectAreWritten()
{
    Staff staff(Shape::Classes);
    staff.fill();
    const Ref<Manager> manager = staff.session->get<Person>(3).as<Manager>();
    manager.edit().bonus = 6;
    staff.recorder.clear();
    staff.session->flush();
    VERIFY_SENT(staff.recorder.exactly({"UPDATE managers"}));
    manager.set<&Person::name>("mm");
    manager.set<&Employee::salary>(21);
    staff.session->commit();
    QCOMPARE(manager->name, std::string("mm"));
    QCOMPARE(*manager->salary, 21);
    QCOMPARE(*manager->bonus, 6);
}

QTEST_APPLESS_MAIN(InheritanceTyped)
#include "tst_inheritance_typed.moc"
