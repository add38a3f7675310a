#pragma once

#include "ui/canvas/figure.h"
#include "ui/canvas/layout/layout.h"
#include "ui/canvas/routing/route.h"

#include <map>

namespace ui::canvas {

/// How many of one side belong to one of the other.
enum class Cardinality : std::uint8_t { One, ZeroOrOne, ZeroOrMany };

/// A foreign key as a diagram shows it: from the child's node to the parent's.
struct LinkFigure {
    orm::model::EntityId child;
    orm::model::ConstraintId key;
    orm::model::EntityId parent;
    std::size_t childNode = 0; ///< index in the plan's nodes
    std::size_t parentNode = 0;
    std::vector<orm::model::AttributeId> childAttributes;
    std::vector<orm::model::AttributeId> parentAttributes;
    Cardinality atChild = Cardinality::ZeroOrMany;
    Cardinality atParent = Cardinality::One;
    bool identifying = false; ///< drawn solid; others dashed
    QString name;
    bool operator==(const LinkFigure &) const = default;
};

/// All that one diagram shows, measured, with places where they are known.
struct Plan {
    std::vector<NodeFigure> nodes;
    std::vector<layout::Place> places;
    std::vector<bool> placed;
    std::vector<LinkFigure> links;
};
/// previous: figures of entities that are still the same are moved out of it instead of being measured again.
[[nodiscard]] Plan makePlan(const orm::model::Model &model, orm::model::DiagramId diagram, Plan previous = {});

[[nodiscard]] layout::Graph layoutGraph(const Plan &plan); ///< placed nodes are fixed
[[nodiscard]] std::vector<routing::Box> routingBoxes(const Plan &plan);
[[nodiscard]] routing::Link routingLink(const Plan &plan, const LinkFigure &link);
[[nodiscard]] std::vector<routing::Link> routingLinks(const Plan &plan);
[[nodiscard]] routing::Options routingOptions();

} // namespace ui::canvas
