#pragma once

#include "ui/base/prompt.h"

namespace app {

/// The real dialogs.
class DialogPrompt final : public ui::Prompt {
public:
    int choose(QWidget *parent, const QString &title, const QString &text, const QStringList &answers) override;
    QString openFile(QWidget *parent, const QString &title, const QString &filter) override;
    QString saveFile(QWidget *parent, const QString &title, const QString &suggestion, const QString &filter) override;
    QString folder(QWidget *parent, const QString &title) override;
};

} // namespace app
