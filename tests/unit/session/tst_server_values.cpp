#include "tests/unit/session/world.h"

using orm::Record;
using orm::Value;

namespace {

struct Line {
    std::int64_t id{};
    std::int64_t price{};
    std::int64_t amount{};
    std::optional<std::int64_t> total{};
    std::optional<std::string> state{};
};
struct Token { // its key is the database's, and no number
    std::optional<std::string> code{};
    std::string owner{};
};
struct Use {
    std::int64_t id{};
    std::optional<std::string> code{};
    orm::One<Token> token{};
};

orm::Registry served()
{
    orm::Registry registry;
    registry.map<Line>("lines")
        .column<&Line::id>("id", orm::primaryKey)
        .column<&Line::price>("price")
        .column<&Line::amount>("amount")
        .column<&Line::total>("total", orm::computed("price * amount"))
        .column<&Line::state>("state", orm::String(20), orm::serverDefault("'open'"));
    registry.map<Token>("tokens")
        .column<&Token::code>("code", orm::String(20), orm::primaryKey, orm::serverDefault("lower(hex(randomblob(4)))"))
        .column<&Token::owner>("owner", orm::String(20));
    registry.map<Use>("uses")
        .column<&Use::id>("id", orm::primaryKey)
        .column<&Use::code>("code", orm::String(20), orm::references("tokens.code"))
        .one<&Use::token>(orm::foreignKey("code"));
    return registry;
}

void servedRecords(orm::Registry &registry) { registry.record("uses").one("token", "tokens"); }

struct Served : World {
    explicit Served(Shape shape) : World(shape, served, servedRecords)
    {
        line = add("lines", {{"price", 5}, {"amount", 3}});
    }
    Record line;
};

} // namespace

/// What the database makes of a row.
class ServerValues : public QObject {
    Q_OBJECT

private slots:
    void computedColumnsComeBackWithAnInsert_data() { bothShapes(); }
    void computedColumnsComeBackWithAnInsert();
    void computedColumnsComeBackWithAnUpdate_data() { bothShapes(); }
    void computedColumnsComeBackWithAnUpdate();
    void defaultsComeBackWithAnInsert_data() { bothShapes(); }
    void defaultsComeBackWithAnInsert();
    void aKeyThatTheDatabaseMadeUpIsKnown_data() { bothShapes(); }
    void aKeyThatTheDatabaseMadeUpIsKnown();
    void childrenGetAKeyThatTheDatabaseMadeUp_data() { bothShapes(); }
    void childrenGetAKeyThatTheDatabaseMadeUp();
    void whatATriggerChangesComesWithARefresh_data() { bothShapes(); }
    void whatATriggerChangesComesWithARefresh();
    void aRowThatATriggerLeavesOutIsNoticed_data() { bothShapes(); }
    void aRowThatATriggerLeavesOutIsNoticed();
    void computedColumnsAreNeverWritten_data() { bothShapes(); }
    void computedColumnsAreNeverWritten();
    void aTakenOverRowIsComputedAnew_data() { bothShapes(); }
    void aTakenOverRowIsComputedAnew();
};

void ServerValues::computedColumnsComeBackWithAnInsert()
{
    QFETCH(Shape, shape);
    Served served(shape);
    served.session->flush();
    QVERIFY(served.line.get("total") == Value(15));
    VERIFY_SENT(served.recorder.exactly({"INSERT lines"}));
}

void ServerValues::computedColumnsComeBackWithAnUpdate()
{
    QFETCH(Shape, shape);
    Served served(shape);
    served.session->flush();
    served.recorder.clear();
    served.line.set("amount", 4);
    served.session->flush();
    QVERIFY(served.line.get("total") == Value(20));
    VERIFY_SENT(served.recorder.exactly({"UPDATE lines"}));
}

void ServerValues::defaultsComeBackWithAnInsert()
{
    QFETCH(Shape, shape);
    Served served(shape);
    const Record closed = served.add("lines", {{"price", 1}, {"amount", 1}, {"state", "closed"}});
    const Record unsaid = served.add("lines", {{"price", 1}, {"amount", 1}, {"state", Value()}});
    const Record none = served.add("lines", {{"price", 1}, {"amount", 1}});
    none.set("state", orm::null);
    served.session->flush();
    served.recorder.clear();
    QVERIFY(served.line.get("state") == Value("open"));
    QVERIFY(closed.get("state") == Value("closed"));
    QVERIFY(unsaid.get("state") == Value("open"));
    QVERIFY(none.get("state").isNull());
    VERIFY_SENT(served.recorder.nothing());
}

void ServerValues::aKeyThatTheDatabaseMadeUpIsKnown()
{
    QFETCH(Shape, shape);
    Served served(shape);
    const Record token = served.add("tokens", {{"owner", "Ana"}});
    served.session->flush();
    const Value code = token.get("code");
    QCOMPARE(code.asText().size(), std::size_t{8});
    QVERIFY(served.get("tokens", code) == token);
    token.set("owner", "Eva");
    served.session->commit();
    QVERIFY(served.stored("SELECT owner FROM tokens") == Value("Eva"));
}

void ServerValues::childrenGetAKeyThatTheDatabaseMadeUp()
{
    QFETCH(Shape, shape);
    Served served(shape);
    const Record use = served.add("uses");
    const Record token = served.add("tokens", {{"owner", "Ana"}});
    use.setRelated("token", token);
    served.session->commit();
    QVERIFY(use.get("code") == token.get("code"));
    QVERIFY(!use.get("code").isNull());
}

void ServerValues::whatATriggerChangesComesWithARefresh()
{
    QFETCH(Shape, shape);
    Served served(shape);
    served.session->connection().executeScript(
        "CREATE TRIGGER shout AFTER UPDATE ON lines BEGIN UPDATE lines SET state = 'changed' WHERE id = new.id; END");
    served.session->flush();
    served.line.set("amount", 4);
    served.session->flush();
    QVERIFY(served.line.get("state") == Value("open")); // nobody told
    served.session->refresh(served.line);
    QVERIFY(served.line.get("state") == Value("changed"));
}

void ServerValues::aRowThatATriggerLeavesOutIsNoticed()
{
    QFETCH(Shape, shape);
    Served served(shape);
    served.session->flush();
    served.session->connection().executeScript(
        "CREATE TRIGGER never BEFORE UPDATE ON lines BEGIN SELECT RAISE(IGNORE); END");
    served.line.set("amount", 4);
    THROWS(served.session->flush(), orm::StaleRow);
}

void ServerValues::computedColumnsAreNeverWritten()
{
    QFETCH(Shape, shape);
    Served served(shape);
    THROWS(served.line.set("total", 1), orm::Argument);
    served.session->flush();
    served.line.set("amount", 4);
    THROWS(served.line.set("total", 1), orm::Argument);
    served.session->flush();
    for (const StatementRecorder::Statement &sent : served.recorder.statements()) // "total" only comes back
        QVERIFY2(sent.sql.find("\"total\"") >= sent.sql.find("RETURNING"), sent.sql.c_str());
    QVERIFY(served.stored("SELECT total FROM lines") == Value(20));
}

void ServerValues::aTakenOverRowIsComputedAnew()
{
    QFETCH(Shape, shape);
    Served served(shape);
    served.session->flush();
    served.session->remove(served.line);
    const Record fresh = served.add("lines", {{"id", 1}, {"price", 2}, {"amount", 2}});
    served.session->flush();
    QVERIFY(fresh.get("total") == Value(4));
    VERIFY_SENT(served.recorder.counted({"DELETE x0"}));
}

QTEST_APPLESS_MAIN(ServerValues)
#include "tst_server_values.moc"
