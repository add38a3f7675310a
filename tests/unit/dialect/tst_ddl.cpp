#include "ormcore/base/error.h"
#include "ormcore/dialects/builtin.h"
#include "tests/unit/dialect/ddl_samples.h"
#include "tests/unit/dialect/sqlite_memory.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace orm;

namespace {

// The script, or the reason why there is none.
QByteArray scriptOrRefusal(const MetaData &metadata, const Dialect &dialect)
{
    try {
        return QByteArray::fromStdString(createScript(metadata, dialect));
    } catch (const Compile &error) {
        return QByteArray("-- refused: ") + error.what() + "\n";
    }
}

QString goldenPath(const QString &name)
{
    return qEnvironmentVariable("CORMORANT_SOURCE_DIR") + QStringLiteral("/tests/golden/ddl/") + name;
}

const Dialect &sqlite() { return builtinDialect("sqlite"); }

} // namespace

/// Golden files change only when CORMORANT_UPDATE_GOLDEN=1 says so; look at what changed.
class TestDdl : public QObject {
    Q_OBJECT

private slots:
    void scriptsAreAsTheGoldenFiles_data()
    {
        QTest::addColumn<QString>("sample");
        QTest::addColumn<QString>("dialect");
        for (const char *sample : {"shop", "cycle", "types", "partial", "names"}) {
            for (const Dialect *dialect : builtinDialects())
                QTest::addRow("%s.%s", sample, dialect->name().c_str())
                    << QString::fromLatin1(sample) << QString::fromStdString(dialect->name());
        }
    }
    void scriptsAreAsTheGoldenFiles()
    {
        QFETCH(QString, sample);
        QFETCH(QString, dialect);
        const MetaData metadata = sample == u"shop"      ? samples::shop()
                                  : sample == u"cycle"   ? samples::cycle()
                                  : sample == u"types"   ? samples::types()
                                  : sample == u"partial" ? samples::partial()
                                                         : samples::names();
        if (qEnvironmentVariableIsEmpty("CORMORANT_SOURCE_DIR"))
            QSKIP("CORMORANT_SOURCE_DIR does not say where the golden files are");
        const QByteArray script = scriptOrRefusal(metadata, builtinDialect(dialect.toStdString()));
        QFile file(goldenPath(sample + u'.' + dialect + QStringLiteral(".sql")));
        if (qEnvironmentVariableIntValue("CORMORANT_UPDATE_GOLDEN") == 1) {
            QDir().mkpath(goldenPath({}));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(script) == script.size());
            return;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), "no golden file");
        QCOMPARE(script, file.readAll());
    }

    void sqliteRunsWhatItsDialectWrites()
    {
        for (const MetaData &metadata :
             {samples::shop(), samples::cycle(), samples::types(), samples::partial(), samples::names()}) {
            const SqliteMemory database;
            const std::string error = database.run(createScript(metadata, sqlite()));
            QVERIFY2(error.empty(), error.c_str());
        }
    }

    void everyPartOfATableIsWritten()
    {
        MetaData metadata;
        Table &table = metadata.addTable({{}, "t"});
        table.strict = true;
        table.withoutRowId = true;
        Column &key = table.addColumn("k", Text());
        key.nullable = false;
        key.type.collation = "NOCASE";
        Column &sum = table.addColumn("s", Integer());
        sum.generated = {"length(k) + 1"};
        sum.generatedStored = true;
        Column &lazy = table.addColumn("l", Integer());
        lazy.generated = {"length(k)"};
        table.addColumn("d", Integer()).serverDefault = {"(1 + 2)"};
        table.addColumn("e", Text()).serverDefault = {"'it''s'"};
        table.addColumn("f", Double()).serverDefault = {"-1.5e3"};
        table.primaryKey = {"pk", {"k"}};
        table.foreignKeys.push_back(
            {.columns = {"e"}, .target = {{}, "t"}, .deferrable = Deferrable::InitiallyDeferred});
        table.indexes.push_back(
            {.name = "i",
             .parts = {{.column = "e", .descending = true, .collation = "NOCASE"}, {.expression = {"lower(k)"}}},
             .unique = true,
             .where = {"d > 0"}});
        const std::string script = createScript(metadata, sqlite());
        QCOMPARE(QByteArray::fromStdString(script),
                 "CREATE TABLE \"t\" (\n"
                 "    \"k\" TEXT    COLLATE \"NOCASE\" NOT NULL,\n"
                 "    \"s\" INTEGER GENERATED ALWAYS AS (length(k) + 1) STORED,\n"
                 "    \"l\" INTEGER GENERATED ALWAYS AS (length(k)) VIRTUAL,\n"
                 "    \"d\" INTEGER DEFAULT ((1 + 2)),\n"
                 "    \"e\" TEXT    DEFAULT 'it''s',\n"
                 "    \"f\" REAL    DEFAULT -1.5e3,\n"
                 "    CONSTRAINT \"pk\" PRIMARY KEY (\"k\"),\n"
                 "    FOREIGN KEY (\"e\") REFERENCES \"t\" DEFERRABLE INITIALLY DEFERRED\n"
                 ") WITHOUT ROWID, STRICT;\n\n"
                 "CREATE UNIQUE INDEX \"i\" ON \"t\" (\"e\" COLLATE \"NOCASE\" DESC, lower(k)) WHERE d > 0;\n");
        const SqliteMemory database;
        QCOMPARE(database.run(script), std::string());
        QCOMPARE(database.query("SELECT dflt_value FROM pragma_table_info('t') WHERE dflt_value IS NOT NULL"),
                 std::string("(1 + 2)\n'it''s'\n-1.5e3\n"));
    }

    void theRowIdIsDeclaredSoThatSqliteSeesIt_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("automatic");
        QTest::newRow("plain") << QString() << false;
        QTest::newRow("named") << QStringLiteral("pk") << false;
        QTest::newRow("automatic") << QString() << true;
        QTest::newRow("automatic, named") << QStringLiteral("pk") << true;
    }
    void theRowIdIsDeclaredSoThatSqliteSeesIt()
    {
        QFETCH(QString, name);
        QFETCH(bool, automatic);
        MetaData metadata;
        Table &table = metadata.addTable({{}, "t"});
        Column &id = table.addColumn("id", BigInteger());
        id.identity = automatic ? IdentityKind::AutoIncrement : IdentityKind::RowId;
        table.addColumn("x", Text());
        table.primaryKey = {name.toStdString(), {"id"}};
        const SqliteMemory database;
        QCOMPARE(database.run(createScript(metadata, sqlite())), std::string());
        QCOMPARE(database.run("INSERT INTO t (x) VALUES ('a'); UPDATE t SET id = 7"), std::string());
        QCOMPARE(database.query("SELECT rowid FROM t"), std::string("7\n"));
        QCOMPARE(database.query("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'"),
                 std::string(automatic ? "1\n" : "0\n"));
    }

    void sqliteTypesAreReadByNameThenByAffinity_data()
    {
        QTest::addColumn<QString>("declared");
        QTest::addColumn<QString>("portable");
        const auto row = [](const char *declared, const char *portable) {
            QTest::newRow(declared) << QString::fromLatin1(declared) << QString::fromLatin1(portable);
        };
        row("INTEGER", "integer");
        row("INT UNSIGNED", "integer");
        row("UNSIGNED BIG INT", "bigint");
        row("TINYINT(1)", "smallint");
        row("NVARCHAR(160)", "varchar(160)");
        row("VARCHAR", "text");
        row("character varying ( 20 )", "varchar(20)");
        row("TEXT", "text");
        row("CLOB", "text");
        row("NUMERIC(10,2)", "numeric(10,2)");
        row("DECIMAL( 8 )", "numeric(8)");
        row("DATETIME", "timestamp");
        row("TIMESTAMP", "timestamp");
        row("timestamp with time zone", "timestamptz");
        row("DATE", "date");
        row("BOOLEAN", "boolean");
        row("JSON", "json");
        row("BLOB", "binary");
        row("varbinary(16)", "binary(16)");
        row("DOUBLE PRECISION", "double");
        row("REAL", "double");
        row("FLOAT", "double");
        row("GEOMETRY", "GEOMETRY");
        row("POINT", "integer"); // SQLite itself takes it for one: it has INT in it
        row("", "unknown");
    }
    void sqliteTypesAreReadByNameThenByAffinity()
    {
        QFETCH(QString, declared);
        QFETCH(QString, portable);
        const Type type = sqlite().parseType(declared.toStdString());
        QCOMPARE(QString::fromStdString(type.toString()), portable);
        QCOMPARE(QString::fromStdString(sqlite().typeName(type)), declared);
    }

    void portableTypesReadBackAsTheirKind()
    {
        const MetaData metadata = samples::types();
        for (const Dialect *dialect : builtinDialects()) {
            for (const auto &column : metadata.tables().front()->columns()) {
                const Type read = dialect->parseType(dialect->typeName(column->type));
                QVERIFY2(read.valueKind() == column->type.valueKind() || column->type.kind == TypeKind::Uuid,
                         (dialect->name() + ": " + dialect->typeName(column->type)).c_str());
            }
        }
    }

    void aTypeThatWouldLoseSomethingIsRefused()
    {
        const Type bare{.kind = TypeKind::Numeric};
        QVERIFY_EXCEPTION_THROWN((void)builtinDialect("mysql").typeName(bare), Compile);
        QVERIFY_EXCEPTION_THROWN((void)builtinDialect("mysql").typeName(DateTime(true)), Compile);
        QVERIFY(builtinDialect("postgresql").typeName(bare) == "NUMERIC");
        const Type foreign{.native = "GEOMETRY", .nativeDialect = "mysql"};
        QVERIFY_EXCEPTION_THROWN((void)sqlite().typeName(foreign), Compile);
        const Type array{.kind = TypeKind::Array, .element = {Integer()}};
        QVERIFY(builtinDialect("postgresql").typeName(array) == "INTEGER[]");
        QVERIFY_EXCEPTION_THROWN((void)sqlite().typeName(array), Compile);
    }

    void aNativeTypeCannotEndItsColumn()
    {
        for (const char *native : {"INT); DROP TABLE t", "INT, x INT", "INT -- x", "INT /* x", "VARCHAR('", "INT)"}) {
            const Type type{.native = native, .nativeDialect = "sqlite"};
            QVERIFY_EXCEPTION_THROWN((void)sqlite().typeName(type), Compile);
        }
        const Type odd{.native = "DECIMAL(10, 2)", .nativeDialect = "sqlite"};
        QVERIFY(sqlite().typeName(odd) == "DECIMAL(10, 2)");
    }

    void viewsComeAfterThoseTheyRead()
    {
        MetaData metadata;
        metadata.addTable({{}, "b"}, TableKind::View).definition = {"SELECT x FROM a"};
        metadata.addTable({{}, "a"}, TableKind::View).definition = {"SELECT x FROM t;"};
        metadata.addTable({{}, "t"}).addColumn("x", Integer());
        metadata.triggers.push_back({.name = {{}, "g"},
                                     .table = {{}, "t"},
                                     .definition = {"CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;"}});
        const std::string script = createScript(metadata, sqlite());
        QVERIFY(script.find("VIEW \"a\"") < script.find("VIEW \"b\""));
        QVERIFY(script.ends_with("END;\n"));
        QCOMPARE(SqliteMemory().run(script), std::string());
    }

    void twoSchemasMayNotBecomeOne()
    {
        MetaData metadata;
        metadata.addTable({"a", "t"}).addColumn("x", Integer());
        metadata.addTable({"b", "T"}).addColumn("x", Integer());
        QVERIFY_EXCEPTION_THROWN((void)createScript(metadata, sqlite()), Compile);
        QVERIFY(createScript(metadata, builtinDialect("postgresql")).find("\"a\".\"t\"") != std::string::npos);
    }

    void aStatementOfAnotherDatabaseIsNotCopied()
    {
        MetaData metadata;
        Table &table = metadata.addTable({{}, "t"});
        table.addColumn("x", sqlite().parseType("INTEGER"));
        Index &index = table.indexes.emplace_back();
        index = {.name = "i", .parts = {{.column = "x"}}, .definition = {"CREATE INDEX i ON t (x) -- SQLite's"}};
        QVERIFY(createScript(metadata, sqlite()).find("SQLite's") != std::string::npos);
        QVERIFY(createScript(metadata, builtinDialect("postgresql")).find("SQLite's") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestDdl)
#include "tst_ddl.moc"
