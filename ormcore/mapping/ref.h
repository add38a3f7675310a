#pragma once

#include "ormcore/mapping/object_graph.h"

#include <concepts>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace orm {

/// set<…>(null), set("column", null): NULL that is written although the column has a default.
struct ExplicitNull {};
inline constexpr ExplicitNull null{};

template <class T> class Ref;
template <class T> class Many;
template <class T> class One;

namespace detail {

template <class> struct MemberOf;
template <class C, class M> struct MemberOf<M C::*> {
    using Class = C;
    using Member = M;
};
template <auto M> using ClassOf = typename MemberOf<decltype(M)>::Class;
template <auto M> using TypeOf = typename MemberOf<decltype(M)>::Member;

/// Bytes from the object's start to the member: what a pointer to a data member is in both ABIs that we know.
template <class C, class M> std::size_t offsetOf(M C::*member)
{
    using Raw = std::conditional_t<sizeof(member) == 8, std::int64_t, std::int32_t>;
    static_assert(sizeof(member) == sizeof(Raw));
    Raw raw{};
    std::memcpy(&raw, &member, sizeof raw);
    return static_cast<std::size_t>(raw);
}

template <class T> struct RelationTarget {
    static constexpr bool isMany = false;
    static constexpr bool isOne = false;
};
template <class T> struct RelationTarget<Many<T>> {
    using Type = T;
    static constexpr bool isMany = true;
    static constexpr bool isOne = false;
};
template <class T> struct RelationTarget<One<T>> {
    using Type = T;
    static constexpr bool isMany = false;
    static constexpr bool isOne = true;
};
template <auto M> using TargetOf = typename RelationTarget<TypeOf<M>>::Type;

// The type-erased half of Ref. Positions are offsets in the object.
void setMember(State &state, std::size_t offset, void *movable);
void setNull(State &state, std::size_t offset);
void setOne(State &state, std::size_t offset, State *target);
void addToMany(State &state, std::size_t offset, State &item);
void removeFromMany(State &state, std::size_t offset, State &item);
void insertIntoMany(State &state, std::size_t offset, std::size_t position, State &item);
void setMany(State &state, std::size_t offset, const std::vector<State *> &items);
/// A new object for a relationship, of its target or a subclass of that.
[[nodiscard]] State &makeItem(State &owner, std::size_t offset, const char *typeName, void *movable);
void loadForRead(State &state, const char *typeName); ///< what that class, or one below it, knows of the object
[[nodiscard]] bool isObjectOf(const State &state, const char *typeName) noexcept;

} // namespace detail

/// Holds one object of a session, or a transient one, from outside: as long as a handle is there, the object is not
/// freed. Empty handles hold none. Thread: the session's. Lifetime: may outlive its session; the object is then
/// detached.
class ObjectHandle {
public:
    ObjectHandle() noexcept = default;
    explicit ObjectHandle(State *state) noexcept : m_state(state)
    {
        if (m_state)
            m_state->retain();
    }
    ObjectHandle(const ObjectHandle &other) noexcept : ObjectHandle(other.m_state) {}
    ObjectHandle(ObjectHandle &&other) noexcept : m_state(std::exchange(other.m_state, nullptr)) {}
    ObjectHandle &operator=(ObjectHandle other) noexcept
    {
        std::swap(m_state, other.m_state);
        return *this;
    }
    ~ObjectHandle()
    {
        if (m_state)
            m_state->release();
    }
    [[nodiscard]] explicit operator bool() const noexcept { return m_state != nullptr; }
    [[nodiscard]] State *state() const noexcept { return m_state; }
    [[nodiscard]] Life life() const noexcept { return m_state ? m_state->life : Life::Free; }
    friend bool operator==(const ObjectHandle &a, const ObjectHandle &b) noexcept { return a.m_state == b.m_state; }

private:
    State *m_state = nullptr;
};

