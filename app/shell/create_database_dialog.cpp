#include "app/shell/create_database_dialog.h"

#include "app/commands/create_database.h"

#include "ormcore/codegen/generator.h"
#include "ormcore/dialects/builtin.h"
#include "ui/base/icons.h"
#include "ui/base/message_bar.h"
#include "ui/base/prompt.h"
#include "ui/base/theme.h"
#include "ui/base/value_text.h"
#include "ui/generate/code_highlighter.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace app {

CreateDatabaseDialog::CreateDatabaseDialog(orm::model::Model model, ui::JobRunner &jobs, ui::Prompt &prompt,
                                           QWidget *parent)
    : QDialog(parent),
      m_model(std::move(model)),
      m_jobs(jobs),
      m_target(new QLineEdit(this)),
      m_dialect(new QComboBox(this)),
      m_script(new QPlainTextEdit(this)),
      m_create(new QPushButton(ui::icon(QStringLiteral("database-zap")), tr("Create Database"), this)),
      m_message(new ui::MessageBar(this))
{
    setWindowTitle(tr("Create Database from Model"));
    resize(720, 520);
    for (const auto &[name, driver] : orm::builtinDrivers().all())
        if (m_dialect->findText(ui::fromUtf8(driver->dialect().name())) < 0)
            m_dialect->addItem(ui::fromUtf8(driver->dialect().name()));
    m_dialect->setAccessibleName(tr("Database system"));
    m_target->setAccessibleName(tr("New file or URL"));
    m_target->setPlaceholderText(tr("a new SQLite file, or a database's URL"));
    m_script->setReadOnly(true);
    m_script->setFont(ui::valueFont());
    m_script->setLineWrapMode(QPlainTextEdit::NoWrap);
    new ui::CodeHighlighter(m_script->document());
    m_script->setAccessibleName(tr("The script that will run"));
    m_create->setDefault(true);
    m_create->setAccessibleName(m_create->text());

    auto *browse = new QToolButton(this);
    browse->setIcon(ui::icon(QStringLiteral("folder-open")));
    browse->setToolTip(tr("Choose where to put the new file"));
    browse->setAccessibleName(browse->toolTip());
    auto *targetRow = new QHBoxLayout;
    targetRow->addWidget(m_target, 1);
    targetRow->addWidget(browse);
    auto *form = new QFormLayout;
    form->addRow(tr("Database"), m_dialect);
    form->addRow(tr("Where"), targetRow);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setIcon(QIcon()); // the desktop's is of another family
    buttons->addButton(m_create, QDialogButtonBox::AcceptRole);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_message);
    layout->addLayout(form);
    layout->addWidget(new QLabel(tr("This script will run:"), this));
    layout->addWidget(m_script, 1);
    layout->addWidget(buttons);

    connect(browse, &QToolButton::clicked, this, [this, &prompt] {
        const QString file = prompt.saveFile(this, tr("New Database"), QStringLiteral("new.db"),
                                             tr("SQLite databases (*.db *.sqlite *.sqlite3)"));
        if (!file.isEmpty())
            m_target->setText(file);
    });
    connect(m_create, &QPushButton::clicked, this, &CreateDatabaseDialog::create);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_dialect, &QComboBox::currentTextChanged, this, &CreateDatabaseDialog::showScript);
    connect(m_target, &QLineEdit::textChanged, this, [this] { m_create->setEnabled(!m_target->text().isEmpty()); });
    m_create->setEnabled(false);
    m_target->setFocus();
    showScript();
}

void CreateDatabaseDialog::setTarget(const QString &target) { m_target->setText(target); }

void CreateDatabaseDialog::showScript()
{
    const std::string dialect = ui::toUtf8(m_dialect->currentText());
    m_jobs.start<std::string>(
        tr("Writing the script"), this,
        [model = m_model, dialect](ui::Progress &) {
            return orm::codegen::ddlScript(model, orm::builtinDialect(dialect));
        },
        [this](ui::Outcome<std::string> outcome) {
            if (outcome.ok())
                m_script->setPlainText(ui::fromUtf8(outcome.value()));
            else
                m_message->show(ui::MessageBar::Kind::Error, outcome.failure().message);
        });
}

void CreateDatabaseDialog::setBusy(bool busy)
{
    m_create->setEnabled(!busy);
    m_target->setEnabled(!busy);
    m_dialect->setEnabled(!busy);
}

void CreateDatabaseDialog::create()
{
    m_message->dismiss();
    setBusy(true);
    const QString where = m_target->text().trimmed();
    m_job = m_jobs.start<bool>(
        tr("Creating %1").arg(where), this,
        [model = m_model, text = ui::toUtf8(where)](ui::Progress &progress) {
            createDatabase(model, resolveTarget(text), [&progress](int done, int total) {
                progress.report(done, total);
                return !progress.cancelled();
            });
            return true;
        },
        [this, where](ui::Outcome<bool> outcome) {
            m_job.clear();
            setBusy(false);
            if (!outcome.ok() && outcome.failure().cancelled) {
                reject();
                return;
            }
            if (!outcome.ok()) {
                m_message->show(ui::MessageBar::Kind::Error,
                                tr("“%1” was not made. %2").arg(where, outcome.failure().message));
                return;
            }
            emit created(where);
            accept();
        });
}

void CreateDatabaseDialog::reject()
{
    if (m_job)
        m_job->cancel();
    else
        QDialog::reject();
}

} // namespace app
