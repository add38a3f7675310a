#include "app/commands/commands.h"
#include "app/commands/headless.h"
#include "app/commands/sample.h"
#include "app/commands/tour/steps.h"

#include <fmt/format.h>

#include <ostream>

namespace app {

Status tour(const TourOptions &options, const Console &console)
{
    const std::filesystem::path folder = options.folder;
    std::filesystem::create_directories(folder);
    const HeadlessGui gui(HeadlessGui::Kind::Widgets);
    const std::filesystem::path database = folder / "shop.db";
    makeSampleDatabase(database);
    console.out << "Made the sample shop " << database.string() << '\n';
    const SqlLogFile log(folder / "sql.log");
    const TourStage stage{folder, database, console, log};
    const orm::model::Model model = tourModel(stage);
    tourGenerated(stage, model);
    tourRecords(stage);
    tourWindow(stage);
    console.out << fmt::format("{} statements are in {}\n", log.statements(), (folder / "sql.log").string());
    return Status::Fine;
}

} // namespace app
