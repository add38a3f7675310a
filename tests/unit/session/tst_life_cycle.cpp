#include "tests/unit/session/shop.h"

using orm::Life;
using orm::Record;
using orm::Value;

/// Every way from one state of an object to another, and what is refused in each.
class LifeCycle : public QObject {
    Q_OBJECT

private slots:
    void addingAPendingObjectAgainInsertsItOnce_data() { bothShapes(); }
    void addingAPendingObjectAgainInsertsItOnce();
    void anExpungedPendingObjectIsTransientAndNotInserted_data() { bothShapes(); }
    void anExpungedPendingObjectIsTransientAndNotInserted();
    void aTransientObjectCanBeAddedAgain_data() { bothShapes(); }
    void aTransientObjectCanBeAddedAgain();
    void removingTwiceDeletesOnce_data() { bothShapes(); }
    void removingTwiceDeletesOnce();
    void anExpungedObjectIsNotDeletedAnyMore_data() { bothShapes(); }
    void anExpungedObjectIsNotDeletedAnyMore();
    void aDeletedObjectThatIsExpungedStaysOutAfterARollback_data() { bothShapes(); }
    void aDeletedObjectThatIsExpungedStaysOutAfterARollback();
    void whatHasNoRowCannotBeRemoved_data();
    void whatHasNoRowCannotBeRemoved();
    void aDetachedObjectComesBackToBeRemoved_data();
    void aDetachedObjectComesBackToBeRemoved();
    void whatIsOutsideTheSessionCannotBeExpunged_data();
    void whatIsOutsideTheSessionCannotBeExpunged();
    void onlyARowOfTheSessionCanBeRefreshed_data();
    void onlyARowOfTheSessionCanBeRefreshed();
    void aDetachedObjectWhoseKeyIsTakenIsRefused_data() { bothShapes(); }
    void aDetachedObjectWhoseKeyIsTakenIsRefused();
    void whatWasChangedOutsideIsSavedAfterTheReturn_data() { bothShapes(); }
    void whatWasChangedOutsideIsSavedAfterTheReturn();
    void whatWasSetOutsideIsSavedAfterTheReturn_data() { bothShapes(); }
    void whatWasSetOutsideIsSavedAfterTheReturn();
    void addingAnObjectAddsWhatItIsLinkedTo_data() { bothShapes(); }
    void addingAnObjectAddsWhatItIsLinkedTo();
    void linkingADetachedObjectBringsItBack_data() { bothShapes(); }
    void linkingADetachedObjectBringsItBack();
    void objectsOfTwoSessionsCannotBeLinked_data() { bothShapes(); }
    void objectsOfTwoSessionsCannotBeLinked();
};

void LifeCycle::addingAPendingObjectAgainInsertsItOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->add(ana);
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"INSERT users"}));
}

void LifeCycle::anExpungedPendingObjectIsTransientAndNotInserted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->expunge(ana);
    QVERIFY(ana.life() == Life::Transient);
    QVERIFY(!shop.session->hasChanges());
    shop.session->flush();
    VERIFY_SENT(shop.recorder.nothing());
}

void LifeCycle::aTransientObjectCanBeAddedAgain()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->expunge(ana);
    shop.session->add(ana);
    QVERIFY(ana.life() == Life::Pending);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT name FROM users") == Value("Ana"));
}

void LifeCycle::removingTwiceDeletesOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record pair = shop.add("pairs", {{"left_id", 1}, {"right_id", 2}});
    shop.session->flush();
    shop.forget();
    shop.session->remove(pair);
    shop.session->remove(pair);
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"DELETE pairs"}));
}

void LifeCycle::anExpungedObjectIsNotDeletedAnyMore()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record pair = shop.add("pairs", {{"left_id", 1}, {"right_id", 2}});
    shop.session->flush();
    shop.session->remove(pair);
    shop.session->expunge(pair);
    QVERIFY(pair.life() == Life::Detached);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM pairs") == Value(1));
}

void LifeCycle::aDeletedObjectThatIsExpungedStaysOutAfterARollback()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record pair = shop.add("pairs", {{"left_id", 1}, {"right_id", 2}});
    shop.session->commit();
    shop.session->remove(pair);
    shop.session->flush();
    shop.session->expunge(pair);
    QVERIFY(pair.life() == Life::Detached);
    shop.session->rollback();
    QVERIFY(pair.life() == Life::Detached);
    QVERIFY(!(shop.session->get(shop.table("pairs"), {1, 2}) == pair));
}

