// What the editors of a grid do with NULL and with the parents of foreign keys.

#include "ui/records/editors/parent_picker.h"
#include "ui/records/view/record_view.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/reflect/reflect.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ui::records;

namespace {

constexpr const char *kSchema = R"(
CREATE TABLE ticket (id INTEGER PRIMARY KEY, state TEXT DEFAULT 'open', weight INTEGER DEFAULT 7, title TEXT NOT NULL);
INSERT INTO ticket VALUES (1, 'open', 7, 'first');
CREATE TABLE genre (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
INSERT INTO genre SELECT i, 'genre ' || i FROM n;
CREATE TABLE track (id INTEGER PRIMARY KEY, genre_id INTEGER REFERENCES genre (id));
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
INSERT INTO track SELECT i, i FROM n;
CREATE TABLE office (country TEXT, city TEXT, name TEXT, PRIMARY KEY (country, city));
INSERT INTO office VALUES ('BR', 'REC', 'Recife'), ('BR', 'SAO', 'Paulista'), ('PT', 'LIS', 'Baixa');
CREATE TABLE desk (id INTEGER PRIMARY KEY, country TEXT, city TEXT,
                   FOREIGN KEY (country, city) REFERENCES office (country, city));
INSERT INTO desk VALUES (1, 'BR', 'REC'), (2, NULL, NULL), (3, 'PT', NULL);
)";

} // namespace

class RecordsEditors : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void aNewRowSaysWhatTheDatabaseWillChoose();
    void nullInANewRowIsNotTheDefault();
    void nullCanBeTypedIntoANumber();
    void anEditorThatWasOnlyLookedAtStagesNothing();
    void commitIsOfferedOnlyWhereThereIsSomethingToCommit();
    void theListHangsBelowItsCellOrAboveIt();
    void pagesOfTheListAreTurnedByKeys();
    void enterWaitsForTheSearch();
    void aCompositeKeyShowsItsParent();
    void pickingAParentSetsTheWholeKey();
    void onlyParentsThatAgreeWithTheRestOfTheKeyAreOffered();

private:
    std::string ask(const char *sql)
    {
        orm::Connection connection = m_engine->connect();
        return connection.execute(sql).scalar().toString();
    }
    std::unique_ptr<RecordView> open(const char *table)
    {
        auto view = std::make_unique<RecordView>(*m_connection, m_connection->metadata()[table]);
        view->resize(900, 500);
        view->show();
        QApplication::setActiveWindow(view.get());
        view->grid().setFocus();
        [&] { QTRY_VERIFY(!view->window().isLoading() && view->window().total().certainty == Certainty::Exact); }();
        return view;
    }
    static RecordModel &model(RecordView &view) { return view.grid().records(); }
    static int column(const char *name, RecordView &view) { return static_cast<int>(view.table().column(name).index); }
    static QString text(RecordView &view, std::int64_t place, const char *name)
    {
        return model(view).displayText(place, column(name, view));
    }
    static QLineEdit *edit(RecordView &view, std::int64_t place, const char *name)
    {
        view.grid().setCurrent({place, column(name, view)});
        QTest::keyClick(&view.grid(), Qt::Key_F2);
        return qobject_cast<QLineEdit *>(QApplication::focusWidget());
    }
    static void key(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    void commit()
    {
        QSignalSpy committed(m_connection.get(), &RecordConnection::committed);
        m_connection->commit();
        QTRY_COMPARE(committed.count(), 1);
    }
    /// A new ticket with a title.
    std::unique_ptr<RecordView> newTicket()
    {
        auto view = open("ticket");
        view->grid().insertRow();
        model(*view).stage(0, column("title", *view), {orm::Value("second"), 0});
        return view;
    }
    ParentPicker *pick(RecordView &view, std::int64_t place, const char *name)
    {
        edit(view, place, name);
        auto *picker = view.findChild<ParentPicker *>();
        [&] { QTRY_VERIFY(picker != nullptr && picker->findChild<ParentList *>()->count() > 0); }();
        return picker;
    }
    static QStringList lines(const ParentPicker &picker)
    {
        QStringList texts;
        const auto *list = picker.findChild<ParentList *>();
        for (int row = 0; row < list->count(); ++row)
            texts += list->item(row)->text();
        return texts;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::JobRunner> m_runner;
    std::shared_ptr<orm::Engine> m_engine;
    std::unique_ptr<RecordConnection> m_connection;
};

void RecordsEditors::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    orm::EngineOptions options;
    options.connect.create = true;
    m_engine = orm::createEngine(
        orm::Url::sqliteFile(m_folder->filePath(QStringLiteral("work.db")).toStdString()).toString(), options);
    orm::Connection connection = m_engine->connect();
    connection.executeScript(kSchema);
    if (connection.inTransaction())
        connection.commit();
    auto registry = std::make_shared<const orm::Registry>(orm::Registry::reflected(orm::reflect(connection)));
    m_runner = std::make_unique<ui::JobRunner>();
    m_connection = std::make_unique<RecordConnection>(m_engine, registry, *m_runner);
}

