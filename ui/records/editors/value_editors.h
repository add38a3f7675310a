#pragma once

#include "ui/records/editors/record_delegate.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace ui::records {

/// Whether a text is edited in several lines.
[[nodiscard]] bool needsLines(const orm::Column &column, const QString &text);

/// One line of text, read by the column's type. An empty one is NULL where the column is no text, and so is "NULL".
class LineEditor final : public QLineEdit, public CellEditor {
    Q_OBJECT

public:
    LineEditor(const orm::Column &column, QWidget *parent);
    [[nodiscard]] std::optional<CellValue> value(QString &error) const override;
    [[nodiscard]] bool isTouched() const override;
    void start(const ShownCell &shown, const QString &text) override;

private:
    const orm::Column &m_column;
    CellValue m_before;
    QString m_text;
};

/// Several lines, larger than the cell. Shift+Enter makes a new line.
class LinesEditor final : public QPlainTextEdit, public CellEditor {
    Q_OBJECT

public:
    LinesEditor(const orm::Column &column, QWidget *parent);
    [[nodiscard]] std::optional<CellValue> value(QString &error) const override;
    [[nodiscard]] bool isTouched() const override;
    void start(const ShownCell &shown, const QString &text) override;
    [[nodiscard]] QSize wantedSize(const QSize &cell) const override;

private:
    const orm::Column &m_column;
    CellValue m_before;
    QString m_text;
};

/// true, false, NULL.
class BooleanEditor final : public QComboBox, public CellEditor {
    Q_OBJECT

public:
    BooleanEditor(const orm::Column &column, QWidget *parent);
    [[nodiscard]] std::optional<CellValue> value(QString &error) const override;
    [[nodiscard]] bool isTouched() const override;
    void start(const ShownCell &shown, const QString &text) override;
    [[nodiscard]] QSize wantedSize(const QSize &cell) const override;

private:
    const orm::Column &m_column;
    CellValue m_before;
    bool m_touched = false;
};

} // namespace ui::records
