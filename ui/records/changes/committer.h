#pragma once

#include "ui/async/job.h"
#include "ui/records/changes/row_change.h"

#include "ormcore/engine/engine.h"
#include "ormcore/mapping/registry.h"

#include <string>
#include <utility>
#include <vector>

namespace ui::records {

struct CommitResult {
    bool committed = false;                                  ///< the database answered COMMIT
    std::vector<std::pair<RowAddress, RowProblem>> problems; ///< why not; nothing was written then
};

/// Writes staged rows in one short transaction through a session: every row is read anew by its key first, and where a
/// touched column is not what the user saw, nothing at all is written.
///
/// A refused row is looked for and named; all staged rows stay as they are. Thread: a worker's. Errors: Operational and
/// the like where it is nobody's row (lost connection, full disk); UnknownOutcome where the answer to COMMIT was lost.
[[nodiscard]] CommitResult commitRows(orm::Engine &engine, const orm::Registry &registry,
                                      const std::vector<RowChange> &rows, Progress &progress);

/// The statements that commitRows() would send, with their values, for people to read. Writes nothing.
[[nodiscard]] std::vector<std::string> previewRows(orm::Engine &engine, const orm::Registry &registry,
                                                   const std::vector<RowChange> &rows);

} // namespace ui::records
