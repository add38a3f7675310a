#include "tests/unit/session/fleet.h"

using orm::Record;
using orm::Ref;
using orm::Value;

/// A lazy load serves the objects that came into memory together, so that reading one by one costs few statements.
class SiblingLoads : public QObject {
    Q_OBJECT

private slots:
    void oneLazyLoadFillsTheCollectionsOfAll_data() { bothShapes(); }
    void oneLazyLoadFillsTheCollectionsOfAll();
    void oneLazyLoadFindsTheParentsOfAll_data() { bothShapes(); }
    void oneLazyLoadFindsTheParentsOfAll();
    void oneToOneIsFilledForAll_data() { bothShapes(); }
    void oneToOneIsFilledForAll();
    void aGraphIsReadWithOneStatementALevel_data() { bothShapes(); }
    void aGraphIsReadWithOneStatementALevel();
    void aThousandAndMoreGoInChunksOf512_data() { bothShapes(); }
    void aThousandAndMoreGoInChunksOf512();
    void theOrderOfReadingDoesNotMatter_data() { bothShapes(); }
    void theOrderOfReadingDoesNotMatter();
    void objectsOfDifferentQueriesAreNoSiblings_data() { bothShapes(); }
    void objectsOfDifferentQueriesAreNoSiblings();
    void objectsGotByKeyAreAlone_data() { bothShapes(); }
    void objectsGotByKeyAreAlone();
    void aLoadedCollectionOfASiblingStays_data() { bothShapes(); }
    void aLoadedCollectionOfASiblingStays();
    void queuedChangesOfASiblingHold_data() { bothShapes(); }
    void queuedChangesOfASiblingHold();
    void aChangedForeignKeyOfASiblingHolds_data() { bothShapes(); }
    void aChangedForeignKeyOfASiblingHolds();
    void expiredSiblingsAreLeftOut_data() { bothShapes(); }
    void expiredSiblingsAreLeftOut();
    void aSiblingThatASavepointTookBackIsLeftOut_data() { bothShapes(); }
    void aSiblingThatASavepointTookBackIsLeftOut();
    void aSiblingThatRefusesToLoadIsLeftOut_data() { bothShapes(); }
    void aSiblingThatRefusesToLoadIsLeftOut();
    void siblingsThatLeftTheSessionAreLeftOut_data() { bothShapes(); }
    void siblingsThatLeftTheSessionAreLeftOut();
    void siblingsThatWereFreedAreNotTouched_data() { bothShapes(); }
    void siblingsThatWereFreedAreNotTouched();
    void whoIsLeftAloneJoinsTheNextQuery_data() { bothShapes(); }
    void whoIsLeftAloneJoinsTheNextQuery();
    void theSessionCanSwitchItOff_data() { bothShapes(); }
    void theSessionCanSwitchItOff();
    void aQueryCanSwitchItOff_data() { bothShapes(); }
    void aQueryCanSwitchItOff();
    void theMemberOfAQueryCanSwitchItOff();
    void afterACommitAllAreLoadedByOneSelect_data() { bothShapes(); }
    void afterACommitAllAreLoadedByOneSelect();
    void newObjectsAreSiblingsOfThoseFlushedWithThem_data() { bothShapes(); }
    void newObjectsAreSiblingsOfThoseFlushedWithThem();
    void aVanishedSiblingSaysSoOnlyWhenItIsRead_data() { bothShapes(); }
    void aVanishedSiblingSaysSoOnlyWhenItIsRead();
    void anObjectExpiredByItselfIsLoadedAlone_data() { bothShapes(); }
    void anObjectExpiredByItselfIsLoadedAlone();
};

void SiblingLoads::oneLazyLoadFillsTheCollectionsOfAll()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"));
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) a(x y) d(x y) c(x y) e(x y)"));
    QCOMPARE(fleet.selects(), 2);
}

void SiblingLoads::oneLazyLoadFindsTheParentsOfAll()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"));
    QVERIFY(!machines[4].related("site"));
    QCOMPARE(fleet.selects(), 1); // its key is NULL
    QVERIFY(machines[0].related("site").get("name") == Value("Recife"));
    QVERIFY(machines[3].related("site").get("name") == Value("Porto"));
    QCOMPARE(fleet.selects(), 2);
}

void SiblingLoads::oneToOneIsFilledForAll()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"));
    QVERIFY(!machines[1].related("plate"));
    QVERIFY(machines[4].related("plate").get("text") == Value("p5"));
    QCOMPARE(fleet.selects(), 2);
}

