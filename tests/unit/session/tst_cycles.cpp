#include "tests/unit/session/world.h"

using orm::Record;
using orm::Value;

namespace {

struct Employee;
struct Company {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> ownerId{};
    orm::One<Employee> owner{};
    orm::Many<Employee> staff{};
};
struct Employee {
    std::int64_t id{};
    std::string name{};
    std::int64_t companyId{};
    orm::One<Company> company{};
};
struct Tail;
struct Head { // neither key can be NULL
    std::int64_t id{};
    std::int64_t tailId{};
    orm::One<Tail> tail{};
};
struct Tail {
    std::int64_t id{};
    std::int64_t headId{};
    orm::One<Head> head{};
};

orm::Registry circles()
{
    orm::Registry registry;
    registry.map<Company>("companies")
        .column<&Company::id>("id", orm::primaryKey)
        .column<&Company::name>("name", orm::String(50), orm::unique)
        .column<&Company::ownerId>("owner_id", orm::references("employees.id"))
        .one<&Company::owner>(orm::foreignKey("owner_id"))
        .many<&Company::staff>(orm::backPopulates<&Employee::company>, orm::cascadeDelete);
    registry.map<Employee>("employees")
        .column<&Employee::id>("id", orm::primaryKey)
        .column<&Employee::name>("name", orm::String(50))
        .column<&Employee::companyId>("company_id", orm::references("companies.id"))
        .one<&Employee::company>(orm::foreignKey("company_id"));
    registry.map<Head>("heads")
        .column<&Head::id>("id", orm::primaryKey)
        .column<&Head::tailId>("tail_id", orm::references("tails.id"))
        .one<&Head::tail>(orm::foreignKey("tail_id"));
    registry.map<Tail>("tails")
        .column<&Tail::id>("id", orm::primaryKey)
        .column<&Tail::headId>("head_id", orm::references("heads.id"))
        .one<&Tail::head>(orm::foreignKey("head_id"));
    return registry;
}

void circleRecords(orm::Registry &registry)
{
    registry.record("companies")
        .one("owner", "employees", orm::foreignKey("owner_id"))
        .many("staff", "employees", orm::foreignKey("company_id"), orm::cascadeDelete);
    registry.record("employees").one("company", "companies", orm::foreignKey("company_id"));
    registry.record("heads").one("tail", "tails", orm::foreignKey("tail_id"));
    registry.record("tails").one("head", "heads", orm::foreignKey("head_id"));
}

struct Firm : World {
    explicit Firm(Shape shape) : World(shape, circles, circleRecords)
    {
        company = add("companies", {{"name", "Acme"}});
        owner = add("employees", {{"name", "Ana"}});
        owner.setRelated("company", company);
        company.setRelated("owner", owner);
    }
    Record company;
    Record owner;
};

Record tree(Shop &shop, const char *name, const Record &parent = {})
{
    const Record made = shop.add("trees", {{"name", name}});
    if (parent)
        made.setRelated("parent", parent);
    return made;
}

} // namespace

/// Tables that refer to each other or to themselves, and objects that do so in a circle.
class Cycles : public QObject {
    Q_OBJECT

private slots:
    void aCircleIsCutAtTheKeyThatCanBeNull_data() { bothShapes(); }
    void aCircleIsCutAtTheKeyThatCanBeNull();
    void thePlanInsertsNullAndNamesTheKeyToCome_data() { bothShapes(); }
    void thePlanInsertsNullAndNamesTheKeyToCome();
    void aCircleWithinOneTableIsCutOnce_data() { bothShapes(); }
    void aCircleWithinOneTableIsCutOnce();
    void aLongRingIsCutOnce_data() { bothShapes(); }
    void aLongRingIsCutOnce();
    void whatHangsOnACircleIsNotCut_data() { bothShapes(); }
    void whatHangsOnACircleIsNotCut();
    void anObjectMayReferToItself_data() { bothShapes(); }
    void anObjectMayReferToItself();
    void aCircleThatCannotBeCutIsRefusedByNames_data() { bothShapes(); }
    void aCircleThatCannotBeCutIsRefusedByNames();
    void afterARefusedCircleTheSessionGoesOn_data() { bothShapes(); }
    void afterARefusedCircleTheSessionGoesOn();
    void aDeletedCircleIsCutFirst_data() { bothShapes(); }
    void aDeletedCircleIsCutFirst();
    void aDeletedRingOfTreesIsCutOnce_data() { bothShapes(); }
    void aDeletedRingOfTreesIsCutOnce();
    void deletedTreesThatWereNotLoadedGoLeavesFirst_data() { bothShapes(); }
    void deletedTreesThatWereNotLoadedGoLeavesFirst();
    void parentAndChildSwapPlaces_data() { bothShapes(); }
    void parentAndChildSwapPlaces();
    void anOldTreeMovesUnderANewOne_data() { bothShapes(); }
    void anOldTreeMovesUnderANewOne();
    void aNewTreeComesInBetween_data() { bothShapes(); }
    void aNewTreeComesInBetween();
    void aTreeIsInsertedLevelByLevel_data() { bothShapes(); }
    void aTreeIsInsertedLevelByLevel();
    void keysThatWereSetOrderObjectsToo_data() { bothShapes(); }
    void keysThatWereSetOrderObjectsToo();
    void anUpdateFreesAUniqueValueWithinACycle_data() { bothShapes(); }
    void anUpdateFreesAUniqueValueWithinACycle();
};

