#include "ui/records/changes/change_set.h"

#include <QUndoCommand>

#include <algorithm>
#include <functional>

namespace ui::records {

std::size_t RowAddressHash::operator()(const RowAddress &address) const noexcept
{
    constexpr std::size_t kFactor = 1'000'003;
    std::size_t hash = std::hash<const void *>{}(address.table) ^ std::hash<std::int64_t>{}(address.newRow);
    for (const orm::Value &value : address.identity)
        hash = hash * kFactor + value.hash();
    return hash;
}

/// One step: some rows as they were before or after it. undo() and redo() are the same exact swap.
class SwapRows final : public QUndoCommand {
public:
    SwapRows(ChangeSet &changes, const QString &text, ChangeSet::Swaps other)
        : QUndoCommand(text), m_changes(changes), m_other(std::move(other))
    {
    }
    void redo() override { m_changes.swap(m_other); }
    void undo() override { redo(); }

private:
    ChangeSet &m_changes;
    ChangeSet::Swaps m_other;
};

namespace {

/// The row as the steps collected so far leave it.
template <class Swaps> std::optional<RowChange> *collected(Swaps &swaps, const RowAddress &row)
{
    const auto found =
        std::find_if(swaps.begin(), swaps.end(), [&row](const auto &entry) { return entry.first == row; });
    return found == swaps.end() ? nullptr : &found->second;
}

} // namespace

ChangeSet::ChangeSet(QObject *parent) : QObject(parent) {}

void ChangeSet::push(const QString &text, Swaps after)
{
    if (!after.empty() && !m_locked)
        m_undo.push(new SwapRows(*this, text, std::move(after)));
}

void ChangeSet::swap(Swaps &swaps)
{
    for (auto &[row, other] : swaps) {
        std::optional<RowChange> before;
        if (const auto found = m_rows.find(row); found != m_rows.end()) {
            before = std::move(found->second);
            m_rows.erase(found);
        }
        if (other)
            m_rows.emplace(row, std::move(*other));
        other = std::move(before);
        m_problems.erase(row);
    }
    for (const auto &[row, other] : swaps)
        emit rowChanged(row);
    emit changed();
}

void ChangeSet::edit(const std::vector<Edit> &edits, const QString &text)
{
    Swaps after;
    for (const Edit &edit : edits) {
        std::optional<RowChange> *change = collected(after, edit.row);
        if (change == nullptr) {
            const RowChange *staged = find(edit.row);
            if (staged != nullptr && staged->kind == ChangeKind::Delete)
                continue;
            change = &after.emplace_back(edit.row, staged != nullptr ? std::optional(*staged) : std::nullopt).second;
        }
        if (!*change)
            *change = RowChange{edit.row, ChangeKind::Update, {}, ++m_lastOrder};
        auto &cells = (*change)->cells;
        const auto touched = cells.find(edit.column);
        if ((*change)->kind == ChangeKind::Insert) {
            cells[edit.column] = {edit.mine, {}};
            continue;
        }
        const orm::Value base = touched != cells.end() ? touched->second.base : edit.base;
        if (edit.mine == CellValue{base, 0})
            cells.erase(edit.column); // back to what it was: nothing to write
        else
            cells[edit.column] = {edit.mine, base};
        if (cells.empty())
            change->reset();
    }
    std::erase_if(after, [this](const auto &entry) {
        const RowChange *staged = find(entry.first);
        return entry.second ? staged != nullptr && staged->cells == entry.second->cells : staged == nullptr;
    });
    push(text.isEmpty() ? tr("Edit") : text, std::move(after));
}

NewRowId ChangeSet::insert(const orm::Table &table, const std::map<std::size_t, CellValue> &cells, const QString &text)
{
    if (m_locked)
        return 0;
    RowChange change{{&table, {}, ++m_lastNewRow}, ChangeKind::Insert, {}, ++m_lastOrder};
    for (const auto &[column, value] : cells)
        change.cells[column] = {value, {}};
    const RowAddress row = change.address;
    Swaps after;
    after.emplace_back(row, std::move(change));
    push(text.isEmpty() ? tr("New row") : text, std::move(after));
    return row.newRow;
}

/// Cells that point at a new row which goes away lose their value with it, in the same step.
void ChangeSet::dropReferences(NewRowId gone, Swaps &after) const
{
    for (const auto &[row, change] : m_rows) {
        const auto refers = [gone](const auto &cell) { return cell.second.mine.parent == gone; };
        if (std::none_of(change.cells.begin(), change.cells.end(), refers))
            continue;
        std::optional<RowChange> *entry = collected(after, row);
        if (entry == nullptr)
            entry = &after.emplace_back(row, change).second;
        if (!*entry)
            continue;
        std::erase_if((*entry)->cells, refers);
        if ((*entry)->cells.empty() && (*entry)->kind == ChangeKind::Update)
            entry->reset();
    }
}

void ChangeSet::remove(const std::vector<Removal> &rows)
{
    Swaps after;
    for (const Removal &removal : rows) {
        const RowChange *staged = find(removal.row);
        if (removal.row.newRow != 0) {
            after.emplace_back(removal.row, std::nullopt);
            continue;
        }
        if (staged != nullptr && staged->kind == ChangeKind::Delete)
            continue;
        RowChange change{removal.row, ChangeKind::Delete, {}, staged != nullptr ? staged->order : ++m_lastOrder};
        for (const auto &[column, value] : removal.seen)
            change.cells[column] = {{value, 0}, value};
        after.emplace_back(removal.row, std::move(change));
    }
    for (const Removal &removal : rows) {
        if (removal.row.newRow != 0)
            dropReferences(removal.row.newRow, after);
    }
    const int count = static_cast<int>(after.size());
    push(count == 1 ? tr("Delete 1 row") : tr("Delete %n rows", nullptr, count), std::move(after));
}

void ChangeSet::revert(const std::vector<RowAddress> &rows)
{
    Swaps after;
    for (const RowAddress &row : rows) {
        if (find(row) != nullptr && collected(after, row) == nullptr)
            after.emplace_back(row, std::nullopt);
    }
    for (const RowAddress &row : rows) {
        if (row.newRow != 0)
            dropReferences(row.newRow, after);
    }
    push(tr("Revert"), std::move(after));
}

void ChangeSet::revertCell(const RowAddress &row, std::size_t column)
{
    const RowChange *staged = find(row);
    if (staged == nullptr || staged->kind == ChangeKind::Delete || !staged->cells.contains(column))
        return;
    std::optional<RowChange> change = *staged;
    change->cells.erase(column);
    if (change->cells.empty() && change->kind == ChangeKind::Update)
        change.reset();
    Swaps after;
    after.emplace_back(row, std::move(change));
    push(tr("Revert cell"), std::move(after));
}

void ChangeSet::clear()
{
    Swaps after;
    for (const auto &[row, change] : m_rows)
        after.emplace_back(row, std::nullopt);
    push(tr("Discard all changes"), std::move(after));
}

void ChangeSet::keepMine(const RowAddress &row)
{
    const RowChange *staged = find(row);
    const RowProblem *trouble = problem(row);
    if (staged == nullptr || trouble == nullptr || !trouble->isConflict())
        return;
    Swaps after;
    if (trouble->kind == RowProblem::Kind::Missing) {
        after.emplace_back(row, std::nullopt);
        if (staged->kind == ChangeKind::Update) { // it is gone: what is mine becomes a row again
            RowChange again{{row.table, {}, ++m_lastNewRow}, ChangeKind::Insert, staged->cells, ++m_lastOrder};
            const auto keys = row.table->identityColumns();
            for (std::size_t i = 0; i < keys.size() && i < row.identity.size(); ++i)
                again.cells.try_emplace(keys[i]->index, CellEdit{{row.identity[i], 0}, {}});
            after.emplace_back(again.address, again);
        }
    } else {
        RowChange rebased = *staged;
        for (const auto &[column, theirs] : trouble->theirs) {
            CellEdit &cell = rebased.cells[column];
            cell.base = theirs;
            if (rebased.kind == ChangeKind::Delete)
                cell.mine = {theirs, 0};
        }
        after.emplace_back(row, std::move(rebased));
    }
    push(tr("Keep mine"), std::move(after));
}

void ChangeSet::takeTheirs(const RowAddress &row)
{
    const RowChange *staged = find(row);
    const RowProblem *trouble = problem(row);
    if (staged == nullptr || trouble == nullptr || !trouble->isConflict())
        return;
    std::optional<RowChange> change;
    if (trouble->kind == RowProblem::Kind::Changed && staged->kind == ChangeKind::Update) {
        change = *staged;
        for (const auto &[column, theirs] : trouble->theirs)
            change->cells.erase(column);
        if (change->cells.empty())
            change.reset();
    }
    Swaps after;
    after.emplace_back(row, std::move(change));
    push(tr("Take theirs"), std::move(after));
}

const RowChange *ChangeSet::find(const RowAddress &row) const
{
    const auto found = m_rows.find(row);
    return found == m_rows.end() ? nullptr : &found->second;
}

const RowProblem *ChangeSet::problem(const RowAddress &row) const
{
    const auto found = m_problems.find(row);
    return found == m_problems.end() ? nullptr : &found->second;
}

std::vector<RowChange> ChangeSet::rows() const
{
    std::vector<RowChange> rows;
    rows.reserve(m_rows.size());
    for (const auto &[row, change] : m_rows)
        rows.push_back(change);
    std::sort(rows.begin(), rows.end(), [](const RowChange &a, const RowChange &b) { return a.order < b.order; });
    return rows;
}

std::vector<RowAddress> ChangeSet::newRows(const orm::Table &table) const
{
    std::vector<RowAddress> rows;
    for (const auto &[row, change] : m_rows) {
        if (row.table == &table && row.newRow != 0)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(), [](const RowAddress &a, const RowAddress &b) { return a.newRow < b.newRow; });
    return rows;
}

std::vector<RowAddress> ChangeSet::problemRows() const
{
    std::vector<RowAddress> addresses;
    for (const RowChange &change : rows()) {
        if (m_problems.contains(change.address))
            addresses.push_back(change.address);
    }
    return addresses;
}

void ChangeSet::setLocked(bool locked)
{
    if (locked == m_locked)
        return;
    m_locked = locked;
    emit lockedChanged(locked);
}

void ChangeSet::setCommitted(const std::vector<RowChange> &written)
{
    std::vector<RowAddress> gone;
    for (const RowChange &change : written) {
        const RowChange *staged = find(change.address);
        if (staged != nullptr && staged->kind == change.kind && staged->cells == change.cells) {
            gone.push_back(change.address);
            m_rows.erase(change.address);
        }
    }
    m_problems.clear();
    m_undo.clear();
    for (const RowAddress &row : gone)
        emit rowChanged(row);
    emit changed();
    emit committed();
}

void ChangeSet::setProblems(std::vector<std::pair<RowAddress, RowProblem>> problems)
{
    const auto before = std::exchange(m_problems, {});
    for (auto &[row, trouble] : problems)
        m_problems.insert_or_assign(row, std::move(trouble));
    for (const auto &[row, trouble] : before)
        emit rowChanged(row);
    for (const auto &[row, trouble] : m_problems)
        emit rowChanged(row);
    emit changed();
}

} // namespace ui::records
