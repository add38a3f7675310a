#include "ui/records/source/row_window.h"

#include "ui/records/source/row_scan.h"

#include <algorithm>
#include <cmath>

namespace ui::records {

namespace {

constexpr std::int64_t kBlock = 256;
constexpr std::int64_t kBefore = 128;        // rows fetched above the target of a jump
constexpr std::int64_t kMargin = 192;        // rows kept ready beyond what is seen
constexpr std::int64_t kHeadMaximum = 16384; // rows of a view without a key
constexpr std::int64_t kHeadGrowth = 4;

std::shared_ptr<const RowBlock> shared(RowBlock block) { return std::make_shared<const RowBlock>(std::move(block)); }

} // namespace

RowWindow::RowWindow(std::shared_ptr<orm::Engine> engine, QObject *parent)
    : QObject(parent), m_engine(std::move(engine)), m_reader(m_engine), m_scanner(m_engine)
{
    connect(&m_reader, &ReaderThread::busyChanged, this, &RowWindow::loadingChanged);
}

RowWindow::~RowWindow() = default;

void RowWindow::setSource(std::shared_ptr<const RowSource> source)
{
    m_source = std::move(source);
    m_scanner.supersede();
    m_anchors = {};
    m_anchorsRunning = false;
    m_bounds.reset();
    m_headLimit = kBlock;
    setTotal({0, Certainty::AtLeast});
    showTop();
}

void RowWindow::clear()
{
    cancel();
    emit aboutToReset();
    m_run.clear();
    m_runSource.reset();
    emit wasReset(0);
}

void RowWindow::cancel()
{
    m_reader.supersede();
    m_scanner.supersede();
    m_forwardPending = m_backwardPending = m_anchorsRunning = false;
    m_wanted.reset();
    emit loadingChanged();
}

void RowWindow::startJump(JumpWork work)
{
    m_reader.supersede();
    m_forwardPending = m_backwardPending = false;
    m_wanted.reset();
    m_reader.post<Jump>(
        [work = std::move(work), source = m_source](orm::Connection &connection) { return work(connection, *source); },
        [this](Outcome<Jump> outcome) {
            if (outcome.ok())
                land(std::move(outcome.value()));
            else
                emit failed(outcome.failure());
        });
}

void RowWindow::land(Jump jump)
{
    emit aboutToReset();
    const bool atEnd = jump.rows->reachedEnd || jump.toEnd;
    const std::int64_t before = jump.before ? static_cast<std::int64_t>(jump.before->rowCount) : 0;
    m_run.clear(jump.position);
    if (before > 0)
        m_run.prepend(jump.before);
    m_run.append(jump.rows);
    m_runSource = m_source;
    m_atStart = (jump.before && jump.before->reachedEnd) || (!jump.before && !jump.toEnd) ||
                (jump.toEnd && jump.rows->reachedEnd);
    m_atEnd = atEnd;
    m_exact = jump.exact;
    if (jump.bounds)
        m_bounds = jump.bounds;
    const std::int64_t delta = m_atStart ? -m_run.first() : 0;
    m_run.shift(delta);
    m_exact = m_exact || m_atStart;
    emit wasReset((jump.top ? *jump.top : jump.position) + delta);
    settlePositions();
    if (m_total.certainty != Certainty::Exact)
        startScan();
}

void RowWindow::showTop()
{
    if (!m_source->shape().paged()) {
        startJump([limit = m_headLimit](orm::Connection &connection, const RowSource &source) {
            Jump jump;
            jump.rows = shared(source.head(connection, limit));
            jump.exact = true;
            return jump;
        });
        return;
    }
    startJump([](orm::Connection &connection, const RowSource &source) {
        Jump jump;
        jump.rows = shared(source.fetch(connection, {}, Bound::Inclusive, Direction::Forward, kBlock));
        jump.exact = true;
        return jump;
    });
}

void RowWindow::showEnd()
{
    if (!m_source->shape().paged()) {
        m_headLimit = kHeadMaximum;
        growHead();
        return;
    }
    startJump([total = m_total](orm::Connection &connection, const RowSource &source) {
        Jump jump;
        jump.rows = shared(source.fetch(connection, {}, Bound::Inclusive, Direction::Backward, kBlock));
        jump.position = std::max<std::int64_t>(0, total.rows - static_cast<std::int64_t>(jump.rows->rowCount));
        jump.exact = total.certainty == Certainty::Exact;
        jump.toEnd = true;
        return jump;
    });
}

void RowWindow::showPosition(std::int64_t position)
{
    const std::int64_t last = std::max<std::int64_t>(0, m_total.rows - 1);
    position = std::clamp<std::int64_t>(position, 0, m_total.certainty == Certainty::Exact ? last : position);
    if (position <= 0)
        return showTop();
    if (!m_source->shape().paged())
        return need(position, position + kBlock);
    if (m_total.certainty == Certainty::Exact && position >= last)
        return showEnd();
    if (m_anchors.covers(position) && m_source->isIndexed())
        return jumpByAnchor(position);
    if (m_source->interpolates())
        return jumpByGuess(position);
    if (m_anchors.covers(position))
        return jumpByAnchor(position);
    m_reader.supersede();
    m_forwardPending = m_backwardPending = false;
    m_wanted = position;
    emit loadingChanged();
    if (!m_anchorsRunning)
        scanAnchors();
}

void RowWindow::jumpByAnchor(std::int64_t position)
{
    startJump([start = m_anchors.before(position), position](orm::Connection &connection, const RowSource &source) {
        std::optional<RowKey> key = start.key;
        std::int64_t reached = start.position;
        if (position > reached) {
            std::int64_t walked = 0;
            key = source.walk(connection, start.key, position - reached, walked);
            reached = position;
        }
        Jump jump;
        jump.position = reached;
        jump.exact = true;
        if (!key && reached > 0) { // the table has become shorter
            jump.rows = shared(source.fetch(connection, {}, Bound::Inclusive, Direction::Backward, kBlock));
            jump.position = std::max<std::int64_t>(0, reached - kBlock);
            jump.exact = false;
            jump.toEnd = true;
            return jump;
        }
        jump.rows = shared(source.fetch(connection, key, Bound::Exclusive, Direction::Forward, kBlock));
        if (key)
            jump.before = shared(source.fetch(connection, key, Bound::Inclusive, Direction::Backward, kBefore));
        return jump;
    });
}

void RowWindow::jumpByGuess(std::int64_t position)
{
    startJump([position, total = m_total, known = m_bounds](orm::Connection &connection, const RowSource &source) {
        Jump jump;
        jump.bounds = known ? known : readBounds(connection, source);
        if (!jump.bounds) {
            jump.rows = shared(source.fetch(connection, {}, Bound::Inclusive, Direction::Forward, kBlock));
            jump.exact = true;
            return jump;
        }
        const double width = keySpan(*jump.bounds);
        const double rows = total.rows > 0 ? static_cast<double>(total.rows) : width;
        const bool dense = total.certainty == Certainty::Exact && rows == width;
        const double fraction = std::clamp(static_cast<double>(position) / rows, 0.0, 1.0);
        const auto low = static_cast<std::uint64_t>(jump.bounds->first); // unsigned: a difference may need 64 bits
        const auto high = static_cast<std::uint64_t>(jump.bounds->second);
        const std::uint64_t offset =
            dense ? static_cast<std::uint64_t>(position)
                  : std::min(high - low, static_cast<std::uint64_t>(std::floor(fraction * (width - 1))));
        const bool descending = source.order().front().descending;
        const RowKey key{orm::Value(static_cast<std::int64_t>(descending ? high - offset : low + offset))};
        jump.rows = shared(source.fetch(connection, key, Bound::Inclusive, Direction::Forward, kBlock));
        jump.before = shared(source.fetch(connection, key, Bound::Exclusive, Direction::Backward, kBefore));
        jump.position = position;
        jump.exact = dense;
        return jump;
    });
}

void RowWindow::refresh(std::int64_t top)
{
    m_scanner.supersede();
    m_anchors = {};
    m_anchorsRunning = false;
    m_bounds.reset();
    m_total.certainty = m_total.certainty == Certainty::Exact ? Certainty::Estimate : m_total.certainty;
    const RowRun::Row row = m_run.at(top);
    if (!row || !m_source->shape().paged() || m_runSource != m_source)
        return showTop();
    if (m_atStart && top < kBefore) {
        startJump([top](orm::Connection &connection, const RowSource &source) {
            Jump jump;
            jump.rows = shared(source.fetch(connection, {}, Bound::Inclusive, Direction::Forward, kBlock));
            jump.exact = true;
            jump.top = top;
            return jump;
        });
        return;
    }
    startJump(
        [key = row.block->key(row.index), top, exact = m_exact](orm::Connection &connection, const RowSource &source) {
            Jump jump;
            jump.rows = shared(source.fetch(connection, key, Bound::Inclusive, Direction::Forward, kBlock));
            jump.before = shared(source.fetch(connection, key, Bound::Exclusive, Direction::Backward, kBefore));
            jump.position = top;
            jump.exact = exact;
            return jump;
        });
}

void RowWindow::need(std::int64_t first, std::int64_t last)
{
    if (!m_source || m_runSource != m_source || m_run.size() == 0 || m_wanted)
        return;
    if (!m_source->shape().paged()) {
        if (!m_atEnd && last + kMargin > m_run.end() && m_headLimit < kHeadMaximum) {
            m_headLimit = std::min(m_headLimit * kHeadGrowth, kHeadMaximum);
            growHead();
        }
        return;
    }
    if (!m_atEnd && !m_forwardPending && last + kMargin > m_run.end())
        extendForward();
    if (!m_atStart && !m_backwardPending && first - kMargin < m_run.first())
        extendBackward();
}

void RowWindow::growHead()
{
    if (m_atEnd || m_forwardPending)
        return;
    m_forwardPending = true;
    m_reader.post<RowBlock>([source = m_source, limit = m_headLimit](
                                orm::Connection &connection) { return source->head(connection, limit); },
                            [this](Outcome<RowBlock> outcome) {
                                m_forwardPending = false;
                                if (!outcome.ok()) {
                                    emit failed(outcome.failure());
                                    return;
                                }
                                emit aboutToReset();
                                m_run.clear();
                                m_run.append(shared(std::move(outcome.value())));
                                m_atEnd = m_run.at(0) && m_run.at(0).block->reachedEnd;
                                emit wasReset(-1);
                                settlePositions();
                            });
}

void RowWindow::extendForward()
{
    const RowRun::Row last = m_run.at(m_run.end() - 1);
    m_forwardPending = true;
    m_reader.post<RowBlock>(
        [source = m_source, key = last.block->key(last.index)](orm::Connection &connection) {
            return source->fetch(connection, key, Bound::Exclusive, Direction::Forward, kBlock);
        },
        [this](Outcome<RowBlock> outcome) {
            m_forwardPending = false;
            if (!outcome.ok()) {
                emit failed(outcome.failure());
                return;
            }
            m_atEnd = outcome.value().reachedEnd;
            if (outcome.value().rowCount > 0) {
                emit aboutToAppend(static_cast<std::int64_t>(outcome.value().rowCount));
                m_run.append(shared(std::move(outcome.value())));
                emit appended();
                trimFront();
            }
            settlePositions();
        });
}

void RowWindow::extendBackward()
{
    const RowRun::Row first = m_run.at(m_run.first());
    m_backwardPending = true;
    m_reader.post<RowBlock>(
        [source = m_source, key = first.block->key(first.index)](orm::Connection &connection) {
            return source->fetch(connection, key, Bound::Exclusive, Direction::Backward, kBlock);
        },
        [this](Outcome<RowBlock> outcome) {
            m_backwardPending = false;
            if (!outcome.ok()) {
                emit failed(outcome.failure());
                return;
            }
            m_atStart = outcome.value().reachedEnd;
            if (outcome.value().rowCount > 0) {
                emit aboutToPrepend(static_cast<std::int64_t>(outcome.value().rowCount));
                m_run.prepend(shared(std::move(outcome.value())));
                emit prepended();
                trimBack();
            }
            settlePositions();
        });
}

void RowWindow::trimFront()
{
    while (const std::int64_t rows = m_run.surplusAtFront()) {
        emit aboutToDropFront(rows);
        m_run.dropFront();
        m_atStart = false;
        emit droppedFront();
    }
}

void RowWindow::trimBack()
{
    while (const std::int64_t rows = m_run.surplusAtBack()) {
        emit aboutToDropBack(rows);
        m_run.dropBack();
        m_atEnd = false;
        emit droppedBack();
    }
}

/// Makes positions and total agree with what the run has seen of the table's ends.
void RowWindow::settlePositions()
{
    if (m_atStart) {
        if (m_run.first() != 0)
            renumber(-m_run.first());
        m_exact = true;
    } else if (m_run.first() <= 0) {
        renumber(kBlock - m_run.first()); // more rows are before it than was guessed
    }
    if (m_atEnd && m_exact) {
        setTotal({m_run.end(), Certainty::Exact});
    } else if (m_atEnd && m_total.certainty == Certainty::Exact) {
        if (m_run.end() != m_total.rows && m_total.rows >= m_run.size())
            renumber(m_total.rows - m_run.end());
        m_exact = true;
    } else if (m_run.end() > m_total.rows) {
        setTotal({m_run.end(), m_total.certainty == Certainty::Estimate ? Certainty::Estimate : Certainty::AtLeast});
    }
}

void RowWindow::renumber(std::int64_t delta)
{
    if (delta == 0)
        return;
    m_run.shift(delta);
    emit renumbered(delta);
}

void RowWindow::setTotal(TotalRows total)
{
    if (total.rows == m_total.rows && total.certainty == m_total.certainty)
        return;
    m_total = total;
    emit totalChanged();
}

} // namespace ui::records
