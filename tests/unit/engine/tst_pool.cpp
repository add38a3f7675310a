#include "tests/unit/engine/unsteady_driver.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <string>
#include <thread>

using namespace orm;

class PoolTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void nothingIsOpenedBeforeTheFirstConnection();
    void connectionsAreUsedAgain();
    void beyondSizeTheyAreClosedOnReturn();
    void aFullPoolTimesOutAndStatesItsLimits();
    void aWaiterGetsTheConnectionThatComesBack();
    void aFailedConnectFreesItsPlace();
    void oldConnectionsAreRecycled();
    void aLostConnectionInvalidatesTheOlderOnes();
    void prePingReplacesDeadConnections();
    void anUnknownCommitIsToldAndNotRepeated();
    void disposeClosesIdleOnesAndUsedOnesOnReturn();
    void threadsShareThePool();
    void memoryDatabasesAreOne();
    void oneOfMemorysConnectionsDoesNotUndoTheOther();
    void aReplacedFileIsNoticedByPrePing();
    void handlesOfAResultThatStillRunsAreNotShared();
    void preparedHandlesStayAndAreLogged();
    void theStatementCacheKnowsStructures();

private:
    std::unique_ptr<Engine> make(PoolOptions pool)
    {
        EngineOptions options;
        options.pool = pool;
        DriverList drivers;
        drivers.add("unsteady", *driver);
        return std::make_unique<Engine>(drivers, Url::parse("unsteady://u:geheim@host/db"), options);
    }
    std::unique_ptr<UnsteadyDriver> driver;
};

void PoolTest::init() { driver = std::make_unique<UnsteadyDriver>(); }

void PoolTest::nothingIsOpenedBeforeTheFirstConnection()
{
    const auto engine = make({});
    QCOMPARE(driver->opened.load(), 0);
    (void)engine->connect();
    QCOMPARE(driver->opened.load(), 1);
    QVERIFY(engine->poolStatus().find("1 open, 0 in use, 1 idle") != std::string::npos);
}

void PoolTest::connectionsAreUsedAgain()
{
    const auto engine = make({});
    for (int i = 0; i < 5; ++i)
        (void)engine->connect().execute("SELECT 1").scalar();
    QCOMPARE(driver->opened.load(), 1);
}

void PoolTest::beyondSizeTheyAreClosedOnReturn()
{
    const auto engine = make({.size = 1, .overflow = 2});
    {
        const Connection a = engine->connect();
        const Connection b = engine->connect();
        const Connection c = engine->connect();
        QCOMPARE(driver->alive.load(), 3);
    }
    QCOMPARE(driver->alive.load(), 1);
}

void PoolTest::aFullPoolTimesOutAndStatesItsLimits()
{
    const auto engine = make({.size = 1, .overflow = 1, .timeout = std::chrono::milliseconds(20)});
    const Connection a = engine->connect();
    const Connection b = engine->connect();
    try {
        (void)engine->connect();
        QFAIL("a third one");
    } catch (const Operational &error) {
        QVERIFY(error.reason() == Operational::Reason::PoolTimeout);
        const std::string message = error.what();
        for (const char *part : {"20 ms", "all 2", "size 1", "overflow 1"})
            QVERIFY2(message.find(part) != std::string::npos, message.c_str());
        QVERIFY(error.context().database.find("geheim") == std::string::npos);
    }
}

void PoolTest::aWaiterGetsTheConnectionThatComesBack()
{
    const auto engine = make({.size = 1, .overflow = 0, .timeout = std::chrono::seconds(20)});
    auto held = std::make_unique<Connection>(engine->connect());
    std::thread waiter([&] { (void)engine->connect().execute("SELECT 1").scalar(); });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    held.reset();
    waiter.join();
    QCOMPARE(driver->opened.load(), 1);
}

void PoolTest::aFailedConnectFreesItsPlace()
{
    const auto engine = make({.size = 1, .overflow = 0, .timeout = std::chrono::milliseconds(20)});
    driver->refuses = true;
    for (int i = 0; i < 3; ++i)
        QVERIFY_EXCEPTION_THROWN((void)engine->connect(), Operational);
    driver->refuses = false;
    (void)engine->connect();
    QCOMPARE(driver->opened.load(), 1);
}

