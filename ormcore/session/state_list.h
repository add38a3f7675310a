#pragma once

#include "ormcore/mapping/state.h"

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace orm {

/// Objects in the order in which they came, each once. Any of them is taken out in constant time: the index that this
/// needs is made by the first removal from a long list, so that lists that only grow never pay for it.
///
/// Thread: its session's.
class StateList {
public:
    void add(State &state); ///< must not be in the list
    void remove(const State &state);
    void clear() noexcept;
    [[nodiscard]] bool empty() const noexcept { return m_live == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return m_live; }
    /// Without holes; valid until the next add() or remove().
    [[nodiscard]] const std::vector<State *> &all();
    template <class Predicate> void removeIf(Predicate predicate)
    {
        m_index.clear();
        std::erase_if(m_states, [&](State *state) { return !state || predicate(*state); });
        m_live = m_states.size();
    }

private:
    std::vector<State *> m_states; // null: taken out
    std::size_t m_live = 0;
    std::unordered_map<const State *, std::size_t> m_index; // empty: not made
};

} // namespace orm
