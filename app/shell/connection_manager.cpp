#include "app/shell/connection_manager.h"

#include "app/shell/sql_log.h"

#include "ormcore/mapping/registry.h"
#include "ormcore/reflect/compare.h"
#include "ormcore/reflect/reflect.h"
#include "ui/base/value_text.h"
#include "ui/canvas/arrange.h"
#include "ui/records/changes/record_connection.h"

namespace app {

OpenDatabase::OpenDatabase() = default;
OpenDatabase::~OpenDatabase() = default;

ConnectionManager::Tables ConnectionManager::readTables(orm::Engine &engine, ui::Progress &progress)
{
    orm::Connection connection = engine.connect();
    orm::ReflectOptions options;
    options.progress = [&progress](int done, int total) {
        progress.report(done, total);
        return !progress.cancelled();
    };
    return std::make_shared<const orm::Registry>(orm::Registry::reflected(orm::reflect(connection, options)));
}

ConnectionManager::ConnectionManager(ui::JobRunner &jobs, SqlLog &log, QObject *parent)
    : QObject(parent), m_jobs(jobs), m_log(log)
{
}

ConnectionManager::~ConnectionManager() = default;

QString ConnectionManager::idOf(const Target &target)
{
    if (target.kind == TargetKind::Script || !target.path.empty())
        return ui::fromUtf8(std::filesystem::absolute(target.path).lexically_normal().string());
    orm::Url url = target.url;
    url.password.clear();
    return ui::fromUtf8(url.toString());
}

QString ConnectionManager::open(const Target &target)
{
    const QString id = idOf(target);
    if (m_opening.contains(id))
        return id;
    if (m_open.contains(id)) {
        emit opened(id);
        return id;
    }
    orm::EngineOptions options;
    options.log = m_log.sink(ui::fromUtf8(target.name()));
    emit connecting(id, ui::fromUtf8(target.name()));
    m_opening[id] = m_jobs.start<Opened>(
        tr("Opening %1").arg(ui::fromUtf8(target.name())), this,
        [target, options](ui::Progress &progress) {
            Opened result;
            result.engine = openEngine(target, options);
            result.registry = readTables(*result.engine, progress);
            orm::model::Model model =
                orm::model::fromMetaData(result.registry->metadata(), target.name(), result.engine->dialect().name());
            if (!model.diagrams().empty()) {
                result.diagram = model.diagrams().begin()->first;
                orm::model::Edit places = ui::arrange(model, result.diagram, ui::Arrange::Newcomers,
                                                      [&progress] { return progress.cancelled(); });
                model.swap(places);
            }
            result.model = std::make_shared<orm::model::Model>(std::move(model));
            return result;
        },
        [this, id, target](ui::Outcome<Opened> outcome) { absorb(id, target, std::move(outcome)); });
    return id;
}

void ConnectionManager::absorb(const QString &id, const Target &target, ui::Outcome<Opened> outcome)
{
    m_opening.erase(id);
    if (!outcome.ok()) {
        emit failed(id, outcome.failure().message, outcome.failure().cancelled);
        return;
    }
    Opened &result = outcome.value();
    auto database = std::make_unique<OpenDatabase>();
    database->id = id;
    database->title = ui::fromUtf8(target.name());
    database->target = target;
    database->engine = std::move(result.engine);
    setTables(*database, std::move(result.registry));
    database->diagram = result.diagram;
    database->document = std::make_unique<ui::Document>(std::move(*result.model));
    m_open[id] = std::move(database);
    emit opened(id);
}

void ConnectionManager::refresh(const QString &id)
{
    OpenDatabase *database = find(id);
    if (!database)
        return;
    m_jobs.start<Tables>(
        tr("Reading the schema of %1").arg(database->title), this,
        [engine = database->engine](ui::Progress &progress) { return readTables(*engine, progress); },
        [this, id](ui::Outcome<Tables> outcome) {
            if (!outcome.ok())
                emit failed(id, outcome.failure().message, outcome.failure().cancelled);
            else if (find(id))
                absorbRefresh(id, std::move(outcome.value()));
        });
}

void ConnectionManager::setTables(OpenDatabase &database, Tables tables)
{
    database.records = std::make_unique<ui::records::RecordConnection>(database.engine, tables, m_jobs);
    database.metadata = {tables, &tables->metadata()};
}

void ConnectionManager::absorbRefresh(const QString &id, Tables fresh)
{
    OpenDatabase &database = *find(id);
    if (orm::schemaDifferences(*database.metadata, fresh->metadata()).empty())
        return;
    if (!database.records->changes().isEmpty()) { // they belong to the tables as they were
        emit failed(id,
                    tr("The schema of %1 has changed. Commit or roll back the staged changes, then refresh.")
                        .arg(database.title),
                    false);
        return;
    }
    emit replacing(id);
    setTables(database, std::move(fresh));
    // What the user has drawn since is not undone by what the database says.
    if (!database.document->isModified()) {
        orm::model::Edit edit = orm::model::mergeMetaData(database.document->model(), *database.metadata);
        if (!edit.empty()) {
            database.document->apply(std::move(edit), tr("Read the Schema Again"));
            database.document->undoStack().setClean();
        }
    }
    emit refreshed(id);
}

void ConnectionManager::close(const QString &id)
{
    if (const auto job = m_opening.find(id); job != m_opening.end())
        job->second->cancel();
    const auto found = m_open.find(id);
    if (found == m_open.end())
        return;
    const std::unique_ptr<OpenDatabase> database = std::move(found->second);
    m_open.erase(found);
    emit closed(id); // views let go of what the database owns, at the next turn
                     // of the event loop
    database->document.release()->deleteLater();
}

OpenDatabase *ConnectionManager::find(const QString &id) const
{
    const auto found = m_open.find(id);
    return found == m_open.end() ? nullptr : found->second.get();
}

QList<OpenDatabase *> ConnectionManager::all() const
{
    QList<OpenDatabase *> list;
    for (const auto &[id, database] : m_open)
        list << database.get();
    return list;
}

} // namespace app
