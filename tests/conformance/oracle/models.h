#pragma once

#include "tests/conformance/oracle/world.h"

namespace oracle {

/// The models that the reference's cases are played on, by the same names.
extern const Model users;
extern const Model addresses;      ///< users with addresses, both sides
extern const Model cascading;      ///< orders that own their lines
extern const Model profiles;       ///< one profile a user, owned, under a unique key
extern const Model library;        ///< authors and books, N:N
extern const Model nodes;          ///< a tree
extern const Model accounts;       ///< with a version column
extern const Model documents;      ///< numbered from 100 on by a default
extern const Model peopleJoined;   ///< people, employees and managers, who are employees
extern const Model peopleSingle;   ///< people, employees and customers in one table
extern const Model peopleConcrete; ///< people and employees, whose rows are their own
extern const Model checkedUsers;
extern const Model watchedUsers;

/// What the handlers of watchedUsers were called for: event and user, in order.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> &heard();

/// The seven users that most queries look at, committed and forgotten.
void addSevenUsers(World &world);

} // namespace oracle
