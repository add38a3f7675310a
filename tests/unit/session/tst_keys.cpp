#include "tests/unit/session/shop.h"

using orm::Life;
using orm::Record;
using orm::Value;

/// Keys that look like none, and keys that another object had.
class Keys : public QObject {
    Q_OBJECT

private slots:
    void zerosAreAKey();
    void aNewRowTakesTheKeyOfOneThatVanished_data() { bothShapes(); }
    void aNewRowTakesTheKeyOfOneThatVanished();
};

void Keys::zerosAreAKey()
{
    const std::unique_ptr<orm::Engine> engine = orm::createEngine("sqlite://");
    orm::Connection connection = engine->connect();
    connection.executeScript("CREATE TABLE place(x INTEGER NOT NULL, y INTEGER NOT NULL, PRIMARY KEY(x, y));"
                             "CREATE TABLE thing(id INTEGER PRIMARY KEY, x INTEGER, y INTEGER,"
                             "                   FOREIGN KEY(x, y) REFERENCES place(x, y));");
    const orm::Registry registry = orm::Registry::reflected(orm::reflect(connection));
    orm::Session session(*engine, registry);
    const Record origin = session.add(registry.metadata()["place"], {{"x", 0}, {"y", 0}});
    const Record thing = session.add(registry.metadata()["thing"]);
    thing.setRelated("place", origin);
    session.commit();
    QVERIFY(session.connection().execute("SELECT y FROM thing").scalar() == Value(0));
    QVERIFY(thing.related("place") == origin);
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

QTEST_APPLESS_MAIN(Keys)
#include "tst_keys.moc"
