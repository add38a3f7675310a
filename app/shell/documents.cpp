#include "app/shell/documents.h"

#include "ormcore/base/error.h"
#include "ormcore/model/edits.h"
#include "ormcore/model/storage.h"
#include "ui/base/value_text.h"
#include "ui/canvas/arrange.h"

#include <QPointer>

#include <algorithm>

namespace app {
namespace {

using orm::model::Model;

QString fromPath(const std::filesystem::path &path) { return ui::fromUtf8(path.string()); }

/// A diagram whose nodes have no place yet gets one: the file may have been
/// made by a program.
void placeNewcomers(Model &model, ui::Progress &progress)
{
    std::vector<orm::model::DiagramId> diagrams;
    for (const auto &[id, info] : model.diagrams())
        diagrams.push_back(id);
    for (const orm::model::DiagramId id : diagrams) {
        orm::model::Edit edit =
            ui::arrange(model, id, ui::Arrange::Newcomers, [&progress] { return progress.cancelled(); });
        model.swap(edit);
    }
}

struct Loaded {
    Model stored; ///< as the files have it
    Model model;  ///< with a place for every node
};

std::shared_ptr<Loaded> loadPlaced(const std::filesystem::path &path, ui::Progress &progress)
{
    auto loaded = std::make_shared<Loaded>();
    loaded->stored = orm::model::load(path);
    loaded->model = loaded->stored;
    placeNewcomers(loaded->model, progress);
    return loaded;
}

/// There is a model at path that is not the one last seen there. known is null where none was seen.
bool isNotOurs(const std::filesystem::path &path, const Model *known)
{
    try {
        const Model there = orm::model::load(path);
        return known == nullptr || !(there == *known);
    } catch (const orm::ParseError &) {
        return true; // somebody's work under way
    } catch (const orm::Operational &) {
        return false; // nothing is there; where it is worse, the saver says so
    }
}

} // namespace

Documents::Documents(ui::JobRunner &jobs, QObject *parent) : QObject(parent), m_jobs(jobs) {}

Documents::~Documents() = default;

void Documents::open(const std::filesystem::path &path)
{
    for (const auto &document : m_documents)
        if (document->path() == path) {
            emit opened(document.get());
            return;
        }
    m_jobs.start<std::shared_ptr<Loaded>>(
        tr("Opening %1").arg(fromPath(path.filename())), this,
        [path](ui::Progress &progress) { return loadPlaced(path, progress); },
        [this, path](ui::Outcome<std::shared_ptr<Loaded>> outcome) {
            if (!outcome.ok()) {
                emit failed(fromPath(path), outcome.failure().message);
                return;
            }
            m_documents.push_back(std::make_unique<ui::Document>(std::move(outcome.value()->model), path));
            m_documents.back()->setStored(std::move(outcome.value()->stored));
            emit opened(m_documents.back().get());
        });
}

ui::Document *Documents::create()
{
    Model model;
    orm::model::ModelInfo info;
    info.name = "untitled";
    info.dialects = {"sqlite"};
    orm::model::Edit edit = orm::model::setInfo(model, info);
    model.swap(edit);
    edit = orm::model::addDiagram(model, "main");
    model.swap(edit);
    m_documents.push_back(std::make_unique<ui::Document>(std::move(model)));
    emit opened(m_documents.back().get());
    return m_documents.back().get();
}

void Documents::reload(ui::Document *document)
{
    const std::filesystem::path path = document->path();
    QPointer<ui::Document> guarded = document;
    m_jobs.start<std::shared_ptr<Loaded>>(
        tr("Opening %1").arg(fromPath(path.filename())), this,
        [path](ui::Progress &progress) { return loadPlaced(path, progress); },
        [this, path, guarded](ui::Outcome<std::shared_ptr<Loaded>> outcome) {
            if (!outcome.ok())
                emit failed(fromPath(path), outcome.failure().message);
            else if (guarded)
                guarded->replace(std::move(outcome.value()->model), std::move(outcome.value()->stored));
        });
}

void Documents::save(ui::Document *document, const std::filesystem::path &path, Overwrite overwrite,
                     std::function<void(const Saved &)> done)
{
    const bool samePlace = path == document->path();
    const int step = document->undoStack().index();
    QPointer<ui::Document> guarded = document;
    m_jobs.start<bool>(
        tr("Saving %1").arg(fromPath(path.filename())), this,
        [model = document->model(), known = document->stored(), samePlace, overwrite, path](ui::Progress &) {
            if (overwrite == Overwrite::OnlyWhatIsKnown && isNotOurs(path, samePlace ? &known : nullptr))
                return false;
            orm::model::save(model, path);
            return true;
        },
        [guarded, model = document->model(), path, step, done = std::move(done)](ui::Outcome<bool> outcome) {
            if (!outcome.ok()) {
                done({Saved::Kind::Failed, outcome.failure().message});
                return;
            }
            if (outcome.value() && guarded)
                guarded->markSaved(path, step, model);
            done({outcome.value() ? Saved::Kind::Saved : Saved::Kind::NotOurs, {}});
        });
}

void Documents::close(ui::Document *document)
{
    const auto found = std::find_if(m_documents.begin(), m_documents.end(),
                                    [document](const auto &open) { return open.get() == document; });
    if (found == m_documents.end())
        return;
    found->release()->deleteLater(); // after the views that were closed with it
    m_documents.erase(found);
}

QList<ui::Document *> Documents::all() const
{
    QList<ui::Document *> list;
    for (const auto &document : m_documents)
        list << document.get();
    return list;
}

bool Documents::owns(const ui::Document *document) const
{
    return std::any_of(m_documents.begin(), m_documents.end(),
                       [document](const auto &open) { return open.get() == document; });
}

QString Documents::title(const ui::Document &document)
{
    const std::filesystem::path &path = document.path();
    if (!path.empty())
        return fromPath((path.has_filename() ? path : path.parent_path()).stem());
    const std::string &name = document.model().info().name;
    return name.empty() ? tr("untitled") : ui::fromUtf8(name);
}

} // namespace app
