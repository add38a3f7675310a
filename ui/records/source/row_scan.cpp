// The background of a row window: what is found out about a table while its rows are already seen.

#include "ui/records/source/row_scan.h"
#include "ui/records/source/row_window.h"

#include <algorithm>

namespace ui::records {

namespace {

struct Streamed {
    std::vector<RowKey> keys;
    std::int64_t remainder = 0;
};

Streamed streamKeys(orm::Connection &connection, const RowSource &source)
{
    Streamed found;
    source.stream(connection, [&found](const std::function<RowKey()> &key) {
        if (++found.remainder == AnchorIndex::kSpacing) {
            found.keys.push_back(key());
            found.remainder = 0;
        }
        return true;
    });
    return found;
}

struct Step {
    std::optional<RowKey> key;
    std::int64_t walked = 0;
};

std::optional<std::int64_t> integerKey(const RowBlock &block)
{
    if (block.rowCount == 0 || block.keys.front().kind() != orm::ValueKind::Int)
        return std::nullopt;
    return block.keys.front().asInt();
}

} // namespace

KeyBounds readBounds(orm::Connection &connection, const RowSource &source)
{
    const auto first = integerKey(source.fetch(connection, {}, Bound::Inclusive, Direction::Forward, 1));
    const auto last = integerKey(source.fetch(connection, {}, Bound::Inclusive, Direction::Backward, 1));
    if (!first || !last)
        return std::nullopt;
    return std::minmax(*first, *last);
}

double keySpan(const std::pair<std::int64_t, std::int64_t> &bounds)
{
    return static_cast<double>(bounds.second) - static_cast<double>(bounds.first) + 1;
}

void RowWindow::startScan()
{
    if (m_scanner.isBusy() || m_anchorsRunning)
        return;
    if (m_source->interpolates() && !m_source->isFiltered() && !m_bounds)
        scanBounds();
    else
        scanCount();
}

void RowWindow::scanBounds()
{
    m_scanner.post<KeyBounds>(
        [source = m_source](orm::Connection &connection) { return readBounds(connection, *source); },
        [this](Outcome<KeyBounds> outcome) {
            if (outcome.ok() && outcome.value()) {
                m_bounds = outcome.value();
                const double rows = keySpan(*m_bounds);
                constexpr double kSensible = 1e15;
                if (m_total.certainty == Certainty::AtLeast && rows < kSensible)
                    setTotal({std::max(m_total.rows, static_cast<std::int64_t>(rows)), Certainty::Estimate});
            }
            scanCount();
        });
}

void RowWindow::scanCount()
{
    m_scanner.post<std::int64_t>([source = m_source](orm::Connection &connection) { return source->count(connection); },
                                 [this](Outcome<std::int64_t> outcome) {
                                     if (!outcome.ok()) {
                                         if (!outcome.failure().cancelled)
                                             emit failed(outcome.failure());
                                         return;
                                     }
                                     setTotal({outcome.value(), Certainty::Exact});
                                     settlePositions();
                                     const bool dense = m_source->interpolates() && m_bounds &&
                                                        keySpan(*m_bounds) == static_cast<double>(outcome.value());
                                     if (m_source->shape().paged() && m_source->isIndexed() && !dense &&
                                         outcome.value() > 2 * AnchorIndex::kSpacing)
                                         scanAnchors();
                                 });
}

/// One short walk after the other, so that no read transaction is long.
void RowWindow::scanAnchors()
{
    if (m_anchorsRunning || m_anchors.isComplete())
        return;
    if (!m_source->isIndexed()) {
        streamAnchors();
        return;
    }
    m_anchorsRunning = true;
    std::optional<RowKey> from;
    if (!m_anchors.keys().empty())
        from = m_anchors.keys().back();
    m_scanner.post<Step>(
        [source = m_source, from, spacing = m_anchors.spacing()](orm::Connection &connection) {
            Step step;
            step.key = source->walk(connection, from, spacing, step.walked);
            return step;
        },
        [this](Outcome<Step> outcome) {
            m_anchorsRunning = false;
            if (!outcome.ok())
                return;
            if (outcome.value().key)
                m_anchors.add(std::move(*outcome.value().key));
            else
                m_anchors.finish(outcome.value().walked);
            anchorsGrew();
            if (!m_anchors.isComplete())
                scanAnchors();
        });
}

/// Without an index each walk would sort the whole table: one cursor gives all keys, on demand only.
void RowWindow::streamAnchors()
{
    m_anchorsRunning = true;
    m_scanner.post<Streamed>(
        [source = m_source](orm::Connection &connection) { return streamKeys(connection, *source); },
        [this](Outcome<Streamed> outcome) {
            m_anchorsRunning = false;
            if (!outcome.ok()) {
                m_wanted.reset();
                emit loadingChanged();
                if (!outcome.failure().cancelled)
                    emit failed(outcome.failure());
                return;
            }
            for (RowKey &key : outcome.value().keys)
                m_anchors.add(std::move(key));
            m_anchors.finish(outcome.value().remainder);
            anchorsGrew();
        });
}

void RowWindow::anchorsGrew()
{
    if (m_anchors.isComplete())
        setTotal({m_anchors.walked(), Certainty::Exact});
    if (m_wanted && m_anchors.covers(*m_wanted))
        jumpByAnchor(*std::exchange(m_wanted, std::nullopt));
    else if (!m_exact && m_anchors.isComplete())
        resolveRun();
}

/// The run was reached by a guess: finds its exact row numbers.
void RowWindow::resolveRun()
{
    const RowRun::Row row = m_run.at(m_run.first());
    if (!row || !m_source->interpolates())
        return;
    const RowKey first = row.block->key(row.index);
    const bool descending = m_source->order().front().descending;
    const auto &keys = m_anchors.keys();
    const auto next = std::lower_bound(keys.begin(), keys.end(), first, [descending](const RowKey &a, const RowKey &b) {
        return descending ? b.front().asInt() < a.front().asInt() : a.front().asInt() < b.front().asInt();
    });
    const auto index = static_cast<std::int64_t>(next - keys.begin());
    std::optional<RowKey> from;
    if (index > 0)
        from = *(next - 1);
    m_scanner.post<std::int64_t>(
        [source = m_source, from, first](orm::Connection &connection) {
            return source->countBetween(connection, from, first);
        },
        [this, first, base = index * m_anchors.spacing()](Outcome<std::int64_t> outcome) {
            const RowRun::Row now = m_run.at(m_run.first());
            if (!outcome.ok() || m_exact || !now || now.block->key(now.index) != first)
                return;
            m_exact = true;
            renumber(base + outcome.value() - m_run.first());
            emit totalChanged();
        });
}

} // namespace ui::records
