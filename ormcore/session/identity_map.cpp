#include "ormcore/session/identity_map.h"

#include <algorithm>
#include <utility>

namespace orm {

namespace {

/// Eight neighbouring keys share a cache line; the lines are spread by a multiplication (Fibonacci hashing).
std::size_t hashInteger(std::int64_t key) noexcept
{
    const auto bits = static_cast<std::uint64_t>(key);
    const std::uint64_t line = (bits >> 3) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>((line ^ (line >> 32)) << 3 | (bits & 7));
}

std::size_t hashValues(std::span<const Value> key) noexcept
{
    std::size_t hash = 0;
    for (const Value &value : key)
        hash = (hash ^ value.hash()) * 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 32);
}

std::span<const Value> wideKey(const State &state) noexcept { return {state.key.values, state.mapper->keys().size()}; }

std::size_t hashOf(const State &state) noexcept
{
    return state.has(State::WideKey) ? hashValues(wideKey(state)) : hashInteger(state.key.integer);
}

bool sameKey(const State &a, const State &b) noexcept
{
    if (a.has(State::WideKey) != b.has(State::WideKey))
        return false;
    return a.has(State::WideKey) ? std::ranges::equal(wideKey(a), wideKey(b)) : a.key.integer == b.key.integer;
}

} // namespace

void setIdentity(State &state, std::int64_t key) noexcept
{
    clearIdentity(state);
    state.key.integer = key;
    state.raise(State::HasIdentity);
}

void setIdentity(State &state, std::span<const Value> key)
{
    if (key.size() == 1 && key[0].kind() == ValueKind::Int)
        return setIdentity(state, key[0].asInt());
    auto *values = new Value[key.size()];
    std::copy(key.begin(), key.end(), values);
    clearIdentity(state);
    state.key.values = values;
    state.raise(State::WideKey);
    state.raise(State::HasIdentity);
}

void clearIdentity(State &state) noexcept
{
    if (state.has(State::WideKey))
        delete[] state.key.values;
    state.lower(State::WideKey);
    state.lower(State::HasIdentity);
    state.key.integer = 0;
}

IdentityMap::Bucket &IdentityMap::bucketOf(const Mapper &mapper)
{
    if (m_buckets.size() <= mapper.identityIndex())
        m_buckets.resize(mapper.identityIndex() + 1);
    return m_buckets[mapper.identityIndex()];
}

State *IdentityMap::find(const Mapper &mapper, std::int64_t key) const noexcept
{
    if (m_buckets.size() <= mapper.identityIndex() || m_buckets[mapper.identityIndex()].places.empty())
        return nullptr;
    const Bucket &bucket = m_buckets[mapper.identityIndex()];
    const std::size_t mask = bucket.places.size() - 1;
    for (std::size_t i = hashInteger(key) & mask;; i = (i + 1) & mask) {
        State *state = bucket.places[i];
        if (!state || (state->key.integer == key && !state->has(State::WideKey)))
            return state;
    }
}

State *IdentityMap::find(const Mapper &mapper, std::span<const Value> key) const noexcept
{
    if (key.size() == 1 && key[0].kind() == ValueKind::Int)
        return find(mapper, key[0].asInt());
    if (m_buckets.size() <= mapper.identityIndex() || m_buckets[mapper.identityIndex()].places.empty())
        return nullptr;
    const Bucket &bucket = m_buckets[mapper.identityIndex()];
    const std::size_t mask = bucket.places.size() - 1;
    for (std::size_t i = hashValues(key) & mask;; i = (i + 1) & mask) {
        State *state = bucket.places[i];
        if (!state || (state->has(State::WideKey) && std::ranges::equal(wideKey(*state), key)))
            return state;
    }
}

void IdentityMap::grow(Bucket &bucket, std::size_t capacity)
{
    std::vector<State *> old(capacity);
    old.swap(bucket.places);
    const std::size_t mask = capacity - 1;
    for (State *state : old) {
        if (!state)
            continue;
        std::size_t i = hashOf(*state) & mask;
        while (bucket.places[i])
            i = (i + 1) & mask;
        bucket.places[i] = state;
    }
}

void IdentityMap::reserve(const Mapper &mapper, std::size_t more)
{
    Bucket &bucket = bucketOf(mapper);
    std::size_t capacity = std::max<std::size_t>(bucket.places.size(), 16);
    while ((bucket.used + more) * 4 > capacity * 3)
        capacity *= 2;
    if (capacity != bucket.places.size())
        grow(bucket, capacity);
}

State *IdentityMap::insert(State &state)
{
    reserve(*state.mapper, 1);
    Bucket &bucket = m_buckets[state.mapper->identityIndex()];
    const std::size_t mask = bucket.places.size() - 1;
    std::size_t i = hashOf(state) & mask;
    while (bucket.places[i] && !sameKey(*bucket.places[i], state))
        i = (i + 1) & mask;
    if (!bucket.places[i])
        ++bucket.used;
    return std::exchange(bucket.places[i], &state);
}

void IdentityMap::erase(const State &state) noexcept
{
    if (m_buckets.size() <= state.mapper->identityIndex() || m_buckets[state.mapper->identityIndex()].places.empty())
        return;
    Bucket &bucket = m_buckets[state.mapper->identityIndex()];
    const std::size_t mask = bucket.places.size() - 1;
    std::size_t hole = hashOf(state) & mask;
    while (bucket.places[hole] != &state) {
        if (!bucket.places[hole])
            return; // was not in the map
        hole = (hole + 1) & mask;
    }
    // Moves later ones of the same run back, so that no tombstone is needed.
    for (std::size_t next = (hole + 1) & mask; bucket.places[next]; next = (next + 1) & mask) {
        const std::size_t home = hashOf(*bucket.places[next]) & mask;
        if (((next - home) & mask) < ((next - hole) & mask))
            continue;
        bucket.places[hole] = bucket.places[next];
        hole = next;
    }
    bucket.places[hole] = nullptr;
    --bucket.used;
}

} // namespace orm
