#include "ui/generate/code_highlighter.h"

#include "ui/base/theme.h"

#include <QSet>

namespace ui {

namespace {

const QSet<QString> &keywords(CodeLanguage language)
{
    static const QSet<QString> sql = [] {
        const QString words = QStringLiteral(
            "action add after all alter always and as asc before begin by cascade case check collate constraint create "
            "current_date current_time current_timestamp default deferrable deferred delete desc distinct drop each "
            "else "
            "end exists for foreign from generated group if in index initially insert instead into is join key left "
            "like "
            "limit no not null of on or order primary references restrict returning rowid row select set stored strict "
            "table then trigger union unique update using values view virtual when where with without");
        const QStringList list = words.split(QLatin1Char(' '));
        return QSet<QString>(list.begin(), list.end());
    }();
    static const QSet<QString> cpp = [] {
        const QString words = QStringLiteral(
            "auto bool class const constexpr double enum explicit false float for if include inline int long namespace "
            "nullptr once operator override pragma private public return short static std struct template true "
            "typename "
            "unsigned using void");
        const QStringList list = words.split(QLatin1Char(' '));
        return QSet<QString>(list.begin(), list.end());
    }();
    return language == CodeLanguage::Sql ? sql : cpp;
}

bool isWord(QChar c) { return c.isLetterOrNumber() || c == QLatin1Char('_'); }

int quotedEnd(const QString &text, int begin)
{
    const QChar quote = text[begin];
    for (int i = begin + 1; i < text.size(); ++i) {
        if (text[i] == QLatin1Char('\\'))
            ++i;
        else if (text[i] == quote)
            return i + 1;
    }
    return static_cast<int>(text.size());
}

} // namespace

CodeHighlighter::CodeHighlighter(QTextDocument *document) : QSyntaxHighlighter(document) {}

void CodeHighlighter::setLanguage(CodeLanguage language)
{
    if (m_language == language)
        return;
    m_language = language;
    rehighlight();
}

void CodeHighlighter::highlightBlock(const QString &text)
{
    const Theme &colours = theme();
    const QString comment = m_language == CodeLanguage::Sql ? QStringLiteral("--") : QStringLiteral("//");
    for (int i = 0; i < text.size();) {
        const QChar c = text[i];
        int end = i + 1;
        if (QStringView(text).mid(i, 2) == comment) {
            end = static_cast<int>(text.size());
            setFormat(i, end - i, colours.muted);
        } else if (c == QLatin1Char('\'') || (c == QLatin1Char('"') && m_language == CodeLanguage::Cpp)) {
            end = quotedEnd(text, i);
            setFormat(i, end - i, colours.success);
        } else if (c == QLatin1Char('"')) {
            end = quotedEnd(text, i); // a quoted name: plain, whatever word it is
        } else if (c.isDigit()) {
            while (end < text.size() && (isWord(text[end]) || text[end] == QLatin1Char('.')))
                ++end;
            setFormat(i, end - i, colours.changed);
        } else if (isWord(c)) {
            while (end < text.size() && isWord(text[end]))
                ++end;
            const QString word = text.mid(i, end - i);
            if (keywords(m_language).contains(m_language == CodeLanguage::Sql ? word.toLower() : word))
                setFormat(i, end - i, colours.accent);
        }
        i = end;
    }
}

} // namespace ui
