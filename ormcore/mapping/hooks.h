#pragma once

#include "ormcore/mapping/events.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace orm {

struct State;
struct MappedColumn;
struct Reference;
struct Relationship;
class Mapper;
class Region;

/// Looks at what a column is about to get, in a member of the column's own C++ type (a Value for records). May write
/// another value there; throws to refuse.
using ColumnCheck = std::function<void(State &object, const MappedColumn &column, void *member)>;
/// Looks at an object that is about to be linked (null: taken out of a One). Throws to refuse.
using RelationCheck = std::function<void(State &owner, State *other)>;

/// What ClassMap::validate() collects: one of the checks, for the member at `offset` or the attribute called `name`.
struct ValidatorSpec {
    std::string name;
    std::optional<std::size_t> offset;
    ColumnCheck column;
    RelationCheck relation;
};

/// What a mapping wants to be asked and told about its objects. A mapper without any has no hooks at all.
struct MapperHooks {
    template <class Check> struct Rule {
        std::uint16_t position = 0; ///< in columns() or relationships()
        std::string attribute;      ///< as messages call it
        Check check;
    };
    std::vector<ValidatorSpec> validators; ///< as they were given; found below once the mapper is complete
    std::vector<Rule<ColumnCheck>> columns;
    std::vector<Rule<RelationCheck>> relations;
    std::array<std::vector<ObjectHandler>, objectEvents> handlers;
    [[nodiscard]] const std::vector<ObjectHandler> &of(ObjectEvent event) const noexcept
    {
        return handlers[static_cast<std::size_t>(event)];
    }
};

// Errors of these: Validation, naming class and attribute, and what else a validator throws.

/// Asks about a value before the column gets it.
void validateColumn(State &state, std::size_t column, void *member);
/// A new object, with what it was made from; its columns that are not NULL are asked about.
[[nodiscard]] State &makeObject(Region &region, const Mapper &mapper, void *movable);
/// Remembers the validated columns before a writable reference is given out …
void watchEdit(State &state);
/// … and asks about those that were written through it. One that is refused stays as it is, to be asked about again.
void validateEdit(State &state);
/// Asks both sides about a link before anything of it is made. Argument: the objects cannot be linked.
void validateLink(State &child, const Reference &reference, State *parent);
/// The same for an N:N link that is to be made.
void validatePair(State &owner, const Relationship &relationship, State &other);

} // namespace orm
