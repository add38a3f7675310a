#include "tests/unit/session/shop.h"

using orm::Record;
using orm::Value;

/// What a flush sends, and in which order. Every behaviour holds for classes and for records.
class UnitOfWork : public QObject {
    Q_OBJECT

private slots:
    void flushInsertsNewObjectsAndLearnsTheirKeys_data() { bothShapes(); }
    void flushInsertsNewObjectsAndLearnsTheirKeys();
    void aFlushWithoutChangesSendsNothing_data() { bothShapes(); }
    void aFlushWithoutChangesSendsNothing();
    void anUpdateWritesChangedColumnsOnly_data() { bothShapes(); }
    void anUpdateWritesChangedColumnsOnly();
    void aChangeThatIsTakenBackSendsNothing_data() { bothShapes(); }
    void aChangeThatIsTakenBackSendsNothing();
    void removedObjectsAreDeleted_data() { bothShapes(); }
    void removedObjectsAreDeleted();
    void parentsAreInsertedBeforeTheirChildren_data() { bothShapes(); }
    void parentsAreInsertedBeforeTheirChildren();
    void childrenAreDeletedBeforeTheirParents_data() { bothShapes(); }
    void childrenAreDeletedBeforeTheirParents();
    void treesAreInsertedFromTheRoot_data() { bothShapes(); }
    void treesAreInsertedFromTheRoot();
    void treesAreDeletedFromTheLeaves_data() { bothShapes(); }
    void treesAreDeletedFromTheLeaves();
    void aChangedKeyIsFoundByTheOldOne_data() { bothShapes(); }
    void aChangedKeyIsFoundByTheOldOne();
    void aKeyOfTwoColumnsIdentifiesARow_data() { bothShapes(); }
    void aKeyOfTwoColumnsIdentifiesARow();
    void queriesFlushFirst_data() { bothShapes(); }
    void queriesFlushFirst();
    void withoutAutoflushQueriesDoNot_data() { bothShapes(); }
    void withoutAutoflushQueriesDoNot();
    void serverDefaultsComeBackWithTheInsert_data() { bothShapes(); }
    void serverDefaultsComeBackWithTheInsert();
    void insertsAreSortedByTheirColumns_data() { bothShapes(); }
    void insertsAreSortedByTheirColumns();
    void anUpdateMayFreeAUniqueValueForAnInsert_data() { bothShapes(); }
    void anUpdateMayFreeAUniqueValueForAnInsert();
    void aDeletionGoesFirstWhereItFreesAUniqueValue_data() { bothShapes(); }
    void aDeletionGoesFirstWhereItFreesAUniqueValue();
    void aDeletedKeyMayBeTakenByANewObject_data() { bothShapes(); }
    void aDeletedKeyMayBeTakenByANewObject();
    void decimalsStayExact_data() { bothShapes(); }
    void decimalsStayExact();
};

void UnitOfWork::flushInsertsNewObjectsAndLearnsTheirKeys()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record rui = shop.user("Rui");
    QCOMPARE(shop.sent(), 0);
    shop.session->flush();
    QCOMPARE(shop.sent("INSERT"), 2);
    QVERIFY(ana.get("id") == Value(1));
    QVERIFY(rui.get("id") == Value(2));
    QVERIFY(shop.stored("SELECT name FROM users WHERE id = 2") == Value("Rui"));
}

void UnitOfWork::aFlushWithoutChangesSendsNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.user("Ana");
    shop.session->flush();
    shop.forget();
    shop.session->flush();
    QVERIFY(shop.statements.empty());
}

void UnitOfWork::anUpdateWritesChangedColumnsOnly()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.forget();
    ana.set("age", 30);
    shop.session->flush();
    QCOMPARE(shop.sent(), 1);
    QCOMPARE(shop.statement("UPDATE"), std::string(R"(UPDATE "users" SET "age" = ? WHERE "id" = ?)"));
    QVERIFY(shop.stored("SELECT age FROM users") == Value(30));
}

