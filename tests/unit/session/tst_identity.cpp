#include "tests/unit/session/shop.h"

using orm::f;
using orm::Life;
using orm::Record;
using orm::Ref;
using orm::select;
using orm::Value;

/// One object a row, and what a later statement may write into it.
class Identity : public QObject {
    Q_OBJECT

private slots:
    void everyWayToLoadFindsTheObjectThatIsThere_data() { bothShapes(); }
    void everyWayToLoadFindsTheObjectThatIsThere();
    void noWayToLoadOverwritesWhatIsLoaded_data() { bothShapes(); }
    void noWayToLoadOverwritesWhatIsLoaded();
    void aStreamDoesNotOverwriteWhatIsLoaded();
    void aQueryFillsAnExpiredObject_data() { bothShapes(); }
    void aQueryFillsAnExpiredObject();
    void aQueryFillsAllButWhatWasSetOnAnExpiredObject_data() { bothShapes(); }
    void aQueryFillsAllButWhatWasSetOnAnExpiredObject();
    void populateExistingTakesNewValuesAndKeepsEdits();
    void refreshTakesNewValues_data() { bothShapes(); }
    void refreshTakesNewValues();
    void expiryOfAllReachesEveryObject_data() { bothShapes(); }
    void expiryOfAllReachesEveryObject();
    void equalKeysOfTwoTablesAreTwoObjects_data() { bothShapes(); }
    void equalKeysOfTwoTablesAreTwoObjects();
    void keysAreComparedAsTheyAreWritten_data() { bothShapes(); }
    void keysAreComparedAsTheyAreWritten();
    void zeroAndNegativeKeysAreKeysToo_data() { bothShapes(); }
    void zeroAndNegativeKeysAreKeysToo();
    void aDeletedRowIsNotFoundByItsKey_data() { bothShapes(); }
    void aDeletedRowIsNotFoundByItsKey();
    void aSecondObjectWithALoadedKeyIsRefusedByTheDatabase_data() { bothShapes(); }
    void aSecondObjectWithALoadedKeyIsRefusedByTheDatabase();
    void whatWasExpungedIsLoadedAsAnotherObject_data() { bothShapes(); }
    void whatWasExpungedIsLoadedAsAnotherObject();
    void swappedKeysFindTheOtherObject_data() { bothShapes(); }
    void swappedKeysFindTheOtherObject();
};

namespace {

/// Everything that loads user 1, in turn.
std::vector<Record> waysTo(Shop &shop)
{
    const orm::Table &users = shop.table("users");
    orm::Select byKey(users);
    byKey.where(orm::Expression(users.column("id")) == Value(1));
    return {
        shop.get("users", 1), shop.session->all(byKey).at(0), shop.session->first(byKey),
        shop.get("addresses", 1).related("user"),
        shop.session->all(orm::select(shop.table("addresses")), {orm::selectinPath({"user"})}).at(0).related("user")};
}

} // namespace

void Identity::everyWayToLoadFindsTheObjectThatIsThere()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const std::size_t objects = shop.session->objectCount();
    for (const Record &found : waysTo(shop))
        QVERIFY(found == ana);
    QCOMPARE(shop.session->objectCount(), objects + 5); // addresses, and the other user
}

void Identity::noWayToLoadOverwritesWhatIsLoaded()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.stored("UPDATE users SET name = 'other', age = 5");
    for (const Record &found : waysTo(shop))
        QVERIFY(found.get("name") == Value("Ana"));
    QVERIFY(ana.get("age").isNull());
}

void Identity::aStreamDoesNotOverwriteWhatIsLoaded()
{
    Shop shop;
    fill(shop);
    const Ref<User> ana = shop.session->get<User>(1);
    shop.stored("UPDATE users SET name = 'other'");
    auto stream = shop.session->stream(select<User>().orderBy(f<&User::id>));
    QVERIFY(stream.next() == ana);
    QCOMPARE(ana->name, std::string("Ana"));
    QCOMPARE(stream.next()->name, std::string("other")); // was not in memory
}

void Identity::aQueryFillsAnExpiredObject()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session->expire(ana);
    shop.stored("UPDATE users SET name = 'other'");
    (void)shop.session->all(orm::select(shop.table("users")));
    shop.forget();
    QVERIFY(ana.get("name") == Value("other"));
    VERIFY_SENT(shop.recorder.nothing());
}

void Identity::aQueryFillsAllButWhatWasSetOnAnExpiredObject()
{
    QFETCH(Shape, shape);
    Shop shop(shape, {.autoflush = false});
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session->expire(ana);
    shop.stored("UPDATE users SET name = 'other', age = 5");
    ana.set("name", "mine");
    (void)shop.session->all(orm::select(shop.table("users")));
    QVERIFY(ana.get("age") == Value(5));
    QVERIFY(ana.get("name") == Value("mine"));
    shop.session->commit();
    QVERIFY(shop.stored("SELECT name || age FROM users WHERE id = 1") == Value("mine5"));
}

