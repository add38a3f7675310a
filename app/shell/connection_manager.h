#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "app/commands/target.h"

#include "ui/async/job.h"
#include "ui/document/document.h"
#endif

#include <QObject>
#include <QString>

#include <map>
#include <memory>

namespace orm {
class Registry;
} // namespace orm

namespace ui::records {
class RecordConnection;
} // namespace ui::records

namespace app {

class SqlLog;

/// A database that is open: its engine, what is in it, and the diagram drawn of it. Shared, so that a view keeps the
/// tables that it shows while the schema is read again.
struct OpenDatabase {
    OpenDatabase();
    ~OpenDatabase();
    QString id; ///< the address without its password: the same at every start
    QString title;
    Target target;
    std::shared_ptr<orm::Engine> engine;
    std::shared_ptr<const orm::MetaData> metadata; ///< frozen
    std::unique_ptr<ui::Document> document;
    orm::model::DiagramId diagram;
    std::unique_ptr<ui::records::RecordConnection> records; ///< its rows, and what is staged over all their views
};

/// The databases of the window: opens them in a worker, reads their schema again, closes them. Thread: the UI's.
class ConnectionManager : public QObject {
    Q_OBJECT

public:
    ConnectionManager(ui::JobRunner &jobs, SqlLog &log, QObject *parent = nullptr);
    ~ConnectionManager() override;
    /// Starts to open; the id that its signals will have. Throws Argument for an address that cannot be read.
    QString open(const Target &target);
    void refresh(const QString &id);
    void close(const QString &id);
    [[nodiscard]] OpenDatabase *find(const QString &id) const;
    [[nodiscard]] QList<OpenDatabase *> all() const;
    [[nodiscard]] static QString idOf(const Target &target);

signals:
    void connecting(const QString &id, const QString &title);
    void opened(const QString &id);
    void replacing(const QString &id); ///< its tables will be others: views of them must go
    void refreshed(const QString &id);
    void failed(const QString &id, const QString &message, bool cancelled);
    void closed(const QString &id);

private:
    struct Opened {
        std::shared_ptr<orm::Engine> engine;
        std::shared_ptr<const orm::Registry> registry;
        std::shared_ptr<orm::model::Model> model;
        orm::model::DiagramId diagram;
    };
    using Tables = std::shared_ptr<const orm::Registry>;
    [[nodiscard]] static Tables readTables(orm::Engine &engine, ui::Progress &progress);
    void setTables(OpenDatabase &database, Tables tables);
    void absorbRefresh(const QString &id, Tables fresh);
    void absorb(const QString &id, const Target &target, ui::Outcome<Opened> outcome);

    ui::JobRunner &m_jobs;
    SqlLog &m_log;
    std::map<QString, std::unique_ptr<OpenDatabase>> m_open;
    std::map<QString, ui::Job *> m_opening;
};

} // namespace app
