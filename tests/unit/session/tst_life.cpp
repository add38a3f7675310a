#include "tests/unit/session/shop.h"

using orm::Life;
using orm::Record;
using orm::Value;

/// Ways into a session and out of it, and what a session says of its objects.
class LifeOfObjects : public QObject {
    Q_OBJECT

private slots:
    void addAllKeepsTheOrder_data() { bothShapes(); }
    void addAllKeepsTheOrder();
    void addedObjectsBringWhatTheyAreLinkedTo_data() { bothShapes(); }
    void addedObjectsBringWhatTheyAreLinkedTo();
    void aLongChainIsAddedWhole_data() { bothShapes(); }
    void aLongChainIsAddedWhole();
    void aDeletedObjectIsNotAddedAgain_data() { bothShapes(); }
    void aDeletedObjectIsNotAddedAgain();
    void aTransientObjectCannotBeRemoved_data() { bothShapes(); }
    void aTransientObjectCannotBeRemoved();
    void aDetachedObjectComesBackToBeDeleted_data() { bothShapes(); }
    void aDetachedObjectComesBackToBeDeleted();
    void aDeletedObjectIsNotRemovedTwice_data() { bothShapes(); }
    void aDeletedObjectIsNotRemovedTwice();
    void expungeAllEmptiesTheSession_data() { bothShapes(); }
    void expungeAllEmptiesTheSession();
    void anExpungedPendingObjectIsTransient_data() { bothShapes(); }
    void anExpungedPendingObjectIsTransient();
    void anExpungedObjectSurvivesTheRollback_data() { bothShapes(); }
    void anExpungedObjectSurvivesTheRollback();
    void manyLeaveAsQuicklyAsTheyCame_data() { bothShapes(); }
    void manyLeaveAsQuicklyAsTheyCame();
    void aSessionContainsWhatHasARowOrWillHaveOne_data() { bothShapes(); }
    void aSessionContainsWhatHasARowOrWillHaveOne();
    void anObjectIsModifiedByANetChange_data() { bothShapes(); }
    void anObjectIsModifiedByANetChange();
    void anObjectIsModifiedByALink_data() { bothShapes(); }
    void anObjectIsModifiedByALink();
    void aSessionListsWhatItWillFlush_data() { bothShapes(); }
    void aSessionListsWhatItWillFlush();
};

void LifeOfObjects::addAllKeepsTheOrder()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    std::vector<Record> users;
    for (const char *name : {"a", "b", "c"})
        users.push_back(shop.user(name));
    shop.session->expungeAll();
    std::swap(users[0], users[2]);
    shop.session->addAll(users);
    shop.session->flush();
    QVERIFY(shop.stored("SELECT group_concat(name) FROM (SELECT name FROM users ORDER BY id)") == Value("c,b,a"));
}

void LifeOfObjects::addedObjectsBringWhatTheyAreLinkedTo()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    for (const char *street : {"Rua A", "Rua B"})
        ana.addTo("addresses", shop.add("addresses", {{"street", street}}));
    shop.session->expungeAll();
    shop.session->add(ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT group_concat(street) FROM (SELECT street FROM addresses WHERE user_id = 1 ORDER BY "
                        "id)") == Value("Rua A,Rua B"));
}

void LifeOfObjects::aLongChainIsAddedWhole()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    constexpr int kTrees = 30000;
    const Record first = shop.add("trees", {{"name", "t"}});
    Record last = first;
    for (int i = 1; i < kTrees; ++i) {
        const Record next = shop.add("trees", {{"name", "t"}});
        last.setRelated("parent", next);
        last = next;
    }
    shop.session->expungeAll();
    shop.session->add(first);
    QCOMPARE(shop.session->inspect().added().size(), std::size_t{kTrees});
}

void LifeOfObjects::aDeletedObjectIsNotAddedAgain()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->remove(ana);
    shop.session->flush();
    THROWS(shop.session->add(ana), orm::Argument);
}

void LifeOfObjects::aTransientObjectCannotBeRemoved()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->expunge(ana);
    THROWS(shop.session->remove(ana), orm::Argument);
    THROWS(shop.session->expunge(ana), orm::Argument);
}

void LifeOfObjects::aDetachedObjectComesBackToBeDeleted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->commit();
    shop.session->expunge(ana);
    QVERIFY(ana.life() == Life::Detached);
    shop.session->remove(ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(0));
}

