#include "tests/unit/session/office.h"

using orm::Record;
using orm::Ref;
using orm::Value;

/// What columns get where an object does not say.
class ColumnDefaults : public QObject {
    Q_OBJECT

private slots:
    void aConstantFillsWhatIsNull_data() { bothShapes(); }
    void aConstantFillsWhatIsNull();
    void defaultsAreCalledForEachRow_data() { bothShapes(); }
    void defaultsAreCalledForEachRow();
    void aGivenValueCallsNoDefault_data() { bothShapes(); }
    void aGivenValueCallsNoDefault();
    void defaultsAreInTheObjectWithoutASelect_data() { bothShapes(); }
    void defaultsAreInTheObjectWithoutASelect();
    void aDefaultMayLookAtTheRow_data() { bothShapes(); }
    void aDefaultMayLookAtTheRow();
    void nullThatWasSetGetsTheDefault_data() { bothShapes(); }
    void nullThatWasSetGetsTheDefault();
    void explicitNullIsWritten_data() { bothShapes(); }
    void explicitNullIsWritten();
    void explicitNullIsForgottenWhenTheColumnIsSetAgain();
    void explicitNullOfALoadedObjectIsNull_data() { bothShapes(); }
    void explicitNullOfALoadedObjectIsNull();
    void typedExplicitNullIsWritten();
    void updatesCallTheirDefault_data() { bothShapes(); }
    void updatesCallTheirDefault();
    void anUpdateOfTheColumnItselfCallsNoDefault();
    void noChangeCallsNoUpdateDefault();
    void aDefaultMayMakeTheKey_data() { bothShapes(); }
    void aDefaultMayMakeTheKey();
    void aDefaultSeesTheForeignKey();
    void previewCallsNoDefault();
    void aFailingDefaultFailsTheFlush();
    void aMemberThatCannotBeNullHasNoDefault();
    void anUnknownColumnHasNoDefault();
};

void ColumnDefaults::aConstantFillsWhatIsNull()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record a = office.document("a");
    office.session->flush();
    QVERIFY(a.get("language") == Value("en"));
    QVERIFY(office.stored("SELECT language FROM documents") == Value("en"));
}

void ColumnDefaults::defaultsAreCalledForEachRow()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record a = office.document("a");
    const Record b = office.document("b");
    QCOMPARE(office.numbers, 0);
    office.session->flush();
    QVERIFY(a.get("number") == Value(100));
    QVERIFY(b.get("number") == Value(101));
    QVERIFY(office.stored("SELECT group_concat(number) FROM documents") == Value("100,101"));
}

void ColumnDefaults::aGivenValueCallsNoDefault()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record a = office.document("a");
    a.set("number", 7);
    office.session->flush();
    QCOMPARE(office.numbers, 0);
    QVERIFY(office.stored("SELECT number FROM documents") == Value(7));
}

void ColumnDefaults::defaultsAreInTheObjectWithoutASelect()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record a = office.document("a");
    office.session->flush();
    office.recorder.clear();
    QVERIFY(a.get("number") == Value(100));
    QVERIFY(a.get("label") == Value("file a"));
    VERIFY_SENT(office.recorder.nothing());
    QVERIFY(!office.session->hasChanges());
}

void ColumnDefaults::aDefaultMayLookAtTheRow()
{
    QFETCH(Shape, shape);
    Office office(shape);
    office.document("a");
    office.session->flush();
    QVERIFY(office.stored("SELECT label FROM documents") == Value("file a"));
}

void ColumnDefaults::nullThatWasSetGetsTheDefault()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record a = office.document("a");
    for (const char *column : {"number", "language", "state"})
        a.set(column, Value());
    office.session->flush();
    QVERIFY(office.stored("SELECT number || language || state FROM documents") == Value("100ennew"));
}

void ColumnDefaults::explicitNullIsWritten()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record a = office.document("a");
    for (const char *column : {"number", "language", "state"})
        a.set(column, orm::null);
    office.session->flush();
    QCOMPARE(office.numbers, 0);
    QVERIFY(office.stored("SELECT count(*) FROM documents WHERE coalesce(number, language, state) IS NULL") ==
            Value(1));
    QVERIFY(a.get("language").isNull());
}

void ColumnDefaults::explicitNullIsForgottenWhenTheColumnIsSetAgain()
{
    Office office(Shape::Records);
    const Record a = office.document("a");
    a.set("language", orm::null);
    a.set("language", Value());
    office.session->flush();
    QVERIFY(a.get("language") == Value("en"));
}

void ColumnDefaults::explicitNullOfALoadedObjectIsNull()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record a = office.document("a");
    office.session->flush();
    a.set("language", orm::null);
    office.session->flush();
    QVERIFY(office.stored("SELECT language FROM documents").isNull());
    a.set("filename", "b"); // what was NULL stays so
    office.session->flush();
    QVERIFY(office.stored("SELECT language FROM documents").isNull());
}

