#pragma once

#include "ormcore/model/file_calls.h"
#include "ormcore/model/model.h"
#include "ormcore/model/model_folder.h"

#include <filesystem>
#include <string_view>

namespace orm::model {

/// Saves models and files without ever leaving a worse file than there was; see save() in storage.h.
class Saver {
public:
    explicit Saver(FileCalls &calls) : m_calls(calls) {}
    void save(const Model &model, const std::filesystem::path &path);
    void saveFile(const std::filesystem::path &path, std::string_view content);

private:
    void backUp(const ModelFolder &folder, const std::vector<TextFile> &files, const std::filesystem::path &backup);
    void removeOldBackups(const ModelFolder &folder) noexcept;

    FileCalls &m_calls;
};

} // namespace orm::model
