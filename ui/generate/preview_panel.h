#pragma once

#include "ormcore/codegen/generator.h"
#include "ui/document/document.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QAction;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace ui {

class CodeHighlighter;
class JobRunner;
class MessageBar;
class Prompt;

/// What the selection, or the whole model, becomes: DDL in a dialect, or classes. Follows each edit after a short
/// pause; the text is made on a worker from a copy of the model, so typing never waits for it. A long text is laid out
/// in portions, so the window does not wait for it either.
///
/// Thread: the UI's. Lifetime: document, jobs and prompt outlive it (a document that dies leaves the empty state).
class PreviewPanel : public QWidget {
    Q_OBJECT

public:
    PreviewPanel(std::vector<const orm::Dialect *> dialects, JobRunner &jobs, Prompt &prompt,
                 QWidget *parent = nullptr);

    void setDocument(Document *document); ///< nullptr: the empty state
    [[nodiscard]] QString text() const;   ///< whole, also while it is still being laid out
    [[nodiscard]] QList<QAction *> actions() const;
    void setTarget(const QString &name); ///< a dialect's or a generator's name

signals:
    void updated(); ///< the text follows the model again

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Target {
        QString name;
        QString title;
        const orm::Dialect *dialect = nullptr;
        const orm::codegen::Generator *generator = nullptr;
    };
    void buildTargets(const std::vector<const orm::Dialect *> &dialects);
    void buildWidgets();
    void scheduleUpdate() { m_pause.start(); }
    void update();
    void present(std::vector<orm::model::TextFile> files, const QString &scope);
    void showPortion();
    void copy();
    void exportFiles();
    void exportTo(const QString &folder);
    [[nodiscard]] const Target &target() const;
    [[nodiscard]] orm::codegen::Options options() const;

    JobRunner &m_jobs;
    Prompt &m_prompt;
    QPointer<Document> m_document;
    std::vector<Target> m_targets;
    std::vector<orm::model::TextFile> m_files;
    QTimer m_pause;
    QTimer m_portions;
    QString m_whole;
    qsizetype m_shown = 0; ///< characters of it that are laid out
    int m_place = 0;       ///< where the reader was
    int m_generation = 0;
    QComboBox *m_choice;
    QLabel *m_scope;
    QPlainTextEdit *m_text;
    QStackedWidget *m_stack;
    MessageBar *m_message;
    CodeHighlighter *m_highlighter;
    QAction *m_copy;
    QAction *m_export;
};

} // namespace ui
