#include "tests/unit/session/office.h"

using orm::Record;
using orm::Value;

/// Defaults where a flush does more than to insert and update row by row.
class DefaultsInFlush : public QObject {
    Q_OBJECT

private slots:
    void aBatchCallsTheDefaultForEachRow_data() { bothShapes(); }
    void aBatchCallsTheDefaultForEachRow();
    void anUpdatedBatchCallsTheDefaultForEachRow_data() { bothShapes(); }
    void anUpdatedBatchCallsTheDefaultForEachRow();
    void aMadeKeyReachesTheChildren_data() { bothShapes(); }
    void aMadeKeyReachesTheChildren();
    void aCircleOfMadeKeysIsCalledOnce_data() { bothShapes(); }
    void aCircleOfMadeKeysIsCalledOnce();
    void aNewParentIsAnUpdate_data() { bothShapes(); }
    void aNewParentIsAnUpdate();
    void aReplacedRowGetsTheDefaultsOfItsNewObject_data() { bothShapes(); }
    void aReplacedRowGetsTheDefaultsOfItsNewObject();
    void aRollbackTakesTheUpdateDefaultBack_data() { bothShapes(); }
    void aRollbackTakesTheUpdateDefaultBack();
    void aSecondFlushCallsTheInsertDefaultNoMore_data() { bothShapes(); }
    void aSecondFlushCallsTheInsertDefaultNoMore();
    void mergingAnObjectWithoutItsKeyLooksForNoRow_data() { bothShapes(); }
    void mergingAnObjectWithoutItsKeyLooksForNoRow();
    void mergeKeepsExplicitNull_data() { bothShapes(); }
    void mergeKeepsExplicitNull();
    void defaultsAreGivenOneByOne();
    void previewNamesAMadeKey();
};

void DefaultsInFlush::aBatchCallsTheDefaultForEachRow()
{
    QFETCH(Shape, shape);
    Office office(shape);
    for (int i = 0; i < 50; ++i)
        office.document("x");
    office.session->flush();
    VERIFY_SENT(office.recorder.exactly({"INSERT documents x50"}));
    QCOMPARE(office.numbers, 50);
    QVERIFY(office.stored("SELECT count(DISTINCT number) FROM documents") == Value(50));
}

void DefaultsInFlush::anUpdatedBatchCallsTheDefaultForEachRow()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const std::vector<Record> all{office.document("a"), office.document("b"), office.document("c")};
    office.session->flush();
    office.recorder.clear();
    for (const Record &document : all)
        document.set("filename", "x");
    office.session->flush();
    VERIFY_SENT(office.recorder.exactly({"UPDATE documents x3"}));
    QVERIFY(office.stored("SELECT group_concat(revision) FROM documents") == Value("1,2,3"));
    QVERIFY(all[2].get("revision") == Value(3));
}

void DefaultsInFlush::aMadeKeyReachesTheChildren()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record badge = office.add("badges");
    const Record token = office.add("tokens");
    badge.setRelated("token", token);
    office.session->flush();
    QVERIFY(token.get("code") == Value("t0"));
    QVERIFY(badge.get("token_code") == Value("t0"));
    QVERIFY(office.stored("SELECT token_code FROM badges") == Value("t0"));
}

void DefaultsInFlush::aCircleOfMadeKeysIsCalledOnce()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record a = office.add("badges");
    const Record b = office.add("badges");
    a.setRelated("next", b);
    b.setRelated("next", a);
    office.session->flush();
    QCOMPARE(office.numbers, 2);
    QVERIFY(a.get("next_code") == b.get("code"));
    QVERIFY(b.get("next_code") == a.get("code"));
    QVERIFY(office.stored("SELECT count(*) FROM badges x JOIN badges y ON x.next_code = y.code AND "
                          "y.next_code = x.code") == Value(2));
}

void DefaultsInFlush::aNewParentIsAnUpdate()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record document = office.document("a");
    const Record token = office.add("tokens");
    office.session->flush();
    token.setRelated("document", document);
    office.recorder.clear();
    office.session->flush();
    VERIFY_SENT(office.recorder.exactly({"UPDATE tokens"}));
    QCOMPARE(office.revisions, 0); // it is the token's row that changed
}

