#include "ui/records/grid/record_model.h"

#include "ui/base/theme.h"
#include "ui/base/value_text.h"

#include <algorithm>

namespace ui::records {

namespace {

const orm::Value kNull;

} // namespace

QString RecordModel::untouchedText(const orm::Column &column)
{
    if (!column.generated.empty())
        return tr("computed");
    if (!column.serverDefault.empty() || column.identity != orm::IdentityKind::None)
        return tr("default");
    return column.nullable ? QStringLiteral("NULL") : tr("required");
}

RecordModel::RecordModel(RowWindow &window, ChangeSet &changes, ParentLabels &labels, QObject *parent)
    : QAbstractTableModel(parent), m_window(window), m_changes(changes), m_labels(labels)
{
    follow(window);
    connect(&changes, &ChangeSet::changed, this, &RecordModel::followNewRows);
    const auto announce = [this] {
        if (rowCount() > 0 && columnCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    };
    connect(&changes, &ChangeSet::changed, this, announce);
    connect(&labels, &ParentLabels::arrived, this, announce);
}

void RecordModel::follow(const RowWindow &window)
{
    connect(&window, &RowWindow::aboutToReset, this, [this] { beginResetModel(); });
    connect(&window, &RowWindow::wasReset, this, [this] { endResetModel(); });
    connect(&window, &RowWindow::aboutToAppend, this,
            [this](std::int64_t rows) { beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows) - 1); });
    connect(&window, &RowWindow::appended, this, [this] { endInsertRows(); });
    connect(&window, &RowWindow::aboutToPrepend, this, [this](std::int64_t rows) {
        const auto first = static_cast<int>(newRowCount());
        beginInsertRows({}, first, first + static_cast<int>(rows) - 1);
    });
    connect(&window, &RowWindow::prepended, this, [this] { endInsertRows(); });
    connect(&window, &RowWindow::aboutToDropFront, this, [this](std::int64_t rows) {
        const auto first = static_cast<int>(newRowCount());
        beginRemoveRows({}, first, first + static_cast<int>(rows) - 1);
    });
    connect(&window, &RowWindow::droppedFront, this, [this] { endRemoveRows(); });
    connect(&window, &RowWindow::aboutToDropBack, this,
            [this](std::int64_t rows) { beginRemoveRows({}, rowCount() - static_cast<int>(rows), rowCount() - 1); });
    connect(&window, &RowWindow::droppedBack, this, [this] { endRemoveRows(); });
}

void RecordModel::setColumns(std::vector<const orm::Column *> columns, bool editable)
{
    beginResetModel();
    m_columns = std::move(columns);
    m_editable = editable;
    m_newRows = m_columns.empty() ? std::vector<RowAddress>{} : m_changes.newRows(*m_columns.front()->table);
    endResetModel();
}

void RecordModel::followNewRows()
{
    if (m_columns.empty())
        return;
    const std::vector<RowAddress> now = m_changes.newRows(*m_columns.front()->table);
    if (now == m_newRows)
        return;
    const std::int64_t before = newRowCount();
    for (std::size_t i = m_newRows.size(); i-- > 0;) {
        if (std::find(now.begin(), now.end(), m_newRows[i]) != now.end())
            continue;
        beginRemoveRows({}, static_cast<int>(i), static_cast<int>(i));
        m_newRows.erase(m_newRows.begin() + static_cast<std::ptrdiff_t>(i));
        endRemoveRows();
    }
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (i < m_newRows.size() && m_newRows[i] == now[i])
            continue;
        beginInsertRows({}, static_cast<int>(i), static_cast<int>(i));
        m_newRows.insert(m_newRows.begin() + static_cast<std::ptrdiff_t>(i), now[i]);
        endInsertRows();
    }
    emit newRowsChanged(before, newRowCount());
}

std::int64_t RecordModel::placeCount() const noexcept
{
    return newRowCount() + std::max(m_window.total().rows, m_window.run().end());
}

bool RecordModel::isLoaded(std::int64_t place) const
{
    return place >= 0 && (place < newRowCount() || m_window.run().contains(place - newRowCount()));
}

std::optional<RowAddress> RecordModel::address(std::int64_t place) const
{
    if (place >= 0 && place < newRowCount())
        return m_newRows[static_cast<std::size_t>(place)];
    const RowRun::Row row = m_window.run().at(place - newRowCount());
    if (!row || row.block->identityWidth == 0)
        return std::nullopt;
    RowIdentity identity = row.block->identity(row.index);
    if (std::any_of(identity.begin(), identity.end(), [](const orm::Value &value) { return value.isNull(); }))
        return std::nullopt; // SQLite lets keys be NULL; such a row has no name
    return RowAddress{&m_window.source()->table(), std::move(identity), 0};
}

