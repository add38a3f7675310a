#include "ui/canvas/inline_editor.h"

#include "ui/base/theme.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QLabel>

#include <algorithm>

namespace ui::canvas {

InlineEditor::InlineEditor(QWidget *viewport, const QString &text, std::function<QString(const QString &)> commit)
    : QLineEdit(text, viewport), m_commit(std::move(commit)), m_original(text), m_problem(new QLabel(viewport))
{
    setObjectName(QStringLiteral("inlineEditor"));
    m_problem->setObjectName(QStringLiteral("inlineEditorProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setAutoFillBackground(true);
    m_problem->setMargin(4);
    m_problem->setFrameShape(QFrame::Box);
    QPalette colours = m_problem->palette();
    colours.setColor(QPalette::Window, theme().deletedFill);
    colours.setColor(QPalette::WindowText, theme().error);
    m_problem->setPalette(colours);
    m_problem->hide();
    connect(this, &QLineEdit::textEdited, this, [this] { say({}); });
    connect(this, &QObject::destroyed, m_problem, &QObject::deleteLater);
}

void InlineEditor::place(const QRect &rect, double scale)
{
    QFont font = interfaceFont();
    font.setPixelSize(std::clamp(static_cast<int>(13 * scale), 11, 26));
    setFont(font);
    const QSize size(std::max(rect.width(), 190), std::max(rect.height() + 2, 24));
    setGeometry(QRect(rect.topLeft() + QPoint(0, (rect.height() - size.height()) / 2), size));
    m_problem->move(geometry().bottomLeft() + QPoint(0, 3));
}

bool InlineEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) { // the canvas' letters and Escape are text and Escape here
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void InlineEditor::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) {
        close(false);
    } else if (enter) {
        const bool next = event->modifiers().testFlag(Qt::AltModifier);
        if (!commit())
            return;
        close(true);
        if (next)
            emit another();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

bool InlineEditor::focusNextPrevChild(bool next)
{
    if (m_closed) // Qt looks for a heir when a widget that has the focus hides: the canvas takes it
        return false;
    if (text() == m_original || commit()) {
        close(true);
        emit stepped(next ? 1 : -1);
    }
    return true;
}

void InlineEditor::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() == Qt::PopupFocusReason || m_closed)
        return;
    finish();
}

void InlineEditor::finish()
{
    if (m_closed)
        return;
    const bool done = text() == m_original || commit();
    if (!done)
        emit refused(m_problem->text());
    close(done);
}

bool InlineEditor::commit()
{
    const QString problem = m_commit(text());
    say(problem);
    return problem.isEmpty();
}

void InlineEditor::close(bool committed)
{
    if (m_closed)
        return;
    m_closed = true;
    m_problem->hide();
    hide();
    emit closed(committed);
    deleteLater();
}

void InlineEditor::say(const QString &problem)
{
    m_problem->setVisible(!problem.isEmpty());
    m_problem->setText(problem);
    m_problem->adjustSize();
    if (!problem.isEmpty())
        m_problem->raise();
}

} // namespace ui::canvas
