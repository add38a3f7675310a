#include "ormcore/model/text_lines.h"

#include "ormcore/model/model.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace orm::model {

namespace {

bool isName(const Word &word) { return word.kind == Word::Kind::Bare || word.kind == Word::Kind::Quoted; }

std::optional<int> integer(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::vector<std::string> namesIn(const std::vector<std::vector<Word>> &items, const Place &place)
{
    std::vector<std::string> names;
    for (const std::vector<Word> &item : items) {
        if (item.size() != 1 || !isName(item.front()))
            place.fail("a list of names is expected");
        names.push_back(item.front().text);
    }
    return names;
}

} // namespace

Fields::Fields(const Line &line) : m_line(line), m_taken(line.words.size(), false)
{
    std::set<std::string> keys;
    for (const Word &word : line.words)
        if (word.kind == Word::Kind::Pair && !keys.insert(word.key).second)
            fail("\"" + word.key + "\" stands twice in this line");
}

const Word &Fields::next(const char *what)
{
    if (m_next >= m_line.words.size() || m_line.words[m_next].kind == Word::Kind::Pair)
        fail(std::string(what) + " is missing");
    m_taken[m_next] = true;
    return m_line.words[m_next++];
}

std::uint64_t Fields::id()
{
    const Word &word = next("the id");
    const auto value = word.kind == Word::Kind::Bare ? parseId(word.text) : std::nullopt;
    if (!value)
        fail("\"" + word.text + "\" is no id");
    return *value;
}

std::string Fields::name(const char *what)
{
    const Word &word = next(what);
    if (!isName(word))
        fail(std::string(what) + " is missing");
    return word.text;
}

std::vector<std::vector<Word>> Fields::list()
{
    const Word &word = next("the list of attributes");
    if (word.kind != Word::Kind::List)
        fail("the list of attributes is missing");
    return word.items;
}

std::vector<std::string> Fields::names()
{
    const Word &word = next("the attribute");
    if (isName(word))
        return {word.text};
    if (word.kind != Word::Kind::List)
        fail("the attribute is missing");
    return namesIn(word.items, place());
}

void Fields::arrow()
{
    if (next("\"->\"").kind != Word::Kind::Arrow)
        fail("\"->\" is missing");
}

int Fields::number()
{
    const Word &word = next("a number");
    const auto value = word.kind == Word::Kind::Bare ? integer(word.text) : std::nullopt;
    if (!value)
        fail("\"" + word.text + "\" is no integer");
    return *value;
}

bool Fields::flag(const char *key)
{
    m_known.emplace_back(key);
    for (std::size_t i = m_next; i < m_line.words.size(); ++i)
        if (!m_taken[i] && m_line.words[i].kind == Word::Kind::Bare && m_line.words[i].text == key) {
            m_taken[i] = true;
            return true;
        }
    return false;
}

const Word *Fields::pair(const char *key)
{
    m_known.emplace_back(key);
    for (std::size_t i = 0; i < m_line.words.size(); ++i)
        if (m_line.words[i].kind == Word::Kind::Pair && m_line.words[i].key == key) {
            m_taken[i] = true;
            return &m_line.words[i];
        }
    return nullptr;
}

std::optional<std::string> Fields::text(const char *key)
{
    const Word *word = pair(key);
    if (word == nullptr)
        return std::nullopt;
    if (word->raw.starts_with('('))
        fail(std::string(key) + " is no list");
    return word->text;
}

std::optional<std::vector<std::string>> Fields::nameList(const char *key)
{
    const Word *word = pair(key);
    if (word == nullptr)
        return std::nullopt;
    if (!word->raw.starts_with('('))
        fail(std::string(key) + " must be a list");
    return namesIn(word->items, place());
}

std::optional<int> Fields::number(const char *key)
{
    const auto value = text(key);
    if (!value)
        return std::nullopt;
    const auto parsed = integer(*value);
    if (!parsed)
        fail(std::string(key) + " must be an integer");
    return parsed;
}

UnknownKeys Fields::rest()
{
    UnknownKeys unknown;
    for (std::size_t i = 0; i < m_line.words.size(); ++i) {
        const Word &word = m_line.words[i];
        if (m_taken[i])
            continue;
        if (word.kind != Word::Kind::Pair)
            fail("\"" + word.text + "\" is not understood here");
        for (const std::string &known : m_known)
            if (isMisspelt(word.key, known))
                fail("\"" + word.key + "\" is not known; is it \"" + known + "\"?");
        unknown.emplace_back(word.key, word.raw);
    }
    return unknown;
}

} // namespace orm::model
