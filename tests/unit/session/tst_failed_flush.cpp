#include "tests/unit/session/shop.h"

#include <functional>

using orm::Life;
using orm::Record;
using orm::Value;

/// A flush or commit that the database refuses: what the session refuses then, and that it can be used after a
/// rollback.
class FailedFlush : public QObject {
    Q_OBJECT

private slots:
    void untilTheRollbackEverythingElseIsRefused_data();
    void untilTheRollbackEverythingElseIsRefused();
    void afterTheRollbackCorrectedObjectsAreSaved_data() { bothShapes(); }
    void afterTheRollbackCorrectedObjectsAreSaved();
    void newObjectsAreTransientAndKeepTheirValues_data() { bothShapes(); }
    void newObjectsAreTransientAndKeepTheirValues();
    void aChangedObjectHasItsRowsValuesAgain_data() { bothShapes(); }
    void aChangedObjectHasItsRowsValuesAgain();
    void anObjectThatCouldNotBeDeletedIsStillThere_data() { bothShapes(); }
    void anObjectThatCouldNotBeDeletedIsStillThere();
    void whatWasFlushedBeforeGoesWithTheTransaction_data() { bothShapes(); }
    void whatWasFlushedBeforeGoesWithTheTransaction();
    void aRefusedCommitLeavesNothingSaved_data() { bothShapes(); }
    void aRefusedCommitLeavesNothingSaved();
    void aStaleRowStopsTheWholeFlush_data() { bothShapes(); }
    void aStaleRowStopsTheWholeFlush();
    void anOrphanThatCouldNotBeDeletedIsBackInItsCollection_data() { bothShapes(); }
    void anOrphanThatCouldNotBeDeletedIsBackInItsCollection();
    void objectsOfBeforeTheSavepointSurviveAFailureInside_data() { bothShapes(); }
    void objectsOfBeforeTheSavepointSurviveAFailureInside();
};

namespace {

struct Step {
    const char *name;
    std::function<void(Shop &, const Record &expired)> run;
};

const std::vector<Step> &steps()
{
    static const std::vector<Step> all{
        {"flush", [](Shop &shop, const Record &) { shop.session->flush(); }},
        {"commit", [](Shop &shop, const Record &) { shop.session->commit(); }},
        {"beginNested", [](Shop &shop, const Record &) { (void)shop.session->beginNested(); }},
        {"connection", [](Shop &shop, const Record &) { (void)shop.session->connection(); }},
        {"preview", [](Shop &shop, const Record &) { (void)shop.session->preview(); }},
        {"all", [](Shop &shop, const Record &) { (void)shop.session->all(orm::select(shop.table("notes"))); }},
        {"first", [](Shop &shop, const Record &) { (void)shop.session->first(orm::select(shop.table("notes"))); }},
        {"rows", [](Shop &shop, const Record &) { (void)shop.session->rows(orm::select(shop.table("notes"))); }},
        {"scalar", [](Shop &shop, const Record &) { (void)shop.session->scalar(orm::select(shop.table("notes"))); }},
        {"get", [](Shop &shop, const Record &) { (void)shop.get("users", 7); }},
        {"refresh", [](Shop &shop, const Record &expired) { shop.session->refresh(expired); }},
        {"expired column", [](Shop &, const Record &expired) { (void)expired.get("name"); }},
        {"collection", [](Shop &, const Record &expired) { (void)expired.collection("notes"); }},
    };
    return all;
}

/// Inserts two users with one e-mail, which the database refuses.
void fail(Shop &shop)
{
    shop.add("users", {{"name", "Eva"}, {"email", "taken"}});
    shop.add("users", {{"name", "Iva"}, {"email", "taken"}});
    THROWS(shop.session->flush(), orm::Integrity);
}

} // namespace

void FailedFlush::untilTheRollbackEverythingElseIsRefused_data()
{
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<int>("step");
    for (const Shape shape : {Shape::Classes, Shape::Records})
        for (std::size_t i = 0; i < steps().size(); ++i)
            QTest::addRow("%s, %s", steps()[i].name, shape == Shape::Classes ? "classes" : "records")
                << shape << static_cast<int>(i);
}

void FailedFlush::untilTheRollbackEverythingElseIsRefused()
{
    QFETCH(Shape, shape);
    QFETCH(int, step);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->commit(); // which expires it
    fail(shop);
    shop.forget();
    THROWS(steps()[static_cast<std::size_t>(step)].run(shop, ana), orm::PendingRollback);
    QVERIFY(shop.statements.empty());
    shop.session->rollback();
    QVERIFY(ana.get("name") == Value("Ana"));
}

