#include "ui/inspector/page.h"

#include "ui/base/theme.h"
#include "ui/inspector/fields.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ui::inspector {

Page::Page(Document &document, QWidget *parent)
    : QWidget(parent),
      m_document(document),
      m_heading(new QLabel(this)),
      m_problem(makeProblemLabel(this)),
      m_form(new QFormLayout),
      m_below(new QVBoxLayout)
{
    m_heading->setTextFormat(Qt::PlainText);
    m_heading->setWordWrap(true);
    QFont bold = interfaceFont();
    bold.setBold(true);
    m_heading->setFont(bold);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_form->setHorizontalSpacing(8);
    m_form->setVerticalSpacing(4);
    m_below->setSpacing(8);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_heading);
    layout->addLayout(m_form);
    layout->addLayout(m_below);
    layout->addWidget(m_problem);
    layout->addStretch(1);
}

void Page::setHeading(const QString &text) { m_heading->setText(text); }

TextField *Page::addText(const QString &label, std::function<QString(const QString &)> commit)
{
    auto *field = new TextField(label, std::move(commit), this);
    addRow(label, field);
    return field;
}

void Page::addRow(const QString &label, QWidget *field)
{
    auto *caption = new QLabel(label, this);
    caption->setBuddy(field);
    m_form->addRow(caption, field);
}

bool Page::attempt(const std::function<orm::model::Edit()> &make, const QString &text)
{
    const QString problem = tryEdit(m_document, make, text);
    say(problem);
    if (!problem.isEmpty())
        refresh(); // the fields show what is, not what was refused
    return problem.isEmpty();
}

void Page::say(const QString &problem) { showProblem(m_problem, problem); }

} // namespace ui::inspector
