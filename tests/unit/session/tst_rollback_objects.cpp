#include "tests/unit/session/world.h"

using orm::Life;
using orm::Record;
using orm::Value;

namespace {

struct Owner {
    std::int64_t id{};
    std::string name{};
};
struct Thing { // its owner is checked at commit
    std::int64_t id{};
    std::int64_t ownerId{};
};

orm::Registry lateChecks()
{
    orm::Registry registry;
    registry.map<Owner>("owners")
        .column<&Owner::id>("id", orm::primaryKey)
        .column<&Owner::name>("name", orm::String(9));
    registry.map<Thing>("things")
        .column<&Thing::id>("id", orm::primaryKey)
        .column<&Thing::ownerId>("owner_id", orm::references("owners.id"));
    registry.metadata().find("things")->foreignKeys[0].deferrable = orm::Deferrable::InitiallyDeferred;
    return registry;
}

Record address(Shop &shop, const Record &user, const char *street)
{
    const Record made = shop.add("addresses", {{"street", street}});
    made.setRelated("user", user);
    return made;
}

bool isUnset(const Value &key) { return key.isNull() || key == Value(0); }

} // namespace

/// What rollbacks, failed flushes and failed commits leave of objects.
class RollbackObjects : public QObject {
    Q_OBJECT

private slots:
    void anObjectThatIsAddedAgainGetsANewKey_data() { bothShapes(); }
    void anObjectThatIsAddedAgainGetsANewKey();
    void aKeyOfTheProgramStays_data() { bothShapes(); }
    void aKeyOfTheProgramStays();
    void linkedObjectsThatAreAddedAgainStayLinked_data() { bothShapes(); }
    void linkedObjectsThatAreAddedAgainStayLinked();
    void aSavepointKeepsWhatWasThereBefore_data() { bothShapes(); }
    void aSavepointKeepsWhatWasThereBefore();
    void aSavepointTakesNewChildrenOutOfCollections_data() { bothShapes(); }
    void aSavepointTakesNewChildrenOutOfCollections();
    void aSavepointPutsDeletedChildrenBackIntoCollections_data() { bothShapes(); }
    void aSavepointPutsDeletedChildrenBackIntoCollections();
    void aSavepointMovesChildrenBack_data() { bothShapes(); }
    void aSavepointMovesChildrenBack();
    void aSavepointTakesUnflushedLinksBack_data() { bothShapes(); }
    void aSavepointTakesUnflushedLinksBack();
    void savepointsNest_data() { bothShapes(); }
    void savepointsNest();
    void theOuterSavepointTakesBackWhatTheInnerOneMoved_data() { bothShapes(); }
    void theOuterSavepointTakesBackWhatTheInnerOneMoved();
    void anErrorInTheInnermostLeavesTheOthers_data() { bothShapes(); }
    void anErrorInTheInnermostLeavesTheOthers();
    void anErrorWhileReadingLeavesTheSavepoint_data() { bothShapes(); }
    void anErrorWhileReadingLeavesTheSavepoint();
    void aFailedFlushIsRolledBackOnce_data() { bothShapes(); }
    void aFailedFlushIsRolledBackOnce();
    void objectsOfAFailedFlushCanBeMendedAndAddedAgain_data() { bothShapes(); }
    void objectsOfAFailedFlushCanBeMendedAndAddedAgain();
    void aFailedCommitLeavesTheObjects_data() { bothShapes(); }
    void aFailedCommitLeavesTheObjects();
    void afterAFailedCommitRollbackRestores_data() { bothShapes(); }
    void afterAFailedCommitRollbackRestores();
    void aDeletionIsTakenBackByAFailedCommit_data() { bothShapes(); }
    void aDeletionIsTakenBackByAFailedCommit();
    void aTransactionThatTheDatabaseEndedIsNoticed_data() { bothShapes(); }
    void aTransactionThatTheDatabaseEndedIsNoticed();
};

void RollbackObjects::anObjectThatIsAddedAgainGetsANewKey()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->rollback();
    QVERIFY(isUnset(ana.get("id")));
    shop.user("Rui"); // takes the key that Ana had
    shop.session->flush();
    shop.session->add(ana);
    shop.session->commit();
    QVERIFY(ana.get("id") == Value(2));
}

void RollbackObjects::aKeyOfTheProgramStays()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.add("users", {{"id", 7}, {"name", "Ana"}});
    shop.session->flush();
    shop.session->rollback();
    QVERIFY(ana.get("id") == Value(7));
    shop.session->add(ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT id FROM users") == Value(7));
}

