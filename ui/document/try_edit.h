#pragma once

#include "ui/document/document.h"

#include <functional>

namespace ui {

/// Computes an edit and applies it as one undo step. Answer: why it could not be done, in plain words; empty: done.
QString tryEdit(Document &document, const std::function<orm::model::Edit()> &make, const QString &text);

/// Several edits, each computed after the one before was applied, as one undo step; stops at the first that fails and
/// takes back those before it.
QString tryEdits(Document &document, const std::vector<std::function<orm::model::Edit()>> &makes, const QString &text);

/// The entity that an edit adds; none: it adds none.
[[nodiscard]] orm::model::EntityId addedEntity(const orm::model::Model &model, const orm::model::Edit &edit);

} // namespace ui
