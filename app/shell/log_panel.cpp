#include "app/shell/log_panel.h"

#include "app/shell/command_table.h"
#include "app/shell/sql_log.h"

#include "ui/base/empty_state.h"
#include "ui/base/icons.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTreeView>

#include <algorithm>

namespace app {

LogPanel::LogPanel(SqlLog &log, QWidget *parent) : QWidget(parent), m_log(log), m_view(new QTreeView(this))
{
    setAccessibleName(tr("SQL log"));
    m_view->setModel(&m_log);
    m_view->setAccessibleName(tr("Statements that were sent"));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAlternatingRowColors(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->header()->setStretchLastSection(true);
    m_view->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int sizes[] = {100, 130, 90, 60};
    for (int i = 0; i < 4; ++i)
        m_view->header()->resizeSection(i, sizes[i]);

    const auto add = [this](const QString &name, const QString &text, const QKeySequence &keys) {
        auto *action = new QAction(ui::icon(name), text, m_view);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        action->setToolTip(tipWithKeys(text, *action));
        m_view->addAction(action);
        return action;
    };
    connect(add(QStringLiteral("copy"), tr("Copy Statements"), QKeySequence(Qt::CTRL | Qt::Key_C)), &QAction::triggered,
            this, &LogPanel::copySelected);
    connect(add(QStringLiteral("trash-2"), tr("Clear Log"), {}), &QAction::triggered, &m_log, &SqlLog::clear);

    auto *empty = new ui::EmptyState(QStringLiteral("scroll-text"),
                                     tr("Every statement that is sent to a database is listed here."), {}, this);
    auto *stack = new QStackedLayout(this);
    stack->addWidget(empty);
    stack->addWidget(m_view);
    const auto choose = [this, stack] { stack->setCurrentIndex(m_log.rowCount() > 0 ? 1 : 0); };
    connect(&m_log, &SqlLog::modelReset, this, choose);
    connect(&m_log, &SqlLog::rowsAboutToBeInserted, this, [this] {
        const QScrollBar *bar = m_view->verticalScrollBar();
        m_atEnd = bar->value() >= bar->maximum();
    });
    connect(&m_log, &SqlLog::rowsInserted, this, [this, choose] {
        choose();
        if (m_atEnd)
            m_view->scrollToBottom();
    });
    choose();
}

void LogPanel::copySelected()
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QString text;
    for (const QModelIndex &row : rows)
        text += m_log.statement(row.row()) + QStringLiteral(";\n");
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

} // namespace app
