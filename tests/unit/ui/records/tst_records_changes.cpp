#include "ui/records/changes/change_set.h"
#include "ui/records/changes/committer.h"
#include "ui/records/changes/record_connection.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/reflect/reflect.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace ui::records;

namespace {

constexpr const char *kSchema = R"(
CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, city TEXT);
CREATE TABLE invoice (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id), total NUMERIC);
CREATE TABLE line (id INTEGER PRIMARY KEY, invoice_id INTEGER NOT NULL REFERENCES invoice (id), what TEXT);
CREATE TABLE note (text TEXT, stars INTEGER);
INSERT INTO customer VALUES (1, 'Ana', 'ana@example.com', 'Recife'), (2, 'Bia', 'bia@example.com', NULL),
                            (3, 'Caio', NULL, 'Natal');
INSERT INTO invoice VALUES (1, 1, 10.5);
INSERT INTO note VALUES ('a', 1), ('b', 2);
)";

orm::Value text(const char *value) { return orm::Value(value); }

} // namespace

class RecordsChanges : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void aValuePutBackIsNoChange();
    void everyStepIsUndoneAndRedoneExactly();
    void aRevertedNewRowTakesReferencesToItAlong();
    void discardingAllCanBeUndone();
    void aCommitWritesInsertsUpdatesAndDeletesAtOnce();
    void stagedChildrenGetTheKeyOfTheirStagedParent();
    void rowsWithoutADeclaredKeyAreWrittenByRowId();
    void aRowChangedMeanwhileIsAConflictAndNothingIsWritten();
    void columnsThatWereNotTouchedAreNoConflict();
    void aRowDeletedMeanwhileIsAConflict();
    void keepMineWritesOverTheirs();
    void takeTheirsDropsOnlyTheCellsInConflict();
    void aRefusedRowIsNamedAndAllStagedRowsStay();
    void thePreviewShowsWhatWouldBeSentAndWritesNothing();
    void nothingIsSavedUntilTheDatabaseAnsweredCommit();

private:
    RowAddress row(const char *table, std::int64_t id) const
    {
        return {&m_registry->metadata()[table], {orm::Value(id)}, 0};
    }
    std::size_t at(const char *table, const char *column) const
    {
        return m_registry->metadata()[table].column(column).index;
    }
    ChangeSet::Edit edit(const char *table, std::int64_t id, const char *column, const orm::Value &base,
                         const orm::Value &mine) const
    {
        return {row(table, id), at(table, column), base, {mine, 0}};
    }
    /// Asks with a connection of its own, as another program would.
    std::string ask(const char *sql)
    {
        auto engine = orm::createEngine(m_url);
        orm::Connection connection = engine->connect();
        return connection.execute(sql).scalar().toString();
    }
    void act(const char *sql)
    {
        auto engine = orm::createEngine(m_url);
        orm::Connection connection = engine->connect();
        connection.execute(sql);
        connection.commit();
    }
    CommitResult commit()
    {
        ui::Progress progress;
        CommitResult result = commitRows(*m_engine, *m_registry, m_changes->rows(), progress);
        if (result.committed)
            m_changes->setCommitted(m_changes->rows());
        else
            m_changes->setProblems(result.problems);
        return result;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_url;
    std::shared_ptr<orm::Engine> m_engine;
    std::shared_ptr<const orm::Registry> m_registry;
    std::unique_ptr<ChangeSet> m_changes;
};

void RecordsChanges::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_url = orm::Url::sqliteFile(m_folder->filePath(QStringLiteral("shop.db")).toStdString()).toString();
    orm::EngineOptions options;
    options.connect.create = true;
    m_engine = orm::createEngine(m_url, options);
    orm::Connection connection = m_engine->connect();
    connection.executeScript(kSchema);
    if (connection.inTransaction())
        connection.commit();
    m_registry = std::make_shared<const orm::Registry>(orm::Registry::reflected(orm::reflect(connection)));
    m_changes = std::make_unique<ChangeSet>();
}

void RecordsChanges::cleanup()
{
    m_changes.reset();
    m_registry.reset();
    m_engine.reset();
    m_folder.reset();
}

