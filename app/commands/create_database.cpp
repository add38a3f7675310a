#include "app/commands/create_database.h"

#include "ormcore/dialects/builtin.h"

namespace app {
namespace {

namespace fs = std::filesystem;

void createIn(orm::Engine &engine, const orm::MetaData &metadata,
              const std::function<bool(int done, int total)> &progress)
{
    const std::vector<orm::DdlStatement> statements = orm::createAll(metadata, engine.dialect());
    orm::Connection connection = engine.connect();
    orm::Transaction transaction(connection, orm::TransactionMode::Immediate);
    int done = 0;
    for (const orm::DdlStatement &statement : statements) {
        if (progress && !progress(done, static_cast<int>(statements.size())))
            throw orm::Operational("Cancelled: no database was made", orm::Operational::Reason::Interrupted);
        connection.execute(statement);
        ++done;
    }
    transaction.commit();
}

/// Removes what was begun, unless it became a database.
class PartialFile {
public:
    explicit PartialFile(const fs::path &file) : m_file(file), m_partial(file) { m_partial += ".new"; }
    PartialFile(const PartialFile &) = delete;
    PartialFile &operator=(const PartialFile &) = delete;
    ~PartialFile()
    {
        std::error_code ignored;
        fs::remove(m_partial, ignored);
    }
    [[nodiscard]] const fs::path &path() const noexcept { return m_partial; }
    void finish() { fs::rename(m_partial, m_file); }

private:
    fs::path m_file;
    fs::path m_partial;
};

} // namespace

void createDatabase(const orm::model::Model &model, const Target &target,
                    const std::function<bool(int done, int total)> &progress,
                    const std::function<void(const orm::StatementLog &)> &log)
{
    orm::EngineOptions options;
    options.log = log;
    if (target.kind != TargetKind::Database)
        throw orm::Argument(target.text() + " is no database: name a new SQLite file or a database's URL");
    const orm::MetaData metadata = orm::model::toMetaData(model);
    if (target.path.empty()) {
        orm::Engine engine(orm::builtinDrivers(), target.url, options);
        createIn(engine, metadata, progress);
        return;
    }
    if (fs::exists(target.path))
        throw orm::Argument(target.text() + " exists already: choose another name");
    PartialFile partial(target.path);
    fs::remove(partial.path());
    {
        options.connect.create = true;
        orm::Engine engine(orm::builtinDrivers(), orm::Url::sqliteFile(partial.path().string()), options);
        createIn(engine, metadata, progress);
    }
    partial.finish();
}

} // namespace app
