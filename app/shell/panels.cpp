#include "app/shell/panels.h"

#include "app/shell/changes_dock.h"
#include "app/shell/connection_manager.h"
#include "app/shell/log_panel.h"
#include "app/shell/parts.h"
#include "app/shell/problems_panel.h"
#include "ormcore/dialects/builtin.h"
#include "ui/explorer/explorer_panel.h"
#include "ui/generate/preview_panel.h"
#include "ui/inspector/inspector.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>

namespace app {
namespace {

/// The first widget in it that takes the focus by Tab.
QWidget *firstFocusable(QWidget *pane)
{
    if (QWidget *proxy = pane->focusProxy())
        return proxy;
    if (pane->focusPolicy() & Qt::TabFocus)
        return pane;
    for (QWidget *child : pane->findChildren<QWidget *>())
        if ((child->focusPolicy() & Qt::TabFocus) && child->isVisibleTo(pane) && child->isEnabled())
            return child;
    return pane;
}

} // namespace

Panels::Panels(QMainWindow &window, const Parts &parts)
    : QObject(&window),
      m_window(window),
      m_explorer(new ui::ExplorerPanel),
      m_inspector(new ui::Inspector),
      m_preview(new ui::PreviewPanel(orm::builtinDialects(), parts.jobs, parts.prompt)),
      m_problems(new ProblemsPanel(parts.jobs)),
      m_changes(new ChangesDock)
{
    window.setDockNestingEnabled(false);
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    add(QStringLiteral("explorer"), tr("Explorer"), m_explorer, Qt::LeftDockWidgetArea);
    add(QStringLiteral("inspector"), tr("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    add(QStringLiteral("preview"), tr("Preview"), m_preview, Qt::BottomDockWidgetArea);
    add(QStringLiteral("changes"), tr("Changes"), m_changes, Qt::BottomDockWidgetArea);
    QDockWidget *problems = add(QStringLiteral("problems"), tr("Problems"), m_problems, Qt::BottomDockWidgetArea);
    add(QStringLiteral("log"), tr("SQL Log"), new LogPanel(parts.log), Qt::BottomDockWidgetArea);
    connect(m_problems, &ProblemsPanel::countChanged, problems, [problems](int count) {
        problems->setWindowTitle(count > 0 ? tr("Problems (%1)").arg(count) : tr("Problems"));
    });
    arrangeDefault();
}

QDockWidget *Panels::add(const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, &m_window);
    dock->setObjectName(name);
    dock->setAccessibleName(title);
    dock->setWidget(content);
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    m_window.addDockWidget(area, dock);
    m_docks << dock;
    return dock;
}

void Panels::arrangeDefault()
{
    const auto dock = [this](const char *name) {
        for (QDockWidget *candidate : m_docks)
            if (candidate->objectName() == QLatin1String(name))
                return candidate;
        return m_docks.front();
    };
    QDockWidget *preview = dock("preview");
    for (const char *name : {"explorer", "inspector", "preview", "changes", "problems", "log"})
        dock(name)->show();
    m_window.addDockWidget(Qt::LeftDockWidgetArea, dock("explorer"));
    m_window.addDockWidget(Qt::RightDockWidgetArea, dock("inspector"));
    m_window.addDockWidget(Qt::BottomDockWidgetArea, preview);
    for (const char *name : {"changes", "problems", "log"})
        m_window.tabifyDockWidget(preview, dock(name));
    preview->raise();
    m_window.resizeDocks({dock("explorer"), dock("inspector")}, {230, 330}, Qt::Horizontal);
    m_window.resizeDocks({preview}, {220}, Qt::Vertical);
}

void Panels::setDocument(ui::Document *document)
{
    m_inspector->setDocument(document);
    m_preview->setDocument(document);
    m_problems->setDocument(document);
}

void Panels::setDatabase(OpenDatabase *database) { m_changes->setDatabase(database); }

void Panels::bringUp(const QString &objectName)
{
    for (QDockWidget *dock : m_docks)
        if (dock->objectName() == objectName) {
            dock->show();
            dock->raise();
            firstFocusable(dock->widget())->setFocus(Qt::ShortcutFocusReason);
        }
}

void Panels::cycle(int step, QWidget *workspace)
{
    // Explorer, the work, inspector, then what is on top below: as one reads the
    // window.
    QList<QWidget *> panes;
    for (const QDockWidget *dock : m_docks)
        if (dock->isVisible() && !dock->visibleRegion().isEmpty())
            panes << dock->widget();
    panes.insert(panes.isEmpty() || panes.front() != m_explorer ? 0 : 1, workspace);
    const QWidget *focused = QApplication::focusWidget();
    qsizetype at = 0;
    for (qsizetype i = 0; i < panes.size(); ++i)
        if (focused && (panes.at(i) == focused || panes.at(i)->isAncestorOf(focused)))
            at = i;
    const qsizetype count = panes.size();
    firstFocusable(panes.at(((at + step) % count + count) % count))->setFocus(Qt::ShortcutFocusReason);
}

} // namespace app
