#include "ui/inspector/fields.h"

#include "ui/base/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui::inspector {

TextField::TextField(const QString &accessibleName, std::function<QString(const QString &)> commit, QWidget *parent)
    : QWidget(parent), m_edit(new QLineEdit(this)), m_problem(makeProblemLabel(this)), m_commit(std::move(commit))
{
    m_edit->setAccessibleName(accessibleName);
    m_edit->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_edit);
    layout->addWidget(m_problem);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::editingFinished, this, &TextField::commit);
    connect(m_edit, &QLineEdit::textEdited, this, [this] { say({}); });
}

void TextField::setValue(const QString &value)
{
    const bool beingMended = !m_problem->isHidden() && value == m_value;
    const bool beingTyped = m_edit->hasFocus() && m_edit->isModified() && value == m_value;
    m_value = value;
    if (beingMended || beingTyped)
        return;
    say({});
    if (m_edit->text() != value)
        m_edit->setText(value);
}

void TextField::setPlaceholder(const QString &text) { m_edit->setPlaceholderText(text); }

QString TextField::problem() const { return m_problem->isHidden() ? QString() : m_problem->text(); }

bool TextField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && m_edit->text() != m_value) {
        m_edit->setText(m_value);
        say({});
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void TextField::commit()
{
    const QString text = m_edit->text();
    if (text == m_value) {
        say({});
        return;
    }
    m_edit->setModified(false);
    say(m_commit(text));
}

void TextField::say(const QString &problem) { showProblem(m_problem, problem); }

QLabel *makeProblemLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->hide();
    return label;
}

void showProblem(QLabel *label, const QString &problem)
{
    QPalette colours = label->palette();
    colours.setColor(QPalette::WindowText, theme().error);
    label->setPalette(colours);
    label->setText(problem);
    label->setVisible(!problem.isEmpty());
}

QComboBox *makeChoice(const QString &accessibleName, const QStringList &texts, std::function<void(int)> act,
                      QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->addItems(texts);
    box->setAccessibleName(accessibleName);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(6);
    QObject::connect(box, &QComboBox::activated, parent, [act = std::move(act)](int index) { act(index); });
    return box;
}

QCheckBox *makeCheck(const QString &text, std::function<void(bool)> act, QWidget *parent)
{
    auto *box = new QCheckBox(text, parent);
    QObject::connect(box, &QCheckBox::clicked, parent, [act = std::move(act)](bool on) { act(on); });
    return box;
}

} // namespace ui::inspector
