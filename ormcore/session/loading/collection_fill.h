#pragma once

#include "ormcore/mapping/object_graph.h"

#include <vector>

namespace orm {

/// Puts rows into the collections of many objects while a statement runs.
///
/// A collection that is in memory already stays as it is, unless it is to be populated anew; what was added and removed
/// in memory meanwhile holds. Collections are loaded when finish() returns; without it they are as before, not loaded.
class CollectionFill {
public:
    explicit CollectionFill(bool populate) noexcept : m_populate(populate) {}
    CollectionFill(const CollectionFill &) = delete;
    CollectionFill &operator=(const CollectionFill &) = delete;
    ~CollectionFill();

    /// Whether the rows of this statement are to be put into the collection; it is empty then, until add().
    [[nodiscard]] bool takes(RelationSlot &slot);
    void add(RelationSlot &slot, State &item) const;
    void finish();

private:
    bool m_populate;
    std::vector<RelationSlot *> m_slots;
};

/// A relationship that is not loaded becomes loaded, with nothing but what was added in memory.
void leaveEmpty(State &state, const Relationship &relationship);

/// Puts a row into a 1:1 that is being loaded. MultipleResults: another one is there.
void takeOnly(RelationSlot &slot, State &child);
[[noreturn]] void refuseSecond(const Relationship &relationship);

/// A link table without a key may have a row twice.
void keepFirstOfEach(std::vector<State *> &states);

/// The object was given another parent in memory, or its foreign key another value, since it was loaded: its row does
/// not say where it belongs.
[[nodiscard]] bool isRelinked(const State &child, const Reference &reference);

} // namespace orm
