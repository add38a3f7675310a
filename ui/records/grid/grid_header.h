#pragma once

#include "ui/records/source/row_query.h"

#include <QHeaderView>
#include <QStandardItemModel>

#include <vector>

namespace ui::records {

/// The column names of a grid, with keys, numbered sort arrows and a funnel where a filter is. Sorting is asked for,
/// not done: the server sorts.
class GridHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit GridHeader(QWidget *parent = nullptr);
    /// What the columns are and how they are sorted and filtered; columns by logical index.
    void setState(std::vector<const orm::Column *> columns, std::vector<SortKey> sort,
                  std::vector<ColumnFilter> filters, std::vector<bool> links);

signals:
    void sortRequested(int column, bool add); ///< add: Ctrl is held
    void menuRequested(int column, const QPoint &globalPosition);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int logicalIndex) const override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QStandardItemModel m_model;
    std::vector<const orm::Column *> m_columns;
    std::vector<SortKey> m_sort;
    std::vector<ColumnFilter> m_filters;
    std::vector<bool> m_links;
    QPoint m_pressed;
};

} // namespace ui::records
