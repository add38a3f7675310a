#include "ui/records/editors/parent_picker.h"
#include "ui/records/grid/grid_header.h"
#include "ui/records/view/record_view.h"
#include "ui/records/view/selection_summary.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/reflect/reflect.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ui::records;

namespace {

constexpr const char *kSchema = R"(
CREATE TABLE genre (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE track (id INTEGER PRIMARY KEY, title TEXT, genre_id INTEGER REFERENCES genre (id), price NUMERIC(10,2), notes TEXT);
INSERT INTO genre VALUES (1, 'Rock'), (2, 'Samba'), (3, 'Jazz');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
INSERT INTO track SELECT i, 'track ' || (1000 - i), i % 3 + 1, i / 10.0, NULL FROM n;
CREATE TABLE big (id INTEGER PRIMARY KEY, a INTEGER);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
INSERT INTO big SELECT i * 3 + (i > 30000) * 1000000, i % 7 FROM n;
CREATE INDEX big_a ON big (a);
CREATE VIEW cheap AS SELECT id, title FROM track WHERE price < 1;
)";

} // namespace

class RecordsView : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void theModelKeepsQtsRulesWhileRowsComeAndGo();
    void typingReplacesAndEnterStagesAndMovesDown();
    void escapeRevertsTheEditor();
    void textThatIsNoValueStaysInTheOpenEditor();
    void savingIncludesTheOpenEditor();
    void stagedEditsSurviveSortFilterPageAndClosing();
    void undoAndRedoOfAStagedEdit();
    void newDuplicatedAndDeletedRowsAreStagedAndCommitted();
    void rollbackLeavesTheDatabaseAsItWas();
    void aConflictIsMarkedAndNothingIsWritten();
    void aParentIsPickedByItsLabel();
    void endMiddleAndBackOverATableWithGaps();
    void aSortedColumnIsJumpedByAnchors();
    void aViewIsReadOnlyAndSaysSo();
    void sumsAreExact();
    void aSelectionIsCopiedAsTsvAndPasted();

private:
    std::string ask(const char *sql)
    {
        auto engine = orm::createEngine(m_url);
        orm::Connection connection = engine->connect();
        return connection.execute(sql).scalar().toString();
    }
    std::unique_ptr<RecordView> open(const char *table)
    {
        auto view = std::make_unique<RecordView>(*m_connection, m_connection->metadata()[table]);
        view->resize(900, 500);
        view->show();
        QApplication::setActiveWindow(view.get());
        view->grid().setFocus();
        settle(*view);
        return view;
    }
    static void settle(RecordView &view)
    {
        QTRY_VERIFY(!view.window().isLoading() && view.window().total().certainty == Certainty::Exact);
        QCoreApplication::processEvents();
    }
    static RecordModel &model(RecordView &view) { return view.grid().records(); }
    static QWidget *editor(RecordView &view)
    {
        QWidget *focus = QApplication::focusWidget();
        return focus != nullptr && view.grid().viewport()->isAncestorOf(focus) && focus != view.grid().viewport()
                   ? focus
                   : nullptr;
    }
    static int column(const char *name, RecordView &view) { return static_cast<int>(view.table().column(name).index); }
    static void type(RecordView &view, const char *text)
    {
        QTest::keyClick(&view.grid(), text[0]);
        QWidget *field = editor(view);
        QVERIFY(field != nullptr);
        for (const char *c = text + 1; *c != 0; ++c)
            QTest::keyClick(field, *c);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_url;
    std::unique_ptr<ui::JobRunner> m_runner;
    std::shared_ptr<orm::Engine> m_engine;
    std::unique_ptr<RecordConnection> m_connection;
};

void RecordsView::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_url = orm::Url::sqliteFile(m_folder->filePath(QStringLiteral("music.db")).toStdString()).toString();
    orm::EngineOptions options;
    options.connect.create = true;
    m_engine = orm::createEngine(m_url, options);
    orm::Connection connection = m_engine->connect();
    connection.executeScript(kSchema);
    if (connection.inTransaction())
        connection.commit();
    auto registry = std::make_shared<const orm::Registry>(orm::Registry::reflected(orm::reflect(connection)));
    m_runner = std::make_unique<ui::JobRunner>();
    m_connection = std::make_unique<RecordConnection>(m_engine, registry, *m_runner);
}

