#include "app/shell/main_window.h"

#include "app/shell/changes_dock.h"
#include "app/shell/commit_reporter.h"
#include "app/shell/create_database_dialog.h"
#include "app/shell/navigator.h"
#include "app/shell/palette.h"
#include "app/shell/panels.h"
#include "app/shell/parts.h"
#include "app/shell/saver.h"
#include "app/shell/status_bar.h"
#include "app/shell/window_state.h"
#include "ui/base/icons.h"
#include "ui/base/message_bar.h"
#include "ui/base/theme.h"
#include "ui/base/value_text.h"
#include "ui/explorer/explorer_panel.h"
#include "ui/records/changes/record_connection.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace app {

MainWindow::MainWindow(QSettings &settings, ui::Prompt &prompt, QWidget *parent)
    : QMainWindow(parent),
      m_settings(settings),
      m_prompt(prompt),
      m_jobs(new ui::JobRunner(this)),
      m_log(new SqlLog(this)),
      m_commands(new CommandTable(this)),
      m_connections(new ConnectionManager(*m_jobs, *m_log, this)),
      m_documents(new Documents(*m_jobs, this)),
      m_message(new ui::MessageBar(this)),
      m_workspace(new Workspace(this)),
      m_navigator(new Navigator(parts(), this)),
      m_saver(new Saver(parts(), this)),
      m_panels(new Panels(*this, parts())),
      m_status(new StatusBar(*m_jobs, this)),
      m_palette(new Palette(this))
{
    setWindowTitle(QStringLiteral("Cormorant"));
    setAcceptDrops(true);
    resize(1280, 800);
    auto *centre = new QWidget(this);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_workspace, 1);
    setCentralWidget(centre);
    setStatusBar(m_status);
    addCommands();
    makeMenus();
    makeToolBar();
    connectParts();
    connectExplorer();
    followCurrentTab();
}

MainWindow::~MainWindow()
{
    // Views before what they show: documents, databases and the runner of their
    // jobs.
    const QList<Tab> tabs = m_workspace->tabs();
    m_workspace->disconnect(this);
    // What dies after this window's own part must not speak to it.
    if (m_undo)
        m_undo->disconnect(this);
    for (const OpenDatabase *database : m_connections->all()) {
        database->records->disconnect(this);
        database->records->changes().disconnect(this);
    }
    for (ui::Document *document : m_documents->all())
        document->disconnect(this);
    for (const Tab &tab : tabs)
        delete tab.widget;
    m_panels->setDocument(nullptr);
    m_panels->setDatabase(nullptr);
}

Parts MainWindow::parts()
{
    return {m_settings, m_prompt, *m_jobs, *m_message, *m_log, *m_connections, *m_documents, *m_workspace};
}

void MainWindow::connectParts()
{
    connect(m_workspace, &Workspace::currentChanged, this, &MainWindow::followCurrentTab);
    connect(&m_panels->changes(), &ChangesDock::rowActivated, this, [this](const ui::records::RowAddress &row) {
        if (const OpenDatabase *database = currentDatabase())
            m_navigator->goToRow(database->id, row);
    });
    new CommitReporter(parts(), *m_navigator, this);
    connect(m_workspace, &Workspace::statusChanged, this, &MainWindow::followStatus);
    connect(m_workspace, &Workspace::closeRequested, m_saver, &Saver::closeTab);
    connect(m_connections, &ConnectionManager::closed, this, &MainWindow::followCurrentTab);
    // A schema that was read again comes with records of its own.
    const auto follow = [this](const QString &id) {
        connect(&m_connections->find(id)->records->changes(), &ui::records::ChangeSet::changed, this,
                &MainWindow::followChanges, Qt::UniqueConnection);
        followCurrentTab();
    };
    connect(m_connections, &ConnectionManager::opened, this, follow);
    connect(m_connections, &ConnectionManager::refreshed, this, follow);
    connect(m_documents, &Documents::opened, this, [this](ui::Document *document) {
        const auto retitle = [this, document] {
            for (const Tab &tab : m_workspace->tabs())
                if (tab.document == document) {
                    const QString mark = document->isModified() ? QStringLiteral("• ") : QString();
                    const QString path = ui::fromUtf8(document->path().string());
                    m_workspace->setTitle(tab.key, mark + Documents::title(*document), path);
                    m_workspace->setRestore(tab.key, path.isEmpty() ? QString() : QStringLiteral("model\t") + path);
                }
            followStatus();
        };
        connect(document, &ui::Document::modifiedChanged, this, retitle);
        connect(document, &ui::Document::pathChanged, this, retitle);
    });
}

