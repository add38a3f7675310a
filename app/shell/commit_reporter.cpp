#include "app/shell/commit_reporter.h"

#include "app/shell/connection_manager.h"
#include "app/shell/navigator.h"
#include "app/shell/workspace.h"
#include "ui/base/message_bar.h"
#include "ui/records/changes/record_connection.h"
#include "ui/records/view/record_view.h"

namespace app {

CommitReporter::CommitReporter(const Parts &parts, Navigator &navigator, QObject *parent)
    : QObject(parent), m_parts(parts), m_navigator(navigator)
{
    connect(&m_parts.connections, &ConnectionManager::opened, this, &CommitReporter::follow);
    connect(&m_parts.connections, &ConnectionManager::refreshed, this, &CommitReporter::follow);
}

void CommitReporter::follow(const QString &id)
{
    OpenDatabase *database = m_parts.connections.find(id);
    const ui::records::RecordConnection *records = database->records.get();
    connect(records, &ui::records::RecordConnection::committed, this, [this](int rows) {
        m_parts.message.show(ui::MessageBar::Kind::Success,
                             rows == 1 ? tr("1 row saved.") : tr("%n rows saved.", nullptr, rows));
    });
    connect(records, &ui::records::RecordConnection::commitFailed, this, [this, id](const QString &message) {
        if (OpenDatabase *failed = m_parts.connections.find(id))
            tellFailure(*failed, message);
    });
}

void CommitReporter::tellFailure(OpenDatabase &database, const QString &message)
{
    const Tab *tab = m_parts.workspace.current();
    const auto *view = tab != nullptr ? qobject_cast<ui::records::RecordView *>(tab->widget) : nullptr;
    const auto problems = database.records->changes().problemRows();
    if (view != nullptr && tab->database == database.id && view->showsProblem())
        m_parts.message.dismiss();
    else if (problems.empty())
        m_parts.message.show(ui::MessageBar::Kind::Error, message);
    else
        m_parts.message.show(ui::MessageBar::Kind::Error, message, tr("Show"),
                             [this, id = database.id, row = problems.front()] { m_navigator.goToRow(id, row); });
}

} // namespace app
