#pragma once

#include <QSyntaxHighlighter>

namespace ui {

enum class CodeLanguage { Sql, Cpp };

/// Colours keywords, strings, numbers and comments of generated code. For reading, not a parser.
class CodeHighlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    explicit CodeHighlighter(QTextDocument *document);
    void setLanguage(CodeLanguage language);

protected:
    void highlightBlock(const QString &text) override;

private:
    CodeLanguage m_language = CodeLanguage::Sql;
};

} // namespace ui
