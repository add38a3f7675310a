#pragma once

#include "ormcore/mapping/item_keys.h"
#include "ormcore/mapping/object_list.h"
#include "ormcore/mapping/state.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace orm {

/// The objects on the many side of a relationship, or, before they were loaded, what was added and removed meanwhile.
/// Of an N:N relationship `added` and `removed` are the link rows that the next flush writes, loaded or not.
struct LinkList {
    ObjectList items; ///< changed through put() and takeOut() only, once it is loaded
    ObjectList added;
    ObjectList removed;
    std::unique_ptr<ItemKeys> keys; ///< of a map's items

    void put(State &item)
    {
        if (items.add(item) && keys)
            keys->add(item);
    }
    void takeOut(const State &item)
    {
        if (items.remove(item) && keys)
            keys->remove(item);
    }
    void fill(ObjectList &&loaded);
};

/// Where an object keeps one relationship: the base of Many and One, and what a record has for each.
///
/// Part of a mapped object it knows its owner by its distance from it. Copied or made outside it is empty and stays so:
/// relationships are between objects of a session. Edges are not counted as handles.
class RelationSlot {
public:
    RelationSlot() noexcept = default;
    RelationSlot(const RelationSlot &) noexcept {}
    RelationSlot &operator=(const RelationSlot &) noexcept { return *this; } // an assigned object keeps its relations
    ~RelationSlot() { clear(); }

    /// Whether the relationship is in memory; else reading it asks the session to load it.
    [[nodiscard]] bool isLoaded() const noexcept { return has(Loaded); }

    // For mapper, loaders and sweep.
    void bindTo(std::uint32_t distance, std::uint16_t relation, bool list) noexcept
    {
        m_distance = distance;
        m_relation = relation;
        set(List, list);
    }
    [[nodiscard]] State *owner() const noexcept; ///< null outside of a mapped object
    [[nodiscard]] const Relationship &relationship() const;
    [[nodiscard]] State *target() const noexcept { return has(List) ? nullptr : static_cast<State *>(m_edge); }
    [[nodiscard]] LinkList *list() const noexcept { return has(List) ? static_cast<LinkList *>(m_edge) : nullptr; }
    void setTarget(State *state) noexcept
    {
        m_edge = state;
        set(Loaded, true);
    }
    LinkList &makeList();
    void setLoaded(bool loaded) noexcept { set(Loaded, loaded); }
    /// Rows of a running statement are being put into the list.
    [[nodiscard]] bool isFilling() const noexcept { return has(Filling); }
    void setFilling(bool filling) noexcept { set(Filling, filling); }
    /// What the query that brought the object said of reading the relationship later; else its mapping decides.
    [[nodiscard]] Loading lazy(Loading mapped) const noexcept
    {
        return has(MustNotLoad) ? Loading::Raise : has(MayLoad) ? Loading::Select : mapped;
    }
    void setLazy(std::optional<Loading> loading) noexcept
    {
        set(MayLoad, loading == Loading::Select);
        set(MustNotLoad, loading == Loading::Raise);
    }
    void clear() noexcept;                               ///< as not loaded
    void load() const;                                   ///< asks the owner's session where it is not loaded
    [[nodiscard]] bool holds(const State &item) const;   ///< of a list; loads it
    [[nodiscard]] State *lookUp(const Value &key) const; ///< in a map; loads it

private:
    enum Flag : std::uint8_t { List = 1, Loaded = 2, Filling = 4, MayLoad = 8, MustNotLoad = 16 };
    [[nodiscard]] bool has(Flag flag) const noexcept { return (m_flags & flag) != 0; }
    void set(Flag flag, bool on) noexcept
    {
        m_flags = static_cast<std::uint8_t>(on ? m_flags | flag : m_flags & ~static_cast<unsigned>(flag));
    }

    void *m_edge = nullptr; // State or LinkList
    std::uint32_t m_distance = 0;
    std::uint16_t m_relation = 0;
    std::uint8_t m_flags = 0;
};

[[nodiscard]] RelationSlot &slotOf(State &state, const Relationship &relationship) noexcept;

