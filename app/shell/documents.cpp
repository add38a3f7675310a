#include "app/shell/documents.h"

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
    using Loaded = std::shared_ptr<Model>;
    m_jobs.start<Loaded>(
        tr("Opening %1").arg(fromPath(path.filename())), this,
        [path](ui::Progress &progress) {
            auto model = std::make_shared<Model>(orm::model::load(path));
            placeNewcomers(*model, progress);
            return model;
        },
        [this, path](ui::Outcome<Loaded> outcome) {
            if (!outcome.ok()) {
                emit failed(fromPath(path), outcome.failure().message);
                return;
            }
            m_documents.push_back(std::make_unique<ui::Document>(std::move(*outcome.value()), path));
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

void Documents::save(ui::Document *document, const std::filesystem::path &path, std::function<void(QString)> done)
{
    const int step = document->undoStack().index();
    QPointer<ui::Document> guarded = document;
    m_jobs.start<bool>(
        tr("Saving %1").arg(fromPath(path.filename())), this,
        [model = document->model(), path](ui::Progress &) {
            orm::model::save(model, path);
            return true;
        },
        [guarded, path, step, done = std::move(done)](ui::Outcome<bool> outcome) {
            if (outcome.ok() && guarded)
                guarded->markSaved(path, step);
            done(outcome.ok() ? QString() : outcome.failure().message);
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