std::optional<std::int64_t> RecordModel::placeOf(const RowAddress &row) const
{
    const auto found = std::find(m_newRows.begin(), m_newRows.end(), row);
    if (found != m_newRows.end())
        return found - m_newRows.begin();
    const RowRun &run = m_window.run();
    for (std::int64_t position = run.first(); position < run.end(); ++position) {
        const RowRun::Row there = run.at(position);
        if (there.block->identityWidth == row.identity.size() && !row.identity.empty() &&
            there.block->identity(there.index) == row.identity)
            return newRowCount() + position;
    }
    return std::nullopt;
}

QModelIndex RecordModel::indexAtPlace(std::int64_t place, int column) const
{
    if (!isLoaded(place) || column < 0 || column >= columnCount())
        return {};
    const std::int64_t row = place < newRowCount() ? place : place - m_window.run().first();
    return index(static_cast<int>(row), column);
}

std::int64_t RecordModel::placeAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return -1;
    return index.row() < newRowCount() ? index.row() : index.row() + m_window.run().first();
}

ShownCell RecordModel::stagedCell(const RowChange &change, int column) const
{
    ShownCell shown;
    const auto found = change.cells.find(m_columns[static_cast<std::size_t>(column)]->index);
    if (found == change.cells.end()) {
        shown.value = &kNull;
        shown.untouched = change.kind == ChangeKind::Insert;
        return shown;
    }
    shown.value = &found->second.mine.value;
    shown.newParent = found->second.mine.parent;
    shown.edited = change.kind != ChangeKind::Delete;
    return shown;
}

const RowChange *RecordModel::changeOf(std::int64_t place) const
{
    if (m_changes.isEmpty())
        return nullptr;
    const auto row = address(place);
    return row ? m_changes.find(*row) : nullptr;
}

ShownCell RecordModel::valueCell(std::int64_t place, int column, const RowChange *change) const
{
    if (place < newRowCount())
        return change == nullptr ? ShownCell{} : stagedCell(*change, column);
    const RowRun::Row there = m_window.run().at(place - newRowCount());
    if (!there)
        return {};
    const std::size_t index = m_columns[static_cast<std::size_t>(column)]->index;
    if (change != nullptr && change->kind == ChangeKind::Update && change->cells.contains(index))
        return stagedCell(*change, column);
    const Cell &cell = there.block->cell(there.index, static_cast<std::size_t>(column));
    ShownCell shown;
    shown.value = &cell.value;
    shown.length = cell.length;
    return shown;
}

ShownCell RecordModel::cell(std::int64_t place, int column) const
{
    const orm::Column &definition = *m_columns[static_cast<std::size_t>(column)];
    const RowChange *change = changeOf(place);
    ShownCell shown = valueCell(place, column, change);
    if (shown.value == nullptr)
        return shown;
    if (const RowProblem *problem = change != nullptr ? m_changes.problem(change->address) : nullptr)
        shown.inProblem =
            problem->theirs.contains(definition.index) ||
            std::find(problem->columns.begin(), problem->columns.end(), definition.index) != problem->columns.end();
    if (m_labels.link(definition) != nullptr)
        shown.label = m_labels.label(definition, parentKey(place, column));
    return shown;
}

ParentKey RecordModel::parentKey(std::int64_t place, int column) const
{
    const ParentLink *link = m_labels.link(*m_columns[static_cast<std::size_t>(column)]);
    if (link == nullptr)
        return {};
    const RowChange *change = changeOf(place);
    const auto valueOf = [&](int at) {
        const ShownCell shown = valueCell(place, at, change);
        const bool whole = shown.value != nullptr && shown.newParent == 0 && shown.length == Cell::kWhole;
        return whole ? *shown.value : orm::Value();
    };
    ParentKey key{valueOf(column)};
    for (const ParentLink::Part &part : link->rest) {
        const auto found = std::find(m_columns.begin(), m_columns.end(), part.child);
        key.push_back(found == m_columns.end() ? orm::Value() : valueOf(static_cast<int>(found - m_columns.begin())));
    }
    return key;
}

RowState RecordModel::state(std::int64_t place) const
{
    const RowChange *change = changeOf(place);
    if (change == nullptr)
        return RowState::Clean;
    if (m_changes.problem(change->address) != nullptr)
        return RowState::Conflict;
    switch (change->kind) {
    case ChangeKind::Insert:
        return RowState::Added;
    case ChangeKind::Update:
        return RowState::Changed;
    case ChangeKind::Delete:
        return RowState::Deleted;
    }
    return RowState::Clean;
}

QString RecordModel::displayText(std::int64_t place, int column) const
{
    const ShownCell shown = cell(place, column);
    if (shown.value == nullptr)
        return {};
    if (shown.newParent != 0)
        return tr("new row %1").arg(shown.newParent);
    if (shown.untouched)
        return untouchedText(*m_columns[static_cast<std::size_t>(column)]);
    const QString text = cellText(*shown.value, shown.length);
    return shown.label == nullptr ? text : QStringLiteral("%1 · %2").arg(text, *shown.label);
}

