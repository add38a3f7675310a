#include "app/commands/commands.h"
#include "app/commands/headless.h"
#include "app/commands/target.h"

#include "ui/canvas/render.h"

#include <fmt/format.h>

#include <ostream>

namespace app {

Status render(const RenderOptions &options, const Console &console)
{
    const orm::model::Model model = openModel(resolveTarget(options.target));
    std::optional<orm::model::DiagramId> diagram;
    if (!options.diagram.empty())
        diagram = model.diagram(options.diagram);
    else if (!model.diagrams().empty())
        diagram = model.diagrams().begin()->first;
    if (!diagram)
        throw orm::Argument(options.diagram.empty() ? "the model has no diagram"
                                                    : "the model has no diagram named " + options.diagram);
    const HeadlessGui gui;
    ui::renderDiagram(model, *diagram, options.output, options.dark ? ui::Appearance::Dark : ui::Appearance::Light);
    console.out << fmt::format("{}\n", options.output);
    return Status::Fine;
}

} // namespace app
