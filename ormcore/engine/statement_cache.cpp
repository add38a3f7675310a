#include "ormcore/engine/statement_cache.h"

#include <algorithm>

namespace orm {

namespace {

constexpr std::size_t kLargest = 4096; // bytes of one value

bool isLarge(const Value &value)
{
    switch (value.kind()) {
    case ValueKind::Text:
    case ValueKind::Json:
        return value.asText().size() > kLargest;
    case ValueKind::Bytes:
        return value.asBytes().size() > kLargest;
    case ValueKind::Array:
        return value.asArray().size() > kLargest;
    default:
        return false;
    }
}

} // namespace

std::shared_ptr<const Compiled> StatementCache::find(std::size_t hash, const Statement &statement)
{
    const std::lock_guard lock(m_mutex);
    const auto [first, last] = m_byHash.equal_range(hash);
    for (auto it = first; it != last; ++it) {
        if (sameStructure(it->second->statement, statement)) {
            m_entries.splice(m_entries.end(), m_entries, it->second);
            return it->second->compiled;
        }
    }
    return nullptr;
}

void StatementCache::keep(std::size_t hash, const Statement &statement, const std::shared_ptr<const Compiled> &compiled)
{
    const std::lock_guard lock(m_mutex);
    m_entries.push_back({hash, statement, compiled});
    m_byHash.emplace(hash, std::prev(m_entries.end()));
    while (m_entries.size() > m_capacity) {
        const auto [first, last] = m_byHash.equal_range(m_entries.front().hash);
        for (auto it = first; it != last; ++it) {
            if (it->second == m_entries.begin()) {
                m_byHash.erase(it);
                break;
            }
        }
        m_entries.pop_front();
    }
}

std::shared_ptr<const Compiled> StatementCache::compile(const Statement &statement, const Dialect &dialect, bool &hit)
{
    const std::size_t hash = structuralHash(statement);
    if (auto known = find(hash, statement)) {
        hit = true;
        return known;
    }
    hit = false;
    auto compiled = dialect.compile(statement);
    // A kept statement holds its first values: large ones would stay in memory for as long as the engine.
    const std::vector<Value> values = bindValues(statement);
    if (std::none_of(values.begin(), values.end(), isLarge))
        keep(hash, statement, compiled);
    return compiled;
}

} // namespace orm
