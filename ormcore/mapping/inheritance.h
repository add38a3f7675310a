#pragma once

#include "ormcore/mapping/mapper.h"

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace orm {

/// The value of the discriminator that says "this row is of this class".
struct PolymorphicIdentity {
    Value value;
};
[[nodiscard]] inline PolymorphicIdentity polymorphicIdentity(Value value) { return {std::move(value)}; }
template <class T>
requires std::is_enum_v<T>
[[nodiscard]] PolymorphicIdentity polymorphicIdentity(T value) { return {Value(static_cast<std::int64_t>(value))}; }

struct PolymorphicAbstractTag {};
struct ConcreteTag {};
/// The class has no rows of its own: only its subclasses do, and it has no identity.
inline constexpr PolymorphicAbstractTag polymorphicAbstract{};
/// The class's table holds all of its columns, with keys of its own: its rows are not rows of its base.
inline constexpr ConcreteTag concrete{};

/// The columns of the class's own table that hold the base's key, where they have other names there.
struct JoinedBy {
    std::vector<std::string> columns;
};
template <class... Names> [[nodiscard]] JoinedBy joinedBy(Names... columns) { return {{std::string(columns)...}}; }
/// Columns of the base's table that only records of this class have.
struct OwnColumns {
    std::vector<std::string> columns;
};
template <class... Names> [[nodiscard]] OwnColumns ownColumns(Names... columns) { return {{std::string(columns)...}}; }
/// How the columns of this class come where its base is queried; given with polymorphicOn(), those of all subclasses
/// that do not say it themselves.
[[nodiscard]] constexpr PolymorphicLoad polymorphicLoad(PolymorphicLoad load) { return load; }

/// What inherits() and polymorphicOn() collect.
struct InheritSpec {
    InheritSpec();
    InheritSpec(InheritSpec &&) noexcept;
    InheritSpec &operator=(InheritSpec &&) noexcept;
    ~InheritSpec();
    std::string baseType; ///< class, as typeid says it
    std::string baseName; ///< or table or class of records
    bool isConcrete = false;
    bool isAbstract = false;
    Value identity;
    std::optional<PolymorphicLoad> load;
    std::vector<std::string> keyColumns;
    std::vector<std::string> ownColumns;
    std::optional<std::size_t> discriminatorOffset; ///< of the member
    std::string discriminatorColumn;                ///< or the column, for records
};
void applyOption(InheritSpec &spec, const PolymorphicIdentity &identity);
void applyOption(InheritSpec &spec, PolymorphicAbstractTag);
void applyOption(InheritSpec &spec, ConcreteTag);
void applyOption(InheritSpec &spec, const JoinedBy &joined);
void applyOption(InheritSpec &spec, const OwnColumns &own);
void applyOption(InheritSpec &spec, PolymorphicLoad load);

namespace detail {
/// Bytes from an object's start to its base class.
template <class T, class Base> std::size_t baseOffset()
{
    static_assert(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T>, "not a base of this class");
    T *const object = reinterpret_cast<T *>(std::uintptr_t{1} << 16); // an aligned address; nothing is read there
    return static_cast<std::size_t>(reinterpret_cast<char *>(static_cast<Base *>(object)) -
                                    reinterpret_cast<char *>(object));
}
} // namespace detail

} // namespace orm
