#include "app/shell/sql_log.h"

#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <QColor>
#include <QMetaObject>
#include <QTimer>

namespace app {

SqlLog::SqlLog(QObject *parent) : QAbstractTableModel(parent), m_inbox(std::make_shared<Inbox>())
{
    m_inbox->owner = this;
}

SqlLog::~SqlLog()
{
    const std::lock_guard lock(m_inbox->mutex);
    m_inbox->owner = nullptr;
}

std::function<void(const orm::StatementLog &)> SqlLog::sink(const QString &database)
{
    return [inbox = m_inbox, database](const orm::StatementLog &log) {
        const std::lock_guard lock(inbox->mutex);
        if (!inbox->owner)
            return;
        inbox->entries.push_back({QTime::currentTime(), database, log});
        if (inbox->announced)
            return;
        inbox->announced = true;
        SqlLog *owner = inbox->owner;
        QMetaObject::invokeMethod(
            owner, [owner] { QTimer::singleShot(100, owner, &SqlLog::absorb); }, Qt::QueuedConnection);
    };
}

void SqlLog::absorb()
{
    std::vector<Entry> arrived;
    {
        const std::lock_guard lock(m_inbox->mutex);
        arrived.swap(m_inbox->entries);
        m_inbox->announced = false;
    }
    if (arrived.size() > kMost)
        arrived.erase(arrived.begin(), arrived.end() - static_cast<std::ptrdiff_t>(kMost));
    if (arrived.empty())
        return;
    const std::size_t total = m_entries.size() + arrived.size();
    if (total > kMost) {
        const int surplus = static_cast<int>(total - kMost);
        beginRemoveRows({}, 0, surplus - 1);
        m_entries.erase(m_entries.begin(), m_entries.begin() + surplus);
        endRemoveRows();
    }
    const int first = static_cast<int>(m_entries.size());
    beginInsertRows({}, first, first + static_cast<int>(arrived.size()) - 1);
    for (Entry &entry : arrived)
        m_entries.push_back(std::move(entry));
    endInsertRows();
}

void SqlLog::clear()
{
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

QString SqlLog::statement(int row) const
{
    const orm::StatementLog &log = m_entries.at(static_cast<std::size_t>(row)).log;
    QString text = ui::fromUtf8(log.sql);
    if (!log.parameters.empty())
        text += QStringLiteral("\n-- ") + ui::fromUtf8(log.parameters);
    if (!log.error.empty())
        text += QStringLiteral("\n-- ") + ui::fromUtf8(log.error);
    return text;
}

QString SqlLog::text() const
{
    QString all;
    for (int row = 0; row < rowCount(); ++row)
        all += statement(row) + QStringLiteral(";\n");
    return all;
}

int SqlLog::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int SqlLog::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant SqlLog::display(const Entry &entry, int column) const
{
    switch (column) {
    case TimeColumn:
        return entry.time.toString(QStringLiteral("HH:mm:ss.zzz"));
    case DatabaseColumn:
        return entry.database;
    case DurationColumn:
        return QStringLiteral("%1 ms").arg(static_cast<double>(entry.log.duration.count()) / 1000.0, 0, 'f', 2);
    case RowsColumn:
        return entry.log.rows < 0 ? QString() : QString::number(entry.log.rows);
    default:
        break;
    }
    QString text = ui::fromUtf8(entry.log.sql).simplified();
    if (!entry.log.parameters.empty())
        text += QStringLiteral("  -- ") + ui::fromUtf8(entry.log.parameters);
    if (!entry.log.error.empty())
        text += QStringLiteral("  -- ! ") + ui::fromUtf8(entry.log.error);
    return text;
}

QVariant SqlLog::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Entry &entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return display(entry, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == DurationColumn || index.column() == RowsColumn
                   ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                   : QVariant();
    case Qt::FontRole:
        return ui::valueFont();
    case Qt::ForegroundRole:
        if (!entry.log.error.empty())
            return ui::theme().error;
        return index.column() == StatementColumn ? QVariant() : QVariant(ui::theme().muted);
    case Qt::ToolTipRole:
        return index.column() == StatementColumn ? statement(index.row()).left(2000).toHtmlEscaped() : QVariant();
    default:
        return {};
    }
}

QVariant SqlLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case DatabaseColumn:
        return tr("Database");
    case DurationColumn:
        return tr("Duration");
    case RowsColumn:
        return tr("Rows");
    default:
        return tr("Statement");
    }
}

} // namespace app
