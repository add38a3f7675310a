#pragma once

#include "ui/async/reader.h"
#include "ui/records/source/anchors.h"
#include "ui/records/source/row_run.h"
#include "ui/records/source/row_source.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>

namespace ui::records {

enum class Certainty { Exact, Estimate, AtLeast };

/// How many rows there are, and how well that is known.
struct TotalRows {
    std::int64_t rows = 0;
    Certainty certainty = Certainty::AtLeast;
};

/// The part of a table that a view has in memory, and how it moves over the table: the view never waits.
///
/// Blocks come from one reading thread, what takes long (count, anchors) from another one. A jump makes what was asked
/// before stale. Thread: the UI's. Errors: failed(); the rows in memory stay.
class RowWindow : public QObject {
    Q_OBJECT

public:
    explicit RowWindow(std::shared_ptr<orm::Engine> engine, QObject *parent = nullptr);
    ~RowWindow() override;

    /// Other rows or another order: starts at the top. The old rows stay in sight until the new ones are there; call
    /// clear() first where the columns differ.
    void setSource(std::shared_ptr<const RowSource> source);
    void clear();
    [[nodiscard]] const std::shared_ptr<const RowSource> &source() const noexcept { return m_source; }
    [[nodiscard]] const RowRun &run() const noexcept { return m_run; }
    [[nodiscard]] TotalRows total() const noexcept { return m_total; }
    [[nodiscard]] bool positionsExact() const noexcept { return m_exact; }
    [[nodiscard]] bool atStart() const noexcept { return m_atStart; }
    [[nodiscard]] bool atEnd() const noexcept { return m_atEnd; }
    [[nodiscard]] bool isLoading() const noexcept { return m_reader.isBusy() || m_wanted.has_value(); }
    [[nodiscard]] ReaderThread &reader() noexcept { return m_reader; }
    [[nodiscard]] const std::shared_ptr<orm::Engine> &engine() const noexcept { return m_engine; }

    /// Rows to be seen next: fetches what lies beyond the run's ends.
    void need(std::int64_t first, std::int64_t last);
    void showTop();
    void showEnd();
    void showPosition(std::int64_t position); ///< by anchor, by interpolation, or as soon as the anchors are there
    void refresh(std::int64_t top);           ///< reads anew, the row at top staying where it is; counts anew
    void cancel();                            ///< what runs; what is in memory stays

signals:
    void aboutToReset();
    void wasReset(std::int64_t top); ///< the run is another one; show the row at this position at the top
    void aboutToAppend(std::int64_t rows);
    void appended();
    void aboutToPrepend(std::int64_t rows);
    void prepended();
    void aboutToDropFront(std::int64_t rows);
    void droppedFront();
    void aboutToDropBack(std::int64_t rows);
    void droppedBack();
    void renumbered(std::int64_t delta); ///< the same rows, other positions
    void totalChanged();
    void loadingChanged();
    void failed(const ui::Failure &failure);

private:
    struct Jump {
        std::shared_ptr<const RowBlock> before; ///< may be null
        std::shared_ptr<const RowBlock> rows;
        std::int64_t position = 0;       ///< of the first of rows
        std::optional<std::int64_t> top; ///< the row to show at the top; none: position
        bool exact = false;
        bool toEnd = false;
        std::optional<std::pair<std::int64_t, std::int64_t>> bounds;
    };
    using JumpWork = std::function<Jump(orm::Connection &, const RowSource &)>;

    void startJump(JumpWork work);
    void land(Jump jump);
    void extendForward();
    void extendBackward();
    void growHead();
    void trimFront();
    void trimBack();
    void settlePositions();
    void jumpByAnchor(std::int64_t position);
    void jumpByGuess(std::int64_t position);
    void renumber(std::int64_t delta);
    void setTotal(TotalRows total);

    // the background: bounds, count, anchors (row_scan.cpp)
    void startScan();
    void scanBounds();
    void scanCount();
    void scanAnchors();
    void streamAnchors();
    void anchorsGrew();
    void resolveRun();

    std::shared_ptr<orm::Engine> m_engine;
    ReaderThread m_reader;
    ReaderThread m_scanner;
    std::shared_ptr<const RowSource> m_source;
    std::shared_ptr<const RowSource> m_runSource; // of the rows in memory
    RowRun m_run;
    TotalRows m_total;
    AnchorIndex m_anchors;
    std::optional<std::pair<std::int64_t, std::int64_t>> m_bounds; // of the key, where it interpolates
    std::optional<std::int64_t> m_wanted;                          // waits for anchors
    std::int64_t m_headLimit = 0;
    bool m_exact = true;
    bool m_atStart = false;
    bool m_atEnd = false;
    bool m_forwardPending = false;
    bool m_backwardPending = false;
    bool m_anchorsRunning = false;
};

} // namespace ui::records
