#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

class QMenu;
class QWidget;

namespace app {

/// What a command is called and how it is reached. Shortcuts are explicit: the platform's standard ones are missing on
/// some.
struct CommandSpec {
    QString id;   ///< "file.open": permanent, for settings and tests
    QString text; ///< with mnemonic
    QString icon; ///< as ui::icon()
    QList<QKeySequence> keys;
    QString tip; ///< one sentence; empty: the text
};

/// Every command of the window under its id: the one list behind menus, toolbar, palette and tests.
class CommandTable : public QObject {
    Q_OBJECT

public:
    /// Shortcuts work anywhere in the window.
    explicit CommandTable(QWidget *window);
    QAction *add(const CommandSpec &spec, std::function<void()> run);
    QAction *addToggle(const CommandSpec &spec, std::function<void(bool)> run);
    [[nodiscard]] QAction *action(const QString &id) const; ///< asserts that there is one
    [[nodiscard]] const QList<QAction *> &all() const noexcept { return m_actions; }
    void fill(QMenu &menu, const QStringList &ids) const; ///< "-" is a separator

private:
    QAction *make(const CommandSpec &spec);
    QWidget *m_window;
    QList<QAction *> m_actions;
};

/// "Undo (Ctrl+Z)"
[[nodiscard]] QString tipWithKeys(const QString &tip, const QAction &action);

} // namespace app
