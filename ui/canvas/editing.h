#pragma once

#include "ui/canvas/attribute_text.h"
#include "ui/document/document.h"

#include <functional>
#include <span>

namespace ui::canvas {

/// Computes an edit and applies it as one undo step. Answer: why it could not be done, in plain words; empty: done.
QString tryEdit(Document &document, const std::function<orm::model::Edit()> &make, const QString &text);

/// Several edits, each computed after the one before was applied, as one undo step; stops at the first that fails and
/// takes back those before it.
QString tryEdits(Document &document, const std::vector<std::function<orm::model::Edit()>> &makes, const QString &text);

/// The entity that an edit adds; none: it adds none.
[[nodiscard]] orm::model::EntityId addedEntity(const orm::model::Model &model, const orm::model::Edit &edit);

QString removeElements(Document &document, std::vector<ElementRef> elements, orm::model::KeyColumns columns);
/// Adds the attribute that text describes at a position (the end: none) and says its id.
QString addAttributeFrom(Document &document, orm::model::EntityId entity, const QString &text,
                         std::optional<std::size_t> position, orm::model::AttributeId *added);
/// Name, type, NOT NULL and key of an attribute, as text says.
QString changeAttribute(Document &document, const AttributeRef &attribute, const QString &text);

} // namespace ui::canvas
