#include "ui/canvas/tools/select_tool.h"

#include "ui/canvas/editing.h"
#include "ui/canvas/view.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ui::canvas {

namespace {

using namespace orm::model;

constexpr double grid = 10;

bool contains(const std::vector<ElementRef> &elements, const ElementRef &element)
{
    return std::find(elements.begin(), elements.end(), element) != elements.end();
}

ElementRef elementAt(const Hit &hit)
{
    const NodeFigure &figure = hit.node->figure();
    if (hit.row < 0)
        return figure.entity;
    return AttributeRef{figure.entity, figure.rows[static_cast<std::size_t>(hit.row)].attribute};
}

} // namespace

void SelectTool::press(const Pointer &pointer)
{
    m_start = m_now = pointer.scene;
    m_startView = pointer.view;
    Document &document = view().document();
    const bool extend = pointer.modifiers.testFlag(Qt::ControlModifier);
    if (pointer.hit.node != nullptr) {
        pressNode(pointer);
        return;
    }
    if (pointer.hit.edge != nullptr) {
        const LinkFigure &link = pointer.hit.edge->link();
        const ElementRef key = ForeignKeyRef{link.child, link.key};
        std::vector<ElementRef> selection = extend ? document.selection() : std::vector<ElementRef>{};
        if (contains(selection, key))
            std::erase(selection, key);
        else
            selection.push_back(key);
        document.select(std::move(selection));
        return;
    }
    m_before = extend ? document.selection() : std::vector<ElementRef>{};
    document.select(m_before);
    m_state = State::Band;
}

void SelectTool::pressNode(const Pointer &pointer)
{
    Document &document = view().document();
    const ElementRef element = elementAt(pointer.hit);
    const EntityId entity = pointer.hit.node->figure().entity;
    m_pressedEntity = entity;
    if (pointer.hit.handle) {
        m_keySource = std::get<AttributeRef>(element);
        m_keyTarget = {};
        m_state = State::Key;
        return;
    }
    m_state = State::Pressed;
    std::vector<ElementRef> selection = document.selection();
    if (pointer.modifiers.testFlag(Qt::ControlModifier)) {
        if (contains(selection, element))
            std::erase(selection, element);
        else
            selection.push_back(element);
        document.select(std::move(selection));
    } else if (!contains(selection, element)) {
        // Pressing a row of one of several selected entities may begin to move them all.
        if (selection.size() < 2 || !contains(selection, entity))
            document.select({element});
    }
}

void SelectTool::beginMove(const Pointer &pointer)
{
    m_origin.clear();
    DiagramScene &scene = view().diagramScene();
    for (const ElementRef &element : view().document().selection()) {
        if (const auto *entity = std::get_if<EntityId>(&element)) {
            if (const NodeItem *item = scene.nodeItem(*entity))
                m_origin[*entity] = item->pos();
        }
    }
    if (m_origin.count(m_pressedEntity) == 0) {
        m_origin.clear();
        if (const NodeItem *item = scene.nodeItem(m_pressedEntity))
            m_origin[m_pressedEntity] = item->pos();
    }
    m_state = State::Moving;
    moveNodes(pointer);
}

void SelectTool::moveNodes(const Pointer &pointer)
{
    QPointF delta = pointer.scene - m_start;
    if (pointer.modifiers.testFlag(Qt::ShiftModifier)) { // along one axis
        if (std::abs(delta.x()) > std::abs(delta.y()))
            delta.setY(0);
        else
            delta.setX(0);
    }
    std::map<NodeItem *, QPointF> places;
    for (const auto &[entity, origin] : m_origin) {
        if (NodeItem *item = view().diagramScene().nodeItem(entity)) {
            const QPointF to = origin + delta;
            places[item] = {std::round(to.x() / grid) * grid, std::round(to.y() / grid) * grid};
        }
    }
    view().diagramScene().previewMoves(places);
}

