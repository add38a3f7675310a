#include "ui/canvas/figure.h"

#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace ui::canvas {

namespace {

using namespace orm::model;

constexpr double sidePadding = 8;
constexpr double typeGap = 22;
constexpr double smallestWidth = 130;
constexpr double largestWidth = 340;

bool inForeignKey(const Entity &entity, AttributeId id)
{
    return std::any_of(entity.foreignKeys.begin(), entity.foreignKeys.end(), [&](const ForeignKey &key) {
        return std::find(key.attributes.begin(), key.attributes.end(), id) != key.attributes.end();
    });
}

QString typeText(const orm::Type &type)
{
    if (type.kind == orm::TypeKind::Unknown && type.native.empty())
        return {}; // a view's expression: the database does not know either
    // Labels of an enumeration would make the box as wide as the sea.
    if (type.kind == orm::TypeKind::Enum && !type.enumName.empty())
        return fromUtf8(type.enumName);
    return fromUtf8(type.toString()).left(40);
}

RowFigure makeRow(const Entity &entity, const Attribute &attribute)
{
    RowFigure row;
    row.attribute = attribute.id;
    row.name = fromUtf8(attribute.name);
    row.type = typeText(attribute.type);
    row.primaryKey = entity.isPrimaryKey(attribute.id);
    row.foreignKey = inForeignKey(entity, attribute.id);
    row.notNull = !attribute.nullable || row.primaryKey;
    row.unique = !row.primaryKey && entity.isUnique({attribute.id});
    return row;
}

} // namespace

int NodeFigure::rowOf(AttributeId attribute) const
{
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const RowFigure &row) { return row.attribute == attribute; });
    return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

int NodeFigure::rowAt(double y) const
{
    if (y < headerHeight)
        return -1;
    const auto row = static_cast<std::size_t>((y - headerHeight - 2) / rowHeight);
    return row < rows.size() ? static_cast<int>(row) : -1;
}

QRectF NodeFigure::rowRect(int row) const { return {0, headerHeight + 2 + row * rowHeight, width, rowHeight}; }

NodeFigure makeFigure(const EntityPointer &source, NodeId node, Detail detail)
{
    const Entity &entity = *source;
    NodeFigure figure;
    figure.node = node;
    figure.source = source;
    figure.detail = detail;
    figure.entity = entity.id;
    figure.kind = entity.kind;
    figure.junction = entity.junction;
    figure.title = fromUtf8(entity.schema.empty() ? entity.name : entity.schema + "." + entity.name);
    if (detail != Detail::Name) {
        for (const Attribute &attribute : entity.attributes) {
            RowFigure row = makeRow(entity, attribute);
            if (detail == Detail::All || row.primaryKey || row.foreignKey)
                figure.rows.push_back(std::move(row));
        }
    }
    QFont bold = interfaceFont();
    bold.setBold(true);
    const QFontMetricsF plain(interfaceFont());
    double width = QFontMetricsF(bold).horizontalAdvance(figure.title) + 2 * sidePadding + 24;
    double names = 0;
    double types = 0;
    for (RowFigure &row : figure.rows) {
        row.nameWidth = plain.horizontalAdvance(markedName(row));
        row.typeWidth = plain.horizontalAdvance(row.type);
        names = std::max(names, row.nameWidth);
        types = std::max(types, row.typeWidth);
    }
    if (!figure.rows.empty())
        width = std::max(width, iconWidth + names + typeGap + types + sidePadding);
    figure.width = std::ceil(std::clamp(width, smallestWidth, largestWidth) / 10) * 10;
    const auto count = static_cast<double>(figure.rows.size());
    figure.height = headerHeight + (count > 0 ? 2 + count * rowHeight + bottomPadding : 0);
    return figure;
}

QString markedName(const RowFigure &row)
{
    if (row.primaryKey)
        return row.name;
    return row.name + (row.notNull ? QStringLiteral("*") : QString()) +
           (row.unique ? QStringLiteral("\u1d58") : QString());
}

QString describeRow(const NodeFigure &figure, int index)
{
    const RowFigure &row = figure.rows[static_cast<std::size_t>(index)];
    const auto tr = [](const char *text) { return QCoreApplication::translate("Canvas", text); };
    QString text = row.name;
    const Attribute *attribute = figure.source->find(row.attribute);
    if (attribute != nullptr)
        text += QLatin1Char(' ') + fromUtf8(attribute->type.toString());
    if (row.primaryKey)
        text += QStringLiteral(", ") + tr("primary key");
    if (row.foreignKey)
        text += QStringLiteral(", ") + tr("refers to another entity");
    if (row.notNull && !row.primaryKey)
        text += QStringLiteral(", ") + tr("required");
    if (row.unique)
        text += QStringLiteral(", ") + tr("unique");
    if (attribute != nullptr && !attribute->comment.empty())
        text += QLatin1Char('\n') + fromUtf8(attribute->comment);
    return text;
}

QString spokenName(const NodeFigure &figure)
{
    const auto tr = [](const char *text, int count = -1) {
        return QCoreApplication::translate("Canvas", text, nullptr, count);
    };
    const QString kind = figure.kind == orm::TableKind::View ? tr("view")
                         : figure.junction                   ? tr("junction table")
                                                             : tr("table");
    const auto count = static_cast<int>(figure.rows.size());
    return (count == 1 ? tr("%1, %2, 1 attribute") : tr("%1, %2, %n attributes", count)).arg(figure.title, kind);
}

} // namespace ui::canvas
