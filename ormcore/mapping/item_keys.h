#pragma once

#include "ormcore/base/value.h"

#include <cstdint>
#include <unordered_map>

namespace orm {

struct State;

/// The objects of a collection that is a map, by the value that a column of each had when it was put in.
///
/// Of several with one value the last is found. Thread: its session's.
class ItemKeys {
public:
    explicit ItemKeys(std::uint16_t column) noexcept : m_column(column) {}

    void add(State &item); ///< loads the column where it is not loaded
    void remove(const State &item);
    void clear() noexcept;
    [[nodiscard]] State *find(const Value &key) const; ///< null: none

private:
    std::uint16_t m_column;
    std::unordered_map<Value, State *> m_items;
    std::unordered_map<const State *, Value> m_keys;
};

} // namespace orm