void SelectTool::move(const Pointer &pointer)
{
    m_now = pointer.scene;
    const bool far = (pointer.view - m_startView).manhattanLength() >= QApplication::startDragDistance();
    switch (m_state) {
    case State::Idle:
        view().diagramScene().setHovered(pointer.hit);
        break;
    case State::Pressed:
        if (far)
            beginMove(pointer);
        break;
    case State::Moving:
        moveNodes(pointer);
        break;
    case State::Band:
        selectBand(pointer, false);
        break;
    case State::Key:
        m_keyTarget = {};
        if (pointer.hit.node != nullptr && pointer.hit.row >= 0)
            m_keyTarget = std::get<AttributeRef>(elementAt(pointer.hit));
        view().diagramScene().setHovered(pointer.hit);
        view().viewport()->update();
        break;
    }
}

void SelectTool::release(const Pointer &pointer)
{
    const State state = std::exchange(m_state, State::Idle);
    const bool extend = pointer.modifiers.testFlag(Qt::ControlModifier);
    if (state == State::Moving) {
        view().diagramScene().commitMoves();
    } else if (state == State::Band) {
        selectBand(pointer, true);
        view().viewport()->update();
    } else if (state == State::Key) {
        dropKey(pointer);
        view().viewport()->update();
    } else if (state == State::Pressed && !extend && pointer.hit.node != nullptr) {
        view().document().select({elementAt(pointer.hit)}); // a plain click narrows to what was clicked
    }
}

void SelectTool::selectBand(const Pointer &pointer, bool)
{
    const QRectF band = QRectF(m_start, pointer.scene).normalized();
    std::vector<ElementRef> selection = m_before;
    for (const NodeItem *item : view().diagramScene().nodeItems()) {
        const ElementRef element = item->figure().entity;
        if (band.intersects(item->box()) && !contains(selection, element))
            selection.push_back(element);
    }
    view().document().select(std::move(selection));
    view().viewport()->update();
}

void SelectTool::dropKey(const Pointer &pointer)
{
    Document &document = view().document();
    const bool clicked = (pointer.view - m_startView).manhattanLength() < QApplication::startDragDistance();
    if (clicked) {
        document.select({m_keySource});
        return;
    }
    if (!m_keyTarget.attribute || m_keyTarget == m_keySource)
        return;
    const Model &model = document.model();
    ConstraintId added;
    const QString problem = tryEdit(
        document,
        [&] {
            Edit edit = addForeignKey(model, m_keySource.entity, {m_keySource.attribute}, m_keyTarget.entity,
                                      {m_keyTarget.attribute});
            for (const Change &change : edit.changes) {
                const auto *entity = std::get_if<EntityChange>(&change);
                if (entity != nullptr && entity->id == m_keySource.entity && entity->other)
                    added = entity->other->foreignKeys.back().id;
            }
            return edit;
        },
        CanvasView::tr("Add foreign key"));
    if (!problem.isEmpty())
        view().raiseMessage(problem);
    else
        document.select({ForeignKeyRef{m_keySource.entity, added}});
}

void SelectTool::doubleClick(const Pointer &pointer)
{
    m_state = State::Idle;
    if (pointer.hit.node == nullptr)
        return;
    const EntityId entity = pointer.hit.node->figure().entity;
    if (pointer.hit.row < 0 && pointer.scene.y() < pointer.hit.node->y() + headerHeight) {
        view().document().select({entity});
        view().renameSelected();
    } else {
        emit view().openRowsRequested(entity);
    }
}

bool SelectTool::cancel()
{
    const State state = std::exchange(m_state, State::Idle);
    if (state == State::Moving)
        view().diagramScene().cancelMoves();
    view().viewport()->update();
    return state != State::Idle;
}

void SelectTool::paint(QPainter &painter)
{
    if (m_state == State::Band) {
        QColor fill = theme().accent;
        fill.setAlpha(30);
        QPen pen(theme().accent, 1, Qt::DashLine);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.setBrush(fill);
        painter.drawRect(QRectF(m_start, m_now).normalized());
    } else if (m_state == State::Key) {
        painter.setPen(QPen(theme().accent, 1.6, m_keyTarget.attribute ? Qt::SolidLine : Qt::DashLine));
        painter.drawLine(m_start, m_now);
    }
}

} // namespace ui::canvas
