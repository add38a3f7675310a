#pragma once

#include <cstdint>
#include <functional>

// Handlers of objects: what ClassMap::on() and RecordMap::on() take.
//
//     registry.mapped<User>().on(orm::ObjectEvent::BeforeInsert,
//                                [](const orm::Ref<User> &user) { user.set<&User::slug>(slug(user->name)); });
//     registry.record("users").on(orm::ObjectEvent::BeforeUpdate, [](const orm::Record &user) { … });
//
// Handlers are part of the mapping, and frozen with it: every session calls them, in the thread that uses the session.
// They may read and change objects, add and remove some, and send queries; flush(), commit() and rollback() are refused
// while a flush runs. Statements that write many rows at once call none of them.
namespace orm {

struct State;

/// Before…: in every flush, when it is known what it does and before it sends anything, once for each object. What they
/// change, add or remove is part of the same flush. After…: when all statements of the flush are through, in its
/// transaction; keys are known. What they change waits for the next flush, which a commit does by itself. What any of
/// them throws makes the flush fail.
enum class ObjectEvent : std::uint8_t {
    BeforeInsert,
    AfterInsert,
    BeforeUpdate, ///< only where a column changes
    AfterUpdate,
    BeforeDelete,
    AfterDelete,
    Load,   ///< once for each object that a query brought into memory, when the query is through
    Refresh ///< a query has overwritten columns of an object that was in memory
};
inline constexpr std::size_t objectEvents = 8;

using ObjectHandler = std::function<void(State &object)>;

namespace detail {
template <class Handle, class Handler> ObjectHandler objectHandler(Handler handler)
{
    return [handler = std::move(handler)](State &object) { handler(Handle(&object)); };
}
} // namespace detail

} // namespace orm
