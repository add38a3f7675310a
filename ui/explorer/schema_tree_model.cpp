#include "ui/explorer/schema_tree_model.h"

#include "ui/base/icons.h"
#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <algorithm>
#include <utility>

namespace ui {

struct SchemaTreeModel::Node {
    Kind kind = Kind::Note;
    Node *parent = nullptr;
    QString text;
    QString detail;     ///< muted, behind the text
    QString definition; ///< a trigger's
    QString iconName;
    const orm::Table *table = nullptr;
    std::vector<std::unique_ptr<Node>> children;
    bool lazy = false; ///< children are still to be made

    // connections only
    QString id;
    ConnectionState state = ConnectionState::Closed;
    QString message;
    std::shared_ptr<const orm::MetaData> metadata;

    [[nodiscard]] const Node *connection() const
    {
        const Node *node = this;
        while (node->parent != nullptr)
            node = node->parent;
        return node;
    }
};

namespace {

using Kind = SchemaTreeModel::Kind;

QString joined(const std::vector<std::string> &names)
{
    QStringList list;
    for (const std::string &name : names)
        list.append(fromUtf8(name));
    return list.join(QStringLiteral(", "));
}

QString typeText(const orm::Column &column)
{
    QString text = fromUtf8(column.type.native.empty() ? column.type.toString() : column.type.native);
    if (!column.nullable)
        text += QStringLiteral(" NOT NULL");
    return text;
}

} // namespace

SchemaTreeModel::SchemaTreeModel(QObject *parent) : QAbstractItemModel(parent) {}
SchemaTreeModel::~SchemaTreeModel() = default;

SchemaTreeModel::Node *SchemaTreeModel::node(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : nullptr;
}

QModelIndex SchemaTreeModel::indexOf(const Node *node) const
{
    const auto &siblings = node->parent == nullptr ? m_connections : node->parent->children;
    const auto found =
        std::find_if(siblings.begin(), siblings.end(), [node](const auto &other) { return other.get() == node; });
    return createIndex(static_cast<int>(found - siblings.begin()), 0, node);
}

SchemaTreeModel::Node *SchemaTreeModel::find(const QString &id) const
{
    const auto found = std::find_if(m_connections.begin(), m_connections.end(),
                                    [&id](const auto &connection) { return connection->id == id; });
    return found == m_connections.end() ? nullptr : found->get();
}

QModelIndex SchemaTreeModel::connection(const QString &id) const
{
    const Node *found = find(id);
    return found == nullptr ? QModelIndex() : indexOf(found);
}

void SchemaTreeModel::addConnection(const QString &id, const QString &title)
{
    if (find(id) != nullptr)
        return;
    const int row = static_cast<int>(m_connections.size());
    beginInsertRows({}, row, row);
    auto added = std::make_unique<Node>();
    added->kind = Kind::Connection;
    added->id = id;
    added->text = title;
    added->iconName = QStringLiteral("database");
    m_connections.push_back(std::move(added));
    endInsertRows();
}

void SchemaTreeModel::removeConnection(const QString &id)
{
    const QModelIndex index = connection(id);
    if (!index.isValid())
        return;
    beginRemoveRows({}, index.row(), index.row());
    m_connections.erase(m_connections.begin() + index.row());
    endRemoveRows();
}

void SchemaTreeModel::setState(const QString &id, ConnectionState state, const QString &message)
{
    Node *found = find(id);
    if (found == nullptr)
        return;
    found->state = state;
    found->message = message;
    if (state == ConnectionState::Closed)
        setSchema(id, nullptr);
    emit dataChanged(indexOf(found), indexOf(found));
}

void SchemaTreeModel::replaceChildren(Node *parent, std::vector<std::unique_ptr<Node>> children)
{
    const QModelIndex index = indexOf(parent);
    if (!parent->children.empty()) {
        beginRemoveRows(index, 0, static_cast<int>(parent->children.size()) - 1);
        parent->children.clear();
        endRemoveRows();
    }
    if (children.empty())
        return;
    beginInsertRows(index, 0, static_cast<int>(children.size()) - 1);
    for (auto &child : children)
        child->parent = parent;
    parent->children = std::move(children);
    endInsertRows();
}

void SchemaTreeModel::setSchema(const QString &id, std::shared_ptr<const orm::MetaData> metadata)
{
    Node *found = find(id);
    if (found == nullptr)
        return;
    std::vector<std::unique_ptr<Node>> children;
    if (metadata) {
        const auto add = [&](std::unique_ptr<Node> group) {
            if (!group->children.empty())
                children.push_back(std::move(group));
        };
        add(makeGroup(*metadata, orm::TableKind::Table, Kind::Table, tr("Tables"), QStringLiteral("table")));
        add(makeGroup(*metadata, orm::TableKind::View, Kind::View, tr("Views"), QStringLiteral("eye")));
        add(makeGroup(*metadata, orm::TableKind::Virtual, Kind::Virtual, tr("Virtual tables"),
                      QStringLiteral("layers")));
        if (children.empty()) {
            auto note = std::make_unique<Node>();
            note->text = tr("This database has no tables yet.");
            children.push_back(std::move(note));
        }
    }
    // The old tables live until their branches are gone; the new ones are there when the first view asks.
    const auto old = std::exchange(found->metadata, std::move(metadata));
    replaceChildren(found, std::move(children));
}

std::unique_ptr<SchemaTreeModel::Node> SchemaTreeModel::makeGroup(const orm::MetaData &metadata, orm::TableKind kind,
                                                                  Kind nodeKind, const QString &title,
                                                                  const QString &iconName)
{
    auto group = std::make_unique<Node>();
    group->kind = Kind::Group;
    group->text = title;
    group->iconName = QStringLiteral("folder");
    for (const auto &table : metadata.tables()) {
        if (table->kind() != kind)
            continue;
        auto leaf = std::make_unique<Node>();
        leaf->kind = nodeKind;
        leaf->parent = group.get();
        leaf->text = fromUtf8(table->name().toString());
        leaf->iconName = iconName;
        leaf->table = table.get();
        leaf->lazy = true;
        group->children.push_back(std::move(leaf));
    }
    std::sort(group->children.begin(), group->children.end(),
              [](const auto &a, const auto &b) { return a->text.compare(b->text, Qt::CaseInsensitive) < 0; });
    group->detail = QString::number(group->children.size());
    return group;
}

QModelIndex SchemaTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    Node *above = node(parent);
    if (above != nullptr)
        makeChildren(*above);
    const auto &children = above == nullptr ? m_connections : above->children;
    if (row < 0 || column != 0 || row >= static_cast<int>(children.size()))
        return {};
    return createIndex(row, 0, children[static_cast<std::size_t>(row)].get());
}

