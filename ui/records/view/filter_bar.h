#pragma once

#include "ui/records/source/row_query.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;

namespace ui::records {

/// The filters in force, one chip each with a button that takes it away. Hidden while there is none.
class FilterBar : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);
    void setFilters(const std::vector<ColumnFilter> &filters);

signals:
    void removeRequested(int index);
    void clearRequested();

private:
    QHBoxLayout *m_layout;
};

} // namespace ui::records
