#include "ui/generate/preview_panel.h"

#include "ui/async/job.h"
#include "ui/base/empty_state.h"
#include "ui/base/icons.h"
#include "ui/base/message_bar.h"
#include "ui/base/prompt.h"
#include "ui/base/theme.h"
#include "ui/base/value_text.h"
#include "ui/generate/code_highlighter.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSettings>
#include <QStackedWidget>
#include <QTextCursor>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <filesystem>

namespace ui {

using orm::model::TextFile;

namespace {

constexpr int kPauseMilliseconds = 120;
const QString kTargetKey = QStringLiteral("preview/target");

// Several files read as one text, each under its name.
QString joined(const std::vector<TextFile> &files, CodeLanguage language)
{
    if (files.size() == 1)
        return fromUtf8(files.front().text);
    const QString comment = language == CodeLanguage::Sql ? QStringLiteral("-- ") : QStringLiteral("// ");
    QString text;
    for (const TextFile &file : files)
        text += comment + fromUtf8(file.path) + QStringLiteral("\n\n") + fromUtf8(file.text) + QLatin1Char('\n');
    return text;
}

QToolButton *button(QAction *action, QWidget *parent)
{
    auto *result = new QToolButton(parent);
    result->setDefaultAction(action);
    result->setAutoRaise(true);
    result->setAccessibleName(action->text());
    return result;
}

} // namespace

PreviewPanel::PreviewPanel(std::vector<const orm::Dialect *> dialects, JobRunner &jobs, Prompt &prompt, QWidget *parent)
    : QWidget(parent), m_jobs(jobs), m_prompt(prompt)
{
    setAccessibleName(tr("Preview"));
    buildTargets(dialects);
    buildWidgets();
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &PreviewPanel::update);
    connect(&m_portions, &QTimer::timeout, this, &PreviewPanel::showPortion);
    setTarget(QSettings().value(kTargetKey).toString());
    setDocument(nullptr);
}

void PreviewPanel::buildTargets(const std::vector<const orm::Dialect *> &dialects)
{
    for (const orm::Dialect *dialect : dialects) {
        const QString name = fromUtf8(dialect->name());
        m_targets.push_back({name, tr("DDL · %1").arg(name), dialect, nullptr});
    }
    for (const orm::codegen::Generator *generator : orm::codegen::catalog())
        m_targets.push_back({fromUtf8(generator->name()), fromUtf8(generator->title()), nullptr, generator});
}

void PreviewPanel::buildWidgets()
{
    m_choice = new QComboBox(this);
    m_choice->setAccessibleName(tr("What to show"));
    m_choice->setToolTip(tr("What the model becomes: DDL of a database, or classes"));
    for (const Target &entry : m_targets)
        m_choice->addItem(icon(entry.dialect ? QStringLiteral("database") : QStringLiteral("code")), entry.title);
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        QSettings().setValue(kTargetKey, target().name);
        update();
    });
    m_scope = new QLabel(this);
    m_scope->setTextFormat(Qt::PlainText);
    m_copy = new QAction(icon(QStringLiteral("copy")), tr("Copy all"), this);
    m_copy->setToolTip(tr("Copy the whole text to the clipboard"));
    connect(m_copy, &QAction::triggered, this, &PreviewPanel::copy);
    m_export = new QAction(icon(QStringLiteral("download")), tr("Export…"), this);
    m_export->setToolTip(tr("Write the files to a folder"));
    connect(m_export, &QAction::triggered, this, &PreviewPanel::exportFiles);

    m_text = new QPlainTextEdit(this);
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setFont(valueFont());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("Generated text"));
    m_highlighter = new CodeHighlighter(m_text->document());
    m_message = new MessageBar(this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(
        new EmptyState(QStringLiteral("code"), tr("The DDL and the classes of the open model stand here."), {}, this));
    m_stack->addWidget(m_text);

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(4, 2, 4, 2);
    bar->addWidget(m_choice);
    bar->addSpacing(8);
    bar->addWidget(m_scope);
    bar->addStretch();
    bar->addWidget(button(m_copy, this));
    bar->addWidget(button(m_export, this));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_message);
    layout->addWidget(m_stack);
}

void PreviewPanel::setDocument(Document *document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    m_stack->setCurrentIndex(document == nullptr ? 0 : 1);
    for (QAction *action : actions())
        action->setEnabled(document != nullptr);
    m_choice->setEnabled(document != nullptr);
    m_scope->clear();
    if (document == nullptr)
        return;
    connect(document, &Document::changed, this, &PreviewPanel::scheduleUpdate);
    connect(document, &Document::selectionChanged, this, &PreviewPanel::scheduleUpdate);
    connect(document, &QObject::destroyed, this, [this] { setDocument(nullptr); });
    update();
}

void PreviewPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
    QWidget::changeEvent(event);
}

