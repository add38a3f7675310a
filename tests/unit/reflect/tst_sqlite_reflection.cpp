#include "ormcore/reflect/compare.h"
#include "ormcore/reflect/reflect.h"
#include "tests/unit/reflect/sqlite_sets.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace orm;

class SqliteReflection : public QObject {
    Q_OBJECT

private slots:
    void countsEqualTheGroundTruth_data() { addSets(); }
    void countsEqualTheGroundTruth();
    void theScriptOfAReflectionReflectsEqual_data() { addSets(); }
    void theScriptOfAReflectionReflectsEqual();
    void readsWhatOnlyTheTextSays();
    void stringsInDoubleQuotesBecomeStrings();
    void reflectsWithTheSameNumberOfStatementsForAnyNumberOfTables();
    void aBrokenViewKeepsItsDefinition();
    void namesEachDifference();

private:
    static void addSets()
    {
        QTest::addColumn<int>("set");
        for (int i = 0; i < sqliteSets().size(); ++i)
            QTest::newRow(sqliteSets().at(i).name) << i;
    }
    QTemporaryDir m_folder;
};

void SqliteReflection::countsEqualTheGroundTruth()
{
    if (dataFolder().isEmpty())
        QSKIP("the shared data folder is not there");
    QFETCH(int, set);
    const SqliteSet entry = sqliteSets().at(set);
    const QString path = makeDatabase(entry, m_folder);
    QVERIFY(!path.isEmpty());
    const auto engine = openFile(path);
    Connection connection = engine->connect();
    const Inspection inspection = inspect(connection, true);
    const QJsonObject truth =
        QJsonDocument::fromJson(contentOf(dataFolder() + QString::fromLatin1(entry.truth))).object();
    int compared = 0;
    for (const auto &[key, count] : inspection.counts) {
        const QString name = QString::fromStdString(key);
        QVERIFY2(truth.contains(name), key.c_str());
        QVERIFY2(truth[name].toInteger() == count,
                 qPrintable(QStringLiteral("%1: truth %2, ours %3").arg(name).arg(truth[name].toInteger()).arg(count)));
        ++compared;
    }
    QVERIFY(compared >= 30);
    QJsonObject types;
    for (const auto &[type, count] : inspection.columnTypes)
        types[QString::fromStdString(type)] = static_cast<qint64>(count);
    QCOMPARE(types, truth[QStringLiteral("column_types")].toObject());
    QJsonObject names;
    for (const auto &[key, count] : inspection.names)
        names[QString::fromStdString(key)] = static_cast<qint64>(count);
    QCOMPARE(names, truth[QStringLiteral("names")].toObject());
}

void SqliteReflection::theScriptOfAReflectionReflectsEqual()
{
    if (dataFolder().isEmpty())
        QSKIP("the shared data folder is not there");
    QFETCH(int, set);
    const auto source = openFile(makeDatabase(sqliteSets().at(set), m_folder));
    Connection from = source->connect();
    const MetaData first = reflect(from);
    QVERIFY(!first.tables().empty());

    const auto copy = createEngine("sqlite://");
    Connection to = copy->connect();
    const std::string script = createScript(first, to.dialect());
    try {
        to.executeScript(script);
    } catch (const Error &error) {
        QFAIL((std::string(error.what()) + "\n" + script).c_str());
    }
    const MetaData second = reflect(to);
    const std::vector<std::string> differences = schemaDifferences(first, second);
    QVERIFY2(differences.empty(), differences.empty() ? "" : differences.front().c_str());
}

namespace {

MetaData reflected(const char *script)
{
    const auto engine = createEngine("sqlite://");
    Connection connection = engine->connect();
    connection.executeScript(script);
    return reflect(connection);
}

} // namespace

