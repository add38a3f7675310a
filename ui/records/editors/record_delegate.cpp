#include "ui/records/editors/record_delegate.h"

#include "ui/base/theme.h"
#include "ui/base/value_text.h"
#include "ui/records/editors/parent_picker.h"
#include "ui/records/editors/value_editors.h"

#include <QApplication>
#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>

namespace ui::records {

RecordDelegate::RecordDelegate(RecordModel &model, QObject *parent) : QStyledItemDelegate(parent), m_model(model) {}

QWidget *RecordDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const orm::Column &column = *m_model.columns()[static_cast<std::size_t>(index.column())];
    QWidget *editor = nullptr;
    if (const ParentLink *link = m_model.labels().link(column)) {
        auto *picker =
            new ParentPicker(m_model, *link, m_model.parentKey(m_model.placeAt(index), index.column()), parent);
        connect(picker, &ParentPicker::listChanged, this, [this, picker] { place(*picker); });
        editor = picker;
    } else if (column.type.kind == orm::TypeKind::Boolean)
        editor = new BooleanEditor(column, parent);
    else if (needsLines(column, index.data(Qt::EditRole).toString()))
        editor = new LinesEditor(column, parent);
    else
        editor = new LineEditor(column, parent);
    editor->setFont(valueFont());
    m_editor = editor;
    m_row = m_model.address(m_model.placeAt(index));
    m_column = index.column();
    m_filled = false;
    return editor;
}

void RecordDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (m_filled) // the model changed meanwhile (a label came, a block was read): what is typed stays
        return;
    m_filled = true;
    const ShownCell shown = m_model.cell(m_model.placeAt(index), index.column());
    if (auto *cell = dynamic_cast<CellEditor *>(editor); cell != nullptr && shown.value != nullptr)
        cell->start(shown, index.data(Qt::EditRole).toString());
}

void RecordDelegate::setModelData(QWidget *editor, QAbstractItemModel *, const QModelIndex &) const
{
    // By the row it was opened for, not by the index: rows may have moved under it.
    auto *cell = dynamic_cast<CellEditor *>(editor);
    const auto place = m_row ? m_model.placeOf(*m_row) : std::nullopt;
    QString error;
    const auto value = cell != nullptr ? cell->value(error) : std::nullopt;
    if (!value || !place || !cell->isTouched())
        return;
    std::vector<std::pair<int, CellValue>> cells{{m_column, *value}};
    for (const auto &[column, other] : cell->companions()) {
        const auto found = std::find(m_model.columns().begin(), m_model.columns().end(), column);
        if (found != m_model.columns().end())
            cells.emplace_back(static_cast<int>(found - m_model.columns().begin()), other);
    }
    m_model.stage(*place, cells);
}

void RecordDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                          const QModelIndex &) const
{
    m_cell = option.rect;
    place(*editor);
}

void RecordDelegate::place(QWidget &editor) const
{
    auto *cell = dynamic_cast<CellEditor *>(&editor);
    if (cell == nullptr)
        return;
    const QRect room = editor.parentWidget()->rect();
    QRect area(m_cell.topLeft(), cell->wantedSize(m_cell.size()));
    if (area.right() > room.right())
        area.moveRight(std::max(room.right(), area.width() - 1));
    // Below the cell, else above it, else where there is more room.
    const bool upwards = area.bottom() > room.bottom() && m_cell.bottom() > room.bottom() - m_cell.top();
    if (upwards)
        area.setTop(std::max(0, m_cell.bottom() + 1 - area.height()));
    if (upwards)
        area.setBottom(m_cell.bottom());
    else
        area.setBottom(std::min(area.bottom(), std::max(room.bottom(), m_cell.bottom())));
    cell->setUpwards(upwards);
    editor.setGeometry(area);
}

void RecordDelegate::destroyEditor(QWidget *editor, const QModelIndex &index) const
{
    m_row.reset();
    QStyledItemDelegate::destroyEditor(editor, index);
}

bool RecordDelegate::commitOpenEditor() { return m_editor.isNull() || stage(m_editor, NoHint); }

bool RecordDelegate::stage(QWidget *editor, EndEditHint hint)
{
    auto *cell = dynamic_cast<CellEditor *>(editor);
    QString error;
    if (cell == nullptr || !cell->value(error)) {
        refuse(editor, error);
        return false;
    }
    emit commitData(editor);
    emit closeEditor(editor, hint);
    return true;
}

void RecordDelegate::refuse(QWidget *editor, const QString &error) const
{
    QPalette palette = editor->palette();
    palette.setColor(QPalette::Text, theme().error);
    editor->setPalette(palette);
    QToolTip::showText(editor->mapToGlobal(QPoint(0, editor->height())), plainToolTip(error), editor);
}

bool RecordDelegate::eventFilter(QObject *watched, QEvent *event)
{
    auto *editor = qobject_cast<QWidget *>(watched);
    if (editor == nullptr)
        return false;
    if (event->type() == QEvent::FocusOut) {
        QWidget *focus = QApplication::focusWidget();
        const bool inside = focus != nullptr && (editor == focus || editor->isAncestorOf(focus));
        if (!inside && QApplication::activePopupWidget() == nullptr && QApplication::activeModalWidget() == nullptr &&
            editor == m_editor)
            stage(editor, NoHint);
        return false;
    }
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return false;
    auto *key = static_cast<QKeyEvent *>(event);
    const bool press = event->type() == QEvent::KeyPress;
    switch (key->key()) {
    case Qt::Key_Escape:
        if (press)
            emit closeEditor(editor, RevertModelCache);
        event->accept();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        if (press)
            stage(editor, key->key() == Qt::Key_Tab ? EditNextItem : EditPreviousItem);
        return press;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (key->modifiers().testFlag(Qt::ShiftModifier) || key->modifiers().testFlag(Qt::AltModifier))
            return false; // a new line, where the editor has lines
        if (press)
            stage(editor, SubmitModelCache);
        return press;
    default:
        return false;
    }
}

} // namespace ui::records