void RollbackObjects::linkedObjectsThatAreAddedAgainStayLinked()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record street = address(shop, ana, "Rua A");
    shop.session->flush();
    shop.session->rollback();
    shop.user("Rui");
    shop.session->flush();
    shop.session->add(street); // brings Ana
    shop.session->commit();
    QVERIFY(ana.get("id") == Value(2));
    QVERIFY(street.get("user_id") == Value(2));
    QVERIFY(shop.stored("SELECT user_id FROM addresses") == Value(2));
}

void RollbackObjects::aSavepointKeepsWhatWasThereBefore()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record rui = shop.user("Rui");
    orm::NestedTransaction nested = shop.session->beginNested();
    ana.set("age", 30);
    shop.session->flush();
    shop.forget();
    nested.rollback();
    QVERIFY(rui.get("name") == Value("Rui"));
    VERIFY_SENT(shop.recorder.nothing()); // not expired
    QVERIFY(ana.get("age").isNull());
    VERIFY_SENT(shop.recorder.exactly({"SELECT users"}));
}

void RollbackObjects::aSavepointTakesNewChildrenOutOfCollections()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    orm::NestedTransaction nested = shop.session->beginNested();
    ana.addTo("addresses", shop.add("addresses", {{"street", "flushed"}}));
    shop.session->flush();
    ana.addTo("addresses", shop.add("addresses", {{"street", "not flushed"}}));
    nested.rollback();
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
}

void RollbackObjects::aSavepointPutsDeletedChildrenBackIntoCollections()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record first = ana.collection("addresses")[0];
    orm::NestedTransaction nested = shop.session->beginNested();
    ana.removeFrom("addresses", first); // an orphan
    shop.session->flush();
    QVERIFY(first.life() == Life::Deleted);
    nested.rollback();
    QVERIFY(first.life() == Life::Persistent);
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
}

void RollbackObjects::aSavepointMovesChildrenBack()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    const Record first = ana.collection("addresses")[0];
    QCOMPARE(rui.collection("addresses").size(), std::size_t{2});
    orm::NestedTransaction nested = shop.session->beginNested();
    first.setRelated("user", rui);
    shop.session->flush();
    nested.rollback();
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    QCOMPARE(rui.collection("addresses").size(), std::size_t{2});
    QVERIFY(first.related("user") == ana);
}

void RollbackObjects::aSavepointTakesUnflushedLinksBack()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    const Record first = ana.collection("addresses")[0];
    QCOMPARE(rui.collection("addresses").size(), std::size_t{2});
    orm::NestedTransaction nested = shop.session->beginNested();
    first.setRelated("user", rui);
    nested.rollback();
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    QCOMPARE(rui.collection("addresses").size(), std::size_t{2});
    QVERIFY(!shop.session->hasChanges());
}

void RollbackObjects::savepointsNest()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    orm::NestedTransaction outer = shop.session->beginNested();
    ana.set("name", "outer");
    orm::NestedTransaction middle = shop.session->beginNested();
    ana.set("name", "middle");
    {
        orm::NestedTransaction inner = shop.session->beginNested();
        ana.set("name", "inner");
        inner.commit();
    }
    QVERIFY(shop.stored("SELECT name FROM users") == Value("inner"));
    middle.rollback(); // and with it what the inner one did
    QVERIFY(ana.get("name") == Value("outer"));
    outer.commit();
    shop.session->commit();
    QVERIFY(shop.stored("SELECT name FROM users") == Value("outer"));
}

void RollbackObjects::theOuterSavepointTakesBackWhatTheInnerOneMoved()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    const Record first = ana.collection("addresses")[0];
    QCOMPARE(rui.collection("addresses").size(), std::size_t{2});
    orm::NestedTransaction outer = shop.session->beginNested();
    orm::NestedTransaction inner = shop.session->beginNested();
    first.setRelated("user", rui);
    inner.commit();
    outer.rollback();
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    QCOMPARE(rui.collection("addresses").size(), std::size_t{2});
}

void RollbackObjects::anErrorInTheInnermostLeavesTheOthers()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    orm::NestedTransaction outer = shop.session->beginNested();
    shop.add("users", {{"name", "Rui"}, {"email", "r@b"}});
    {
        orm::NestedTransaction inner = shop.session->beginNested();
        shop.add("users", {{"name", "Eva"}, {"email", "a@b"}});
        THROWS(shop.session->flush(), orm::Integrity);
        THROWS(shop.session->flush(), orm::PendingRollback);
        inner.rollback();
    }
    outer.commit();
    shop.session->commit();
    QVERIFY(shop.stored("SELECT group_concat(name) FROM users") == Value("Ana,Rui"));
}

