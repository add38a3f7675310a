#pragma once

#include "ormcore/model/model.h"

#include <string>
#include <vector>

namespace orm::model {

enum class Severity : std::uint8_t { Note, Warning, Error };

/// One finding. rule is a permanent name ("fk-type-mismatch") that documentation and --fix use.
struct Problem {
    Severity severity = Severity::Warning;
    std::string rule;
    EntityId entity;
    AttributeId attribute;
    ConstraintId constraint;
    std::string message; ///< names the element, says why and what to do
};
[[nodiscard]] std::vector<Problem> check(const Model &model);

} // namespace orm::model
