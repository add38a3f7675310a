#include "tests/unit/session/staff.h"

namespace {

/// Documents and reports: a version, defaults and a boss in a hierarchy of two tables.
struct Document {
    std::int64_t id{};
    std::string title{};
    std::string kind{};
    std::optional<std::int32_t> pages{};
    std::optional<std::int32_t> version{};
};
struct Report : Document {
    std::optional<std::string> author{};
    std::optional<std::string> state{};
    std::optional<std::int32_t> edits{};
    std::optional<std::int64_t> previousId{};
    orm::One<Report> previous{};
};

std::vector<std::string> &heard()
{
    static std::vector<std::string> events;
    return events;
}

orm::Registry documents()
{
    orm::Registry registry;
    registry.map<Document>("documents")
        .polymorphicOn<&Document::kind>(polymorphicIdentity("document"))
        .column<&Document::id>("id", orm::primaryKey)
        .column<&Document::title>("title", orm::String(50))
        .column<&Document::kind>("kind", orm::String(20))
        .column<&Document::pages>("pages", orm::defaultValue(1))
        .column<&Document::version>("version", orm::versionColumn)
        .validate<&Document::title>([](std::string title) {
            if (title.empty())
                throw orm::Validation("a title is needed");
            return title;
        })
        .on(orm::ObjectEvent::BeforeInsert,
            [](const orm::Ref<Document> &document) { heard().push_back("inserts " + document->title); })
        .on(orm::ObjectEvent::AfterDelete,
            [](const orm::Ref<Document> &document) { heard().push_back("deleted " + document->title); });
    registry.map<Report>("reports")
        .inherits<Document>(polymorphicIdentity("report"))
        .column<&Report::author>("author", orm::String(50))
        .column<&Report::state>("state", orm::serverDefault("'draft'"))
        .column<&Report::edits>("edits", orm::onUpdate([] { return 1; }))
        .column<&Report::previousId>("previous_id", orm::references("reports.id"))
        .references({"id"}, "documents", {}, orm::ReferentialAction::Cascade, orm::ReferentialAction::Cascade)
        .one<&Report::previous>();
    return registry;
}

void documentRecords(orm::Registry &registry)
{
    registry.record("documents")
        .polymorphicOn("kind", polymorphicIdentity("document"))
        .column("pages", orm::defaultValue(1))
        .version("version")
        .validate("title",
                  [](const Value &title) {
                      if (title.isNull() || title.asText().empty())
                          throw orm::Validation("a title is needed");
                      return title;
                  })
        .on(orm::ObjectEvent::BeforeInsert,
            [](const Record &document) { heard().push_back("inserts " + document.get("title").toString()); })
        .on(orm::ObjectEvent::AfterDelete,
            [](const Record &document) { heard().push_back("deleted " + document.get("title").toString()); });
    registry.record("reports")
        .inherits("documents", polymorphicIdentity("report"))
        .column("edits", orm::onUpdate([] { return 1; }))
        .one("previous", "reports");
}

struct Archive : World {
    explicit Archive(Shape shape) : World(shape, documents, documentRecords)
    {
        report = add("reports", {{"title", "r"}, {"author", "Ana"}});
        session->flush();
        recorder.clear();
        heard().clear();
    }
    Record report;
};

} // namespace

/// What is said of a base class holds for its subclasses.
class InheritanceRules : public QObject {
    Q_OBJECT

private slots:
    void aSubclassChangeRaisesTheBasesVersion_data() { bothShapes(); }
    void aSubclassChangeRaisesTheBasesVersion();
    void anotherVersionIsStale_data() { bothShapes(); }
    void anotherVersionIsStale();
    void aValidatorOfTheBaseIsAsked_data() { bothShapes(); }
    void aValidatorOfTheBaseIsAsked();
    void handlersOfTheBaseAreCalledOnce_data() { bothShapes(); }
    void handlersOfTheBaseAreCalledOnce();
    void defaultsOfEachTableAreTaken_data() { bothShapes(); }
    void defaultsOfEachTableAreTaken();
    void anUpdateDefaultWaitsForAnUpdateOfItsTable_data() { bothShapes(); }
    void anUpdateDefaultWaitsForAnUpdateOfItsTable();
    void aCascadingForeignKeyDoesNotDeleteTwice_data() { bothShapes(); }
    void aCascadingForeignKeyDoesNotDeleteTwice();
    void aNewKeyReachesAllTables_data() { bothShapes(); }
    void aNewKeyReachesAllTables();
    void objectsOfOneClassMayReferToEachOther_data() { bothShapes(); }
    void objectsOfOneClassMayReferToEachOther();
    void aMergeCopiesAnObjectOfItsClass_data() { bothShapes(); }
    void aMergeCopiesAnObjectOfItsClass();
    void aSavepointTakesEachTableBack_data() { bothShapes(); }
    void aSavepointTakesEachTableBack();
};

