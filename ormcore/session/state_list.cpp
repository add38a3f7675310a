#include "ormcore/session/state_list.h"

#include <algorithm>

namespace orm {

namespace {

constexpr std::size_t kSearched = 32; // up to here looking at each is quicker than an index

} // namespace

void StateList::add(State &state)
{
    if (!m_index.empty())
        m_index.emplace(&state, m_states.size());
    m_states.push_back(&state);
    ++m_live;
}

void StateList::remove(const State &state)
{
    if (m_index.empty() && m_states.size() > kSearched)
        for (std::size_t i = 0; i < m_states.size(); ++i)
            if (m_states[i])
                m_index.emplace(m_states[i], i);
    if (!m_index.empty()) {
        const auto found = m_index.find(&state);
        if (found == m_index.end())
            return;
        m_states[found->second] = nullptr;
        m_index.erase(found);
    } else {
        const auto found = std::find(m_states.begin(), m_states.end(), &state);
        if (found == m_states.end())
            return;
        m_states.erase(found);
    }
    if (--m_live == 0)
        clear();
}

void StateList::clear() noexcept
{
    m_states.clear();
    m_index.clear();
    m_live = 0;
}

const std::vector<State *> &StateList::all()
{
    if (m_live != m_states.size()) {
        m_index.clear();
        std::erase(m_states, nullptr);
    }
    return m_states;
}

} // namespace orm
