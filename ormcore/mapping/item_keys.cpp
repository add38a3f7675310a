#include "ormcore/mapping/item_keys.h"

#include "ormcore/mapping/state.h"

namespace orm {

void ItemKeys::add(State &item)
{
    remove(item);
    ensureLoaded(item, m_column);
    Value key = columnValue(item, m_column);
    m_items[key] = &item;
    m_keys.emplace(&item, std::move(key));
}

void ItemKeys::remove(const State &item)
{
    const auto known = m_keys.find(&item);
    if (known == m_keys.end())
        return;
    if (const auto found = m_items.find(known->second); found != m_items.end() && found->second == &item)
        m_items.erase(found);
    m_keys.erase(known);
}

void ItemKeys::clear() noexcept
{
    m_items.clear();
    m_keys.clear();
}

State *ItemKeys::find(const Value &key) const
{
    const auto found = m_items.find(key);
    return found == m_items.end() ? nullptr : found->second;
}

} // namespace orm