void RecordsChanges::aValuePutBackIsNoChange()
{
    m_changes->edit({edit("customer", 1, "city", text("Recife"), text("Olinda"))});
    QCOMPARE(m_changes->size(), std::size_t{1});
    m_changes->edit({edit("customer", 1, "city", text("Olinda"), text("Recife"))}); // the first base counts
    QVERIFY(m_changes->isEmpty());
    m_changes->edit({edit("customer", 1, "city", text("Recife"), text("Recife"))});
    QVERIFY(m_changes->isEmpty());
    QCOMPARE(m_changes->undoStack().count(), 2);
}

void RecordsChanges::everyStepIsUndoneAndRedoneExactly()
{
    const auto state = [this] {
        QString all;
        for (const RowChange &change : m_changes->rows()) {
            all += QStringLiteral("%1/%2:").arg(static_cast<int>(change.kind)).arg(change.address.newRow);
            for (const auto &[column, cell] : change.cells)
                all += QStringLiteral("%1=%2<%3;")
                           .arg(column)
                           .arg(QString::fromStdString(cell.mine.value.toString()),
                                QString::fromStdString(cell.base.toString()));
        }
        return all;
    };
    std::vector<QString> states{state()};
    const auto step = [&](const auto &act) {
        act();
        states.push_back(state());
    };
    step([this] { m_changes->edit({edit("customer", 1, "city", text("Recife"), text("Olinda"))}); });
    step([this] { m_changes->edit({edit("customer", 1, "city", {}, text("Caruaru"))}); });
    step([this] { m_changes->insert(m_registry->metadata()["customer"], {{at("customer", "name"), {text("D"), 0}}}); });
    step([this] { m_changes->remove({{row("customer", 1), {{at("customer", "name"), text("Ana")}}}}); });
    step([this] { m_changes->revert({row("customer", 1)}); });
    for (std::size_t i = states.size() - 1; i-- > 0;) {
        m_changes->undoStack().undo();
        QCOMPARE(state(), states[i]);
    }
    for (std::size_t i = 1; i < states.size(); ++i) {
        m_changes->undoStack().redo();
        QCOMPARE(state(), states[i]);
    }
}

void RecordsChanges::aRevertedNewRowTakesReferencesToItAlong()
{
    const orm::MetaData &metadata = m_registry->metadata();
    const NewRowId parent = m_changes->insert(metadata["customer"]);
    const NewRowId child = m_changes->insert(metadata["invoice"], {{at("invoice", "customer_id"), {{}, parent}}});
    m_changes->revert({{&metadata["customer"], {}, parent}});
    const RowChange *invoice = m_changes->find({&metadata["invoice"], {}, child});
    QVERIFY(invoice != nullptr && invoice->cells.empty());
    m_changes->undoStack().undo();
    QCOMPARE(m_changes->find({&metadata["invoice"], {}, child})->cells.begin()->second.mine.parent, parent);
}

void RecordsChanges::discardingAllCanBeUndone()
{
    m_changes->edit(
        {edit("customer", 1, "city", text("Recife"), text("Olinda")), edit("customer", 2, "city", {}, text("Olinda"))});
    m_changes->clear();
    QVERIFY(m_changes->isEmpty());
    m_changes->undoStack().undo();
    QCOMPARE(m_changes->size(), std::size_t{2});
}

void RecordsChanges::aCommitWritesInsertsUpdatesAndDeletesAtOnce()
{
    m_changes->edit({edit("customer", 2, "email", text("bia@example.com"), text("b@example.com"))});
    m_changes->insert(m_registry->metadata()["customer"],
                      {{at("customer", "name"), {text("Davi"), 0}}, {at("customer", "city"), {text("Natal"), 0}}});
    m_changes->remove({{row("customer", 3), {{at("customer", "name"), text("Caio")}}}});
    QCOMPARE(ask("SELECT count(*) FROM customer"), std::string("3"));
    QVERIFY(commit().committed);
    QVERIFY(m_changes->isEmpty());
    QCOMPARE(ask("SELECT group_concat(name || ':' || coalesce(email, '-'), ' ') FROM customer"),
             std::string("Ana:ana@example.com Bia:b@example.com Davi:-"));
}

