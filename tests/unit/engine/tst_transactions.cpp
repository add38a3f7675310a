#include "ormcore/dialects/builtin.h"

#include <QTemporaryDir>
#include <QTest>

#include <string>

using namespace orm;

class TransactionsTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void theFirstStatementOpensATransaction();
    void commitKeepsAndRollbackForgets();
    void aReturnedConnectionIsRolledBack();
    void savepointsNest();
    void savepointNamesMayBeHostile();
    void beginTwiceIsAnError();
    void aReadOnlyTransactionRefusesWritesAndEnds();
    void immediateTakesTheWriteLock();
    void freeSqlThatEndsTheTransactionIsNoticed();
    void anErrorThatEndsTheTransactionAsksForRollback();
    void aScriptRunsAsItIsWrittenAndTellsTheLine();
    void theTransactionGuardRollsBackUnlessCommitted();
    void aResultLeftOverSaysThatItsConnectionIsGone();
    void aDeferredForeignKeyKeepsTheTransactionOpen();

private:
    std::int64_t rows() { return engine->connect().execute("SELECT count(*) FROM t").scalar().asInt(); }

    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<Engine> engine;
    std::vector<std::string> log;
};

void TransactionsTest::init()
{
    engine.reset();
    folder = std::make_unique<QTemporaryDir>();
    EngineOptions options;
    options.connect.create = true;
    options.connect.busyTimeout = std::chrono::milliseconds(50);
    options.log = [this](const StatementLog &entry) { log.push_back(entry.sql); };
    engine =
        std::make_unique<Engine>(builtinDrivers(), Url::sqliteFile(folder->path().toStdString() + "/t.db"), options);
    engine->connect().executeScript("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
    log.clear();
}

void TransactionsTest::theFirstStatementOpensATransaction()
{
    Connection connection = engine->connect();
    QVERIFY(!connection.inTransaction());
    QCOMPARE(connection.execute("SELECT count(*) FROM t").scalar().asInt(), std::int64_t{0});
    QVERIFY(connection.inTransaction());
    connection.commit();
    QVERIFY(!connection.inTransaction());
    const std::vector<std::string> expected{"BEGIN", "SELECT count(*) FROM t", "COMMIT"};
    QVERIFY(log == expected);
}

void TransactionsTest::commitKeepsAndRollbackForgets()
{
    Connection connection = engine->connect();
    connection.execute("INSERT INTO t (b) VALUES (:b)", {{"b", "x"}});
    connection.rollback();
    QCOMPARE(rows(), std::int64_t{0});
    Result result = connection.execute("INSERT INTO t (b) VALUES (:b)", {{"b", "x"}});
    QCOMPARE(result.rowsAffected(), std::int64_t{1});
    QCOMPARE(result.lastInsertId(), std::int64_t{1});
    QCOMPARE(connection.execute("CREATE TABLE u (a)").rowsAffected(), std::int64_t{0});
    QCOMPARE(connection.execute("UPDATE t SET b = 'y' WHERE a > 1").rowsAffected(), std::int64_t{0});
    QCOMPARE(connection.execute("UPDATE t SET b = 'y'").rowsAffected(), std::int64_t{1});
    connection.commit();
    QCOMPARE(rows(), std::int64_t{1});
}

void TransactionsTest::aReturnedConnectionIsRolledBack()
{
    {
        Connection connection = engine->connect();
        connection.execute("INSERT INTO t (b) VALUES ('x')");
    }
    QVERIFY(log.back() == "ROLLBACK");
    QCOMPARE(rows(), std::int64_t{0});
}

void TransactionsTest::savepointsNest()
{
    Connection connection = engine->connect();
    connection.execute("INSERT INTO t (b) VALUES ('kept')");
    connection.savepoint("one");
    connection.execute("INSERT INTO t (b) VALUES ('gone')");
    connection.savepoint("two");
    connection.execute("INSERT INTO t (b) VALUES ('gone too')");
    connection.releaseSavepoint("two");
    connection.rollbackToSavepoint("one");
    connection.releaseSavepoint("one");
    connection.commit();
    QCOMPARE(rows(), std::int64_t{1});
}

void TransactionsTest::savepointNamesMayBeHostile()
{
    Connection connection = engine->connect();
    const std::string name = "a\"; DROP TABLE t; --";
    connection.savepoint(name);
    connection.execute("INSERT INTO t (b) VALUES ('gone')");
    connection.rollbackToSavepoint(name);
    connection.releaseSavepoint(name);
    connection.commit();
    QCOMPARE(rows(), std::int64_t{0});
}

void TransactionsTest::beginTwiceIsAnError()
{
    Connection connection = engine->connect();
    connection.begin();
    QVERIFY_EXCEPTION_THROWN(connection.begin(), Argument);
}

void TransactionsTest::aReadOnlyTransactionRefusesWritesAndEnds()
{
    Connection connection = engine->connect();
    connection.begin(TransactionMode::ReadOnly);
    try {
        connection.execute("INSERT INTO t (b) VALUES ('x')");
        QFAIL("was written");
    } catch (const Operational &error) {
        QVERIFY(error.reason() == Operational::Reason::ReadOnly);
    }
    connection.rollback();
    connection.execute("INSERT INTO t (b) VALUES ('x')");
    connection.commit();
    QCOMPARE(rows(), std::int64_t{1});
}

void TransactionsTest::immediateTakesTheWriteLock()
{
    Connection first = engine->connect();
    Connection second = engine->connect();
    first.begin(TransactionMode::Immediate);
    try {
        second.begin(TransactionMode::Immediate);
        QFAIL("two writers");
    } catch (const Operational &error) {
        QVERIFY(error.reason() == Operational::Reason::Busy);
    }
    QVERIFY(!second.inTransaction());
    first.commit();
    second.begin(TransactionMode::Immediate);
}

void TransactionsTest::freeSqlThatEndsTheTransactionIsNoticed()
{
    Connection connection = engine->connect();
    connection.execute("INSERT INTO t (b) VALUES ('x')");
    connection.execute("COMMIT");
    QVERIFY(!connection.inTransaction());
    QCOMPARE(rows(), std::int64_t{1});
    connection.executeScript("BEGIN; INSERT INTO t (b) VALUES ('y');");
    QVERIFY(connection.inTransaction());
    connection.rollback();
    QCOMPARE(rows(), std::int64_t{1});
}

void TransactionsTest::anErrorThatEndsTheTransactionAsksForRollback()
{
    engine->connect().executeScript("CREATE TRIGGER stop BEFORE INSERT ON t WHEN new.b = 'bad' "
                                    "BEGIN SELECT RAISE(ROLLBACK, 'no such thing'); END");
    Connection connection = engine->connect();
    connection.execute("INSERT INTO t (b) VALUES ('good')");
    QVERIFY_EXCEPTION_THROWN(connection.execute("INSERT INTO t (b) VALUES ('bad')"), Integrity);
    // What comes next must not be committed as if the first insert were still there.
    QVERIFY_EXCEPTION_THROWN(connection.execute("INSERT INTO t (b) VALUES ('later')"), PendingRollback);
    QVERIFY_EXCEPTION_THROWN(connection.commit(), PendingRollback);
    connection.rollback();
    connection.execute("INSERT INTO t (b) VALUES ('later')");
    connection.commit();
    QCOMPARE(rows(), std::int64_t{1});
}

void TransactionsTest::aScriptRunsAsItIsWrittenAndTellsTheLine()
{
    Connection connection = engine->connect();
    connection.executeScript("-- a comment; with a semicolon\nINSERT INTO t (b) VALUES ('a;b');\n\n"
                             "/* another; */ INSERT INTO t (b)\nVALUES ('c');\n;\n");
    QCOMPARE(rows(), std::int64_t{2});
    const auto message = [&](const char *script) -> std::string {
        try {
            connection.executeScript(script);
        } catch (const Error &error) {
            return error.what();
        }
        return {};
    };
    QVERIFY(
        message("INSERT INTO t (b) VALUES ('d');\n\nINSERT INTO t (b)\n  VALUES (nosuch);").starts_with("line 4: "));
    QVERIFY(message("\n\nINSERT INTO t (a) VALUES (1);").starts_with("line 3: "));
    QVERIFY(message("SELECT 1;\n\nSELEC 2;").starts_with("line 3: "));
    QCOMPARE(rows(), std::int64_t{3});
}

void TransactionsTest::theTransactionGuardRollsBackUnlessCommitted()
{
    Connection connection = engine->connect();
    {
        const Transaction transaction(connection);
        connection.execute("INSERT INTO t (b) VALUES ('gone')");
    }
    {
        Transaction transaction(connection);
        connection.execute("INSERT INTO t (b) VALUES ('kept')");
        transaction.commit();
    }
    QCOMPARE(rows(), std::int64_t{1});
}

void TransactionsTest::aResultLeftOverSaysThatItsConnectionIsGone()
{
    auto connection = std::make_unique<Connection>(engine->connect());
    connection->execute("INSERT INTO t (b) VALUES ('x')");
    Result result = connection->execute("SELECT * FROM t");
    connection.reset();
    QVERIFY_EXCEPTION_THROWN((void)result.next(), Argument);
}

void TransactionsTest::aDeferredForeignKeyKeepsTheTransactionOpen()
{
    engine->connect().executeScript("CREATE TABLE child (t INTEGER REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED)");
    Connection connection = engine->connect();
    connection.execute("INSERT INTO child (t) VALUES (7)");
    try {
        connection.commit();
        QFAIL("was committed");
    } catch (const Integrity &error) {
        QVERIFY(error.kind() == IntegrityKind::ForeignKey);
    }
    QVERIFY(connection.inTransaction());
    connection.execute("INSERT INTO t (a) VALUES (7)");
    connection.commit();
    QCOMPARE(rows(), std::int64_t{1});
}

QTEST_APPLESS_MAIN(TransactionsTest)
#include "tst_transactions.moc"
