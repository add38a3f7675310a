#include "tests/unit/session/world.h"

using orm::Record;
using orm::Value;

namespace {

struct Account {
    std::int64_t id{};
    std::string owner{};
    std::int64_t balance{};
    std::int32_t version{};
};
struct Page { // versions of its own making
    std::string path{};
    std::string text{};
    std::string revision{};
};

Value nextRevision(const Value &before)
{
    return before.isNull() ? Value("r") : Value(std::string(before.asText()) + "+");
}

orm::Registry versioned()
{
    orm::Registry registry;
    registry.map<Account>("accounts")
        .column<&Account::id>("id", orm::primaryKey)
        .column<&Account::owner>("owner", orm::String(50))
        .column<&Account::balance>("balance")
        .column<&Account::version>("version", orm::versionColumn);
    registry.map<Page>("pages")
        .column<&Page::path>("path", orm::String(50), orm::primaryKey)
        .column<&Page::text>("text", orm::Text())
        .column<&Page::revision>("revision", orm::String(50), orm::versionColumn(nextRevision));
    return registry;
}

void versionedRecords(orm::Registry &registry)
{
    registry.record("accounts").version("version");
    registry.record("pages").version("revision", nextRevision);
}

struct Bank : World {
    explicit Bank(Shape shape, orm::SessionOptions options = {}) : World(shape, versioned, versionedRecords, options)
    {
        account = add("accounts", {{"owner", "Ana"}, {"balance", 10}});
        session->flush();
        recorder.clear();
    }
    Record account;
};

} // namespace

/// Rows that count their versions.
class Versions : public QObject {
    Q_OBJECT

private slots:
    void aNewRowHasVersionOne_data() { bothShapes(); }
    void aNewRowHasVersionOne();
    void anUpdateRaisesTheVersion_data() { bothShapes(); }
    void anUpdateRaisesTheVersion();
    void theNewVersionIsKnownWithoutAStatement_data() { bothShapes(); }
    void theNewVersionIsKnownWithoutAStatement();
    void withoutANetChangeTheVersionStays_data() { bothShapes(); }
    void withoutANetChangeTheVersionStays();
    void anUpdateOfAnotherVersionIsStale_data() { bothShapes(); }
    void anUpdateOfAnotherVersionIsStale();
    void aDeletionOfAnotherVersionIsStale_data() { bothShapes(); }
    void aDeletionOfAnotherVersionIsStale();
    void afterARollbackTheNewVersionIsLoaded_data() { bothShapes(); }
    void afterARollbackTheNewVersionIsLoaded();
    void anExpiredVersionIsLoadedFirst_data() { bothShapes(); }
    void anExpiredVersionIsLoadedFirst();
    void aVersionThatWasSetIsOverruled_data() { bothShapes(); }
    void aVersionThatWasSetIsOverruled();
    void aDeletionComparesTheLoadedVersion_data() { bothShapes(); }
    void aDeletionComparesTheLoadedVersion();
    void versionsMayBeMadeByAFunction_data() { bothShapes(); }
    void versionsMayBeMadeByAFunction();
    void aRowThatIsTakenOverGoesOnCounting_data() { bothShapes(); }
    void aRowThatIsTakenOverGoesOnCounting();
    void thePlanShowsBothVersions_data() { bothShapes(); }
    void thePlanShowsBothVersions();
    void aVersionThatCannotCountIsRefused();
};

void Versions::aNewRowHasVersionOne()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    QVERIFY(bank.account.get("version") == Value(1));
    QVERIFY(bank.stored("SELECT version FROM accounts") == Value(1));
}

void Versions::anUpdateRaisesTheVersion()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    for (const int balance : {20, 30}) {
        bank.account.set("balance", balance);
        bank.session->flush();
    }
    QVERIFY(bank.stored("SELECT version FROM accounts") == Value(3));
    QCOMPARE(bank.recorder.texts()[0],
             std::string(R"(UPDATE "accounts" SET "balance" = ?, "version" = ? WHERE "id" = ? AND "version" = ?)"));
}

void Versions::theNewVersionIsKnownWithoutAStatement()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    bank.account.set("balance", 20);
    bank.session->flush();
    bank.recorder.clear();
    QVERIFY(bank.account.get("version") == Value(2));
    VERIFY_SENT(bank.recorder.nothing());
}

