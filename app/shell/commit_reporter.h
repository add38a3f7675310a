#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "app/shell/parts.h"
#endif

#include <QObject>

namespace app {

class Navigator;
struct OpenDatabase;

/// Says once, in the window, how a commit ended. Where the grid in front shows the row that was refused, it says
/// nothing more. Thread: the UI's.
class CommitReporter : public QObject {
    Q_OBJECT

public:
    CommitReporter(const Parts &parts, Navigator &navigator, QObject *parent = nullptr);

private:
    void follow(const QString &id);
    void tellFailure(OpenDatabase &database, const QString &message);

    Parts m_parts;
    Navigator &m_navigator;
};

} // namespace app