void RollbackObjects::anErrorWhileReadingLeavesTheSavepoint()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    orm::NestedTransaction nested = shop.session->beginNested();
    shop.user("Ana");
    shop.session->flush();
    THROWS(shop.stored("SELECT nothing FROM nowhere"), orm::Programming);
    nested.commit();
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(1));
}

void RollbackObjects::aFailedFlushIsRolledBackOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    shop.session->flush();
    const Record eva = shop.add("users", {{"name", "Eva"}, {"email", "a@b"}});
    THROWS(shop.session->flush(), orm::Integrity);
    THROWS(shop.session->commit(), orm::PendingRollback);
    shop.session->rollback();
    QVERIFY(ana.life() == Life::Transient);
    QVERIFY(eva.life() == Life::Transient);
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(0));
}

void RollbackObjects::objectsOfAFailedFlushCanBeMendedAndAddedAgain()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    const Record eva = shop.add("users", {{"name", "Eva"}, {"email", "a@b"}});
    THROWS(shop.session->flush(), orm::Integrity);
    shop.session->rollback();
    eva.set("email", "e@b");
    shop.session->addAll(std::vector<Record>{ana, eva});
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(2));
}

void RollbackObjects::aFailedCommitLeavesTheObjects()
{
    QFETCH(Shape, shape);
    World world(shape, lateChecks, noRecords);
    const Record thing = world.add("things", {{"owner_id", 99}});
    try {
        world.session->commit();
        QFAIL("nobody is 99");
    } catch (const orm::Integrity &error) {
        QVERIFY(error.kind() == orm::IntegrityKind::ForeignKey);
    }
    QVERIFY(thing.life() == Life::Persistent); // neither expired nor gone
    world.recorder.clear();
    QVERIFY(thing.get("owner_id") == Value(99));
    VERIFY_SENT(world.recorder.nothing());
    THROWS(world.session->commit(), orm::PendingRollback);
}

void RollbackObjects::afterAFailedCommitRollbackRestores()
{
    QFETCH(Shape, shape);
    World world(shape, lateChecks, noRecords);
    const Record owner = world.add("owners", {{"name", "Ana"}});
    world.session->commit();
    owner.set("name", "Eva");
    const Record thing = world.add("things", {{"owner_id", 99}});
    THROWS(world.session->commit(), orm::Integrity);
    world.session->rollback();
    QVERIFY(thing.life() == Life::Transient);
    QVERIFY(owner.get("name") == Value("Ana"));
    thing.set("owner_id", owner.get("id"));
    world.session->add(thing);
    world.session->commit();
    QVERIFY(world.stored("SELECT count(*) FROM things") == Value(1));
}

void RollbackObjects::aDeletionIsTakenBackByAFailedCommit()
{
    QFETCH(Shape, shape);
    World world(shape, lateChecks, noRecords);
    const Record owner = world.add("owners", {{"name", "Ana"}});
    world.session->flush();
    world.add("things", {{"owner_id", owner.get("id")}});
    world.session->commit();
    world.session->remove(owner); // the thing's key would lead nowhere
    THROWS(world.session->commit(), orm::Integrity);
    QVERIFY(owner.life() == Life::Deleted);
    world.session->rollback();
    QVERIFY(owner.life() == Life::Persistent);
    QVERIFY(owner.get("name") == Value("Ana"));
}

void RollbackObjects::aTransactionThatTheDatabaseEndedIsNoticed()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.session->connection().executeScript(
        "CREATE TRIGGER all_gone BEFORE INSERT ON notes BEGIN SELECT RAISE(ROLLBACK, 'no notes'); END");
    shop.session->connection().commit();
    const Record ana = shop.user("Ana");
    shop.session->flush();
    orm::NestedTransaction nested = shop.session->beginNested();
    shop.add("notes", {{"text", "x"}});
    THROWS(shop.session->flush(), orm::Error); // the database rolls the whole transaction back
    THROWS(nested.rollback(), orm::Error);     // with the savepoint in it
    QVERIFY(ana.life() == Life::Transient);
    shop.session->add(ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(1));
}

QTEST_APPLESS_MAIN(RollbackObjects)
#include "tst_rollback_objects.moc"
