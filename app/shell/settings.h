#pragma once

#include <QString>
#include <QStringList>

class QSettings;

namespace app {

/// What was opened lately, newest first, without passwords.
class RecentFiles {
public:
    explicit RecentFiles(QSettings &settings) : m_settings(settings) {}
    [[nodiscard]] QStringList list() const;
    void add(const QString &target);
    void remove(const QString &target);

private:
    QSettings &m_settings;
};

} // namespace app
