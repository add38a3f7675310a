#include "ui/records/changes/record_connection.h"

#include "ui/records/changes/committer.h"

#include <algorithm>

namespace ui::records {

namespace {

QString summary(const CommitResult &result)
{
    const auto conflicts = std::count_if(result.problems.begin(), result.problems.end(),
                                         [](const auto &problem) { return problem.second.isConflict(); });
    if (conflicts == 0)
        return result.problems.front().second.message;
    return conflicts == 1
               ? RecordConnection::tr("Nothing was saved: 1 row changed meanwhile. It is marked with “!”.")
               : RecordConnection::tr("Nothing was saved: %n rows changed meanwhile. Each is marked with “!”.", nullptr,
                                      static_cast<int>(conflicts));
}

} // namespace

RecordConnection::RecordConnection(std::shared_ptr<orm::Engine> engine, std::shared_ptr<const orm::Registry> registry,
                                   JobRunner &runner, QObject *parent)
    : QObject(parent), m_engine(std::move(engine)), m_registry(std::move(registry)), m_runner(runner)
{
}

void RecordConnection::commit()
{
    bool ready = !m_changes.isLocked();
    emit aboutToCommit(ready);
    if (!ready || m_changes.isEmpty())
        return;
    const std::vector<RowChange> rows = m_changes.rows();
    m_changes.setLocked(true);
    m_runner.start<CommitResult>(
        rows.size() == 1 ? tr("Saving 1 change") : tr("Saving %n changes", nullptr, static_cast<int>(rows.size())),
        this,
        [engine = m_engine, registry = m_registry, rows](Progress &progress) {
            return commitRows(*engine, *registry, rows, progress);
        },
        [this, rows](Outcome<CommitResult> outcome) {
            m_changes.setLocked(false);
            if (outcome.ok() && outcome.value().committed) {
                m_changes.setCommitted(rows);
                emit committed(static_cast<int>(rows.size()));
            } else if (outcome.ok()) {
                const QString message = summary(outcome.value());
                m_changes.setProblems(std::move(outcome.value().problems));
                emit commitFailed(message);
            } else {
                emit commitFailed(outcome.failure().message);
            }
        });
}

void RecordConnection::rollback() { m_changes.clear(); }

void RecordConnection::preview(QObject *receiver, std::function<void(Outcome<std::vector<std::string>>)> done)
{
    m_runner.start<std::vector<std::string>>(
        tr("Preparing the preview"), receiver,
        [engine = m_engine, registry = m_registry, rows = m_changes.rows()](Progress &) {
            return previewRows(*engine, *registry, rows);
        },
        std::move(done));
}

} // namespace ui::records
