#include "ormcore/dialects/builtin.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include <unistd.h>

using namespace orm;

namespace {

// The error of this type that work ends with; where() says what came instead.
template <class Wanted, class Work> std::optional<Wanted> caught(Work &&work)
{
    try {
        work();
    } catch (const Wanted &error) {
        return error;
    } catch (const std::exception &error) {
        qWarning("another error: %s", error.what());
    }
    return std::nullopt;
}

bool mentions(const Error &error, const char *text)
{
    return std::string(error.what()).find(text) != std::string::npos;
}

} // namespace

class ErrorsTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void violationsNameKindConstraintAndColumns();
    void wrongSqlIsProgrammingWithItsText();
    void parametersAreToldShortenedAndCanBeHidden();
    void aMissingFileIsNotMade();
    void aFileThatIsNoDatabaseIsRefusedAtOnce();
    void aDamagedDatabaseSaysSo();
    void folderAsFileIsRefused();
    void aFileNameIsNeverAUri();
    void unicodeFileNamesWork();
    void readOnlyOptionRefusesWrites();
    void aWriteProtectedFileCanBeReadOnly();
    void aFullDatabaseSaysFull();
    void interruptStopsAQueryOfAnotherThread();
    void lockedDatabasesAreBusy();
    void hostileSchemasCannotUseDangerousThings();
    void doubleQuotedTextIsExplained();
    void hostileNamesAndValuesStayWhatTheyAre_data();
    void hostileNamesAndValuesStayWhatTheyAre();
    void moreThanOneStatementIsRefused();

private:
    std::unique_ptr<Engine> open(const std::string &name, bool create = true, bool readOnly = false);
    std::string path(const char *name) const { return folder->path().toStdString() + "/" + name; }

    std::unique_ptr<QTemporaryDir> folder;
};

void ErrorsTest::init() { folder = std::make_unique<QTemporaryDir>(); }

std::unique_ptr<Engine> ErrorsTest::open(const std::string &name, bool create, bool readOnly)
{
    EngineOptions options;
    options.connect = {.readOnly = readOnly, .create = create, .busyTimeout = std::chrono::milliseconds(30)};
    return std::make_unique<Engine>(builtinDrivers(), Url::sqliteFile(name), options);
}

void ErrorsTest::violationsNameKindConstraintAndColumns()
{
    const auto engine = createEngine("sqlite://");
    Connection connection = engine->connect();
    connection.executeScript("CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT, c INT,"
                             " UNIQUE (b, c), CONSTRAINT positive CHECK (c > 0));"
                             "CREATE TABLE w (k TEXT PRIMARY KEY) WITHOUT ROWID;"
                             "CREATE TABLE ch (p INT REFERENCES p (id)); INSERT INTO p VALUES (1, 'x', 2, 3);"
                             "CREATE UNIQUE INDEX lower_a ON p (lower(a)); INSERT INTO w VALUES ('k');"
                             "CREATE TABLE st (i INTEGER) STRICT");
    const auto violation = [&](const char *sql) { return caught<Integrity>([&] { connection.execute(sql); }); };
    auto error = violation("INSERT INTO p VALUES (2, 'y', 2, 3)");
    QVERIFY(error && error->kind() == IntegrityKind::Unique);
    QVERIFY((error->columns() == std::vector<std::string>{"p.b", "p.c"}));
    QVERIFY(error->context().sql == "INSERT INTO p VALUES (2, 'y', 2, 3)");
    error = violation("INSERT INTO p VALUES (1, 'y', 4, 3)");
    QVERIFY(error && error->kind() == IntegrityKind::PrimaryKey);
    QVERIFY(error->columns() == std::vector<std::string>{"p.id"});
    error = violation("INSERT INTO w VALUES ('k')");
    QVERIFY(error && error->kind() == IntegrityKind::PrimaryKey);
    error = violation("INSERT INTO p VALUES (2, NULL, 4, 3)");
    QVERIFY(error && error->kind() == IntegrityKind::NotNull && error->columns() == std::vector<std::string>{"p.a"});
    error = violation("INSERT INTO p VALUES (2, 'y', 4, 0)");
    QVERIFY(error && error->kind() == IntegrityKind::Check && error->constraint() == "positive");
    error = violation("INSERT INTO p VALUES (2, 'X', 4, 3)");
    QVERIFY(error && error->kind() == IntegrityKind::Unique && error->constraint() == "lower_a");
    error = violation("INSERT INTO ch VALUES (77)");
    QVERIFY(error && error->kind() == IntegrityKind::ForeignKey);
    QVERIFY(caught<DataError>([&] { connection.execute("INSERT INTO st VALUES ('x')"); }));
    QVERIFY(caught<DataError>([&] { connection.execute("INSERT INTO p VALUES ('x', 'y', 4, 3)"); }));
}

