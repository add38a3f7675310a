// What a grid does with its selection.

#include "ui/records/grid/record_grid.h"

#include "ui/base/value_text.h"
#include "ui/records/editors/record_delegate.h"
#include "ui/records/grid/grid_header.h"

#include <QApplication>
#include <QClipboard>

#include <algorithm>

namespace ui::records {

namespace {

constexpr std::int64_t kMaximumRows = 100'000; // that one command touches

/// A field of TSV: quoted where it would break the row.
QString tsvField(const QString &text)
{
    if (!text.contains(u'\t') && !text.contains(u'\n') && !text.contains(u'\r') && !text.startsWith(u'"'))
        return text;
    QString quoted = text;
    quoted.replace(u'"', QStringLiteral("\"\""));
    return u'"' + quoted + u'"';
}

/// Fields of one line of TSV after the other; quoted fields may hold tabs and line ends.
std::vector<QStringList> parseTsv(const QString &text)
{
    std::vector<QStringList> rows(1);
    QString field;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted && c == u'"' && i + 1 < text.size() && text[i + 1] == u'"') {
            field += c;
            ++i;
        } else if (c == u'"' && (quoted || field.isEmpty())) {
            quoted = !quoted;
        } else if (!quoted && (c == u'\t' || c == u'\n')) {
            rows.back() += field;
            field.clear();
            if (c == u'\n')
                rows.emplace_back();
        } else if (quoted || c != u'\r') {
            field += c;
        }
    }
    if (!field.isEmpty() || !rows.back().isEmpty())
        rows.back() += field;
    if (rows.back().isEmpty())
        rows.pop_back();
    return rows;
}

} // namespace

std::vector<std::int64_t> RecordGrid::selectedPlaces() const { return m_selection.places(kMaximumRows); }

template <class Visitor> void RecordGrid::forEachSelected(Visitor visitor) const
{
    for (const std::int64_t place : selectedPlaces()) {
        for (int visual = 0; visual <= lastColumn(); ++visual) {
            if (m_selection.contains(place, visual))
                visitor(place, logicalColumn(visual));
        }
    }
}

bool RecordGrid::commitOpenEditor()
{
    if (!isEditing())
        return true;
    auto *delegate = qobject_cast<RecordDelegate *>(itemDelegate());
    return delegate == nullptr || delegate->commitOpenEditor();
}

bool RecordGrid::edit(const QModelIndex &index, EditTrigger trigger, QEvent *event)
{
    const bool opened = QAbstractItemView::edit(index, trigger, event);
    if (opened)
        emit editingChanged();
    return opened;
}

void RecordGrid::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    QAbstractItemView::closeEditor(editor, QAbstractItemDelegate::NoHint);
    emit editingChanged();
    if (hint == QAbstractItemDelegate::SubmitModelCache)
        moveBy(1, 0, false);
    else if (hint == QAbstractItemDelegate::EditNextItem)
        moveBy(0, 1, false);
    else if (hint == QAbstractItemDelegate::EditPreviousItem)
        moveBy(0, -1, false);
    viewport()->update();
}

void RecordGrid::insertRow()
{
    const auto source = m_records.window().source();
    if (!commitOpenEditor() || !source)
        return;
    if (!source->shape().paged()) {
        emit message(tr("Rows cannot be added to this view."));
        return;
    }
    if (m_records.changes().insert(source->table()) == 0)
        return;
    m_bandTop = static_cast<int>(m_records.newRowCount()) - bandRows();
    setCurrent({m_records.newRowCount() - 1, 0});
    setFocus();
}

/// Copies without what the database makes: its keys and computed columns.
void RecordGrid::duplicateRows()
{
    const auto source = m_records.window().source();
    if (!commitOpenEditor() || !source || !source->shape().paged())
        return;
    bool cut = false;
    ChangeSet &changes = m_records.changes();
    changes.undoStack().beginMacro(tr("Duplicate"));
    for (const std::int64_t place : selectedPlaces()) {
        std::map<std::size_t, CellValue> cells;
        for (int column = 0; column < m_records.columnCount(); ++column) {
            const orm::Column &definition = *m_records.columns()[static_cast<std::size_t>(column)];
            const ShownCell shown = m_records.cell(place, column);
            const bool key = definition.primaryKey && source->shape().columns.size() == 1;
            if (shown.value == nullptr || shown.untouched || key || !definition.generated.empty())
                continue;
            cut = cut || shown.length != Cell::kWhole;
            if (shown.length == Cell::kWhole)
                cells[definition.index] = {*shown.value, shown.newParent};
        }
        changes.insert(source->table(), cells, tr("Duplicate"));
    }
    changes.undoStack().endMacro();
    if (cut)
        emit message(tr("Long values were not copied: fill them in."));
    setCurrent({m_records.newRowCount() - 1, 0});
}

