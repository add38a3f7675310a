#include "ormcore/model/file_steps.h"

#include "ormcore/base/error.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <set>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace orm::model {

namespace {

namespace fs = std::filesystem;

Operational::Reason reasonOf(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return Operational::Reason::Full;
    case EROFS:
    case EACCES:
    case EPERM:
        return Operational::Reason::ReadOnly;
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
        return Operational::Reason::CannotOpen;
    default:
        return Operational::Reason::Other;
    }
}

std::string adviceFor(int error, std::size_t needed)
{
    switch (reasonOf(error)) {
    case Operational::Reason::Full:
        return " " + (needed == 0 ? std::string() : std::to_string(needed) + " bytes are needed there. ") +
               "Free some space, or save in another place.";
    case Operational::Reason::ReadOnly:
        return " You may not write there: change the permissions, or save in another place.";
    case Operational::Reason::CannotOpen:
        return " Check the path.";
    default:
        return " Try again, or save in another place.";
    }
}

/// An open file that is closed at the latest at the end of its scope.
class OpenFile {
public:
    OpenFile(FileCalls &calls, const fs::path &path, int flags, mode_t mode = 0) : m_calls(calls)
    {
        do
            m_file = calls.open(path.c_str(), flags | O_CLOEXEC, mode);
        while (m_file < 0 && errno == EINTR);
    }
    ~OpenFile()
    {
        if (m_file >= 0)
            m_calls.close(m_file);
    }
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;
    [[nodiscard]] int get() const noexcept { return m_file; }
    [[nodiscard]] bool close() // after EINTR the file is closed all the same
    {
        const int file = std::exchange(m_file, -1);
        return m_calls.close(file) == 0 || errno == EINTR;
    }

private:
    FileCalls &m_calls;
    int m_file = -1;
};

