#pragma once

#include "ormcore/mapping/column_set.h"
#include "ormcore/mapping/mapper.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace orm {

class Region;
struct State;

/// Where an object stands between a program and its database.
enum class Life : std::uint8_t {
    Free,       ///< no object: memory that waits for one
    Transient,  ///< known to no session
    Pending,    ///< added; the next flush inserts it
    Persistent, ///< has a row
    Deleted,    ///< its row was deleted in this transaction
    Detached    ///< had a row when it left its session
};

/// The value that a column had before it was changed.
struct Original {
    std::uint16_t column = 0;
    Value value;
};

/// "This foreign key is to follow that object": kept until a flush where the parent's key is not known yet.
struct Link {
    std::uint16_t reference = 0;
    State *parent = nullptr; ///< null: no parent
    bool orphan = false;     ///< removed from a collection that deletes orphans
};

/// What is remembered of an object that is changed or half loaded; most objects have none.
struct History {
    ColumnSet changed;
    ColumnSet unloaded; ///< where the state is partial
    std::vector<Original> originals;
    std::vector<Link> links;
    std::vector<Original> watched; ///< validated columns as they were before edit(): see watchEdit()
    [[nodiscard]] const Original *original(std::size_t column) const noexcept
    {
        for (const Original &entry : originals)
            if (entry.column == column)
                return &entry;
        return nullptr;
    }
};

/// What an object asks of the session that holds it. Errors: see Session.
class ObjectStore {
public:
    int autoflushHeld = 0; ///< see NoAutoflush
    virtual void loadColumns(State &state) = 0;
    virtual void loadRelation(State &state, const Relationship &relationship) = 0;
    virtual void noteChanged(State &state) = 0;
    virtual void attach(State &state) = 0; ///< a transient object was linked to one of this session
    [[nodiscard]] virtual State *findLoaded(const Mapper &mapper, std::span<const Value> key) = 0;

protected:
    ~ObjectStore() = default;
};

/// While one lives, its session flushes only when it is told to: objects are half linked, or the program is not done.
///
/// Thread: its session's. Lifetime: shorter than the session.
class NoAutoflush {
public:
    explicit NoAutoflush(ObjectStore *store) noexcept : m_store(store)
    {
        if (m_store)
            ++m_store->autoflushHeld;
    }
    ~NoAutoflush()
    {
        if (m_store)
            --m_store->autoflushHeld;
    }
    NoAutoflush(const NoAutoflush &) = delete;
    NoAutoflush &operator=(const NoAutoflush &) = delete;

private:
    ObjectStore *m_store;
};

/// The header of every mapped object; its payload (a struct, or Values) stands right behind it.
///
/// Thread: its session's. Lifetime: in a Region, until a sweep finds that neither a handle nor an edge leads to it.
struct alignas(16) State {
    enum Flag : std::uint16_t {
        Expired = 1,  ///< no column is loaded
        Partial = 2,  ///< history->unloaded says which are not
        Changed = 4,  ///< in its session's list of changed objects
        Edited = 8,   ///< edit() gave out a writable reference
        Doomed = 16,  ///< remove() asked for its deletion
        Marked = 32,  ///< reached by the running sweep
        WideKey = 64, ///< key.values holds it, not key.integer
        HasIdentity = 128,
        OrphanCheck = 256, ///< a link of it was cut by a collection that deletes orphans
        LinkChanges = 512, ///< link rows of an N:N list of it are to be inserted or deleted
        Owned = 1024,      ///< linked by a relationship that allows it one parent
        Abandoned = 2048,  ///< taken from its only parent, which deletes orphans
        Outward = 4096     ///< linked, by a relationship that does not cascade, to what was outside of the session
    };
    const Mapper *mapper = nullptr;
    ObjectStore *store = nullptr;
    union {
        std::int64_t integer = 0;
        Value *values;
    } key; ///< the key of its row in the database, not of its payload
    std::unique_ptr<History> history;
    std::uint32_t handles = 0; ///< from outside; links between objects are not counted
    std::uint16_t flags = 0;
    Life life = Life::Free;
    std::uint32_t nextSibling = 0; ///< a place in the region: see Region::addSibling()
    std::uint32_t previousSibling = 0;

    [[nodiscard]] bool has(Flag flag) const noexcept { return (flags & flag) != 0; }
    void raise(Flag flag) noexcept { flags = static_cast<std::uint16_t>(flags | flag); }
    void lower(Flag flag) noexcept { flags = static_cast<std::uint16_t>(flags & ~static_cast<unsigned>(flag)); }
    [[nodiscard]] bool needsLoad() const noexcept { return (flags & (Expired | Partial)) != 0; }
    [[nodiscard]] void *payload() noexcept { return this + 1; }
    [[nodiscard]] const void *payload() const noexcept { return this + 1; }
    [[nodiscard]] void *at(std::size_t offset) noexcept { return reinterpret_cast<char *>(this + 1) + offset; }
    [[nodiscard]] const void *at(std::size_t offset) const noexcept
    {
        return reinterpret_cast<const char *>(this + 1) + offset;
    }
    [[nodiscard]] History &remembered()
    {
        if (!history)
            history = std::make_unique<History>();
        return *history;
    }
    void retain() noexcept;
    void release() noexcept;
    [[nodiscard]] Region &region() noexcept;
};

