// Commands and menus of a record view.

#include "ui/records/view/record_view.h"

#include "ui/base/icons.h"
#include "ui/base/value_text.h"
#include "ui/records/grid/grid_header.h"
#include "ui/records/view/filter_editor.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QToolBar>
#include <QToolButton>
#include <QWidgetAction>

#include <algorithm>

namespace ui::records {

QAction *RecordView::addCommand(const QString &iconName, const QString &text, const QKeySequence &keys,
                                std::function<void()> act, bool onToolBar)
{
    auto *action = new QAction(iconName.isEmpty() ? QIcon() : icon(iconName), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(keys.isEmpty() ? text
                                      : QStringLiteral("%1 (%2)").arg(text, keys.toString(QKeySequence::NativeText)));
    connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
    addAction(action);
    if (onToolBar)
        m_toolBar->addAction(action);
    return action;
}

void RecordView::makeActions()
{
    ChangeSet &changes = m_connection.changes();
    const auto name = [](const char16_t *text) { return QString(QStringView(text).toString()); };
    addCommand(name(u"refresh-cw"), tr("Refresh"), QKeySequence::Refresh, [this] { refresh(); });
    addCommand(name(u"funnel"), tr("Sort or filter this column…"), QKeySequence(Qt::CTRL | Qt::Key_F), [this] {
        const int column = m_grid->logicalColumn(std::max(0, m_grid->current().column));
        const GridHeader &header = m_grid->header();
        columnMenu(column, header.mapToGlobal(QPoint(header.sectionViewportPosition(column), header.height())));
    });
    m_toolBar->addSeparator();
    m_editing.push_back(
        addCommand(name(u"plus"), tr("New row"), QKeySequence(Qt::CTRL | Qt::Key_I), [this] { m_grid->insertRow(); }));
    m_editing.push_back(addCommand(name(u"copy-plus"), tr("Duplicate rows"), QKeySequence(Qt::CTRL | Qt::Key_D),
                                   [this] { m_grid->duplicateRows(); }));
    m_editing.push_back(addCommand(name(u"trash-2"), tr("Delete rows"), QKeySequence(Qt::Key_Delete),
                                   [this] { m_grid->deleteRows(); }));
    m_editing.push_back(addCommand(name(u"circle-x"), tr("Set NULL"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N),
                                   [this] { m_grid->setNull(); }));
    m_editing.push_back(addCommand(name(u"rotate-ccw"), tr("Revert rows"),
                                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R),
                                   [this] { m_grid->revertSelection(); }));
    m_toolBar->addSeparator();
    m_undo = addCommand(name(u"undo-2"), tr("Undo"), QKeySequence(Qt::CTRL | Qt::Key_Z), [this, &changes] {
        if (m_grid->commitOpenEditor() && !changes.isLocked())
            changes.undoStack().undo();
    });
    m_redo = addCommand(name(u"redo-2"), tr("Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), [this, &changes] {
        if (m_grid->commitOpenEditor() && !changes.isLocked())
            changes.undoStack().redo();
    });
    m_toolBar->addSeparator();
    m_commit =
        addCommand(name(u"check"), tr("Commit"), QKeySequence(Qt::CTRL | Qt::Key_S), [this] { m_connection.commit(); });
    m_rollback = addCommand(name(u"ban"), tr("Roll back"), {}, [this] { m_connection.rollback(); });
    for (QAction *action : {m_commit, m_rollback}) // what they do is too much for a picture
        if (auto *button = qobject_cast<QToolButton *>(m_toolBar->widgetForAction(action)))
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    addCommand(
        name(u"copy"), tr("Copy with column names"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
        [this] {
            if (!m_grid->copySelection(true))
                tell(tr("Only rows in memory can be copied; this selection reaches beyond them."));
        },
        false);
    m_editing.push_back(addCommand(
        name(u"clipboard-paste"), tr("Paste"), QKeySequence::Paste,
        [this] { m_grid->pasteText(QApplication::clipboard()->text()); }, false));
    addCommand(
        name(u"filter"), tr("Filter by this value"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
        [this] { filterByCell(true); }, false);
    addCommand(
        name(u"filter-x"), tr("Clear filters"), {}, [this] { setFilters({}); }, false);
    connect(&changes.undoStack(), &QUndoStack::canUndoChanged, this, &RecordView::updateActions);
    connect(&changes.undoStack(), &QUndoStack::canRedoChanged, this, &RecordView::updateActions);
}

void RecordView::updateActions()
{
    ChangeSet &changes = m_connection.changes();
    const bool free = !changes.isLocked();
    const RowKeyShape shape = rowKeyShape(m_table, m_connection.engine()->dialect().capabilities());
    for (QAction *action : m_editing)
        action->setEnabled(free && shape.paged());
    m_undo->setEnabled(free && changes.undoStack().canUndo());
    m_redo->setEnabled(free && changes.undoStack().canRedo());
    // An open editor may hold the first change.
    m_commit->setEnabled(free && (!changes.isEmpty() || m_grid->isEditing()));
    m_rollback->setEnabled(free && !changes.isEmpty());
}

void RecordView::requestSort(int column, bool add)
{
    const orm::Column *clicked = m_model.columns()[static_cast<std::size_t>(column)];
    const orm::Capabilities &capabilities = m_connection.engine()->dialect().capabilities();
    std::vector<SortKey> sort = m_sort;
    const auto found =
        std::find_if(sort.begin(), sort.end(), [clicked](const SortKey &key) { return key.column == clicked; });
    std::optional<SortKey> next = naturalSort(*clicked, false, capabilities);
    if (found != sort.end())
        next = found->descending ? std::nullopt : std::optional(naturalSort(*clicked, true, capabilities));
    if (!add)
        sort = next ? std::vector{*next} : std::vector<SortKey>{};
    else if (found == sort.end())
        sort.push_back(*next);
    else if (next)
        *found = *next;
    else
        sort.erase(found);
    setSort(std::move(sort));
}

void RecordView::addFilterEntries(QMenu &menu, int column)
{
    const orm::Column *definition = m_model.columns()[static_cast<std::size_t>(column)];
    const auto now = std::find_if(m_filters.begin(), m_filters.end(),
                                  [definition](const ColumnFilter &filter) { return filter.column == definition; });
    auto *editor =
        new FilterEditor(*definition, now == m_filters.end() ? std::nullopt : std::optional<ColumnFilter>(*now));
    auto *action = new QWidgetAction(&menu);
    action->setDefaultWidget(editor);
    menu.addAction(action);
    connect(editor, &FilterEditor::accepted, this, [this, &menu](const ColumnFilter &filter) {
        menu.close();
        addFilter(filter);
    });
}

void RecordView::columnMenu(int column, const QPoint &position)
{
    const orm::Column *clicked = m_model.columns()[static_cast<std::size_t>(column)];
    const orm::Capabilities &capabilities = m_connection.engine()->dialect().capabilities();
    QMenu menu(this);
    menu.addAction(icon(QStringLiteral("arrow-up")), tr("Sort ascending"), this,
                   [=, this, &capabilities] { setSort({naturalSort(*clicked, false, capabilities)}); });
    menu.addAction(icon(QStringLiteral("arrow-down")), tr("Sort descending"), this,
                   [=, this, &capabilities] { setSort({naturalSort(*clicked, true, capabilities)}); });
    if (!m_sort.empty())
        menu.addAction(tr("Default order"), this, [this] { setSort({}); });
    menu.addSeparator();
    addFilterEntries(menu, column);
    const auto isOnIt = [clicked](const ColumnFilter &filter) { return filter.column == clicked; };
    if (std::any_of(m_filters.begin(), m_filters.end(), isOnIt)) {
        menu.addAction(icon(QStringLiteral("funnel-x")), tr("Clear this filter"), this, [this, isOnIt] {
            std::vector<ColumnFilter> filters = m_filters;
            std::erase_if(filters, isOnIt);
            setFilters(std::move(filters));
        });
    }
    menu.exec(position);
}

void RecordView::addFilter(const ColumnFilter &filter)
{
    std::vector<ColumnFilter> filters = m_filters;
    const auto same = std::find_if(filters.begin(), filters.end(),
                                   [&filter](const ColumnFilter &other) { return other.column == filter.column; });
    if (same != filters.end())
        *same = filter;
    else
        filters.push_back(filter);
    setFilters(std::move(filters));
}

void RecordView::filterByCell(bool equal)
{
    const CellPosition current = m_grid->current();
    if (!current.isValid() || !m_model.isLoaded(current.place))
        return;
    const int column = m_grid->logicalColumn(current.column);
    const ShownCell shown = m_model.cell(current.place, column);
    if (shown.value == nullptr || shown.newParent != 0 || shown.length != Cell::kWhole) {
        tell(tr("This value cannot be filtered by: it is not whole in memory."));
        return;
    }
    const orm::Column *definition = m_model.columns()[static_cast<std::size_t>(column)];
    const bool null = shown.value->isNull();
    ColumnFilter filter{definition, equal ? FilterOperator::Equal : FilterOperator::NotEqual, {*shown.value}};
    if (null)
        filter = {definition, equal ? FilterOperator::IsNull : FilterOperator::IsNotNull, {}};
    addFilter(filter);
}

void RecordView::cellMenu(const QPoint &position)
{
    const CellPosition current = m_grid->current();
    if (!current.isValid())
        return;
    const int column = m_grid->logicalColumn(current.column);
    QMenu menu(this);
    if (const ParentLink *link = m_labels.link(*m_model.columns()[static_cast<std::size_t>(column)])) {
        menu.addAction(icon(QStringLiteral("link")),
                       tr("Go to %1").arg(fromUtf8(link->parent().name().name).replace(u'&', QStringLiteral("&&"))),
                       this, [this, current, column] { goToParent(current.place, column); });
        menu.addSeparator();
    }
    menu.addAction(icon(QStringLiteral("funnel")), tr("Only rows with this value"), this,
                   [this] { filterByCell(true); });
    menu.addAction(tr("Without this value"), this, [this] { filterByCell(false); });
    menu.addSeparator();
    menu.addAction(icon(QStringLiteral("copy")), tr("Copy"), this, [this] {
        if (!m_grid->copySelection(false))
            tell(tr("Only rows in memory can be copied; this selection reaches beyond them."));
    });
    const auto row = m_model.address(current.place);
    const std::size_t index = m_model.columns()[static_cast<std::size_t>(column)]->index;
    const RowChange *change = row ? m_connection.changes().find(*row) : nullptr;
    if (change != nullptr && change->kind != ChangeKind::Delete && change->cells.contains(index)) {
        menu.addAction(icon(QStringLiteral("rotate-ccw")),
                       change->kind == ChangeKind::Insert ? tr("Leave it to the database") : tr("Revert this cell"),
                       this, [this, row, index] { m_connection.changes().revertCell(*row, index); });
    }
    for (QAction *action : actions()) {
        if (std::find(m_editing.begin(), m_editing.end(), action) != m_editing.end())
            menu.addAction(action);
    }
    menu.exec(position);
}

void RecordView::goToParent(std::int64_t place, int column)
{
    const orm::Column &child = *m_model.columns()[static_cast<std::size_t>(column)];
    const ParentLink *link = m_labels.link(child);
    const ParentKey key = m_model.parentKey(place, column);
    if (link == nullptr || !isWhole(key))
        return;
    std::vector<ColumnFilter> row{{link->key, FilterOperator::Equal, {key.front()}}};
    for (std::size_t i = 0; i < link->rest.size(); ++i)
        row.push_back({link->rest[i].key, FilterOperator::Equal, {key[i + 1]}});
    emit parentRequested(row);
}

} // namespace ui::records