namespace {

/// Objects in the states in which a session does not hold them as rows, and how they came there.
void states(std::initializer_list<Life> lives)
{
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<int>("life");
    for (const Shape shape : {Shape::Classes, Shape::Records})
        for (const Life life : lives) {
            const char *name = life == Life::Transient  ? "transient"
                               : life == Life::Pending  ? "pending"
                               : life == Life::Detached ? "detached"
                                                        : "deleted";
            QTest::addRow("%s, %s", name, shape == Shape::Classes ? "classes" : "records")
                << shape << static_cast<int>(life);
        }
}

Record inState(Shop &shop, int wanted)
{
    const Record ana = shop.user("Ana");
    const Life life = static_cast<Life>(wanted);
    if (life == Life::Transient)
        shop.session->expunge(ana);
    if (life == Life::Transient || life == Life::Pending)
        return ana;
    shop.session->flush();
    if (life == Life::Deleted) {
        shop.session->remove(ana);
        shop.session->flush();
    } else {
        shop.session->expunge(ana);
    }
    return ana;
}

} // namespace

void LifeCycle::whatHasNoRowCannotBeRemoved_data() { states({Life::Transient, Life::Deleted}); }

void LifeCycle::whatHasNoRowCannotBeRemoved()
{
    QFETCH(Shape, shape);
    QFETCH(int, life);
    Shop shop(shape);
    const Record ana = inState(shop, life);
    THROWS(shop.session->remove(ana), orm::Argument);
}

void LifeCycle::aDetachedObjectComesBackToBeRemoved_data() { states({Life::Detached}); }

void LifeCycle::aDetachedObjectComesBackToBeRemoved()
{
    QFETCH(Shape, shape);
    QFETCH(int, life);
    Shop shop(shape);
    const Record ana = inState(shop, life);
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(1));
    shop.session->remove(ana);
    shop.session->flush();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(0));
    QVERIFY(ana.life() == Life::Deleted);
}

void LifeCycle::whatIsOutsideTheSessionCannotBeExpunged_data() { states({Life::Transient, Life::Detached}); }

void LifeCycle::whatIsOutsideTheSessionCannotBeExpunged()
{
    QFETCH(Shape, shape);
    QFETCH(int, life);
    Shop shop(shape);
    const Record ana = inState(shop, life);
    THROWS(shop.session->expunge(ana), orm::Argument);
}

void LifeCycle::onlyARowOfTheSessionCanBeRefreshed_data()
{
    states({Life::Transient, Life::Pending, Life::Detached, Life::Deleted});
}

void LifeCycle::onlyARowOfTheSessionCanBeRefreshed()
{
    QFETCH(Shape, shape);
    QFETCH(int, life);
    Shop shop(shape);
    const Record ana = inState(shop, life);
    shop.forget();
    THROWS(shop.session->refresh(ana), orm::Argument);
    VERIFY_SENT(shop.recorder.nothing());
}

void LifeCycle::aDetachedObjectWhoseKeyIsTakenIsRefused()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->expunge(ana);
    const Record same = shop.get("users", 1);
    THROWS(shop.session->add(ana), orm::Argument);
    QVERIFY(ana.life() == Life::Detached);
    QVERIFY(shop.get("users", 1) == same);
}

void LifeCycle::whatWasChangedOutsideIsSavedAfterTheReturn()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    ana.set("name", "Anna"); // not flushed when it leaves
    shop.session->expunge(ana);
    shop.session->add(ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT name FROM users") == Value("Anna"));
}

void LifeCycle::whatWasSetOutsideIsSavedAfterTheReturn()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->expunge(ana);
    ana.set("name", "Anna");
    shop.session->add(ana);
    shop.forget();
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"UPDATE users"}));
    QVERIFY(shop.stored("SELECT name FROM users") == Value("Anna"));
}

void LifeCycle::addingAnObjectAddsWhatItIsLinkedTo()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record root = shop.add("trees", {{"name", "root"}});
    const Record leaf = shop.add("trees", {{"name", "leaf"}});
    root.addTo("children", leaf);
    shop.session->expunge(root);
    shop.session->expunge(leaf);
    QVERIFY(leaf.life() == Life::Transient);
    shop.session->add(root);
    QVERIFY(leaf.life() == Life::Pending);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE name = 'leaf'") == root.get("id"));
}

void LifeCycle::linkingADetachedObjectBringsItBack()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->expunge(ana);
    const Record note = shop.add("notes", {{"text", "x"}});
    note.setRelated("user", ana);
    QVERIFY(ana.life() == Life::Persistent);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT user_id FROM notes") == Value(1));
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(1));
}

void LifeCycle::objectsOfTwoSessionsCannotBeLinked()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    orm::Session other(*shop.engine, shop.registry);
    const Record note = other.add(shop.table("notes"), {{"text", "x"}});
    THROWS(note.setRelated("user", ana), orm::Argument);
    THROWS(ana.addTo("notes", note), orm::Argument);
    QVERIFY(!note.related("user"));
    QVERIFY(ana.collection("notes").empty());
}

QTEST_APPLESS_MAIN(LifeCycle)
#include "tst_life_cycle.moc"
