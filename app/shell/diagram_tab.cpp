#include "app/shell/diagram_tab.h"

#include "app/shell/parts.h"
#include "ui/base/message_bar.h"
#include "ui/canvas/view.h"
#include "ui/document/document.h"

#include <QAction>
#include <QCoreApplication>

namespace app {
namespace {

QString describe(const ui::Document &document)
{
    std::size_t links = 0;
    for (const auto &[id, entity] : document.model().entities())
        links += entity->foreignKeys.size();
    const auto tr = [](const char *text) { return QCoreApplication::translate("DiagramTab", text); };
    const std::size_t entities = document.model().entities().size();
    QStringList parts{entities == 1 ? tr("1 entity") : tr("%1 entities").arg(entities),
                      links == 1 ? tr("1 relationship") : tr("%1 relationships").arg(links)};
    if (const std::size_t selected = document.selection().size())
        parts << tr("%1 selected").arg(selected);
    return parts.join(QStringLiteral(", "));
}

} // namespace

Tab makeDiagramTab(ui::Document &document, orm::model::DiagramId diagram, const Parts &parts)
{
    auto *view = new ui::CanvasView(document, diagram, parts.jobs);
    QObject::connect(
        view, &ui::CanvasView::messageRaised, &parts.message,
        [&message = parts.message](const QString &text) { message.show(ui::MessageBar::Kind::Warning, text); });
    QObject::connect(&document, &ui::Document::selectionChanged, &parts.workspace, &Workspace::statusChanged);
    QObject::connect(&document, &ui::Document::changed, view,
                     [&workspace = parts.workspace] { emit workspace.statusChanged(); });
    Tab tab;
    tab.kind = TabKind::Diagram;
    tab.icon = QStringLiteral("network");
    tab.widget = view;
    tab.document = &document;
    tab.undo = &document.undoStack();
    for (const ui::CanvasView::ActionGroup &group : view->actionGroups()) {
        if (!tab.actions.isEmpty()) {
            auto *line = new QAction(view);
            line->setSeparator(true);
            tab.actions << line;
        }
        for (QAction *action : group.actions)
            tab.actions << action;
    }
    tab.status = [&document] { return describe(document); };
    return tab;
}

} // namespace app
