#include "tests/unit/session/shop.h"

#include <QTemporaryDir>

using orm::Record;
using orm::Value;

/// What a flush would send, and what it refuses to overwrite.
class Preview : public QObject {
    Q_OBJECT

private slots:
    void previewShowsWhatAFlushWouldSend_data() { bothShapes(); }
    void previewShowsWhatAFlushWouldSend();
    void previewSendsAndChangesNothing_data() { bothShapes(); }
    void previewSendsAndChangesNothing();
    void previewNamesKeysThatAreStillToCome_data() { bothShapes(); }
    void previewNamesKeysThatAreStillToCome();
    void aRowThatSomeoneElseChangedIsAConflict_data() { bothShapes(); }
    void aRowThatSomeoneElseChangedIsAConflict();
    void withoutTheConflictCheckOnlyTheKeyCounts_data() { bothShapes(); }
    void withoutTheConflictCheckOnlyTheKeyCounts();
    void computedColumnsAndTablesWithoutKeyAreReadOnly();
    void afterAFailedFlushOnlyRollbackWorks_data() { bothShapes(); }
    void afterAFailedFlushOnlyRollbackWorks();
    void aFailedFlushLeavesNothingBehind_data() { bothShapes(); }
    void aFailedFlushLeavesNothingBehind();
    void anUpdateOfAVanishedRowIsStale_data() { bothShapes(); }
    void anUpdateOfAVanishedRowIsStale();
    void aDeletionOfAVanishedRowIsStale_data() { bothShapes(); }
    void aDeletionOfAVanishedRowIsStale();
};

void Preview::previewShowsWhatAFlushWouldSend()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record rui = shop.user("Rui");
    shop.session->flush();
    ana.set("age", 30);
    shop.session->remove(rui);
    shop.user("Eva");
    const auto planned = shop.session->preview();
    QCOMPARE(planned.size(), std::size_t{3});
    QCOMPARE(planned[0].sql, std::string(R"(UPDATE "users" SET "age" = 30 WHERE "id" = 1)"));
    QVERIFY(planned[0].kind == orm::PlannedStatement::Kind::Update);
    QVERIFY(planned[0].record == ana);
    QCOMPARE(planned[1].sql, std::string(R"(INSERT INTO "users" ("name", "age", "email") VALUES ('Eva', NULL, NULL))"));
    QCOMPARE(planned[2].sql, std::string(R"(DELETE FROM "users" WHERE "id" = 2)"));
    QCOMPARE(planned[2].table, &shop.table("users"));
}

void Preview::previewSendsAndChangesNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record product = shop.add("products", {{"code", "x"}, {"title", "Cup"}});
    shop.forget();
    QCOMPARE(shop.session->preview().size(), std::size_t{1});
    QCOMPARE(shop.session->preview().size(), std::size_t{1});
    QVERIFY(shop.statements.empty());
    QVERIFY(product.life() == orm::Life::Pending);
    QVERIFY(product.get("rating").isNull());
    shop.session->flush();
    QCOMPARE(shop.sent("INSERT"), 1);
}

void Preview::previewNamesKeysThatAreStillToCome()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record address = shop.add("addresses", {{"street", "Rua A"}});
    shop.user("Rui");
    address.setRelated("user", shop.user("Ana"));
    const auto planned = shop.session->preview();
    QCOMPARE(planned.size(), std::size_t{3});
    QCOMPARE(planned[2].sql,
             std::string(R"(INSERT INTO "addresses" ("street", "user_id") VALUES ('Rua A', :users_2_id))"));
}

