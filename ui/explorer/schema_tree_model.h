#pragma once

#include "ormcore/schema/metadata.h"

#include <QAbstractItemModel>
#include <QString>

#include <memory>
#include <vector>

namespace ui {

enum class ConnectionState { Closed, Connecting, Open, Failed };

/// The tree of connections: each with its tables, views and virtual tables, each of these with columns, keys, indexes
/// and triggers. Children are made when a branch is first asked for, so thousands of tables cost nothing before.
///
/// Thread: the UI's. The MetaData is shared and read only.
class SchemaTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum class Kind { Connection, Group, Table, View, Virtual, Column, Key, Index, Trigger, Note };
    enum Role { KindRole = Qt::UserRole, ConnectionRole, SchemaRole, TableRole, DefinitionRole };

    explicit SchemaTreeModel(QObject *parent = nullptr);
    ~SchemaTreeModel() override;

    void addConnection(const QString &id, const QString &title);
    void removeConnection(const QString &id);
    void setState(const QString &id, ConnectionState state, const QString &message);
    void setSchema(const QString &id, std::shared_ptr<const orm::MetaData> metadata);
    [[nodiscard]] QModelIndex connection(const QString &id) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Node;
    [[nodiscard]] Node *node(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const Node *node) const;
    [[nodiscard]] Node *find(const QString &id) const;
    [[nodiscard]] static std::unique_ptr<Node> makeGroup(const orm::MetaData &metadata, orm::TableKind kind,
                                                         Kind nodeKind, const QString &title, const QString &iconName);
    static void makeChildren(Node &above);
    void replaceChildren(Node *parent, std::vector<std::unique_ptr<Node>> children);

    std::vector<std::unique_ptr<Node>> m_connections;
};

} // namespace ui
