// "Create Database from Model…", as a user fills it in.

#include "app/shell/create_database_dialog.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/model/edits.h"
#include "ormcore/reflect/reflect.h"
#include "tests/gui/real_window.h"
#include "ui/base/message_bar.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using app::CreateDatabaseDialog;

namespace {

orm::model::Model modelOf(int tables)
{
    orm::model::Model model;
    orm::model::Edit edit = orm::model::addDiagram(model, "main");
    model.swap(edit);
    const orm::model::DiagramId diagram = model.diagrams().begin()->first;
    for (int i = 0; i < tables; ++i) {
        edit = orm::model::addEntity(model, diagram, 0, 0, "table" + std::to_string(i));
        model.swap(edit);
    }
    return model;
}

} // namespace

class CreateDatabase : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsTheScriptThatWillRun();
    void waitsUntilItIsToldWhere();
    void makesTheDatabaseAndSaysWhere();
    void takesTheFileThatIsChosen();
    void leavesAnExistingFileAsItIs();
    void staysOpenWhereTheFolderCannotBeWritten_data();
    void staysOpenWhereTheFolderCannotBeWritten();
    void escapeMakesNothing();
    void cancellingWhileItRunsLeavesNoFile();

private:
    void open(int tables = 2)
    {
        m_dialog = std::make_unique<CreateDatabaseDialog>(modelOf(tables), m_jobs, m_prompt);
        m_dialog->open();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
        QTRY_VERIFY(m_jobs.running().empty());
    }
    [[nodiscard]] QLineEdit &target() const { return *m_dialog->findChild<QLineEdit *>(); }
    [[nodiscard]] QString message() const { return m_dialog->findChild<ui::MessageBar *>()->text(); }
    void createIn(const QString &file)
    {
        target().clear();
        QTest::keyClicks(&target(), file);
        QTest::keyClick(&target(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_jobs.running().empty(), 20000);
    }
    [[nodiscard]] QString fileIn(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
    ui::JobRunner m_jobs;
    ScriptedPrompt m_prompt;
    std::unique_ptr<CreateDatabaseDialog> m_dialog;
};

void CreateDatabase::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void CreateDatabase::cleanup() { m_dialog.reset(); }

void CreateDatabase::showsTheScriptThatWillRun()
{
    open();
    const QString script = m_dialog->findChild<QPlainTextEdit *>()->toPlainText();
    QCOMPARE(script.count(QStringLiteral("CREATE TABLE")), 2);
    QVERIFY(script.contains(QStringLiteral("table1")));
}

void CreateDatabase::waitsUntilItIsToldWhere()
{
    open();
    for (const QPushButton *each : m_dialog->findChildren<QPushButton *>())
        if (each->text().contains(QStringLiteral("Create")))
            QVERIFY(!each->isEnabled());
    QVERIFY(target().hasFocus());
}

void CreateDatabase::makesTheDatabaseAndSaysWhere()
{
    open();
    QSignalSpy created(m_dialog.get(), &CreateDatabaseDialog::created);
    createIn(fileIn("new.db"));
    QCOMPARE(created.count(), 1);
    QCOMPARE(created.front().front().toString(), fileIn("new.db"));
    QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
    const auto engine = orm::createEngine(orm::Url::sqliteFile(ui::toUtf8(fileIn("new.db"))).toString());
    orm::Connection connection = engine->connect();
    QCOMPARE(orm::reflect(connection).tables().size(), std::size_t(2));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{QStringLiteral("new.db")});
}

void CreateDatabase::takesTheFileThatIsChosen()
{
    open();
    m_prompt.path = fileIn("chosen.db");
    QTest::mouseClick(m_dialog->findChild<QToolButton *>(), Qt::LeftButton);
    QCOMPARE(target().text(), fileIn("chosen.db"));
}

void CreateDatabase::leavesAnExistingFileAsItIs()
{
    QFile file(fileIn("mine.db"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    open();
    QSignalSpy created(m_dialog.get(), &CreateDatabaseDialog::created);
    createIn(fileIn("mine.db"));
    QVERIFY2(message().contains(QStringLiteral("exists already")), qPrintable(message()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("precious"));
    QVERIFY(m_dialog->isVisible() && target().isEnabled());
    createIn(fileIn("other.db")); // another name is all it takes
    QCOMPARE(created.count(), 1);
}

void CreateDatabase::staysOpenWhereTheFolderCannotBeWritten_data()
{
    QTest::addColumn<QString>("place");
    QTest::newRow("no such folder") << QStringLiteral("%1/missing/new.db");
    QTest::newRow("the folder is a file") << QStringLiteral("%1/file/new.db");
    QTest::newRow("the system forbids it") << QStringLiteral("/proc/new.db"); // to root as well
}

void CreateDatabase::staysOpenWhereTheFolderCannotBeWritten()
{
    QFETCH(QString, place);
    QFile file(fileIn("file"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    open();
    QSignalSpy created(m_dialog.get(), &CreateDatabaseDialog::created);
    createIn(QString(place).replace(QStringLiteral("%1"), m_folder->path()));
    QVERIFY(!message().isEmpty());
    QVERIFY2(message().contains(QStringLiteral("new.db")), qPrintable(message()));
    QVERIFY(created.isEmpty());
    QVERIFY(m_dialog->isVisible() && target().isEnabled());
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{QStringLiteral("file")});
}

void CreateDatabase::escapeMakesNothing()
{
    open();
    QTest::keyClicks(&target(), fileIn("new.db"));
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(m_dialog->result(), int(QDialog::Rejected));
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void CreateDatabase::cancellingWhileItRunsLeavesNoFile()
{
    open(400);
    QSignalSpy created(m_dialog.get(), &CreateDatabaseDialog::created);
    m_dialog->setTarget(fileIn("new.db"));
    m_dialog->create();
    m_dialog->reject();
    QTRY_VERIFY_WITH_TIMEOUT(m_jobs.running().empty(), 20000);
    QVERIFY(created.isEmpty());
    QVERIFY(!m_dialog->isVisible());
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

QTEST_MAIN(CreateDatabase)
#include "tst_create_database_dialog.moc"