void Cycles::aCircleIsCutAtTheKeyThatCanBeNull()
{
    QFETCH(Shape, shape);
    Firm firm(shape);
    firm.session->flush();
    VERIFY_SENT(firm.recorder.exactly({"INSERT companies", "INSERT employees", "UPDATE companies"}));
    QVERIFY(firm.company.get("owner_id") == firm.owner.get("id"));
    QVERIFY(firm.stored("SELECT owner_id FROM companies") == firm.owner.get("id"));
    firm.recorder.clear();
    firm.session->flush();
    VERIFY_SENT(firm.recorder.nothing());
}

void Cycles::thePlanInsertsNullAndNamesTheKeyToCome()
{
    QFETCH(Shape, shape);
    Firm firm(shape);
    const std::vector<std::string> planned = firm.planned();
    QCOMPARE(planned.size(), std::size_t{3});
    QCOMPARE(planned[0], std::string(R"(INSERT INTO "companies" ("name", "owner_id") VALUES ('Acme', NULL))"));
    QCOMPARE(planned[1],
             std::string(R"(INSERT INTO "employees" ("name", "company_id") VALUES ('Ana', :companies_1_id))"));
    QCOMPARE(planned[2],
             std::string(R"(UPDATE "companies" SET "owner_id" = :employees_1_id WHERE "id" = (:companies_1_id))"));
}

void Cycles::aCircleWithinOneTableIsCutOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record a = tree(shop, "a");
    const Record b = tree(shop, "b", a);
    a.setRelated("parent", b);
    shop.session->commit();
    VERIFY_SENT(shop.recorder.exactly({"INSERT trees x2", "UPDATE trees"}));
    QVERIFY(a.get("parent_id") == b.get("id"));
    QVERIFY(b.get("parent_id") == a.get("id"));
}

void Cycles::aLongRingIsCutOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    constexpr int kTrees = 3000;
    const Record first = tree(shop, "t");
    Record last = first;
    for (int i = 1; i < kTrees; ++i)
        last = tree(shop, "t", last);
    first.setRelated("parent", last);
    shop.session->flush();
    VERIFY_SENT(shop.recorder.counted({"INSERT trees x3000", "UPDATE trees"}));
    QVERIFY(shop.stored("SELECT count(parent_id) FROM trees") == Value(kTrees));
}

void Cycles::whatHangsOnACircleIsNotCut()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record leaf = tree(shop, "leaf"); // the first to be added, so the first to be looked at
    const Record a = tree(shop, "a");
    const Record b = tree(shop, "b", a);
    a.setRelated("parent", b);
    leaf.setRelated("parent", a);
    shop.session->flush();
    VERIFY_SENT(shop.recorder.counted({"INSERT trees x3", "UPDATE trees"}));
    QVERIFY(shop.stored("SELECT p.name FROM trees t JOIN trees p ON p.id = t.parent_id WHERE t.name = 'leaf'") ==
            Value("a"));
}

void Cycles::anObjectMayReferToItself()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record a = tree(shop, "a");
    a.setRelated("parent", a);
    shop.session->commit();
    VERIFY_SENT(shop.recorder.exactly({"INSERT trees", "UPDATE trees"}));
    QVERIFY(a.get("parent_id") == a.get("id"));
    shop.session->remove(a);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM trees") == Value(0));
}

void Cycles::aCircleThatCannotBeCutIsRefusedByNames()
{
    QFETCH(Shape, shape);
    World world(shape, circles, circleRecords);
    const Record head = world.add("heads");
    const Record tail = world.add("tails");
    head.setRelated("tail", tail);
    tail.setRelated("head", head);
    const std::string message = messageOf<orm::Argument>([&] { world.session->flush(); });
    QVERIFY2(message.find("heads.tail (tails), tails.head (heads)") != std::string::npos ||
                 message.find("tails.head (heads), heads.tail (tails)") != std::string::npos,
             message.c_str());
    VERIFY_SENT(world.recorder.nothing());
}

