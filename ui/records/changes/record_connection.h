#pragma once

#include "ui/async/job.h"
#include "ui/records/changes/change_set.h"

#include "ormcore/engine/engine.h"
#include "ormcore/mapping/registry.h"

#include <QObject>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ui::records {

/// The records of one open database: what its grids, forms and the changes panel share.
///
/// Registry: orm::Registry::reflected(orm::reflect(connection)). Thread: the UI's; a commit runs in a job. "Saved" is
/// said (committed()) only after the database answered COMMIT.
class RecordConnection : public QObject {
    Q_OBJECT

public:
    RecordConnection(std::shared_ptr<orm::Engine> engine, std::shared_ptr<const orm::Registry> registry,
                     JobRunner &runner, QObject *parent = nullptr);

    [[nodiscard]] const std::shared_ptr<orm::Engine> &engine() const noexcept { return m_engine; }
    [[nodiscard]] const orm::MetaData &metadata() const noexcept { return m_registry->metadata(); }
    [[nodiscard]] ChangeSet &changes() noexcept { return m_changes; }
    [[nodiscard]] JobRunner &runner() noexcept { return m_runner; }

    /// Everything staged, including what open cell editors hold, in one transaction. An editor with an invalid value
    /// stops it.
    void commit();
    /// All staged rows are dropped; undo brings them back.
    void rollback();
    void preview(QObject *receiver, std::function<void(Outcome<std::vector<std::string>>)> done);

signals:
    void aboutToCommit(bool &ready); ///< views stage their open editors, or set ready to false
    void committed(int rows);
    void commitFailed(const QString &message); ///< conflicts and refusals: also marked at their rows

private:
    std::shared_ptr<orm::Engine> m_engine;
    std::shared_ptr<const orm::Registry> m_registry;
    JobRunner &m_runner;
    ChangeSet m_changes;
};

} // namespace ui::records
