#include "ui/canvas/view.h"

#include "ui/canvas/inline_editor.h"
#include "ui/canvas/tools/creating_tools.h"
#include "ui/canvas/tools/select_tool.h"

#include <QAccessible>
#include <QAction>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ui {

using namespace canvas;
using namespace orm::model;

namespace {

constexpr double smallestZoom = 0.03;
constexpr double largestZoom = 4;

std::unique_ptr<Tool> makeTool(CanvasView &view, ToolKind kind)
{
    switch (kind) {
    case ToolKind::Select:
        return std::make_unique<SelectTool>(view);
    case ToolKind::Entity:
        return std::make_unique<EntityTool>(view);
    default:
        return std::make_unique<RelationTool>(view, kind);
    }
}

} // namespace

CanvasView::CanvasView(Document &document, DiagramId diagram, JobRunner &runner, QWidget *parent)
    : QGraphicsView(parent),
      m_scene(new DiagramScene(document, diagram, runner, this)),
      m_toolBar(new QToolBar(this)),
      m_tool(makeTool(*this, ToolKind::Select))
{
    setObjectName(QStringLiteral("canvas"));
    setScene(m_scene);
    setAccessibleName(tr("Diagram"));
    setRenderHint(QPainter::Antialiasing);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(AnchorViewCenter);
    setViewportUpdateMode(SmartViewportUpdate);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    makeActions();
    connect(m_scene, &DiagramScene::settled, this, [this] {
        updateSceneRect();
        if (!std::exchange(m_fitted, true))
            fitAll();
    });
    connect(m_scene, &DiagramScene::rebuilt, this, [this] {
        updateSceneRect();
        if (std::exchange(m_saidEmpty, m_scene->isEmpty()) != m_saidEmpty)
            viewport()->update(); // the items' own updates would leave pieces of the sentence
        updateActions();
    });
    connect(m_scene, &DiagramScene::failed, this, &CanvasView::messageRaised);
    connect(&document, &Document::selectionChanged, this, &CanvasView::announce);
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, &CanvasView::placeEditor);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &CanvasView::placeEditor);
    updateSceneRect();
    updateActions();
}

CanvasView::~CanvasView() { delete m_editor; }

void CanvasView::setTool(ToolKind kind)
{
    m_tool->cancel();
    m_retired.push_back(std::exchange(m_tool, makeTool(*this, kind)));
    m_toolKind = kind;
    m_scene->setHovered({});
    viewport()->setCursor(m_tool->cursor());
    m_toolActions[static_cast<std::size_t>(kind)]->setChecked(true);
    emit toolChanged();
}

Pointer CanvasView::pointer(const QPoint &at, Qt::KeyboardModifiers modifiers) const
{
    const QPointF scene = mapToScene(at);
    return {scene, at, modifiers, m_scene->hitAt(scene, zoom())};
}

void CanvasView::mousePressEvent(QMouseEvent *event)
{
    m_retired.clear();
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_spaceHeld)) {
        m_panning = true;
        m_panFrom = event->position().toPoint();
        viewport()->setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() == Qt::LeftButton)
        m_tool->press(pointer(event->position().toPoint(), event->modifiers()));
}

void CanvasView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_panning)
        pan(event->position().toPoint());
    else
        m_tool->move(pointer(event->position().toPoint(), event->modifiers()));
}

void CanvasView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_panning && (event->button() == Qt::MiddleButton || event->button() == Qt::LeftButton)) {
        m_panning = false;
        viewport()->setCursor(m_spaceHeld ? Qt::OpenHandCursor : m_tool->cursor());
        return;
    }
    if (event->button() == Qt::LeftButton)
        m_tool->release(pointer(event->position().toPoint(), event->modifiers()));
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_tool->doubleClick(pointer(event->position().toPoint(), event->modifiers()));
}

void CanvasView::leaveEvent(QEvent *event)
{
    QGraphicsView::leaveEvent(event);
    if (!m_tool->isBusy())
        m_scene->setHovered({});
}

bool CanvasView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QGraphicsView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const Hit hit = m_scene->hitAt(mapToScene(help->pos()), zoom());
    QString text;
    if (hit.node != nullptr)
        text = hit.row >= 0 ? describeRow(hit.node->figure(), hit.row) : spokenName(hit.node->figure());
    else if (hit.edge != nullptr)
        text = m_scene->describe(hit.edge->link());
    // Names and comments come from databases: never rich text.
    QToolTip::showText(
        help->globalPos(),
        text.isEmpty() ? QString() : QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text.toHtmlEscaped()),
        viewport());
    return true;
}

