#include "tests/unit/session/staff.h"

using Load = orm::PolymorphicLoad;

/// Objects of classes that inherit, as queries bring them.
class InheritanceLoading : public QObject {
    Q_OBJECT

private slots:
    void aBaseQueryFindsObjectsOfTheirClasses_data() { bothShapes(); }
    void aBaseQueryFindsObjectsOfTheirClasses();
    void whatSubclassesAddComesWhenItIsReadForAllAtOnce_data() { bothShapes(); }
    void whatSubclassesAddComesWhenItIsReadForAllAtOnce();
    void columnsOfOneTableComeAtOnce_data() { bothShapes(); }
    void columnsOfOneTableComeAtOnce();
    void withPolymorphicTakesOneStatement_data() { bothShapes(); }
    void withPolymorphicTakesOneStatement();
    void withPolymorphicOfSomeLeavesTheOthers_data() { bothShapes(); }
    void withPolymorphicOfSomeLeavesTheOthers();
    void selectinPolymorphicTakesOneStatementAClass_data() { bothShapes(); }
    void selectinPolymorphicTakesOneStatementAClass();
    void theMappingMaySayHowSubclassesCome_data() { bothShapes(); }
    void theMappingMaySayHowSubclassesCome();
    void aSubclassQueryJoinsItsBases_data() { bothShapes(); }
    void aSubclassQueryJoinsItsBases();
    void aSingleTableQueryAsksForItsIdentities_data() { bothShapes(); }
    void aSingleTableQueryAsksForItsIdentities();
    void conditionsMayNameColumnsOfSubclasses_data() { bothShapes(); }
    void conditionsMayNameColumnsOfSubclasses();
    void aLimitCountsObjects_data() { bothShapes(); }
    void aLimitCountsObjects();
    void aStreamFindsObjectsOfTheirClasses_data() { bothShapes(); }
    void aStreamFindsObjectsOfTheirClasses();
    void anUnknownDiscriminatorIsAnError_data() { bothShapes(); }
    void anUnknownDiscriminatorIsAnError();
    void aRowOfAnAbstractClassIsAnError();
    void aDiscriminatorOfAnotherClassIsAnError_data() { bothShapes(); }
    void aDiscriminatorOfAnotherClassIsAnError();
    void aRowWithoutDiscriminatorIsOfTheQueriedClass_data() { bothShapes(); }
    void aRowWithoutDiscriminatorIsOfTheQueriedClass();
    void anUnknownSubclassIsRefused_data() { bothShapes(); }
    void anUnknownSubclassIsRefused();
    void anObjectIsTheSameThroughEachOfItsClasses_data() { bothShapes(); }
    void anObjectIsTheSameThroughEachOfItsClasses();
    void anotherSubclassIsNotFoundByKey_data() { bothShapes(); }
    void anotherSubclassIsNotFoundByKey();
    void anExpiredObjectIsLoadedWhole_data() { bothShapes(); }
    void anExpiredObjectIsLoadedWhole();
    void aBaseQueryRefreshesAnExpiredObjectInPart_data() { bothShapes(); }
    void aBaseQueryRefreshesAnExpiredObjectInPart();
    void changesOfHalfLoadedObjectsAreKept_data() { bothShapes(); }
    void changesOfHalfLoadedObjectsAreKept();
    void withoutImplicitIoASubclassColumnIsRefused_data() { bothShapes(); }
    void withoutImplicitIoASubclassColumnIsRefused();
};

void InheritanceLoading::aBaseQueryFindsObjectsOfTheirClasses()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    QCOMPARE(classesOf(staff.all("people")), std::string("people:p employees:e managers:m Customer:c Vip:v"));
    VERIFY_SENT(staff.recorder.exactly({"SELECT people"}));
    QVERIFY(staff.recorder.statements().back().sql.find("JOIN") == std::string::npos);
}

