#include "tests/unit/session/shop.h"

using orm::Record;
using orm::Value;

/// What comes to nothing sends nothing: not even a transaction begins.
class NoChange : public QObject {
    Q_OBJECT

private slots:
    void settingWhatIsThereSendsNothing_data();
    void settingWhatIsThereSendsNothing();
    void aValueThatIsTakenBackSendsNothing_data();
    void aValueThatIsTakenBackSendsNothing();
    void oneOfTwoChangesThatIsTakenBackIsLeftOut_data() { bothShapes(); }
    void oneOfTwoChangesThatIsTakenBackIsLeftOut();
    void aKeyThatIsTakenBackSendsNothing_data() { bothShapes(); }
    void aKeyThatIsTakenBackSendsNothing();
    void theSameParentAgainSendsNothing_data() { bothShapes(); }
    void theSameParentAgainSendsNothing();
    void aChildThatComesBackSendsNothing_data() { bothShapes(); }
    void aChildThatComesBackSendsNothing();
    void aChildThatWasElsewhereMeanwhileSendsNothing_data() { bothShapes(); }
    void aChildThatWasElsewhereMeanwhileSendsNothing();
    void aNewObjectThatIsRemovedFromItsParentAgainSendsNothing_data() { bothShapes(); }
    void aNewObjectThatIsRemovedFromItsParentAgainSendsNothing();
    void whatWasFlushedIsNotSentAgain_data() { bothShapes(); }
    void whatWasFlushedIsNotSentAgain();
    void loadingAndReadingIsNoChange_data() { bothShapes(); }
    void loadingAndReadingIsNoChange();
    void aValueOfAnExpiredObjectIsSentUnseen_data() { bothShapes(); }
    void aValueOfAnExpiredObjectIsSentUnseen();
    void theOriginalOfAChangeIsWhatWasLoaded_data() { bothShapes(); }
    void theOriginalOfAChangeIsWhatWasLoaded();
};

namespace {

/// Columns of a product with the value that it has and another one.
struct Sample {
    const char *column;
    Value same;
    Value other;
};

const std::vector<Sample> &samples()
{
    static const std::vector<Sample> all{
        {"title", "Cup", "cup"}, {"price", Value(*orm::Decimal::parse("1.50")), Value(*orm::Decimal::parse("1.51"))},
        {"stock", 7, 8},         {"stock", 7, {}},
        {"rating", {}, 0},
    };
    return all;
}

void everySample()
{
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<int>("sample");
    for (const Shape shape : {Shape::Classes, Shape::Records})
        for (std::size_t i = 0; i < samples().size(); ++i)
            QTest::addRow("%s to %s, %s", samples()[i].column, samples()[i].other.toString().c_str(),
                          shape == Shape::Classes ? "classes" : "records")
                << shape << static_cast<int>(i);
}

/// A product without a rating, for which classes have a default.
Record cup(Shop &shop)
{
    const Record product = shop.add(
        "products", {{"code", "x"}, {"title", "Cup"}, {"price", Value(*orm::Decimal::parse("1.50"))}, {"stock", 7}});
    product.set("rating", orm::null);
    shop.session->commit();
    (void)product.get("title"); // loads it
    shop.session->commit();
    (void)product.get("title");
    shop.forget();
    return product;
}

} // namespace

void NoChange::settingWhatIsThereSendsNothing_data() { everySample(); }

void NoChange::settingWhatIsThereSendsNothing()
{
    QFETCH(Shape, shape);
    QFETCH(int, sample);
    const auto &[column, same, other] = samples()[static_cast<std::size_t>(sample)];
    Shop shop(shape);
    const Record product = cup(shop);
    product.set(column, same);
    QVERIFY(!product.isChanged());
    QVERIFY(!shop.session->hasChanges());
    shop.session->flush();
    QVERIFY(shop.statements.empty());
}

void NoChange::aValueThatIsTakenBackSendsNothing_data() { everySample(); }

