#include "app/shell/problems_panel.h"

#include "ui/async/job.h"
#include "ui/base/empty_state.h"
#include "ui/base/icons.h"
#include "ui/base/value_text.h"

#include <QHeaderView>
#include <QStackedLayout>
#include <QTreeWidget>

namespace app {
namespace {

using orm::model::Problem;
using orm::model::Severity;

constexpr int kDebounceMilliseconds = 400;

QString iconName(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return QStringLiteral("circle-alert");
    case Severity::Warning:
        return QStringLiteral("triangle-alert");
    case Severity::Note:
        break;
    }
    return QStringLiteral("info");
}

QString word(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return ProblemsPanel::tr("Error");
    case Severity::Warning:
        return ProblemsPanel::tr("Warning");
    case Severity::Note:
        break;
    }
    return ProblemsPanel::tr("Note");
}

ui::ElementRef elementOf(const Problem &problem)
{
    if (problem.attribute)
        return ui::AttributeRef{problem.entity, problem.attribute};
    return problem.entity;
}

} // namespace

ProblemsPanel::ProblemsPanel(ui::JobRunner &jobs, QWidget *parent)
    : QWidget(parent),
      m_jobs(jobs),
      m_list(new QTreeWidget(this)),
      m_empty(new ui::EmptyState(QStringLiteral("circle-check"), QString(), QString(), this)),
      m_stack(new QStackedLayout(this))
{
    setAccessibleName(tr("Problems"));
    m_list->setAccessibleName(tr("Problems of the model"));
    m_list->setHeaderLabels({tr("Severity"), tr("Problem"), tr("Rule")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_list);
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kDebounceMilliseconds);
    connect(&m_debounce, &QTimer::timeout, this, &ProblemsPanel::check);
    connect(m_list, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        const Problem &problem = m_problems.at(static_cast<std::size_t>(m_list->indexOfTopLevelItem(item)));
        if (m_document && problem.entity)
            m_document->select({elementOf(problem)});
    });
    setDocument(nullptr);
}

void ProblemsPanel::setDocument(ui::Document *document)
{
    if (document && document == m_document)
        return;
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    ++m_generation;
    show({});
    if (!document) {
        m_debounce.stop();
        m_empty->setSentence(tr("The problems of the open model are listed here."));
        return;
    }
    connect(document, &ui::Document::changed, this, [this] { m_debounce.start(); });
    check();
}

void ProblemsPanel::check()
{
    if (!m_document)
        return;
    const int generation = ++m_generation;
    m_jobs.start<std::vector<Problem>>(
        tr("Checking the model"), this,
        [model = m_document->model()](ui::Progress &) { return orm::model::check(model); },
        [this, generation](ui::Outcome<std::vector<Problem>> outcome) {
            if (generation != m_generation)
                return;
            if (outcome.ok())
                show(std::move(outcome.value()));
            else
                m_empty->setSentence(outcome.failure().message);
        });
}

void ProblemsPanel::show(std::vector<Problem> problems)
{
    m_problems = std::move(problems);
    m_list->clear();
    QList<QTreeWidgetItem *> items;
    int serious = 0;
    for (const Problem &problem : m_problems) {
        auto *item =
            new QTreeWidgetItem({word(problem.severity), ui::fromUtf8(problem.message), ui::fromUtf8(problem.rule)});
        item->setIcon(0, ui::icon(iconName(problem.severity)));
        items << item;
        serious += problem.severity == Severity::Note ? 0 : 1;
    }
    m_list->addTopLevelItems(items);
    m_empty->setSentence(tr("No problems were found in this model."));
    m_stack->setCurrentIndex(m_problems.empty() ? 0 : 1);
    emit countChanged(serious);
}

} // namespace app
