#pragma once

#include "ormcore/mapping/record.h"

#include <string>
#include <type_traits>
#include <utility>

// Validators: what ClassMap::validate() and RecordMap::validate() take.
//
//     registry.mapped<User>()
//         .validate<&User::email>([](std::string email) -> std::string {
//             if (email.find('@') == std::string::npos)
//                 throw orm::Validation("this is no e-mail address");
//             return lowered(email);                          // what is stored
//         })
//         .validate<&User::age>([](std::optional<int> age) { … return age; })
//         .validate<&User::addresses>([](const orm::Ref<User> &user, const orm::Ref<Address> &address) { … });
//     registry.record("users")
//         .validate("email", [](orm::Value email) -> orm::Value { … })
//         .validate("addresses", [](const orm::Record &user, const orm::Record &address) { … });
//
// A column's validator returns the value to store, or throws to refuse it: orm::Validation, which then names class and
// attribute, or anything else, which passes as it is. It may take the object before the value. An optional member's
// validator takes the optional and is asked about NULL too; one that takes the plain type is not asked about NULL. A
// relationship's validator returns nothing; taking the object out of a One asks with an empty handle, taking one out of
// a Many asks the One on its other side. Links are asked about on both sides, from whichever side they are made.
//
// When: set() asks at once, and a refusal leaves the old value. add() asks about each member of a new object that is
// not NULL, and a refusal leaves it outside. What was written through edit() is asked about by the next flush, before
// it sends anything: a refusal leaves the object as it was written, and session and transaction as they are, to be
// corrected and flushed again. What comes from the database, and foreign keys that follow a link, are not asked about.
// Several validators of one attribute are asked in the order in which they were given.
namespace orm::detail {

/// Calls with the object first where the validator wants it.
template <class Handle, class Check, class Subject>
decltype(auto) callCheck(const Check &check, State &object, Subject subject)
{
    if constexpr (std::is_invocable_v<const Check &, Handle, Subject>)
        return check(Handle(&object), std::move(subject));
    else
        return check(std::move(subject));
}
template <class Handle, class Check, class Subject> inline constexpr bool takes =
    std::is_invocable_v<const Check &, Handle, Subject> || std::is_invocable_v<const Check &, Subject>;

template <class T, class Member, class Check> ColumnCheck memberCheck(Check check)
{
    return [check = std::move(check)](State &object, const MappedColumn &, void *erased) {
        Member &member = *static_cast<Member *>(erased);
        if constexpr (takes<Ref<T>, Check, Member>) {
            member = callCheck<Ref<T>>(check, object, member);
        } else {
            using Plain = typename OptionalOf<Member>::Type;
            static_assert(takes<Ref<T>, Check, Plain>, "a validator takes a value of the member's type");
            if (member)
                member = callCheck<Ref<T>>(check, object, *member);
        }
    };
}

template <class Handle, class Target, class Check> RelationCheck relationCheck(Check check)
{
    static_assert(takes<Handle, Check, Target>, "a relationship's validator takes the object to be linked");
    return [check = std::move(check)](State &owner, State *other) { callCheck<Handle>(check, owner, Target(other)); };
}

template <class T, auto M, class Check> ValidatorSpec memberValidator(std::string name, Check check)
{
    using Member = TypeOf<M>;
    ValidatorSpec spec{std::move(name), offsetOf(M), {}, {}};
    if constexpr (RelationTarget<Member>::isMany || RelationTarget<Member>::isOne)
        spec.relation = relationCheck<Ref<T>, Ref<TargetOf<M>>>(std::move(check));
    else
        spec.column = memberCheck<T, Member>(std::move(check));
    return spec;
}

template <class Check> ValidatorSpec recordValidator(std::string name, Check check)
{
    ValidatorSpec spec{std::move(name), {}, {}, {}};
    if constexpr (takes<Record, Check, Value>)
        spec.column = [check = std::move(check)](State &object, const MappedColumn &column, void *member) {
            const Value value = fieldValue(column.field, member, column.column->type);
            setFieldValue(column.field, member, callCheck<Record>(check, object, value));
        };
    else
        spec.relation = relationCheck<Record, Record>(std::move(check));
    return spec;
}

} // namespace orm::detail
