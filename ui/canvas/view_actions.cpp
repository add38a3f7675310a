#include "ui/base/icons.h"
#include "ui/canvas/view.h"

#include <QAction>
#include <QActionGroup>
#include <QContextMenuEvent>
#include <QMenu>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>

namespace ui {

using namespace canvas;
using namespace orm::model;

QAction *CanvasView::makeAction(const QString &objectName, const QString &text, const QString &iconName,
                                const QList<QKeySequence> &shortcuts, const QString &tip, std::function<void()> act)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setObjectName(objectName);
    action->setShortcuts(shortcuts);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const QString keys = shortcuts.isEmpty() ? QString() : shortcuts.front().toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? tip : tr("%1 (%2)").arg(tip, keys));
    action->setStatusTip(tip);
    connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
    addAction(action);
    m_actions[objectName] = action;
    return action;
}

void CanvasView::makeActions()
{
    makeToolActions();
    makeEditActions();
    makeViewActions();
    makeToolBar();
    auto *escapeAction = new QAction(this); // no menu shows it
    escapeAction->setShortcut(Qt::Key_Escape);
    escapeAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(escapeAction, &QAction::triggered, this, &CanvasView::escape);
    addAction(escapeAction);
}

/// Above the diagram; the viewport makes room for it.
void CanvasView::makeToolBar()
{
    constexpr int kIcon = 16;
    m_toolBar->setIconSize({kIcon, kIcon});
    m_toolBar->setAutoFillBackground(true);
    for (QAction *tool : m_toolActions) {
        m_toolBar->addAction(tool);
        if (auto *button = qobject_cast<QToolButton *>(m_toolBar->widgetForAction(tool)))
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    for (const char *name : {"-", "canvas.addAttribute", "canvas.rename", "canvas.delete", "-", "canvas.zoomOut",
                             "canvas.zoomIn", "canvas.fit", "canvas.layOut"}) {
        if (*name == '-')
            m_toolBar->addSeparator();
        else
            m_toolBar->addAction(m_actions.at(QString::fromLatin1(name)));
    }
    setViewportMargins(0, m_toolBar->sizeHint().height(), 0, 0);
}

void CanvasView::makeToolActions()
{
    auto *group = new QActionGroup(this);
    const auto add = [&](ToolKind kind, const QString &name, const QString &text, const QString &iconName,
                         const QKeySequence &key, const QString &tip) {
        QAction *action = makeAction(name, text, iconName, {key}, tip, [this, kind] { setTool(kind); });
        action->setIconText(text.section(u' ', 0, kind == ToolKind::Entity ? -1 : 0)); // "1:N"
        action->setCheckable(true);
        group->addAction(action);
        m_toolActions.push_back(action);
    };
    add(ToolKind::Select, QStringLiteral("canvas.select"), tr("Select"), QStringLiteral("mouse-pointer-2"), Qt::Key_V,
        tr("Select, move, and drag from attribute to attribute for a foreign key"));
    add(ToolKind::Entity, QStringLiteral("canvas.entity"), tr("New entity"), QStringLiteral("square-plus"), Qt::Key_T,
        tr("Click where a new entity is to stand"));
    add(ToolKind::OneToOne, QStringLiteral("canvas.oneToOne"), tr("1:1 relationship"), QStringLiteral("minus"),
        Qt::Key_1, tr("1:1 relationship: click the parent, then the child"));
    add(ToolKind::OneToMany, QStringLiteral("canvas.oneToMany"), tr("1:N relationship"), QStringLiteral("git-branch"),
        Qt::Key_2, tr("1:N relationship: click the parent, then the child"));
    add(ToolKind::ManyToMany, QStringLiteral("canvas.manyToMany"), tr("N:N relationship"), QStringLiteral("workflow"),
        Qt::Key_3, tr("N:N relationship: click both entities; a junction table comes between"));
    m_toolActions.front()->setChecked(true);
    m_groups.push_back({tr("Tools"), m_toolActions});
}

void CanvasView::makeEditActions()
{
    std::vector<QAction *> actions;
    actions.push_back(makeAction(
        QStringLiteral("canvas.addAttribute"), tr("Add attribute"), QStringLiteral("between-horizontal-end"),
        {QKeySequence(Qt::Key_Insert), QKeySequence(Qt::ALT | Qt::Key_Return), QKeySequence(Qt::ALT | Qt::Key_Enter)},
        tr("Add an attribute to the selected entity: type its name and type"), [this] { addAttributeInline(); }));
    actions.push_back(makeAction(QStringLiteral("canvas.rename"), tr("Rename"), QStringLiteral("pencil"),
                                 {QKeySequence(Qt::Key_F2), QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)},
                                 tr("Rename what is selected, in place"), [this] { renameSelected(); }));
    actions.push_back(makeAction(QStringLiteral("canvas.delete"), tr("Delete"), QStringLiteral("trash-2"),
                                 {QKeySequence(Qt::Key_Delete)}, tr("Delete what is selected from the model"),
                                 [this] { deleteSelected(KeyColumns::Keep); }));
    actions.push_back(makeAction(QStringLiteral("canvas.deleteWithColumns"), tr("Delete with key columns"),
                                 QStringLiteral("unlink"), {QKeySequence(Qt::SHIFT | Qt::Key_Delete)},
                                 tr("Delete relationships and the columns that they were made of"),
                                 [this] { deleteSelected(KeyColumns::Remove); }));
    actions.push_back(makeAction(QStringLiteral("canvas.removeFromDiagram"), tr("Remove from diagram"),
                                 QStringLiteral("eye-off"), {QKeySequence(Qt::CTRL | Qt::Key_Delete)},
                                 tr("Show the selected entities no longer here; the model keeps them"),
                                 [this] { removeSelectedFromDiagram(); }));
    actions.push_back(makeAction(QStringLiteral("canvas.selectAll"), tr("Select all"), QStringLiteral("scan"),
                                 {QKeySequence(QKeySequence::SelectAll)}, tr("Select all entities of this diagram"),
                                 [this] {
                                     std::vector<ElementRef> all;
                                     for (const NodeItem *item : m_scene->nodeItems())
                                         all.emplace_back(item->figure().entity);
                                     document().select(std::move(all));
                                 }));
    actions.push_back(makeAction(QStringLiteral("canvas.openRows"), tr("Open rows"), QStringLiteral("table"),
                                 {QKeySequence(Qt::CTRL | Qt::Key_Return)}, tr("Open the rows of the selected entity"),
                                 [this] {
                                     if (const EntityId entity = currentEntity())
                                         emit openRowsRequested(entity);
                                 }));
    m_groups.push_back({tr("Edit"), actions});
}

