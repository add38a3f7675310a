#include "tests/unit/session/shop.h"

using orm::Record;
using orm::Value;

/// Links between objects: both sides in step, what a flush makes of them, and how they are loaded.
class Relationships : public QObject {
    Q_OBJECT

private slots:
    void addingToACollectionSetsTheOtherSide_data() { bothShapes(); }
    void addingToACollectionSetsTheOtherSide();
    void settingTheParentFillsItsCollection_data() { bothShapes(); }
    void settingTheParentFillsItsCollection();
    void aChildHasOneParentOnly_data() { bothShapes(); }
    void aChildHasOneParentOnly();
    void addingTwiceIsAddingOnce_data() { bothShapes(); }
    void addingTwiceIsAddingOnce();
    void addingToACollectionThatIsNotLoadedSendsNothing_data() { bothShapes(); }
    void addingToACollectionThatIsNotLoadedSendsNothing();
    void takingFromACollectionThatIsNotLoadedHolds_data() { bothShapes(); }
    void takingFromACollectionThatIsNotLoadedHolds();
    void linkingToAKnownParentWritesTheKeyAtOnce_data() { bothShapes(); }
    void linkingToAKnownParentWritesTheKeyAtOnce();
    void linkingAddsToTheSession();
    void removalFromACollectionNullsTheKey_data() { bothShapes(); }
    void removalFromACollectionNullsTheKey();
    void removalFromAnOwningCollectionDeletesTheOrphan_data() { bothShapes(); }
    void removalFromAnOwningCollectionDeletesTheOrphan();
    void aMovedChildIsNoOrphan_data() { bothShapes(); }
    void aMovedChildIsNoOrphan();
    void aNewOrphanIsNotInserted_data() { bothShapes(); }
    void aNewOrphanIsNotInserted();
    void deletingParentsDeletesOwnedChildrenWithOneSelect_data() { bothShapes(); }
    void deletingParentsDeletesOwnedChildrenWithOneSelect();
    void deletingAParentNullsTheKeysOfOthers_data() { bothShapes(); }
    void deletingAParentNullsTheKeysOfOthers();
    void reflectedTablesLeaveChildrenToTheDatabase();
};

void Relationships::addingToACollectionSetsTheOtherSide()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record address = shop.add("addresses", {{"street", "Rua A"}});
    ana.addTo("addresses", address);
    QVERIFY(address.related("user") == ana);
    QCOMPARE(shop.sent(), 0);
    shop.session->flush();
    QVERIFY(address.get("user_id") == Value(1));
}

void Relationships::settingTheParentFillsItsCollection()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record address = shop.add("addresses", {{"street", "Rua A"}});
    address.setRelated("user", ana);
    QVERIFY(ana.collection("addresses") == std::vector<Record>{address});
    QCOMPARE(shop.sent(), 0);
}

void Relationships::aChildHasOneParentOnly()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record rui = shop.user("Rui");
    const Record address = shop.add("addresses", {{"street", "Rua A"}});
    ana.addTo("addresses", address);
    rui.addTo("addresses", address);
    QVERIFY(ana.collection("addresses").empty());
    QCOMPARE(rui.collection("addresses").size(), std::size_t{1});
    shop.session->flush();
    QVERIFY(shop.stored("SELECT user_id FROM addresses") == rui.get("id"));
}

void Relationships::addingTwiceIsAddingOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record address = shop.add("addresses", {{"street", "Rua A"}});
    ana.addTo("addresses", address);
    ana.addTo("addresses", address);
    address.setRelated("user", ana);
    QCOMPARE(ana.collection("addresses").size(), std::size_t{1});
}

void Relationships::addingToACollectionThatIsNotLoadedSendsNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape, {.autoflush = false});
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.forget();
    const Record third = shop.add("addresses", {{"street", "Rua C"}});
    ana.addTo("addresses", third);
    QCOMPARE(shop.sent(), 0);
    const auto addresses = ana.collection("addresses");
    QCOMPARE(addresses.size(), std::size_t{3});
    QVERIFY(addresses[2] == third);
    QCOMPARE(shop.sent("SELECT"), 1);
}

