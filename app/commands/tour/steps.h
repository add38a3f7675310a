#pragma once

#include "app/commands/console.h"
#include "app/commands/tour/sql_log_file.h"

#include "ormcore/model/model.h"

#include <filesystem>

namespace app {

/// Where the tour works and what it tells.
struct TourStage {
    std::filesystem::path folder;
    std::filesystem::path database; ///< the sample shop, made anew
    const Console &console;
    const SqlLogFile &log;
};

/// Database -> model on disk -> pictures of the diagram, light and dark. Returns the model.
[[nodiscard]] orm::model::Model tourModel(const TourStage &stage);
/// Model -> CREATE script and C++ classes; the script makes a second database that has the same tables.
void tourGenerated(const TourStage &stage, const orm::model::Model &model);
/// Records through the session: changes a customer, places an order with two lines, deletes a review, commits, and
/// reads all of it back.
void tourRecords(const TourStage &stage);

/// The real window on the offscreen platform, photographed at work.
void tourWindow(const TourStage &stage);

} // namespace app
