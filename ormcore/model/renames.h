#pragma once

#include "ormcore/model/draft.h"

namespace orm::model {

/// Carries the renaming of an entity and of its attributes into the SQL text that is kept verbatim: checks, generated
/// columns, index expressions, triggers and views. before: the entity as the text still has it.
void followRenames(Draft &draft, const Entity &before, EntityId id);

} // namespace orm::model