void InheritanceLoading::whatSubclassesAddComesWhenItIsReadForAllAtOnce()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    (void)staff.make("employees", {{"name", "f"}, {"salary", 12}});
    staff.session->commit();
    staff.session->sweep();
    const std::vector<Record> people = staff.all("people");
    staff.recorder.clear();
    QCOMPARE(people[1].get("name"), Value("e"));
    VERIFY_SENT(staff.recorder.nothing());
    QCOMPARE(people[1].get("salary"), Value(10));
    QCOMPARE(people[5].get("salary"), Value(12));
    VERIFY_SENT(staff.recorder.exactly({"SELECT employees"}));
    QCOMPARE(people[2].get("bonus"), Value(5));
    QCOMPARE(people[2].get("salary"), Value(20));
    VERIFY_SENT(staff.recorder.exactly({"SELECT employees", "SELECT employees"}));
}

void InheritanceLoading::columnsOfOneTableComeAtOnce()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    const std::vector<Record> people = staff.all("people");
    QCOMPARE(people[3].get("credit"), Value(3));
    QCOMPARE(people[4].get("credit"), Value(4));
    QCOMPARE(people[4].get("discount"), Value(9));
    VERIFY_SENT(staff.recorder.exactly({"SELECT people"}));
}

void InheritanceLoading::withPolymorphicTakesOneStatement()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    orm::QueryOptions options;
    options.withPolymorphic = {"*"};
    const std::vector<Record> people = staff.all("people", options);
    QCOMPARE(classesOf(people), std::string("people:p employees:e managers:m Customer:c Vip:v"));
    QCOMPARE(people[1].get("salary"), Value(10));
    QCOMPARE(people[2].get("salary"), Value(20));
    QCOMPARE(people[2].get("bonus"), Value(5));
    VERIFY_SENT(staff.recorder.exactly({"SELECT people"}));
}

void InheritanceLoading::withPolymorphicOfSomeLeavesTheOthers()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    orm::QueryOptions options;
    options.withPolymorphic = {"employees"};
    const std::vector<Record> people = staff.all("people", options);
    QCOMPARE(people[2].get("salary"), Value(20));
    VERIFY_SENT(staff.recorder.exactly({"SELECT people"}));
    QVERIFY(staff.recorder.statements().back().sql.find("managers") == std::string::npos);
    QCOMPARE(people[2].get("bonus"), Value(5));
    VERIFY_SENT(staff.recorder.exactly({"SELECT people", "SELECT managers"}));
}

void InheritanceLoading::selectinPolymorphicTakesOneStatementAClass()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    orm::QueryOptions options;
    options.selectinPolymorphic = {"employees"};
    const std::vector<Record> people = staff.all("people", options);
    VERIFY_SENT(staff.recorder.exactly({"SELECT people", "SELECT employees", "SELECT employees"}));
    staff.recorder.clear();
    QCOMPARE(people[1].get("salary"), Value(10));
    QCOMPARE(people[2].get("bonus"), Value(5));
    VERIFY_SENT(staff.recorder.nothing());
}

void InheritanceLoading::theMappingMaySayHowSubclassesCome()
{
    QFETCH(Shape, shape);
    Staff joined(shape, inlineStaff, staffRecords<Load::Inline>);
    joined.fill();
    QCOMPARE(joined.all("people")[2].get("bonus"), Value(5));
    VERIFY_SENT(joined.recorder.exactly({"SELECT people"}));
    Staff further(shape, selectinStaff, staffRecords<Load::SelectIn>);
    further.fill();
    (void)further.all("people");
    VERIFY_SENT(further.recorder.exactly({"SELECT people", "SELECT employees", "SELECT employees"}));
}

void InheritanceLoading::aSubclassQueryJoinsItsBases()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    const std::vector<Record> employees = staff.all("employees");
    QCOMPARE(classesOf(employees), std::string("employees:e managers:m"));
    QCOMPARE(employees[0].get("salary"), Value(10));
    VERIFY_SENT(staff.recorder.exactly({"SELECT people"}));
    QCOMPARE(classesOf(staff.all("managers")), std::string("managers:m"));
}

void InheritanceLoading::aSingleTableQueryAsksForItsIdentities()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    QCOMPARE(classesOf(staff.all("Customer")), std::string("Customer:c Vip:v"));
    QCOMPARE(classesOf(staff.all("Vip")), std::string("Vip:v"));
    VERIFY_SENT(staff.recorder.exactly({"SELECT people", "SELECT people"}));
}