void SiblingLoads::aGraphIsReadWithOneStatementALevel()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto sites = fleet.session->all(fleet.select("sites"));
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QCOMPARE(fleet.selects(), 3);
}

namespace {

/// So many users with an address each, not in memory.
void makeUsers(Shop &shop, int users)
{
    orm::Connection &connection = shop.session->connection();
    connection.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :users) "
                       "INSERT INTO users (id, name) SELECT i, 'user ' || i FROM n",
                       {{"users", Value(users)}});
    connection.execute("INSERT INTO addresses (street, user_id) SELECT 'Rua ' || id, id FROM users");
    shop.session->commit();
    shop.forget();
}

} // namespace

void SiblingLoads::aThousandAndMoreGoInChunksOf512()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    makeUsers(shop, 1200);
    const auto users = shop.session->all(orm::select(shop.table("users")));
    shop.forget();
    for (const Record &user : users)
        QVERIFY(user.collection("addresses").at(0).get("user_id") == user.get("id"));
    QCOMPARE(shop.sent(), 3);
}

void SiblingLoads::theOrderOfReadingDoesNotMatter()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    makeUsers(shop, 1200);
    const auto users = shop.session->all(orm::select(shop.table("users")));
    shop.forget();
    for (std::size_t i = users.size(); i-- > 0;)
        QCOMPARE(users[i].collection("addresses").size(), std::size_t{1});
    QCOMPARE(shop.sent(), 3);
}

void SiblingLoads::objectsOfDifferentQueriesAreNoSiblings()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto some = fleet.session->all(fleet.select("machines").limit(2));
    const auto others = fleet.session->all(fleet.select("machines").offset(2).limit(10));
    QCOMPARE(told(some, {"parts"}), std::string("b(x y) a(x y)"));
    QCOMPARE(fleet.log.back().rows, std::int64_t{4});
    QCOMPARE(told(others, {"parts"}), std::string("d(x y) c(x y) e(x y)"));
    QCOMPARE(fleet.selects(), 4);
}

void SiblingLoads::objectsGotByKeyAreAlone()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const Record first = fleet.session->get(fleet.table("machines"), {1});
    const Record second = fleet.session->get(fleet.table("machines"), {2});
    QCOMPARE(told({first}, {"parts"}), std::string("b(x y)"));
    QCOMPARE(fleet.log.back().rows, std::int64_t{2});
    QVERIFY(second);
}

void SiblingLoads::aLoadedCollectionOfASiblingStays()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines").limit(1), {orm::selectinPath({"parts"})});
    fleet.execute("DELETE FROM parts WHERE machine_id = 1");
    const auto all = fleet.session->all(fleet.select("machines"));
    QCOMPARE(told(all, {"parts"}), std::string("b(x y) a(x y) d(x y) c(x y) e(x y)"));
}

void SiblingLoads::queuedChangesOfASiblingHold()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, {.autoflush = false});
    const auto machines = fleet.session->all(fleet.select("machines").limit(2));
    machines[1].addTo("parts", fleet.session->add(fleet.table("parts"), {{"name", "new"}}));
    machines[1].removeFrom("parts", fleet.session->get(fleet.table("parts"), {3}));
    QCOMPARE(told({machines[0]}, {"parts"}), std::string("b(x y)"));
    QCOMPARE(told({machines[1]}, {"parts"}), std::string("a(y new)"));
    fleet.session->commit();
    QVERIFY(fleet.session->connection().execute("SELECT count(*) FROM parts WHERE machine_id = 2").scalar() ==
            Value(2));
}

void SiblingLoads::aChangedForeignKeyOfASiblingHolds()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, {.autoflush = false});
    const auto parts = fleet.session->all(fleet.select("parts"));
    parts[1].set("machine_id", 5);
    QVERIFY(parts[0].related("machine").get("name") == Value("b"));
    QVERIFY(parts[1].related("machine").get("name") == Value("e"));
}

void SiblingLoads::expiredSiblingsAreLeftOut()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines").limit(2));
    fleet.session->expire(machines[1]);
    QCOMPARE(told({machines[0]}, {"parts"}), std::string("b(x y)"));
    QCOMPARE(fleet.log.back().rows, std::int64_t{2});
}

void SiblingLoads::aSiblingThatASavepointTookBackIsLeftOut()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines").limit(2));
    orm::NestedTransaction nested = fleet.session->beginNested();
    machines[1].set("name", "new");
    fleet.session->flush();
    nested.rollback();
    QCOMPARE(told({machines[0]}, {"parts"}), std::string("b(x y)"));
    QCOMPARE(fleet.log.back().rows, std::int64_t{2});
}