void InheritanceRules::aSubclassChangeRaisesTheBasesVersion()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    QCOMPARE(archive.report.get("version"), Value(1));
    archive.report.set("author", "Bea");
    archive.session->flush();
    VERIFY_SENT(archive.recorder.exactly({"UPDATE documents", "UPDATE reports"}));
    QCOMPARE(archive.report.get("version"), Value(2));
    QCOMPARE(archive.stored("SELECT version FROM documents"), Value(2));
}

void InheritanceRules::anotherVersionIsStale()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    archive.session->connection().execute("UPDATE documents SET version = 7");
    archive.report.set("author", "Bea");
    QVERIFY_EXCEPTION_THROWN(archive.session->flush(), orm::StaleRow);
}

void InheritanceRules::aValidatorOfTheBaseIsAsked()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    QVERIFY_EXCEPTION_THROWN(archive.report.set("title", ""), orm::Validation);
    QCOMPARE(archive.report.get("title"), Value("r"));
}

void InheritanceRules::handlersOfTheBaseAreCalledOnce()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    (void)archive.add("reports", {{"title", "s"}});
    (void)archive.add("documents", {{"title", "d"}});
    archive.session->remove(archive.report);
    archive.session->flush();
    QCOMPARE(heard(), (std::vector<std::string>{"inserts s", "inserts d", "deleted r"}));
}

void InheritanceRules::defaultsOfEachTableAreTaken()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    QCOMPARE(archive.report.get("pages"), Value(1));
    QCOMPARE(archive.report.get("state"), Value("draft"));
    QCOMPARE(archive.stored("SELECT pages FROM documents"), Value(1));
}

void InheritanceRules::anUpdateDefaultWaitsForAnUpdateOfItsTable()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    archive.report.set("title", "new");
    archive.session->flush();
    VERIFY_SENT(archive.recorder.exactly({"UPDATE documents"}));
    QVERIFY(archive.report.get("edits").isNull());
    archive.report.set("author", "Eva");
    archive.session->flush();
    QVERIFY(archive.report.get("edits") == Value(1));
}

void InheritanceRules::aCascadingForeignKeyDoesNotDeleteTwice()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    archive.session->remove(archive.report);
    archive.session->flush();
    VERIFY_SENT(archive.recorder.exactly({"DELETE reports", "DELETE documents"}));
}

void InheritanceRules::aNewKeyReachesAllTables()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    archive.report.set("id", 50);
    archive.report.set("author", "Bea");
    archive.session->commit();
    QCOMPARE(archive.stored("SELECT author FROM reports WHERE id = 50"), Value("Bea"));
    QVERIFY(archive.get("documents", 50) == archive.report);
    QCOMPARE(archive.report.get("author"), Value("Bea"));
}

void InheritanceRules::objectsOfOneClassMayReferToEachOther()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    const Record second = archive.add("reports", {{"title", "second"}});
    const Record third = archive.add("reports", {{"title", "third"}});
    second.setRelated("previous", third);
    archive.report.setRelated("previous", second);
    archive.session->flush();
    QCOMPARE(archive.stored("SELECT previous_id FROM reports WHERE id = 1"), second.get("id"));
    archive.session->remove(third);
    archive.session->remove(second);
    archive.session->remove(archive.report);
    archive.session->flush();
    QCOMPARE(archive.stored("SELECT count(*) FROM documents"), Value(0));
    const Record one = archive.add("reports", {{"title", "one"}});
    const Record two = archive.add("reports", {{"title", "two"}});
    one.setRelated("previous", two);
    two.setRelated("previous", one);
    archive.session->commit();
    QVERIFY(one.related("previous") == two && two.related("previous") == one);
}

void InheritanceRules::aMergeCopiesAnObjectOfItsClass()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    archive.session->commit();
    orm::Session other(*archive.engine, archive.registry);
    const Record theirs = other.get(archive.table("documents"), {1});
    theirs.set("author", "Bea");
    const Record mine = archive.session->merge(theirs);
    QVERIFY(mine == archive.report);
    other.rollback();
    archive.session->flush();
    QCOMPARE(archive.stored("SELECT author FROM reports"), Value("Bea"));
}

void InheritanceRules::aSavepointTakesEachTableBack()
{
    QFETCH(Shape, shape);
    Archive archive(shape);
    {
        const orm::NestedTransaction nested = archive.session->beginNested();
        archive.report.set("title", "x");
        archive.report.set("author", "x");
        archive.session->flush();
    }
    QCOMPARE(archive.report.get("title"), Value("r"));
    QCOMPARE(archive.report.get("author"), Value("Ana"));
    QCOMPARE(archive.report.get("version"), Value(1));
}

QTEST_APPLESS_MAIN(InheritanceRules)
#include "tst_inheritance_rules.moc"
