#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "app/shell/parts.h"
#include "app/shell/workspace.h"
#include "ui/document/document.h"
#endif

#include <QObject>
#include <QString>

namespace ui::records {
struct RowAddress;
}

namespace app {

struct OpenDatabase;

/// Opens things as tabs: models, diagrams, tables; and puts a placeholder where a tab's database is not connected.
class Navigator : public QObject {
    Q_OBJECT

public:
    explicit Navigator(const Parts &parts, QObject *parent = nullptr);
    /// A model's path, a database's file or URL, a script. What fails is shown in the window.
    void openTarget(const QString &target);
    void openSample();
    void chooseFile();
    void showStartPage(bool focusUrl);
    void openDiagram(ui::Document &document, orm::model::DiagramId diagram, const QString &database);
    void openRows(const QString &database, const QString &schema, const QString &table);
    void goToRow(const QString &database, const ui::records::RowAddress &row);
    void showInDiagram(const QString &database, const QString &schema, const QString &table);
    void restoreTab(const QString &restore); ///< as Tab::restore of the last time
    [[nodiscard]] static QString diagramKey(const ui::Document &document, orm::model::DiagramId diagram);

signals:
    void recentChanged();

private:
    void databaseOpened(const QString &id);
    void closeRecords(const QString &id);
    void reopenRecords(const QString &id);
    void databaseFailed(const QString &id, const QString &message, bool cancelled);
    void databaseClosed(const QString &id);
    void documentOpened(ui::Document *document);
    void openRowsOfEntity(const ui::Document &document, orm::model::EntityId entity, const QString &database);
    void remember(const QString &target);
    void wake(OpenDatabase &database, const Tab &closed);

    Parts m_parts;
    QStringList m_reopen; ///< keys of tabs, while the schema is read again
    QString m_wanted;     ///< the database whose diagram the user asked to see
};

} // namespace app
