#include "tests/unit/session/shop.h"

using orm::Life;
using orm::Record;
using orm::Value;

/// Who is an orphan of a collection that deletes them, and who only looks like one.
class Orphans : public QObject {
    Q_OBJECT

private slots:
    void aNewChildThatIsToldToHaveNoParentIsInserted_data() { bothShapes(); }
    void aNewChildThatIsToldToHaveNoParentIsInserted();
    void aRowThatNeverHadAParentIsNotDeleted_data() { bothShapes(); }
    void aRowThatNeverHadAParentIsNotDeleted();
    void aRowWhoseParentIsNotLoadedIsDeletedWhenItIsTakenOut_data() { bothShapes(); }
    void aRowWhoseParentIsNotLoadedIsDeletedWhenItIsTakenOut();
    void anOrphanThatWasNotInsertedIsInsertedWhenItIsAddedAgain_data() { bothShapes(); }
    void anOrphanThatWasNotInsertedIsInsertedWhenItIsAddedAgain();
    void removalFromACollectionThatDoesNotHaveItIsRefused_data() { bothShapes(); }
    void removalFromACollectionThatDoesNotHaveItIsRefused();
    void linkingAgainBringsBackAParentThatLeftTheSession_data() { bothShapes(); }
    void linkingAgainBringsBackAParentThatLeftTheSession();
};

void Orphans::aNewChildThatIsToldToHaveNoParentIsInserted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record address = shop.add("addresses", {{"street", "Rua A"}});
    address.setRelated("user", Record());
    shop.session->flush();
    QVERIFY(shop.stored("SELECT count(*) FROM addresses") == Value(1));
}

void Orphans::aRowThatNeverHadAParentIsNotDeleted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record address = shop.add("addresses", {{"street", "Rua A"}});
    shop.session->commit(); // expires it: nobody knows its foreign key any more
    address.setRelated("user", Record());
    shop.session->flush();
    QVERIFY(shop.stored("SELECT count(*) FROM addresses") == Value(1));
}

void Orphans::aRowWhoseParentIsNotLoadedIsDeletedWhenItIsTakenOut()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    shop.get("addresses", 1).setRelated("user", Record());
    shop.session->flush();
    QVERIFY(shop.stored("SELECT count(*) FROM addresses WHERE id = 1") == Value(0));
}

void Orphans::anOrphanThatWasNotInsertedIsInsertedWhenItIsAddedAgain()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record address = shop.add("addresses", {{"street", "Rua A"}});
    ana.addTo("addresses", address);
    ana.removeFrom("addresses", address);
    shop.session->flush();
    QVERIFY(address.life() == Life::Transient);
    shop.session->add(address);
    shop.session->flush();
    QVERIFY(shop.stored("SELECT count(*) FROM addresses") == Value(1));
}

void Orphans::removalFromACollectionThatDoesNotHaveItIsRefused()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record rui = shop.get("users", 2);
    const Record address = shop.get("addresses", 1); // Ana's
    shop.session->expire(address);
    THROWS(rui.removeFrom("addresses", address), orm::Argument);
    shop.session->flush();
    QVERIFY(shop.stored("SELECT user_id FROM addresses WHERE id = 1") == Value(1));
}

void Orphans::linkingAgainBringsBackAParentThatLeftTheSession()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record note = shop.add("notes", {{"text", "x"}});
    ana.addTo("notes", note);
    shop.session->remove(ana); // never flushed: it just leaves
    QVERIFY(ana.life() == Life::Transient);
    ana.addTo("notes", note);
    shop.session->flush();
    QVERIFY(shop.stored("SELECT user_id FROM notes") == ana.get("id"));
}

QTEST_APPLESS_MAIN(Orphans)
#include "tst_orphans.moc"
