#include "ormcore/model/text_builder.h"

#include "ormcore/model/text_escape.h"

#include <algorithm>

namespace orm::model {

namespace {

/// An editor that strips spaces at the ends of lines must not change a definition.
std::string blockLine(std::string_view text)
{
    std::string line = escaped(text);
    if (line.ends_with(' '))
        line.replace(line.size() - 1, 1, "\\x20");
    return line;
}

} // namespace

TextBuilder::TextBuilder(const std::string &kind, const UnknownKeys &unknown)
    : m_unknown(unknown), m_written(unknown.size(), false), m_text("[" + kind)
{
}

TextBuilder &TextBuilder::header(const char *key, std::string_view value)
{
    m_text.append(" ").append(key).append("=").append(quotedText(value));
    return *this;
}

TextBuilder &TextBuilder::headerFlag(const char *key, bool on)
{
    if (on)
        m_text.append(" ").append(key);
    return *this;
}

void TextBuilder::endHeader()
{
    keys(m_unknown);
    m_text += "]";
    m_anchor.clear();
}

/// Closes the line before this one, with the unknown lines that stood after it.
void TextBuilder::unknownLines()
{
    m_text += '\n';
    for (std::size_t i = 0; i < m_unknown.size(); ++i) {
        const auto &[key, raw] = m_unknown[i];
        if (!m_written[i] && key.starts_with(kLineMark) && std::string_view(key).substr(1) == m_anchor) {
            m_text.append(raw).append("\n");
            m_written[i] = true;
        }
    }
}

TextBuilder &TextBuilder::line(const char *keyword, std::string anchor)
{
    unknownLines();
    m_text += keyword;
    m_anchor = std::move(anchor);
    return *this;
}

TextBuilder &TextBuilder::word(std::string_view text)
{
    m_text.append(" ").append(text);
    return *this;
}

TextBuilder &TextBuilder::name(std::string_view text) { return word(nameText(text)); }

TextBuilder &TextBuilder::flag(const char *key, bool on) { return on ? word(key) : *this; }

TextBuilder &TextBuilder::pair(const char *key, std::string_view value)
{
    if (value.empty())
        return *this;
    m_text.append(" ").append(key).append("=").append(nameText(value));
    return *this;
}

TextBuilder &TextBuilder::number(const char *key, std::optional<int> value)
{
    return value ? word(std::string(key) + "=" + std::to_string(*value)) : *this;
}

TextBuilder &TextBuilder::list(const std::vector<std::string> &names, const char *key)
{
    m_text += ' ';
    if (key != nullptr)
        m_text.append(key).append("=");
    m_text += '(';
    for (std::size_t i = 0; i < names.size(); ++i)
        m_text.append(i == 0 ? "" : ", ").append(names[i]);
    m_text += ')';
    return *this;
}

TextBuilder &TextBuilder::keys(const UnknownKeys &unknown)
{
    for (const auto &[key, raw] : unknown)
        if (!key.starts_with(kLineMark))
            m_text.append(" ").append(key).append("=").append(raw);
    return *this;
}

TextBuilder &TextBuilder::block(std::string_view text)
{
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        m_text.append(end == start ? "\n|" : "\n| ").append(blockLine(text.substr(start, end - start)));
        start = end + 1;
    }
    return *this;
}

TextBuilder &TextBuilder::comment(std::string_view text)
{
    m_text.append("  # ").append(text);
    return *this;
}

std::string TextBuilder::end()
{
    unknownLines();
    for (std::size_t i = 0; i < m_unknown.size(); ++i)
        if (!m_written[i] && m_unknown[i].first.starts_with(kLineMark))
            m_text.append(m_unknown[i].second).append("\n"); // what it stood after is gone
    return std::move(m_text) + "[end]\n";
}

} // namespace orm::model