void Relationships::takingFromACollectionThatIsNotLoadedHolds()
{
    QFETCH(Shape, shape);
    Shop shop(shape, {.autoflush = false});
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record first = shop.get("addresses", 1);
    ana.removeFrom("addresses", first);
    QVERIFY(ana.collection("addresses") == std::vector<Record>{shop.get("addresses", 2)});
}

void Relationships::linkingToAKnownParentWritesTheKeyAtOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record address = shop.add("addresses", {{"street", "Rua C"}});
    address.setRelated("user", shop.get("users", 2));
    QVERIFY(address.get("user_id") == Value(2));
}

void Relationships::linkingAddsToTheSession()
{
    Shop shop;
    const orm::Ref<User> ana = shop.session->add(User{.name = "Ana"});
    const orm::Ref<Address> address = ana.add<&User::addresses>(Address{.street = "Rua A"});
    QVERIFY(address.life() == orm::Life::Pending);
    shop.session->flush();
    QCOMPARE(address->userId.value_or(0), ana->id);
}

void Relationships::removalFromACollectionNullsTheKey()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record note = shop.add("notes", {{"text", "x"}});
    ana.addTo("notes", note);
    shop.session->commit();
    ana.removeFrom("notes", note);
    QVERIFY(!note.related("user"));
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM notes WHERE user_id IS NULL") == Value(1));
}

void Relationships::removalFromAnOwningCollectionDeletesTheOrphan()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    ana.removeFrom("addresses", ana.collection("addresses")[0]);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT group_concat(id) FROM addresses") == Value("2,3,4"));
    QCOMPARE(shop.sent("UPDATE"), 0);
}

void Relationships::aMovedChildIsNoOrphan()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    const Record address = ana.collection("addresses")[0];
    ana.removeFrom("addresses", address);
    rui.addTo("addresses", address);
    shop.session->commit();
    QCOMPARE(shop.sent("DELETE"), 0);
    QVERIFY(shop.stored("SELECT count(*) FROM addresses WHERE user_id = 2") == Value(3));
}

void Relationships::aNewOrphanIsNotInserted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record address = shop.add("addresses", {{"street", "Rua A"}});
    ana.addTo("addresses", address);
    ana.removeFrom("addresses", address);
    shop.session->flush();
    QVERIFY(shop.stored("SELECT count(*) FROM addresses") == Value(0));
    QVERIFY(address.life() == orm::Life::Transient);
}

void Relationships::deletingParentsDeletesOwnedChildrenWithOneSelect()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    for (const Record &user : shop.session->all(orm::select(shop.table("users"))))
        shop.session->remove(user);
    shop.forget();
    shop.session->commit();
    QCOMPARE(shop.sent("SELECT"), 2); // addresses and notes of both users
    QCOMPARE(shop.sent("DELETE"), 6);
    QVERIFY(shop.stored("SELECT count(*) FROM addresses") == Value(0));
}

void Relationships::deletingAParentNullsTheKeysOfOthers()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    ana.addTo("notes", shop.add("notes", {{"text", "x"}}));
    shop.session->commit();
    shop.session->remove(ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM notes WHERE user_id IS NULL") == Value(1));
}

void Relationships::reflectedTablesLeaveChildrenToTheDatabase()
{
    Shop shop;
    fill(shop);
    const orm::Registry registry = [&] {
        orm::Connection connection = shop.engine->connect();
        return orm::Registry::reflected(orm::reflect(connection));
    }();
    orm::Session session(*shop.engine, registry);
    const Record ana = session.get(registry.metadata()["users"], {1});
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    QVERIFY(ana.collection("addresses")[0].related("users") == ana);
    session.remove(ana);
    try {
        session.flush();
        QFAIL("the children lost their parent");
    } catch (const orm::Integrity &error) {
        QCOMPARE(error.kind(), orm::IntegrityKind::ForeignKey);
    }
}

QTEST_APPLESS_MAIN(Relationships)
#include "tst_relationships.moc"
