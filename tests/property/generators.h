#pragma once

#include "tests/property/model.h"
#include "tests/property/steps.h"

#include <rapidcheck.h>

namespace property {

[[nodiscard]] rc::Gen<Model> anyModel();
[[nodiscard]] rc::Gen<Steps> anySteps();

void showValue(const Model &model, std::ostream &out);
void showValue(const Steps &steps, std::ostream &out);

} // namespace property