void MainWindow::connectExplorer()
{
    ui::ExplorerPanel *explorer = &m_panels->explorer();
    connect(m_connections, &ConnectionManager::connecting, explorer,
            [explorer](const QString &id, const QString &title) {
                explorer->addConnection(id, title);
                explorer->setState(id, ui::ConnectionState::Connecting, {});
            });
    const auto show = [this, explorer](const QString &id) {
        if (const OpenDatabase *database = m_connections->find(id)) {
            explorer->setSchema(id, database->metadata);
            explorer->setState(id, ui::ConnectionState::Open, {});
        }
    };
    connect(m_connections, &ConnectionManager::opened, explorer, show);
    connect(m_connections, &ConnectionManager::refreshed, explorer, show);
    connect(m_connections, &ConnectionManager::failed, explorer,
            [this, explorer](const QString &id, const QString &why) {
                if (!m_connections->find(id))
                    explorer->setState(id, ui::ConnectionState::Failed, why);
            });
    connect(m_connections, &ConnectionManager::closed, explorer, &ui::ExplorerPanel::removeConnection);
    connect(explorer, &ui::ExplorerPanel::openRowsRequested, m_navigator, &Navigator::openRows);
    connect(explorer, &ui::ExplorerPanel::showInDiagramRequested, m_navigator, &Navigator::showInDiagram);
    connect(explorer, &ui::ExplorerPanel::connectRequested, m_navigator, &Navigator::openTarget);
    connect(explorer, &ui::ExplorerPanel::openDatabaseRequested, m_navigator, &Navigator::chooseFile);
    connect(explorer, &ui::ExplorerPanel::disconnectRequested, this, [this](const QString &id) {
        if (m_saver->mayDisconnect(id))
            m_connections->close(id);
    });
    connect(explorer, &ui::ExplorerPanel::ddlRequested, this,
            [this](const QString &id, const QString &schema, const QString &table) {
                m_navigator->showInDiagram(id, schema, table);
                m_panels->bringUp(QStringLiteral("preview"));
            });
}

OpenDatabase *MainWindow::currentDatabase() const
{
    if (const Tab *tab = m_workspace->current(); tab && !tab->database.isEmpty())
        return m_connections->find(tab->database);
    const QList<OpenDatabase *> all = m_connections->all();
    return all.size() == 1 ? all.front() : nullptr;
}

/// A key that both the window and a view in it want would reach neither: the window's command does the view's work.
void MainWindow::takeKeysFrom(const Tab &tab)
{
    QList<QKeySequence> ours;
    for (const QAction *command : m_commands->all())
        ours += command->shortcuts();
    for (QAction *action : tab.actions) {
        QList<QKeySequence> keys = action->shortcuts();
        if (keys.removeIf([&ours](const QKeySequence &key) { return ours.contains(key); }) > 0)
            action->setShortcuts(keys);
    }
}

void MainWindow::followCurrentTab()
{
    const Tab *tab = m_workspace->current();
    if (tab)
        takeKeysFrom(*tab);
    OpenDatabase *database = currentDatabase();
    ui::Document *document = tab ? tab->document.data() : nullptr;
    if (!document && database)
        document = database->document.get();
    m_panels->setDocument(document);
    m_panels->setDatabase(database);
    if (m_undo)
        m_undo->disconnect(this);
    m_undo = tab ? tab->undo : nullptr;
    if (m_undo) {
        connect(m_undo, &QUndoStack::indexChanged, this, &MainWindow::followUndo);
        connect(m_undo, &QUndoStack::cleanChanged, this, &MainWindow::followUndo);
    }
    for (const auto &[menu, kind] : {std::pair(m_diagramMenu, TabKind::Diagram), {m_recordsMenu, TabKind::Records}}) {
        menu->clear();
        if (tab && tab->kind == kind)
            menu->addActions(tab->actions);
        menu->menuAction()->setVisible(!menu->isEmpty());
    }
    m_commands->action(QStringLiteral("file.save"))->setEnabled(tab && (document || tab->apply));
    for (const char *id : {"file.saveAs", "file.createDatabase"})
        m_commands->action(QString::fromLatin1(id))->setEnabled(document != nullptr);
    m_commands->action(QStringLiteral("file.close"))->setEnabled(tab != nullptr);
    for (const char *id : {"database.refresh", "database.disconnect"})
        m_commands->action(QString::fromLatin1(id))->setEnabled(database != nullptr);
    followUndo();
    followChanges();
    followStatus();
}

