#pragma once

#include "ormcore/model/elements.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orm::model {

/// Where something stands in a file, for errors.
struct Place {
    std::string file;
    std::size_t line = 0;
    [[noreturn]] void fail(const std::string &message) const; ///< throws ParseError
};

/// One word of a line: bare, "quoted", key=value, (list, of, items) or ->.
struct Word {
    enum class Kind { Bare, Quoted, Pair, List, Arrow };
    Kind kind = Kind::Bare;
    std::string key;                      ///< Pair
    std::string text;                     ///< content without quotation marks
    std::string raw;                      ///< Pair: the value as written
    std::vector<std::vector<Word>> items; ///< List, or a Pair whose value is one
};
[[nodiscard]] std::vector<Word> wordsOf(std::string_view line, const Place &place);

/// A line with the block of text that may follow it, each line of which begins with "|".
struct Line {
    Place place;
    std::string keyword;
    std::string raw; ///< with its block
    std::vector<Word> words;
    std::optional<std::string> block;
};

/// A file as its header, "[kind key=value …]", and its lines up to "[end]". Comments and empty lines are lines without
/// a keyword.
struct Section {
    Line header;
    std::vector<Line> lines;
};
/// Throws ParseError for what is no such file, first of all for one that was cut off.
[[nodiscard]] Section sectionOf(const std::string &file, std::string_view text, const std::string &kind);

/// The words of one line, taken one after the other; what nobody took is unknown.
class Fields {
public:
    explicit Fields(const Line &line);
    [[nodiscard]] const Place &place() const noexcept { return m_line.place; }
    [[noreturn]] void fail(const std::string &message) const { m_line.place.fail(message); }

    std::uint64_t id();                    ///< next, which must be an id
    std::string name(const char *what);    ///< next, bare or quoted
    std::vector<std::vector<Word>> list(); ///< next, a list
    std::vector<std::string> names();      ///< next: one name or a list of names
    void arrow();                          ///< next, "->"
    int number();                          ///< next, an integer
    bool flag(const char *key);            ///< whether the bare word is there
    std::optional<std::string> text(const char *key);
    std::optional<std::vector<std::string>> nameList(const char *key);
    std::optional<int> number(const char *key);
    /// What is left: pairs that this version does not know. Anything else, and a key that looks like a known one with a
    /// wrong letter, is an error.
    UnknownKeys rest();

private:
    [[nodiscard]] const Word &next(const char *what);
    [[nodiscard]] const Word *pair(const char *key);

    const Line &m_line;
    std::size_t m_next = 0;
    std::vector<bool> m_taken;
    std::vector<std::string> m_known;
};

/// Whether a word is another with exactly one letter changed: damage or a slip, not something from a newer version.
[[nodiscard]] bool isMisspelt(std::string_view word, std::string_view known) noexcept;

} // namespace orm::model
