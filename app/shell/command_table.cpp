#include "app/shell/command_table.h"

#include "ui/base/icons.h"

#include <QMenu>
#include <QWidget>

namespace app {

CommandTable::CommandTable(QWidget *window) : QObject(window), m_window(window) {}

QAction *CommandTable::make(const CommandSpec &spec)
{
    auto *action = new QAction(ui::icon(spec.icon), spec.text, this);
    action->setObjectName(spec.id);
    action->setShortcuts(spec.keys);
    action->setShortcutContext(Qt::WindowShortcut);
    const QString plain = QString(spec.text).remove(u'&').remove(QChar(0x2026));
    action->setToolTip(tipWithKeys(spec.tip.isEmpty() ? plain : spec.tip, *action));
    action->setStatusTip(spec.tip);
    m_window->addAction(action);
    m_actions << action;
    return action;
}

QAction *CommandTable::add(const CommandSpec &spec, std::function<void()> run)
{
    QAction *action = make(spec);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    return action;
}

QAction *CommandTable::addToggle(const CommandSpec &spec, std::function<void(bool)> run)
{
    QAction *action = make(spec);
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, [run = std::move(run)](bool on) { run(on); });
    return action;
}

QAction *CommandTable::action(const QString &id) const
{
    for (QAction *action : m_actions)
        if (action->objectName() == id)
            return action;
    Q_ASSERT_X(false, "CommandTable::action", qPrintable(id));
    return nullptr;
}

void CommandTable::fill(QMenu &menu, const QStringList &ids) const
{
    for (const QString &id : ids) {
        if (id == QLatin1String("-"))
            menu.addSeparator();
        else
            menu.addAction(action(id));
    }
}

QString tipWithKeys(const QString &tip, const QAction &action)
{
    const QString keys = action.shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, keys);
}

} // namespace app