void UnitOfWork::aChangeThatIsTakenBackSendsNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.forget();
    ana.set("name", "Eva");
    QVERIFY(ana.isChanged());
    ana.set("name", "Ana");
    QVERIFY(!ana.isChanged());
    shop.session->flush();
    QCOMPARE(shop.sent(), 0);
}

void UnitOfWork::removedObjectsAreDeleted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record pair = shop.add("pairs", {{"left_id", 1}, {"right_id", 2}});
    shop.session->flush();
    shop.forget();
    shop.session->remove(pair);
    shop.session->flush();
    QCOMPARE(shop.sent(), 1);
    QCOMPARE(shop.sent("DELETE"), 1);
    QVERIFY(shop.stored("SELECT count(*) FROM pairs") == Value(0));
    QVERIFY(pair.life() == orm::Life::Deleted);
}

void UnitOfWork::parentsAreInsertedBeforeTheirChildren()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record address = shop.add("addresses", {{"street", "Rua A"}}); // the child first
    const Record ana = shop.user("Ana");
    address.setRelated("user", ana);
    shop.session->flush();
    QVERIFY(shop.statements[1].find("\"users\"") != std::string::npos);
    QVERIFY(shop.statements[2].find("\"addresses\"") != std::string::npos);
    QVERIFY(address.get("user_id") == ana.get("id"));
    QVERIFY(shop.stored("SELECT user_id FROM addresses") == Value(1));
}

void UnitOfWork::childrenAreDeletedBeforeTheirParents()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record note = shop.add("notes", {{"text", "x"}});
    note.setRelated("user", ana);
    shop.session->flush();
    shop.forget();
    shop.session->remove(ana);
    shop.session->remove(note);
    shop.session->flush();
    QCOMPARE(shop.sent("UPDATE"), 0); // no need to null the key of a row that goes too
    QCOMPARE(shop.sent("DELETE"), 2);
    QVERIFY(shop.statement("DELETE").find("notes") != std::string::npos);
}

void UnitOfWork::treesAreInsertedFromTheRoot()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record leaf = shop.add("trees", {{"name", "leaf"}});
    const Record branch = shop.add("trees", {{"name", "branch"}});
    const Record root = shop.add("trees", {{"name", "root"}});
    leaf.setRelated("parent", branch);
    branch.setRelated("parent", root);
    shop.session->flush();
    QVERIFY(root.get("id") == Value(1));
    QVERIFY(branch.get("id") == Value(2));
    QVERIFY(leaf.get("id") == Value(3));
    QVERIFY(leaf.get("parent_id") == Value(2));
    QCOMPARE(shop.sent("UPDATE"), 0);
}

void UnitOfWork::treesAreDeletedFromTheLeaves()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record root = shop.add("trees", {{"name", "root"}});
    const Record branch = shop.add("trees", {{"name", "branch"}});
    const Record leaf = shop.add("trees", {{"name", "leaf"}});
    branch.setRelated("parent", root);
    leaf.setRelated("parent", branch);
    shop.session->commit();
    shop.session->remove(shop.get("trees", 1));
    shop.session->commit(); // the foreign keys of the database would refuse another order
    QVERIFY(shop.stored("SELECT count(*) FROM trees") == Value(0));
}

void UnitOfWork::aChangedKeyIsFoundByTheOldOne()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record product = shop.add("products", {{"code", "old"}, {"title", "Cup"}});
    shop.session->flush();
    product.set("code", "new");
    shop.session->flush();
    QVERIFY(shop.stored("SELECT code FROM products") == Value("new"));
    shop.forget();
    QVERIFY(shop.get("products", "new") == product);
    QCOMPARE(shop.sent(), 0);
    QVERIFY(!shop.get("products", "old"));
}

void UnitOfWork::aKeyOfTwoColumnsIdentifiesARow()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.add("pairs", {{"left_id", 1}, {"right_id", 2}, {"label", "a"}});
    shop.add("pairs", {{"left_id", 2}, {"right_id", 1}, {"label", "b"}});
    shop.session->commit();
    const Record second = shop.session->get(shop.table("pairs"), {2, 1});
    QVERIFY(second.get("label") == Value("b"));
    QVERIFY(shop.session->get(shop.table("pairs"), {2, 1}) == second);
    second.set("label", "c");
    shop.session->flush();
    QVERIFY(shop.stored("SELECT label FROM pairs WHERE left_id = 2") == Value("c"));
    QVERIFY(shop.stored("SELECT label FROM pairs WHERE left_id = 1") == Value("a"));
    THROWS((void)shop.session->get(shop.table("pairs"), {2}), orm::Argument);
}