void RecordGrid::deleteRows()
{
    if (!commitOpenEditor())
        return;
    std::vector<ChangeSet::Removal> rows;
    bool unnamed = false;
    for (const std::int64_t place : selectedPlaces()) {
        const auto row = m_records.address(place);
        unnamed = unnamed || !row;
        if (row)
            rows.push_back({*row, m_records.seen(place)});
    }
    if (unnamed)
        emit message(tr("Rows without a key, or not in memory, were not marked."));
    m_records.changes().remove(rows);
}

void RecordGrid::setNull()
{
    if (!commitOpenEditor())
        return;
    std::vector<ChangeSet::Edit> edits;
    bool refused = false;
    forEachSelected([&](std::int64_t place, int logical) {
        const orm::Column &column = *m_records.columns()[static_cast<std::size_t>(logical)];
        const auto row = m_records.address(place);
        const RowRun::Row there = m_records.window().run().at(place - m_records.newRowCount());
        const Cell *base = there ? &there.block->cell(there.index, static_cast<std::size_t>(logical)) : nullptr;
        const bool known = place < m_records.newRowCount() || (base != nullptr && !base->isCut());
        if (!row || !known || !column.nullable || !m_records.isEditable(place, logical))
            refused = true;
        else
            edits.push_back({*row, column.index, base != nullptr ? base->value : orm::Value(), {}});
    });
    m_records.changes().edit(edits, tr("Set NULL"));
    if (refused)
        emit message(tr("Cells that must have a value, or are not whole in memory, were left as they are."));
}

void RecordGrid::revertSelection()
{
    std::vector<RowAddress> rows;
    for (const std::int64_t place : selectedPlaces()) {
        if (const auto row = m_records.address(place))
            rows.push_back(*row);
    }
    m_records.changes().revert(rows);
}

bool RecordGrid::copySelection(bool withHeader)
{
    if (m_selection.ranges().empty())
        return true;
    const auto &ranges = m_selection.ranges();
    int left = ranges.front().left;
    int right = ranges.front().right;
    for (const CellRange &range : ranges) {
        left = std::min(left, range.left);
        right = std::max(right, range.right);
        if (range.rows() > kMaximumRows)
            return false;
    }
    QStringList lines;
    const auto line = [&](const auto &field) {
        QStringList fields;
        for (int visual = left; visual <= right; ++visual)
            fields += tsvField(field(visual));
        lines += fields.join(u'\t');
    };
    if (withHeader) {
        line([&](int visual) {
            return fromUtf8(m_records.columns()[static_cast<std::size_t>(logicalColumn(visual))]->name);
        });
    }
    for (const std::int64_t place : selectedPlaces()) {
        if (!m_records.isLoaded(place))
            return false;
        line([&](int visual) {
            const ShownCell shown = m_records.cell(place, logicalColumn(visual));
            const bool selected = m_selection.contains(place, visual);
            return selected && shown.value != nullptr ? editText(*shown.value) : QString();
        });
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
    return true;
}

void RecordGrid::pasteText(const QString &text)
{
    const auto source = m_records.window().source();
    if (!commitOpenEditor() || !source || !m_current.isValid() || m_records.changes().isLocked())
        return;
    const std::vector<QStringList> rows = parseTsv(text);
    std::vector<ChangeSet::Edit> edits;
    QString refused;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::int64_t place = m_current.place + static_cast<std::int64_t>(i);
        const auto row = place < m_records.placeCount() ? m_records.address(place) : std::nullopt;
        for (int j = 0; row && j < rows[i].size() && m_current.column + j <= lastColumn(); ++j) {
            const int logical = logicalColumn(m_current.column + j);
            const orm::Column &column = *m_records.columns()[static_cast<std::size_t>(logical)];
            QString error;
            const bool empty = rows[i][j].isEmpty() && !column.type.isText();
            const auto value = empty ? std::optional(orm::Value()) : parseValue(rows[i][j], column.type, &error);
            const RowRun::Row there = m_records.window().run().at(place - m_records.newRowCount());
            const Cell *base = there ? &there.block->cell(there.index, static_cast<std::size_t>(logical)) : nullptr;
            if (!value || (base != nullptr && base->isCut()) || !m_records.isEditable(place, logical)) {
                refused = error.isEmpty() ? tr("Some cells cannot be edited.") : error;
                continue;
            }
            edits.push_back({*row, column.index, base != nullptr ? base->value : orm::Value(), {*value, 0}});
        }
        if (!row)
            refused = tr("There are fewer rows than were pasted: the surplus was left out.");
    }
    if (!refused.isEmpty() && edits.empty()) {
        emit message(refused);
        return;
    }
    m_records.changes().edit(edits, tr("Paste"));
    if (!refused.isEmpty())
        emit message(refused);
}

} // namespace ui::records
