#pragma once

#include "app/shell/workspace.h"

#include "ormcore/schema/table.h"

namespace app {

class Navigator;
struct OpenDatabase;
struct Parts;

/// A tab with the records of a table; key and restore are the caller's to set.
[[nodiscard]] Tab makeRecordsTab(OpenDatabase &database, const orm::Table &table, Navigator &navigator,
                                 const Parts &parts);

} // namespace app
