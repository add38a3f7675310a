#include "app/shell/navigator.h"

#include "app/commands/sample.h"
#include "app/shell/connection_manager.h"
#include "app/shell/diagram_tab.h"
#include "app/shell/documents.h"
#include "app/shell/records_tab.h"
#include "app/shell/settings.h"
#include "app/shell/start_page.h"
#include "ui/async/job.h"
#include "ui/base/empty_state.h"
#include "ui/base/message_bar.h"
#include "ui/base/prompt.h"
#include "ui/base/value_text.h"
#include "ui/canvas/view.h"
#include "ui/records/view/record_view.h"

namespace app {
namespace {

constexpr QChar kSeparator = u'\t';

QString joined(const QStringList &parts) { return parts.join(kSeparator); }

QString startKey() { return QStringLiteral("start"); }

QString rowsKey(const QString &database, const QString &schema, const QString &table)
{
    return joined({QStringLiteral("rows"), database, schema, table});
}

} // namespace

Navigator::Navigator(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    connect(&m_parts.connections, &ConnectionManager::opened, this, &Navigator::databaseOpened);
    connect(&m_parts.connections, &ConnectionManager::replacing, this, &Navigator::closeRecords);
    connect(&m_parts.connections, &ConnectionManager::refreshed, this, &Navigator::reopenRecords);
    connect(&m_parts.connections, &ConnectionManager::failed, this, &Navigator::databaseFailed);
    connect(&m_parts.connections, &ConnectionManager::closed, this, &Navigator::databaseClosed);
    connect(&m_parts.documents, &Documents::opened, this, &Navigator::documentOpened);
    connect(&m_parts.documents, &Documents::failed, this, [this](const QString &, const QString &message) {
        m_parts.message.show(ui::MessageBar::Kind::Error, message);
    });
    connect(&m_parts.workspace, &Workspace::startRequested, this, [this] { showStartPage(false); });
}

void Navigator::openTarget(const QString &text)
{
    try {
        const Target target = resolveTarget(ui::toUtf8(text));
        if (target.kind == TargetKind::Model) {
            m_parts.documents.open(target.path);
            return;
        }
        m_wanted = ConnectionManager::idOf(target);
        m_parts.connections.open(target);
    } catch (const std::exception &) {
        m_parts.message.show(ui::MessageBar::Kind::Error, ui::describeCurrentException().message);
    }
}

void Navigator::openSample()
{
    m_parts.jobs.start<std::string>(
        tr("Making the sample shop"), this, [](ui::Progress &) { return userSampleDatabase().string(); },
        [this](ui::Outcome<std::string> outcome) {
            if (outcome.ok())
                openTarget(ui::fromUtf8(outcome.value()));
            else
                m_parts.message.show(ui::MessageBar::Kind::Error, outcome.failure().message);
        });
}

void Navigator::chooseFile()
{
    const QString file = m_parts.prompt.openFile(&m_parts.workspace, tr("Open"),
                                                 tr("Models, databases and scripts (*.cormorant "
                                                    "*.db *.sqlite *.sqlite3 *.db3 *.sql)") +
                                                     QStringLiteral(";;") + tr("All files (*)"));
    if (!file.isEmpty())
        openTarget(file);
}

void Navigator::showStartPage(bool focusUrl)
{
    if (!m_parts.workspace.activate(startKey())) {
        auto *page = new StartPage;
        page->setRecent(RecentFiles(m_parts.settings).list());
        connect(page, &StartPage::openRequested, this, &Navigator::chooseFile);
        connect(page, &StartPage::sampleRequested, this, &Navigator::openSample);
        connect(page, &StartPage::newModelRequested, this, [this] { m_parts.documents.create(); });
        connect(page, &StartPage::targetRequested, this, &Navigator::openTarget);
        connect(page, &StartPage::forgetRequested, this, [this](const QString &target) {
            RecentFiles(m_parts.settings).remove(target);
            emit recentChanged();
        });
        connect(this, &Navigator::recentChanged, page,
                [this, page] { page->setRecent(RecentFiles(m_parts.settings).list()); });
        Tab tab;
        tab.key = tab.restore = startKey();
        tab.title = tr("Start");
        tab.icon = QStringLiteral("layout-grid");
        tab.tip = tr("Open, connect, and what was open lately");
        tab.widget = page;
        m_parts.workspace.open(std::move(tab));
    }
    if (focusUrl)
        if (auto *page = qobject_cast<StartPage *>(m_parts.workspace.current()->widget))
            page->focusUrl();
}

QString Navigator::diagramKey(const ui::Document &document, orm::model::DiagramId diagram)
{
    return joined({QStringLiteral("diagram"), QString::number(reinterpret_cast<quintptr>(&document), 16),
                   QString::number(diagram.value)});
}

void Navigator::openDiagram(ui::Document &document, orm::model::DiagramId diagram, const QString &database)
{
    const QString key = diagramKey(document, diagram);
    if (m_parts.workspace.activate(key))
        return;
    Tab tab = makeDiagramTab(document, diagram, m_parts);
    tab.key = key;
    tab.database = database;
    const auto found = document.model().diagrams().find(diagram);
    const QString name = found == document.model().diagrams().end() ? QString() : ui::fromUtf8(found->second.name);
    const OpenDatabase *open = m_parts.connections.find(database);
    tab.title = open ? open->title : Documents::title(document);
    if (document.model().diagrams().size() > 1)
        tab.title += QStringLiteral(" · ") + name;
    tab.tip = open ? tr("Diagram of %1").arg(database) : ui::fromUtf8(document.path().string());
    if (open)
        tab.restore = joined({QStringLiteral("diagram"), database});
    else if (!document.path().empty())
        tab.restore = joined({QStringLiteral("model"), ui::fromUtf8(document.path().string()), name});
    connect(static_cast<ui::CanvasView *>(tab.widget), &ui::CanvasView::openRowsRequested, this,
            [this, &document, database](orm::model::EntityId entity) { openRowsOfEntity(document, entity, database); });
    m_parts.workspace.open(std::move(tab));
}

void Navigator::openRowsOfEntity(const ui::Document &document, orm::model::EntityId id, const QString &database)
{
    const orm::model::EntityPointer entity = document.model().entity(id);
    if (!entity)
        return;
    if (database.isEmpty()) {
        m_parts.message.show(ui::MessageBar::Kind::Information, tr("This model is not connected to a database: open "
                                                                   "one to see its rows."));
        return;
    }
    openRows(database, ui::fromUtf8(entity->schema), ui::fromUtf8(entity->name));
}

void Navigator::openRows(const QString &database, const QString &schema, const QString &table)
{
    const QString key = rowsKey(database, schema, table);
    if (m_parts.workspace.activate(key))
        return;
    OpenDatabase *open = m_parts.connections.find(database);
    if (!open)
        return;
    const orm::Table *found = open->metadata->find(ui::toUtf8(table), ui::toUtf8(schema));
    if (!found) {
        m_parts.message.show(ui::MessageBar::Kind::Warning,
                             tr("The database has no table “%1”: it is only in the model.").arg(table));
        return;
    }
    Tab tab = makeRecordsTab(*open, *found, *this, m_parts);
    tab.key = tab.restore = key;
    m_parts.workspace.open(std::move(tab));
}

void Navigator::goToRow(const QString &database, const ui::records::RowAddress &row)
{
    openRows(database, ui::fromUtf8(row.table->name().schema), ui::fromUtf8(row.table->name().name));
    const Tab *tab = m_parts.workspace.current();
    if (auto *view = tab ? qobject_cast<ui::records::RecordView *>(tab->widget) : nullptr)
        view->goTo(row);
}

void Navigator::showInDiagram(const QString &database, const QString &schema, const QString &table)
{
    OpenDatabase *open = m_parts.connections.find(database);
    if (!open)
        return;
    openDiagram(*open->document, open->diagram, database);
    const orm::model::EntityPointer entity = open->document->model().entity(ui::toUtf8(table), ui::toUtf8(schema));
    if (!entity)
        return;
    open->document->select({entity->id});
    if (auto *view = qobject_cast<ui::CanvasView *>(m_parts.workspace.current()->widget))
        view->reveal(entity->id);
}

void Navigator::restoreTab(const QString &restore)
{
    const QStringList parts = restore.split(kSeparator);
    const QString &kind = parts.front();
    if (kind == startKey()) {
        showStartPage(false);
    } else if (kind == QLatin1String("model") && parts.size() >= 2) {
        openTarget(parts.at(1));
    } else if ((kind == QLatin1String("diagram") && parts.size() == 2) ||
               (kind == QLatin1String("rows") && parts.size() == 4)) {
        const QString database = parts.at(1);
        const QString name = database.contains(QLatin1String("://"))
                                 ? database.section(u'/', -1)
                                 : ui::fromUtf8(std::filesystem::path(ui::toUtf8(database)).stem().string());
        Tab tab;
        tab.kind = TabKind::Closed;
        tab.key = tab.restore = restore;
        tab.database = database;
        tab.title = kind == QLatin1String("rows") ? parts.at(3) : name;
        tab.icon = QStringLiteral("unplug");
        tab.tip = database;
        auto *closed = new ui::EmptyState(tab.icon, tr("%1 is not connected.").arg(name), tr("Connect"));
        connect(closed, &ui::EmptyState::activated, this, [this, database] {
            openTarget(database);
            m_wanted.clear(); // the tabs that wait for it, not one more
        });
        tab.widget = closed;
        m_parts.workspace.open(std::move(tab));
    }
}

void Navigator::wake(OpenDatabase &database, const Tab &closed)
{
    const QStringList parts = closed.key.split(kSeparator);
    const QString current = m_parts.workspace.current() ? m_parts.workspace.current()->key : QString();
    m_parts.workspace.placeNextAt(closed.key);
    if (parts.front() == QLatin1String("rows")) {
        m_parts.workspace.close(closed.key);
        openRows(database.id, parts.at(2), parts.at(3));
    } else {
        m_parts.workspace.close(closed.key);
        openDiagram(*database.document, database.diagram, database.id);
    }
    if (current != closed.key)
        m_parts.workspace.activate(current);
}

void Navigator::databaseOpened(const QString &id)
{
    OpenDatabase *database = m_parts.connections.find(id);
    remember(id);
    bool woken = false;
    for (const Tab &tab : m_parts.workspace.tabs())
        if (tab.kind == TabKind::Closed && tab.database == id) {
            wake(*database, tab);
            woken = true;
        }
    if (!woken || m_wanted == id)
        openDiagram(*database->document, database->diagram, id);
    m_wanted.clear();
}

// Views of records show the tables as they were: they go before those do, and are opened again on what is there now.
void Navigator::closeRecords(const QString &id)
{
    m_reopen.clear();
    for (const Tab &tab : m_parts.workspace.tabs()) {
        if (tab.database != id || tab.kind != TabKind::Records)
            continue;
        m_reopen.append(tab.key);
        m_parts.workspace.close(tab.key);
    }
}

void Navigator::reopenRecords(const QString &id)
{
    const QString current = m_parts.workspace.current() ? m_parts.workspace.current()->key : QString();
    for (const QString &key : std::exchange(m_reopen, {})) {
        const QStringList parts = key.split(kSeparator);
        openRows(id, parts.at(2), parts.at(3));
    }
    m_parts.workspace.activate(current);
}

void Navigator::databaseFailed(const QString &id, const QString &message, bool cancelled)
{
    if (m_wanted == id)
        m_wanted.clear();
    if (!cancelled)
        m_parts.message.show(ui::MessageBar::Kind::Error, QStringLiteral("%1: %2").arg(id, message), tr("Try Again"),
                             [this, id] { openTarget(id); });
}

void Navigator::databaseClosed(const QString &id)
{
    for (const Tab &tab : m_parts.workspace.tabs())
        if (tab.database == id && tab.kind != TabKind::Closed)
            m_parts.workspace.close(tab.key);
}

void Navigator::documentOpened(ui::Document *document)
{
    if (!document->path().empty())
        remember(ui::fromUtf8(document->path().string()));
    if (!document->model().diagrams().empty())
        openDiagram(*document, document->model().diagrams().begin()->first, {});
}

void Navigator::remember(const QString &target)
{
    if (target.startsWith(QLatin1String("sqlite://")) && !target.startsWith(QLatin1String("sqlite:///")))
        return; // in memory: gone when it closes
    RecentFiles(m_parts.settings).add(target);
    emit recentChanged();
}

} // namespace app
