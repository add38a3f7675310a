#include "app/shell/settings.h"

#include <QSettings>

namespace app {
namespace {

constexpr int kMost = 15;

QString key() { return QStringLiteral("recent"); }

} // namespace

QStringList RecentFiles::list() const { return m_settings.value(key()).toStringList(); }

void RecentFiles::add(const QString &target)
{
    QStringList recent = list();
    recent.removeAll(target);
    recent.prepend(target);
    while (recent.size() > kMost)
        recent.removeLast();
    m_settings.setValue(key(), recent);
}

void RecentFiles::remove(const QString &target)
{
    QStringList recent = list();
    recent.removeAll(target);
    m_settings.setValue(key(), recent);
}

} // namespace app