void Preview::aRowThatSomeoneElseChangedIsAConflict()
{
    QFETCH(Shape, shape);
    const QTemporaryDir folder;
    const std::string url = "sqlite:///" + folder.filePath(QStringLiteral("shop.db")).toStdString();
    Shop shop(shape, {.conflictCheck = orm::ConflictCheck::LoadedRow}, url);
    shop.user("Ana");
    shop.session->commit();
    const Record ana = shop.get("users", 1);
    QVERIFY(ana.get("name") == Value("Ana"));
    ana.set("age", 30);
    shop.session->rollback(); // ends the read transaction; the object is loaded again on the next read
    QVERIFY(ana.get("age").isNull());
    ana.set("age", 30);
    shop.stored("UPDATE users SET name = 'Anna'"); // as another process would
    try {
        shop.session->flush();
        QFAIL("the other change was overwritten");
    } catch (const orm::StaleRow &error) {
        QVERIFY(std::string(error.what()).find("name is now Anna, was Ana") != std::string::npos);
    }
    QCOMPARE(shop.sent("UPDATE \"users\""), 0);
}

void Preview::withoutTheConflictCheckOnlyTheKeyCounts()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.stored("UPDATE users SET name = 'Anna'");
    ana.set("age", 30);
    shop.session->flush();
    QVERIFY(shop.stored("SELECT name || age FROM users") == Value("Anna30"));
}

void Preview::computedColumnsAndTablesWithoutKeyAreReadOnly()
{
    Shop shop;
    shop.session->connection().executeScript(
        "CREATE TABLE loose (a INTEGER); INSERT INTO loose VALUES (1);"
        "CREATE TABLE sums (id INTEGER PRIMARY KEY, a INTEGER, twice INTEGER GENERATED ALWAYS AS (a * 2));"
        "INSERT INTO sums (a) VALUES (4);");
    shop.session->commit();
    const orm::Registry registry = [&] {
        orm::Connection connection = shop.engine->connect();
        return orm::Registry::reflected(orm::reflect(connection));
    }();
    orm::Session session(*shop.engine, registry);
    const orm::Table &loose = registry.metadata()["loose"];
    const Record row = session.first(orm::select(loose));
    QVERIFY(row.get("a") == Value(1));
    THROWS(row.set("a", 2), orm::Argument);
    THROWS(session.remove(row), orm::Argument);
    THROWS((void)session.add(loose), orm::Argument);
    const Record sum = session.first(orm::select(registry.metadata()["sums"]));
    QVERIFY(sum.get("twice") == Value(8));
    THROWS(sum.set("twice", 1), orm::Argument);
}

void Preview::afterAFailedFlushOnlyRollbackWorks()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    shop.session->commit();
    shop.add("users", {{"name", "Eva"}, {"email", "a@b"}});
    try {
        shop.session->flush();
        QFAIL("two equal e-mails were accepted");
    } catch (const orm::Integrity &error) {
        QCOMPARE(error.kind(), orm::IntegrityKind::Unique);
    }
    THROWS((void)shop.get("users", 1), orm::PendingRollback);
    THROWS(shop.session->flush(), orm::PendingRollback);
    THROWS(shop.session->commit(), orm::PendingRollback);
    shop.session->rollback();
    QVERIFY(shop.get("users", 1).get("name") == Value("Ana"));
}

void Preview::aFailedFlushLeavesNothingBehind()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.add("products", {{"code", "x"}, {"title", "first"}}); // goes well before the other fails
    const Record ana = shop.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    const Record eva = shop.add("users", {{"name", "Eva"}, {"email", "a@b"}});
    THROWS(shop.session->flush(), orm::Integrity);
    shop.session->rollback();
    QVERIFY(shop.stored("SELECT (SELECT count(*) FROM products) + (SELECT count(*) FROM users)") == Value(0));
    QVERIFY(eva.life() == orm::Life::Transient);
    eva.set("email", "e@b");
    shop.session->add(ana);
    shop.session->add(eva);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(2));
}

void Preview::anUpdateOfAVanishedRowIsStale()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.stored("DELETE FROM users");
    ana.set("age", 30);
    THROWS(shop.session->flush(), orm::StaleRow);
}

void Preview::aDeletionOfAVanishedRowIsStale()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record pair = shop.add("pairs", {{"left_id", 1}, {"right_id", 2}});
    shop.session->flush();
    shop.stored("DELETE FROM pairs");
    shop.session->remove(pair);
    THROWS(shop.session->flush(), orm::StaleRow);
}

QTEST_APPLESS_MAIN(Preview)
#include "tst_preview.moc"
