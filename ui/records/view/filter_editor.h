#pragma once

#include "ui/records/source/row_query.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace ui::records {

/// Asks for one filter on one column: an operator and a value, read by the column's type.
class FilterEditor : public QWidget {
    Q_OBJECT

public:
    FilterEditor(const orm::Column &column, std::optional<ColumnFilter> now, QWidget *parent = nullptr);

signals:
    void accepted(const ui::records::ColumnFilter &filter);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void apply();
    [[nodiscard]] std::optional<orm::Value> read(const QString &text, FilterOperator op, QString &error) const;

    const orm::Column &m_column;
    QComboBox *m_operator;
    QLineEdit *m_value;
    QLabel *m_error;
};

} // namespace ui::records
