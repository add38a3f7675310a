#include "ormcore/model/model_folder.h"

#include "ormcore/base/error.h"
#include "ormcore/model/file_steps.h"
#include "ormcore/model/text_escape.h"
#include "ormcore/model/text_lines.h"

#include <algorithm>
#include <cerrno>
#include <charconv>

namespace orm::model {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPackHeader = "[backup]\n";

std::optional<std::uint64_t> backupNumber(const std::string &name)
{
    constexpr std::string_view ending = ".backup";
    if (!name.ends_with(ending))
        return std::nullopt;
    std::uint64_t number = 0;
    const char *last = name.data() + name.size() - ending.size();
    const auto [end, error] = std::from_chars(name.data(), last, number);
    return error == std::errc() && end == last && last != name.data() ? std::optional(number) : std::nullopt;
}

bool isFolder(FileCalls &calls, const fs::path &path)
{
    struct stat status {};
    return calls.stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

} // namespace

ModelFolder::ModelFolder(FileCalls &calls, fs::path path) : m_calls(calls), m_path(std::move(path)), m_root(m_path)
{
    while (m_root.has_relative_path() && m_root.filename().empty())
        m_root = m_root.parent_path(); // "shop/"
    if (!isFolder(calls, m_root) && m_root.extension() == ".cormorant") {
        m_modelFile = m_root.filename().string();
        m_root = m_root.parent_path();
    } else if (!isFolder(calls, m_root) && backupNumber(m_root.filename().string())) {
        m_isBackup = true;
        m_root = m_root.parent_path().parent_path();
    }
    if (m_root.empty())
        m_root = ".";
    if (m_isBackup)
        return;
    for (const std::string &name : namesIn(calls, m_root)) {
        if (!name.ends_with(".cormorant") || name.starts_with('.'))
            continue;
        if (!m_modelFile.empty() && m_modelFile != name)
            throw Operational("There are two models in " + m_root.string() + ", " + m_modelFile + " and " + name +
                                  ". Each model needs a folder of its own.",
                              Operational::Reason::CannotOpen);
        m_modelFile = name;
    }
}

std::vector<std::string> ModelFolder::paths() const
{
    std::vector<std::string> paths;
    if (!m_modelFile.empty())
        paths.push_back(m_modelFile);
    for (const std::string &name : namesIn(m_calls, m_root / "diagrams"))
        if (name.ends_with(".diagram") && !name.starts_with('.'))
            paths.push_back("diagrams/" + name);
    for (const std::string &schema : namesIn(m_calls, m_root / "model"))
        for (const std::string &name : namesIn(m_calls, m_root / "model" / schema))
            if (name.ends_with(".ent") && !name.starts_with('.'))
                paths.push_back("model/" + schema + "/" + name);
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::vector<TextFile> ModelFolder::readFilesIfAny() const
{
    std::vector<TextFile> files;
    for (const std::string &path : paths())
        if (auto text = readWhole(m_calls, m_root / path))
            files.push_back({path, std::move(*text)});
    return files;
}

std::vector<TextFile> ModelFolder::readFiles() const
{
    if (m_isBackup) {
        const auto text = readWhole(m_calls, m_path);
        if (!text)
            failFile("open", m_path, ENOENT);
        return unpacked(m_path.filename().string(), *text);
    }
    struct stat status {};
    if (m_calls.stat(m_path.c_str(), &status) != 0)
        failFile("open", m_path, errno);
    if (!S_ISDIR(status.st_mode) && m_path.extension() != ".cormorant")
        throw Operational("Cannot open " + m_path.string() +
                              ": it is no model. A model is a folder with a NAME.cormorant file in it.",
                          Operational::Reason::CannotOpen);
    if (m_modelFile.empty())
        throw Operational("There is no model in " + m_root.string() + ": it has no NAME.cormorant file.",
                          Operational::Reason::CannotOpen);
    return readFilesIfAny();
}

std::vector<fs::path> ModelFolder::backups() const
{
    std::vector<std::pair<std::uint64_t, fs::path>> numbered;
    for (const std::string &name : namesIn(m_calls, backupFolder()))
        if (const auto number = backupNumber(name))
            numbered.emplace_back(*number, backupFolder() / name);
    std::sort(numbered.begin(), numbered.end());
    std::vector<fs::path> paths;
    for (auto &[number, path] : numbered)
        paths.push_back(std::move(path));
    return paths;
}

std::string ModelFolder::newestBackup() const
{
    const auto all = m_isBackup ? std::vector<fs::path>() : backups();
    return all.empty() ? std::string() : ".backup/" + all.back().filename().string();
}

fs::path ModelFolder::nextBackup() const
{
    const auto all = backups();
    const std::uint64_t last = all.empty() ? 0 : backupNumber(all.back().filename().string()).value_or(0);
    return backupFolder() / (std::to_string(last + 1) + ".backup");
}

std::string packed(const std::vector<TextFile> &files)
{
    std::string text(kPackHeader);
    for (const TextFile &file : files)
        text += "[file path=" + quotedText(file.path) + " bytes=" + std::to_string(file.text.size()) + "]\n" +
                file.text + "\n";
    return text + "[end]\n";
}

std::vector<TextFile> unpacked(const std::string &file, std::string_view text)
{
    Place place{file, 1};
    const auto takeLine = [&] {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos)
            place.fail("the backup is cut off");
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        return line;
    };
    if (takeLine() != kPackHeader.substr(0, kPackHeader.size() - 1))
        place.fail("this is no backup of a model");
    std::vector<TextFile> files;
    for (++place.line;; ++place.line) {
        const std::string_view line = takeLine();
        if (line == "[end]" && text.empty())
            return files;
        if (!line.starts_with("[file ") || !line.ends_with(']'))
            place.fail("a file of the backup must begin here");
        Line header{place, "file", std::string(line), wordsOf(line.substr(6, line.size() - 7), place), {}};
        Fields fields(header);
        const auto path = fields.text("path");
        const int bytes = fields.number("bytes").value_or(-1);
        const auto size = static_cast<std::size_t>(bytes);
        if (!path || bytes < 0 || size >= text.size() || text[size] != '\n')
            place.fail("the backup is damaged or cut off");
        files.push_back({*path, std::string(text.substr(0, size))});
        place.line += static_cast<std::size_t>(std::count(text.begin(), text.begin() + bytes, '\n')) + 1;
        text.remove_prefix(size + 1);
    }
}

} // namespace orm::model
