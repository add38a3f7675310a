#include "ormcore/model/edits.h"
#include "ormcore/model/storage.h"
#include "ormcore/reflect/compare.h"
#include "ormcore/reflect/reflect.h"
#include "tests/unit/model/model_samples.h"
#include "tests/unit/reflect/sqlite_sets.h"

#include <QTest>

using namespace orm::model;
using orm::MetaData;
using orm::schemaDifferences;

namespace {

constexpr const char *kAwkward = R"(
CREATE TABLE "Parent" (a INTEGER, b TEXT COLLATE NOCASE, PRIMARY KEY (b, a)) WITHOUT ROWID;
CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT DEFAULT 'it''s', y INT NOT NULL DEFAULT (1 + 1),
    up REFERENCES child, gone INTEGER REFERENCES nowhere(id), ghost INTEGER REFERENCES "Parent"(missing),
    total GENERATED ALWAYS AS (y * 2) STORED, untyped,
    CONSTRAINT named UNIQUE (x, y), CHECK (y > 0), CONSTRAINT c2 CHECK (length(x) < 10),
    FOREIGN KEY (x, y) REFERENCES parent (B, A) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED);
CREATE UNIQUE INDEX "odd index" ON child (x DESC, y) WHERE y > 3;
CREATE INDEX expressions ON child (lower(x), y COLLATE NOCASE);
CREATE TABLE strict_one (id INTEGER PRIMARY KEY, d ANY) STRICT;
CREATE VIEW zz AS SELECT a FROM "Parent";
CREATE VIEW aa AS SELECT * FROM zz;
CREATE TRIGGER tr AFTER INSERT ON CHILD BEGIN SELECT 1; END;
CREATE VIRTUAL TABLE search USING fts5(title, body);
)";

/// Reflected from a scratch database.
MetaData reflected(const char *script)
{
    const auto engine = orm::createEngine("sqlite://");
    orm::Connection connection = engine->connect();
    connection.executeScript(script);
    return orm::reflect(connection);
}

void verifySame(const MetaData &a, const MetaData &b)
{
    const std::vector<std::string> differences = schemaDifferences(a, b);
    QVERIFY2(differences.empty(), differences.empty() ? "" : differences.front().c_str());
    QCOMPARE(a.tables().size(), b.tables().size());
}

} // namespace

class MetaDataTest : public QObject {
    Q_OBJECT

private slots:
    void everySetGoesThroughTheModelUnchanged_data() { addSets(); }
    void everySetGoesThroughTheModelUnchanged();
    void awkwardSchemasGoThroughTheModelUnchanged();
    void mergingWhatIsThereAlreadyChangesNothing();
    void mergingKeepsIdsAndWhatOnlyTheModelKnows();
    void newTablesGetNodesWhereAllAreShown();
    void junctionsAreRecognised();
    void viewsComeAfterThoseTheyRead();

private:
    static void addSets()
    {
        QTest::addColumn<int>("set");
        for (int i = 0; i < sqliteSets().size(); ++i)
            QTest::newRow(sqliteSets().at(i).name) << i;
    }
    QTemporaryDir m_folder;
};

void MetaDataTest::everySetGoesThroughTheModelUnchanged()
{
    if (dataFolder().isEmpty())
        QSKIP("the shared data folder is not there");
    QFETCH(int, set);
    const QString path = makeDatabase(sqliteSets().at(set), m_folder);
    QVERIFY(!path.isEmpty());
    const auto engine = openFile(path);
    orm::Connection connection = engine->connect();
    const MetaData before = orm::reflect(connection);
    const Model model = fromMetaData(before, "set", "sqlite");
    verifySame(before, toMetaData(model));
    const Model stored = read(write(model));
    QVERIFY(stored == model);
    verifySame(before, toMetaData(stored));
    QVERIFY(mergeMetaData(model, before).empty());
}

void MetaDataTest::awkwardSchemasGoThroughTheModelUnchanged()
{
    const MetaData before = reflected(kAwkward);
    const Model model = fromMetaData(before, "awkward", "sqlite");
    verifySame(before, toMetaData(model));
    QVERIFY(read(write(model)) == model);
    const EntityPointer child = model.entity("child");
    const EntityPointer parent = model.entity("Parent");
    int toParent = 0;
    for (const ForeignKey &key : child->foreignKeys)
        toParent += key.target == parent->id ? 1 : 0;
    QCOMPARE(toParent, 1); // found in another case; the one to a missing column stays dangling
    QVERIFY(model.triggers().begin()->second.entity == child->id);
}

