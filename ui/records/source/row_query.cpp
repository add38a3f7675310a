#include "ui/records/source/row_query.h"

#include "ui/base/value_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace ui::records {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ui::records::RowQuery", text); }

orm::Expression asText(const orm::Column &column)
{
    return column.type.isText() ? orm::Expression(column) : orm::Expression(column).cast(orm::Text());
}

orm::Expression typed(const orm::Column &column, const orm::Value &value) { return orm::bind(value, column.type); }

orm::Expression listCondition(const ColumnFilter &filter)
{
    const orm::Expression column(*filter.column);
    std::vector<orm::Value> values;
    for (const orm::Value &value : filter.values) {
        if (!value.isNull())
            values.push_back(value);
    }
    const bool withNull = values.size() != filter.values.size();
    if (filter.op == FilterOperator::In) {
        const orm::Expression found = column.in(values);
        return withNull ? found || column.isNull() : found;
    }
    const orm::Expression absent = column.notIn(values);
    return withNull ? absent && column.isNotNull() : absent || column.isNull();
}

orm::Expression condition(const ColumnFilter &filter)
{
    const orm::Expression column(*filter.column);
    const orm::Value value = filter.values.empty() ? orm::Value() : filter.values.front();
    switch (filter.op) {
    case FilterOperator::Equal:
        return value.isNull() ? column.isNull() : column == typed(*filter.column, value);
    case FilterOperator::NotEqual:
        return value.isNull() ? column.isNotNull() : column != typed(*filter.column, value) || column.isNull();
    case FilterOperator::Less:
        return column < typed(*filter.column, value);
    case FilterOperator::LessEqual:
        return column <= typed(*filter.column, value);
    case FilterOperator::Greater:
        return column > typed(*filter.column, value);
    case FilterOperator::GreaterEqual:
        return column >= typed(*filter.column, value);
    case FilterOperator::Contains:
        return asText(*filter.column).contains(value.toString());
    case FilterOperator::StartsWith:
        return asText(*filter.column).startsWith(value.toString());
    case FilterOperator::IsNull:
        return column.isNull();
    case FilterOperator::IsNotNull:
        return column.isNotNull();
    case FilterOperator::In:
    case FilterOperator::NotIn:
        return listCondition(filter);
    }
    return {};
}

} // namespace

bool mayBeNull(const orm::Column &column) { return column.nullable && column.identity == orm::IdentityKind::None; }

SortKey naturalSort(const orm::Column &column, bool descending, const orm::Capabilities &capabilities)
{
    return {&column, descending, capabilities.nullsSortFirst != descending};
}

orm::Expression condition(const std::vector<ColumnFilter> &filters)
{
    orm::Expression all;
    for (const ColumnFilter &filter : filters)
        all = all && condition(filter);
    return all;
}

QString operatorName(FilterOperator op)
{
    switch (op) {
    case FilterOperator::Equal:
        return tr("is");
    case FilterOperator::NotEqual:
        return tr("is not");
    case FilterOperator::Less:
        return tr("less than");
    case FilterOperator::LessEqual:
        return tr("at most");
    case FilterOperator::Greater:
        return tr("greater than");
    case FilterOperator::GreaterEqual:
        return tr("at least");
    case FilterOperator::Contains:
        return tr("contains");
    case FilterOperator::StartsWith:
        return tr("starts with");
    case FilterOperator::IsNull:
        return tr("is NULL");
    case FilterOperator::IsNotNull:
        return tr("is not NULL");
    case FilterOperator::In:
        return tr("is one of");
    case FilterOperator::NotIn:
        return tr("is none of");
    }
    return {};
}

QString describe(const ColumnFilter &filter)
{
    constexpr int kShown = 3;
    constexpr int kLength = 30;
    QStringList values;
    for (const orm::Value &value : filter.values) {
        if (values.size() == kShown) {
            values += QStringLiteral("…");
            break;
        }
        values += value.isNull() ? QStringLiteral("NULL") : displayText(value, kLength);
    }
    const QString name = fromUtf8(filter.column->name);
    if (values.isEmpty())
        return QStringLiteral("%1 %2").arg(name, operatorName(filter.op));
    return QStringLiteral("%1 %2 %3").arg(name, operatorName(filter.op), values.join(QStringLiteral(", ")));
}

bool RowKeyShape::isInteger() const noexcept
{
    return kind == KeyKind::RowId || (columns.size() == 1 && columns.front()->type.isInteger() && !rowIdTieBreak);
}

/// Columns of all its three names would hide it.
static bool namesRowId(const orm::Table &table)
{
    return table.find("rowid") == nullptr || table.find("_rowid_") == nullptr || table.find("oid") == nullptr;
}

RowKeyShape rowKeyShape(const orm::Table &table, const orm::Capabilities &capabilities)
{
    RowKeyShape shape;
    if (table.kind() != orm::TableKind::Table)
        return shape;
    shape.columns = table.identityColumns();
    const bool rowId = capabilities.rowId && !table.withoutRowId && namesRowId(table);
    if (shape.columns.empty()) {
        shape.kind = rowId ? KeyKind::RowId : KeyKind::None;
        return shape;
    }
    shape.kind = shape.columns.front()->primaryKey ? KeyKind::PrimaryKey : KeyKind::Unique;
    shape.rowIdTieBreak = rowId && std::any_of(shape.columns.begin(), shape.columns.end(),
                                               [](const orm::Column *column) { return mayBeNull(*column); });
    return shape;
}

} // namespace ui::records
