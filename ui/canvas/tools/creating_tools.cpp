#include "ui/canvas/tools/creating_tools.h"

#include "ui/canvas/editing.h"
#include "ui/canvas/view.h"

#include <QPainter>

#include <cmath>

namespace ui::canvas {

using namespace orm::model;

void EntityTool::press(const Pointer &pointer)
{
    Document &document = view().document();
    const auto onGrid = [](double value) { return static_cast<int>(std::round(value / 10) * 10); };
    const bool again = pointer.modifiers.testFlag(Qt::ShiftModifier);
    EntityId added;
    const QString problem = tryEdit(
        document,
        [&] {
            Edit edit = addEntity(document.model(), view().diagramScene().diagram(), onGrid(pointer.scene.x()),
                                  onGrid(pointer.scene.y()));
            added = addedEntity(document.model(), edit);
            return edit;
        },
        CanvasView::tr("Add entity"));
    if (!again)
        view().setTool(ToolKind::Select);
    if (!problem.isEmpty()) {
        view().raiseMessage(problem);
        return;
    }
    document.select({added});
    view().renameSelected();
}

void RelationTool::press(const Pointer &pointer)
{
    m_now = pointer.scene;
    if (pointer.hit.node == nullptr)
        return;
    const EntityId entity = pointer.hit.node->figure().entity;
    if (!m_parent) {
        m_parent = entity;
        view().document().select({entity});
    } else {
        relate(entity, pointer.modifiers);
    }
}

void RelationTool::move(const Pointer &pointer)
{
    m_now = pointer.scene;
    view().diagramScene().setHovered(pointer.hit);
    view().viewport()->update();
}

/// Dragging from one to the other works like two clicks.
void RelationTool::release(const Pointer &pointer)
{
    if (m_parent && pointer.hit.node != nullptr && pointer.hit.node->figure().entity != m_parent)
        relate(pointer.hit.node->figure().entity, pointer.modifiers);
}

void RelationTool::relate(EntityId child, Qt::KeyboardModifiers modifiers)
{
    Document &document = view().document();
    const Model &model = document.model();
    const EntityId parent = std::exchange(m_parent, EntityId{});
    ElementRef added = child;
    const auto make = [&] {
        if (m_kind == ToolKind::ManyToMany) {
            Edit edit = addManyToMany(model, view().diagramScene().diagram(), parent, child);
            added = addedEntity(model, edit);
            return edit;
        }
        Edit edit = addOneToMany(model, parent, child, {.oneToOne = m_kind == ToolKind::OneToOne});
        for (const Change &change : edit.changes) {
            const auto *entity = std::get_if<EntityChange>(&change);
            if (entity != nullptr && entity->id == child && entity->other && !entity->other->foreignKeys.empty())
                added = ForeignKeyRef{child, entity->other->foreignKeys.back().id};
        }
        return edit;
    };
    const QString text = m_kind == ToolKind::ManyToMany ? CanvasView::tr("Add N:N relationship")
                         : m_kind == ToolKind::OneToOne ? CanvasView::tr("Add 1:1 relationship")
                                                        : CanvasView::tr("Add 1:N relationship");
    const QString problem = tryEdit(document, make, text);
    if (!problem.isEmpty())
        view().raiseMessage(problem);
    else
        document.select({added});
    view().viewport()->update();
    if (!modifiers.testFlag(Qt::ShiftModifier))
        view().setTool(ToolKind::Select); // this tool is gone now
}

bool RelationTool::cancel()
{
    const bool half = static_cast<bool>(std::exchange(m_parent, EntityId{}));
    view().viewport()->update();
    return half;
}

void RelationTool::paint(QPainter &painter)
{
    const NodeItem *parent = m_parent ? view().diagramScene().nodeItem(m_parent) : nullptr;
    if (parent == nullptr)
        return;
    painter.setPen(QPen(theme().accent, 1.6, Qt::DashLine));
    painter.drawLine(parent->box().center(), m_now);
}

} // namespace ui::canvas