void SqliteReflection::readsWhatOnlyTheTextSays()
{
    const MetaData metadata = reflected(R"(
        CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT COLLATE NOCASE CONSTRAINT one_code UNIQUE);
        CREATE TABLE "odd, (name" (
            a INT CHECK (a > 0), -- CHECK (in a comment)
            b TEXT DEFAULT 'CHECK (x)' CONSTRAINT b_ok CHECK (b <> ')' AND length(b) > 1),
            c INTEGER REFERENCES parent ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
            d REAL GENERATED ALWAYS AS (a * 2) STORED,
            [e f] NUMERIC(10, 2) NOT NULL,
            CONSTRAINT pk PRIMARY KEY (a, b),
            CONSTRAINT fk FOREIGN KEY (c) REFERENCES parent (id) ON UPDATE CASCADE,
            CONSTRAINT few UNIQUE (c, "e f"), CHECK (c <> a)) WITHOUT ROWID;
        CREATE UNIQUE INDEX part ON "odd, (name" (lower(b), a DESC) WHERE a > 10;)");
    const Table &parent = metadata["parent"];
    QCOMPARE(parent.column("id").identity, IdentityKind::AutoIncrement);
    QCOMPARE(parent.column("code").type.collation, std::string("NOCASE"));
    QCOMPARE(parent.uniques.front().name, std::string("one_code"));
    const Table &odd = metadata["odd, (name"];
    QVERIFY(odd.withoutRowId);
    QCOMPARE(odd.primaryKey, (PrimaryKey{"pk", {"a", "b"}}));
    QCOMPARE(odd.checks.size(), std::size_t(3));
    QCOMPARE(odd.checks[1].name, std::string("b_ok"));
    QCOMPARE(odd.checks[1].expression.sql, std::string("b <> ')' AND length(b) > 1"));
    QCOMPARE(odd.foreignKeys.size(), std::size_t(2));
    QVERIFY(odd.foreignKeys[0].targetColumns.empty());
    QCOMPARE(odd.foreignKeys[0].deferrable, Deferrable::InitiallyDeferred);
    QCOMPARE(odd.foreignKeys[0].onDelete, ReferentialAction::SetNull);
    QCOMPARE(odd.foreignKeys[1].name, std::string("fk"));
    QCOMPARE(odd.foreignKeys[1].onUpdate, ReferentialAction::Cascade);
    QCOMPARE(odd.column("d").generated.sql, std::string("a * 2"));
    QVERIFY(odd.column("d").generatedStored);
    QCOMPARE(odd.column("e f").type.native, std::string("NUMERIC(10, 2)"));
    QCOMPARE(odd.uniques, (std::vector<UniqueConstraint>{{"few", {"c", "e f"}}}));
    const Index &index = odd.indexes.front();
    QCOMPARE(index.parts[0].expression.sql, std::string("lower(b)"));
    QVERIFY(index.parts[1].descending);
    QCOMPARE(index.where.sql, std::string("a > 10"));
}

void SqliteReflection::stringsInDoubleQuotesBecomeStrings()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("quotes.db"));
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path.toUtf8().constData(), &database), SQLITE_OK);
    const int made = sqlite3_exec(database, R"(CREATE TABLE t ("a" TEXT, b TEXT GENERATED ALWAYS AS ("a" || "it's")))",
                                  nullptr, nullptr, nullptr);
    sqlite3_close(database);
    QCOMPARE(made, SQLITE_OK);
    const auto engine = openFile(path);
    Connection connection = engine->connect();
    const MetaData metadata = reflect(connection);
    QCOMPARE(metadata["t"].column("b").generated.sql, std::string(R"("a" || 'it''s')"));
}

void SqliteReflection::reflectsWithTheSameNumberOfStatementsForAnyNumberOfTables()
{
    std::vector<int> statements;
    for (const int tables : {3, 60}) {
        int count = 0;
        EngineOptions options;
        options.log = [&count](const StatementLog &) { ++count; };
        const auto engine = createEngine("sqlite://", std::move(options));
        Connection connection = engine->connect();
        for (int i = 0; i < tables; ++i)
            connection.executeScript("CREATE TABLE t" + std::to_string(i) +
                                     " (id INTEGER PRIMARY KEY, x REFERENCES t0)");
        count = 0;
        QCOMPARE(reflect(connection).tables().size(), static_cast<std::size_t>(tables));
        statements.push_back(count);
    }
    QVERIFY(statements[0] > 0);
    QCOMPARE(statements[0], statements[1]);
}

void SqliteReflection::aBrokenViewKeepsItsDefinition()
{
    const MetaData metadata =
        reflected("CREATE TABLE gone (x); CREATE TABLE t (y); CREATE VIEW good AS SELECT y FROM t;"
                  "CREATE VIEW bad AS SELECT x FROM gone; DROP TABLE gone;");
    QCOMPARE(metadata["bad"].definition.sql, std::string("SELECT x FROM gone"));
    QCOMPARE(metadata["good"].columns().size(), std::size_t(1));
}

void SqliteReflection::namesEachDifference()
{
    const MetaData a = reflected("CREATE TABLE t (x INT NOT NULL, y TEXT); CREATE TABLE only (z)");
    const MetaData b = reflected("CREATE TABLE t (x INT, y TEXT DEFAULT 'q')");
    QCOMPARE(schemaDifferences(a, a), std::vector<std::string>{});
    QCOMPARE(schemaDifferences(a, b),
             (std::vector<std::string>{"table only: only in the first", "table t: column x nullable differs",
                                       "table t: column y default: '', ''q''"}));
}

QTEST_APPLESS_MAIN(SqliteReflection)
#include "tst_sqlite_reflection.moc"