void RecordsView::cleanup()
{
    m_connection.reset();
    m_runner.reset();
    m_engine.reset();
    m_folder.reset();
}

void RecordsView::theModelKeepsQtsRulesWhileRowsComeAndGo()
{
    auto view = open("track");
    QAbstractItemModelTester tester(&model(*view), QAbstractItemModelTester::FailureReportingMode::Fatal);
    view->grid().setTop(300);
    settle(*view);
    view->grid().insertRow();
    view->grid().goToEnd();
    settle(*view);
    view->grid().insertRow();
    m_connection->changes().undoStack().undo();
    view->setSort({{&view->table().column("title"), true, true}});
    settle(*view);
    view->grid().setTop(0);
    settle(*view);
    m_connection->changes().clear();
    QCOMPARE(model(*view).placeCount(), std::int64_t{600});
}

void RecordsView::typingReplacesAndEnterStagesAndMovesDown()
{
    auto view = open("track");
    view->grid().setCurrent({4, column("title", *view)});
    type(*view, "Garota");
    QTest::keyClick(editor(*view), Qt::Key_Return);
    QCOMPARE(model(*view).displayText(4, column("title", *view)), QStringLiteral("Garota"));
    QVERIFY(model(*view).state(4) == RowState::Changed);
    QCOMPARE(view->grid().current().place, std::int64_t{5});
    QVERIFY(editor(*view) == nullptr);
    QCOMPARE(ask("SELECT title FROM track WHERE id = 5"), std::string("track 995"));
}

void RecordsView::escapeRevertsTheEditor()
{
    auto view = open("track");
    view->grid().setCurrent({4, column("title", *view)});
    type(*view, "x");
    QTest::keyClick(editor(*view), Qt::Key_Escape);
    QVERIFY(m_connection->changes().isEmpty());
    QCOMPARE(view->grid().current().place, std::int64_t{4});
}

void RecordsView::textThatIsNoValueStaysInTheOpenEditor()
{
    auto view = open("track");
    view->grid().setCurrent({4, column("price", *view)});
    type(*view, "12,x");
    QTest::keyClick(editor(*view), Qt::Key_Return);
    auto *field = qobject_cast<QLineEdit *>(editor(*view));
    QVERIFY(field != nullptr);
    QCOMPARE(field->text(), QStringLiteral("12,x"));
    m_connection->commit(); // refuses: an editor has no valid value
    QVERIFY(!m_connection->changes().isLocked());
    QVERIFY(editor(*view) != nullptr);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(m_connection->changes().isEmpty());
}

void RecordsView::savingIncludesTheOpenEditor()
{
    auto view = open("track");
    view->grid().setCurrent({0, column("title", *view)});
    type(*view, "Aquarela");
    QSignalSpy committed(m_connection.get(), &RecordConnection::committed);
    m_connection->commit();
    QTRY_COMPARE(committed.count(), 1);
    QCOMPARE(ask("SELECT title FROM track WHERE id = 1"), std::string("Aquarela"));
    settle(*view);
    QCOMPARE(model(*view).displayText(0, column("title", *view)), QStringLiteral("Aquarela"));
    QVERIFY(model(*view).state(0) == RowState::Clean);
}

void RecordsView::stagedEditsSurviveSortFilterPageAndClosing()
{
    auto view = open("track");
    const int title = column("title", *view);
    QVERIFY(model(*view).stage(9, title, {orm::Value("mine"), 0}));
    view->setSort({{&view->table().column("id"), true, false}});
    settle(*view);
    QVERIFY(model(*view).state(9) == RowState::Clean);
    view->grid().goToEnd();
    settle(*view);
    QCOMPARE(model(*view).displayText(590, title), QStringLiteral("mine"));
    view->setFilters({{&view->table().column("id"), FilterOperator::LessEqual, {orm::Value(10)}}});
    settle(*view);
    QCOMPARE(model(*view).displayText(0, title), QStringLiteral("mine"));
    view->refresh();
    settle(*view);
    QCOMPARE(model(*view).displayText(0, title), QStringLiteral("mine"));
    view.reset();
    auto again = open("track");
    QCOMPARE(model(*again).displayText(9, title), QStringLiteral("mine"));
    QVERIFY(model(*again).state(9) == RowState::Changed);
}

