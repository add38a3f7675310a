#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orm {

/// A stretch of SQL text, or one :name parameter between two.
struct TextPiece {
    std::string text{}; ///< verbatim; of a parameter its name without the colon
    bool parameter = false;
    bool positional = false; ///< a bare question mark, which only some databases take for a parameter
};

/// Cuts text() at its parameters. Names inside strings, quoted identifiers and comments are none; `::` is a cast and
/// `\:` a colon.
[[nodiscard]] std::vector<TextPiece> splitTextParameters(std::string_view sql);

} // namespace orm