void DefaultsInFlush::aReplacedRowGetsTheDefaultsOfItsNewObject()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record old = office.document("a");
    office.session->flush();
    old.set("filename", "b");
    old.set("language", "pt");
    office.session->commit();
    const Value id = old.get("id");
    office.recorder.clear();
    office.session->remove(old);
    const Record fresh = office.session->add(office.registry.metadata()["documents"], {{"id", id}, {"filename", "c"}});
    office.session->flush();
    VERIFY_SENT(office.recorder.counted({"UPDATE documents", "INSERT x0", "DELETE x0"}));
    QVERIFY(fresh.get("number") == Value(101));
    QVERIFY(fresh.get("language") == Value("en"));
    QVERIFY(fresh.get("label") == Value("file c"));
    QVERIFY(fresh.get("revision").isNull());
    QVERIFY(office.stored("SELECT number || language || label FROM documents WHERE revision IS NULL") ==
            Value("101enfile c"));
}

void DefaultsInFlush::aRollbackTakesTheUpdateDefaultBack()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record document = office.document("a");
    office.session->commit();
    document.set("filename", "b");
    office.session->flush();
    QVERIFY(document.get("revision") == Value(1));
    office.session->rollback();
    QVERIFY(document.get("revision").isNull());
    QVERIFY(!office.session->hasChanges());
}

void DefaultsInFlush::aSecondFlushCallsTheInsertDefaultNoMore()
{
    QFETCH(Shape, shape);
    Office office(shape);
    const Record document = office.document("a");
    office.session->commit();
    document.set("number", Value()); // of a row that is there, NULL is NULL
    office.session->commit();
    QCOMPARE(office.numbers, 1);
    QVERIFY(document.get("number").isNull());
}

void DefaultsInFlush::mergingAnObjectWithoutItsKeyLooksForNoRow()
{
    QFETCH(Shape, shape);
    Office office(shape);
    orm::Session source(*office.engine, office.registry);
    const Record given = source.add(office.registry.metadata()["tokens"]);
    const Record merged = office.session->merge(given);
    office.session->flush();
    VERIFY_SENT(office.recorder.exactly({"INSERT tokens"}));
    QVERIFY(merged.get("code") == Value("t0"));
}

void DefaultsInFlush::mergeKeepsExplicitNull()
{
    QFETCH(Shape, shape);
    Office office(shape);
    orm::Session source(*office.engine, office.registry);
    const Record given = source.add(office.registry.metadata()["documents"], {{"filename", "a"}});
    given.set("language", orm::null);
    const Record merged = office.session->merge(given);
    office.session->flush();
    QVERIFY(merged.get("language").isNull());
    QVERIFY(merged.get("number") == Value(100));
    QVERIFY(office.stored("SELECT count(*) FROM documents WHERE language IS NULL") == Value(1));
}

void DefaultsInFlush::defaultsAreGivenOneByOne()
{
    Shop shop(Shape::Records, {}, "sqlite://", [](orm::Registry &registry) {
        registry.record("users").column("age", orm::defaultValue(1));
        registry.record("users").column("age", orm::onUpdate([] { return 2; }));
    });
    const Record user = shop.user("Ana");
    shop.session->flush();
    QVERIFY(user.get("age") == Value(1));
    user.set("name", "Bea");
    shop.session->flush();
    QVERIFY(user.get("age") == Value(2));
}

void DefaultsInFlush::previewNamesAMadeKey()
{
    Office office(Shape::Classes);
    const Record badge = office.add("badges");
    badge.setRelated("token", office.add("tokens"));
    const auto statements = office.session->preview();
    QVERIFY2(statements.at(0).sql.find("VALUES (:tokens_1_code") != std::string::npos, statements.at(0).sql.c_str());
    QVERIFY2(statements.at(1).sql.find("(:badges_1_code, :tokens_1_code") != std::string::npos,
             statements.at(1).sql.c_str());
    QCOMPARE(office.numbers, 0);
}

QTEST_APPLESS_MAIN(DefaultsInFlush)
#include "tst_defaults_in_flush.moc"
