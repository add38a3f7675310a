// Saving a model whose files somebody else has changed meanwhile.

#include "ormcore/model/edits.h"
#include "ormcore/model/storage.h"
#include "tests/gui/real_window.h"

namespace {

namespace fs = std::filesystem;
using orm::model::Model;

void apply(Model &model, orm::model::Edit edit) { model.swap(edit); }

void addTable(Model &model, const char *name)
{
    apply(model, orm::model::addEntity(model, model.diagrams().begin()->first, 10, 10, name));
}

Model shop()
{
    Model model;
    apply(model, orm::model::setInfo(model, {"shop", {"sqlite"}, {}}));
    apply(model, orm::model::addDiagram(model, "main"));
    addTable(model, "customer");
    return model;
}

} // namespace

class ModelFiles : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void whatNobodyElseChangedIsSavedUnasked();
    void savingTwiceAsksNothing();
    void theirsIsNotOverwrittenUnasked();
    void theirsIsOverwrittenWhereTheUserSaysSo();
    void reloadingShowsTheirs();
    void savingElsewhereLeavesBoth();
    void filesThatCannotBeReadAnyMoreAreNotOverwrittenUnasked();
    void anotherModelInTheChosenPlaceIsNotOverwrittenUnasked();

private:
    enum Answer { Elsewhere, Overwrite, Reload, Cancel };
    void theyAdd(const char *table)
    {
        Model theirs = orm::model::load(m_path);
        addTable(theirs, table);
        orm::model::save(theirs, m_path);
    }
    void weAdd(const char *table)
    {
        m_document->apply(
            orm::model::addEntity(m_document->model(), m_document->model().diagrams().begin()->first, 300, 10, table),
            QStringLiteral("Add"));
    }
    void save()
    {
        m_window->commands().action(QStringLiteral("file.save"))->trigger();
        settle();
    }
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(m_window->jobs().running().empty(), 20000); }
    [[nodiscard]] bool onDisk(const char *table) const { return orm::model::load(m_path).entity(table) != nullptr; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    ScriptedPrompt m_prompt;
    std::unique_ptr<app::MainWindow> m_window;
    fs::path m_path;
    ui::Document *m_document = nullptr;
};

void ModelFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    m_path = ui::toUtf8(m_folder->filePath(QStringLiteral("shop")));
    orm::model::save(shop(), m_path);
    m_prompt = {};
    m_window = std::make_unique<app::MainWindow>(*m_settings, m_prompt);
    m_window->show();
    m_window->documents().open(m_path);
    QTRY_COMPARE(m_window->documents().all().size(), 1);
    m_document = m_window->documents().all().front();
    settle();
}

void ModelFiles::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_folder.reset();
}

void ModelFiles::whatNobodyElseChangedIsSavedUnasked()
{
    weAdd("ours");
    save();
    QCOMPARE(m_prompt.asked, QStringList());
    QVERIFY(onDisk("ours") && !m_document->isModified());
}

void ModelFiles::savingTwiceAsksNothing()
{
    weAdd("ours");
    save();
    weAdd("more");
    save();
    QCOMPARE(m_prompt.asked, QStringList());
    QVERIFY(onDisk("ours") && onDisk("more"));
}

void ModelFiles::theirsIsNotOverwrittenUnasked()
{
    theyAdd("theirs");
    weAdd("ours");
    m_prompt.answer = Cancel;
    save();
    QCOMPARE(m_prompt.asked.size(), 1);
    QVERIFY(onDisk("theirs") && !onDisk("ours"));
    QVERIFY(m_document->isModified() && m_document->model().entity("ours"));
}

void ModelFiles::theirsIsOverwrittenWhereTheUserSaysSo()
{
    theyAdd("theirs");
    weAdd("ours");
    m_prompt.answer = Overwrite;
    save();
    QVERIFY(onDisk("ours") && !onDisk("theirs"));
    QVERIFY(!m_document->isModified());
    weAdd("more");
    save();
    QCOMPARE(m_prompt.asked.size(), 1); // now it is ours
}

void ModelFiles::reloadingShowsTheirs()
{
    theyAdd("theirs");
    weAdd("ours");
    m_prompt.answer = Reload;
    save();
    QVERIFY(m_document->model().entity("theirs") && !m_document->model().entity("ours"));
    QVERIFY(!m_document->isModified() && !m_document->undoStack().canUndo());
    weAdd("more");
    save();
    QCOMPARE(m_prompt.asked.size(), 1);
    QVERIFY(onDisk("theirs") && onDisk("more"));
}

void ModelFiles::savingElsewhereLeavesBoth()
{
    theyAdd("theirs");
    weAdd("ours");
    m_prompt.answer = Elsewhere;
    m_prompt.path = m_folder->filePath(QStringLiteral("mine"));
    save();
    QVERIFY(onDisk("theirs") && !onDisk("ours"));
    QVERIFY(orm::model::load(ui::toUtf8(m_prompt.path)).entity("ours") != nullptr);
    QCOMPARE(m_document->path(), fs::path(ui::toUtf8(m_prompt.path)));
}

void ModelFiles::filesThatCannotBeReadAnyMoreAreNotOverwrittenUnasked()
{
    fs::path file;
    for (const auto &entry : fs::recursive_directory_iterator(m_path))
        if (entry.path().extension() == ".ent")
            file = entry.path();
    QFile conflict(QString::fromStdString(file.string()));
    QVERIFY(conflict.open(QIODevice::WriteOnly));
    conflict.write("<<<<<<< HEAD\n");
    conflict.close();
    weAdd("ours");
    m_prompt.answer = Cancel;
    save();
    QCOMPARE(m_prompt.asked.size(), 1);
    QVERIFY(conflict.open(QIODevice::ReadOnly));
    QCOMPARE(conflict.readAll(), QByteArray("<<<<<<< HEAD\n"));
}

void ModelFiles::anotherModelInTheChosenPlaceIsNotOverwrittenUnasked()
{
    m_prompt.path = m_folder->filePath(QStringLiteral("other"));
    Model other = shop();
    addTable(other, "precious");
    orm::model::save(other, ui::toUtf8(m_prompt.path));
    m_prompt.answer = 2; // the last one: Cancel
    m_window->commands().action(QStringLiteral("file.saveAs"))->trigger();
    settle();
    QCOMPARE(m_prompt.asked.size(), 1);
    QVERIFY(orm::model::load(ui::toUtf8(m_prompt.path)).entity("precious") != nullptr);
    QCOMPARE(m_document->path(), m_path);
}

QTEST_MAIN(ModelFiles)
#include "tst_model_files.moc"
