#pragma once

#include "ormcore/mapping/mapper.h"

#include <cstddef>
#include <vector>

namespace orm {

/// Where a SELECT of a class's objects has the columns of each class that a row may be of.
///
/// The row begins with the columns of the class that is asked for, in their order; those that classes below it add
/// follow, as far as the SELECT has them.
struct RowLayout {
    struct Class {
        const Mapper *mapper = nullptr;
        Value identity;          ///< what the discriminator has in its rows; NULL: it has none
        std::vector<int> places; ///< by position in its columns; -1: the row does not have it
        bool complete = true;    ///< the row has all of its columns
        bool selectIn = false;   ///< the others come with one further SELECT, not when they are read
    };
    const Mapper *mapper = nullptr;
    std::vector<const Mapper *> extra; ///< the classes below whose own columns follow, bases first
    std::size_t size = 0;              ///< columns
    int discriminator = -1;            ///< its place; -1: all rows are of the first class
    Type discriminatorType;
    std::vector<Class> classes; ///< mapper is the first
    /// A UNION over the tables of classes that share no rows: the discriminator is the number of one of these, and
    /// there are no classes here. The columns that they have beyond those of the mapper stand beside each other.
    std::vector<RowLayout> members;

    [[nodiscard]] const Class *find(const Value &identity) const noexcept; ///< null: no class has it
    [[nodiscard]] const Class &of(const Mapper &mapper) const noexcept;    ///< it or one below it
};

/// With the columns that these classes below the mapper, and those between, add. Those in tables that are read anyway
/// need not be named.
[[nodiscard]] RowLayout rowLayout(const Mapper &mapper, const std::vector<const Mapper *> &with,
                                  const std::vector<const Mapper *> &selectIn = {});
/// The same, with a UNION where concrete classes are among those that are named.
[[nodiscard]] RowLayout unionLayout(const Mapper &mapper, const std::vector<const Mapper *> &with,
                                    const std::vector<const Mapper *> &selectIn);
/// As the classes are mapped.
[[nodiscard]] RowLayout rowLayout(const Mapper &mapper);
/// By their names, those of their types, or "*" for all. Argument: there is none below the mapper.
[[nodiscard]] std::vector<const Mapper *> classesBelow(const Mapper &mapper, const std::vector<std::string> &names);

} // namespace orm
