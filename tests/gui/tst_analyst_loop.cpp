// The analyst's day in the real window: find, edit, add, delete, look at the preview, commit.

#include "tests/gui/real_window.h"
#include "ui/base/message_bar.h"
#include "ui/records/grid/record_grid.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using ui::records::CellPosition;
using ui::records::RecordGrid;
using ui::records::RecordView;

namespace {

int columnOf(RecordView &view, const char *name)
{
    const auto &columns = view.grid().records().columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i]->name == name)
            return static_cast<int>(i);
    }
    return -1;
}

void typeInto(RecordView &view, std::int64_t place, const char *column, const QString &text)
{
    RecordGrid &grid = view.grid();
    grid.setCurrent({place, columnOf(view, column)});
    QTest::keyClick(&grid, Qt::Key_F2);
    auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY2(editor != nullptr, "no editor opened");
    editor->selectAll();
    QTest::keyClicks(editor, text);
    QTest::keyClick(editor, Qt::Key_Return);
}

void pasteInto(RecordView &view, std::int64_t place, const char *column, const QString &text)
{
    view.grid().setCurrent({place, columnOf(view, column)});
    QGuiApplication::clipboard()->setText(text);
    QTest::keyClick(&view.grid(), Qt::Key_V, Qt::ControlModifier);
}

} // namespace

class AnalystLoop : public QObject {
    Q_OBJECT

private slots:
    void commitWritesExactlyWhatWasStaged();
    void rollbackWritesNothing();
    void aCustomerThatSomeoneElseChangedIsAConflict();
    void aConflictIsToldOnceAndWhereItIs();

private:
    void stageTheWork(RealWindow &chinook);
};

void AnalystLoop::stageTheWork(RealWindow &chinook)
{
    RecordView *customers = chinook.rows("Customer");
    QVERIFY(customers != nullptr);
    typeInto(*customers, 0, "Email", QStringLiteral("luis@example.com"));

    RecordView *invoices = chinook.rows("Invoice");
    QVERIFY(invoices != nullptr);
    QTest::keyClick(&invoices->grid(), Qt::Key_I, Qt::ControlModifier);
    pasteInto(*invoices, 0, "InvoiceId",
              QStringLiteral("413\t1\t2026-11-22 10:30:00\tRua Ação 5\tSão Paulo\tSP\tBrazil\t01000-000\t1.98"));

    RecordView *lines = chinook.rows("InvoiceLine");
    QVERIFY(lines != nullptr);
    QTest::keyClick(&lines->grid(), Qt::Key_I, Qt::ControlModifier);
    QTest::keyClick(&lines->grid(), Qt::Key_I, Qt::ControlModifier);
    pasteInto(*lines, 0, "InvoiceLineId", QStringLiteral("2241\t413\t1\t0.99\t1\n2242\t413\t2\t0.99\t1"));

    RecordView *playlists = chinook.rows("Playlist");
    QVERIFY(playlists != nullptr);
    playlists->grid().setCurrent({1, 0}); // "Movies", which has no track
    QTest::keyClick(&playlists->grid(), Qt::Key_Delete);

    QCOMPARE(chinook.records().changes().size(), std::size_t(5));
}

void AnalystLoop::commitWritesExactlyWhatWasStaged()
{
    if (RealWindow::chinook().isEmpty())
        QSKIP("the shared data folder is not there");
    RealWindow chinook;
    QVERIFY(chinook.open());
    const QStringList before = chinook.dump();
    stageTheWork(chinook);
    QCOMPARE(chinook.dump(), before);

    QStringList preview;
    bool answered = false;
    chinook.records().preview(&chinook.window, [&](const ui::Outcome<std::vector<std::string>> &outcome) {
        QVERIFY(outcome.ok());
        for (const std::string &statement : outcome.value())
            preview.append(ui::fromUtf8(statement));
        answered = true;
    });
    QTRY_VERIFY(answered);
    QCOMPARE(preview.size(), 5);
    QCOMPARE(preview.filter(QStringLiteral("luis@example.com")).size(), 1);
    QVERIFY(preview.filter(QStringLiteral("UPDATE")).size() == 1 &&
            preview.filter(QStringLiteral("DELETE")).size() == 1);

    QSignalSpy committed(&chinook.records(), &ui::records::RecordConnection::committed);
    QSignalSpy failed(&chinook.records(), &ui::records::RecordConnection::commitFailed);
    QTest::keyClick(chinook.window.workspace().current()->widget, Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!committed.isEmpty() || !failed.isEmpty());
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed.first().first().toString()));
    QVERIFY(chinook.records().changes().isEmpty());

    const QStringList after = chinook.dump();
    QStringList gone = linesOnlyIn(before, after);
    QStringList come = linesOnlyIn(after, before);
    QCOMPARE(gone.size(), 2);
    QCOMPARE(gone.filter(QStringLiteral("INTO Playlist VALUES(2,'Movies')")).size(), 1);
    QCOMPARE(gone.filter(QStringLiteral("luisg@embraer.com.br")).size(), 1);
    QCOMPARE(come.size(), 4);
    QCOMPARE(come.filter(QStringLiteral("INTO InvoiceLine VALUES(2241,413,1,0.98999999999999999111,1)")).size() +
                 come.filter(QStringLiteral("INTO InvoiceLine VALUES(2241,413,1,0.99,1)")).size(),
             1);
    const QString customer = come.filter(QStringLiteral("luis@example.com")).value(0);
    QCOMPARE(QString(customer).replace(QStringLiteral("luis@example.com"), QStringLiteral("luisg@embraer.com.br")),
             gone.filter(QStringLiteral("luisg@embraer.com.br")).first());
    QCOMPARE(
        chinook.sqlite(QStringLiteral("SELECT InvoiceDate, BillingAddress, Total FROM Invoice WHERE InvoiceId = 413")),
        QStringList{QStringLiteral("2026-11-22 10:30:00|Rua Ação 5|1.98")});
    QCOMPARE(chinook.sqlite(QStringLiteral("PRAGMA foreign_key_check")), QStringList());
}

