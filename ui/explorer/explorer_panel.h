#pragma once

#include "ui/explorer/schema_tree_model.h"

#include <QList>
#include <QWidget>

#include <memory>

class QAction;
class QLineEdit;
class QSortFilterProxyModel;
class QStackedWidget;
class QTreeView;

namespace ui {

/// Connections and what is in them, with a box that filters tables by name. It opens nothing itself: it says what the
/// user asks for.
///
/// Thread: the UI's.
class ExplorerPanel : public QWidget {
    Q_OBJECT

public:
    explicit ExplorerPanel(QWidget *parent = nullptr);

    void addConnection(const QString &id, const QString &title);
    void setSchema(const QString &id, std::shared_ptr<const orm::MetaData> metadata);
    void setState(const QString &id, ConnectionState state, const QString &message);
    void removeConnection(const QString &id);
    [[nodiscard]] QList<QAction *> actions() const; ///< of the current item, for menus

signals:
    void openRowsRequested(const QString &id, const QString &schema, const QString &table);
    void showInDiagramRequested(const QString &id, const QString &schema, const QString &table);
    void ddlRequested(const QString &id, const QString &schema, const QString &table);
    void connectRequested(const QString &id);
    void disconnectRequested(const QString &id);
    void openDatabaseRequested(); ///< the button of the empty state

private:
    QAction *addAction(const QString &iconName, const QString &text, const QKeySequence &shortcut);
    void connectActions();
    void updateActions();
    void activate(const QModelIndex &index);
    void filter(const QString &text);
    [[nodiscard]] QString value(int role) const; ///< of the current item

    SchemaTreeModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QLineEdit *m_filter;
    QTreeView *m_tree;
    QStackedWidget *m_stack;
    QAction *m_openRows;
    QAction *m_showInDiagram;
    QAction *m_showDdl;
    QAction *m_copyName;
    QAction *m_connect;
    QAction *m_disconnect;
};

} // namespace ui
