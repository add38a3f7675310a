#pragma once

#include "ormcore/model/model.h"

#include <QString>

#include <optional>

namespace ui::canvas {

/// An attribute as one types it: "price numeric(10,2) not null", "id bigint pk".
struct AttributeText {
    orm::model::Attribute attribute;
    bool primaryKey = false;
};
[[nodiscard]] QString attributeText(const orm::model::Entity &entity, const orm::model::Attribute &attribute);

/// Reads it; what the text leaves out stays as in `base` (a new attribute: varchar(100), or an integer where the name
/// ends like a key). Nothing and a sentence in `error` where it cannot be read.
[[nodiscard]] std::optional<AttributeText> readAttribute(const QString &text, const AttributeText &base,
                                                         QString *error);
/// What a new attribute starts from.
[[nodiscard]] AttributeText newAttribute();

} // namespace ui::canvas