void Identity::populateExistingTakesNewValuesAndKeepsEdits()
{
    Shop shop(Shape::Classes, {.autoflush = false});
    fill(shop);
    const Ref<User> ana = shop.session->get<User>(1);
    const Ref<User> rui = shop.session->get<User>(2);
    shop.stored("UPDATE users SET name = 'other', age = 5");
    rui.set<&User::name>("mine");
    (void)shop.session->all(select<User>().populateExisting());
    QCOMPARE(ana->name, std::string("other"));
    QCOMPARE(rui->name, std::string("mine"));
    QCOMPARE(rui->age.value_or(0), 5);
}

void Identity::refreshTakesNewValues()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    shop.stored("UPDATE users SET name = 'other'");
    shop.forget();
    shop.session->refresh(ana);
    QVERIFY(ana.get("name") == Value("other"));
    VERIFY_SENT(shop.recorder.exactly({"SELECT users"}));
    QVERIFY(rui.get("name") == Value("Rui")); // only the one that was named
}

void Identity::expiryOfAllReachesEveryObject()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record address = shop.get("addresses", 1);
    ana.set("age", 9);
    shop.session->expireAll();
    QVERIFY(!shop.session->hasChanges());
    shop.stored("UPDATE users SET name = 'other'");
    shop.stored("UPDATE addresses SET street = 'elsewhere'");
    QVERIFY(ana.get("name") == Value("other"));
    QVERIFY(ana.get("age").isNull());
    QVERIFY(address.get("street") == Value("elsewhere"));
}

void Identity::equalKeysOfTwoTablesAreTwoObjects()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record user = shop.get("users", 1);
    const Record address = shop.get("addresses", 1);
    QVERIFY(!(user == address));
    QCOMPARE(&user.table(), &shop.table("users"));
    QCOMPARE(&address.table(), &shop.table("addresses"));
}

void Identity::keysAreComparedAsTheyAreWritten()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record lower = shop.add("products", {{"code", "x"}, {"title", "lower"}});
    const Record upper = shop.add("products", {{"code", "X"}, {"title", "upper"}});
    const Record padded = shop.add("products", {{"code", "x "}, {"title", "padded"}});
    shop.session->flush();
    QVERIFY(shop.get("products", "x") == lower);
    QVERIFY(shop.get("products", "X") == upper);
    QVERIFY(shop.get("products", "x ") == padded);
    QVERIFY(!shop.get("products", "x  "));
}

void Identity::zeroAndNegativeKeysAreKeysToo()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.stored("INSERT INTO users (id, name) VALUES (0, 'zero')");
    shop.stored("INSERT INTO users (id, name) VALUES (-5, 'negative')");
    const Record zero = shop.get("users", 0);
    const Record negative = shop.get("users", -5);
    QVERIFY(zero.get("name") == Value("zero"));
    negative.set("age", 1);
    zero.set("age", 2);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT age FROM users WHERE id = -5") == Value(1));
    QVERIFY(shop.stored("SELECT age FROM users WHERE id = 0") == Value(2));
}

void Identity::aDeletedRowIsNotFoundByItsKey()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record pair = shop.add("pairs", {{"left_id", 1}, {"right_id", 2}});
    shop.session->commit();
    shop.session->remove(pair);
    shop.session->flush();
    QVERIFY(!shop.session->get(shop.table("pairs"), {1, 2}));
}

void Identity::aSecondObjectWithALoadedKeyIsRefusedByTheDatabase()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.add("users", {{"id", 1}, {"name", "impostor"}});
    try {
        shop.session->flush();
        QFAIL("two objects have one row");
    } catch (const orm::Integrity &error) {
        QCOMPARE(error.kind(), orm::IntegrityKind::PrimaryKey);
    }
    shop.session->rollback();
    QVERIFY(shop.get("users", 1) == ana);
    QVERIFY(ana.get("name") == Value("Ana"));
}

void Identity::whatWasExpungedIsLoadedAsAnotherObject()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session->expunge(ana);
    const Record again = shop.get("users", 1);
    QVERIFY(!(again == ana));
    again.set("name", "again");
    QVERIFY(ana.get("name") == Value("Ana"));
    QVERIFY(ana.life() == Life::Detached && again.life() == Life::Persistent);
}

void Identity::swappedKeysFindTheOtherObject()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record a = shop.add("products", {{"code", "a"}, {"title", "A"}});
    const Record b = shop.add("products", {{"code", "b"}, {"title", "B"}});
    shop.session->commit();
    a.set("code", "t");
    shop.session->flush();
    b.set("code", "a");
    shop.session->flush();
    a.set("code", "b");
    shop.session->commit();
    QVERIFY(shop.get("products", "b") == a);
    QVERIFY(shop.get("products", "a") == b);
    QVERIFY(shop.stored("SELECT title FROM products WHERE code = 'a'") == Value("B"));
}

QTEST_APPLESS_MAIN(Identity)
#include "tst_identity.moc"
