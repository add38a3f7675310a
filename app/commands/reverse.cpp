#include "app/commands/commands.h"
#include "app/commands/headless.h"
#include "app/commands/target.h"

#include "ormcore/model/storage.h"
#include "ormcore/reflect/reflect.h"
#include "ui/canvas/arrange.h"

#include <fmt/format.h>

#include <ostream>

namespace app {

Status reverse(const ReverseOptions &options, const Console &console)
{
    const Target target = resolveTarget(options.target);
    orm::EngineOptions engineOptions = readOnly();
    engineOptions.log = options.log;
    const std::unique_ptr<orm::Engine> engine = openEngine(target, engineOptions);
    orm::Connection connection = engine->connect();
    const orm::MetaData metadata = orm::reflect(connection);

    const std::filesystem::path folder = options.output;
    const bool again = std::filesystem::exists(folder) && !std::filesystem::is_empty(folder);
    orm::model::Model model;
    if (again) {
        model = orm::model::load(folder);
        orm::model::Edit edit = orm::model::mergeMetaData(model, metadata);
        model.swap(edit);
    } else {
        std::string name = folder.filename().string();
        if (name.empty())
            name = target.name();
        model = orm::model::fromMetaData(metadata, name, engine->dialect().name());
    }
    const HeadlessGui gui; // text is measured to lay out
    std::vector<orm::model::DiagramId> diagrams;
    for (const auto &[id, diagram] : model.diagrams())
        diagrams.push_back(id);
    for (const orm::model::DiagramId id : diagrams) {
        orm::model::Edit edit = ui::arrange(model, id, ui::Arrange::Newcomers);
        model.swap(edit);
    }
    orm::model::save(model, folder);
    console.out << fmt::format("{} {} entities in {}\n", again ? "Brought up to date:" : "Made",
                               model.entities().size(), folder.string());
    return Status::Fine;
}

} // namespace app
