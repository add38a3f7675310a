#pragma once

#include "ormcore/model/model.h"

#include <functional>

namespace ui {

enum class Arrange { Everything, Newcomers };

/// The edit that gives the nodes of a diagram their places; newcomers are those that have none yet, and what stands
/// stays. Empty where there is nothing to do. cancelled (may be empty) is asked now and then; then the edit is
/// worthless. Any thread; needs a QGuiApplication, since text is measured.
[[nodiscard]] orm::model::Edit arrange(const orm::model::Model &model, orm::model::DiagramId diagram, Arrange which,
                                       const std::function<bool()> &cancelled = {});

} // namespace ui
