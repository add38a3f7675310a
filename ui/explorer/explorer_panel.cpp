#include "ui/explorer/explorer_panel.h"

#include "ui/base/empty_state.h"
#include "ui/base/icons.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

namespace {

// Tables by name, groups where one of theirs is left, the rest always. Looks at no table's columns: they need not exist
// before their table is opened.
class NameFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        using Kind = SchemaTreeModel::Kind;
        switch (static_cast<Kind>(index.data(SchemaTreeModel::KindRole).toInt())) {
        case Kind::Table:
        case Kind::View:
        case Kind::Virtual:
            return QSortFilterProxyModel::filterAcceptsRow(row, parent);
        case Kind::Group:
            for (int child = 0; child < sourceModel()->rowCount(index); ++child) {
                if (filterAcceptsRow(child, index))
                    return true;
            }
            return false;
        default:
            return true;
        }
    }
};

} // namespace

ExplorerPanel::ExplorerPanel(QWidget *parent)
    : QWidget(parent),
      m_model(new SchemaTreeModel(this)),
      m_filtered(new NameFilter(this)),
      m_filter(new QLineEdit(this)),
      m_tree(new QTreeView(this)),
      m_stack(new QStackedWidget(this))
{
    setAccessibleName(tr("Explorer"));
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setFilterRole(Qt::EditRole);

    m_filter->setPlaceholderText(tr("Filter tables"));
    m_filter->setAccessibleName(tr("Filter tables"));
    m_filter->setToolTip(tr("Show only tables whose name has this text"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    connect(m_filter, &QLineEdit::textChanged, this, &ExplorerPanel::filter);

    m_tree->setModel(m_filtered);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setAccessibleName(tr("Connections and tables"));
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setExpandsOnDoubleClick(false);
    connect(m_tree, &QTreeView::activated, this, &ExplorerPanel::activate);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &ExplorerPanel::updateActions);

    auto *empty = new EmptyState(QStringLiteral("database"), tr("Databases that you open stand here."),
                                 tr("Open a database…"), this);
    connect(empty, &EmptyState::activated, this, &ExplorerPanel::openDatabaseRequested);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_tree);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 0);
    layout->setSpacing(4);
    layout->addWidget(m_filter);
    layout->addWidget(m_stack);

    m_openRows = addAction(QStringLiteral("rows-3"), tr("Open rows"), Qt::CTRL | Qt::Key_Return);
    m_showInDiagram = addAction(QStringLiteral("network"), tr("Show in diagram"), {});
    m_showDdl = addAction(QStringLiteral("code"), tr("Show DDL"), {});
    m_copyName = addAction(QStringLiteral("copy"), tr("Copy name"), QKeySequence::Copy);
    m_connect = addAction(QStringLiteral("plug"), tr("Connect"), {});
    m_disconnect = addAction(QStringLiteral("unplug"), tr("Disconnect"), {});
    connectActions();
    updateActions();
}

QAction *ExplorerPanel::addAction(const QString &iconName, const QString &text, const QKeySequence &shortcut)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetShortcut);
    action->setToolTip(shortcut.isEmpty() ? text
                                          : text + QStringLiteral(" (") + shortcut.toString(QKeySequence::NativeText) +
                                                QLatin1Char(')'));
    m_tree->addAction(action);
    return action;
}

void ExplorerPanel::connectActions()
{
    using Request = void (ExplorerPanel::*)(const QString &, const QString &, const QString &);
    const auto request = [this](QAction *action, Request signal) {
        connect(action, &QAction::triggered, this, [this, signal] {
            emit(this->*signal)(value(SchemaTreeModel::ConnectionRole), value(SchemaTreeModel::SchemaRole),
                                value(SchemaTreeModel::TableRole));
        });
    };
    request(m_openRows, &ExplorerPanel::openRowsRequested);
    request(m_showInDiagram, &ExplorerPanel::showInDiagramRequested);
    request(m_showDdl, &ExplorerPanel::ddlRequested);
    connect(m_copyName, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(value(Qt::EditRole)); });
    connect(m_connect, &QAction::triggered, this,
            [this] { emit connectRequested(value(SchemaTreeModel::ConnectionRole)); });
    connect(m_disconnect, &QAction::triggered, this,
            [this] { emit disconnectRequested(value(SchemaTreeModel::ConnectionRole)); });
}

QList<QAction *> ExplorerPanel::actions() const
{
    return {m_openRows, m_showInDiagram, m_showDdl, m_copyName, m_connect, m_disconnect};
}

QString ExplorerPanel::value(int role) const { return m_tree->currentIndex().data(role).toString(); }

void ExplorerPanel::updateActions()
{
    const bool table = !value(SchemaTreeModel::TableRole).isEmpty();
    const bool any = m_tree->currentIndex().isValid();
    for (QAction *action : {m_openRows, m_showInDiagram, m_showDdl})
        action->setEnabled(table);
    for (QAction *action : {m_copyName, m_connect, m_disconnect})
        action->setEnabled(any);
}

void ExplorerPanel::activate(const QModelIndex &index)
{
    const auto kind = static_cast<SchemaTreeModel::Kind>(index.data(SchemaTreeModel::KindRole).toInt());
    using Kind = SchemaTreeModel::Kind;
    if (kind == Kind::Table || kind == Kind::View || kind == Kind::Virtual)
        m_openRows->trigger();
    else if (kind == Kind::Connection && !m_model->hasChildren(m_filtered->mapToSource(index)))
        m_connect->trigger();
    else
        m_tree->setExpanded(index, !m_tree->isExpanded(index));
}

void ExplorerPanel::filter(const QString &text)
{
    m_filtered->setFilterFixedString(text);
    if (text.isEmpty())
        return;
    for (int row = 0; row < m_filtered->rowCount(); ++row) {
        const QModelIndex connection = m_filtered->index(row, 0);
        m_tree->expand(connection);
        for (int group = 0; group < m_filtered->rowCount(connection); ++group)
            m_tree->expand(m_filtered->index(group, 0, connection));
    }
}

void ExplorerPanel::addConnection(const QString &id, const QString &title)
{
    m_model->addConnection(id, title);
    m_stack->setCurrentWidget(m_tree);
    m_tree->setCurrentIndex(m_filtered->mapFromSource(m_model->connection(id)));
}

void ExplorerPanel::setSchema(const QString &id, std::shared_ptr<const orm::MetaData> metadata)
{
    m_model->setSchema(id, std::move(metadata));
    const QModelIndex connection = m_filtered->mapFromSource(m_model->connection(id));
    m_tree->expand(connection);
    if (m_filtered->rowCount(connection) > 0)
        m_tree->expand(m_filtered->index(0, 0, connection));
    updateActions();
}

void ExplorerPanel::setState(const QString &id, ConnectionState state, const QString &message)
{
    m_model->setState(id, state, message);
}

void ExplorerPanel::removeConnection(const QString &id)
{
    m_model->removeConnection(id);
    if (m_model->rowCount() == 0)
        m_stack->setCurrentIndex(0);
}

} // namespace ui
