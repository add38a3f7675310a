#pragma once

#include "ormcore/model/elements.h"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace orm::model {

/// Spellings of enumerations in files. The first is the default, which is left out.
template <class Enum> struct Spellings;

template <> struct Spellings<TableKind> {
    static constexpr std::array<std::pair<TableKind, std::string_view>, 3> all{
        {{TableKind::Table, "table"}, {TableKind::View, "view"}, {TableKind::Virtual, "virtual"}}};
};
template <> struct Spellings<IdentityKind> {
    static constexpr std::array<std::pair<IdentityKind, std::string_view>, 5> all{
        {{IdentityKind::None, "none"},
         {IdentityKind::ByDefault, "bydefault"},
         {IdentityKind::Always, "always"},
         {IdentityKind::RowId, "rowid"},
         {IdentityKind::AutoIncrement, "autoincrement"}}};
};
template <> struct Spellings<ReferentialAction> {
    static constexpr std::array<std::pair<ReferentialAction, std::string_view>, 5> all{
        {{ReferentialAction::NoAction, "noaction"},
         {ReferentialAction::Restrict, "restrict"},
         {ReferentialAction::Cascade, "cascade"},
         {ReferentialAction::SetNull, "setnull"},
         {ReferentialAction::SetDefault, "setdefault"}}};
};
template <> struct Spellings<Deferrable> {
    static constexpr std::array<std::pair<Deferrable, std::string_view>, 3> all{
        {{Deferrable::No, "no"},
         {Deferrable::InitiallyImmediate, "immediate"},
         {Deferrable::InitiallyDeferred, "deferred"}}};
};
template <> struct Spellings<Loading> {
    static constexpr std::array<std::pair<Loading, std::string_view>, 6> all{{{Loading::Select, "select"},
                                                                              {Loading::SelectIn, "selectin"},
                                                                              {Loading::Joined, "joined"},
                                                                              {Loading::Subquery, "subquery"},
                                                                              {Loading::NoLoad, "noload"},
                                                                              {Loading::Raise, "raise"}}};
};
template <> struct Spellings<Detail> {
    static constexpr std::array<std::pair<Detail, std::string_view>, 3> all{
        {{Detail::All, "all"}, {Detail::Keys, "keys"}, {Detail::Name, "name"}}};
};

template <class Enum> [[nodiscard]] constexpr std::string_view spelling(Enum value) noexcept
{
    for (const auto &[each, text] : Spellings<Enum>::all)
        if (each == value)
            return text;
    return {};
}
template <class Enum> [[nodiscard]] constexpr std::optional<Enum> spelled(std::string_view text) noexcept
{
    for (const auto &[value, each] : Spellings<Enum>::all)
        if (each == text)
            return value;
    return std::nullopt;
}

} // namespace orm::model
