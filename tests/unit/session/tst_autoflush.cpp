#include "tests/unit/session/shop.h"

#include <functional>

using orm::Record;
using orm::Value;

/// What flushes by itself, and what does not.
class Autoflush : public QObject {
    Q_OBJECT

private slots:
    void everyStatementFlushesFirst_data();
    void everyStatementFlushesFirst();
    void withoutChangesOnlyTheStatementIsSent_data();
    void withoutChangesOnlyTheStatementIsSent();
    void switchedOffItLeavesChangesAlone_data();
    void switchedOffItLeavesChangesAlone();
    void whatMemoryAnswersFlushesNothing_data() { bothShapes(); }
    void whatMemoryAnswersFlushesNothing();
    void aFailureComesOutOfTheStatementThatFlushed_data() { bothShapes(); }
    void aFailureComesOutOfTheStatementThatFlushed();
    void aNestedTransactionFlushesBeforeItBeginsEvenSo_data() { bothShapes(); }
    void aNestedTransactionFlushesBeforeItBeginsEvenSo();
    void commitFlushesEvenSo_data() { bothShapes(); }
    void commitFlushesEvenSo();
    void refreshKeepsWhatOtherObjectsHaveUnsaved_data() { bothShapes(); }
    void refreshKeepsWhatOtherObjectsHaveUnsaved();
};

namespace {

/// A program that sends one SELECT of its own. The shop has users 1 and 2 with addresses; `ana` is user 1, expired.
struct Asking {
    const char *name;
    std::function<void(Shop &, const Record &ana)> run;
};

const std::vector<Asking> &askings()
{
    static const std::vector<Asking> all{
        {"all", [](Shop &shop, const Record &) { (void)shop.session->all(orm::select(shop.table("users"))); }},
        {"first", [](Shop &shop, const Record &) { (void)shop.session->first(orm::select(shop.table("users"))); }},
        {"rows", [](Shop &shop, const Record &) { (void)shop.session->rows(orm::select(shop.table("users"))); }},
        {"scalar", [](Shop &shop, const Record &) { (void)shop.session->scalar(orm::select(shop.table("users"))); }},
        {"collection", [](Shop &, const Record &ana) { (void)ana.collection("addresses"); }},
    };
    return all;
}

void everyAsking()
{
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<int>("asking");
    for (const Shape shape : {Shape::Classes, Shape::Records})
        for (std::size_t i = 0; i < askings().size(); ++i)
            QTest::addRow("%s, %s", askings()[i].name, shape == Shape::Classes ? "classes" : "records")
                << shape << static_cast<int>(i);
}

} // namespace

void Autoflush::everyStatementFlushesFirst_data() { everyAsking(); }

void Autoflush::everyStatementFlushesFirst()
{
    QFETCH(Shape, shape);
    QFETCH(int, asking);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session->expire(ana);
    shop.add("products", {{"code", "x"}, {"title", "Cup"}});
    shop.forget();
    askings()[static_cast<std::size_t>(asking)].run(shop, ana);
    VERIFY_SENT(shop.recorder.before("INSERT products", "SELECT"));
    QCOMPARE(shop.sent("INSERT"), 1);
}

void Autoflush::withoutChangesOnlyTheStatementIsSent_data() { everyAsking(); }

void Autoflush::withoutChangesOnlyTheStatementIsSent()
{
    QFETCH(Shape, shape);
    QFETCH(int, asking);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session->expire(ana);
    shop.forget();
    askings()[static_cast<std::size_t>(asking)].run(shop, ana);
    QCOMPARE(shop.sent(), 1);
    QCOMPARE(shop.sent("SELECT"), 1);
}

void Autoflush::switchedOffItLeavesChangesAlone_data() { everyAsking(); }

void Autoflush::switchedOffItLeavesChangesAlone()
{
    QFETCH(Shape, shape);
    QFETCH(int, asking);
    Shop shop(shape, {.autoflush = false});
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session->expire(ana);
    shop.add("products", {{"code", "x"}, {"title", "Cup"}});
    shop.forget();
    askings()[static_cast<std::size_t>(asking)].run(shop, ana);
    QCOMPARE(shop.sent("INSERT"), 0);
    QVERIFY(shop.session->hasChanges());
}

void Autoflush::whatMemoryAnswersFlushesNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record address = shop.get("addresses", 1);
    (void)ana.collection("addresses");
    shop.add("products", {{"code", "x"}, {"title", "Cup"}});
    shop.forget();
    QVERIFY(shop.get("users", 1) == ana);
    QVERIFY(ana.get("name") == Value("Ana"));
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    QVERIFY(address.related("user") == ana);
    VERIFY_SENT(shop.recorder.nothing());
}

void Autoflush::aFailureComesOutOfTheStatementThatFlushed()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    shop.add("users", {{"name", "Eva"}, {"email", "a@b"}});
    THROWS((void)shop.session->all(orm::select(shop.table("notes"))), orm::Integrity);
    QCOMPARE(shop.sent("SELECT"), 0);
    THROWS((void)shop.session->all(orm::select(shop.table("notes"))), orm::PendingRollback);
}

void Autoflush::aNestedTransactionFlushesBeforeItBeginsEvenSo()
{
    QFETCH(Shape, shape);
    Shop shop(shape, {.autoflush = false});
    shop.user("Ana");
    orm::NestedTransaction nested = shop.session->beginNested();
    nested.rollback();
    VERIFY_SENT(shop.recorder.exactlyWithTransactions({"BEGIN", "INSERT users", "SAVEPOINT", "ROLLBACK TO"}));
}

void Autoflush::commitFlushesEvenSo()
{
    QFETCH(Shape, shape);
    Shop shop(shape, {.autoflush = false});
    shop.user("Ana");
    shop.session->commit();
    VERIFY_SENT(shop.recorder.exactlyWithTransactions({"BEGIN", "INSERT users", "COMMIT"}));
}

void Autoflush::refreshKeepsWhatOtherObjectsHaveUnsaved()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    rui.set("name", "Rui Lima");
    shop.session->refresh(ana);
    QVERIFY(rui.get("name") == Value("Rui Lima"));
    shop.session->commit();
    QVERIFY(shop.stored("SELECT name FROM users WHERE id = 2") == Value("Rui Lima"));
}

QTEST_APPLESS_MAIN(Autoflush)
#include "tst_autoflush.moc"
