#include "tests/unit/session/shop.h"

using orm::Life;
using orm::Record;
using orm::Value;

/// The states of an object, transactions, and what is loaded when.
class States : public QObject {
    Q_OBJECT

private slots:
    void addAndFlushLeadFromPendingToPersistent_data() { bothShapes(); }
    void addAndFlushLeadFromPendingToPersistent();
    void aPendingObjectThatIsRemovedJustLeaves_data() { bothShapes(); }
    void aPendingObjectThatIsRemovedJustLeaves();
    void anObjectAddedAgainIsNotDeleted_data() { bothShapes(); }
    void anObjectAddedAgainIsNotDeleted();
    void aRowIsOneObject_data() { bothShapes(); }
    void aRowIsOneObject();
    void queriesDoNotOverwriteWhatIsLoaded_data() { bothShapes(); }
    void queriesDoNotOverwriteWhatIsLoaded();
    void populateExistingOverwritesAllButChanges();
    void getSendsNothingForALoadedObject_data() { bothShapes(); }
    void getSendsNothingForALoadedObject();
    void getOfAMissingRowIsEmpty_data() { bothShapes(); }
    void getOfAMissingRowIsEmpty();
    void anExpiredObjectIsLoadedWhenItIsRead_data() { bothShapes(); }
    void anExpiredObjectIsLoadedWhenItIsRead();
    void anExpiredObjectWithoutARowIsDeleted_data() { bothShapes(); }
    void anExpiredObjectWithoutARowIsDeleted();
    void anExpiredObjectIsWrittenWithoutBeingRead_data() { bothShapes(); }
    void anExpiredObjectIsWrittenWithoutBeingRead();
    void refreshDropsUnsavedChanges_data() { bothShapes(); }
    void refreshDropsUnsavedChanges();
    void anExpungedObjectIsDetachedAndUnsaved_data() { bothShapes(); }
    void anExpungedObjectIsDetachedAndUnsaved();
    void aDetachedObjectCanComeBack_data() { bothShapes(); }
    void aDetachedObjectCanComeBack();
    void objectsOutliveTheirSession_data() { bothShapes(); }
    void objectsOutliveTheirSession();
    void anObjectOfAnotherSessionIsRefused_data() { bothShapes(); }
    void anObjectOfAnotherSessionIsRefused();
    void withoutImplicitIoNothingLoadsByItself_data() { bothShapes(); }
    void withoutImplicitIoNothingLoadsByItself();
};

void States::addAndFlushLeadFromPendingToPersistent()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    QVERIFY(ana.life() == Life::Pending);
    QVERIFY(shop.session->hasChanges());
    shop.session->flush();
    QVERIFY(ana.life() == Life::Persistent);
    QVERIFY(!shop.session->hasChanges());
    QVERIFY(ana.key() == std::vector<Value>{1});
}

void States::aPendingObjectThatIsRemovedJustLeaves()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->remove(ana);
    QVERIFY(ana.life() == Life::Transient);
    shop.session->flush();
    QCOMPARE(shop.sent(), 0);
}

void States::anObjectAddedAgainIsNotDeleted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->remove(ana);
    shop.session->add(ana);
    shop.session->flush();
    QCOMPARE(shop.sent("DELETE"), 0);
    QVERIFY(ana.life() == Life::Persistent);
}

void States::aRowIsOneObject()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->commit();
    QVERIFY(shop.session->first(orm::select(shop.table("users"))) == ana);
    QVERIFY(shop.get("users", 1) == ana);
}

void States::queriesDoNotOverwriteWhatIsLoaded()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.stored("UPDATE users SET name = 'other', age = 5");
    const auto all = shop.session->all(orm::select(shop.table("users")));
    QVERIFY(all[0] == ana);
    QVERIFY(ana.get("name") == Value("Ana"));
}

void States::populateExistingOverwritesAllButChanges()
{
    Shop quiet(Shape::Classes, {.autoflush = false});
    const orm::Ref<User> eva = quiet.session->add(User{.name = "Eva"});
    quiet.session->flush();
    quiet.stored("UPDATE users SET name = 'other', age = 5");
    eva.set<&User::name>("mine");
    (void)quiet.session->all(orm::select<User>().populateExisting());
    QCOMPARE(eva->name, std::string("mine"));
    QCOMPARE(eva->age.value_or(0), 5);
}