void NoChange::aValueThatIsTakenBackSendsNothing()
{
    QFETCH(Shape, shape);
    QFETCH(int, sample);
    const auto &[column, same, other] = samples()[static_cast<std::size_t>(sample)];
    Shop shop(shape);
    const Record product = cup(shop);
    product.set(column, other);
    QVERIFY(product.isChanged());
    product.set(column, same);
    QVERIFY(!product.isChanged());
    shop.session->flush();
    VERIFY_SENT(shop.recorder.nothing());
}

void NoChange::oneOfTwoChangesThatIsTakenBackIsLeftOut()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record product = cup(shop);
    product.set("title", "Mug");
    product.set("stock", 8);
    product.set("title", "Cup");
    shop.session->flush();
    QCOMPARE(shop.statement("UPDATE"), std::string(R"(UPDATE "products" SET "stock" = ? WHERE "code" = ?)"));
}

void NoChange::aKeyThatIsTakenBackSendsNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record product = cup(shop);
    product.set("code", "y");
    product.set("code", "x");
    shop.session->flush();
    VERIFY_SENT(shop.recorder.nothing());
    QVERIFY(shop.get("products", "x") == product);
}

void NoChange::theSameParentAgainSendsNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record address = ana.collection("addresses").at(0);
    shop.forget();
    address.setRelated("user", ana);
    ana.addTo("addresses", address);
    address.set("user_id", 1);
    shop.session->flush();
    VERIFY_SENT(shop.recorder.nothing());
}

void NoChange::aChildThatComesBackSendsNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record address = ana.collection("addresses").at(0);
    ana.removeFrom("addresses", address);
    ana.addTo("addresses", address);
    shop.forget();
    shop.session->flush();
    VERIFY_SENT(shop.recorder.nothing());
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
}

void NoChange::aChildThatWasElsewhereMeanwhileSendsNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    const Record address = ana.collection("addresses").at(0);
    rui.addTo("addresses", address);
    ana.addTo("addresses", address);
    shop.forget();
    shop.session->flush();
    VERIFY_SENT(shop.recorder.nothing());
    QCOMPARE(rui.collection("addresses").size(), std::size_t{2});
}

void NoChange::aNewObjectThatIsRemovedFromItsParentAgainSendsNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record address = shop.add("addresses", {{"street", "Rua C"}});
    ana.addTo("addresses", address);
    ana.removeFrom("addresses", address);
    shop.forget();
    shop.session->flush();
    VERIFY_SENT(shop.recorder.nothing());
}

void NoChange::whatWasFlushedIsNotSentAgain()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record product = cup(shop);
    product.set("title", "Mug");
    shop.session->flush();
    QVERIFY(!product.isChanged());
    shop.forget();
    product.set("title", "Mug");
    shop.session->flush();
    VERIFY_SENT(shop.recorder.nothing());
    product.set("title", "Cup"); // what it once was is a change now
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"UPDATE products"}));
}

void NoChange::loadingAndReadingIsNoChange()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    for (const Record &user : shop.session->all(orm::select(shop.table("users"))))
        for (const Record &address : user.collection("addresses"))
            (void)address.related("user").get("name");
    QVERIFY(!shop.session->hasChanges());
    shop.session->commit();
    VERIFY_SENT(shop.recorder.counted({"INSERT x0", "UPDATE x0", "DELETE x0"}));
}

void NoChange::aValueOfAnExpiredObjectIsSentUnseen()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->commit();
    shop.forget();
    ana.set("name", "Ana"); // nobody knows that it is the same
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"UPDATE users"}));
}

void NoChange::theOriginalOfAChangeIsWhatWasLoaded()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record product = cup(shop);
    const std::size_t title = product.mapper().position("title");
    product.set("title", "Mug");
    product.set("title", "Jug");
    QVERIFY(product.original(title) == Value("Cup"));
    QVERIFY(product.isChanged(title));
    QVERIFY(!product.isChanged(product.mapper().position("stock")));
    shop.session->flush();
    QVERIFY(product.original(title) == Value("Jug"));
}

QTEST_APPLESS_MAIN(NoChange)
#include "tst_no_change.moc"
