#include "tests/unit/session/shop.h"

using orm::Life;
using orm::Record;
using orm::Value;

/// Keys that look like none, and keys that another object had.
class Keys : public QObject {
    Q_OBJECT

private slots:
    void zerosAreAKey();
    void aDeletedRowDoesNotHoldItsParentsKey();
    void aNewRowTakesTheKeyOfOneThatVanished_data() { bothShapes(); }
    void aNewRowTakesTheKeyOfOneThatVanished();
    void twoNewObjectsCannotTakeOverOneRow_data() { bothShapes(); }
    void twoNewObjectsCannotTakeOverOneRow();
};

/// Things at places whose key is a pair.
struct Places {
    Places()
    {
        orm::Connection connection = engine->connect();
        connection.executeScript("CREATE TABLE place(x INTEGER NOT NULL, y INTEGER NOT NULL, PRIMARY KEY(x, y));"
                                 "CREATE TABLE thing(id INTEGER PRIMARY KEY, x INTEGER, y INTEGER,"
                                 "                   FOREIGN KEY(x, y) REFERENCES place(x, y));");
        registry = orm::Registry::reflected(orm::reflect(connection));
        session = std::make_unique<orm::Session>(*engine, registry);
        origin = session->add(registry.metadata()["place"], {{"x", 0}, {"y", 0}});
        thing = session->add(registry.metadata()["thing"]);
        thing.setRelated("place", origin);
        session->commit();
    }
    std::unique_ptr<orm::Engine> engine = orm::createEngine("sqlite://");
    orm::Registry registry;
    std::unique_ptr<orm::Session> session;
    Record origin;
    Record thing;
};

void Keys::zerosAreAKey()
{
    const Places places;
    QVERIFY(places.session->connection().execute("SELECT y FROM thing").scalar() == Value(0));
    QVERIFY(places.thing.related("place") == places.origin);
}

void Keys::aDeletedRowDoesNotHoldItsParentsKey()
{
    const Places places;
    places.session->remove(places.thing);
    places.origin.set("y", 1);
    places.session->commit();
    QVERIFY(places.session->connection().execute("SELECT y FROM place").scalar() == Value(1));
}

void Keys::aNewRowTakesTheKeyOfOneThatVanished()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record lost = shop.add("products", {{"code", "cup"}, {"title", "old"}});
    shop.session->flush();
    shop.session->connection().execute("DELETE FROM products");
    const Record fresh = shop.add("products", {{"code", "cup"}, {"title", "new"}});
    shop.session->flush();
    QVERIFY(lost.life() == Life::Detached);
    QVERIFY(shop.get("products", "cup") == fresh);
}

void Keys::twoNewObjectsCannotTakeOverOneRow()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record old = shop.add("products", {{"code", "cup"}, {"title", "old"}});
    shop.session->commit();
    shop.session->remove(old);
    shop.add("products", {{"code", "cup"}, {"title", "one"}});
    shop.add("products", {{"code", "cup"}, {"title", "two"}});
    THROWS(shop.session->flush(), orm::Integrity);
    shop.session->rollback();
    QVERIFY(shop.stored("SELECT title FROM products") == Value("old"));
}

QTEST_APPLESS_MAIN(Keys)
#include "tst_keys.moc"
