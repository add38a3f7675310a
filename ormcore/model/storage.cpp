#include "ormcore/model/storage.h"

#include "ormcore/base/error.h"
#include "ormcore/model/file_calls.h"
#include "ormcore/model/file_names.h"
#include "ormcore/model/model_folder.h"
#include "ormcore/model/saver.h"
#include "ormcore/model/text_reader.h"
#include "ormcore/model/text_writer.h"

#include <algorithm>

namespace orm::model {

std::vector<TextFile> write(const Model &model)
{
    const ModelPaths paths = pathsOf(model);
    std::vector<TextFile> files{{paths.model, modelText(model)}};
    for (const auto &[id, entity] : model.entities())
        files.push_back({paths.entities.at(id), entityText(model, *entity)});
    for (const auto &[id, diagram] : model.diagrams())
        files.push_back({paths.diagrams.at(id), diagramText(model, diagram)});
    std::sort(files.begin(), files.end(), [](const TextFile &a, const TextFile &b) { return a.path < b.path; });
    return files;
}

Model read(const std::vector<TextFile> &files)
{
    TextReader reader;
    for (const TextFile &file : files) {
        if (file.path.ends_with(".cormorant"))
            reader.readModel(file.path, file.text);
        else if (file.path.ends_with(".ent"))
            reader.readEntity(file.path, file.text);
        else if (file.path.ends_with(".diagram"))
            reader.readDiagram(file.path, file.text);
        else
            throw ParseError("the file is no part of a model", file.path, 1);
    }
    return reader.finish();
}

Model load(const std::filesystem::path &path)
{
    const ModelFolder folder(systemFileCalls(), path);
    try {
        return read(folder.readFiles());
    } catch (const ParseError &error) {
        const std::string backup = folder.newestBackup();
        if (backup.empty())
            throw;
        const std::string place = error.file() + ":" + std::to_string(error.line()) + ": ";
        std::string message = error.what();
        if (message.starts_with(place))
            message.erase(0, place.size());
        throw ParseError(message + " (the state before the last save is kept in " + backup + ")", error.file(),
                         error.line());
    }
}

void save(const Model &model, const std::filesystem::path &path) { Saver(systemFileCalls()).save(model, path); }

void saveFile(const std::filesystem::path &path, std::string_view content)
{
    Saver(systemFileCalls()).saveFile(path, content);
}

} // namespace orm::model