void LifeOfObjects::aDeletedObjectIsNotRemovedTwice()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->remove(ana);
    shop.session->remove(ana); // not flushed yet: the same wish
    shop.session->flush();
    VERIFY_SENT(shop.recorder.counted({"DELETE users x1"}));
    THROWS(shop.session->remove(ana), orm::Argument);
}

void LifeOfObjects::expungeAllEmptiesTheSession()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    const Record eva = shop.user("Eva");
    ana.set("name", "unsaved");
    shop.session->remove(rui);
    shop.session->expungeAll();
    QVERIFY(!shop.session->hasChanges());
    QVERIFY(ana.life() == Life::Detached && rui.life() == Life::Detached && eva.life() == Life::Transient);
    QVERIFY(!(shop.get("users", 1) == ana));
    shop.session->commit();
    QVERIFY(shop.stored("SELECT group_concat(name) FROM users") == Value("Ana,Rui"));
}

void LifeOfObjects::anExpungedPendingObjectIsTransient()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->expunge(ana);
    QVERIFY(ana.life() == Life::Transient);
    shop.session->flush();
    VERIFY_SENT(shop.recorder.nothing());
    shop.session->add(ana);
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"INSERT users"}));
}

void LifeOfObjects::anExpungedObjectSurvivesTheRollback()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->expunge(ana);
    shop.session->rollback();
    QVERIFY(ana.life() == Life::Detached);
    QVERIFY(ana.get("id") == Value(1));
    QVERIFY(ana.get("name") == Value("Ana"));
}

void LifeOfObjects::manyLeaveAsQuicklyAsTheyCame()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    constexpr int kUsers = 60000; // looking through a list for each would take a minute
    std::vector<Record> users;
    for (int i = 0; i < kUsers; ++i)
        users.push_back(shop.user("u"));
    for (const Record &user : users)
        shop.session->expunge(user);
    QVERIFY(!shop.session->hasChanges());
    shop.session->addAll(users);
    for (auto user = users.rbegin(); user != users.rend(); ++user)
        shop.session->remove(*user);
    QVERIFY(!shop.session->hasChanges());
}

void LifeOfObjects::aSessionContainsWhatHasARowOrWillHaveOne()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    orm::Session other(*shop.engine, shop.registry);
    const Record ana = shop.user("Ana");
    QVERIFY(shop.session->inspect().contains(ana));
    QVERIFY(!other.inspect().contains(ana));
    shop.session->flush();
    QVERIFY(shop.session->inspect().contains(ana));
    shop.session->remove(ana);
    shop.session->flush();
    QVERIFY(!shop.session->inspect().contains(ana));
    QVERIFY(!shop.session->inspect().contains(Record()));
}

void LifeOfObjects::anObjectIsModifiedByANetChange()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const auto modified = [&] { return shop.session->inspect().isModified(ana); };
    QVERIFY(modified());
    shop.session->flush();
    QVERIFY(!modified());
    ana.set("age", 30);
    QVERIFY(modified());
    ana.set("age", Value());
    QVERIFY(!modified());
    QVERIFY(shop.session->inspect().dirty().empty());
}

void LifeOfObjects::anObjectIsModifiedByALink()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record address = shop.get("addresses", 1);
    const Record ana = address.related("user");
    address.setRelated("user", shop.user("Eva"));
    QVERIFY(shop.session->inspect().isModified(address));
    address.setRelated("user", ana);
    QVERIFY(!shop.session->inspect().isModified(address));
}

void LifeOfObjects::aSessionListsWhatItWillFlush()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    const Record eva = shop.user("Eva");
    ana.set("age", 30);
    rui.set("age", 30);
    shop.session->remove(rui);
    orm::SessionInspector inspector = shop.session->inspect();
    QVERIFY(inspector.added() == std::vector<Record>{eva});
    QVERIFY(inspector.dirty() == std::vector<Record>{ana});
    QVERIFY(inspector.removed() == std::vector<Record>{rui});
    shop.session->flush();
    QVERIFY(inspector.added().empty() && inspector.dirty().empty() && inspector.removed().empty());
}

QTEST_APPLESS_MAIN(LifeOfObjects)
#include "tst_life.moc"