void Versions::withoutANetChangeTheVersionStays()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    bank.account.set("balance", 20);
    bank.account.set("balance", 10);
    bank.session->flush();
    VERIFY_SENT(bank.recorder.nothing());
    QVERIFY(bank.account.get("version") == Value(1));
}

void Versions::anUpdateOfAnotherVersionIsStale()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    bank.stored("UPDATE accounts SET balance = 99, version = 2");
    bank.account.set("balance", 20);
    const std::string message = messageOf<orm::StaleRow>([&] { bank.session->flush(); });
    QVERIFY2(message.find("accounts (1)") == 0, message.c_str());
    QVERIFY2(message.find("version 1") != std::string::npos, message.c_str());
}

void Versions::aDeletionOfAnotherVersionIsStale()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    bank.stored("UPDATE accounts SET version = 2");
    bank.session->remove(bank.account);
    THROWS(bank.session->flush(), orm::StaleRow);
}

void Versions::afterARollbackTheNewVersionIsLoaded()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    bank.session->commit();
    QVERIFY(bank.account.get("version") == Value(1));
    bank.stored("UPDATE accounts SET balance = 99, version = 2");
    bank.session->connection().commit();
    bank.account.set("balance", 20);
    THROWS(bank.session->flush(), orm::StaleRow);
    bank.session->rollback();
    QVERIFY(bank.account.get("version") == Value(2));
    bank.account.set("balance", 20);
    bank.session->commit();
    QVERIFY(bank.stored("SELECT balance || ' ' || version FROM accounts") == Value("20 3"));
}

void Versions::anExpiredVersionIsLoadedFirst()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    bank.session->commit();
    bank.recorder.clear();
    bank.account.set("balance", 20);
    bank.session->flush();
    VERIFY_SENT(bank.recorder.exactly({"SELECT accounts", "UPDATE accounts"}));
    QVERIFY(bank.stored("SELECT version FROM accounts") == Value(2));
}

void Versions::aVersionThatWasSetIsOverruled()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    bank.account.set("version", 70);
    bank.account.set("balance", 20);
    bank.session->flush();
    QVERIFY(bank.account.get("version") == Value(2));
    QVERIFY(bank.stored("SELECT version FROM accounts") == Value(2));
}

void Versions::aDeletionComparesTheLoadedVersion()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    bank.account.set("version", 70);
    bank.session->remove(bank.account);
    bank.session->flush();
    QVERIFY(bank.stored("SELECT count(*) FROM accounts") == Value(0));
}

void Versions::versionsMayBeMadeByAFunction()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    const Record page = bank.add("pages", {{"path", "/"}, {"text", "a"}});
    bank.session->flush();
    QVERIFY(page.get("revision") == Value("r"));
    page.set("text", "b");
    bank.session->flush();
    QVERIFY(page.get("revision") == Value("r+"));
    bank.stored("UPDATE pages SET revision = 'x'");
    page.set("text", "c");
    THROWS(bank.session->flush(), orm::StaleRow);
}

void Versions::aRowThatIsTakenOverGoesOnCounting()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    bank.session->remove(bank.account);
    const Record fresh = bank.add("accounts", {{"id", 1}, {"owner", "Eva"}, {"balance", 10}});
    bank.session->flush();
    VERIFY_SENT(bank.recorder.exactly({"UPDATE accounts"}));
    QVERIFY(fresh.get("version") == Value(2));
    QVERIFY(bank.stored("SELECT owner || version FROM accounts") == Value("Eva2"));
}

void Versions::thePlanShowsBothVersions()
{
    QFETCH(Shape, shape);
    Bank bank(shape);
    bank.account.set("balance", 20);
    QCOMPARE(bank.planned()[0],
             std::string(R"(UPDATE "accounts" SET "balance" = 20, "version" = 2 WHERE "id" = 1 AND "version" = 1)"));
    QVERIFY(bank.account.get("version") == Value(1));
}

void Versions::aVersionThatCannotCountIsRefused()
{
    orm::Registry registry;
    registry.map<Page>("pages")
        .column<&Page::path>("path", orm::String(50), orm::primaryKey)
        .column<&Page::revision>("revision", orm::String(50), orm::versionColumn);
    THROWS(registry.configure(), orm::Argument);
}

QTEST_APPLESS_MAIN(Versions)
#include "tst_versions.moc"
