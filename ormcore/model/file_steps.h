#pragma once

#include "ormcore/model/file_calls.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orm::model {

/// Throws Operational: what could not be done with which file, why in the system's words, and what to do.
/// needed: bytes that are to be written in all.
[[noreturn]] void failFile(const std::string &what, const std::filesystem::path &path, int error,
                           std::size_t needed = 0);

/// Whole content of a regular file; nullopt: it is not there. Throws Operational.
[[nodiscard]] std::optional<std::string> readWhole(FileCalls &calls, const std::filesystem::path &path);
/// Names in a folder, sorted; none where it is not there. Throws Operational.
[[nodiscard]] std::vector<std::string> namesIn(FileCalls &calls, const std::filesystem::path &folder);
/// A new file, written, synced and read back; mode as of `like` where that exists. Removed again on error.
void writeNew(FileCalls &calls, const std::filesystem::path &path, std::string_view content, std::size_t needed,
              const std::filesystem::path &like);
void syncFolder(FileCalls &calls, const std::filesystem::path &folder);

/// Changes several files so that all or none are changed, as far as a file system can promise it.
///
/// stage() writes the new contents beside the old files; commit() puts them in place, one rename each, and takes all
/// back if one cannot be. What is not committed is removed by the destructor. Errors: Operational. Thread: one.
class FileChanges {
public:
    explicit FileChanges(FileCalls &calls, std::size_t needed) : m_calls(calls), m_needed(needed) {}
    ~FileChanges();
    FileChanges(const FileChanges &) = delete;
    FileChanges &operator=(const FileChanges &) = delete;

    void makeFolder(const std::filesystem::path &folder); ///< with its parents
    void stage(const std::filesystem::path &path, std::string_view content);
    void stageRemoval(const std::filesystem::path &path);
    void commit();

private:
    struct Step {
        std::filesystem::path target;
        std::filesystem::path fresh; ///< empty: a removal
        std::filesystem::path old;   ///< the old file under another name, once it is kept
        bool done = false;
    };
    void keepOld(Step &step);
    void carryOut(Step &step);
    void syncFolders();
    [[nodiscard]] std::string takeBack() noexcept; ///< what could not be taken back; empty: all could

    FileCalls &m_calls;
    std::size_t m_needed;
    std::vector<Step> m_steps;
    std::vector<std::filesystem::path> m_folders; ///< made here
    bool m_committed = false;
};

} // namespace orm::model
