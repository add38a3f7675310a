#pragma once

#include "ormcore/mapping/state.h"

#include <cstdint>
#include <span>
#include <vector>

namespace orm {

/// One object for each key of a mapper, or of a hierarchy that shares keys: open addressing with linear probing; the
/// key itself stands in the state.
///
/// Thread: its session's.
class IdentityMap {
public:
    [[nodiscard]] State *find(const Mapper &mapper, std::int64_t key) const noexcept;
    [[nodiscard]] State *find(const Mapper &mapper, std::span<const Value> key) const noexcept;
    /// The state has its key. Returns another one that had the same: its row must be gone, and it leaves the map.
    State *insert(State &state);
    void erase(const State &state) noexcept;
    /// Room for this many more, so that a large load does not rehash on the way.
    void reserve(const Mapper &mapper, std::size_t more);

private:
    struct Bucket {
        std::vector<State *> places; // size is a power of two, at most three quarters are used
        std::size_t used = 0;
    };
    void grow(Bucket &bucket, std::size_t capacity);
    [[nodiscard]] Bucket &bucketOf(const Mapper &mapper);

    std::vector<Bucket> m_buckets; // by the root of the mapper
};

/// Gives the state its key, inside it where it is one integer.
void setIdentity(State &state, std::int64_t key) noexcept;
void setIdentity(State &state, std::span<const Value> key);
void clearIdentity(State &state) noexcept;

} // namespace orm
