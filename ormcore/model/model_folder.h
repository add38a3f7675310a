#pragma once

#include "ormcore/model/file_calls.h"
#include "ormcore/model/storage.h"

#include <filesystem>
#include <string>
#include <vector>

namespace orm::model {

/// A model's folder on disk: which files in it are the model's, and its backups.
///
/// path: the folder, the .cormorant file in it, or one of its backups. Errors: Operational, ParseError.
class ModelFolder {
public:
    ModelFolder(FileCalls &calls, std::filesystem::path path);
    [[nodiscard]] const std::filesystem::path &root() const noexcept { return m_root; }
    /// The name of the .cormorant file that is there or was asked for; empty: neither.
    [[nodiscard]] const std::string &modelFile() const noexcept { return m_modelFile; }
    /// All files of the model that are there, as they are. Throws where there is no model.
    [[nodiscard]] std::vector<TextFile> readFiles() const;
    [[nodiscard]] std::vector<TextFile> readFilesIfAny() const; ///< for saving: there may be none yet

    [[nodiscard]] std::filesystem::path backupFolder() const { return m_root / ".backup"; }
    [[nodiscard]] std::vector<std::filesystem::path> backups() const; ///< oldest first
    [[nodiscard]] std::string newestBackup() const;                   ///< empty: none
    [[nodiscard]] std::filesystem::path nextBackup() const;

private:
    [[nodiscard]] std::vector<std::string> paths() const;

    FileCalls &m_calls;
    std::filesystem::path m_path;
    std::filesystem::path m_root;
    std::string m_modelFile;
    bool m_isBackup = false;
};

/// Files one after the other in one text, with their sizes, and back. Throws ParseError.
[[nodiscard]] std::string packed(const std::vector<TextFile> &files);
[[nodiscard]] std::vector<TextFile> unpacked(const std::string &file, std::string_view text);

} // namespace orm::model