void Cycles::afterARefusedCircleTheSessionGoesOn()
{
    QFETCH(Shape, shape);
    World world(shape, circles, circleRecords);
    const Record head = world.add("heads");
    const Record tail = world.add("tails");
    head.setRelated("tail", tail);
    tail.setRelated("head", head);
    THROWS(world.session->flush(), orm::Argument);
    world.session->rollback();
    world.add("companies", {{"name", "Acme"}});
    world.session->commit();
    QVERIFY(world.stored("SELECT count(*) FROM companies") == Value(1));
}

void Cycles::aDeletedCircleIsCutFirst()
{
    QFETCH(Shape, shape);
    Firm firm(shape);
    firm.session->commit();
    QVERIFY(firm.company.get("owner_id") == firm.owner.get("id"));
    QVERIFY(firm.owner.get("name") == Value("Ana"));
    firm.session->remove(firm.company);
    firm.session->remove(firm.owner);
    firm.recorder.clear();
    firm.session->flush();
    VERIFY_SENT(firm.recorder.counted({"UPDATE x1", "DELETE x2"}));
    VERIFY_SENT(firm.recorder.before("UPDATE companies", "DELETE"));
    VERIFY_SENT(firm.recorder.before("DELETE employees", "DELETE companies"));
    firm.session->commit();
    QVERIFY(firm.stored("SELECT (SELECT count(*) FROM companies) + (SELECT count(*) FROM employees)") == Value(0));
}

void Cycles::aDeletedRingOfTreesIsCutOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record a = tree(shop, "a");
    const Record b = tree(shop, "b", a);
    const Record c = tree(shop, "c", b);
    a.setRelated("parent", c);
    shop.session->commit();
    for (const Record &each : {a, b, c})
        shop.session->remove(each);
    shop.session->commit();
    VERIFY_SENT(shop.recorder.counted({"UPDATE trees x2", "DELETE trees x3"})); // one at the insert, one here
    QVERIFY(shop.stored("SELECT count(*) FROM trees") == Value(0));
}

void Cycles::deletedTreesThatWereNotLoadedGoLeavesFirst()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record root = tree(shop, "root");
    const Record branch = tree(shop, "branch", root);
    const Record leaf = tree(shop, "leaf", branch);
    shop.session->commit(); // expires them
    for (const Record &each : {root, branch, leaf})
        shop.session->remove(each);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM trees") == Value(0));
}

void Cycles::parentAndChildSwapPlaces()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record a = tree(shop, "a");
    const Record b = tree(shop, "b", a);
    shop.session->flush();
    shop.forget();
    b.setRelated("parent", {});
    a.setRelated("parent", b);
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"UPDATE trees x2"}));
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE name = 'a'") == b.get("id"));
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE name = 'b'").isNull());
}

void Cycles::anOldTreeMovesUnderANewOne()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record old = tree(shop, "old");
    shop.session->flush();
    shop.forget();
    old.setRelated("parent", tree(shop, "new"));
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"INSERT trees", "UPDATE trees"}));
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE name = 'old'") == Value(2));
}

void Cycles::aNewTreeComesInBetween()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record root = tree(shop, "root");
    const Record leaf = tree(shop, "leaf", root);
    shop.session->flush();
    shop.forget();
    leaf.setRelated("parent", tree(shop, "between", root));
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"INSERT trees", "UPDATE trees"}));
    QVERIFY(shop.stored("SELECT group_concat(parent_id) FROM trees WHERE parent_id IS NOT NULL ORDER BY id") ==
            Value("3,1"));
}

void Cycles::aTreeIsInsertedLevelByLevel()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record a = tree(shop, "a");
    const Record under = tree(shop, "a.a", a);
    tree(shop, "a.a.a", under);
    tree(shop, "b");
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"INSERT trees x4"}));
    QVERIFY(shop.stored("SELECT group_concat(name, ' ') FROM (SELECT name FROM trees ORDER BY id)") ==
            Value("a b a.a a.a.a"));
}

void Cycles::keysThatWereSetOrderObjectsToo()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.add("trees", {{"id", 7}, {"name", "leaf"}, {"parent_id", 8}});
    shop.add("trees", {{"id", 8}, {"name", "root"}});
    shop.session->commit();
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE id = 7") == Value(8));
}

void Cycles::anUpdateFreesAUniqueValueWithinACycle()
{
    QFETCH(Shape, shape);
    Firm firm(shape);
    firm.session->flush();
    firm.company.set("name", "Acme and Sons");
    firm.add("companies", {{"name", "Acme"}});
    firm.session->commit();
    QVERIFY(firm.stored("SELECT count(*) FROM companies") == Value(2));
}

QTEST_APPLESS_MAIN(Cycles)
#include "tst_cycles.moc"
