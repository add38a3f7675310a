#pragma once

#include "ui/canvas/attribute_text.h"
#include "ui/document/try_edit.h"

namespace ui::canvas {

QString removeElements(Document &document, std::vector<ElementRef> elements, orm::model::KeyColumns columns);
/// Adds the attribute that text describes at a position (the end: none) and says its id.
QString addAttributeFrom(Document &document, orm::model::EntityId entity, const QString &text,
                         std::optional<std::size_t> position, orm::model::AttributeId *added);
/// Name, type, NOT NULL and key of an attribute, as text says.
QString changeAttribute(Document &document, const AttributeRef &attribute, const QString &text);

} // namespace ui::canvas
