#include "ui/canvas/plan.h"

#include "ui/base/value_text.h"

#include <algorithm>
#include <tuple>

namespace ui::canvas {

namespace {

using namespace orm::model;

bool mandatory(const Entity &child, const ForeignKey &key)
{
    return std::all_of(key.attributes.begin(), key.attributes.end(), [&](AttributeId id) {
        const Attribute *attribute = child.find(id);
        return attribute != nullptr && (!attribute->nullable || child.isPrimaryKey(id));
    });
}

LinkFigure makeLink(const Entity &child, const ForeignKey &key, const Entity &parent)
{
    LinkFigure link;
    link.child = child.id;
    link.key = key.id;
    link.parent = parent.id;
    link.childAttributes = key.attributes;
    link.parentAttributes = key.targetAttributes.empty() ? parent.primaryKey.attributes : key.targetAttributes;
    link.atChild = child.isUnique(key.attributes) ? Cardinality::ZeroOrOne : Cardinality::ZeroOrMany;
    link.atParent = mandatory(child, key) ? Cardinality::One : Cardinality::ZeroOrOne;
    link.identifying = !key.attributes.empty() && std::all_of(key.attributes.begin(), key.attributes.end(),
                                                              [&](AttributeId id) { return child.isPrimaryKey(id); });
    link.name = fromUtf8(key.name);
    return link;
}

/// The middle of an attribute's row, the middle of the header where it is not shown.
double heightOf(const NodeFigure &figure, const std::vector<AttributeId> &attributes, bool &shown)
{
    const int row = attributes.empty() ? -1 : figure.rowOf(attributes.front());
    shown = row >= 0;
    return shown ? figure.rowRect(row).center().y() : headerHeight / 2;
}

} // namespace

Plan makePlan(const Model &model, DiagramId diagram, Plan previous)
{
    Plan plan;
    std::map<NodeId, NodeFigure *> known;
    for (NodeFigure &figure : previous.nodes)
        known[figure.node] = &figure;
    const auto info = model.diagrams().find(diagram);
    const Detail detail = info == model.diagrams().end() ? Detail::All : info->second.detail;
    std::map<EntityId, std::size_t> index;
    // By name, not by id: two models of the same database are to be drawn alike.
    std::vector<std::pair<EntityPointer, const Node *>> shown;
    for (const auto &[id, node] : model.nodes(diagram)) {
        if (EntityPointer entity = model.entity(node.entity))
            shown.emplace_back(std::move(entity), &node);
    }
    std::stable_sort(shown.begin(), shown.end(), [](const auto &a, const auto &b) {
        return std::tie(a.first->schema, a.first->name) < std::tie(b.first->schema, b.first->name);
    });
    for (const auto &[entity, shownNode] : shown) {
        const Node &node = *shownNode;
        const NodeId id = node.id;
        index[node.entity] = plan.nodes.size();
        const auto old = known.find(id);
        const bool same = old != known.end() && old->second->source == entity && old->second->detail == detail;
        plan.nodes.push_back(same ? std::move(*old->second) : makeFigure(entity, id, detail));
        plan.places.push_back({static_cast<double>(node.x), static_cast<double>(node.y)});
        plan.placed.push_back(node.placed);
    }
    for (const NodeFigure &figure : plan.nodes) {
        const EntityPointer child = model.entity(figure.entity);
        for (const ForeignKey &key : child->foreignKeys) {
            const auto found = index.find(key.target);
            if (found == index.end())
                continue;
            LinkFigure link = makeLink(*child, key, *model.entity(key.target));
            link.childNode = index[figure.entity];
            link.parentNode = found->second;
            plan.links.push_back(std::move(link));
        }
    }
    return plan;
}

layout::Graph layoutGraph(const Plan &plan)
{
    layout::Graph graph;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        graph.nodes.push_back(
            {plan.nodes[i].width, plan.nodes[i].height, plan.placed[i], plan.places[i].x, plan.places[i].y});
    for (const LinkFigure &link : plan.links)
        graph.edges.push_back({static_cast<int>(link.childNode), static_cast<int>(link.parentNode)});
    return graph;
}

std::vector<routing::Box> routingBoxes(const Plan &plan)
{
    std::vector<routing::Box> boxes;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        boxes.push_back({plan.places[i].x, plan.places[i].y, plan.nodes[i].width, plan.nodes[i].height});
    return boxes;
}

routing::Link routingLink(const Plan &plan, const LinkFigure &link)
{
    const NodeFigure &child = plan.nodes[link.childNode];
    const NodeFigure &parent = plan.nodes[link.parentNode];
    routing::Link result;
    bool shown = false;
    const double y = heightOf(child, link.childAttributes, shown);
    result.source.box = static_cast<int>(link.childNode);
    result.source.wanted = y;
    result.source.from = shown ? y - rowHeight / 2 + 3 : 0;
    result.source.to = shown ? y + rowHeight / 2 - 3 : child.height;
    if (shown)
        result.source.sides = routing::Left | routing::Right;
    result.target.box = static_cast<int>(link.parentNode);
    result.target.wanted = heightOf(parent, link.parentAttributes, shown);
    result.target.to = parent.height;
    return result;
}

std::vector<routing::Link> routingLinks(const Plan &plan)
{
    std::vector<routing::Link> links;
    for (const LinkFigure &link : plan.links)
        links.push_back(routingLink(plan, link));
    return links;
}

routing::Options routingOptions()
{
    routing::Options options;
    options.clearance = 24; // the crow's foot needs a straight stretch
    return options;
}

} // namespace ui::canvas
