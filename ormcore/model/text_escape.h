#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orm::model {

/// Any bytes as one line of printable UTF-8: backslash escapes for control characters, for what a tool might take for
/// the end of a line or show in another order, and for bytes that are no UTF-8. extra: another character to escape.
[[nodiscard]] std::string escaped(std::string_view text, char extra = '\0');
[[nodiscard]] std::optional<std::string> unescaped(std::string_view text); ///< nullopt: no such escape
[[nodiscard]] std::string quotedText(std::string_view text);               ///< "text", escaped
[[nodiscard]] bool isPlainWord(std::string_view text) noexcept;            ///< a name that needs no quotation marks
[[nodiscard]] std::string nameText(std::string_view name);                 ///< plain or quoted
/// The first byte that a file of ours may not have: control characters (newline aside) and what is no UTF-8.
[[nodiscard]] std::optional<std::size_t> firstBadByte(std::string_view text) noexcept;

} // namespace orm::model
