#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "ormcore/engine/engine.h"
#endif

#include <QAbstractTableModel>
#include <QTime>

#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace app {

/// The statements that were sent, newest last: a bounded list for a view.
///
/// Thread: the UI's, but sink() gives a function that any thread may call, also after this model is gone.
class SqlLog : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { TimeColumn, DatabaseColumn, DurationColumn, RowsColumn, StatementColumn, ColumnCount };

    explicit SqlLog(QObject *parent = nullptr);
    ~SqlLog() override;
    [[nodiscard]] std::function<void(const orm::StatementLog &)> sink(const QString &database);
    void clear();
    [[nodiscard]] QString statement(int row) const; ///< whole, with its parameters below
    [[nodiscard]] QString text() const;             ///< all of it, for copying and tests

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Entry {
        QTime time;
        QString database;
        orm::StatementLog log;
    };
    struct Inbox {
        std::mutex mutex;
        std::vector<Entry> entries;
        SqlLog *owner = nullptr;
        bool announced = false;
    };
    void absorb();
    [[nodiscard]] QVariant display(const Entry &entry, int column) const;

    static constexpr std::size_t kMost = 5000;
    std::deque<Entry> m_entries;
    std::shared_ptr<Inbox> m_inbox;
};

} // namespace app
