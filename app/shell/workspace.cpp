#include "app/shell/workspace.h"

#include "ui/base/empty_state.h"
#include "ui/base/icons.h"
#include "ui/document/document.h"

#include <QStackedLayout>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

#include <utility>

namespace app {

Workspace::Workspace(QWidget *parent) : QWidget(parent), m_tabs(new QTabWidget(this)), m_stack(new QStackedLayout(this))
{
    m_tabs->setDocumentMode(true);
    m_tabs->setMovable(true);
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setIconSize(QSize(16, 16));
    m_tabs->tabBar()->setAccessibleName(tr("Open tabs"));
    m_tabs->setAccessibleName(tr("Work area"));
    auto *empty = new ui::EmptyState(QStringLiteral("layout-dashboard"), tr("Diagrams and tables open here."),
                                     tr("Show the start page"), this);
    connect(empty, &ui::EmptyState::activated, this, &Workspace::startRequested);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_tabs);
    connect(m_tabs, &QTabWidget::currentChanged, this, &Workspace::currentChanged);
}

void Workspace::open(Tab tab)
{
    QWidget *widget = tab.widget;
    const QString title = tab.title, tip = tab.tip;
    const QIcon icon = ui::icon(tab.icon);
    widget->setAccessibleName(title);
    m_byWidget.insert(widget, std::move(tab));
    const int place = std::exchange(m_nextPlace, -1);
    const int index = m_tabs->insertTab(place, widget, icon, QString(title).replace(u'&', QStringLiteral("&&")));
    m_tabs->setTabToolTip(index, tip.toHtmlEscaped());
    // The style's own is a red box.
    auto *button = new QToolButton(m_tabs->tabBar());
    button->setIcon(ui::icon(QStringLiteral("x")));
    button->setIconSize(QSize(12, 12));
    button->setFixedSize(18, 18);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus);
    button->setAccessibleName(tr("Close %1").arg(title));
    button->setToolTip(tr("Close Tab (Ctrl+W)"));
    connect(button, &QToolButton::clicked, this, [this, widget] { emit closeRequested(m_byWidget.value(widget).key); });
    m_tabs->tabBar()->setTabButton(index, QTabBar::RightSide, button);
    m_tabs->setCurrentIndex(index);
    update();
    widget->setFocus();
}

void Workspace::placeNextAt(const QString &key)
{
    const Tab *tab = find(key);
    m_nextPlace = tab ? m_tabs->indexOf(tab->widget) : -1;
}

bool Workspace::activate(const QString &key)
{
    const Tab *tab = find(key);
    if (!tab)
        return false;
    m_tabs->setCurrentWidget(tab->widget);
    tab->widget->setFocus();
    return true;
}

void Workspace::close(const QString &key)
{
    const Tab *tab = find(key);
    if (!tab)
        return;
    QWidget *widget = tab->widget;
    m_byWidget.remove(widget);
    m_tabs->removeTab(m_tabs->indexOf(widget));
    widget->hide();
    widget->deleteLater();
    update();
    emit currentChanged();
}

void Workspace::setTitle(const QString &key, const QString &title, const QString &tip)
{
    const Tab *found = find(key);
    if (!found)
        return;
    Tab &tab = m_byWidget[found->widget];
    tab.title = title;
    const int index = m_tabs->indexOf(tab.widget);
    m_tabs->setTabText(index, QString(title).replace(u'&', QStringLiteral("&&")));
    m_tabs->setTabToolTip(index, tip.toHtmlEscaped());
}

void Workspace::setRestore(const QString &key, const QString &restore)
{
    if (const Tab *found = find(key))
        m_byWidget[found->widget].restore = restore;
}

const Tab *Workspace::current() const
{
    const auto found = m_byWidget.constFind(m_tabs->currentWidget());
    return found == m_byWidget.cend() ? nullptr : &*found;
}

const Tab *Workspace::find(const QString &key) const
{
    for (const Tab &tab : m_byWidget)
        if (tab.key == key)
            return &tab;
    return nullptr;
}

QList<Tab> Workspace::tabs() const
{
    QList<Tab> ordered;
    for (int i = 0; i < m_tabs->count(); ++i)
        ordered << m_byWidget.value(m_tabs->widget(i));
    return ordered;
}

void Workspace::step(int tabs)
{
    const int count = m_tabs->count();
    if (count > 0)
        m_tabs->setCurrentIndex(((m_tabs->currentIndex() + tabs) % count + count) % count);
}

void Workspace::update() { m_stack->setCurrentIndex(m_tabs->count() > 0 ? 1 : 0); }

} // namespace app
