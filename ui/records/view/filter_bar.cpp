#include "ui/records/view/filter_bar.h"

#include "ui/base/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace ui::records {

FilterBar::FilterBar(QWidget *parent) : QWidget(parent), m_layout(new QHBoxLayout(this))
{
    constexpr int kSide = 8;
    constexpr int kGap = 4;
    m_layout->setContentsMargins(kSide, 0, kSide, kGap);
    m_layout->setSpacing(kGap);
    hide();
}

void FilterBar::setFilters(const std::vector<ColumnFilter> &filters)
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (item->widget() != nullptr)
            item->widget()->deleteLater();
        delete item;
    }
    setVisible(!filters.empty());
    if (filters.empty())
        return;
    auto *sign = new QLabel(this);
    constexpr int kIcon = 14;
    sign->setPixmap(icon(QStringLiteral("funnel")).pixmap(kIcon, kIcon));
    m_layout->addWidget(sign);
    for (std::size_t i = 0; i < filters.size(); ++i) {
        auto *chip = new QToolButton(this);
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        chip->setLayoutDirection(Qt::RightToLeft); // the cross stands after the text
        chip->setIcon(icon(QStringLiteral("x")));
        chip->setIconSize({kIcon - 2, kIcon - 2});
        chip->setText(describe(filters[i]).replace(u'&', QStringLiteral("&&")));
        chip->setToolTip(tr("Remove this filter"));
        connect(chip, &QToolButton::clicked, this, [this, i] { emit removeRequested(static_cast<int>(i)); });
        m_layout->addWidget(chip);
    }
    if (filters.size() > 1) {
        auto *all = new QToolButton(this);
        all->setText(tr("Clear all"));
        all->setAutoRaise(true);
        connect(all, &QToolButton::clicked, this, &FilterBar::clearRequested);
        m_layout->addWidget(all);
    }
    m_layout->addStretch();
}

} // namespace ui::records