void RecordsView::undoAndRedoOfAStagedEdit()
{
    auto view = open("track");
    const int title = column("title", *view);
    QVERIFY(model(*view).stage(2, title, {orm::Value("mine"), 0}));
    QTest::keyClick(&view->grid(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(model(*view).displayText(2, title), QStringLiteral("track 997"));
    QVERIFY(m_connection->changes().isEmpty());
    QTest::keyClick(&view->grid(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(model(*view).displayText(2, title), QStringLiteral("mine"));
}

void RecordsView::newDuplicatedAndDeletedRowsAreStagedAndCommitted()
{
    auto view = open("track");
    const int title = column("title", *view);
    view->grid().setCurrent({3, title});
    QTest::keyClick(&view->grid(), Qt::Key_Delete);
    QVERIFY(model(*view).state(3) == RowState::Deleted);
    view->grid().setCurrent({1, title});
    QTest::keyClick(&view->grid(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(model(*view).newRowCount(), std::int64_t{1});
    QCOMPARE(model(*view).displayText(0, title), QStringLiteral("track 998"));
    QTest::keyClick(&view->grid(), Qt::Key_I, Qt::ControlModifier);
    QCOMPARE(view->grid().current().place, std::int64_t{1});
    QVERIFY(model(*view).stage(1, title, {orm::Value("fresh"), 0}));
    QSignalSpy committed(m_connection.get(), &RecordConnection::committed);
    QTest::keyClick(&view->grid(), Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(committed.count(), 1);
    QCOMPARE(ask("SELECT count(*) FROM track"), std::string("601"));
    QCOMPARE(ask("SELECT count(*) FROM track WHERE id = 4"), std::string("0"));
    QCOMPARE(ask("SELECT group_concat(title) FROM track WHERE id > 600"), std::string("track 998,fresh"));
    settle(*view);
    QCOMPARE(model(*view).placeCount(), std::int64_t{601});
}

void RecordsView::rollbackLeavesTheDatabaseAsItWas()
{
    auto view = open("track");
    const std::string before = ask("SELECT group_concat(id || title || genre_id) FROM track");
    QVERIFY(model(*view).stage(2, column("title", *view), {orm::Value("mine"), 0}));
    view->grid().setCurrent({5, 0});
    view->grid().deleteRows();
    view->grid().insertRow();
    m_connection->rollback();
    QVERIFY(m_connection->changes().isEmpty());
    QCOMPARE(model(*view).newRowCount(), std::int64_t{0});
    QCOMPARE(ask("SELECT group_concat(id || title || genre_id) FROM track"), before);
}

void RecordsView::aConflictIsMarkedAndNothingIsWritten()
{
    auto view = open("track");
    const int title = column("title", *view);
    QVERIFY(model(*view).stage(2, title, {orm::Value("mine"), 0}));
    {
        orm::Connection other = m_engine->connect();
        other.execute("UPDATE track SET title = 'theirs' WHERE id = 3");
        other.commit();
    }
    QSignalSpy failed(m_connection.get(), &RecordConnection::commitFailed);
    m_connection->commit();
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(model(*view).state(2) == RowState::Conflict);
    QVERIFY(model(*view).toolTip(2, title).contains(QStringLiteral("theirs")));
    QCOMPARE(model(*view).displayText(2, title), QStringLiteral("mine"));
    QCOMPARE(ask("SELECT title FROM track WHERE id = 3"), std::string("theirs"));
    QVERIFY(view->findChild<ConflictBar *>()->isVisible());
}

void RecordsView::aParentIsPickedByItsLabel()
{
    auto view = open("track");
    const int genre = column("genre_id", *view);
    QTRY_COMPARE(model(*view).displayText(0, genre), QStringLiteral("2 · Samba"));
    view->grid().setCurrent({0, genre});
    type(*view, "ja");
    auto *list = view->findChild<QListWidget *>();
    QVERIFY(list != nullptr);
    QTRY_COMPARE(list->count(), 1);
    QCOMPARE(list->item(0)->text(), QStringLiteral("3 · Jazz"));
    QTest::keyClick(editor(*view), Qt::Key_Return);
    QCOMPARE(model(*view).displayText(0, genre), QStringLiteral("3 · Jazz"));

    // A new row of the parent that is not saved yet can be picked as well.
    const NewRowId fresh =
        m_connection->changes().insert(m_connection->metadata()["genre"], {{1, {orm::Value("Choro"), 0}}});
    view->grid().setCurrent({1, genre});
    type(*view, "cho");
    list = view->findChildren<QListWidget *>().last();
    QTRY_COMPARE(list->count(), 1);
    QTest::keyClick(editor(*view), Qt::Key_Return);
    QCOMPARE(model(*view).cell(1, genre).newParent, fresh);
    QSignalSpy committed(m_connection.get(), &RecordConnection::committed);
    m_connection->commit();
    QTRY_COMPARE(committed.count(), 1);
    QCOMPARE(ask("SELECT g.name FROM track t JOIN genre g ON g.id = t.genre_id WHERE t.id = 2"), std::string("Choro"));
}

void RecordsView::endMiddleAndBackOverATableWithGaps()
{
    auto view = open("big");
    QCOMPARE(view->countText(), QStringLiteral("60,000 rows"));
    QTest::keyClick(&view->grid(), Qt::Key_End, Qt::ControlModifier);
    settle(*view);
    QCOMPARE(view->grid().current().place, std::int64_t{59999});
    QCOMPARE(model(*view).displayText(59999, 0), QStringLiteral("1180000"));
    view->grid().setTop(30000);
    settle(*view);
    QTRY_VERIFY(model(*view).isLoaded(view->grid().top()) && view->window().positionsExact());
    const std::int64_t top = view->grid().top();
    const std::int64_t expected = (top + 1) * 3 + (top + 1 > 30000 ? 1'000'000 : 0);
    QCOMPARE(model(*view).displayText(top, 0), QString::number(expected));
    QTest::keyClick(&view->grid(), Qt::Key_Home, Qt::ControlModifier);
    settle(*view);
    QTRY_COMPARE(model(*view).displayText(0, 0), QStringLiteral("3"));
    QVERIFY(view->window().run().bytes() < RowRun::kMaximumBytes);
}

void RecordsView::aSortedColumnIsJumpedByAnchors()
{
    auto view = open("big");
    view->setSort({naturalSort(view->table().column("a"), true, m_engine->dialect().capabilities())});
    settle(*view);
    view->grid().setTop(40000);
    QTRY_VERIFY(model(*view).isLoaded(40000));
    const std::string expected = ask("SELECT id FROM big ORDER BY a DESC, id DESC LIMIT 1 OFFSET 40000");
    QCOMPARE(model(*view).displayText(40000, 0).toStdString(), expected);
    QVERIFY(view->window().positionsExact());
}

void RecordsView::aViewIsReadOnlyAndSaysSo()
{
    auto view = open("cheap");
    QCOMPARE(model(*view).placeCount(), std::int64_t{9});
    QVERIFY(!model(*view).isEditable(0, 0));
    QSignalSpy message(&view->grid(), &RecordGrid::message);
    view->grid().insertRow();
    QCOMPARE(message.count(), 1);
    QVERIFY(m_connection->changes().isEmpty());
}

void RecordsView::sumsAreExact()
{
    auto view = open("track");
    const int price = column("price", *view);
    view->grid().setCurrent({0, price});
    view->grid().setCurrent({9, price}, true);
    const SelectionSummary summary = summarize(view->grid());
    QCOMPARE(summary.numbers, std::int64_t{10});
    QVERIFY(summary.sum == *orm::Decimal::parse("5.5")); // 0.1 to 1.0: binary fractions drift
    QVERIFY(summary.least == *orm::Decimal::parse("0.1"));
    QVERIFY(view->summaryText().contains(QStringLiteral("avg 0.55")));
}

void RecordsView::aSelectionIsCopiedAsTsvAndPasted()
{
    auto view = open("track");
    const int title = column("title", *view);
    view->grid().setCurrent({0, title});
    view->grid().setCurrent({1, title + 1}, true);
    QVERIFY(view->grid().copySelection(true));
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("title\tgenre_id\ntrack 999\t2\ntrack 998\t3"));
    view->grid().setCurrent({4, title});
    view->grid().pasteText(QStringLiteral("one\t1\n\"two\tlines\"\t2\n"));
    QCOMPARE(model(*view).cell(4, title).value->toString(), std::string("one"));
    QCOMPARE(model(*view).cell(5, title).value->toString(), std::string("two\tlines"));
    QCOMPARE(model(*view).cell(5, title + 1).value->asInt(), std::int64_t{2});
    m_connection->changes().undoStack().undo();
    QVERIFY(m_connection->changes().isEmpty());
}

QTEST_MAIN(RecordsView)
#include "tst_records_view.moc"