void States::getSendsNothingForALoadedObject()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.forget();
    QVERIFY(shop.get("users", 1) == ana);
    QVERIFY(shop.statements.empty());
}

void States::getOfAMissingRowIsEmpty()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    QVERIFY(!shop.get("users", 7));
    QCOMPARE(shop.sent("SELECT"), 1);
    QVERIFY(!shop.get("users", Value()));
    QCOMPARE(shop.sent("SELECT"), 1);
}

void States::anExpiredObjectIsLoadedWhenItIsRead()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.stored("UPDATE users SET name = 'Anna'");
    shop.session->expire(ana);
    shop.forget();
    QVERIFY(ana.get("name") == Value("Anna"));
    QCOMPARE(shop.sent("SELECT"), 1);
}

void States::anExpiredObjectWithoutARowIsDeleted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.stored("DELETE FROM users");
    shop.session->expire(ana);
    THROWS((void)ana.get("name"), orm::ObjectDeleted);
    THROWS(shop.session->refresh(ana), orm::ObjectDeleted);
}

void States::anExpiredObjectIsWrittenWithoutBeingRead()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->commit();
    shop.forget();
    ana.set("age", 8);
    shop.session->flush();
    QCOMPARE(shop.sent("SELECT"), 0);
    QCOMPARE(shop.sent("UPDATE"), 1);
    QVERIFY(ana.get("age") == Value(8));
    QVERIFY(ana.get("name") == Value("Ana"));
}

void States::refreshDropsUnsavedChanges()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    ana.set("name", "mine");
    shop.session->refresh(ana);
    QVERIFY(ana.get("name") == Value("Ana"));
    shop.forget();
    shop.session->flush();
    QCOMPARE(shop.sent(), 0);
}

void States::anExpungedObjectIsDetachedAndUnsaved()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    ana.set("name", "mine");
    shop.session->expunge(ana);
    QVERIFY(ana.life() == Life::Detached);
    QVERIFY(ana.get("name") == Value("mine"));
    shop.session->flush();
    QVERIFY(shop.stored("SELECT name FROM users") == Value("Ana"));
    QVERIFY(!(shop.get("users", 1) == ana));
}

void States::aDetachedObjectCanComeBack()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->expunge(ana);
    ana.set("name", "changed outside");
    shop.session->add(ana);
    QVERIFY(ana.life() == Life::Persistent);
    QVERIFY(shop.get("users", 1) == ana);
}

void States::objectsOutliveTheirSession()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record eva = shop.user("Eva");
    shop.session->commit();
    QVERIFY(ana.get("name") == Value("Ana"));
    shop.session->expire(eva);
    shop.session.reset();
    QVERIFY(ana.life() == Life::Detached);
    QVERIFY(ana.get("name") == Value("Ana"));
    THROWS((void)eva.get("name"), orm::Detached); // was not loaded
}

void States::anObjectOfAnotherSessionIsRefused()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    orm::Session other(*shop.engine, shop.registry);
    const Record ana = shop.user("Ana");
    const Record address = other.add(shop.table("addresses"), {{"street", "Rua A"}});
    THROWS(other.add(ana), orm::Argument);
    THROWS(address.setRelated("user", ana), orm::Argument);
    THROWS(other.remove(ana), orm::Argument);
}

void States::withoutImplicitIoNothingLoadsByItself()
{
    QFETCH(Shape, shape);
    Shop shop(shape, {.implicitIo = false});
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->expire(ana);
    shop.forget();
    THROWS((void)ana.get("name"), orm::ImplicitIo);
    THROWS((void)ana.collection("notes"), orm::ImplicitIo);
    QCOMPARE(shop.sent(), 0);
    shop.session->refresh(ana);
    QVERIFY(ana.get("name") == Value("Ana"));
}

QTEST_APPLESS_MAIN(States)
#include "tst_states.moc"
