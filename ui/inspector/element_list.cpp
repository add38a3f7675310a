#include "ui/inspector/element_list.h"

#include "ui/base/icons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui::inspector {

ElementList::ElementList(const QString &title, const QStringList &headers, const QList<int> &editable, QWidget *parent)
    : QWidget(parent),
      m_tree(new QTreeWidget(this)),
      m_add(new QToolButton(this)),
      m_remove(new QToolButton(this)),
      m_none(new QLabel(tr("none"), this)),
      m_editable(editable)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *heading = new QLabel(title, this);
    heading->setBuddy(m_tree);
    m_none->setForegroundRole(QPalette::PlaceholderText);
    m_add->setIcon(icon(QStringLiteral("plus")));
    m_remove->setIcon(icon(QStringLiteral("minus")));
    for (QToolButton *button : {m_add, m_remove}) {
        button->setAutoRaise(true);
        button->hide();
    }
    m_tree->setHeaderLabels(headers);
    m_tree->setRootIsDecorated(false);
    m_tree->setAccessibleName(title);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setTabKeyNavigation(false);
    m_tree->header()->setStretchLastSection(true);
    auto *top = new QHBoxLayout;
    top->addWidget(heading);
    top->addWidget(m_none);
    top->addStretch(1);
    top->addWidget(m_add);
    top->addWidget(m_remove);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(top);
    layout->addWidget(m_tree);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item, int column) {
        if (m_editable.contains(column))
            m_tree->editItem(item, column);
        else
            emit opened(item->data(0, Qt::UserRole).toULongLong());
    });
    connect(m_tree, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem *item, int column) {
        if (m_filling)
            return;
        // Later: who hears of it fills the list anew, and the item is still at work here.
        const quint64 id = item->data(0, Qt::UserRole).toULongLong();
        QMetaObject::invokeMethod(
            this, [this, id, column, text = item->text(column)] { emit edited(id, column, text); },
            Qt::QueuedConnection);
    });
    connect(m_tree, &QTreeWidget::itemSelectionChanged, this, [this] { m_remove->setEnabled(currentId() != 0); });
}

void ElementList::setRows(const QList<Row> &rows)
{
    const quint64 current = currentId();
    m_filling = true;
    m_rows = rows;
    m_tree->clear();
    for (const Row &row : rows) {
        auto *item = new QTreeWidgetItem(m_tree, row.cells);
        item->setData(0, Qt::UserRole, row.id);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        for (int column = 0; column < row.cells.size(); ++column)
            item->setToolTip(column, QStringLiteral("<p>%1</p>").arg(row.cells.at(column).toHtmlEscaped()));
        if (row.id == current)
            m_tree->setCurrentItem(item);
    }
    m_filling = false;
    m_tree->setVisible(!rows.isEmpty());
    m_none->setVisible(rows.isEmpty());
    m_remove->setEnabled(currentId() != 0);
    for (int column = 0; column + 1 < m_tree->columnCount(); ++column)
        m_tree->resizeColumnToContents(column);
    const int height =
        m_tree->header()->sizeHint().height() + 8 + 24 * static_cast<int>(std::min<qsizetype>(rows.size(), 8));
    m_tree->setFixedHeight(height);
}

quint64 ElementList::currentId() const
{
    const QList<QTreeWidgetItem *> selected = m_tree->selectedItems();
    return selected.isEmpty() ? 0 : selected.front()->data(0, Qt::UserRole).toULongLong();
}

void ElementList::setAdder(const QString &tip, std::function<void()> add)
{
    m_add->setToolTip(tip);
    m_add->setAccessibleName(tip);
    m_add->show();
    connect(m_add, &QToolButton::clicked, this, [add = std::move(add)] { add(); });
}

void ElementList::setRemover(const QString &tip, std::function<void(quint64)> remove)
{
    m_remove->setToolTip(tip);
    m_remove->setAccessibleName(tip);
    m_remove->show();
    connect(m_remove, &QToolButton::clicked, this, [this, remove = std::move(remove)] {
        if (currentId() != 0)
            remove(currentId());
    });
}

} // namespace ui::inspector
