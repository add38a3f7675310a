#include "app/commands/tour/sql_log_file.h"

#include <fmt/format.h>

namespace app {

SqlLogFile::SqlLogFile(const std::filesystem::path &path) : m_shared(std::make_shared<Shared>())
{
    m_shared->file.open(path, std::ios::binary);
    if (!m_shared->file)
        throw orm::Operational(path.string() + " cannot be written", orm::Operational::Reason::CannotOpen);
}

std::function<void(const orm::StatementLog &)> SqlLogFile::sink() const
{
    return [shared = m_shared](const orm::StatementLog &log) {
        const std::lock_guard lock(shared->mutex);
        ++shared->statements;
        shared->file << log.sql << ";\n-- "
                     << fmt::format("{:.3f} ms", static_cast<double>(log.duration.count()) / 1000);
        if (log.rows >= 0)
            shared->file << ", " << log.rows << " rows";
        if (!log.parameters.empty())
            shared->file << ", " << log.parameters;
        if (!log.error.empty())
            shared->file << "\n-- failed: " << log.error;
        shared->file << "\n\n" << std::flush;
    };
}

void SqlLogFile::heading(const std::string &text) const
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->file << "-- ==== " << text << "\n\n";
}

int SqlLogFile::statements() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->statements;
}

} // namespace app