void ColumnDefaults::typedExplicitNullIsWritten()
{
    Office office(Shape::Classes);
    const Ref<Document> a = office.session->add(Document{.filename = "a"});
    a.set<&Document::language>(orm::null);
    a.set<&Document::number>(std::nullopt);
    office.session->flush();
    QVERIFY(!a->language);
    QVERIFY(a->number == std::optional<std::int32_t>(100));
}

void ColumnDefaults::updatesCallTheirDefault()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record a = office.document("a");
    office.session->flush();
    QVERIFY(a.get("revision").isNull());
    a.set("filename", "b");
    office.session->flush();
    QVERIFY(a.get("revision") == Value(1));
    QVERIFY(office.stored("SELECT revision FROM documents") == Value(1));
    QVERIFY(!office.session->hasChanges());
    office.session->refresh(a);
    QVERIFY(a.get("revision") == Value(1));
}

void ColumnDefaults::anUpdateOfTheColumnItselfCallsNoDefault()
{
    Office office(Shape::Records);
    const Record a = office.document("a");
    office.session->flush();
    a.set("revision", 40);
    office.session->flush();
    QCOMPARE(office.revisions, 0);
    QVERIFY(office.stored("SELECT revision FROM documents") == Value(40));
}

void ColumnDefaults::noChangeCallsNoUpdateDefault()
{
    Office office(Shape::Records);
    const Record a = office.document("a");
    office.session->flush();
    office.recorder.clear();
    a.set("filename", "b");
    a.set("filename", "a");
    office.session->flush();
    QCOMPARE(office.revisions, 0);
    VERIFY_SENT(office.recorder.nothing());
}

void ColumnDefaults::aDefaultMayMakeTheKey()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record token = office.add("tokens");
    office.session->flush();
    QVERIFY(token.key() == std::vector<Value>{"t0"});
    QVERIFY(office.session->get(office.registry.metadata()["tokens"], {"t0"}) == token);
}

void ColumnDefaults::aDefaultSeesTheForeignKey()
{
    Value seen;
    orm::Registry registry;
    registry.map<Document>("documents").column<&Document::id>("id", orm::primaryKey);
    registry.map<Token>("tokens")
        .column<&Token::code>("code", orm::String(20), orm::primaryKey, orm::defaultFrom([&](const Record &row) {
                                  seen = row.get("document_id");
                                  return std::string("t");
                              }))
        .column<&Token::documentId>("document_id", orm::references("documents.id"))
        .one<&Token::document>();
    const auto engine = orm::createEngine("sqlite://");
    orm::createAll(*engine, std::as_const(registry).metadata());
    orm::Session session(*engine, registry);
    const Ref<Token> token = session.add(Token{});
    token.set<&Token::document>(session.add(Document{}));
    session.flush();
    QVERIFY(seen == Value(1));
}

void ColumnDefaults::previewCallsNoDefault()
{
    Office office(Shape::Classes);
    const Record a = office.document("a");
    const std::string insert = office.session->preview().at(0).sql;
    QVERIFY2(insert.find(":documents_1_number") != std::string::npos, insert.c_str());
    QVERIFY2(insert.find("'en'") != std::string::npos, insert.c_str());
    office.session->flush();
    a.set("filename", "b");
    const std::string update = office.session->preview().at(0).sql;
    QVERIFY2(update.find(":documents_revision") != std::string::npos, update.c_str());
    QCOMPARE(office.revisions, 0);
}

void ColumnDefaults::aFailingDefaultFailsTheFlush()
{
    Shop shop(Shape::Records, {}, "sqlite://", [](orm::Registry &registry) {
        registry.record("users").column("age", orm::defaultFrom([]() -> int { throw std::runtime_error("no"); }));
    });
    shop.user("Ana");
    THROWS(shop.session->flush(), std::runtime_error);
    shop.session->rollback();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(0));
}

void ColumnDefaults::aMemberThatCannotBeNullHasNoDefault()
{
    orm::Registry registry;
    registry.map<Document>("documents")
        .column<&Document::id>("id", orm::primaryKey)
        .column<&Document::filename>("filename", orm::defaultValue("x"));
    THROWS(registry.configure(), orm::Argument);
}

void ColumnDefaults::anUnknownColumnHasNoDefault()
{
    orm::Registry registry = shopClasses();
    registry.record("users").column("nothing", orm::defaultValue(1));
    THROWS(registry.configure(), orm::Argument);
}

QTEST_APPLESS_MAIN(ColumnDefaults)
#include "tst_column_defaults.moc"
