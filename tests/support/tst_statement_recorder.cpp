#include "tests/support/statement_recorder.h"

/// The recorder on which the session's tests rely: it must see differences, not only agree.
class RecorderOfStatements : public QObject {
    Q_OBJECT

private slots:
    void aStatementIsReducedToItsShape_data();
    void aStatementIsReducedToItsShape();
    void neighbouringWritesOfOneTextAreOneWithSeveralSets();
    void readsAreNeverTakenTogether();
    void exactlyMindsOrderAndNumber();
    void transactionsAreLeftOutUnlessAskedFor();
    void anyOrderStillMindsTheNumber();
    void countedLooksAtWhatIsNamedOnly();
    void beforeWantsBothAndInThatOrder();
    void aDifferenceIsShownLineByLine();
};

void RecorderOfStatements::aStatementIsReducedToItsShape_data()
{
    QTest::addColumn<std::string>("sql");
    QTest::addColumn<std::string>("shape");
    const auto row = [](const char *sql, const char *shape) {
        QTest::newRow(sql) << std::string(sql) << std::string(shape);
    };
    row(R"(INSERT INTO "users" ("name") VALUES (?))", "INSERT users");
    row(R"(INSERT INTO "main"."users" ("name") VALUES (?))", "INSERT users");
    row(R"(UPDATE "users" SET "name" = ?)", "UPDATE users");
    row(R"(DELETE FROM "users" WHERE "id" = ?)", "DELETE users");
    row(R"(SELECT "users"."id" FROM "users")", "SELECT users");
    row("select 'FROM nowhere' from users", "SELECT users");
    row(R"(SELECT count(*) FROM (SELECT "a" FROM "users") AS "counted")", "SELECT users");
    row(R"(SELECT (SELECT count(*) FROM "notes") AS "n", "id" FROM "users")", "SELECT users");
    row("SELECT 1", "SELECT");
    row("BEGIN IMMEDIATE", "BEGIN");
    row(R"(SAVEPOINT "orm_1")", "SAVEPOINT");
    row(R"(ROLLBACK TO "orm_1")", "ROLLBACK TO");
    row("ROLLBACK", "ROLLBACK");
    row("PRAGMA foreign_keys", "PRAGMA");
}

void RecorderOfStatements::aStatementIsReducedToItsShape()
{
    QFETCH(std::string, sql);
    QFETCH(std::string, shape);
    StatementRecorder recorder;
    recorder.record(sql);
    QCOMPARE(recorder.statements().at(0).shape(), shape);
}

namespace {

StatementRecorder sent(const std::vector<const char *> &texts)
{
    StatementRecorder recorder;
    for (const char *text : texts)
        recorder.record(text);
    return recorder;
}

constexpr const char *insertUser = "INSERT INTO users (name) VALUES (?)";
constexpr const char *insertNamed = "INSERT INTO users (name, age) VALUES (?, ?)";
constexpr const char *insertNote = "INSERT INTO notes (text) VALUES (?)";
constexpr const char *readUsers = "SELECT id FROM users";

} // namespace

void RecorderOfStatements::neighbouringWritesOfOneTextAreOneWithSeveralSets()
{
    const StatementRecorder recorder = sent({insertUser, insertUser, insertNamed, insertUser});
    VERIFY_SENT(recorder.exactly({"INSERT users x2", "INSERT users", "INSERT users"}));
    QCOMPARE(recorder.count("INSERT", "users"), 4);
    QCOMPARE(recorder.texts().size(), std::size_t{4});
}

void RecorderOfStatements::readsAreNeverTakenTogether()
{
    VERIFY_SENT(sent({readUsers, readUsers}).exactly({"SELECT users", "SELECT users"}));
}

void RecorderOfStatements::exactlyMindsOrderAndNumber()
{
    const StatementRecorder recorder = sent({insertUser, insertNote});
    VERIFY_SENT(recorder.exactly({"INSERT users", "INSERT notes"}));
    QVERIFY(!recorder.exactly({"INSERT notes", "INSERT users"}).empty());
    QVERIFY(!recorder.exactly({"INSERT users"}).empty());
    QVERIFY(!recorder.exactly({"INSERT users x2", "INSERT notes"}).empty());
    QVERIFY(!recorder.nothing().empty());
}

void RecorderOfStatements::transactionsAreLeftOutUnlessAskedFor()
{
    const StatementRecorder recorder = sent({"BEGIN", insertUser, "COMMIT"});
    VERIFY_SENT(recorder.exactly({"INSERT users"}));
    VERIFY_SENT(recorder.exactlyWithTransactions({"BEGIN", "INSERT users", "COMMIT"}));
    QVERIFY(!recorder.exactlyWithTransactions({"INSERT users"}).empty());
}

void RecorderOfStatements::anyOrderStillMindsTheNumber()
{
    const StatementRecorder recorder = sent({insertUser, insertNote});
    VERIFY_SENT(recorder.inAnyOrder({"INSERT notes", "INSERT users"}));
    QVERIFY(!recorder.inAnyOrder({"INSERT notes"}).empty());
    QVERIFY(!recorder.inAnyOrder({"INSERT notes", "INSERT users x2"}).empty());
}

void RecorderOfStatements::countedLooksAtWhatIsNamedOnly()
{
    const StatementRecorder recorder = sent({"BEGIN", insertUser, insertNote, insertUser});
    VERIFY_SENT(recorder.counted({"INSERT x3", "INSERT users x2", "BEGIN", "DELETE x0"}));
    QVERIFY(!recorder.counted({"INSERT x2"}).empty());
    QVERIFY(!recorder.counted({"INSERT users"}).empty());
    QVERIFY(!recorder.counted({"DELETE users"}).empty());
}

void RecorderOfStatements::beforeWantsBothAndInThatOrder()
{
    const StatementRecorder recorder = sent({insertUser, insertNote});
    VERIFY_SENT(recorder.before("INSERT users", "INSERT notes"));
    QVERIFY(!recorder.before("INSERT notes", "INSERT users").empty());
    QVERIFY(!recorder.before("INSERT users", "DELETE").empty());
    QVERIFY(!sent({insertUser, insertNote, insertUser}).before("INSERT users", "INSERT notes").empty());
}

void RecorderOfStatements::aDifferenceIsShownLineByLine()
{
    const std::string shown = sent({insertUser, insertNote}).exactly({"INSERT users", "DELETE notes"});
    QVERIFY(shown.find("\n    INSERT users  INSERT users\n") != std::string::npos);
    QVERIFY(shown.find("\n  ! INSERT notes  DELETE notes") != std::string::npos);
}

QTEST_APPLESS_MAIN(RecorderOfStatements)
#include "tst_statement_recorder.moc"
