#pragma once

#include "ormcore/model/model.h"

#include <string>

namespace orm::model {

/// The texts of a model's files; storage.h says where they go. Pure.
[[nodiscard]] std::string entityText(const Model &model, const Entity &entity);
[[nodiscard]] std::string diagramText(const Model &model, const DiagramInfo &diagram);
[[nodiscard]] std::string modelText(const Model &model);

} // namespace orm::model
