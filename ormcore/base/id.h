#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace orm {

/// Identity of one model element; survives renames and is never reused. Written in files in base 36 ("e7k2").
template <class Tag> struct Id {
    std::uint64_t value = 0; // 0 means "none"
    explicit operator bool() const noexcept { return value != 0; }
    auto operator<=>(const Id &) const = default;
};

} // namespace orm

template <class Tag> struct std::hash<orm::Id<Tag>> {
    std::size_t operator()(orm::Id<Tag> id) const noexcept { return std::hash<std::uint64_t>{}(id.value); }
};
