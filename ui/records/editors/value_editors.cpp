#include "ui/records/editors/value_editors.h"

#include "ui/base/value_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui::records {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ui::records::CellEditor", text); }

/// Reads what was typed; what was not touched stays what it was, exactly.
std::optional<CellValue> read(const QString &now, const QString &before, const CellValue &was,
                              const orm::Column &column, QString &error)
{
    if (now == before)
        return was;
    const bool saysNull = now.isEmpty() || now.compare(u"null", Qt::CaseInsensitive) == 0;
    if (saysNull && !column.type.isText() && column.type.kind != orm::TypeKind::Unknown) {
        if (column.nullable)
            return CellValue{};
        error = tr("This column must have a value.");
        return std::nullopt;
    }
    const auto value = parseValue(now, column.type, &error);
    if (!value)
        return std::nullopt;
    return CellValue{*value, 0};
}

} // namespace

bool needsLines(const orm::Column &column, const QString &text)
{
    constexpr int kOneLine = 120;
    return text.contains(u'\n') || text.size() > kOneLine || column.type.kind == orm::TypeKind::Json;
}

LineEditor::LineEditor(const orm::Column &column, QWidget *parent) : QLineEdit(parent), m_column(column)
{
    setFrame(false);
    setAutoFillBackground(true);
    if (isRightAligned(column))
        setAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void LineEditor::start(const ShownCell &shown, const QString &text)
{
    m_before = {*shown.value, shown.newParent};
    m_text = text;
    setText(text);
    if (shown.untouched)
        setPlaceholderText(RecordModel::untouchedText(m_column));
    else
        setPlaceholderText(shown.value->isNull() ? QStringLiteral("NULL") : QString());
    selectAll();
}

std::optional<CellValue> LineEditor::value(QString &error) const
{
    return read(text(), m_text, m_before, m_column, error);
}

bool LineEditor::isTouched() const { return text() != m_text; }

LinesEditor::LinesEditor(const orm::Column &column, QWidget *parent) : QPlainTextEdit(parent), m_column(column)
{
    setTabChangesFocus(true);
}

void LinesEditor::start(const ShownCell &shown, const QString &text)
{
    m_before = {*shown.value, shown.newParent};
    setPlainText(text);
    m_text = toPlainText(); // line ends as the editor has them: untouched text compares equal
    selectAll();
}

std::optional<CellValue> LinesEditor::value(QString &error) const
{
    return read(toPlainText(), m_text, m_before, m_column, error);
}

bool LinesEditor::isTouched() const { return toPlainText() != m_text; }

QSize LinesEditor::wantedSize(const QSize &cell) const
{
    constexpr int kWidth = 360;
    constexpr int kHeight = 160;
    return {std::max(cell.width(), kWidth), std::max(cell.height(), kHeight)};
}

BooleanEditor::BooleanEditor(const orm::Column &column, QWidget *parent) : QComboBox(parent), m_column(column)
{
    addItem(QStringLiteral("true"));
    addItem(QStringLiteral("false"));
    if (column.nullable)
        addItem(QStringLiteral("NULL"));
}

void BooleanEditor::start(const ShownCell &shown, const QString &)
{
    m_before = {*shown.value, shown.newParent};
    const bool isBoolean = shown.value->kind() == orm::ValueKind::Bool;
    setCurrentIndex(isBoolean ? (shown.value->asBool() ? 0 : 1)
                              : (shown.value->isNull() && m_column.nullable ? 2 : -1));
    connect(this, &QComboBox::currentIndexChanged, this, [this] { m_touched = true; });
}

std::optional<CellValue> BooleanEditor::value(QString &) const
{
    if (!m_touched)
        return m_before;
    return CellValue{currentIndex() == 2 ? orm::Value() : orm::Value(currentIndex() == 0), 0};
}

bool BooleanEditor::isTouched() const { return m_touched; }

QSize BooleanEditor::wantedSize(const QSize &cell) const
{
    return {std::max(cell.width(), sizeHint().width()), std::max(cell.height(), sizeHint().height())};
}

} // namespace ui::records
