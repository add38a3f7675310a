#include "ormcore/model/text_lines.h"

#include "ormcore/base/error.h"
#include "ormcore/model/model.h"
#include "ormcore/model/text_escape.h"

#include <algorithm>
#include <charconv>

namespace orm::model {

namespace {

bool isBare(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
/// Types and numbers: numeric(10,2), varchar(5)[], -30, e1x9.a0b4.
bool isBareLater(char c) noexcept
{
    return isBare(c) || std::string_view(".,:()[]+-/$%").find(c) != std::string_view::npos;
}

/// Letters only: a space before an id that was lost must not make another keyword.
bool isKeyword(std::string_view word)
{
    return isPlainWord(word) && std::none_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Splits one line. All errors carry the line.
class Splitter {
public:
    Splitter(std::string_view text, const Place &place) : m_text(text), m_place(place) {}

    std::vector<Word> words()
    {
        std::vector<Word> result;
        for (skipSpaces(); m_at < m_text.size() && !at('#'); skipSpaces())
            result.push_back(word(false));
        if (at('#') && m_at + 1 < m_text.size() && m_text[m_at + 1] != ' ')
            m_place.fail("a comment begins with \"# \""); // not a keyword whose first letter was lost
        return result;
    }

private:
    [[nodiscard]] bool at(char c) const { return m_at < m_text.size() && m_text[m_at] == c; }
    void skipSpaces()
    {
        while (at(' '))
            ++m_at;
    }
    void requireBoundary(bool inList) const
    {
        if (m_at < m_text.size() && m_text[m_at] != ' ' && !(inList && (at(',') || at(')'))))
            m_place.fail("a space is missing after \"" + escaped(m_text.substr(0, m_at)) + "\"");
    }

    Word word(bool inList)
    {
        Word result;
        if (at('"')) {
            result.kind = Word::Kind::Quoted;
            result.text = quoted();
        } else if (at('(') && !inList) {
            result.kind = Word::Kind::List;
            result.items = list();
        } else if (m_text.substr(m_at, 2) == "->" && !inList) {
            result.kind = Word::Kind::Arrow;
            m_at += 2;
        } else {
            result.text = bare(inList);
            if (at('='))
                pair(result, inList);
        }
        requireBoundary(inList);
        return result;
    }

    void pair(Word &result, bool inList)
    {
        result.kind = Word::Kind::Pair;
        result.key = std::move(result.text);
        if (!isPlainWord(result.key))
            m_place.fail("\"" + result.key + "\" cannot be a key");
        const std::size_t start = ++m_at;
        if (at('"'))
            result.text = quoted();
        else if (at('(') && !inList)
            result.items = list();
        else
            result.text = bare(inList);
        result.raw = m_text.substr(start, m_at - start);
    }

    std::string bare(bool inList)
    {
        const std::size_t start = m_at;
        const bool number = at('-') && !inList;
        while (m_at < m_text.size() && (isBare(m_text[m_at]) || (number && m_at == start) ||
                                        (!inList && m_at > start && isBareLater(m_text[m_at]))))
            ++m_at;
        if (m_at == start)
            m_place.fail("cannot read \"" + escaped(m_text.substr(m_at, 20)) + "\"");
        return std::string(m_text.substr(start, m_at - start));
    }

    std::string quoted()
    {
        const std::size_t start = ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        if (m_at >= m_text.size())
            m_place.fail("a quotation mark is missing");
        auto text = unescaped(m_text.substr(start, m_at - start));
        if (!text)
            m_place.fail("there is no such escape in \"" + std::string(m_text.substr(start, m_at - start)) + "\"");
        ++m_at;
        return std::move(*text);
    }

    std::vector<std::vector<Word>> list()
    {
        std::vector<std::vector<Word>> items;
        ++m_at;
        skipSpaces();
        if (at(')')) {
            ++m_at;
            return items;
        }
        items.emplace_back();
        for (;; skipSpaces()) {
            if (m_at >= m_text.size())
                m_place.fail("a list is not closed");
            if (at(')') || at(',')) {
                if (items.back().empty())
                    m_place.fail("an item of a list is missing");
                if (m_text[m_at++] == ')')
                    return items;
                items.emplace_back();
            } else {
                items.back().push_back(word(true));
            }
        }
    }

    std::string_view m_text;
    const Place &m_place;
    std::size_t m_at = 0;
};

/// Lines of a file that were checked to be text: no control characters, valid UTF-8, a newline at the end.
std::vector<std::string_view> textLines(const std::string &file, std::string_view text)
{
    std::vector<std::string_view> lines;
    std::size_t start = 0;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', start)) {
        std::string_view line = text.substr(start, end - start);
        if (line.ends_with('\r')) // a checkout with Windows line ends
            line.remove_suffix(1);
        lines.push_back(line);
        if (firstBadByte(line))
            Place{file, lines.size()}.fail("the line is not text (control characters, or no UTF-8)");
        if (line.starts_with("<<<<<<<") || line.starts_with("=======") || line.starts_with(">>>>>>>"))
            Place{file, lines.size()}.fail("the file has an unresolved Git conflict; choose between the two versions");
        start = end + 1;
    }
    if (start != text.size() || lines.empty() || lines.back() != "[end]")
        Place{file, std::max<std::size_t>(lines.size(), 1)}.fail("the file is cut off: its last line must be [end]");
    lines.pop_back();
    return lines;
}

void appendBlock(Line &line, std::string_view text, const Place &place)
{
    if (!text.starts_with("| ") && text != "|")
        place.fail("a block line begins with \"| \"");
    auto content = unescaped(text.size() > 2 ? text.substr(2) : std::string_view());
    if (!content)
        place.fail("there is no such escape");
    if (line.block)
        line.block->append("\n").append(*content);
    else
        line.block = std::move(*content);
    line.raw.append("\n").append(text);
}

} // namespace

void Place::fail(const std::string &message) const { throw ParseError(message, file, line); }

std::vector<Word> wordsOf(std::string_view line, const Place &place) { return Splitter(line, place).words(); }

Section sectionOf(const std::string &file, std::string_view text, const std::string &kind)
{
    const std::vector<std::string_view> lines = textLines(file, text);
    Section section;
    const Place top{file, 1};
    const std::string opening = "[" + kind;
    if (lines.empty() || !(lines[0].starts_with(opening + " ") || lines[0] == opening + "]") ||
        !lines[0].ends_with(']'))
        top.fail("the first line must be [" + kind + " …]");
    section.header = {top, kind, std::string(lines[0]), {}, {}};
    section.header.words = wordsOf(lines[0].substr(opening.size(), lines[0].size() - opening.size() - 1), top);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].starts_with('|')) {
            if (section.lines.empty())
                Place{file, i + 1}.fail("a block belongs under a line");
            appendBlock(section.lines.back(), lines[i], {file, i + 1});
            continue;
        }
        Line line{{file, i + 1}, {}, std::string(lines[i]), {}, {}};
        line.words = wordsOf(lines[i], line.place);
        if (!line.words.empty()) {
            if (line.words[0].kind != Word::Kind::Bare || !isKeyword(line.words[0].text))
                line.place.fail("a line begins with a keyword");
            line.keyword = line.words[0].text;
            line.words.erase(line.words.begin());
        }
        section.lines.push_back(std::move(line));
    }
    return section;
}

bool isMisspelt(std::string_view word, std::string_view known) noexcept
{
    if (word.size() != known.size())
        return false;
    std::size_t different = 0;
    for (std::size_t i = 0; i < word.size(); ++i)
        different += word[i] != known[i] ? 1 : 0;
    return different == 1;
}

} // namespace orm::model