void AnalystLoop::rollbackWritesNothing()
{
    if (RealWindow::chinook().isEmpty())
        QSKIP("the shared data folder is not there");
    RealWindow chinook;
    QVERIFY(chinook.open());
    const QStringList before = chinook.dump();
    stageTheWork(chinook);
    chinook.records().rollback();
    QVERIFY(chinook.records().changes().isEmpty());
    QCOMPARE(chinook.dump(), before);
    chinook.records().changes().undoStack().undo();
    QCOMPARE(chinook.records().changes().size(), std::size_t(5)); // even a rollback can be undone
    QCOMPARE(chinook.dump(), before);
    chinook.records().rollback();
}

void AnalystLoop::aCustomerThatSomeoneElseChangedIsAConflict()
{
    if (RealWindow::chinook().isEmpty())
        QSKIP("the shared data folder is not there");
    RealWindow chinook;
    QVERIFY(chinook.open());
    stageTheWork(chinook);
    QCOMPARE(chinook.sqlite(QStringLiteral("UPDATE Customer SET Email = 'other@example.com' WHERE CustomerId = 1")),
             QStringList());
    const QStringList before = chinook.dump();

    QSignalSpy failed(&chinook.records(), &ui::records::RecordConnection::commitFailed);
    QSignalSpy committed(&chinook.records(), &ui::records::RecordConnection::committed);
    chinook.records().commit();
    QTRY_VERIFY(!committed.isEmpty() || !failed.isEmpty());
    QVERIFY(committed.isEmpty());
    QCOMPARE(chinook.dump(), before);
    ui::records::ChangeSet &changes = chinook.records().changes();
    QCOMPARE(changes.size(), std::size_t(5)); // nothing staged is lost
    std::vector<ui::records::RowAddress> conflicts;
    for (const ui::records::RowChange &row : changes.rows()) {
        const auto *found = changes.problem(row.address);
        if (found != nullptr && found->isConflict())
            conflicts.push_back(row.address);
    }
    QCOMPARE(conflicts.size(), std::size_t(1));
    const auto *problem = changes.problem(conflicts.front());
    QVERIFY(problem != nullptr && problem->theirs.size() == 1);
    QCOMPARE(problem->theirs.begin()->second, orm::Value("other@example.com"));

    changes.keepMine(conflicts.front());
    chinook.records().commit();
    QTRY_VERIFY(!committed.isEmpty());
    QCOMPARE(chinook.sqlite(QStringLiteral("SELECT Email FROM Customer WHERE CustomerId = 1")),
             QStringList{QStringLiteral("luis@example.com")});
}

void AnalystLoop::aConflictIsToldOnceAndWhereItIs()
{
    if (RealWindow::chinook().isEmpty())
        QSKIP("the shared data folder is not there");
    RealWindow chinook;
    QVERIFY(chinook.open());
    stageTheWork(chinook); // the grid in front shows playlists
    QCOMPARE(chinook.sqlite(QStringLiteral("UPDATE Customer SET Email = 'other@example.com' WHERE CustomerId = 1")),
             QStringList());
    QSignalSpy failed(&chinook.records(), &ui::records::RecordConnection::commitFailed);
    chinook.records().commit();
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(chinook.window.message().text().contains(QStringLiteral("1 row changed meanwhile")));
    auto *show = chinook.window.message().findChild<QPushButton *>();
    QVERIFY(show != nullptr && show->isVisible());
    show->click();
    auto *view = qobject_cast<RecordView *>(chinook.window.workspace().current()->widget);
    QVERIFY(view != nullptr && view->table().name().name == "Customer" && view->showsProblem());
    QCOMPARE(chinook.window.message().text(), QString());

    chinook.records().commit(); // again: the grid in front says it already
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(view->showsProblem());
    QCOMPARE(chinook.window.message().text(), QString());
}

QTEST_MAIN(AnalystLoop)
#include "tst_analyst_loop.moc"