/// A handle on a mapped object. Reading goes through a const pointer; set(), edit(), add() and remove() are the only
/// writers, so that the session knows what changed.
///
/// Errors: reading an expired object loads it, and throws ImplicitIo in a session without implicit I/O, Detached when
/// the session is gone, ObjectDeleted when the row is. An empty Ref must not be read.
template <class T> class Ref : public ObjectHandle {
public:
    using ObjectHandle::ObjectHandle;
    Ref(std::nullptr_t) noexcept {}
    template <class Derived>
    requires(!std::is_same_v<T, Derived> && std::is_base_of_v<T, Derived>) Ref(const Ref<Derived> &other)
    noexcept : ObjectHandle(other) {}
    /// The same object as one of a subclass that is mapped with inherits(); empty where it is of another class.
    template <class Derived> [[nodiscard]] Ref<Derived> as() const
    {
        static_assert(std::is_base_of_v<T, Derived>, "not a class below this one");
        return Ref<Derived>(state() && detail::isObjectOf(*state(), typeid(Derived).name()) ? state() : nullptr);
    }

    [[nodiscard]] const T *get() const
    {
        if (state()->needsLoad()) [[unlikely]]
            detail::loadForRead(*state(), typeid(T).name());
        return static_cast<const T *>(static_cast<const State *>(state())->payload());
    }
    const T *operator->() const { return get(); }
    const T &operator*() const { return *get(); }

    /// Sets a column, the one object of a One (an empty Ref or nullptr takes it out), or all objects of a Many, given
    /// as a range of Refs: those that are there stay, and only what differs is written.
    template <auto M, class V> void set(V &&value) const
    {
        static_assert(std::is_base_of_v<detail::ClassOf<M>, T>, "a member of another class");
        using Member = detail::TypeOf<M>;
        if constexpr (detail::RelationTarget<Member>::isMany) {
            std::vector<State *> items;
            for (const Ref<detail::TargetOf<M>> &item : value)
                items.push_back(item.state());
            detail::setMany(*state(), detail::offsetOf(M), items);
        } else if constexpr (detail::RelationTarget<Member>::isOne) {
            const Ref<detail::TargetOf<M>> target(std::forward<V>(value));
            detail::setOne(*state(), detail::offsetOf(M), target.state());
        } else if constexpr (std::is_same_v<std::remove_cvref_t<V>, ExplicitNull>) {
            static_assert(fieldTypeOf<Member>().canBeNull(), "a member that can be NULL");
            detail::setNull(*state(), detail::offsetOf(M));
        } else {
            Member typed(std::forward<V>(value));
            detail::setMember(*state(), detail::offsetOf(M), &typed);
        }
    }
    /// The object to be written directly: compared at the next flush with what it was at the first edit. The reference
    /// is for writing before that flush only.
    [[nodiscard]] T &edit() const
    {
        beginEdit(*state());
        return *static_cast<T *>(state()->payload());
    }
    /// Puts an object into a Many; both sides of the relationship follow, and it is added to the session.
    template <auto M> void add(const Ref<detail::TargetOf<M>> &item) const
    {
        detail::addToMany(*state(), detail::offsetOf(M), *item.state());
    }
    template <auto M, class Item = detail::TargetOf<M>>
    requires(std::is_base_of_v<detail::TargetOf<M>, Item>) Ref<Item> add(Item item)
    const
    {
        Ref<Item> made(&detail::makeItem(*state(), detail::offsetOf(M), typeid(Item).name(), &item));
        add<M>(made);
        return made;
    }
    /// Puts it at a position, or moves it there: up to the number of objects. Of a list only.
    template <auto M> void insert(std::size_t position, const Ref<detail::TargetOf<M>> &item) const
    {
        detail::insertIntoMany(*state(), detail::offsetOf(M), position, *item.state());
    }
    template <auto M> void clear() const { detail::setMany(*state(), detail::offsetOf(M), {}); }
    template <auto M> void remove(const Ref<detail::TargetOf<M>> &item) const
    {
        detail::removeFromMany(*state(), detail::offsetOf(M), *item.state());
    }
};

/// The one object of an N:1 or 1:1 relationship, as a member of a mapped struct. Reading it loads it.
template <class T> class One : public RelationSlot {
public:
    [[nodiscard]] Ref<T> get() const
    {
        load();
        return Ref<T>(target());
    }
    [[nodiscard]] explicit operator bool() const
    {
        load();
        return target() != nullptr;
    }
    const T *operator->() const { return get().get(); }
    const T &operator*() const { return *get().get(); }
};

/// The objects of a 1:N or N:N relationship, as a member of a mapped struct. Reading it loads it. Objects come in the
/// order in which they were loaded, added or given; asSet and keyedBy() promise none.
template <class T> class Many : public RelationSlot {
public:
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Ref<T>;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = Ref<T>;
        Iterator() = default;
        Iterator(const Many *many, std::size_t index) : m_many(many), m_index(index) {}
        Ref<T> operator*() const { return (*m_many)[m_index]; }
        Iterator &operator++()
        {
            ++m_index;
            return *this;
        }
        Iterator operator++(int)
        {
            Iterator before = *this;
            ++m_index;
            return before;
        }
        bool operator==(const Iterator &other) const { return m_index == other.m_index; }

    private:
        const Many *m_many = nullptr;
        std::size_t m_index = 0;
    };

    [[nodiscard]] std::size_t size() const
    {
        load();
        return list() ? list()->items.size() : 0;
    }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] Ref<T> operator[](std::size_t index) const
    {
        load();
        return Ref<T>(list()->items[index]);
    }
    [[nodiscard]] bool contains(const Ref<T> &item) const { return holds(*item.state()); }
    /// Of a map: empty where none has the key.
    [[nodiscard]] Ref<T> find(const Value &key) const { return Ref<T>(lookUp(key)); }
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, size()}; }
};

} // namespace orm