void CanvasView::makeViewActions()
{
    std::vector<QAction *> actions;
    actions.push_back(makeAction(QStringLiteral("canvas.fit"), tr("Fit all"), QStringLiteral("maximize"),
                                 {QKeySequence(Qt::CTRL | Qt::Key_0)}, tr("Show the whole diagram"),
                                 [this] { fitAll(); }));
    actions.push_back(makeAction(QStringLiteral("canvas.actualSize"), tr("100 %"), QStringLiteral("scan-search"),
                                 {QKeySequence(Qt::CTRL | Qt::Key_1)}, tr("Show the diagram in its own size"),
                                 [this] { setZoom(1); }));
    actions.push_back(makeAction(QStringLiteral("canvas.zoomIn"), tr("Zoom in"), QStringLiteral("zoom-in"),
                                 {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
                                 tr("Zoom in"), [this] { setZoom(zoom() * 1.25); }));
    actions.push_back(makeAction(QStringLiteral("canvas.zoomOut"), tr("Zoom out"), QStringLiteral("zoom-out"),
                                 {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, tr("Zoom out"),
                                 [this] { setZoom(zoom() / 1.25); }));
    actions.push_back(makeAction(QStringLiteral("canvas.layOut"), tr("Lay out"), QStringLiteral("layout-dashboard"),
                                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)},
                                 tr("Place all entities of this diagram anew; one undo step"), [this] {
                                     m_fitted = false;
                                     m_scene->layOutAll();
                                 }));
    m_groups.push_back({tr("View"), actions});
}

void CanvasView::updateActions()
{
    const auto &selection = document().selection();
    const auto any = [&](auto test) { return std::any_of(selection.begin(), selection.end(), test); };
    const bool entity = any([](const ElementRef &e) { return std::holds_alternative<EntityId>(e); });
    const bool attribute = any([](const ElementRef &e) { return std::holds_alternative<AttributeRef>(e); });
    const bool key = any([](const ElementRef &e) { return std::holds_alternative<ForeignKeyRef>(e); });
    m_actions[QStringLiteral("canvas.addAttribute")]->setEnabled(entity || attribute);
    m_actions[QStringLiteral("canvas.rename")]->setEnabled(entity || attribute);
    m_actions[QStringLiteral("canvas.delete")]->setEnabled(entity || attribute || key);
    m_actions[QStringLiteral("canvas.deleteWithColumns")]->setEnabled(key);
    m_actions[QStringLiteral("canvas.removeFromDiagram")]->setEnabled(entity);
    m_actions[QStringLiteral("canvas.openRows")]->setEnabled(entity || attribute);
}

void CanvasView::escape()
{
    if (m_tool->cancel())
        return;
    if (m_toolKind != ToolKind::Select)
        setTool(ToolKind::Select);
    else
        document().select({});
}

void CanvasView::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint at = event->pos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        if (const NodeItem *item = m_scene->nodeItem(currentEntity()))
            at = mapFromScene(item->box().topLeft() + QPointF(20, 14));
    }
    const Hit hit = m_scene->hitAt(mapToScene(at), zoom());
    const auto &selection = document().selection();
    const auto chooseUnlessSelected = [&](const ElementRef &element) {
        if (std::find(selection.begin(), selection.end(), element) == selection.end())
            document().select({element});
    };
    if (hit.node != nullptr && hit.row >= 0)
        chooseUnlessSelected(AttributeRef{hit.node->figure().entity,
                                          hit.node->figure().rows[static_cast<std::size_t>(hit.row)].attribute});
    else if (hit.node != nullptr)
        chooseUnlessSelected(hit.node->figure().entity);
    else if (hit.edge != nullptr)
        chooseUnlessSelected(ForeignKeyRef{hit.edge->link().child, hit.edge->link().key});
    QMenu menu(this);
    fillMenu(menu, hit);
    menu.exec(viewport()->mapToGlobal(at));
}

void CanvasView::fillMenu(QMenu &menu, const Hit &hit)
{
    const auto add = [&](const char *name) { menu.addAction(m_actions[QLatin1String(name)]); };
    if (hit.node != nullptr) {
        add("canvas.openRows");
        add("canvas.rename");
        add("canvas.addAttribute");
        menu.addSeparator();
        if (hit.row < 0)
            add("canvas.removeFromDiagram");
        add("canvas.delete");
    } else if (hit.edge != nullptr) {
        add("canvas.delete");
        add("canvas.deleteWithColumns");
    } else {
        for (QAction *action : m_groups.front().actions)
            menu.addAction(action);
        menu.addSeparator();
        add("canvas.selectAll");
        menu.addSeparator();
        for (QAction *action : m_groups.back().actions)
            menu.addAction(action);
    }
}

} // namespace ui
