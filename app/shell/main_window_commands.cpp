#include "app/shell/main_window.h"

#include "app/shell/navigator.h"
#include "app/shell/palette.h"
#include "app/shell/panels.h"
#include "app/shell/saver.h"
#include "app/shell/settings.h"
#include "app/shell/status_bar.h"
#include "ui/base/icons.h"
#include "ui/base/message_bar.h"
#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>

// The one list of what the window can do. Standard shortcuts are missing on
// some platforms, so all are explicit.
namespace app {

void MainWindow::addCommands()
{
    addFileCommands();
    m_commands->add({QStringLiteral("edit.undo"), tr("&Undo"), QStringLiteral("undo-2"), {Qt::CTRL | Qt::Key_Z}, {}},
                    [this] {
                        if (m_undo)
                            m_undo->undo();
                    });
    m_commands->add({QStringLiteral("edit.redo"),
                     tr("&Redo"),
                     QStringLiteral("redo-2"),
                     {Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y},
                     {}},
                    [this] {
                        if (m_undo)
                            m_undo->redo();
                    });
    m_commands->add({QStringLiteral("database.refresh"),
                     tr("Re&fresh"),
                     QStringLiteral("refresh-cw"),
                     {Qt::Key_F5, Qt::CTRL | Qt::Key_R},
                     tr("Read the rows, or the schema, again")},
                    [this] { refresh(); });
    m_commands->add({QStringLiteral("database.disconnect"), tr("&Disconnect"), QStringLiteral("unplug"), {}, {}},
                    [this] {
                        const OpenDatabase *database = currentDatabase();
                        if (database && m_saver->mayDisconnect(database->id))
                            m_connections->close(QString(database->id));
                    });
    m_commands->add({QStringLiteral("go.commands"),
                     tr("&Command Palette…"),
                     QStringLiteral("command"),
                     {Qt::CTRL | Qt::SHIFT | Qt::Key_P},
                     tr("Every command with its keys")},
                    [this] { showPalette(); });
    m_commands->add({QStringLiteral("go.open"),
                     tr("&Go to Anything…"),
                     QStringLiteral("search"),
                     {Qt::CTRL | Qt::Key_K},
                     tr("Open any table, diagram or connection")},
                    [this] { showOpenAnything(); });
    addViewCommands();
    m_commands->add({QStringLiteral("help.about"), tr("&About Cormorant"), QStringLiteral("info"), {}, {}}, [this] {
        m_message->show(ui::MessageBar::Kind::Information, tr("Cormorant %1: draw, generate and live in a "
                                                              "database. GPL-3.0-or-later; ormcore is MIT.")
                                                               .arg(QStringLiteral(CORMORANT_VERSION)));
    });
}

void MainWindow::addFileCommands()
{
    m_commands->add({QStringLiteral("file.new"),
                     tr("&New Model"),
                     QStringLiteral("file-plus"),
                     {Qt::CTRL | Qt::Key_N},
                     tr("Draw a database from nothing")},
                    [this] { m_documents->create(); });
    m_commands->add({QStringLiteral("file.open"),
                     tr("&Open…"),
                     QStringLiteral("folder-open"),
                     {Qt::CTRL | Qt::Key_O},
                     tr("Open a model, a SQLite database or an SQL script")},
                    [this] { m_navigator->chooseFile(); });
    m_commands->add({QStringLiteral("file.connect"),
                     tr("&Connect to Database…"),
                     QStringLiteral("plug"),
                     {Qt::CTRL | Qt::SHIFT | Qt::Key_O},
                     tr("Connect to a database by its address")},
                    [this] { m_navigator->showStartPage(true); });
    m_commands->add({QStringLiteral("file.sample"),
                     tr("Open Sample &Shop"),
                     QStringLiteral("store"),
                     {},
                     tr("A small shop with made-up Brazilian records")},
                    [this] { m_navigator->openSample(); });
    m_commands->add({QStringLiteral("file.save"),
                     tr("&Save"),
                     QStringLiteral("save"),
                     {Qt::CTRL | Qt::Key_S},
                     tr("Save the model, or commit the staged records")},
                    [this] { apply(); });
    m_commands->add({QStringLiteral("file.saveAs"),
                     tr("Save Model &As…"),
                     QStringLiteral("save-all"),
                     {Qt::CTRL | Qt::SHIFT | Qt::Key_S},
                     tr("Save the diagram as a model in a folder")},
                    [this] {
                        const Tab *tab = m_workspace->current();
                        OpenDatabase *database = currentDatabase();
                        if (ui::Document *document = tab && tab->document ? tab->document.data()
                                                     : database           ? database->document.get()
                                                                          : nullptr)
                            m_saver->save(*document, Saver::Where::Elsewhere);
                    });
    m_commands->add({QStringLiteral("file.createDatabase"),
                     tr("Create &Database from Model…"),
                     QStringLiteral("database-zap"),
                     {},
                     tr("Make a new database of the open model")},
                    [this] { createDatabase(); });
    m_commands->add({QStringLiteral("file.close"), tr("&Close Tab"), QStringLiteral("x"), {Qt::CTRL | Qt::Key_W}, {}},
                    [this] {
                        if (const Tab *tab = m_workspace->current())
                            m_saver->closeTab(QString(tab->key));
                    });
    m_commands->add({QStringLiteral("file.quit"), tr("&Quit"), QStringLiteral("log-out"), {Qt::CTRL | Qt::Key_Q}, {}},
                    [this] { close(); });
}

void MainWindow::addViewCommands()
{
    auto *appearance = new QActionGroup(this);
    appearance->addAction(m_commands->addToggle(
        {QStringLiteral("view.light"), tr("&Light"), QStringLiteral("sun"), {}, tr("Light appearance")},
        [this](bool) { setDarkAppearance(false); }));
    appearance->addAction(m_commands->addToggle(
        {QStringLiteral("view.dark"), tr("&Dark"), QStringLiteral("moon"), {}, tr("Dark appearance")},
        [this](bool) { setDarkAppearance(true); }));
    m_commands
        ->action(ui::theme().appearance == ui::Appearance::Dark ? QStringLiteral("view.dark")
                                                                : QStringLiteral("view.light"))
        ->setChecked(true);
    m_commands->add({QStringLiteral("view.start"), tr("&Start Page"), QStringLiteral("layout-grid"), {}, {}},
                    [this] { m_navigator->showStartPage(false); });
    m_commands->add(
        {QStringLiteral("view.nextPane"), tr("Next &Pane"), QStringLiteral("panel-right"), {Qt::Key_F6}, {}},
        [this] { m_panels->cycle(1, m_workspace); });
    m_commands->add({QStringLiteral("view.previousPane"),
                     tr("Previous Pane"),
                     QStringLiteral("panel-left"),
                     {Qt::SHIFT | Qt::Key_F6},
                     {}},
                    [this] { m_panels->cycle(-1, m_workspace); });
    m_commands->add({QStringLiteral("view.nextTab"),
                     tr("&Next Tab"),
                     QStringLiteral("arrow-right"),
                     {Qt::CTRL | Qt::Key_PageDown},
                     {}},
                    [this] { m_workspace->step(1); });
    m_commands->add({QStringLiteral("view.previousTab"),
                     tr("Pre&vious Tab"),
                     QStringLiteral("arrow-left"),
                     {Qt::CTRL | Qt::Key_PageUp},
                     {}},
                    [this] { m_workspace->step(-1); });
    m_commands->add({QStringLiteral("view.resetPanels"),
                     tr("&Reset Panels"),
                     QStringLiteral("layout-dashboard"),
                     {},
                     tr("Put all panels back where they were at the first start")},
                    [this] { m_panels->arrangeDefault(); });
}

void MainWindow::makeMenus()
{
    const auto menu = [this](const QString &title, const QStringList &ids) {
        QMenu *made = menuBar()->addMenu(title);
        m_commands->fill(*made, ids);
        return made;
    };
    const auto id = [](const char *name) { return QString::fromLatin1(name); };
    const QString line = QStringLiteral("-");
    menu(tr("&File"), {id("file.new"), id("file.open"), id("file.connect"), id("file.sample"), line, id("file.save"),
                       id("file.saveAs"), id("file.createDatabase"), line, id("file.close"), id("file.quit")});
    menu(tr("&Edit"), {id("edit.undo"), id("edit.redo")});
    m_diagramMenu = menu(tr("&Diagram"), {});
    m_recordsMenu = menu(tr("&Records"), {});
    QMenu *view = menu(tr("&View"), {id("view.light"), id("view.dark"), line, id("view.start"), line});
    for (QDockWidget *dock : m_panels->docks()) {
        QAction *toggle = dock->toggleViewAction();
        toggle->setIcon(ui::icon(QStringLiteral("panel-bottom")));
        toggle->setToolTip(tr("Show or hide this panel"));
        view->addAction(toggle);
    }
    m_commands->fill(*view, {id("view.resetPanels"), line, id("view.nextPane"), id("view.previousPane"),
                             id("view.nextTab"), id("view.previousTab")});
    menu(tr("&Go"), {id("go.open"), id("go.commands")});
    menu(tr("Data&base"), {id("database.refresh"), id("database.disconnect")});
    menu(tr("&Help"), {id("go.commands"), id("help.about")});
}

void MainWindow::makeToolBar()
{
    QToolBar *bar = addToolBar(tr("Toolbar"));
    bar->setObjectName(QStringLiteral("toolbar"));
    bar->setMovable(false);
    bar->setIconSize(QSize(18, 18));
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    const auto button = [this, bar](const QString &iconName, const QString &tip) {
        auto *made = new QToolButton(bar);
        made->setIcon(ui::icon(iconName));
        made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        made->setToolTip(tip);
        made->setAccessibleName(tip);
        made->setAutoRaise(true);
        made->setFocusPolicy(Qt::TabFocus);
        bar->addWidget(made);
        return made;
    };
    m_connectionButton = button(QStringLiteral("database"), tr("Connections"));
    auto *connections = new QMenu(m_connectionButton);
    m_connectionButton->setMenu(connections);
    m_connectionButton->setPopupMode(QToolButton::InstantPopup);
    connect(connections, &QMenu::aboutToShow, this, [this, connections] {
        connections->clear();
        for (OpenDatabase *database : m_connections->all())
            connections->addAction(ui::icon(QStringLiteral("database")), database->title, this, [this, database] {
                m_navigator->openDiagram(*database->document, database->diagram, database->id);
            });
        connections->addSeparator();
        m_commands->fill(*connections, {QStringLiteral("file.open"), QStringLiteral("file.connect")});
    });
    bar->addSeparator();
    QToolButton *search = button(QStringLiteral("search"), tr("Go to any table, diagram or connection (Ctrl+K)"));
    search->setText(tr("Go to anything…  Ctrl+K"));
    connect(search, &QToolButton::clicked, this, &MainWindow::showOpenAnything);
    auto *room = new QWidget(bar);
    room->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(room);
    bar->addAction(m_commands->action(QStringLiteral("edit.undo")));
    bar->addAction(m_commands->action(QStringLiteral("edit.redo")));
    bar->addAction(m_commands->action(QStringLiteral("database.refresh")));
    bar->addAction(m_commands->action(QStringLiteral("file.save")));
    bar->addSeparator();
    m_changesButton = button(QStringLiteral("list-checks"), tr("Staged changes of records, and their commit"));
    connect(m_changesButton, &QToolButton::clicked, this, [this] { m_panels->bringUp(QStringLiteral("changes")); });
}

void MainWindow::showPalette()
{
    std::vector<PaletteEntry> entries;
    const auto add = [&entries](QAction *action) {
        PaletteEntry entry;
        entry.text = action->text().remove(u'&');
        entry.detail = action->shortcut().toString(QKeySequence::NativeText);
        entry.icon = action->icon();
        entry.enabled = action->isEnabled();
        entry.run = [guarded = QPointer<QAction>(action)] {
            if (guarded)
                guarded->trigger();
        };
        entries.push_back(std::move(entry));
    };
    if (const Tab *tab = m_workspace->current())
        for (QAction *action : tab->actions)
            if (!action->isSeparator())
                add(action);
    for (QAction *action : m_commands->all())
        add(action);
    for (const QDockWidget *dock : m_panels->docks())
        entries.push_back({tr("Show %1").arg(dock->accessibleName()), tr("panel"),
                           ui::icon(QStringLiteral("panel-bottom")),
                           [this, name = dock->objectName()] { m_panels->bringUp(name); }, true});
    m_palette->popUp(std::move(entries), tr("Type the name of a command"));
}

void MainWindow::showOpenAnything()
{
    std::vector<PaletteEntry> entries;
    const auto add = [&entries](const QString &text, const QString &detail, const char *icon,
                                std::function<void()> run) {
        entries.push_back({text, detail, ui::icon(QString::fromLatin1(icon)), std::move(run), true});
    };
    for (const Tab &tab : m_workspace->tabs())
        add(tab.title, tr("open tab"), "layout-grid", [this, key = tab.key] { m_workspace->activate(key); });
    for (OpenDatabase *database : m_connections->all()) {
        const QString id = database->id;
        add(database->title, tr("diagram"), "network", [this, id] {
            if (OpenDatabase *open = m_connections->find(id))
                m_navigator->openDiagram(*open->document, open->diagram, id);
        });
        for (const auto &table : database->metadata->tables()) {
            const QString schema = ui::fromUtf8(table->name().schema), name = ui::fromUtf8(table->name().name);
            add(schema.isEmpty() ? name : schema + u'.' + name, tr("rows · %1").arg(database->title),
                table->kind() == orm::TableKind::View ? "eye" : "table",
                [this, id, schema, name] { m_navigator->openRows(id, schema, name); });
        }
    }
    for (const QString &recent : RecentFiles(m_settings).list())
        add(recent.section(u'/', -1), recent, "history", [this, recent] { m_navigator->openTarget(recent); });
    m_palette->popUp(std::move(entries), tr("Type the name of a table, a diagram or a database"));
}

} // namespace app
