#pragma once

#include "ormcore/model/model.h"

#include <filesystem>
#include <string>
#include <vector>

namespace orm::model {

/// A model on disk is a folder (design.md §3, resources/docs/formats/model.md): NAME.cormorant,
/// model/<schema>/<entity>.ent, diagrams/<name>.diagram. Paths given here may be the folder or the .cormorant file in
/// it.
struct TextFile {
    std::string path; ///< relative to the folder, '/' between parts, names escaped so that every file system takes them
    std::string text;
    bool operator==(const TextFile &) const = default;
};

[[nodiscard]] std::vector<TextFile> write(const Model &model); ///< pure; sorted by path
[[nodiscard]] Model read(const std::vector<TextFile> &files);  ///< pure; throws ParseError
[[nodiscard]] Model load(const std::filesystem::path &path);   ///< throws ParseError, Operational
/// Writes what changed, after proving that it reads back equal. Each file: write, verify, fsync, rename, fsync the
/// folder; files of elements that are gone are removed last; five generations are kept in .backup/. On any error the
/// folder is as it was. Throws Operational naming the file, the reason and what to do.
void save(const Model &model, const std::filesystem::path &path);
/// One file, the same way; for exports too.
void saveFile(const std::filesystem::path &path, std::string_view content);

} // namespace orm::model
