#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "ormcore/model/model.h"
#include "ui/async/job.h"
#endif

#include <QDialog>
#include <QPointer>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace ui {
class MessageBar;
class Prompt;
} // namespace ui

namespace app {

/// Asks where to make a database of a model, shows the script that will run, and runs it in a worker. Errors are shown
/// inside; it closes when the database is there. What is cancelled leaves nothing behind.
class CreateDatabaseDialog : public QDialog {
    Q_OBJECT

public:
    CreateDatabaseDialog(orm::model::Model model, ui::JobRunner &jobs, ui::Prompt &prompt, QWidget *parent = nullptr);
    void setTarget(const QString &target);
    void create();
    void reject() override; ///< while it runs: stops it, and closes when it has stopped

signals:
    void created(const QString &target);

private:
    void showScript();
    void setBusy(bool busy);

    orm::model::Model m_model;
    ui::JobRunner &m_jobs;
    QLineEdit *m_target;
    QComboBox *m_dialect;
    QPlainTextEdit *m_script;
    QPushButton *m_create;
    ui::MessageBar *m_message;
    QPointer<ui::Job> m_job; ///< that makes the database
};

} // namespace app