void ErrorsTest::wrongSqlIsProgrammingWithItsText()
{
    const auto engine = createEngine("sqlite://");
    Connection connection = engine->connect();
    const auto error = caught<Programming>([&] { connection.execute("SELECT nosuch FROM nowhere"); });
    QVERIFY(error && mentions(*error, "no such table: nowhere"));
    QCOMPARE(error->context().sql, std::string("SELECT nosuch FROM nowhere"));
    QCOMPARE(error->context().database, std::string("sqlite://"));
    QVERIFY(caught<Programming>([&] { connection.execute("SELEC 1"); }));
    QVERIFY(caught<Programming>([&] { connection.execute("-- nothing"); }));
}

void ErrorsTest::parametersAreToldShortenedAndCanBeHidden()
{
    for (const bool hide : {false, true}) {
        std::vector<StatementLog> log;
        EngineOptions options;
        options.hideParameters = hide;
        options.log = [&log](const StatementLog &entry) { log.push_back(entry); };
        const auto engine = createEngine("sqlite://", options);
        Connection connection = engine->connect();
        const auto error = caught<Programming>([&] {
            connection.execute("SELECT abs(:a), nosuch(:b)", {{"a", "geheim"}, {"b", std::string(5000, 'x')}});
        });
        QVERIFY(error);
        QVERIFY(error->context().parameters.size() < 300);
        QCOMPARE(error->context().parameters.find("geheim") == std::string::npos, hide);
        connection.execute("SELECT :a", {{"a", "geheim"}});
        QCOMPARE(log.back().parameters, std::string(hide ? "(1 hidden)" : "('geheim')"));
        QVERIFY(!log.back().cacheHit);
        QCOMPARE(connection.execute("SELECT :a", {{"a", "again"}}).scalar().toString(), std::string("again"));
        QVERIFY(log.back().cacheHit);
        QCOMPARE(log.back().rows, std::int64_t{1});
    }
}

void ErrorsTest::aMissingFileIsNotMade()
{
    const auto engine = open(path("missing.db"), false);
    const auto error = caught<Operational>([&] { (void)engine->connect(); });
    QVERIFY(error && error->reason() == Operational::Reason::CannotOpen);
    QVERIFY(error->context().database.find("missing.db") != std::string::npos);
    QVERIFY(!QFile::exists(folder->filePath(QStringLiteral("missing.db"))));
    (void)open(path("missing.db"), true)->connect().execute("CREATE TABLE t (a)");
}