void CanvasView::pan(const QPoint &to)
{
    const QPoint by = to - std::exchange(m_panFrom, to);
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
}

void CanvasView::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomAt(event->position().toPoint(), std::pow(1.0015, delta.y()));
    } else {
        const bool sideways = event->modifiers().testFlag(Qt::ShiftModifier);
        const int x = sideways ? delta.y() + delta.x() : delta.x();
        const int y = sideways ? 0 : delta.y();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - x / 2);
        verticalScrollBar()->setValue(verticalScrollBar()->value() - y / 2);
    }
    event->accept();
}

/// The point of the scene under the cursor stays there.
void CanvasView::zoomAt(const QPoint &at, double factor)
{
    const double target = std::clamp(zoom() * factor, smallestZoom, largestZoom);
    const QPointF before = mapToScene(at);
    setTransform(QTransform::fromScale(target, target));
    updateSceneRect();
    const QPointF shift = mapFromScene(before) - at;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + static_cast<int>(std::lround(shift.x())));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(std::lround(shift.y())));
    placeEditor();
    emit zoomChanged(target);
}

void CanvasView::setZoom(double target) { zoomAt(viewport()->rect().center(), target / zoom()); }

void CanvasView::fitAll()
{
    const QRectF content = m_scene->contentRect().adjusted(-30, -30, 30, 30);
    if (m_scene->contentRect().isEmpty())
        return;
    const QSizeF room = viewport()->size();
    const double fit = std::min(room.width() / content.width(), room.height() / content.height());
    const double target = std::clamp(fit, smallestZoom, 1.0);
    setTransform(QTransform::fromScale(target, target));
    updateSceneRect();
    centerOn(content.center());
    placeEditor();
    emit zoomChanged(target);
}

/// Room around the drawing, so that any part of it can be brought to the middle.
void CanvasView::updateSceneRect()
{
    if (m_tool->isBusy())
        return;
    const QSizeF room = QSizeF(viewport()->size()) / zoom();
    const QRectF content = m_scene->contentRect();
    setSceneRect(content.adjusted(-room.width() * 0.8, -room.height() * 0.8, room.width() * 0.8, room.height() * 0.8));
}

void CanvasView::reveal(EntityId entity)
{
    document().select({entity});
    if (const NodeItem *item = m_scene->nodeItem(entity)) {
        if (zoom() < 0.5)
            setZoom(0.8);
        ensureVisible(item->box(), 60, 60);
    }
}

void CanvasView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    m_toolBar->setGeometry(viewport()->x(), 0, viewport()->width(), viewport()->y());
    updateSceneRect();
    placeEditor();
}

void CanvasView::changeEvent(QEvent *event)
{
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

void CanvasView::drawBackground(QPainter *painter, const QRectF &rect)
{
    painter->fillRect(rect, theme().canvas);
    if (zoom() < 0.6)
        return;
    constexpr double step = 20;
    QPen pen(theme().grid, 2);
    pen.setCosmetic(true);
    painter->setPen(pen);
    QList<QPointF> dots;
    for (double x = std::floor(rect.left() / step) * step; x < rect.right(); x += step) {
        for (double y = std::floor(rect.top() / step) * step; y < rect.bottom(); y += step)
            dots << QPointF(x, y);
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->drawPoints(dots.constData(), static_cast<int>(dots.size()));
    painter->setRenderHint(QPainter::Antialiasing);
}

void CanvasView::drawForeground(QPainter *painter, const QRectF &)
{
    if (m_scene->isEmpty()) {
        painter->save();
        painter->resetTransform();
        painter->setPen(theme().muted);
        painter->drawText(viewport()->rect(), Qt::AlignCenter,
                          tr("This diagram is empty. Press T and click to add an entity."));
        painter->restore();
    }
    m_tool->paint(*painter);
}

/// What a screen reader says of the selection.
void CanvasView::announce()
{
    updateActions();
    QString text;
    const auto &selection = document().selection();
    if (selection.size() == 1) {
        if (const NodeItem *item = m_scene->nodeItem(currentEntity())) {
            text = spokenName(item->figure());
            if (const auto *attribute = std::get_if<AttributeRef>(&selection.front())) {
                const int row = item->figure().rowOf(attribute->attribute);
                if (row >= 0)
                    text = item->figure().rows[static_cast<std::size_t>(row)].name + QStringLiteral(", ") + text;
            }
        }
    } else if (!selection.empty()) {
        text = tr("%n elements selected", nullptr, static_cast<int>(selection.size()));
    }
    setAccessibleDescription(text);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

} // namespace ui