void FailedFlush::afterTheRollbackCorrectedObjectsAreSaved()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record eva = shop.add("users", {{"name", "Eva"}, {"email", "taken"}});
    const Record iva = shop.add("users", {{"name", "Iva"}, {"email", "taken"}});
    THROWS(shop.session->commit(), orm::Integrity);
    shop.session->rollback();
    iva.set("email", "free");
    shop.session->add(eva);
    shop.session->add(iva);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT group_concat(email) FROM (SELECT email FROM users ORDER BY id)") ==
            Value("taken,free"));
    QVERIFY(shop.get("users", iva.get("id")) == iva);
}

void FailedFlush::newObjectsAreTransientAndKeepTheirValues()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record eva = shop.add("users", {{"name", "Eva"}, {"email", "taken"}});
    const Record iva = shop.add("users", {{"name", "Iva"}, {"email", "taken"}});
    THROWS(shop.session->flush(), orm::Integrity);
    shop.session->rollback();
    for (const Record &user : {eva, iva}) {
        QVERIFY(user.life() == Life::Transient);
        QVERIFY(user.key().empty());
        QVERIFY(user.get("email") == Value("taken"));
    }
    QVERIFY(!shop.session->hasChanges());
}

void FailedFlush::aChangedObjectHasItsRowsValuesAgain()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->commit();
    ana.set("name", "Anna");
    fail(shop);
    shop.session->rollback();
    QVERIFY(ana.get("name") == Value("Ana"));
    QVERIFY(!ana.isChanged());
}

void FailedFlush::anObjectThatCouldNotBeDeletedIsStillThere()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.stored("CREATE TRIGGER kept BEFORE DELETE ON users BEGIN SELECT raise(ABORT, 'kept'); END");
    shop.session->commit();
    shop.session->remove(ana);
    THROWS(shop.session->flush(), orm::Error);
    shop.session->rollback();
    QVERIFY(ana.life() == Life::Persistent);
    QVERIFY(shop.get("users", 1) == ana);
    shop.forget();
    shop.session->flush(); // nothing is left of the wish to delete it
    VERIFY_SENT(shop.recorder.nothing());
}

void FailedFlush::whatWasFlushedBeforeGoesWithTheTransaction()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    fail(shop);
    shop.session->rollback();
    QVERIFY(ana.life() == Life::Transient);
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(0));
}

void FailedFlush::aRefusedCommitLeavesNothingSaved()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.session->connection().executeScript("PRAGMA defer_foreign_keys = ON"); // checked by COMMIT
    const Record note = shop.add("notes", {{"text", "x"}, {"user_id", 99}});
    shop.session->flush();
    THROWS(shop.session->commit(), orm::Integrity);
    THROWS(shop.session->flush(), orm::PendingRollback);
    shop.session->rollback();
    QVERIFY(note.life() == Life::Transient);
    QVERIFY(shop.stored("SELECT count(*) FROM notes") == Value(0));
}

void FailedFlush::aStaleRowStopsTheWholeFlush()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record rui = shop.user("Rui");
    shop.session->commit();
    ana.set("age", 1);
    rui.set("age", 2);
    shop.stored("DELETE FROM users WHERE id = 2");
    THROWS(shop.session->flush(), orm::StaleRow);
    shop.session->rollback();
    QVERIFY(shop.stored("SELECT count(*) FROM users WHERE age IS NULL") == Value(2));
    QVERIFY(rui.get("name") == Value("Rui")); // the deletion was rolled back as well
}

void FailedFlush::anOrphanThatCouldNotBeDeletedIsBackInItsCollection()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record address = ana.collection("addresses").at(0);
    ana.removeFrom("addresses", address);
    fail(shop);
    shop.session->rollback();
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    QVERIFY(address.related("user") == ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM addresses") == Value(4));
}

void FailedFlush::objectsOfBeforeTheSavepointSurviveAFailureInside()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    {
        const orm::NestedTransaction nested = shop.session->beginNested();
        ana.set("name", "Anna");
        fail(shop);
    }
    QVERIFY(ana.life() == Life::Persistent);
    QVERIFY(ana.get("name") == Value("Ana"));
    shop.session->commit();
    QVERIFY(shop.stored("SELECT group_concat(name) FROM users") == Value("Ana"));
}

QTEST_APPLESS_MAIN(FailedFlush)
#include "tst_failed_flush.moc"
