#include "ormcore/model/edits.h"

#include "ormcore/base/error.h"
#include "ormcore/model/draft.h"
#include "ormcore/model/names.h"

namespace orm::model {

namespace {

void requireDiagram(const Model &model, DiagramId diagram)
{
    if (model.diagrams().count(diagram) == 0)
        throw Argument("There is no diagram " + idText(diagram.value) + " in the model.");
}

const Node &nodeOf(const Model &model, DiagramId diagram, NodeId id)
{
    requireDiagram(model, diagram);
    const auto &nodes = model.nodes(diagram);
    const auto found = nodes.find(id);
    if (found == nodes.end())
        throw Argument("The diagram has no node " + idText(id.value) + ".");
    return found->second;
}

} // namespace

Edit addDiagram(const Model &model, std::string name)
{
    Draft draft(model);
    if (name.empty())
        throw Argument("A diagram needs a name.");
    for (const auto &[id, info] : model.diagrams())
        if (sameName(info.name, name))
            throw Argument("There is already a diagram named \"" + info.name + "\".");
    DiagramInfo diagram;
    diagram.id = draft.newId<DiagramId>();
    diagram.name = std::move(name);
    draft.put(std::move(diagram));
    return draft.take();
}

Edit moveNodes(const Model &model, DiagramId diagram, std::span<const NodePosition> positions)
{
    Draft draft(model);
    for (const NodePosition &position : positions) {
        const Node &before = nodeOf(model, diagram, position.node);
        const Node after{before.id, before.entity, position.x, position.y, true};
        if (after != before)
            draft.put(diagram, after);
    }
    return draft.take();
}

Edit addNode(const Model &model, DiagramId diagram, EntityId entity, int x, int y)
{
    Draft draft(model);
    requireDiagram(model, diagram);
    const Entity &shown = draft.entity(entity);
    for (const auto &[id, node] : model.nodes(diagram))
        if (node.entity == entity)
            throw Argument("The diagram already shows \"" + shown.name + "\".");
    draft.put(diagram, {draft.newId<NodeId>(), entity, x, y, true});
    return draft.take();
}

Edit removeNodes(const Model &model, DiagramId diagram, std::span<const NodeId> nodes)
{
    Draft draft(model);
    for (const NodeId id : nodes)
        draft.remove(diagram, nodeOf(model, diagram, id).id);
    return draft.take();
}

} // namespace orm::model
