#include "ui/records/view/filter_editor.h"

#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace ui::records {

namespace {

bool needsValue(FilterOperator op) { return op != FilterOperator::IsNull && op != FilterOperator::IsNotNull; }

bool isList(FilterOperator op) { return op == FilterOperator::In || op == FilterOperator::NotIn; }

QString textOf(const ColumnFilter &filter)
{
    QStringList values;
    for (const orm::Value &value : filter.values)
        values += editText(value);
    return values.join(QStringLiteral(", "));
}

} // namespace

FilterEditor::FilterEditor(const orm::Column &column, std::optional<ColumnFilter> now, QWidget *parent)
    : QWidget(parent),
      m_column(column),
      m_operator(new QComboBox(this)),
      m_value(new QLineEdit(this)),
      m_error(new QLabel(this))
{
    constexpr int kMargin = 8;
    constexpr int kWidth = 180;
    for (int op = 0; op <= static_cast<int>(FilterOperator::NotIn); ++op)
        m_operator->addItem(operatorName(static_cast<FilterOperator>(op)), op);
    const bool text = column.type.isText() || column.type.kind == orm::TypeKind::Unknown;
    const FilterOperator first = now ? now->op : (text ? FilterOperator::Contains : FilterOperator::Equal);
    m_operator->setCurrentIndex(static_cast<int>(first));
    if (now)
        m_value->setText(textOf(*now));
    m_value->setMinimumWidth(kWidth);
    m_value->setPlaceholderText(tr("value"));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    QPalette palette = m_error->palette();
    palette.setColor(QPalette::WindowText, theme().error);
    m_error->setPalette(palette);
    m_error->hide();
    auto *button = new QPushButton(tr("Filter"), this);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(kMargin, kMargin / 2, kMargin, kMargin / 2);
    layout->addWidget(m_operator, 0, 0);
    layout->addWidget(m_value, 0, 1);
    layout->addWidget(button, 0, 2);
    layout->addWidget(m_error, 1, 0, 1, 3);
    connect(button, &QPushButton::clicked, this, &FilterEditor::apply);
    connect(m_value, &QLineEdit::returnPressed, this, &FilterEditor::apply);
    connect(m_operator, &QComboBox::currentIndexChanged, this, [this](int op) {
        m_value->setEnabled(needsValue(static_cast<FilterOperator>(op)));
        m_value->setPlaceholderText(isList(static_cast<FilterOperator>(op)) ? tr("a, b, c") : tr("value"));
    });
    m_value->setEnabled(needsValue(first));
}

void FilterEditor::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_value->setFocus();
    m_value->selectAll();
}

std::optional<orm::Value> FilterEditor::read(const QString &text, FilterOperator op, QString &error) const
{
    if (op == FilterOperator::Contains || op == FilterOperator::StartsWith)
        return orm::Value(toUtf8(text));
    return parseValue(text, m_column.type, &error);
}

void FilterEditor::apply()
{
    const auto op = static_cast<FilterOperator>(m_operator->currentIndex());
    ColumnFilter filter{&m_column, op, {}};
    QStringList texts{m_value->text()};
    if (isList(op))
        texts = m_value->text().split(u',');
    for (const QString &text : std::as_const(texts)) {
        if (!needsValue(op))
            break;
        QString error;
        const auto value = read(isList(op) ? text.trimmed() : text, op, error);
        if (!value) {
            m_error->setText(error);
            m_error->show();
            return;
        }
        filter.values.push_back(*value);
    }
    emit accepted(filter);
}

} // namespace ui::records