void InheritanceLoading::conditionsMayNameColumnsOfSubclasses()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    const orm::Expression salary = staff.column("employees", "salary");
    orm::QueryOptions options;
    options.withPolymorphic = {"employees"};
    const std::vector<Record> rich = staff.session->all(orm::select(staff.table("people"))
                                                            .where(salary > 5 || staff.column("people", "name") == "p")
                                                            .orderBy({salary.descending()}),
                                                        options);
    QCOMPARE(classesOf(rich), std::string("managers:m employees:e people:p"));
    const std::vector<Record> found = staff.session->all(
        orm::select(staff.table("managers")).where(salary > 5 && staff.column("people", "name") == "m"));
    QCOMPARE(classesOf(found), std::string("managers:m"));
}

void InheritanceLoading::aLimitCountsObjects()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    orm::QueryOptions options({orm::joinedPath({"badges"})});
    options.of = &staff.mapper("employees");
    for (const char *text : {"b1", "b2"})
        staff.add("badges", {{"text", text}}).setRelated("owner", staff.find("managers", 3));
    staff.session->flush();
    const auto query = orm::select(staff.table("employees")).orderBy({staff.column("people", "name").descending()});
    const std::vector<Record> found = staff.session->all(orm::Select(query).limit(2), options);
    QCOMPARE(classesOf(found), std::string("managers:m employees:e"));
    staff.recorder.clear();
    QCOMPARE(found[0].collection("badges").size(), std::size_t{2});
    QCOMPARE(found[1].collection("badges").size(), std::size_t{0});
    VERIFY_SENT(staff.recorder.nothing());
}

void InheritanceLoading::aStreamFindsObjectsOfTheirClasses()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    orm::StateStream stream =
        staff.session->stream(orm::select(staff.table("people")).orderBy({staff.column("people", "id")}));
    std::vector<Record> found;
    while (const orm::ObjectHandle next = stream.next())
        found.emplace_back(next.state());
    QCOMPARE(classesOf(found), std::string("people:p employees:e managers:m Customer:c Vip:v"));
}

void InheritanceLoading::anUnknownDiscriminatorIsAnError()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    staff.session->connection().execute("UPDATE people SET type = 'alien' WHERE id = 4");
    const std::string told = messageOf<orm::DataError>([&] { (void)staff.all("people"); });
    QCOMPARE(told, std::string("people.type is 'alien' in the row (4): no class of people has this identity"));
    QCOMPARE(messageOf<orm::DataError>([&] { (void)staff.find("people", 4); }), told);
    QCOMPARE(classesOf(staff.all("employees")), std::string("employees:e managers:m"));
}

namespace {

struct Shaped {
    std::int64_t id{};
    std::optional<std::string> kind{};
};
struct Circle : Shaped {
    std::optional<std::int32_t> radius{};
};

orm::Registry abstractBase()
{
    orm::Registry registry;
    registry.map<Shaped>("shapes")
        .polymorphicOn<&Shaped::kind>(orm::polymorphicAbstract)
        .column<&Shaped::id>("id", orm::primaryKey)
        .column<&Shaped::kind>("kind", orm::String(20));
    registry.map<Circle>().inherits<Shaped>(polymorphicIdentity("circle")).column<&Circle::radius>("radius");
    return registry;
}

} // namespace

void InheritanceLoading::aRowOfAnAbstractClassIsAnError()
{
    World world(Shape::Classes, abstractBase, noRecords);
    (void)world.session->add(Circle{});
    world.session->commit();
    QCOMPARE(world.session->all(orm::select(world.table("shapes"))).size(), std::size_t{1});
    world.stored("INSERT INTO shapes (kind) VALUES (NULL)");
    THROWS((void)world.session->all(orm::select(world.table("shapes"))), orm::DataError);
}

void InheritanceLoading::aDiscriminatorOfAnotherClassIsAnError()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    staff.session->connection().execute("UPDATE people SET type = 'vip' WHERE id = 3");
    QCOMPARE(messageOf<orm::DataError>([&] { (void)staff.all("employees"); }),
             std::string("people.type is 'vip' in the row (3): that is a Vip, which is no employees"));
}