void RecordsChanges::stagedChildrenGetTheKeyOfTheirStagedParent()
{
    const orm::MetaData &metadata = m_registry->metadata();
    const NewRowId invoice = m_changes->insert(metadata["invoice"]);
    const NewRowId customer = m_changes->insert(metadata["customer"], {{at("customer", "name"), {text("Eva"), 0}}});
    m_changes->edit({{{&metadata["invoice"], {}, invoice}, at("invoice", "customer_id"), {}, {{}, customer}}});
    for (const char *what : {"x", "y"})
        m_changes->insert(metadata["line"],
                          {{at("line", "invoice_id"), {{}, invoice}}, {at("line", "what"), {text(what), 0}}});
    QVERIFY(commit().committed);
    QCOMPARE(ask("SELECT group_concat(c.name || l.what) FROM line l JOIN invoice i ON i.id = l.invoice_id "
                 "JOIN customer c ON c.id = i.customer_id"),
             std::string("Evax,Evay"));
}

void RecordsChanges::rowsWithoutADeclaredKeyAreWrittenByRowId()
{
    m_changes->edit({edit("note", 2, "stars", orm::Value(2), orm::Value(5))});
    m_changes->remove({{row("note", 1), {{at("note", "text"), text("a")}}}});
    m_changes->insert(m_registry->metadata()["note"], {{at("note", "text"), {text("c"), 0}}});
    QVERIFY(commit().committed);
    QCOMPARE(ask("SELECT group_concat(text || coalesce(stars, '-')) FROM note"), std::string("b5,c-"));
    m_changes->edit({edit("note", 2, "stars", orm::Value(4), orm::Value(6))}); // not what it is
    QVERIFY(!commit().committed);
    QCOMPARE(ask("SELECT stars FROM note WHERE text = 'b'"), std::string("5"));
}

void RecordsChanges::aRowChangedMeanwhileIsAConflictAndNothingIsWritten()
{
    m_changes->edit({edit("customer", 1, "city", text("Recife"), text("Olinda"))});
    m_changes->edit({edit("customer", 2, "city", {}, text("Natal"))});
    act("UPDATE customer SET city = 'Salvador' WHERE id = 1");
    QVERIFY(!commit().committed);
    QCOMPARE(ask("SELECT group_concat(coalesce(city, '-')) FROM customer"), std::string("Salvador,-,Natal"));
    const RowProblem *problem = m_changes->problem(row("customer", 1));
    QVERIFY(problem != nullptr && problem->kind == RowProblem::Kind::Changed);
    QVERIFY(problem->theirs.at(at("customer", "city")) == text("Salvador"));
    QVERIFY(problem->message.contains(QStringLiteral("Salvador")));
    QVERIFY(m_changes->problem(row("customer", 2)) == nullptr);
    QCOMPARE(m_changes->size(), std::size_t{2});
}

void RecordsChanges::columnsThatWereNotTouchedAreNoConflict()
{
    m_changes->edit({edit("customer", 1, "city", text("Recife"), text("Olinda"))});
    act("UPDATE customer SET name = 'Ana Maria' WHERE id = 1");
    QVERIFY(commit().committed);
    QCOMPARE(ask("SELECT name || city FROM customer WHERE id = 1"), std::string("Ana MariaOlinda"));
}

void RecordsChanges::aRowDeletedMeanwhileIsAConflict()
{
    m_changes->edit({edit("customer", 3, "city", text("Natal"), text("Olinda"))});
    act("DELETE FROM customer WHERE id = 3");
    QVERIFY(!commit().committed);
    QVERIFY(m_changes->problem(row("customer", 3))->kind == RowProblem::Kind::Missing);
    m_changes->takeTheirs(row("customer", 3));
    QVERIFY(m_changes->isEmpty());
}

void RecordsChanges::keepMineWritesOverTheirs()
{
    m_changes->edit({edit("customer", 1, "city", text("Recife"), text("Olinda"))});
    act("UPDATE customer SET city = 'Salvador' WHERE id = 1");
    QVERIFY(!commit().committed);
    m_changes->keepMine(row("customer", 1));
    QVERIFY(m_changes->problem(row("customer", 1)) == nullptr);
    QVERIFY(commit().committed);
    QCOMPARE(ask("SELECT city FROM customer WHERE id = 1"), std::string("Olinda"));
}

