#include "tests/unit/session/shop.h"

#include <QTemporaryDir>

using orm::Life;
using orm::Record;
using orm::Value;

/// Commit, rollback and nested transactions, and what they do to objects.
class Transactions : public QObject {
    Q_OBJECT

private slots:
    void rollbackMakesNewObjectsTransientWithoutTheirMadeKey_data() { bothShapes(); }
    void rollbackMakesNewObjectsTransientWithoutTheirMadeKey();
    void rollbackRevivesADeletedRow_data() { bothShapes(); }
    void rollbackRevivesADeletedRow();
    void rollbackTakesChangesBack_data() { bothShapes(); }
    void rollbackTakesChangesBack();
    void rollbackOfAKeyChangeRestoresTheKey_data() { bothShapes(); }
    void rollbackOfAKeyChangeRestoresTheKey();
    void commitExpiresWhatWasLoaded_data() { bothShapes(); }
    void commitExpiresWhatWasLoaded();
    void commitMayLeaveObjectsLoaded_data() { bothShapes(); }
    void commitMayLeaveObjectsLoaded();
    void commitOfDeletionsDetaches_data() { bothShapes(); }
    void commitOfDeletionsDetaches();
    void aNestedRollbackRestoresOnlyWhatHappenedInside_data() { bothShapes(); }
    void aNestedRollbackRestoresOnlyWhatHappenedInside();
    void aNestedCommitGoesWithTheOuterRollback_data() { bothShapes(); }
    void aNestedCommitGoesWithTheOuterRollback();
    void aNestedTransactionWithoutCommitRollsBack_data() { bothShapes(); }
    void aNestedTransactionWithoutCommitRollsBack();
    void aFailureInsideANestedTransactionLeavesTheOuter_data() { bothShapes(); }
    void aFailureInsideANestedTransactionLeavesTheOuter();
    void theConnectionGoesBackAfterCommit();
};

void Transactions::rollbackMakesNewObjectsTransientWithoutTheirMadeKey()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session->rollback();
    QVERIFY(ana.life() == Life::Transient);
    QVERIFY(ana.get("id").isNull() || ana.get("id") == Value(0));
    QVERIFY(ana.key().empty());
    QVERIFY(!shop.get("users", 1)); // not from memory either
    shop.session->add(ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT name FROM users WHERE id = 1") == Value("Ana"));
}

void Transactions::rollbackRevivesADeletedRow()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->commit();
    shop.session->remove(ana);
    shop.session->flush();
    QVERIFY(ana.life() == Life::Deleted);
    shop.session->rollback();
    QVERIFY(ana.life() == Life::Persistent);
    QVERIFY(ana.get("name") == Value("Ana"));
    QVERIFY(shop.get("users", 1) == ana);
}

void Transactions::rollbackTakesChangesBack()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record rui = shop.user("Rui");
    shop.session->commit();
    ana.set("name", "flushed");
    shop.session->flush();
    rui.set("name", "not flushed");
    const Record eva = shop.user("Eva");
    shop.session->rollback();
    QVERIFY(ana.get("name") == Value("Ana"));
    QVERIFY(rui.get("name") == Value("Rui"));
    QVERIFY(eva.life() == Life::Transient);
    QVERIFY(!shop.session->hasChanges());
}

void Transactions::rollbackOfAKeyChangeRestoresTheKey()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record product = shop.add("products", {{"code", "old"}, {"title", "Cup"}});
    shop.session->commit();
    product.set("code", "new");
    shop.session->flush();
    shop.session->rollback();
    QVERIFY(product.get("code") == Value("old"));
    QVERIFY(shop.get("products", "old") == product);
    QVERIFY(!shop.get("products", "new"));
}

void Transactions::commitExpiresWhatWasLoaded()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->commit();
    shop.forget();
    QVERIFY(ana.get("name") == Value("Ana"));
    QVERIFY(ana.get("age").isNull());
    QCOMPARE(shop.sent("SELECT"), 1); // one for the whole object
}

void Transactions::commitMayLeaveObjectsLoaded()
{
    QFETCH(Shape, shape);
    Shop shop(shape, {.expireOnCommit = false});
    const Record ana = shop.user("Ana");
    shop.session->commit();
    shop.forget();
    QVERIFY(ana.get("name") == Value("Ana"));
    QCOMPARE(shop.sent(), 0);
}

void Transactions::commitOfDeletionsDetaches()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record pair = shop.add("pairs", {{"left_id", 1}, {"right_id", 2}, {"label", "x"}});
    shop.session->commit();
    QVERIFY(pair.get("label") == Value("x"));
    shop.session->remove(pair);
    shop.session->commit();
    QVERIFY(pair.life() == Life::Detached);
    QVERIFY(pair.get("label") == Value("x"));
}

void Transactions::aNestedRollbackRestoresOnlyWhatHappenedInside()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    orm::NestedTransaction nested = shop.session->beginNested();
    QVERIFY(ana.life() == Life::Persistent); // flushed before it began
    const Record eva = shop.user("Eva");
    shop.session->flush();
    ana.set("name", "inside");
    nested.rollback();
    QVERIFY(eva.life() == Life::Transient);
    QVERIFY(ana.life() == Life::Persistent);
    QVERIFY(ana.get("name") == Value("Ana"));
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(1));
}

void Transactions::aNestedCommitGoesWithTheOuterRollback()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    orm::NestedTransaction nested = shop.session->beginNested();
    const Record eva = shop.user("Eva");
    nested.commit();
    QVERIFY(eva.life() == Life::Persistent);
    shop.session->rollback();
    QVERIFY(eva.life() == Life::Transient);
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(0));
}

void Transactions::aNestedTransactionWithoutCommitRollsBack()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    {
        const orm::NestedTransaction nested = shop.session->beginNested();
        shop.user("Eva");
        shop.session->flush();
    }
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(0));
}

void Transactions::aFailureInsideANestedTransactionLeavesTheOuter()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    {
        orm::NestedTransaction nested = shop.session->beginNested();
        shop.add("users", {{"name", "Eva"}, {"email", "a@b"}});
        THROWS(nested.commit(), orm::Integrity);
        THROWS(shop.session->flush(), orm::PendingRollback);
    }
    shop.session->commit();
    QVERIFY(shop.stored("SELECT name FROM users") == Value("Ana"));
}

void Transactions::theConnectionGoesBackAfterCommit()
{
    const QTemporaryDir folder;
    Shop shop(Shape::Classes, {}, "sqlite:///" + folder.filePath(QStringLiteral("shop.db")).toStdString());
    shop.user("Ana");
    shop.session->commit();
    orm::Connection other = shop.engine->connect(); // would wait for the lock of an open transaction
    other.executeScript("DROP TABLE pairs");
    QVERIFY(other.execute("SELECT name FROM users").scalar() == Value("Ana"));
}

QTEST_APPLESS_MAIN(Transactions)
#include "tst_transactions.moc"