QString RecordModel::toolTip(std::int64_t place, int column) const
{
    const auto row = address(place);
    const orm::Column &definition = *m_columns[static_cast<std::size_t>(column)];
    const RowChange *change = row ? m_changes.find(*row) : nullptr;
    const RowProblem *problem = row ? m_changes.problem(*row) : nullptr;
    QStringList lines;
    if (problem != nullptr)
        lines += problem->message;
    if (change != nullptr && change->cells.contains(definition.index) && change->kind == ChangeKind::Update) {
        const CellEdit &edit = change->cells.at(definition.index);
        lines += tr("was: %1").arg(cellText(edit.base, Cell::kWhole));
        if (problem != nullptr && problem->theirs.contains(definition.index))
            lines += tr("theirs: %1").arg(cellText(problem->theirs.at(definition.index), Cell::kWhole));
        lines += tr("mine: %1").arg(displayText(place, column));
    }
    if (!lines.isEmpty())
        return lines.join(u'\n');
    const ShownCell shown = cell(place, column);
    if (shown.value != nullptr && shown.length != Cell::kWhole)
        return tr("Only the beginning is shown. F2 reads all of it.");
    return {};
}

bool RecordModel::isEditable(std::int64_t place, int column) const
{
    if (!m_editable || m_changes.isLocked() || column < 0 || column >= columnCount())
        return false;
    const orm::Column &definition = *m_columns[static_cast<std::size_t>(column)];
    const auto row = address(place);
    if (!row || !definition.generated.empty())
        return false;
    const RowChange *change = m_changes.find(*row);
    return change == nullptr || change->kind != ChangeKind::Delete;
}

/// What the database has in a cell; nullopt: it is not known whole.
std::optional<orm::Value> RecordModel::baseOf(std::int64_t place, int column) const
{
    if (place < newRowCount())
        return orm::Value();
    const RowRun::Row there = m_window.run().at(place - newRowCount());
    const Cell &base = there.block->cell(there.index, static_cast<std::size_t>(column));
    const orm::Column *definition = m_columns[static_cast<std::size_t>(column)];
    const RowChange *change = changeOf(place);
    if (!base.isCut() || (change != nullptr && change->cells.contains(definition->index)))
        return base.value;
    if (m_whole && m_whole->row == address(place) && m_whole->column == definition)
        return m_whole->value;
    return std::nullopt;
}

bool RecordModel::stage(std::int64_t place, const std::vector<std::pair<int, CellValue>> &cells)
{
    const auto row = address(place);
    std::vector<ChangeSet::Edit> edits;
    for (const auto &[column, value] : cells) {
        const auto base = row && isEditable(place, column) ? baseOf(place, column) : std::nullopt;
        if (!base)
            return false;
        edits.push_back({*row, m_columns[static_cast<std::size_t>(column)]->index, *base, value});
    }
    m_changes.edit(edits);
    return true;
}

void RecordModel::provideWhole(const RowAddress &row, const orm::Column &column, const orm::Value &value)
{
    m_whole = Whole{row, &column, value};
}

std::map<std::size_t, orm::Value> RecordModel::seen(std::int64_t place) const
{
    std::map<std::size_t, orm::Value> values;
    const RowRun::Row there = m_window.run().at(place - newRowCount());
    if (!there)
        return values;
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        const Cell &cell = there.block->cell(there.index, column);
        if (!cell.isCut())
            values.emplace(m_columns[column]->index, cell.value);
    }
    return values;
}

int RecordModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(newRowCount() + m_window.run().size());
}

int RecordModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RecordModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::int64_t place = placeAt(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return displayText(place, index.column());
    case Qt::EditRole: {
        const ShownCell shown = cell(place, index.column());
        if (shown.length != Cell::kWhole && m_whole && address(place) == m_whole->row &&
            m_whole->column == m_columns[static_cast<std::size_t>(index.column())])
            return editText(m_whole->value);
        return shown.value == nullptr ? QString() : editText(*shown.value);
    }
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(place, index.column()));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(isRightAligned(*m_columns[static_cast<std::size_t>(index.column())])
                                       ? Qt::AlignRight | Qt::AlignVCenter
                                       : Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant RecordModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (section >= columnCount())
        return {};
    const orm::Column &column = *m_columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return fromUtf8(column.name);
    return QStringLiteral("%1  %2%3")
        .arg(fromUtf8(column.name), fromUtf8(column.type.native.empty() ? column.type.toString() : column.type.native),
             column.nullable ? QString() : tr("  not null"));
}

Qt::ItemFlags RecordModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags base = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return isEditable(placeAt(index), index.column()) ? base | Qt::ItemIsEditable : base;
}

} // namespace ui::records
