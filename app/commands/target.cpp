#include "app/commands/target.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/model/storage.h"
#include "ormcore/reflect/reflect.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace app {
namespace {

bool isModel(const std::filesystem::path &path)
{
    std::error_code ignored;
    return path.extension() == ".cormorant" || std::filesystem::is_directory(path, ignored);
}

} // namespace

std::string Target::text() const
{
    return kind == TargetKind::Database && path.empty() ? url.toString() : path.string();
}

std::string Target::name() const
{
    if (path.empty())
        return url.database.empty() ? url.dialect : std::filesystem::path(url.database).filename().string();
    const std::filesystem::path clean = path.has_filename() ? path : path.parent_path();
    return clean.stem().string();
}

Target resolveTarget(const std::string &text)
{
    Target target;
    if (text.find("://") != std::string::npos) {
        target.url = orm::Url::parse(text);
        if (target.url.dialect == "sqlite" && !target.url.database.empty() && target.url.database != ":memory:")
            target.path = target.url.database;
        return target;
    }
    target.path = text;
    if (isModel(target.path)) {
        target.kind = TargetKind::Model;
    } else if (target.path.extension() == ".sql") {
        target.kind = TargetKind::Script;
        target.url.dialect = "sqlite";
    } else {
        target.url = orm::Url::sqliteFile(text);
    }
    return target;
}

orm::EngineOptions readOnly()
{
    orm::EngineOptions options;
    options.connect.readOnly = true;
    return options;
}

std::unique_ptr<orm::Engine> openEngine(const Target &target, orm::EngineOptions options)
{
    if (target.kind == TargetKind::Model)
        throw orm::Argument(target.text() + " is a model, not a database: name a database file or a URL");
    if (target.kind == TargetKind::Script)
        options.connect.readOnly = false;
    auto engine = std::make_unique<orm::Engine>(orm::builtinDrivers(), target.url, options);
    if (target.kind == TargetKind::Script) {
        orm::Connection connection = engine->connect();
        connection.executeScript(readFile(target.path));
        connection.commit();
    }
    return engine;
}

orm::model::Model openModel(const Target &target)
{
    if (target.kind == TargetKind::Model)
        return orm::model::load(target.path);
    const std::unique_ptr<orm::Engine> engine = openEngine(target, readOnly());
    orm::Connection connection = engine->connect();
    return orm::model::fromMetaData(orm::reflect(connection), target.name(), engine->dialect().name());
}

std::string readFile(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file)
        text << file.rdbuf();
    if (!file || !text)
        throw orm::Operational(path.string() + " cannot be read: " + std::strerror(errno),
                               orm::Operational::Reason::CannotOpen);
    return std::move(text).str();
}

} // namespace app