void SiblingLoads::aSiblingThatRefusesToLoadIsLeftOut()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines").limit(2));
    (void)fleet.session->all(fleet.select("machines").offset(1).limit(1), {loadPath(orm::Loading::Raise, {"parts"})});
    QCOMPARE(told({machines[0]}, {"parts"}), std::string("b(x y)"));
    THROWS((void)machines[1].collection("parts"), orm::ImplicitIo);
}

void SiblingLoads::siblingsThatLeftTheSessionAreLeftOut()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines").limit(3));
    fleet.session->expunge(machines[1]);
    fleet.session->remove(machines[2]);
    fleet.session->flush();
    QCOMPARE(told({machines[0]}, {"parts"}), std::string("b(x y)"));
    QCOMPARE(fleet.log.back().rows, std::int64_t{2});
}

void SiblingLoads::siblingsThatWereFreedAreNotTouched()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    auto machines = fleet.session->all(fleet.select("machines"));
    machines.erase(machines.begin() + 1, machines.begin() + 3);
    fleet.session->sweep();
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) c(x y) e(x y)"));
    QCOMPARE(fleet.log.back().rows, std::int64_t{6});
    QCOMPARE(fleet.selects(), 2);
}

void SiblingLoads::whoIsLeftAloneJoinsTheNextQuery()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const Record held = fleet.session->all(fleet.select("machines"))[0];
    fleet.session->sweep();
    const auto machines = fleet.session->all(fleet.select("machines"));
    QVERIFY(machines[0] == held);
    const int before = fleet.selects();
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) a(x y) d(x y) c(x y) e(x y)"));
    QCOMPARE(fleet.selects(), before + 1);
}

void SiblingLoads::theSessionCanSwitchItOff()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, {.siblingLoads = false});
    (void)told(fleet.session->all(fleet.select("machines")), {"parts"});
    QCOMPARE(fleet.selects(), 6);
}

void SiblingLoads::aQueryCanSwitchItOff()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    orm::QueryOptions options;
    options.siblings = false;
    (void)told(fleet.session->all(fleet.select("machines"), options), {"parts"});
    QCOMPARE(fleet.selects(), 6);
}

void SiblingLoads::theMemberOfAQueryCanSwitchItOff()
{
    Fleet fleet(Shape::Classes);
    for (const Ref<Machine> &machine : fleet.session->all(orm::select<Machine>().withoutSiblings()))
        QCOMPARE(machine->parts.size(), std::size_t{2});
    QCOMPARE(fleet.selects(), 6);
}

void SiblingLoads::afterACommitAllAreLoadedByOneSelect()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"));
    fleet.session->commit();
    fleet.log.clear();
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) a(x y) d(x y) c(x y) e(x y)"));
    QCOMPARE(fleet.selects(), 2);
}

void SiblingLoads::newObjectsAreSiblingsOfThoseFlushedWithThem()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    std::vector<Record> users;
    for (int i = 0; i < 10; ++i)
        users.push_back(shop.user("someone"));
    shop.session->commit();
    shop.forget();
    for (const Record &user : users)
        QCOMPARE(user.collection("notes").size(), std::size_t{0});
    for (const Record &user : users)
        QVERIFY(user.get("name") == Value("someone"));
    QCOMPARE(shop.sent(), 2);
}

void SiblingLoads::aVanishedSiblingSaysSoOnlyWhenItIsRead()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"));
    fleet.session->commit();
    fleet.execute("DELETE FROM parts WHERE machine_id = 2");
    fleet.execute("DELETE FROM machines WHERE id = 2");
    QVERIFY(machines[0].get("name") == Value("b"));
    QVERIFY(machines[2].get("name") == Value("d"));
    THROWS((void)machines[1].get("name"), orm::ObjectDeleted);
}

void SiblingLoads::anObjectExpiredByItselfIsLoadedAlone()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"));
    fleet.session->expire(machines[0]);
    fleet.session->expire(machines[1]);
    QVERIFY(machines[0].get("name") == Value("b"));
    QCOMPARE(fleet.log.back().rows, std::int64_t{1});
    fleet.execute("UPDATE machines SET name = 'new' WHERE id = 2");
    QVERIFY(machines[1].get("name") == Value("new"));
}

QTEST_APPLESS_MAIN(SiblingLoads)
#include "tst_loading_siblings.moc"
