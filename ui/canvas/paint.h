#pragma once

#include "ui/base/theme.h"
#include "ui/canvas/plan.h"

#include <QPainterPath>

#include <set>

class QPainter;

namespace ui::canvas {

/// How a node is drawn now, beside what it shows.
struct NodeLook {
    bool selected = false;
    bool hovered = false;
    std::set<orm::model::AttributeId> selectedRows;
    std::set<orm::model::AttributeId> highlightedRows; ///< ends of a line under the pointer
    int handleRow = -1;                                ///< shows where a foreign key can be dragged from
    double scale = 1;                                  ///< screen pixels per scene pixel: decides the detail
};
/// Paints at the figure's own origin.
void paintNode(QPainter &painter, const NodeFigure &figure, const NodeLook &look, const Theme &theme);

enum class EdgeLook { Plain, Hovered, Selected };
/// The line with its crow's feet.
/// exposed: what is seen of the scene; dashes elsewhere are not made. Empty: all is seen.
void paintEdge(QPainter &painter, const routing::Polyline &line, const LinkFigure &link, EdgeLook look,
               const Theme &theme, double scale, const QRectF &exposed = {});
/// The line alone, with rounded corners.
[[nodiscard]] QPainterPath edgePath(const routing::Polyline &line);

} // namespace ui::canvas
