#include "app/shell/records_tab.h"

#include "app/shell/connection_manager.h"
#include "app/shell/navigator.h"
#include "app/shell/parts.h"
#include "ui/base/value_text.h"
#include "ui/records/changes/change_set.h"
#include "ui/records/view/record_view.h"

#include <QCoreApplication>

namespace app {

using ui::records::RecordView;

Tab makeRecordsTab(OpenDatabase &database, const orm::Table &table, Navigator &navigator, const Parts &parts)
{
    const ui::records::DataContext context{database.engine, database.registry, database.changes.get(), &parts.jobs};
    auto *view = new RecordView(context, table);
    const QString id = database.id;
    QObject::connect(
        view, &RecordView::openRowsRequested, &navigator,
        [&navigator, &workspace = parts.workspace, id](const orm::Table *parent, const std::vector<orm::Value> &key) {
            navigator.openRows(id, ui::fromUtf8(parent->name().schema), ui::fromUtf8(parent->name().name));
            const Tab *tab = workspace.current();
            if (auto *shown = tab ? qobject_cast<RecordView *>(tab->widget) : nullptr)
                shown->showRow(key);
        });
    QObject::connect(view, &RecordView::showInDiagramRequested, &navigator, [&navigator, id](const orm::Table *shown) {
        navigator.showInDiagram(id, ui::fromUtf8(shown->name().schema), ui::fromUtf8(shown->name().name));
    });
    Tab tab;
    tab.kind = TabKind::Records;
    tab.title = ui::fromUtf8(table.name().toString());
    tab.icon = table.kind() == orm::TableKind::View ? QStringLiteral("eye") : QStringLiteral("table");
    tab.tip = QCoreApplication::translate("RecordsTab", "Records of %1 in %2").arg(tab.title, database.title);
    tab.widget = view;
    tab.undo = &database.changes->undoStack();
    tab.database = id;
    tab.actions = view->actions();
    tab.status = [view] { return view->statusText(); };
    tab.apply = [view] {
        view->commit();
        return true;
    };
    tab.refreshData = [view] { view->refresh(); };
    return tab;
}

} // namespace app