void PoolTest::oldConnectionsAreRecycled()
{
    const auto engine = make({.recycle = std::chrono::seconds(1)});
    (void)engine->connect();
    (void)engine->connect();
    QCOMPARE(driver->opened.load(), 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(1050));
    (void)engine->connect();
    QCOMPARE(driver->opened.load(), 2);
    QCOMPARE(driver->alive.load(), 1);
}

void PoolTest::aLostConnectionInvalidatesTheOlderOnes()
{
    const auto engine = make({.size = 3, .overflow = 0});
    {
        Connection a = engine->connect();
        const Connection b = engine->connect();
        const Connection c = engine->connect();
        (void)a.execute("SELECT 1").scalar();
        ++driver->epoch;
        QVERIFY_EXCEPTION_THROWN((void)a.execute("SELECT 2"), Operational);
        QVERIFY_EXCEPTION_THROWN((void)a.execute("SELECT 3"), PendingRollback);
        a.rollback();
    }
    QCOMPARE(driver->alive.load(), 0);
    QCOMPARE(engine->connect().execute("SELECT 2").scalar().asInt(), std::int64_t{2});
}

void PoolTest::prePingReplacesDeadConnections()
{
    const auto engine = make({.size = 3, .prePing = true});
    {
        const Connection a = engine->connect();
        const Connection b = engine->connect();
    }
    ++driver->epoch;
    QCOMPARE(engine->connect().execute("SELECT 2").scalar().asInt(), std::int64_t{2});
    QCOMPARE(driver->alive.load(), 1);
}

void PoolTest::anUnknownCommitIsToldAndNotRepeated()
{
    const auto engine = make({});
    Connection connection = engine->connect();
    connection.execute("CREATE TABLE t (a)");
    ++driver->epoch;
    try {
        connection.commit();
        QFAIL("was committed");
    } catch (const Operational &error) {
        QVERIFY(error.reason() == Operational::Reason::UnknownOutcome);
    }
    QVERIFY_EXCEPTION_THROWN(connection.commit(), PendingRollback);
}

void PoolTest::disposeClosesIdleOnesAndUsedOnesOnReturn()
{
    const auto engine = make({});
    {
        const Connection a = engine->connect();
        (void)engine->connect();
        QCOMPARE(driver->alive.load(), 2);
        engine->dispose();
        QCOMPARE(driver->alive.load(), 1);
    }
    QCOMPARE(driver->alive.load(), 0);
    QVERIFY(engine->poolStatus().find("0 open, 0 in use, 0 idle") != std::string::npos);
    (void)engine->connect();
}