void RecordsEditors::cleanup()
{
    m_connection.reset();
    m_runner.reset();
    m_engine.reset();
    m_folder.reset();
}

void RecordsEditors::aNewRowSaysWhatTheDatabaseWillChoose()
{
    auto view = open("ticket");
    view->grid().insertRow();
    QCOMPARE(text(*view, 0, "id"), QStringLiteral("default"));
    QCOMPARE(text(*view, 0, "state"), QStringLiteral("default"));
    QCOMPARE(text(*view, 0, "title"), QStringLiteral("required"));
}

void RecordsEditors::nullInANewRowIsNotTheDefault()
{
    auto view = newTicket();
    view->grid().setCurrent({0, column("state", *view)});
    QTest::keyClick(&view->grid(), Qt::Key_Backspace);
    QCOMPARE(text(*view, 0, "state"), QStringLiteral("NULL"));
    commit();
    QCOMPARE(ask("SELECT state IS NULL AND weight = 7 FROM ticket WHERE title = 'second'"), std::string("1"));
}

void RecordsEditors::nullCanBeTypedIntoANumber()
{
    auto view = newTicket();
    QLineEdit *field = edit(*view, 0, "weight");
    QVERIFY(field != nullptr);
    QTest::keyClicks(field, QStringLiteral("null"));
    key(Qt::Key_Return);
    commit();
    QCOMPARE(ask("SELECT weight IS NULL AND state = 'open' FROM ticket WHERE title = 'second'"), std::string("1"));
}

void RecordsEditors::anEditorThatWasOnlyLookedAtStagesNothing()
{
    auto view = newTicket();
    QLineEdit *field = edit(*view, 0, "weight");
    QVERIFY(field != nullptr);
    QCOMPARE(field->placeholderText(), QStringLiteral("default"));
    key(Qt::Key_Return);
    QCOMPARE(text(*view, 0, "weight"), QStringLiteral("default"));
    commit();
    QCOMPARE(ask("SELECT weight FROM ticket WHERE title = 'second'"), std::string("7"));
}

void RecordsEditors::commitIsOfferedOnlyWhereThereIsSomethingToCommit()
{
    auto view = open("ticket");
    const auto enabled = [&](const char *name) {
        for (const QAction *action : view->actions())
            if (action->text() == QLatin1String(name))
                return action->isEnabled();
        return false;
    };
    QVERIFY(!enabled("Commit") && !enabled("Roll back"));
    QLineEdit *field = edit(*view, 0, "title");
    QVERIFY(enabled("Commit")); // it may hold the first change
    QTest::keyClicks(field, QStringLiteral("other"));
    key(Qt::Key_Return);
    QVERIFY(enabled("Commit") && enabled("Roll back"));
    m_connection->rollback();
    QVERIFY(!enabled("Commit") && !enabled("Roll back"));
}

