#include "app/shell/records_tab.h"

#include "app/shell/connection_manager.h"
#include "app/shell/navigator.h"
#include "app/shell/parts.h"
#include "ui/base/value_text.h"
#include "ui/records/changes/record_connection.h"
#include "ui/records/view/record_view.h"

#include <QCoreApplication>

namespace app {

using ui::records::RecordView;

namespace {

void followParent(Navigator &navigator, Workspace &workspace, const QString &database,
                  const std::vector<ui::records::ColumnFilter> &row)
{
    const orm::QualifiedName &parent = row.front().column->table->name();
    navigator.openRows(database, ui::fromUtf8(parent.schema), ui::fromUtf8(parent.name));
    const Tab *tab = workspace.current();
    if (auto *shown = tab ? qobject_cast<RecordView *>(tab->widget) : nullptr)
        shown->setFilters(row);
}

} // namespace

Tab makeRecordsTab(OpenDatabase &database, const orm::Table &table, Navigator &navigator, const Parts &parts)
{
    auto *view = new RecordView(*database.records, table);
    const QString id = database.id;
    QObject::connect(view, &RecordView::parentRequested, &navigator,
                     [&navigator, &workspace = parts.workspace, id](const std::vector<ui::records::ColumnFilter> &row) {
                         followParent(navigator, workspace, id, row);
                     });
    QObject::connect(view, &RecordView::statusChanged, &parts.workspace, &Workspace::statusChanged);
    Tab tab;
    tab.kind = TabKind::Records;
    tab.title = ui::fromUtf8(table.name().toString());
    tab.icon = table.kind() == orm::TableKind::View ? QStringLiteral("eye") : QStringLiteral("table");
    tab.tip = QCoreApplication::translate("RecordsTab", "Records of %1 in %2").arg(tab.title, database.title);
    tab.widget = view;
    tab.undo = &database.records->changes().undoStack();
    tab.database = id;
    tab.actions = view->actions();
    tab.status = [view] {
        const QString summary = view->summaryText();
        return summary.isEmpty() ? view->countText() : view->countText() + QStringLiteral("   ") + summary;
    };
    tab.apply = [records = database.records.get()] {
        records->commit();
        return true;
    };
    tab.refreshData = [view] { view->refresh(); };
    return tab;
}

} // namespace app
