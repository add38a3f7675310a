#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "ormcore/model/check.h"
#include "ui/document/document.h"
#endif

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QStackedLayout;
class QTreeWidget;

namespace ui {
class EmptyState;
class JobRunner;
} // namespace ui

namespace app {

/// What model::check says of the open model, following its edits; a double click selects the element.
class ProblemsPanel : public QWidget {
    Q_OBJECT

public:
    ProblemsPanel(ui::JobRunner &jobs, QWidget *parent = nullptr);
    void setDocument(ui::Document *document); ///< null: none is open

signals:
    void countChanged(int problems);

private:
    void check();
    void show(std::vector<orm::model::Problem> problems);

    ui::JobRunner &m_jobs;
    QPointer<ui::Document> m_document;
    std::vector<orm::model::Problem> m_problems;
    QTimer m_debounce;
    int m_generation = 0;
    QTreeWidget *m_list;
    ui::EmptyState *m_empty;
    QStackedLayout *m_stack;
};

} // namespace app
