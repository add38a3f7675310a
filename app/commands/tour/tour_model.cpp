#include "app/commands/commands.h"
#include "app/commands/create_database.h"
#include "app/commands/target.h"
#include "app/commands/tour/steps.h"

#include "ormcore/codegen/generator.h"
#include "ormcore/dialects/builtin.h"
#include "ormcore/model/storage.h"
#include "ormcore/reflect/reflect.h"
#include "ui/canvas/render.h"

#include <fmt/format.h>

#include <ostream>

namespace app {
namespace {

namespace fs = std::filesystem;

orm::Inspection inspectionOf(const fs::path &database, const SqlLogFile &log)
{
    orm::EngineOptions options = readOnly();
    options.log = log.sink();
    orm::Engine engine(orm::builtinDrivers(), orm::Url::sqliteFile(database.string()), options);
    orm::Connection connection = engine.connect();
    return orm::inspect(connection, false);
}

} // namespace

orm::model::Model tourModel(const TourStage &stage)
{
    stage.log.heading("reverse-engineer");
    const fs::path folder = stage.folder / "shop";
    if (reverse({.target = stage.database.string(), .output = folder.string(), .log = stage.log.sink()},
                stage.console) != Status::Fine)
        throw orm::Operational("the sample could not be reverse-engineered", orm::Operational::Reason::Other);
    orm::model::Model model = orm::model::load(folder);
    const orm::model::DiagramId diagram = model.diagrams().begin()->first;
    for (const auto &[name, appearance] :
         {std::pair("light", ui::Appearance::Light), std::pair("dark", ui::Appearance::Dark)})
        for (const char *suffix : {"svg", "png", "pdf"}) {
            const fs::path file = stage.folder / fmt::format("diagram-{}.{}", name, suffix);
            ui::renderDiagram(model, diagram, file, appearance);
            stage.console.out << "Drew " << file.string() << '\n';
        }
    return model;
}

void tourGenerated(const TourStage &stage, const orm::model::Model &model)
{
    const fs::path script = stage.folder / "shop.sql";
    orm::model::saveFile(script, orm::codegen::ddlScript(model, orm::builtinDialect("sqlite")));
    stage.console.out << "Wrote the CREATE script " << script.string() << '\n';

    const fs::path classes = stage.folder / "classes";
    for (const orm::model::TextFile &file : orm::codegen::generator("cpp").generate(model, {})) {
        fs::create_directories((classes / file.path).parent_path());
        orm::model::saveFile(classes / file.path, file.text);
    }
    stage.console.out << "Wrote C++ classes in " << classes.string() << '\n';

    stage.log.heading("create a database from the model");
    const fs::path copy = stage.folder / "copy.db";
    fs::remove(copy);
    createDatabase(model, resolveTarget(copy.string()), {}, stage.log.sink());
    if (inspectionOf(stage.database, stage.log).counts != inspectionOf(copy, stage.log).counts)
        throw orm::Operational(copy.string() + " differs from the database that its model was made of",
                               orm::Operational::Reason::Other);
    stage.console.out << "Made " << copy.string() << " of the model: it has the same tables, keys and indexes\n";
}

} // namespace app