/// The memory of one session's objects: slabs of equal slots for each mapper.
///
/// Outlives its session until the last handle is gone.
class Region {
public:
    static constexpr std::size_t slabSize = std::size_t{1} << 15;

    Region() = default;
    Region(const Region &) = delete;
    Region &operator=(const Region &) = delete;
    ~Region();

    /// A state with its payload made: moved from `movable` where that is given.
    [[nodiscard]] State &create(const Mapper &mapper, void *movable = nullptr);
    void destroy(State &state) noexcept;
    /// Siblings are objects of one mapper that came into memory together. They know each other in a ring, which costs
    /// no memory; an object that is in none has none. Of an object in a ring: it moves to the other one.
    void addSibling(State &state, State &newcomer) noexcept;
    void leaveSiblings(State &state) noexcept;
    template <class Visitor> void forEachSibling(const State &state, Visitor visitor)
    {
        if (state.nextSibling != 0)
            for (State *next = &at(state, state.nextSibling); next != &state; next = &at(*next, next->nextSibling))
                visitor(*next);
    }
    template <class Visitor> void forEach(Visitor visitor)
    {
        for (Pool &pool : m_pools)
            forEachIn(pool, visitor);
    }
    template <class Visitor> void forEachOf(const Mapper &mapper, Visitor visitor)
    {
        if (mapper.index() < m_pools.size())
            forEachIn(m_pools[mapper.index()], visitor);
    }
    [[nodiscard]] std::size_t live() const noexcept { return m_live; } ///< objects
    [[nodiscard]] std::size_t held() const noexcept { return m_held; } ///< objects with handles
    /// Its session is gone: the region deletes itself with the last handle, or now.
    void close() noexcept;

private:
    friend struct State;
    struct alignas(16) Slab {
        Region *region = nullptr;
        std::uint32_t stride = 0;
        std::uint32_t used = 0;
        std::uint32_t capacity = 0;
        std::uint32_t number = 0; ///< in its pool
        [[nodiscard]] State &slot(std::size_t index) noexcept
        {
            return *reinterpret_cast<State *>(reinterpret_cast<char *>(this + 1) + index * stride);
        }
        /// The slab that a state's slot starts in.
        [[nodiscard]] static Slab &of(const State &state) noexcept
        {
            return *reinterpret_cast<Slab *>(reinterpret_cast<std::uintptr_t>(&state) & ~(slabSize - 1));
        }
    };
    struct Pool {
        std::vector<Slab *> slabs;
        std::vector<State *> free;
    };
    template <class Visitor> static void forEachIn(Pool &pool, Visitor &visitor)
    {
        for (Slab *slab : pool.slabs)
            for (std::size_t i = 0; i < slab->used; ++i)
                if (State &state = slab->slot(i); state.life != Life::Free)
                    visitor(state);
    }
    [[nodiscard]] State &slotFor(const Mapper &mapper);
    static void clear(State &state) noexcept;
    /// A slot in its pool: the slab's number, and the distance from its start in units of 16 bytes. 0: none.
    [[nodiscard]] static std::uint32_t placeOf(const State &state) noexcept;
    [[nodiscard]] State &at(const State &inSamePool, std::uint32_t place) noexcept
    {
        Slab *slab = m_pools[inSamePool.mapper->index()].slabs[place / placesInSlab];
        return *reinterpret_cast<State *>(reinterpret_cast<char *>(slab) + place % placesInSlab * 16);
    }
    static constexpr std::uint32_t placesInSlab = slabSize / 16;

    std::vector<Pool> m_pools;
    std::size_t m_live = 0;
    std::size_t m_held = 0;
    bool m_closed = false;
};

inline Region &State::region() noexcept { return *Region::Slab::of(*this).region; }

inline void State::retain() noexcept
{
    if (handles++ == 0)
        ++region().m_held;
}

inline void State::release() noexcept
{
    if (--handles != 0)
        return;
    Region &home = region();
    if (--home.m_held == 0 && home.m_closed)
        delete &home;
}

// Columns of one object. Errors: DataError, Argument (unknown column), ImplicitIo, Detached, ObjectDeleted.
[[nodiscard]] Value columnValue(const State &state, std::size_t column);
void ensureLoaded(State &state, std::size_t column); ///< refreshes where the column is not loaded
void changeColumn(State &state, std::size_t column, const Value &value);
/// Sets to NULL; in a new object also where the column has a default.
void changeToNull(State &state, std::size_t column);
[[nodiscard]] bool isExplicitNull(const State &state, std::size_t column);
/// It has no row: its next flush inserts one, if it is or comes into a session.
[[nodiscard]] inline bool isNew(const State &state) noexcept
{
    return state.life == Life::Pending || state.life == Life::Transient;
}
/// Writes a foreign key because its object was linked: the links stay, and no validator is asked.
void changeForeignKey(State &state, std::size_t column, const Value &value);
/// changeColumn() from a member of the column's own C++ type, which is moved from.
void changeMember(State &state, std::size_t column, void *movable);
/// Remembers every column, for a comparison at flush.
void beginEdit(State &state);
/// Asks the validators about what was written through edit(), finds what was changed through it, and forgets changes
/// that came to nothing. Validation leaves the object as it is.
void settleChanges(State &state);
[[nodiscard]] bool columnLoaded(const State &state, std::size_t column) noexcept;
/// What the database has, as far as this object knows: the original of a changed column, else its value.
[[nodiscard]] Value storedValue(const State &state, std::size_t column);

} // namespace orm
