#include "tests/unit/session/shop.h"

using orm::Record;
using orm::Value;

/// How relationships come into memory, and with how many statements.
class LoadingOfRelationships : public QObject {
    Q_OBJECT

private slots:
    void aCollectionIsLoadedOnceByOneSelect_data() { bothShapes(); }
    void aCollectionIsLoadedOnceByOneSelect();
    void aParentInMemoryNeedsNoSelect_data() { bothShapes(); }
    void aParentInMemoryNeedsNoSelect();
    void aParentThatIsNotInMemoryIsLoaded_data() { bothShapes(); }
    void aParentThatIsNotInMemoryIsLoaded();
    void aNullKeyHasNoParentAndSendsNothing_data() { bothShapes(); }
    void aNullKeyHasNoParentAndSendsNothing();
    void aWrittenForeignKeyLeadsToTheNewParent_data() { bothShapes(); }
    void aWrittenForeignKeyLeadsToTheNewParent();
    void selectinLoadsACollectionOfAllWithOneSelect_data() { bothShapes(); }
    void selectinLoadsACollectionOfAllWithOneSelect();
    void selectinGoesOnIn512s_data() { bothShapes(); }
    void selectinGoesOnIn512s();
    void selectinFollowsAPath_data() { bothShapes(); }
    void selectinFollowsAPath();
    void selectinOfParentsAsksForEachOnce_data() { bothShapes(); }
    void selectinOfParentsAsksForEachOnce();
    void selectinKeepsQueuedAdditions_data() { bothShapes(); }
    void selectinKeepsQueuedAdditions();
    void expiryForgetsCollections_data() { bothShapes(); }
    void expiryForgetsCollections();
};

void LoadingOfRelationships::aCollectionIsLoadedOnceByOneSelect()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.forget();
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    QCOMPARE(shop.sent("SELECT"), 1);
}

void LoadingOfRelationships::aParentInMemoryNeedsNoSelect()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record address = shop.get("addresses", 1);
    shop.forget();
    QVERIFY(address.related("user") == ana);
    QCOMPARE(shop.sent(), 0);
}

void LoadingOfRelationships::aParentThatIsNotInMemoryIsLoaded()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record address = shop.get("addresses", 1);
    shop.forget();
    QVERIFY(address.related("user").get("name") == Value("Ana"));
    QVERIFY(address.related("user").get("name") == Value("Ana"));
    QCOMPARE(shop.sent("SELECT"), 1);
}

void LoadingOfRelationships::aNullKeyHasNoParentAndSendsNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record note = shop.add("notes", {{"text", "x"}});
    shop.session->flush();
    shop.forget();
    QVERIFY(!note.related("user"));
    QCOMPARE(shop.sent(), 0);
}

void LoadingOfRelationships::aWrittenForeignKeyLeadsToTheNewParent()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record address = shop.get("addresses", 1);
    QVERIFY(address.related("user").get("name") == Value("Ana"));
    address.set("user_id", 2);
    QVERIFY(address.related("user").get("name") == Value("Rui"));
    shop.session->commit();
    QVERIFY(shop.stored("SELECT user_id FROM addresses WHERE id = 1") == Value(2));
}

void LoadingOfRelationships::selectinLoadsACollectionOfAllWithOneSelect()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const auto users = shop.session->all(orm::select(shop.table("users")), {orm::selectinPath({"addresses"})});
    QCOMPARE(shop.sent("SELECT"), 2);
    for (const Record &user : users)
        for (const Record &address : user.collection("addresses"))
            QVERIFY(address.get("user_id") == user.get("id"));
    QCOMPARE(users[1].collection("addresses").size(), std::size_t{2});
    QCOMPARE(shop.sent("SELECT"), 2);
}

void LoadingOfRelationships::selectinGoesOnIn512s()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    for (int i = 0; i < 600; ++i)
        shop.user("someone");
    const Record last = shop.user("last");
    last.addTo("addresses", shop.add("addresses", {{"street", "Rua Z"}}));
    shop.session->commit();
    shop.forget();
    const auto users = shop.session->all(orm::select(shop.table("users")), {orm::selectinPath({"addresses"})});
    QCOMPARE(shop.sent("SELECT"), 3);
    QCOMPARE(last.collection("addresses").size(), std::size_t{1});
    QCOMPARE(users[0].collection("addresses").size(), std::size_t{0});
    QCOMPARE(shop.sent("SELECT"), 3);
}

void LoadingOfRelationships::selectinFollowsAPath()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record root = shop.add("trees", {{"name", "root"}});
    for (int i = 0; i < 3; ++i) {
        const Record branch = shop.add("trees", {{"name", "branch"}});
        root.addTo("children", branch);
        branch.addTo("children", shop.add("trees", {{"name", "leaf"}}));
    }
    shop.session->commit();
    shop.session->sweep();
    shop.forget();
    orm::Select query(shop.table("trees"));
    query.where(orm::Expression(shop.table("trees").column("id")) == Value(1));
    const auto roots = shop.session->all(query, {orm::selectinPath({"children", "children"})});
    QCOMPARE(shop.sent("SELECT"), 3);
    for (const Record &branch : roots.at(0).collection("children"))
        QVERIFY(branch.collection("children").at(0).get("name") == Value("leaf"));
    QCOMPARE(shop.sent("SELECT"), 3);
}

void LoadingOfRelationships::selectinOfParentsAsksForEachOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const auto addresses = shop.session->all(orm::select(shop.table("addresses")), {orm::selectinPath({"user"})});
    QCOMPARE(shop.sent("SELECT"), 2);
    QVERIFY(addresses[3].related("user").get("name") == Value("Rui"));
    QCOMPARE(shop.sent("SELECT"), 2);
}

void LoadingOfRelationships::selectinKeepsQueuedAdditions()
{
    QFETCH(Shape, shape);
    Shop shop(shape, {.autoflush = false});
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record third = shop.add("addresses", {{"street", "Rua C"}});
    ana.addTo("addresses", third);
    (void)shop.session->all(orm::select(shop.table("users")), {orm::selectinPath({"addresses"})});
    QCOMPARE(ana.collection("addresses").size(), std::size_t{3});
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM addresses WHERE user_id = 1") == Value(3));
}

void LoadingOfRelationships::expiryForgetsCollections()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    shop.stored("INSERT INTO addresses (street, user_id) VALUES ('Rua D', 1)");
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    shop.session->expire(ana);
    QCOMPARE(ana.collection("addresses").size(), std::size_t{3});
}

QTEST_APPLESS_MAIN(LoadingOfRelationships)
#include "tst_loading.moc"
