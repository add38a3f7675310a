#pragma once

#include "app/shell/workspace.h"

#include "ormcore/model/elements.h"

namespace app {

struct Parts;

/// A tab with a diagram of a document; key, title, database and restore are the caller's to set.
[[nodiscard]] Tab makeDiagramTab(ui::Document &document, orm::model::DiagramId diagram, const Parts &parts);

} // namespace app
