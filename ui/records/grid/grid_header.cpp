#include "ui/records/grid/grid_header.h"

#include "ui/base/icons.h"
#include "ui/base/theme.h"
#include "ui/base/value_text.h"
#include "ui/records/source/cell_text.h"

#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ui::records {

namespace {

constexpr int kPadding = 6;
constexpr int kIcon = 12;
constexpr int kIconGap = 4;

void paintIcon(QPainter &painter, const QString &name, int x, const QRect &rect)
{
    icon(name).paint(&painter, QRect(x, rect.center().y() - kIcon / 2 + 1, kIcon, kIcon));
}

QString toolTipOf(const orm::Column &column)
{
    const std::string type = column.type.native.empty() ? column.type.toString() : column.type.native;
    return plainToolTip(QStringLiteral("%1  %2").arg(fromUtf8(column.name), fromUtf8(type)));
}

} // namespace

GridHeader::GridHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
{
    constexpr int kNarrowest = 32;
    constexpr int kUsual = 120;
    setSectionsMovable(true);
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(kNarrowest);
    setDefaultSectionSize(kUsual);
    setFocusPolicy(Qt::NoFocus);
    setModel(&m_model);
}

void GridHeader::setState(std::vector<const orm::Column *> columns, std::vector<SortKey> sort,
                          std::vector<ColumnFilter> filters, std::vector<bool> links)
{
    if (columns != m_columns) {
        m_columns = std::move(columns);
        m_model.setColumnCount(static_cast<int>(m_columns.size()));
        for (int i = 0; i < m_model.columnCount(); ++i)
            m_model.setHeaderData(i, Qt::Horizontal, toolTipOf(*m_columns[static_cast<std::size_t>(i)]),
                                  Qt::ToolTipRole);
    }
    m_sort = std::move(sort);
    m_filters = std::move(filters);
    m_links = std::move(links);
    viewport()->update();
}

QSize GridHeader::sectionSizeFromContents(int) const
{
    constexpr int kVertical = 10;
    return {defaultSectionSize(), fontMetrics().height() + kVertical};
}

void GridHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    const Theme &colours = theme();
    painter->fillRect(rect, colours.window);
    painter->setPen(colours.border);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    painter->drawLine(rect.topRight(), rect.bottomRight());
    const auto index = static_cast<std::size_t>(logicalIndex);
    if (index >= m_columns.size())
        return;
    const orm::Column &column = *m_columns[index];
    int left = rect.left() + kPadding;
    int right = rect.right() - kPadding;
    if (column.primaryKey) {
        paintIcon(*painter, QStringLiteral("key-round"), left, rect);
        left += kIcon + kIconGap;
    } else if (index < m_links.size() && m_links[index]) {
        paintIcon(*painter, QStringLiteral("link"), left, rect);
        left += kIcon + kIconGap;
    }
    const auto filtered = std::any_of(m_filters.begin(), m_filters.end(),
                                      [&column](const ColumnFilter &filter) { return filter.column == &column; });
    if (filtered) {
        right -= kIcon;
        paintIcon(*painter, QStringLiteral("funnel"), right, rect);
        right -= kIconGap;
    }
    const auto sorted =
        std::find_if(m_sort.begin(), m_sort.end(), [&column](const SortKey &key) { return key.column == &column; });
    if (sorted != m_sort.end()) {
        right -= kIcon;
        paintIcon(*painter, sorted->descending ? QStringLiteral("arrow-down") : QStringLiteral("arrow-up"), right,
                  rect);
        if (m_sort.size() > 1) {
            const QString number = QString::number(sorted - m_sort.begin() + 1);
            const int width = painter->fontMetrics().horizontalAdvance(number);
            painter->setPen(colours.muted);
            painter->drawText(QRect(right - width, rect.top(), width, rect.height()), Qt::AlignVCenter, number);
            right -= width;
        }
        right -= kIconGap;
    }
    QFont font = painter->font();
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(colours.text);
    const QRect text(left, rect.top(), std::max(0, right - left), rect.height());
    const bool link = index < m_links.size() && m_links[index]; // its cells begin with the key, the label follows
    const Qt::Alignment alignment = isRightAligned(column) && !link ? Qt::AlignRight : Qt::AlignLeft;
    painter->drawText(text, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(fromUtf8(column.name), Qt::ElideRight, text.width()));
}

void GridHeader::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->pos();
    QHeaderView::mousePressEvent(event);
}

void GridHeader::mouseReleaseEvent(QMouseEvent *event)
{
    constexpr int kStill = 4; // pixels; more is a drag of the section or of its edge
    QHeaderView::mouseReleaseEvent(event);
    const int column = logicalIndexAt(event->pos());
    const bool clicked = (event->pos() - m_pressed).manhattanLength() < kStill;
    if (clicked && event->button() == Qt::LeftButton && column >= 0 && cursor().shape() != Qt::SplitHCursor)
        emit sortRequested(column, event->modifiers().testFlag(Qt::ControlModifier));
}

void GridHeader::contextMenuEvent(QContextMenuEvent *event)
{
    if (const int column = logicalIndexAt(event->pos()); column >= 0)
        emit menuRequested(column, event->globalPos());
}

} // namespace ui::records
