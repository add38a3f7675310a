#pragma once

#include "ormcore/session/flush_plan.h"

namespace orm {

/// The link rows that the lists of changed and pending objects ask for: each once, although both sides may ask. Links
/// of what is deleted, or is not to be in the database, are left out.
[[nodiscard]] std::vector<LinkChange> linkChanges(const FlushInput &input, const std::vector<State *> &changed);

/// Steps that delete and insert these rows, the deletions first: they may free a unique value.
void addLinkSteps(FlushPlan &plan, const std::vector<LinkChange> &links);
/// Into a step that deletes all links of objects, by the foreign key that leads to them.
void addToUnlinks(std::vector<FlushStep> &steps, const Reference &reference, State &state);

/// Which object, and which part of its key, a column of a link step's row has.
struct LinkCell {
    State *state = nullptr;
    const Reference *reference = nullptr;
    std::size_t part = 0;
};
[[nodiscard]] LinkCell linkCell(const FlushStep &step, std::size_t row, std::uint16_t column);
/// That value: the row's key where the row is deleted, else the object's.
[[nodiscard]] Value linkValue(const FlushStep &step, const LinkCell &cell);

} // namespace orm
