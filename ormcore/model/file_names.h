#pragma once

#include "ormcore/model/model.h"

#include <map>
#include <string>
#include <string_view>

namespace orm::model {

/// A name as one part of a path that every file system takes: letters, digits, "-", "_" and inner dots stay, other
/// bytes become %XX. "aux" and its like, which Windows keeps for itself, get their first letter escaped.
[[nodiscard]] std::string fileName(std::string_view name);

/// The paths of a model's files, relative to its folder. Two names that differ only in case, or too long ones, get
/// their id behind them, so that no file system takes them for one.
struct ModelPaths {
    std::string model;
    std::map<EntityId, std::string> entities;
    std::map<DiagramId, std::string> diagrams;
};
[[nodiscard]] ModelPaths pathsOf(const Model &model);

} // namespace orm::model