void RecordsChanges::takeTheirsDropsOnlyTheCellsInConflict()
{
    m_changes->edit({edit("customer", 1, "city", text("Recife"), text("Olinda")),
                     edit("customer", 1, "name", text("Ana"), text("Aninha"))});
    act("UPDATE customer SET city = 'Salvador' WHERE id = 1");
    QVERIFY(!commit().committed);
    m_changes->takeTheirs(row("customer", 1));
    QVERIFY(commit().committed);
    QCOMPARE(ask("SELECT name || city FROM customer WHERE id = 1"), std::string("AninhaSalvador"));
}

void RecordsChanges::aRefusedRowIsNamedAndAllStagedRowsStay()
{
    m_changes->edit({edit("customer", 2, "city", {}, text("Natal"))});
    m_changes->edit({edit("customer", 3, "email", {}, text("ana@example.com"))});
    const CommitResult result = commit();
    QVERIFY(!result.committed);
    QCOMPARE(result.problems.size(), std::size_t{1});
    QVERIFY(result.problems.front().first == row("customer", 3));
    const RowProblem &problem = result.problems.front().second;
    QVERIFY(problem.kind == RowProblem::Kind::Refused);
    QVERIFY(problem.columns == std::vector<std::size_t>{at("customer", "email")});
    QVERIFY(problem.message.startsWith(QStringLiteral("Another row already has this value")));
    QCOMPARE(m_changes->size(), std::size_t{2});
    QCOMPARE(ask("SELECT coalesce(city, '-') FROM customer WHERE id = 2"), std::string("-"));
}

void RecordsChanges::thePreviewShowsWhatWouldBeSentAndWritesNothing()
{
    m_changes->edit({edit("customer", 1, "city", text("Recife"), text("O'linda"))});
    m_changes->edit({edit("note", 2, "stars", orm::Value(2), orm::Value(5))});
    const std::vector<std::string> statements = previewRows(*m_engine, *m_registry, m_changes->rows());
    QCOMPARE(statements.size(), std::size_t{2});
    QVERIFY(statements[0].find("UPDATE") == 0);
    QVERIFY(statements[0].find("'O''linda'") != std::string::npos);
    QVERIFY(statements[1].find("rowid") != std::string::npos);
    QCOMPARE(ask("SELECT city FROM customer WHERE id = 1"), std::string("Recife"));
}

void RecordsChanges::nothingIsSavedUntilTheDatabaseAnsweredCommit()
{
    ui::JobRunner runner;
    RecordConnection connection(m_engine, m_registry, runner);
    QSignalSpy committed(&connection, &RecordConnection::committed);
    QSignalSpy failed(&connection, &RecordConnection::commitFailed);
    connection.changes().edit({edit("customer", 1, "city", text("Recife"), text("Olinda"))});
    connection.commit();
    QVERIFY(connection.changes().isLocked());
    QCOMPARE(committed.count(), 0);
    QTRY_COMPARE(committed.count(), 1);
    QVERIFY(connection.changes().isEmpty() && !connection.changes().isLocked());
    QCOMPARE(ask("SELECT city FROM customer WHERE id = 1"), std::string("Olinda"));
    QCOMPARE(failed.count(), 0);

    // While another program writes, the answer is no, and the change is still there.
    auto other = orm::createEngine(m_url);
    orm::Connection writer = other->connect();
    writer.begin(orm::TransactionMode::Immediate);
    orm::EngineOptions impatient;
    impatient.connect.busyTimeout = std::chrono::milliseconds(50);
    RecordConnection second(orm::createEngine(m_url, impatient), m_registry, runner);
    QSignalSpy secondFailed(&second, &RecordConnection::commitFailed);
    second.changes().edit({edit("customer", 1, "city", text("Olinda"), text("Recife"))});
    second.commit();
    QTRY_COMPARE(secondFailed.count(), 1);
    QVERIFY(secondFailed.front().front().toString().startsWith(QStringLiteral("Someone else is writing")));
    QCOMPARE(second.changes().size(), std::size_t{1});
    writer.rollback();
}

QTEST_GUILESS_MAIN(RecordsChanges)
#include "tst_records_changes.moc"