void RecordsEditors::theListHangsBelowItsCellOrAboveIt()
{
    auto view = open("track");
    const auto fieldOf = [](const ParentPicker &picker) {
        const auto *field = picker.findChild<QLineEdit *>();
        return QRect(field->mapTo(picker.parentWidget(), QPoint()), field->size());
    };
    const ParentPicker *picker = pick(*view, 0, "genre_id");
    QRect cell = view->grid().visualRect(model(*view).indexAtPlace(0, column("genre_id", *view)));
    QTRY_VERIFY(picker->height() > 4 * cell.height());
    QVERIFY(cell.adjusted(-1, -1, 1, 1).contains(fieldOf(*picker).center()));
    QVERIFY(picker->geometry().bottom() > cell.bottom());
    key(Qt::Key_Escape);
    QTRY_VERIFY(view->findChild<ParentPicker *>() == nullptr);

    const int last = view->grid().rowsPerPage() - 1;
    picker = pick(*view, last, "genre_id");
    cell = view->grid().visualRect(model(*view).indexAtPlace(last, column("genre_id", *view)));
    QTRY_VERIFY(picker->geometry().top() < cell.top() - 4 * cell.height());
    QTRY_VERIFY(cell.adjusted(-1, -1, 1, 1).contains(fieldOf(*picker).center()));
    QVERIFY(picker->parentWidget()->rect().contains(picker->geometry()));
}

void RecordsEditors::pagesOfTheListAreTurnedByKeys()
{
    auto view = open("track");
    pick(*view, 0, "genre_id");
    key(Qt::Key_PageDown);
    key(Qt::Key_PageDown);
    key(Qt::Key_Up);
    key(Qt::Key_Return);
    QVERIFY(model(*view).cell(0, column("genre_id", *view)).value->asInt() > 8);
    QCOMPARE(m_connection->changes().size(), std::size_t(1));
}

void RecordsEditors::enterWaitsForTheSearch()
{
    auto view = open("track");
    pick(*view, 0, "genre_id");
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("genre 33"));
    key(Qt::Key_Return); // at once: nothing has been found yet
    QTRY_COMPARE(text(*view, 0, "genre_id"), QStringLiteral("33 · genre 33"));
}

void RecordsEditors::aCompositeKeyShowsItsParent()
{
    auto view = open("desk");
    QTRY_COMPARE(text(*view, 0, "city"), QStringLiteral("REC · Recife"));
    QCOMPARE(text(*view, 0, "country"), QStringLiteral("BR"));
    QCOMPARE(text(*view, 2, "city"), QStringLiteral("NULL"));
    QVERIFY(model(*view).stage(0, column("city", *view), {orm::Value("SAO"), 0}));
    QTRY_COMPARE(text(*view, 0, "city"), QStringLiteral("SAO · Paulista"));
}

void RecordsEditors::pickingAParentSetsTheWholeKey()
{
    auto view = open("desk");
    const ParentPicker *picker = pick(*view, 1, "city");
    QCOMPARE(lines(*picker).filter(QStringLiteral("Baixa")), QStringList{QStringLiteral("PT, LIS · Baixa")});
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("bai"));
    key(Qt::Key_Return);
    QTRY_COMPARE(text(*view, 1, "city"), QStringLiteral("LIS · Baixa"));
    QCOMPARE(text(*view, 1, "country"), QStringLiteral("PT"));
    m_connection->changes().undoStack().undo(); // one step
    QCOMPARE(m_connection->changes().size(), std::size_t(0));
}

void RecordsEditors::onlyParentsThatAgreeWithTheRestOfTheKeyAreOffered()
{
    auto view = open("desk");
    const QStringList offered = lines(*pick(*view, 2, "city"));
    QCOMPARE(offered, (QStringList{QStringLiteral("NULL"), QStringLiteral("PT, LIS · Baixa")}));
}

QTEST_MAIN(RecordsEditors)
#include "tst_records_editors.moc"
