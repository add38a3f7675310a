#include "tests/unit/session/shop.h"

using orm::Record;
using orm::Value;

/// What is loaded anew, when, and what is flushed before it.
class Expiry : public QObject {
    Q_OBJECT

private slots:
    void aNamedColumnIsLoadedAtTheNextRead_data() { bothShapes(); }
    void aNamedColumnIsLoadedAtTheNextRead();
    void otherColumnsStayAsTheyAre_data() { bothShapes(); }
    void otherColumnsStayAsTheyAre();
    void aNamedColumnLosesItsUnsavedChange_data() { bothShapes(); }
    void aNamedColumnLosesItsUnsavedChange();
    void aNamedCollectionIsLoadedAnew_data() { bothShapes(); }
    void aNamedCollectionIsLoadedAnew();
    void aNamedParentLosesItsUnsavedChange_data() { bothShapes(); }
    void aNamedParentLosesItsUnsavedChange();
    void aNamedParentTakesItsForeignKeyAlong_data() { bothShapes(); }
    void aNamedParentTakesItsForeignKeyAlong();
    void refreshLoadsNamedColumnsNow_data() { bothShapes(); }
    void refreshLoadsNamedColumnsNow();
    void refreshLoadsNamedRelationshipsWithoutImplicitIo_data() { bothShapes(); }
    void refreshLoadsNamedRelationshipsWithoutImplicitIo();
    void refreshFlushesOtherObjectsFirst_data() { bothShapes(); }
    void refreshFlushesOtherObjectsFirst();
    void unknownNamesAreRefused_data() { bothShapes(); }
    void unknownNamesAreRefused();
    void onlyObjectsWithARowExpire_data() { bothShapes(); }
    void onlyObjectsWithARowExpire();
    void getFlushesFirst_data() { bothShapes(); }
    void getFlushesFirst();
    void aReadOfAnExpiredObjectFlushesFirst_data() { bothShapes(); }
    void aReadOfAnExpiredObjectFlushesFirst();
    void noAutoflushHoldsUntilItEnds_data() { bothShapes(); }
    void noAutoflushHoldsUntilItEnds();
    void previewFlushesNothing_data() { bothShapes(); }
    void previewFlushesNothing();
};

void Expiry::aNamedColumnIsLoadedAtTheNextRead()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.stored("UPDATE users SET name = 'Anna', age = 30");
    shop.session->expire(ana, {"age"});
    shop.forget();
    QVERIFY(ana.get("age") == Value(30));
    VERIFY_SENT(shop.recorder.exactly({"SELECT users"}));
}

void Expiry::otherColumnsStayAsTheyAre()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.stored("UPDATE users SET name = 'Anna', age = 30");
    shop.session->expire(ana, {"age"});
    (void)ana.get("age");
    QVERIFY(ana.get("name") == Value("Ana"));
}

void Expiry::aNamedColumnLosesItsUnsavedChange()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.forget();
    ana.set("name", "lost");
    ana.set("age", 30);
    shop.session->expire(ana, {"name"});
    shop.session->flush();
    QCOMPARE(shop.statement("UPDATE"), std::string(R"(UPDATE "users" SET "age" = ? WHERE "id" = ?)"));
    QVERIFY(ana.get("name") == Value("Ana"));
}

void Expiry::aNamedCollectionIsLoadedAnew()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    shop.stored("INSERT INTO addresses (street, user_id) VALUES ('Rua C', 1)");
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    shop.session->expire(ana, {"addresses"});
    QCOMPARE(ana.collection("addresses").size(), std::size_t{3});
}

void Expiry::aNamedParentLosesItsUnsavedChange()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record address = shop.get("addresses", 1);
    const Record eva = shop.user("Eva");
    address.setRelated("user", eva);
    shop.session->expire(address, {"user", "user_id"});
    shop.session->flush();
    QVERIFY(address.related("user") == shop.get("users", 1));
    QVERIFY(shop.stored("SELECT user_id FROM addresses WHERE id = 1") == Value(1));
}

void Expiry::aNamedParentTakesItsForeignKeyAlong()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record address = shop.get("addresses", 1);
    address.setRelated("user", shop.get("users", 2));
    shop.session->expire(address, {"user"});
    QVERIFY(address.get("user_id") == Value(1));
    QVERIFY(address.related("user") == shop.get("users", 1));
    VERIFY_SENT(shop.recorder.counted({"UPDATE x0"}));
}

void Expiry::refreshLoadsNamedColumnsNow()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.stored("UPDATE users SET name = 'Anna', age = 30");
    shop.session->refresh(ana, {"age"});
    shop.forget();
    QVERIFY(ana.get("age") == Value(30));
    QVERIFY(ana.get("name") == Value("Ana"));
    VERIFY_SENT(shop.recorder.nothing());
}

void Expiry::refreshLoadsNamedRelationshipsWithoutImplicitIo()
{
    QFETCH(Shape, shape);
    Shop shop(shape, {.implicitIo = false});
    fill(shop);
    const Record ana = shop.get("users", 1);
    THROWS((void)ana.collection("addresses"), orm::ImplicitIo);
    shop.session->refresh(ana, {"addresses"});
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
}

void Expiry::refreshFlushesOtherObjectsFirst()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.forget();
    shop.user("Eva");
    ana.set("name", "lost");
    shop.session->refresh(ana);
    VERIFY_SENT(shop.recorder.exactly({"INSERT users", "SELECT users"}));
    QVERIFY(ana.get("name") == Value("Ana"));
}

void Expiry::unknownNamesAreRefused()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    THROWS(shop.session->expire(ana, {"shoe_size"}), orm::Argument);
    THROWS(shop.session->refresh(ana, {"shoe_size"}), orm::Argument);
}

void Expiry::onlyObjectsWithARowExpire()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    THROWS(shop.session->expire(ana), orm::Argument);
    THROWS(shop.session->refresh(ana), orm::Argument);
    shop.session->commit();
    shop.session->expunge(ana);
    THROWS(shop.session->expire(ana), orm::Argument);
}

void Expiry::getFlushesFirst()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record product = shop.add("products", {{"code", "x"}, {"title", "Cup"}});
    QVERIFY(shop.get("products", "x") == product);
    VERIFY_SENT(shop.recorder.exactly({"INSERT products"})); // found in memory then
}

void Expiry::aReadOfAnExpiredObjectFlushesFirst()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->commit();
    shop.forget();
    shop.user("Eva");
    QVERIFY(ana.get("name") == Value("Ana"));
    VERIFY_SENT(shop.recorder.exactly({"INSERT users", "SELECT users"}));
}

void Expiry::noAutoflushHoldsUntilItEnds()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.user("Ana");
    {
        const orm::NoAutoflush outer = shop.session->noAutoflush();
        {
            const orm::NoAutoflush inner = shop.session->noAutoflush();
        }
        QVERIFY(shop.session->all(orm::select(shop.table("users"))).empty());
        QVERIFY(!shop.get("users", 1));
    }
    QCOMPARE(shop.session->all(orm::select(shop.table("users"))).size(), std::size_t{1});
}

void Expiry::previewFlushesNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    shop.session->remove(shop.get("users", 1)); // its addresses must be loaded for the preview
    shop.user("Eva");
    shop.forget();
    QCOMPARE(shop.session->preview().size(), std::size_t{4});
    VERIFY_SENT(shop.recorder.counted({"INSERT x0", "DELETE x0"}));
}

QTEST_APPLESS_MAIN(Expiry)
#include "tst_expiry.moc"