QString PreviewPanel::text() const { return m_whole; }
QList<QAction *> PreviewPanel::actions() const { return {m_copy, m_export}; }

void PreviewPanel::setTarget(const QString &name)
{
    for (std::size_t i = 0; i < m_targets.size(); ++i) {
        if (m_targets[i].name == name)
            m_choice->setCurrentIndex(static_cast<int>(i));
    }
}

const PreviewPanel::Target &PreviewPanel::target() const
{
    return m_targets[static_cast<std::size_t>(std::max(0, m_choice->currentIndex()))];
}

orm::codegen::Options PreviewPanel::options() const
{
    orm::codegen::Options options;
    for (const ElementRef &element : m_document->selection()) {
        const auto entity = std::visit(
            [](const auto &reference) {
                if constexpr (std::is_same_v<std::decay_t<decltype(reference)>, orm::model::EntityId>)
                    return reference;
                else
                    return reference.entity;
            },
            element);
        if (std::find(options.only.begin(), options.only.end(), entity) == options.only.end())
            options.only.push_back(entity);
    }
    return options;
}

void PreviewPanel::update()
{
    if (!m_document)
        return;
    m_pause.stop();
    const int generation = ++m_generation;
    const Target chosen = target();
    const orm::codegen::Options scope = options();
    const int selected = static_cast<int>(scope.only.size());
    const QString scopeText = selected == 0 ? tr("whole model") : tr("%n selected", nullptr, selected);
    auto work = [model = m_document->model(), chosen, scope](Progress &) -> std::vector<TextFile> {
        if (chosen.generator != nullptr)
            return chosen.generator->generate(model, scope);
        return {{model.info().name + "." + chosen.dialect->name() + ".sql",
                 orm::codegen::ddlScript(model, *chosen.dialect, scope)}};
    };
    m_jobs.start<std::vector<TextFile>>(tr("Generating %1").arg(chosen.title), this, std::move(work),
                                        [this, generation, scopeText](Outcome<std::vector<TextFile>> outcome) {
                                            if (generation != m_generation)
                                                return; // a newer text is on its way
                                            if (outcome.ok())
                                                present(std::move(outcome.value()), scopeText);
                                            else
                                                m_message->show(MessageBar::Kind::Error, outcome.failure().message);
                                        });
}

void PreviewPanel::present(std::vector<TextFile> files, const QString &scope)
{
    const CodeLanguage language = target().dialect != nullptr ? CodeLanguage::Sql : CodeLanguage::Cpp;
    m_files = std::move(files);
    m_message->dismiss();
    m_scope->setText(scope);
    m_highlighter->setLanguage(language);
    if (const QString fresh = joined(m_files, language); fresh != m_whole) {
        if (!m_portions.isActive()) // else it is where the last text found him
            m_place = m_text->verticalScrollBar()->value();
        m_whole = fresh;
        m_shown = 0;
        m_text->clear();
        showPortion();
    }
    emit updated();
}

void PreviewPanel::showPortion()
{
    constexpr qsizetype kPortion = 8'000; // characters: some milliseconds of layout and colours
    const qsizetype line = m_whole.indexOf(u'\n', std::min(m_shown + kPortion, m_whole.size()));
    const qsizetype end = line < 0 ? m_whole.size() : line + 1;
    QTextCursor cursor(m_text->document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(m_whole.mid(m_shown, end - m_shown));
    m_shown = end;
    m_text->verticalScrollBar()->setValue(m_place);
    if (m_shown < m_whole.size())
        m_portions.start(0);
    else
        m_portions.stop();
}

void PreviewPanel::copy() { QGuiApplication::clipboard()->setText(text()); }

void PreviewPanel::exportFiles()
{
    const QString folder = m_prompt.folder(this, tr("Export %1 to a folder").arg(target().title));
    if (!folder.isEmpty())
        exportTo(folder);
}

void PreviewPanel::exportTo(const QString &folder)
{
    auto work = [files = m_files, root = std::filesystem::path(toUtf8(folder))](Progress &progress) -> int {
        int written = 0;
        for (const TextFile &file : files) {
            const std::filesystem::path path = root / file.path;
            std::filesystem::create_directories(path.parent_path());
            orm::model::saveFile(path, file.text);
            progress.report(++written, static_cast<std::int64_t>(files.size()));
        }
        return written;
    };
    m_jobs.start<int>(tr("Exporting"), this, std::move(work), [this, folder](Outcome<int> outcome) {
        if (outcome.ok())
            m_message->show(MessageBar::Kind::Success,
                            (outcome.value() == 1 ? tr("1 file written to %1.")
                                                  : tr("%n files written to %1.", nullptr, outcome.value()))
                                .arg(folder));
        else
            m_message->show(MessageBar::Kind::Error, outcome.failure().message);
    });
}

} // namespace ui
