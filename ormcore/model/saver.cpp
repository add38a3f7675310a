#include "ormcore/model/saver.h"

#include "ormcore/base/error.h"
#include "ormcore/model/file_steps.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace orm::model {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kGenerations = 5;

using Texts = std::map<std::string, std::string>;

Texts byPath(std::vector<TextFile> files)
{
    Texts texts;
    for (TextFile &file : files)
        texts.emplace(std::move(file.path), std::move(file.text));
    return texts;
}

/// The model's files, proven to read back as the same model.
std::vector<TextFile> provenFiles(const Model &model)
{
    std::vector<TextFile> files = write(model);
    try {
        if (read(files) == model)
            return files;
    } catch (const ParseError &error) {
        throw Operational(std::string("The model was not saved: what would be written cannot be read back. ") +
                              error.what(),
                          Operational::Reason::Other);
    }
    throw Operational("The model was not saved: what would be written reads back as another model.",
                      Operational::Reason::Other);
}

std::optional<Model> readable(const std::vector<TextFile> &files)
{
    try {
        return read(files);
    } catch (const ParseError &) {
        return std::nullopt; // damaged: it goes to the backup as it is
    }
}

/// Which of the new files differ from those on disk. A file that a person has formatted otherwise, with the same
/// content, is left as it is.
Texts changedFiles(const Texts &fresh, const Texts &old, const std::optional<Model> &before)
{
    const Texts canonical = before ? byPath(write(*before)) : Texts();
    Texts changed;
    for (const auto &[path, text] : fresh) {
        const auto onDisk = old.find(path);
        const auto meant = canonical.find(path);
        const bool same =
            onDisk != old.end() && (onDisk->second == text || (meant != canonical.end() && meant->second == text));
        if (!same)
            changed.emplace(path, text);
    }
    return changed;
}

void nameModelFile(std::vector<TextFile> &files, const std::string &name)
{
    for (TextFile &file : files)
        if (file.path.ends_with(".cormorant") && !name.empty())
            file.path = name;
}

} // namespace

void Saver::save(const Model &model, const fs::path &path)
{
    std::vector<TextFile> files = provenFiles(model);
    const ModelFolder folder(m_calls, path);
    nameModelFile(files, folder.modelFile());
    const std::vector<TextFile> oldFiles = folder.readFilesIfAny();
    std::optional<Model> before = readable(oldFiles);
    if (before && *before == model)
        return;
    const Texts old = byPath(oldFiles);
    const Texts fresh = byPath(files);
    const Texts changed = changedFiles(fresh, old, before);
    std::size_t needed = 0;
    for (const auto &[name, text] : changed)
        needed += text.size();

    FileChanges changes(m_calls, needed);
    changes.makeFolder(folder.root());
    for (const auto &[name, text] : changed) {
        changes.makeFolder((folder.root() / name).parent_path());
        changes.stage(folder.root() / name, text);
    }
    std::set<fs::path> emptied;
    for (const auto &[name, text] : old)
        if (fresh.count(name) == 0) {
            changes.stageRemoval(folder.root() / name);
            emptied.insert((folder.root() / name).parent_path());
        }
    const fs::path backup = folder.nextBackup();
    if (!oldFiles.empty())
        backUp(folder, oldFiles, backup);
    try {
        changes.commit();
    } catch (...) {
        if (!oldFiles.empty())
            m_calls.unlink(backup.c_str());
        throw;
    }
    removeOldBackups(folder);
    for (const fs::path &each : emptied)
        m_calls.rmdir(each.c_str()); // refused where other files are in it
}

void Saver::backUp(const ModelFolder &folder, const std::vector<TextFile> &files, const fs::path &backup)
{
    const std::string text = packed(files);
    FileChanges changes(m_calls, text.size());
    changes.makeFolder(folder.backupFolder());
    if (!readWhole(m_calls, folder.backupFolder() / ".gitignore"))
        changes.stage(folder.backupFolder() / ".gitignore", "*\n");
    changes.stage(backup, text);
    changes.commit();
}

void Saver::removeOldBackups(const ModelFolder &folder) noexcept
{
    try {
        const std::vector<fs::path> backups = folder.backups();
        for (std::size_t i = 0; i + kGenerations < backups.size(); ++i)
            m_calls.unlink(backups[i].c_str());
    } catch (const Error &) {
        return; // one generation too many is no reason to call the save failed
    }
}

void Saver::saveFile(const fs::path &path, std::string_view content)
{
    FileChanges changes(m_calls, content.size());
    changes.stage(path, content);
    changes.commit();
}

} // namespace orm::model