// Changes of the object graph in memory. Both sides of a foreign key stay in step; a side that is not loaded queues the
// change. The foreign key itself is written at once where the parent's key is known, else by the flush.
// Errors: Argument (another session's object, wrong class), ImplicitIo.
void setParent(State &child, const Relationship &relationship, State *parent);
void addChild(State &parent, const Relationship &relationship, State &child);
void removeChild(State &parent, const Relationship &relationship, State &child);
// The same without asking a validator.
void adoptChild(State &parent, const Relationship &relationship, State &child);
void releaseChild(State &parent, const Relationship &relationship, State &child);
void setChild(State &parent, const Relationship &relationship, State *child);
/// Puts the object at a position of the loaded list, or moves it there.
void insertChild(State &parent, const Relationship &relationship, std::size_t position, State &child);
/// The collection becomes these objects, in their order: those that were not in it are put in, others taken out, each
/// as if alone, but nothing is changed where a validator refuses one.
void replaceChildren(State &parent, const Relationship &relationship, const std::vector<State *> &children);
/// What linking the child takes out: the other object of a 1:1, or the one with the same key in a map. Null: none.
[[nodiscard]] State *replacedBy(State &parent, const Relationship &relationship, State &child);
/// From a map: null where none has the key.
[[nodiscard]] State *findChild(State &parent, const Relationship &relationship, const Value &key);
[[nodiscard]] bool hasChild(State &parent, const Relationship &relationship, const State &child);

/// Only the collections that have the child, which has another parent already.
void changeLists(State &child, const Reference &reference, State *from, State *to);

// The same for N:N: the flush inserts and deletes rows of the link table.
void linkObjects(State &near, const Relationship &relationship, State &far);
void unlinkObjects(State &near, const Relationship &relationship, State &far);
// The same without asking a validator.
void makeLink(State &near, const Relationship &relationship, State &far);
void releaseLink(State &near, const Relationship &relationship, State &far);
/// Asks before an N:N link is made. Argument: the objects cannot be linked.
void checkLink(State &near, const Relationship &relationship, State &far);
/// What the lists of the object hold has no link rows: it is (again) to be inserted itself.
void linkAnew(State &state);
/// Its link rows are as its lists are.
void forgetLinkChanges(State &state) noexcept;

[[nodiscard]] State *readTarget(State &state, const Relationship &relationship);
[[nodiscard]] ObjectList &readList(State &state, const Relationship &relationship);

/// The parent that the child was given since its last flush; null: none was given or taken.
[[nodiscard]] const Link *linkOf(const State &child, const Reference &reference) noexcept;
/// The parent as far as memory knows it: no statement is sent for it.
[[nodiscard]] State *parentInMemory(State &child, const Reference &reference);
/// The same, or the one that the child had before it was expired.
[[nodiscard]] State *lastParent(State &child, const Reference &reference);
/// A foreign key column was written directly: what was linked through it is no longer known.
void foreignKeyWritten(State &state, std::size_t column);
/// Copies the parent's key into the child's foreign key.
void copyKey(State &child, const Reference &reference, State &parent);
void nullifyKey(State &child, const Reference &reference);
[[nodiscard]] bool keyKnown(const State &parent, const Reference &reference);
/// Forgets loaded relationships; what is queued on them too.
void unloadRelations(State &state) noexcept;
/// Takes loaded rows as the content of a list, with what was added and removed meanwhile.
void fillList(RelationSlot &slot, std::vector<State *> rows);
/// A value of the object's key as the database has it.
[[nodiscard]] Value identityValue(const State &state, std::size_t position);

template <class Visitor> void forEachEdge(State &state, Visitor visitor)
{
    for (const Relationship &relationship : state.mapper->relationships()) {
        RelationSlot &slot = slotOf(state, relationship);
        if (State *target = slot.target())
            visitor(*target);
        if (LinkList *list = slot.list()) {
            for (State *item : list->items)
                visitor(*item);
            for (State *item : list->added)
                visitor(*item);
            for (State *item : list->removed)
                visitor(*item);
        }
    }
    if (state.history)
        for (const Link &link : state.history->links)
            if (link.parent)
                visitor(*link.parent);
}

} // namespace orm