bool writeAll(FileCalls &calls, int file, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = calls.write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            errno = written == 0 ? ENOSPC : errno;
            return false;
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool syncAll(FileCalls &calls, int file)
{
    int result = 0;
    do
        result = calls.fsync(file);
    while (result != 0 && errno == EINTR);
    return result == 0;
}

/// A link is followed: what it leads to is replaced, the link stays.
fs::path followed(const fs::path &path)
{
    std::error_code error;
    if (!fs::is_symlink(path, error))
        return path;
    fs::path target = fs::canonical(path, error);
    return error ? path : target;
}

fs::path beside(const fs::path &path, const char *ending)
{
    const std::string name = "." + path.filename().string() + "." + std::to_string(::getpid()) + ending;
    return path.parent_path() / name;
}

/// A rename would replace a file that its owner protected, or something that is no file.
void requireReplaceable(FileCalls &calls, const fs::path &path)
{
    struct stat status {};
    if (calls.stat(path.c_str(), &status) != 0) {
        if (errno != ENOENT)
            failFile("look at", path, errno);
        return;
    }
    if (S_ISDIR(status.st_mode))
        failFile("write", path, EISDIR);
    if (!S_ISREG(status.st_mode))
        failFile("write", path, EINVAL);
    if ((status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0)
        failFile("write", path, EACCES);
}

} // namespace

void failFile(const std::string &what, const fs::path &path, int error, std::size_t needed)
{
    ErrorContext context;
    context.code = error;
    throw Operational("Cannot " + what + " " + path.string() + ": " + std::generic_category().message(error) + "." +
                          adviceFor(error, needed),
                      reasonOf(error), std::move(context));
}

std::optional<std::string> readWhole(FileCalls &calls, const fs::path &path)
{
    struct stat status {};
    if (calls.stat(path.c_str(), &status) != 0) {
        if (errno == ENOENT)
            return std::nullopt;
        failFile("read", path, errno);
    }
    if (!S_ISREG(status.st_mode))
        failFile("read", path, S_ISDIR(status.st_mode) ? EISDIR : EINVAL);
    const OpenFile file(calls, path, O_RDONLY);
    if (file.get() < 0)
        failFile("read", path, errno);
    std::string content;
    std::string buffer(std::size_t{64} * 1024, '\0');
    for (;;) {
        const ssize_t size = calls.read(file.get(), buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            failFile("read", path, errno);
        if (size == 0)
            return content;
        content.append(buffer.data(), static_cast<std::size_t>(size));
    }
}

std::vector<std::string> namesIn(FileCalls &calls, const fs::path &folder)
{
    std::vector<std::string> names;
    if (calls.list(folder.c_str(), names) != 0 && errno != ENOENT && errno != ENOTDIR)
        failFile("list", folder, errno);
    std::sort(names.begin(), names.end());
    return names;
}

void writeNew(FileCalls &calls, const fs::path &path, std::string_view content, std::size_t needed,
              const fs::path &like)
{
    struct stat status {};
    const bool copiesMode = calls.stat(like.c_str(), &status) == 0;
    OpenFile file(calls, path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file.get() < 0)
        failFile("write", path, errno, needed);
    try {
        if (copiesMode)
            calls.fchmod(file.get(), status.st_mode & 0777U); // a refusal leaves the default permissions
        if (!writeAll(calls, file.get(), content) || !syncAll(calls, file.get()) || !file.close())
            failFile("write", path, errno, needed);
        if (readWhole(calls, path) != content)
            failFile("read back what was written to", path, EIO, needed);
    } catch (...) {
        calls.unlink(path.c_str());
        throw;
    }
}

void syncFolder(FileCalls &calls, const fs::path &folder)
{
    OpenFile file(calls, folder.empty() ? fs::path(".") : folder, O_RDONLY | O_DIRECTORY);
    if (file.get() < 0 || !syncAll(calls, file.get()) || !file.close())
        failFile("write", folder, errno);
}

FileChanges::~FileChanges()
{
    if (m_committed)
        return;
    (void)takeBack(); // commit() has said what could not be
    for (const Step &step : m_steps)
        if (!step.fresh.empty())
            m_calls.unlink(step.fresh.c_str());
    for (auto folder = m_folders.rbegin(); folder != m_folders.rend(); ++folder)
        m_calls.rmdir(folder->c_str());
}

void FileChanges::makeFolder(const fs::path &folder)
{
    struct stat status {};
    if (folder.empty() || (m_calls.stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode)))
        return;
    makeFolder(folder.parent_path());
    if (m_calls.mkdir(folder.c_str(), 0777) == 0)
        m_folders.push_back(folder);
    else if (errno != EEXIST)
        failFile("make the folder", folder, errno, m_needed);
}

void FileChanges::stage(const fs::path &path, std::string_view content)
{
    Step step;
    step.target = followed(path);
    requireReplaceable(m_calls, step.target);
    const fs::path fresh = beside(step.target, ".new");
    m_calls.unlink(fresh.c_str()); // of a process of this number that was killed
    writeNew(m_calls, fresh, content, m_needed, step.target);
    step.fresh = fresh;
    m_steps.push_back(std::move(step));
}

void FileChanges::stageRemoval(const fs::path &path)
{
    requireReplaceable(m_calls, path);
    Step step;
    step.target = path;
    m_steps.push_back(std::move(step));
}

/// The old file gets a second name, from which it can come back without needing any space.
void FileChanges::keepOld(Step &step)
{
    const fs::path old = beside(step.target, ".old");
    m_calls.unlink(old.c_str());
    if (m_calls.link(step.target.c_str(), old.c_str()) != 0) {
        if (errno == ENOENT)
            return;                                           // a new file
        const auto content = readWhole(m_calls, step.target); // no links here: a copy
        if (!content)
            return;
        writeNew(m_calls, old, *content, m_needed, step.target);
    }
    step.old = old;
}

void FileChanges::carryOut(Step &step)
{
    keepOld(step);
    const bool removal = step.fresh.empty();
    const int result =
        removal ? m_calls.unlink(step.target.c_str()) : m_calls.rename(step.fresh.c_str(), step.target.c_str());
    if (result != 0 && !(removal && errno == ENOENT))
        failFile(removal ? "remove" : "replace", step.target, errno, m_needed);
    step.done = true;
}

void FileChanges::syncFolders()
{
    std::set<fs::path> folders;
    for (const Step &step : m_steps)
        folders.insert(step.target.parent_path());
    for (const fs::path &folder : m_folders)
        folders.insert(folder.parent_path());
    for (const fs::path &folder : folders)
        syncFolder(m_calls, folder);
}

std::string FileChanges::takeBack() noexcept
{
    std::string left;
    for (auto step = m_steps.rbegin(); step != m_steps.rend(); ++step) {
        if (step->old.empty()) {
            if (step->done && !step->fresh.empty() && m_calls.unlink(step->target.c_str()) != 0)
                left += " " + step->target.string() + " is new.";
        } else if (!step->done) {
            m_calls.unlink(step->old.c_str());
        } else if (m_calls.rename(step->old.c_str(), step->target.c_str()) != 0) {
            left += " The old " + step->target.filename().string() + " is kept as " + step->old.string() + ".";
        }
        step->done = false;
        step->old.clear();
    }
    return left;
}

void FileChanges::commit()
{
    try {
        for (Step &step : m_steps)
            carryOut(step);
        syncFolders();
    } catch (const Operational &error) {
        const std::string left = takeBack();
        if (left.empty())
            throw;
        throw Operational(error.what() + left, error.reason(), error.context());
    }
    m_committed = true;
    for (const Step &step : m_steps)
        if (!step.old.empty())
            m_calls.unlink(step.old.c_str());
}

} // namespace orm::model