QModelIndex SchemaTreeModel::parent(const QModelIndex &index) const
{
    const Node *child = node(index);
    return child == nullptr || child->parent == nullptr ? QModelIndex() : indexOf(child->parent);
}

int SchemaTreeModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    Node *above = node(parent);
    if (above != nullptr)
        makeChildren(*above);
    return static_cast<int>(above == nullptr ? m_connections.size() : above->children.size());
}

int SchemaTreeModel::columnCount(const QModelIndex &) const { return 1; }

bool SchemaTreeModel::hasChildren(const QModelIndex &parent) const
{
    const Node *above = node(parent);
    return above == nullptr ? !m_connections.empty() : above->lazy || !above->children.empty();
}

// Whoever asks for a branch's rows makes them: no row of it was known before, so no signal is due.
void SchemaTreeModel::makeChildren(Node &above)
{
    if (!above.lazy)
        return;
    above.lazy = false;
    const auto add = [&](Kind kind, const QString &text, const QString &detail, const QString &iconName) {
        auto child = std::make_unique<Node>();
        child->kind = kind;
        child->text = text;
        child->detail = detail;
        child->iconName = iconName;
        child->table = above.table;
        child->parent = &above;
        above.children.push_back(std::move(child));
        return above.children.back().get();
    };
    const orm::Table &table = *above.table;
    for (const auto &column : table.columns())
        add(Kind::Column, fromUtf8(column->name), typeText(*column),
            column->primaryKey ? QStringLiteral("key-round") : QStringLiteral("columns-2"));
    for (const orm::UniqueConstraint &unique : table.uniques)
        add(Kind::Key, tr("unique (%1)").arg(joined(unique.columns)), fromUtf8(unique.name), QStringLiteral("key"));
    for (const orm::ForeignKey &key : table.foreignKeys)
        add(Kind::Key, tr("%1 → %2").arg(joined(key.columns), fromUtf8(key.target.toString())), fromUtf8(key.name),
            QStringLiteral("link"));
    for (const orm::Index &entry : table.indexes) {
        QStringList parts;
        for (const orm::IndexPart &part : entry.parts)
            parts.append(fromUtf8(part.column.empty() ? part.expression.sql : part.column));
        const QString list = parts.join(QStringLiteral(", "));
        add(Kind::Index, fromUtf8(entry.name), entry.unique ? tr("unique (%1)").arg(list) : tr("(%1)").arg(list),
            QStringLiteral("list-ordered"));
    }
    for (const orm::Trigger &trigger : above.connection()->metadata->triggers) {
        if (trigger.table == table.name())
            add(Kind::Trigger, fromUtf8(trigger.name.name), tr("trigger"), QStringLiteral("zap"))->definition =
                fromUtf8(trigger.definition.sql);
    }
}

QVariant SchemaTreeModel::data(const QModelIndex &index, int role) const
{
    const Node *item = node(index);
    if (item == nullptr)
        return {};
    const bool showsTable = item->table != nullptr;
    switch (role) {
    case Qt::DisplayRole:
        return item->detail.isEmpty() ? item->text : item->text + QStringLiteral("  ") + item->detail;
    case Qt::EditRole:
        return item->text;
    case Qt::AccessibleTextRole:
        return item->detail.isEmpty() ? item->text : item->text + QStringLiteral(", ") + item->detail;
    case Qt::ToolTipRole:
        return item->message.isEmpty() ? item->text : item->message;
    case Qt::DecorationRole: {
        if (item->kind == Kind::Connection && item->state == ConnectionState::Failed)
            return icon(QStringLiteral("circle-alert"));
        if (item->kind == Kind::Connection && item->state == ConnectionState::Connecting)
            return icon(QStringLiteral("loader"));
        return item->iconName.isEmpty() ? QVariant() : QVariant(icon(item->iconName));
    }
    case Qt::ForegroundRole:
        return item->kind == Kind::Note ? QVariant(theme().muted) : QVariant();
    case KindRole:
        return static_cast<int>(item->kind);
    case ConnectionRole:
        return item->connection()->id;
    case SchemaRole:
        return showsTable ? QVariant(fromUtf8(item->table->name().schema)) : QVariant();
    case TableRole:
        return showsTable ? QVariant(fromUtf8(item->table->name().name)) : QVariant();
    case DefinitionRole:
        return item->definition;
    default:
        return {};
    }
}

} // namespace ui
