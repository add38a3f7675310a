#include "ormcore/engine/handle_cache.h"

namespace orm {

Handle *HandleCache::find(const Compiled &compiled, const std::string &expanded)
{
    const auto found = m_byKey.find(Key{&compiled, expanded});
    if (found == m_byKey.end() || found->second->busy)
        return nullptr;
    m_handles.splice(m_handles.end(), m_handles, found->second);
    return &*found->second;
}

Handle *HandleCache::insert(Handle &handle)
{
    if (m_byKey.contains(Key{handle.compiled.get(), handle.expanded}))
        return nullptr;
    if (m_handles.size() >= kCapacity)
        dropOldest();
    m_handles.push_back(std::move(handle));
    const auto last = std::prev(m_handles.end());
    m_byKey.emplace(Key{last->compiled.get(), last->expanded}, last);
    return &*last;
}

void HandleCache::dropOldest() noexcept
{
    for (auto it = m_handles.begin(); it != m_handles.end(); ++it) {
        if (!it->busy) {
            m_byKey.erase(Key{it->compiled.get(), it->expanded});
            m_handles.erase(it);
            return;
        }
    }
}

Handle *HandleCache::findPinned(const Compiled &compiled)
{
    const auto found = m_pinned.find(&compiled);
    return found == m_pinned.end() ? nullptr : &found->second;
}

Handle &HandleCache::pin(Handle handle)
{
    const Compiled *key = handle.compiled.get();
    return m_pinned.emplace(key, std::move(handle)).first->second;
}

void HandleCache::resetAll() noexcept
{
    for (Handle &handle : m_handles) {
        handle.statement->reset();
        handle.busy = false;
    }
    for (auto &[key, handle] : m_pinned)
        handle.statement->reset();
    if (m_pinned.size() > kCapacity)
        m_pinned.clear();
}

void HandleCache::clear() noexcept
{
    m_byKey.clear();
    m_handles.clear();
    m_pinned.clear();
}

} // namespace orm