void MetaDataTest::mergingWhatIsThereAlreadyChangesNothing()
{
    const MetaData before = reflected(kAwkward);
    QVERIFY(mergeMetaData(fromMetaData(before, "awkward", "sqlite"), before).empty());
}

void MetaDataTest::mergingKeepsIdsAndWhatOnlyTheModelKnows()
{
    Model model = fromMetaData(reflected("CREATE TABLE a (id INTEGER PRIMARY KEY, old TEXT, b INTEGER REFERENCES b);"
                                         "CREATE TABLE b (id INTEGER PRIMARY KEY); CREATE TABLE c (x);"),
                               "m", "sqlite");
    Entity a = *model.entity("a");
    a.className = "Alpha";
    a.comment = "first";
    a.attributes[0].member = "key";
    a.foreignKeys[0].relationship.parentMember = "owner";
    samples::apply(model, setEntity(model, a));
    const NodeId node = model.nodes(samples::diagram(model)).begin()->first;
    const NodePosition place{node, 120, 80};
    samples::apply(model, moveNodes(model, samples::diagram(model), std::span(&place, 1)));
    const EntityId gone = model.entity("c")->id;

    const char *script = "CREATE TABLE a (id INTEGER PRIMARY KEY, fresh REAL, b INTEGER REFERENCES b);"
                         "CREATE TABLE b (id INTEGER PRIMARY KEY, more TEXT);";
    const MetaData now = reflected(script);
    MetaData expected = reflected(script);
    expected["a"].comment = "first"; // SQLite has no comments
    Edit edit = mergeMetaData(model, now);
    QVERIFY(!edit.empty());
    model.swap(edit);
    verifySame(expected, toMetaData(model));
    const EntityPointer after = model.entity("a");
    QVERIFY(after->id == a.id && after->className == "Alpha" && after->comment == "first");
    QVERIFY(after->attributes[0].id == a.attributes[0].id && after->attributes[0].member == "key");
    QVERIFY(after->foreignKeys[0].id == a.foreignKeys[0].id);
    QCOMPARE(after->foreignKeys[0].relationship.parentMember, std::string("owner"));
    QVERIFY(!model.entity(gone));
    for (const auto &[id, shown] : model.nodes(samples::diagram(model)))
        QVERIFY(shown.entity != gone && (id != node || shown.x == 120));
    QVERIFY(mergeMetaData(model, now).empty());
}

void MetaDataTest::newTablesGetNodesWhereAllAreShown()
{
    Model model = fromMetaData(reflected("CREATE TABLE a (id INTEGER PRIMARY KEY);"), "m", "sqlite");
    samples::apply(model, addDiagram(model, "part"));
    samples::apply(model, mergeMetaData(model, reflected("CREATE TABLE a (id INTEGER PRIMARY KEY);"
                                                         "CREATE TABLE b (id INTEGER PRIMARY KEY);")));
    const auto main = model.diagram("main");
    const auto part = model.diagram("part");
    QCOMPARE(model.nodes(*main).size(), std::size_t{2});
    QCOMPARE(model.nodes(*part).size(), std::size_t{0});
    for (const auto &[id, node] : model.nodes(*main))
        QVERIFY(!node.placed);
}

void MetaDataTest::junctionsAreRecognised()
{
    const Model model =
        fromMetaData(reflected("CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY);"
                               "CREATE TABLE ab (a REFERENCES a, b REFERENCES b, PRIMARY KEY (a, b));"
                               "CREATE TABLE abc (a REFERENCES a, b REFERENCES b, c, PRIMARY KEY (a, b));"),
                     "m", "sqlite");
    QVERIFY(model.entity("ab")->junction);
    QVERIFY(!model.entity("abc")->junction);
}

void MetaDataTest::viewsComeAfterThoseTheyRead()
{
    const MetaData metadata = toMetaData(fromMetaData(reflected(kAwkward), "m", "sqlite"));
    std::vector<std::string> views;
    for (const auto &table : metadata.tables())
        if (table->kind() == orm::TableKind::View)
            views.push_back(table->name().name);
    QVERIFY(views == (std::vector<std::string>{"zz", "aa"}));
}

QTEST_APPLESS_MAIN(MetaDataTest)
#include "tst_metadata.moc"