void InheritanceLoading::aRowWithoutDiscriminatorIsOfTheQueriedClass()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    staff.session->connection().execute("UPDATE people SET type = NULL WHERE id = 2");
    QCOMPARE(classesOf(staff.all("people")), std::string("people:p people:e managers:m Customer:c Vip:v"));
}

void InheritanceLoading::anUnknownSubclassIsRefused()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    orm::QueryOptions options;
    options.withPolymorphic = {"badges"};
    QVERIFY_EXCEPTION_THROWN((void)staff.all("people", options), orm::Argument);
}

void InheritanceLoading::anObjectIsTheSameThroughEachOfItsClasses()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    const Record manager = staff.find("managers", 3);
    staff.recorder.clear();
    QVERIFY(staff.find("people", 3) == manager);
    QVERIFY(staff.find("employees", 3) == manager);
    VERIFY_SENT(staff.recorder.nothing());
    QVERIFY(staff.all("people")[2] == manager);
}

void InheritanceLoading::anotherSubclassIsNotFoundByKey()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    for (const bool inMemory : {false, true}) {
        const std::vector<Record> people = inMemory ? staff.all("people") : std::vector<Record>();
        QVERIFY(!staff.find("managers", 2));
        QVERIFY(!staff.find("Customer", 2));
        QVERIFY(!staff.find("Vip", 4));
        QVERIFY(staff.find("Customer", 5));
    }
}

void InheritanceLoading::anExpiredObjectIsLoadedWhole()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    const Record manager = staff.all("people")[2];
    staff.session->connection().execute("UPDATE managers SET bonus = 7");
    staff.session->connection().execute("UPDATE people SET name = 'mm' WHERE id = 3");
    staff.session->expire(manager);
    staff.recorder.clear();
    QCOMPARE(manager.get("name"), Value("mm"));
    QCOMPARE(manager.get("bonus"), Value(7));
    VERIFY_SENT(staff.recorder.exactly({"SELECT people"}));
    staff.session->connection().execute("UPDATE managers SET bonus = 8");
    staff.session->refresh(manager);
    QCOMPARE(manager.get("bonus"), Value(8));
}

void InheritanceLoading::aBaseQueryRefreshesAnExpiredObjectInPart()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    const Record manager = staff.find("managers", 3);
    staff.session->expireAll();
    staff.session->connection().execute("UPDATE managers SET bonus = 7");
    (void)staff.all("people");
    staff.recorder.clear();
    QCOMPARE(manager.get("name"), Value("m"));
    VERIFY_SENT(staff.recorder.nothing());
    QCOMPARE(manager.get("bonus"), Value(7));
    VERIFY_SENT(staff.recorder.exactly({"SELECT employees"}));
}

void InheritanceLoading::changesOfHalfLoadedObjectsAreKept()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    const Record manager = staff.all("people")[2];
    staff.recorder.clear();
    manager.set("bonus", 6);
    VERIFY_SENT(staff.recorder.nothing());
    QCOMPARE(manager.get("salary"), Value(20)); // reads the rest, but the autoflush comes first
    VERIFY_SENT(staff.recorder.exactly({"UPDATE managers", "SELECT employees"}));
    QCOMPARE(manager.get("bonus"), Value(6));
    staff.session->commit();
    QCOMPARE(staff.find("managers", 3).get("bonus"), Value(6));
}

void InheritanceLoading::withoutImplicitIoASubclassColumnIsRefused()
{
    QFETCH(Shape, shape);
    orm::SessionOptions options;
    options.implicitIo = false;
    Staff staff(shape, options);
    staff.fill();
    const std::vector<Record> people = staff.all("people");
    QCOMPARE(people[1].get("name"), Value("e"));
    QVERIFY_EXCEPTION_THROWN((void)people[1].get("salary"), orm::ImplicitIo);
    staff.session->refresh(people[1]);
    QCOMPARE(people[1].get("salary"), Value(10));
}

QTEST_APPLESS_MAIN(InheritanceLoading)
#include "tst_inheritance_loading.moc"
