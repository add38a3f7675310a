#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace ui {

/// The questions that must be answered now: the only way from below app to a dialog, so that tests can answer.
/// Thread: the UI's.
class Prompt {
public:
    virtual ~Prompt() = default;
    /// Which of the answers (verbs on buttons; the first is the default) was chosen; -1: none of them (Escape).
    [[nodiscard]] virtual int choose(QWidget *parent, const QString &title, const QString &text,
                                     const QStringList &answers) = 0;
    /// Empty: nothing chosen. Filter as QFileDialog's.
    [[nodiscard]] virtual QString openFile(QWidget *parent, const QString &title, const QString &filter) = 0;
    [[nodiscard]] virtual QString saveFile(QWidget *parent, const QString &title, const QString &suggestion,
                                           const QString &filter) = 0;
    [[nodiscard]] virtual QString folder(QWidget *parent, const QString &title) = 0;
};

} // namespace ui
