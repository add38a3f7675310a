#include "ui/base/value_text.h"
#include "ui/canvas/editing.h"
#include "ui/canvas/inline_editor.h"
#include "ui/canvas/view.h"

#include <algorithm>

namespace ui {

using namespace canvas;
using namespace orm::model;

void CanvasView::openEditor(const QRectF &sceneRect, const QString &text,
                            std::function<QString(const QString &)> commit)
{
    if (m_editor)
        m_editor->finish(); // it deletes itself later: its own key press may have brought us here
    ensureVisible(sceneRect, 20, 20);
    m_editorRect = sceneRect;
    m_editor = new InlineEditor(viewport(), text, std::move(commit));
    connect(m_editor, &InlineEditor::closed, this, [this] { setFocus(); });
    connect(m_editor, &InlineEditor::refused, this, &CanvasView::messageRaised);
    connect(m_editor, &InlineEditor::stepped, this, [this](int step) {
        const std::vector<ElementRef> before = document().selection();
        if (!before.empty() && selectAttribute(step) && document().selection() != before)
            renameSelected();
    });
    placeEditor();
    m_editor->show();
    m_editor->setFocus();
}

void CanvasView::placeEditor()
{
    if (m_editor)
        m_editor->place(mapFromScene(m_editorRect).boundingRect(), zoom());
}

void CanvasView::renameSelected()
{
    if (document().selection().empty())
        return;
    const ElementRef element = document().selection().back();
    const EntityPointer entity = document().model().entity(currentEntity());
    const NodeItem *item = m_scene->nodeItem(currentEntity());
    if (!entity || item == nullptr)
        return;
    if (const auto *id = std::get_if<EntityId>(&element)) {
        const QRectF header = item->figure().headerRect().translated(item->pos());
        openEditor(header, fromUtf8(entity->name), [this, id = *id](const QString &text) -> QString {
            const EntityPointer now = document().model().entity(id);
            if (!now || fromUtf8(now->name) == text)
                return {};
            return tryEdit(
                document(), [&] { return renameEntity(document().model(), id, toUtf8(text.trimmed())); },
                tr("Rename entity"));
        });
        m_editor->setAccessibleName(tr("Entity name"));
        m_editor->selectAll();
    } else if (const auto *attribute = std::get_if<AttributeRef>(&element)) {
        const Attribute *found = entity->find(attribute->attribute);
        const int row = item->figure().rowOf(attribute->attribute);
        if (found == nullptr || row < 0)
            return;
        openEditor(item->figure().rowRect(row).translated(item->pos()), attributeText(*entity, *found),
                   [this, ref = *attribute](const QString &text) { return changeAttribute(document(), ref, text); });
        m_editor->setAccessibleName(tr("Attribute: name, type, pk, not null"));
        m_editor->setSelection(0, static_cast<int>(fromUtf8(found->name).size()));
    }
}

void CanvasView::addAttributeInline()
{
    const EntityId id = currentEntity();
    const EntityPointer entity = document().model().entity(id);
    const NodeItem *item = m_scene->nodeItem(id);
    if (!entity || item == nullptr)
        return;
    std::optional<std::size_t> position;
    int row = static_cast<int>(item->figure().rows.size());
    const ElementRef &element = document().selection().back();
    if (const auto *attribute = std::get_if<AttributeRef>(&element)) {
        const auto found = std::find_if(entity->attributes.begin(), entity->attributes.end(),
                                        [&](const Attribute &each) { return each.id == attribute->attribute; });
        if (found != entity->attributes.end() && found + 1 != entity->attributes.end()) {
            position = static_cast<std::size_t>(found - entity->attributes.begin()) + 1;
            row = item->figure().rowOf(attribute->attribute) + 1;
        }
    }
    openEditor(item->figure().rowRect(row).translated(item->pos()), {},
               [this, id, position](const QString &text) -> QString {
                   if (text.trimmed().isEmpty())
                       return tr("Type a name and a type, such as: price numeric(10,2). Escape gives up.");
                   AttributeId added;
                   const QString problem = addAttributeFrom(document(), id, text, position, &added);
                   if (problem.isEmpty())
                       document().select({AttributeRef{id, added}});
                   return problem;
               });
    m_editor->setPlaceholderText(tr("name type"));
    m_editor->setAccessibleName(tr("New attribute: name and type"));
    connect(m_editor, &InlineEditor::another, this, &CanvasView::addAttributeInline);
}

void CanvasView::deleteSelected(KeyColumns columns)
{
    const QString problem = removeElements(document(), document().selection(), columns);
    if (!problem.isEmpty())
        raiseMessage(problem);
}

void CanvasView::removeSelectedFromDiagram()
{
    std::vector<NodeId> nodes;
    for (const ElementRef &element : document().selection()) {
        const auto *entity = std::get_if<EntityId>(&element);
        if (const NodeItem *item = entity != nullptr ? m_scene->nodeItem(*entity) : nullptr)
            nodes.push_back(item->figure().node);
    }
    if (nodes.empty())
        return;
    const QString problem = tryEdit(
        document(), [&] { return orm::model::removeNodes(document().model(), m_scene->diagram(), nodes); },
        tr("Remove from diagram"));
    if (!problem.isEmpty())
        raiseMessage(problem);
}

} // namespace ui
