#pragma once

#include "ormcore/model/elements.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace orm::model {

/// Lines that a version does not know are kept in UnknownKeys under this mark and the anchor after which they stand:
/// the id of the element before them.
inline constexpr char kLineMark = '\n';

/// Writes the lines of one file: words in the order of the calls, defaults left out by the caller.
class TextBuilder {
public:
    /// unknown: of the element that the file is of; lines in it come back where they stood.
    TextBuilder(const std::string &kind, const UnknownKeys &unknown);
    TextBuilder &header(const char *key, std::string_view value); ///< always quoted
    TextBuilder &headerFlag(const char *key, bool on);
    void endHeader();

    TextBuilder &line(const char *keyword, std::string anchor);
    TextBuilder &word(std::string_view text); ///< as it is
    TextBuilder &name(std::string_view text);
    TextBuilder &flag(const char *key, bool on);
    TextBuilder &pair(const char *key, std::string_view value); ///< left out where value is empty
    TextBuilder &number(const char *key, std::optional<int> value);
    TextBuilder &list(const std::vector<std::string> &names, const char *key = nullptr);
    TextBuilder &keys(const UnknownKeys &unknown);
    TextBuilder &block(std::string_view text);
    TextBuilder &comment(std::string_view text);
    std::string end();

private:
    void unknownLines();

    const UnknownKeys &m_unknown;
    std::vector<bool> m_written;
    std::string m_text;
    std::string m_anchor;
};

} // namespace orm::model
