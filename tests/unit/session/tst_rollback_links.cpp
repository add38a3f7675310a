#include "tests/unit/session/shop.h"

using orm::Life;
using orm::Record;
using orm::Value;

/// Links between objects after rollbacks and expiries: both sides say the same, and no key of a row that is gone stays.
class RollbackLinks : public QObject {
    Q_OBJECT

private slots:
    void newObjectsStayLinkedWhenSavepointsGoWithTheTransaction_data() { bothShapes(); }
    void newObjectsStayLinkedWhenSavepointsGoWithTheTransaction();
    void anExpiredNewObjectStaysLinked_data() { bothShapes(); }
    void anExpiredNewObjectStaysLinked();
    void aParentBringsItsChildrenAfterASavepoint_data() { bothShapes(); }
    void aParentBringsItsChildrenAfterASavepoint();
    void aParentBringsChildrenThatWereNotFlushedInASavepoint_data() { bothShapes(); }
    void aParentBringsChildrenThatWereNotFlushedInASavepoint();
    void aFailedFlushLeavesNoKeysThatTheDatabaseMade_data() { bothShapes(); }
    void aFailedFlushLeavesNoKeysThatTheDatabaseMade();
    void anExpiredChildIsBackInItsParentsCollection_data() { bothShapes(); }
    void anExpiredChildIsBackInItsParentsCollection();
    void expiryTakesRowsOutOfTheCollectionOfANewParent_data() { bothShapes(); }
    void expiryTakesRowsOutOfTheCollectionOfANewParent();
    void anExpiredChildThatIsMovedLeavesItsOldParentsCollection_data() { bothShapes(); }
    void anExpiredChildThatIsMovedLeavesItsOldParentsCollection();
    void anExpiredChildThatIsLinkedAgainIsThereOnce_data() { bothShapes(); }
    void anExpiredChildThatIsLinkedAgainIsThereOnce();
};

namespace {

Record newAddress(Shop &shop, const Record &user)
{
    const Record made = shop.add("addresses", {{"street", "Rua A"}});
    made.setRelated("user", user);
    return made;
}

void takeFirstKey(Shop &shop)
{
    shop.user("Rui");
    shop.session->flush();
}

} // namespace

void RollbackLinks::newObjectsStayLinkedWhenSavepointsGoWithTheTransaction()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record street = shop.add("addresses", {{"street", "Rua A"}});
    const orm::NestedTransaction inner = shop.session->beginNested();
    street.setRelated("user", ana);
    shop.session->flush();
    shop.session->rollback();
    takeFirstKey(shop);
    shop.session->add(street); // brings Ana
    shop.session->commit();
    QVERIFY(ana.get("id") == Value(2));
    QVERIFY(shop.stored("SELECT user_id FROM addresses") == Value(2));
}

void RollbackLinks::anExpiredNewObjectStaysLinked()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record street = newAddress(shop, ana);
    shop.session->flush();
    shop.session->expireAll();
    shop.session->rollback();
    takeFirstKey(shop);
    shop.session->add(ana); // brings the address
    shop.session->commit();
    QVERIFY(street.life() == Life::Persistent);
    QVERIFY(shop.stored("SELECT user_id FROM addresses") == ana.get("id"));
}

void RollbackLinks::aParentBringsItsChildrenAfterASavepoint()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    orm::NestedTransaction inner = shop.session->beginNested();
    const Record ana = shop.user("Ana");
    newAddress(shop, ana);
    newAddress(shop, ana);
    shop.session->flush();
    inner.rollback();
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    shop.session->add(ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM addresses WHERE user_id = 1") == Value(2));
}

void RollbackLinks::aParentBringsChildrenThatWereNotFlushedInASavepoint()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    orm::NestedTransaction inner = shop.session->beginNested();
    const Record ana = shop.user("Ana");
    newAddress(shop, ana);
    inner.rollback();
    shop.session->add(ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM addresses WHERE user_id = 1") == Value(1));
}

void RollbackLinks::aFailedFlushLeavesNoKeysThatTheDatabaseMade()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    const Record double_ = shop.add("users", {{"name", "Ana too"}, {"email", "a@b"}});
    THROWS(shop.session->flush(), orm::Integrity);
    shop.session->rollback();
    takeFirstKey(shop);
    shop.session->add(ana);
    shop.session->commit();
    QVERIFY(ana.get("id") == Value(2));
    QVERIFY(double_.life() == Life::Transient);
}

void RollbackLinks::anExpiredChildIsBackInItsParentsCollection()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    const Record street = ana.collection("addresses")[0];
    QCOMPARE(rui.collection("addresses").size(), std::size_t{2});
    street.setRelated("user", rui);
    QCOMPARE(rui.collection("addresses").size(), std::size_t{3});
    shop.session->expire(street);
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    QCOMPARE(rui.collection("addresses").size(), std::size_t{2});
    QVERIFY(street.related("user") == ana);
}

void RollbackLinks::expiryTakesRowsOutOfTheCollectionOfANewParent()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record street = shop.get("addresses", 1);
    const Record eva = shop.user("Eva");
    eva.addTo("addresses", street);
    shop.session->expireAll();
    QCOMPARE(eva.collection("addresses").size(), std::size_t{0});
    shop.session->commit();
    QVERIFY(shop.stored("SELECT user_id FROM addresses WHERE id = 1") == Value(1));
}

void RollbackLinks::anExpiredChildThatIsMovedLeavesItsOldParentsCollection()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record street = ana.collection("addresses")[0];
    shop.session->expire(street);
    street.setRelated("user", shop.get("users", 2));
    QCOMPARE(ana.collection("addresses").size(), std::size_t{1});
}

void RollbackLinks::anExpiredChildThatIsLinkedAgainIsThereOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record street = ana.collection("addresses")[0];
    shop.session->expire(street);
    ana.addTo("addresses", street);
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
}

QTEST_APPLESS_MAIN(RollbackLinks)
#include "tst_rollback_links.moc"
