#include "app/shell/window_state.h"

#include "app/shell/main_window.h"
#include "app/shell/navigator.h"

#include <QSettings>

namespace app {
namespace {

constexpr int kVersion = 1; // of the docks: an older state is not applied

QString key(const char *name) { return QStringLiteral("window/") + QString::fromLatin1(name); }

} // namespace

void WindowState::save()
{
    m_settings.setValue(key("geometry"), m_window.saveGeometry());
    m_settings.setValue(key("docks"), m_window.saveState(kVersion));
    QStringList tabs;
    int current = 0;
    for (const Tab &tab : m_window.workspace().tabs()) {
        if (tab.restore.isEmpty())
            continue;
        if (m_window.workspace().current() && m_window.workspace().current()->key == tab.key)
            current = static_cast<int>(tabs.size());
        tabs << tab.restore;
    }
    m_settings.setValue(key("tabs"), tabs);
    m_settings.setValue(key("currentTab"), current);
}

void WindowState::restore()
{
    m_window.restoreGeometry(m_settings.value(key("geometry")).toByteArray());
    m_window.restoreState(m_settings.value(key("docks")).toByteArray(), kVersion);
    const QStringList tabs = m_settings.value(key("tabs")).toStringList();
    for (const QString &tab : tabs)
        m_window.navigator().restoreTab(tab);
    const int current = m_settings.value(key("currentTab")).toInt();
    const QList<Tab> opened = m_window.workspace().tabs();
    if (current >= 0 && current < opened.size())
        m_window.workspace().activate(opened.at(current).key);
}

} // namespace app