void ErrorsTest::aFileThatIsNoDatabaseIsRefusedAtOnce()
{
    QFile file(folder->filePath(QStringLiteral("letter.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    const auto engine = open(path("letter.txt"));
    const auto error = caught<Operational>([&] { (void)engine->connect(); });
    QVERIFY(error && error->reason() == Operational::Reason::NotADatabase);
    QCOMPARE(file.size(), 5000);
}

void ErrorsTest::aDamagedDatabaseSaysSo()
{
    {
        const auto engine = open(path("damaged.db"));
        Connection connection = engine->connect();
        connection.executeScript("CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(20000)); CREATE INDEX i ON t (a)");
    }
    QFile file(folder->filePath(QStringLiteral("damaged.db")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(4096);
    file.write(QByteArray(8192, '\xff'));
    file.close();
    const auto engine = open(path("damaged.db"));
    Connection connection = engine->connect();
    const auto error =
        caught<Operational>([&] { (void)connection.execute("SELECT sum(length(a)) FROM t NOT INDEXED").all(); });
    QVERIFY(error && mentions(*error, "damaged"));
}

void ErrorsTest::folderAsFileIsRefused()
{
    const auto engine = open(folder->path().toStdString());
    const auto error = caught<Operational>([&] { (void)engine->connect(); });
    QVERIFY(error && error->reason() == Operational::Reason::CannotOpen);
}

void ErrorsTest::aFileNameIsNeverAUri()
{
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(folder->path()));
    for (const char *name : {"file:x?mode=memory", "file:y.db", ":memory:"})
        open(name)->connect().execute("CREATE TABLE t (a)");
    QVERIFY(QDir::setCurrent(before));
    QVERIFY(QFile::exists(folder->filePath(QStringLiteral("file:x?mode=memory"))));
    QVERIFY(QFile::exists(folder->filePath(QStringLiteral("file:y.db"))));
    QVERIFY(std::filesystem::exists(path(":memory:"))); // Qt takes such a name for one of its own
}

void ErrorsTest::unicodeFileNamesWork()
{
    {
        const auto engine = open(path("Ação 日本 🎉.db"));
        Connection connection = engine->connect();
        connection.execute("CREATE TABLE t (a)");
        connection.commit();
    }
    QVERIFY(QFile::exists(folder->filePath(QStringLiteral("Ação 日本 🎉.db"))));
}

void ErrorsTest::readOnlyOptionRefusesWrites()
{
    open(path("r.db"))->connect().executeScript("CREATE TABLE t (a)");
    const auto engine = open(path("r.db"), false, true);
    Connection connection = engine->connect();
    QCOMPARE(connection.execute("SELECT count(*) FROM t").scalar().asInt(), std::int64_t{0});
    auto error = caught<Operational>([&] { connection.execute("INSERT INTO t VALUES (1)"); });
    QVERIFY(error && error->reason() == Operational::Reason::ReadOnly);
    connection.rollback();
    connection.begin(TransactionMode::ReadOnly);
    connection.rollback();
    error = caught<Operational>([&] { connection.execute("INSERT INTO t VALUES (1)"); });
    QVERIFY(error && error->reason() == Operational::Reason::ReadOnly);
}

void ErrorsTest::aWriteProtectedFileCanBeReadOnly()
{
    if (geteuid() == 0)
        QSKIP("the superuser may write everything");
    open(path("p.db"))->connect().executeScript("CREATE TABLE t (a)");
    QFile::setPermissions(folder->filePath(QStringLiteral("p.db")), QFile::ReadOwner);
    const auto engine = open(path("p.db"));
    Connection connection = engine->connect();
    QCOMPARE(connection.execute("SELECT count(*) FROM t").scalar().asInt(), std::int64_t{0});
    const auto error = caught<Operational>([&] { connection.execute("INSERT INTO t VALUES (1)"); });
    QVERIFY(error && error->reason() == Operational::Reason::ReadOnly);
}

void ErrorsTest::aFullDatabaseSaysFull()
{
    const auto engine = open(path("full.db"));
    Connection connection = engine->connect();
    connection.executeScript("CREATE TABLE t (a); PRAGMA max_page_count = 4");
    const auto error = caught<Operational>([&] { connection.execute("INSERT INTO t VALUES (zeroblob(100000))"); });
    QVERIFY(error && error->reason() == Operational::Reason::Full);
    connection.rollback();
    QCOMPARE(connection.execute("SELECT count(*) FROM t").scalar().asInt(), std::int64_t{0});
}

void ErrorsTest::interruptStopsAQueryOfAnotherThread()
{
    const auto engine = createEngine("sqlite://");
    Connection connection = engine->connect();
    std::atomic<bool> done{false};
    std::thread stopper([&] {
        while (!done) {
            connection.interrupt();
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    });
    const auto error = caught<Operational>([&] {
        (void)connection
            .execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
            .scalar();
    });
    done = true;
    stopper.join();
    QVERIFY(error && error->reason() == Operational::Reason::Interrupted);
    QCOMPARE(connection.execute("SELECT 1").scalar().asInt(), std::int64_t{1});
}

void ErrorsTest::lockedDatabasesAreBusy()
{
    const auto engine = open(path("busy.db"));
    Connection writer = engine->connect();
    writer.executeScript("CREATE TABLE t (a)");
    writer.begin(TransactionMode::Immediate);
    writer.execute("INSERT INTO t VALUES (1)");
    Connection other = engine->connect();
    const auto error = caught<Operational>([&] { other.execute("INSERT INTO t VALUES (2)"); });
    QVERIFY(error && error->reason() == Operational::Reason::Busy);
    writer.commit();
    other.rollback();
    other.execute("INSERT INTO t VALUES (2)");
    other.commit();
}

void ErrorsTest::hostileSchemasCannotUseDangerousThings()
{
    const auto engine = createEngine("sqlite://");
    Connection connection = engine->connect();
    QVERIFY(caught<Error>([&] { connection.execute("SELECT load_extension('x')"); }));
    QVERIFY(caught<Error>([&] { connection.execute("SELECT fts3_tokenizer('simple', x'00')"); }));
    QVERIFY(caught<Error>([&] { connection.executeScript("PRAGMA writable_schema = ON; DELETE FROM sqlite_master"); }));
    connection.executeScript("CREATE VIEW spy AS SELECT fts3_tokenizer('simple') AS x");
    QVERIFY(caught<Error>([&] { (void)connection.execute("SELECT x FROM spy").all(); }));
    connection.rollback();
    connection.executeScript("PRAGMA foreign_keys = OFF");
    {
        const Connection returned = std::move(connection);
    }
    QCOMPARE(engine->connect().execute("PRAGMA foreign_keys").scalar().asInt(), std::int64_t{1});
}

void ErrorsTest::doubleQuotedTextIsExplained()
{
    const auto engine = createEngine("sqlite://");
    Connection connection = engine->connect();
    connection.executeScript("CREATE TABLE t (a)");
    const auto error = caught<Programming>([&] { connection.execute("SELECT * FROM t WHERE a = \"text\""); });
    QVERIFY(error && mentions(*error, "single quotes"));
    connection.executeScript("CREATE TABLE log (x); CREATE TRIGGER tr AFTER INSERT ON t BEGIN "
                             "INSERT INTO log VALUES (\"lost\"); END");
    const auto inside = caught<Programming>([&] { connection.execute("INSERT INTO t VALUES (1)"); });
    QVERIFY(inside && mentions(*inside, "trigger"));
}

void ErrorsTest::hostileNamesAndValuesStayWhatTheyAre_data()
{
    QTest::addColumn<std::string>("name");
    for (const char *name : {"a\"b",
                             "a'b",
                             "a`b",
                             "a[b]",
                             "a;b",
                             "a--b",
                             "a/*b",
                             "%s",
                             ":x",
                             "?1",
                             "@x",
                             "$x",
                             " space ",
                             "line\nbreak",
                             "Ação",
                             "日本",
                             "🎉",
                             "\xE2\x80\xAEitl",
                             "select",
                             "rowid",
                             "a.b",
                             "\"",
                             "''",
                             "x\\",
                             "\"; DROP TABLE canary; --"})
        QTest::newRow(name) << std::string(name);
}

void ErrorsTest::hostileNamesAndValuesStayWhatTheyAre()
{
    QFETCH(std::string, name);
    const auto engine = createEngine("sqlite://");
    Connection connection = engine->connect();
    connection.executeScript("CREATE TABLE canary (a)");
    MetaData metadata;
    Table &table = metadata.addTable({{}, name});
    table.addColumn("plain", Text());
    table.addColumn(name + "x", String(50));
    connection.execute(DdlStatement(CreateTable{.table = &table}));
    const Column &column = *table.columns()[1];
    connection.execute(
        Statement(Insert{.table = &table, .columns = {&column}, .values = {orm::bind(name, column.type)}}));
    connection.execute(Statement(Update{.table = &table,
                                        .assignments = {{&column, orm::bind(name + name, column.type)}},
                                        .condition = Expression(column) == Expression(Value(name))}));
    const auto rows = connection.execute(Statement(Select(table).where(Expression(column).contains(name)))).all();
    QCOMPARE(rows.size(), std::size_t{1});
    QVERIFY(rows[0][1] == Value(name + name));
    Result found = connection.execute("SELECT name FROM sqlite_master WHERE name = :n", {{"n", name}});
    QVERIFY(found.scalar() == Value(name));
    QCOMPARE(connection.execute("SELECT count(*) FROM canary").scalar().asInt(), std::int64_t{0});
}

void ErrorsTest::moreThanOneStatementIsRefused()
{
    const auto engine = createEngine("sqlite://");
    Connection connection = engine->connect();
    connection.executeScript("CREATE TABLE canary (a)");
    QVERIFY(caught<Programming>([&] { connection.execute("SELECT 1; DROP TABLE canary"); }));
    QVERIFY(caught<Programming>([&] { connection.execute(std::string("SELECT 1\0; DROP TABLE canary", 28)); }));
    QCOMPARE(connection.execute("SELECT count(*) FROM canary; -- fine\n ;").scalar().asInt(), std::int64_t{0});
}

QTEST_APPLESS_MAIN(ErrorsTest)
#include "tst_errors.moc"