void UnitOfWork::queriesFlushFirst()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.user("Ana");
    QCOMPARE(shop.session->all(orm::select(shop.table("users"))).size(), std::size_t{1});
    QCOMPARE(shop.sent("INSERT"), 1);
}

void UnitOfWork::withoutAutoflushQueriesDoNot()
{
    QFETCH(Shape, shape);
    Shop shop(shape, {.autoflush = false});
    shop.user("Ana");
    QCOMPARE(shop.session->all(orm::select(shop.table("users"))).size(), std::size_t{0});
    QCOMPARE(shop.sent("INSERT"), 0);
}

void UnitOfWork::serverDefaultsComeBackWithTheInsert()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record product = shop.add("products", {{"code", "x"}, {"title", "Cup"}});
    const Record given = shop.add("products", {{"code", "y"}, {"title", "Cup"}, {"stock", 3}});
    shop.session->flush();
    shop.forget();
    QVERIFY(product.get("stock") == Value(7));
    QVERIFY(given.get("stock") == Value(3));
    QCOMPARE(shop.sent(), 0);
}

void UnitOfWork::insertsAreSortedByTheirColumns()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    for (int i = 0; i < 3; ++i) { // alternately with and without a column that has a default
        shop.add("products", {{"code", "a" + std::to_string(i)}, {"title", "t"}, {"stock", 1}});
        shop.add("products", {{"code", "b" + std::to_string(i)}, {"title", "t"}});
    }
    shop.session->flush();
    QCOMPARE(shop.sent("INSERT"), 6);
    QCOMPARE(shop.statements[1], shop.statements[2]);
    QCOMPARE(shop.statements[2], shop.statements[3]);
    QCOMPARE(shop.statements[4], shop.statements[5]);
    QVERIFY(shop.statements[3] != shop.statements[4]);
}

void UnitOfWork::anUpdateMayFreeAUniqueValueForAnInsert()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    shop.session->flush();
    ana.set("email", "ana@b");
    shop.add("users", {{"name", "Eva"}, {"email", "a@b"}});
    shop.session->commit();
    QVERIFY(shop.stored("SELECT name FROM users WHERE email = 'a@b'") == Value("Eva"));
}

void UnitOfWork::aDeletionGoesFirstWhereItFreesAUniqueValue()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    ana.addTo("addresses", shop.add("addresses", {{"street", "Rua A"}})); // goes with its user, so before it
    shop.session->commit();
    shop.session->remove(ana);
    shop.add("users", {{"name", "Eva"}, {"email", "a@b"}});
    shop.session->commit();
    QVERIFY(shop.stored("SELECT group_concat(name) FROM users") == Value("Eva"));
}

void UnitOfWork::aDeletedKeyMayBeTakenByANewObject()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record old = shop.add("products", {{"code", "x"}, {"title", "old"}});
    shop.session->flush();
    shop.session->remove(old);
    const Record fresh = shop.add("products", {{"code", "x"}, {"title", "new"}});
    shop.session->commit();
    QVERIFY(shop.get("products", "x") == fresh);
    QVERIFY(shop.stored("SELECT title FROM products") == Value("new"));
}

void UnitOfWork::decimalsStayExact()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const auto price = orm::Decimal::parse("12345678.91");
    const Record product = shop.add("products", {{"code", "x"}, {"title", "Cup"}, {"price", Value(*price)}});
    shop.session->commit();
    QVERIFY(product.get("price") == Value(*price));
    product.set("price", Value(*price));
    shop.forget();
    shop.session->flush();
    QCOMPARE(shop.sent(), 0);
}

QTEST_APPLESS_MAIN(UnitOfWork)
#include "tst_unit_of_work.moc"