void MainWindow::followUndo()
{
    const auto set = [](QAction *action, bool can, const QString &verb, const QString &what) {
        action->setEnabled(can);
        action->setText(what.isEmpty() ? verb : QStringLiteral("%1 %2").arg(verb, what));
        action->setToolTip(tipWithKeys(action->text().remove(u'&'), *action));
    };
    set(m_commands->action(QStringLiteral("edit.undo")), m_undo && m_undo->canUndo(), tr("&Undo"),
        m_undo ? m_undo->undoText() : QString());
    set(m_commands->action(QStringLiteral("edit.redo")), m_undo && m_undo->canRedo(), tr("&Redo"),
        m_undo ? m_undo->redoText() : QString());
    followStatus();
}

void MainWindow::followChanges()
{
    const OpenDatabase *database = currentDatabase();
    const auto count = static_cast<int>(database ? database->records->changes().size() : 0);
    m_changesButton->setText(tr("Changes (%1)").arg(count));
    m_changesButton->setEnabled(count > 0);
    m_connectionButton->setText(database ? database->title : tr("No connection"));
}

void MainWindow::followStatus()
{
    const Tab *tab = m_workspace->current();
    const OpenDatabase *database = currentDatabase();
    m_status->setConnection(
        database ? tr("%1 · %2").arg(database->title, ui::fromUtf8(database->engine->dialect().name())) : QString());
    m_status->setViewText(tab && tab->status ? tab->status() : QString());
    setWindowTitle(tab ? QStringLiteral("%1 — Cormorant").arg(tab->title) : QStringLiteral("Cormorant"));
}

void MainWindow::apply()
{
    const Tab *tab = m_workspace->current();
    if (!tab || (tab->apply && tab->apply()))
        return;
    if (ui::Document *document = tab->document)
        m_saver->save(*document, Saver::Where::SamePlace);
}

void MainWindow::refresh()
{
    const Tab *tab = m_workspace->current();
    if (tab && tab->refreshData)
        tab->refreshData();
    else if (const OpenDatabase *database = currentDatabase())
        m_connections->refresh(database->id);
}

void MainWindow::createDatabase()
{
    const Tab *tab = m_workspace->current();
    const OpenDatabase *database = currentDatabase();
    const ui::Document *document = tab && tab->document ? tab->document.data()
                                   : database           ? database->document.get()
                                                        : nullptr;
    if (!document)
        return;
    auto *dialog = new CreateDatabaseDialog(document->model(), *m_jobs, m_prompt, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CreateDatabaseDialog::created, m_navigator, &Navigator::openTarget);
    dialog->open();
}

void MainWindow::setDarkAppearance(bool dark)
{
    m_settings.setValue(QStringLiteral("appearance"), dark ? QStringLiteral("dark") : QStringLiteral("light"));
    ui::applyTheme(*qApp, dark ? ui::Appearance::Dark : ui::Appearance::Light);
    m_commands->action(dark ? QStringLiteral("view.dark") : QStringLiteral("view.light"))->setChecked(true);
}

void MainWindow::restore()
{
    WindowState(m_settings, *this).restore();
    if (m_workspace->tabs().isEmpty())
        m_navigator->showStartPage(false);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_saver->mayCloseAll([this] { close(); })) {
        event->ignore();
        return;
    }
    WindowState(m_settings, *this).save();
    for (ui::Job *job : std::vector<ui::Job *>(m_jobs->running()))
        job->cancel();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().front().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls())
        if (url.isLocalFile())
            m_navigator->openTarget(url.toLocalFile());
    event->acceptProposedAction();
}

} // namespace app
