#include "tests/unit/session/world.h"

using orm::Integrity;
using orm::IntegrityKind;
using orm::Record;
using orm::Value;

namespace {

orm::Registry shopWithCheck()
{
    orm::Registry registry = shopClasses();
    registry.metadata().find("products")->checks.push_back({"ck_rating", {"rating < 10"}});
    return registry;
}

void shopTables(orm::Registry &registry) { registry.record("addresses").one("user", "users"); }

/// The error of a flush that must fail.
Integrity failureOf(World &world)
{
    try {
        world.session->flush();
    } catch (const Integrity &error) {
        return error;
    }
    qFatal("the flush did not fail");
}

} // namespace

/// What an error says of the object that it is about.
class NamedErrors : public QObject {
    Q_OBJECT

private slots:
    void aUniqueKeyNamesTheNewObject_data() { bothShapes(); }
    void aUniqueKeyNamesTheNewObject();
    void anUpdateNamesItsRow_data() { bothShapes(); }
    void anUpdateNamesItsRow();
    void aDeletionNamesItsRow_data() { bothShapes(); }
    void aDeletionNamesItsRow();
    void aMissingValueNamesItsColumn_data() { bothShapes(); }
    void aMissingValueNamesItsColumn();
    void aCheckIsNamed_data() { bothShapes(); }
    void aCheckIsNamed();
    void theErrorHasTheStatementAndItsValues_data() { bothShapes(); }
    void theErrorHasTheStatementAndItsValues();
    void hiddenValuesStayHidden_data() { bothShapes(); }
    void hiddenValuesStayHidden();
    void theObjectAmongManyIsTheRightOne_data() { bothShapes(); }
    void theObjectAmongManyIsTheRightOne();
};

void NamedErrors::aUniqueKeyNamesTheNewObject()
{
    QFETCH(Shape, shape);
    World world(shape, shopWithCheck, shopTables);
    world.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    world.session->flush();
    world.add("users", {{"name", "Eva"}, {"email", "a@b"}});
    const Integrity error = failureOf(world);
    QVERIFY(error.kind() == IntegrityKind::Unique);
    QVERIFY(error.columns() == std::vector<std::string>{"users.email"});
    QVERIFY2(std::string(error.what()).find("a new users: ") == 0, error.what());
}

void NamedErrors::anUpdateNamesItsRow()
{
    QFETCH(Shape, shape);
    World world(shape, shopWithCheck, shopTables);
    world.add("users", {{"name", "Ana"}, {"email", "a@b"}});
    const Record eva = world.add("users", {{"name", "Eva"}, {"email", "e@b"}});
    world.session->flush();
    eva.set("email", "a@b");
    const Integrity error = failureOf(world);
    QVERIFY2(std::string(error.what()).find("users (2): ") == 0, error.what());
}

void NamedErrors::aDeletionNamesItsRow()
{
    QFETCH(Shape, shape);
    World world(shape, shopWithCheck, shopTables);
    const Record ana = world.add("users", {{"name", "Ana"}});
    world.session->flush();
    world.session->connection().executeScript(
        "CREATE TRIGGER keep BEFORE DELETE ON users BEGIN INSERT INTO notes (text, user_id) VALUES ('x', old.id); END");
    world.session->remove(ana);
    const Integrity error = failureOf(world);
    QVERIFY(error.kind() == IntegrityKind::ForeignKey);
    QVERIFY2(std::string(error.what()).find("users (1): ") == 0, error.what());
}

void NamedErrors::aMissingValueNamesItsColumn()
{
    QFETCH(Shape, shape);
    World world(shape, shopWithCheck, shopTables);
    world.session->connection().executeScript(
        "CREATE TRIGGER no_name AFTER INSERT ON notes BEGIN UPDATE users SET name = NULL; END");
    world.add("users", {{"name", "Ana"}});
    world.session->flush();
    world.add("notes", {{"text", "x"}});
    const Integrity error = failureOf(world);
    QVERIFY(error.kind() == IntegrityKind::NotNull);
    QVERIFY(error.columns() == std::vector<std::string>{"users.name"});
    QVERIFY2(std::string(error.what()).find("a new notes: ") == 0, error.what());
}

void NamedErrors::aCheckIsNamed()
{
    QFETCH(Shape, shape);
    World world(shape, shopWithCheck, shopTables);
    world.add("products", {{"code", "x"}, {"title", "Cup"}, {"rating", 11}});
    const Integrity error = failureOf(world);
    QVERIFY(error.kind() == IntegrityKind::Check);
    QCOMPARE(error.constraint(), std::string("ck_rating"));
}

void NamedErrors::theErrorHasTheStatementAndItsValues()
{
    QFETCH(Shape, shape);
    World world(shape, shopWithCheck, shopTables);
    const Record product = world.add("products", {{"code", "x"}, {"title", "Cup"}, {"rating", 1}});
    world.session->flush();
    product.set("rating", 11);
    const Integrity error = failureOf(world);
    QVERIFY2(error.context().parameters.find("(11") == 0, error.context().parameters.c_str());
    QVERIFY(error.context().sql.find("UPDATE \"products\"") == 0);
}

void NamedErrors::hiddenValuesStayHidden()
{
    QFETCH(Shape, shape);
    orm::EngineOptions options;
    options.hideParameters = true;
    World world(shape, shopWithCheck, shopTables, {}, options);
    world.add("products", {{"code", "x"}, {"title", "secret"}, {"stock", 1}, {"rating", 11}});
    const Integrity error = failureOf(world);
    QVERIFY2(error.context().parameters.find("hidden") != std::string::npos, error.context().parameters.c_str());
    QVERIFY2(std::string(error.what()).find("secret") == std::string::npos, error.what());
}

void NamedErrors::theObjectAmongManyIsTheRightOne()
{
    QFETCH(Shape, shape);
    World world(shape, shopWithCheck, shopTables);
    for (const char *code : {"a", "b", "c"})
        world.add("products", {{"code", code}, {"title", "Cup"}, {"rating", 1}});
    world.session->flush();
    for (const char *code : {"a", "b", "c"})
        world.get("products", code).set("rating", std::string(code) == "b" ? 11 : 2);
    const Integrity error = failureOf(world);
    QVERIFY2(std::string(error.what()).find("products (b): ") == 0, error.what());
}

QTEST_APPLESS_MAIN(NamedErrors)
#include "tst_named_errors.moc"
