#include "ui/document/document.h"

#include "ormcore/base/error.h"
#include "ormcore/model/storage.h"
#include "ui/document/commands/edit_command.h"

#include <algorithm>

namespace ui {

namespace {

using namespace orm::model;

struct Touched {
    Changes &changes;
    const Model &model;

    void operator()(const EntityChange &change) const { changes.entities.push_back(change.id); }
    void operator()(const TriggerChange &change) const
    {
        if (change.other)
            changes.entities.push_back(change.other->entity);
        const auto found = model.triggers().find(change.id);
        if (found != model.triggers().end())
            changes.entities.push_back(found->second.entity);
    }
    void operator()(const DiagramChange &change) const { changes.diagrams.push_back(change.id); }
    void operator()(const NodeChange &change) const { changes.nodes.emplace_back(change.diagram, change.id); }
    void operator()(const InfoChange &) const { changes.info = true; }
};

bool exists(const Model &model, const ElementRef &element)
{
    if (const auto *id = std::get_if<EntityId>(&element))
        return model.entity(*id) != nullptr;
    if (const auto *attribute = std::get_if<AttributeRef>(&element)) {
        const EntityPointer entity = model.entity(attribute->entity);
        return entity && entity->find(attribute->attribute) != nullptr;
    }
    const auto &key = std::get<ForeignKeyRef>(element);
    const EntityPointer entity = model.entity(key.entity);
    return entity && entity->foreignKey(key.key) != nullptr;
}

} // namespace

Document::Document(Model model, std::filesystem::path path, QObject *parent)
    : QObject(parent), m_model(std::move(model)), m_stored(m_model), m_path(std::move(path))
{
    connect(&m_undo, &QUndoStack::cleanChanged, this, [this](bool clean) { emit modifiedChanged(!clean); });
}

void Document::apply(Edit edit, const QString &text, int mergeKey)
{
    if (!edit.empty())
        m_undo.push(new EditCommand(*this, std::move(edit), text, mergeKey));
}

void Document::save(const std::filesystem::path &path)
{
    const std::filesystem::path target = path.empty() ? m_path : path;
    if (target.empty())
        throw orm::Argument("the model has never been saved: say where");
    orm::model::save(m_model, target);
    markSaved(target, m_undo.index(), m_model);
}

void Document::replace(Model model, Model stored)
{
    Changes changes;
    changes.info = true;
    for (const Model *each : {&m_model, &model}) {
        for (const auto &[id, entity] : each->entities())
            changes.entities.push_back(id);
        for (const auto &[id, diagram] : each->diagrams())
            changes.diagrams.push_back(id);
    }
    m_model = std::move(model);
    m_stored = std::move(stored);
    m_undo.clear();
    emit changed(changes);
    std::vector<ElementRef> alive = m_selection;
    select(std::move(alive));
}

void Document::markSaved(const std::filesystem::path &path, int step, Model written)
{
    m_stored = std::move(written);
    if (path != m_path) {
        m_path = path;
        emit pathChanged();
    }
    if (step == m_undo.index())
        m_undo.setClean();
}

void Document::select(std::vector<ElementRef> elements)
{
    std::erase_if(elements, [this](const ElementRef &element) { return !exists(m_model, element); });
    if (elements == m_selection)
        return;
    m_selection = std::move(elements);
    emit selectionChanged();
}

void Document::swap(Edit &edit)
{
    Changes changes;
    for (const Change &change : edit.changes)
        std::visit(Touched{changes, m_model}, change);
    m_model.swap(edit);
    emit changed(changes);
    std::vector<ElementRef> alive = m_selection;
    select(std::move(alive));
}

} // namespace ui