void PoolTest::threadsShareThePool()
{
    const QTemporaryDir folder;
    EngineOptions options;
    options.connect.create = true;
    options.pool = {.size = 2, .overflow = 1};
    const Engine engine(builtinDrivers(), Url::sqliteFile(folder.path().toStdString() + "/t.db"), options);
    Engine &shared = const_cast<Engine &>(engine);
    shared.connect().executeScript("PRAGMA journal_mode = WAL; CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER)");
    std::atomic<int> failures{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&shared, &failures, t] {
            try {
                for (int i = 0; i < 25; ++i) {
                    Connection connection = shared.connect();
                    connection.begin(TransactionMode::Immediate);
                    connection.execute("INSERT INTO t (b) VALUES (:b)", {{"b", t * 100 + i}});
                    connection.commit();
                }
            } catch (const Error &error) {
                qWarning("%s", error.what());
                ++failures;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(shared.connect().execute("SELECT count(DISTINCT b) FROM t").scalar().asInt(), std::int64_t{200});
}

void PoolTest::memoryDatabasesAreOne()
{
    const auto engine = createEngine("sqlite://");
    {
        Connection writer = engine->connect();
        writer.execute("CREATE TABLE t (a)");
        writer.execute("INSERT INTO t VALUES (1)");
        writer.commit();
    }
    QCOMPARE(engine->connect().execute("SELECT count(*) FROM t").scalar().asInt(), std::int64_t{1});
    const auto other = createEngine("sqlite://");
    QVERIFY_EXCEPTION_THROWN((void)other->connect().execute("SELECT count(*) FROM t"), Programming);
    engine->dispose();
    QVERIFY_EXCEPTION_THROWN((void)engine->connect().execute("SELECT count(*) FROM t"), Programming);
}

void PoolTest::oneOfMemorysConnectionsDoesNotUndoTheOther()
{
    const auto engine = createEngine("sqlite://");
    Connection writer = engine->connect();
    writer.execute("CREATE TABLE t (a)");
    writer.commit();
    writer.execute("INSERT INTO t VALUES (1)");
    (void)engine->connect().execute("SELECT count(*) FROM t").scalar(); // joins, leaves, and ends nothing
    QVERIFY(writer.inTransaction());
    writer.commit();
    QCOMPARE(engine->connect().execute("SELECT count(*) FROM t").scalar().asInt(), std::int64_t{1});
    std::vector<std::thread> threads;
    std::atomic<int> failures{0};
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            try {
                Connection reader = engine->connect();
                for (int i = 0; i < 100; ++i)
                    failures += reader.execute("SELECT a FROM t").scalar() == Value(1) ? 0 : 1;
            } catch (const Error &error) {
                qWarning("%s", error.what());
                ++failures;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 0);
}

void PoolTest::aReplacedFileIsNoticedByPrePing()
{
    const QTemporaryDir folder;
    EngineOptions options;
    options.connect.create = true;
    options.pool.prePing = true;
    const std::string path = folder.path().toStdString() + "/r.db";
    Engine engine(builtinDrivers(), Url::sqliteFile(path), options);
    engine.connect().executeScript("CREATE TABLE t (a)");
    QVERIFY(QFile::rename(QString::fromStdString(path), QString::fromStdString(path + ".old")));
    QVERIFY_EXCEPTION_THROWN((void)engine.connect().execute("SELECT * FROM t"), Programming); // a new, empty file
}

void PoolTest::handlesOfAResultThatStillRunsAreNotShared()
{
    const auto engine = createEngine("sqlite://");
    Connection connection = engine->connect();
    const auto compiled =
        connection.compile(Statement(TextStatement{text("SELECT :a UNION ALL SELECT 2", {{"a", 1}})}));
    const std::vector<Value> values{Value(1)};
    Result outer = connection.execute(compiled, values);
    QVERIFY(outer.next());
    Result inner = connection.execute(compiled, values);
    QVERIFY(inner.next() && inner.next() && !inner.next());
    QVERIFY(outer.value(0) == Value(1));
    QVERIFY(outer.next());
    QVERIFY(outer.value(0) == Value(2));
    QVERIFY_EXCEPTION_THROWN((void)connection.execute(compiled, {}), Argument);
}

void PoolTest::preparedHandlesStayAndAreLogged()
{
    std::vector<StatementLog> log;
    EngineOptions options;
    options.log = [&log](const StatementLog &entry) { log.push_back(entry); };
    const auto engine = createEngine("sqlite://", options);
    Connection connection = engine->connect();
    connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
    const auto compiled =
        connection.compile(Statement(TextStatement{text("INSERT INTO t (b) VALUES (:b)", {{"b", "x"}})}));
    log.clear();
    DriverStatement &statement = connection.prepared(compiled);
    for (int i = 1; i <= 3; ++i) {
        statement.bindText(1, "text");
        QVERIFY(!statement.step());
        QCOMPARE(statement.lastInsertId(), std::int64_t{i});
        QCOMPARE(statement.rowsAffected(), std::int64_t{1});
        statement.reset();
    }
    QCOMPARE(&connection.prepared(compiled), &statement);
    QCOMPARE(log.size(), std::size_t{3});
    QCOMPARE(log[2].parameters, std::string("('text')"));
    QCOMPARE(log[2].rows, std::int64_t{1});
}

void PoolTest::theStatementCacheKnowsStructures()
{
    MetaData metadata;
    Table &table = metadata.addTable({{}, "t"});
    const Column &a = table.addColumn("a", Integer());
    const auto engine = createEngine("sqlite://");
    Connection connection = engine->connect();
    const auto compiled = [&](const Expression &condition) {
        return connection.compile(Statement(Select(table).where(condition)));
    };
    QVERIFY(compiled(Expression(a) == 1) == compiled(Expression(a) == 2));
    QVERIFY(compiled(Expression(a).in({1, 2})) == compiled(Expression(a).in({1, 2, 3})));
    QVERIFY(compiled(Expression(a) == 1) != compiled(Expression(a) == Value()));
    QVERIFY(compiled(Expression(a) == 1) != compiled(Expression(a) < 1));
}

QTEST_APPLESS_MAIN(PoolTest)
#include "tst_pool.moc"
