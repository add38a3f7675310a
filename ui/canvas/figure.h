#pragma once

#include "ormcore/model/model.h"

#include <QRectF>
#include <QString>

#include <vector>

namespace ui::canvas {

/// Measures of what is drawn for an entity, in scene pixels.
constexpr double headerHeight = 28;
constexpr double rowHeight = 20;
constexpr double bottomPadding = 5;
constexpr double iconWidth = 38; ///< key and reference mark before a name

struct RowFigure {
    orm::model::AttributeId attribute;
    QString name;
    QString type;
    bool primaryKey = false;
    bool foreignKey = false;
    bool notNull = false;
    bool unique = false;
    double nameWidth = 0; ///< of the name with its marks
    double typeWidth = 0;
};

/// What a node shows of its entity, measured. A value: made anew when the entity changes. Needs a QGuiApplication.
struct NodeFigure {
    orm::model::NodeId node;
    orm::model::EntityId entity;
    QString title;
    orm::TableKind kind = orm::TableKind::Table;
    bool junction = false;
    std::vector<RowFigure> rows;
    double width = 0;
    double height = 0;
    orm::model::EntityPointer source; ///< what it was made of, and how
    orm::model::Detail detail = orm::model::Detail::All;

    [[nodiscard]] int rowOf(orm::model::AttributeId attribute) const; ///< -1: not shown
    [[nodiscard]] int rowAt(double y) const;                          ///< y from the top; -1: none
    [[nodiscard]] QRectF rowRect(int row) const;                      ///< from the top left corner
    [[nodiscard]] QRectF headerRect() const { return {0, 0, width, headerHeight}; }
};
[[nodiscard]] NodeFigure makeFigure(const orm::model::EntityPointer &source, orm::model::NodeId node,
                                    orm::model::Detail detail);

/// The name with the marks behind it: an asterisk where it is required, a small u where it is unique.
[[nodiscard]] QString markedName(const RowFigure &row);

/// All there is to say of a row: "email varchar(60), required, unique".
[[nodiscard]] QString describeRow(const NodeFigure &figure, int row);

/// What a reader hears of an entity: "customer, table, 13 attributes".
[[nodiscard]] QString spokenName(const NodeFigure &figure);

} // namespace ui::canvas
