#include "app/commands/sample.h"

#include "app/commands/target.h"

#include "ormcore/dialects/builtin.h"

#include "ui/base/value_text.h"

#include <QStandardPaths>

namespace app {
namespace {

namespace fs = std::filesystem;

fs::path programFolder()
{
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    return failed ? fs::path() : program.parent_path();
}

} // namespace

fs::path samplesFolder()
{
    const fs::path installed = programFolder() / ".." / "share" / "cormorant" / "samples";
    const fs::path sources = fs::path(CORMORANT_SOURCE_RESOURCES) / "samples";
    for (const fs::path &folder : {installed, sources})
        if (fs::exists(folder / "shop" / "shop.sql"))
            return folder;
    throw orm::Operational("The sample shop is neither in " + installed.lexically_normal().string() + " nor in " +
                               sources.string() + ": reinstall Cormorant",
                           orm::Operational::Reason::CannotOpen);
}

void makeSampleDatabase(const fs::path &file)
{
    const std::string script = readFile(samplesFolder() / "shop" / "shop.sql");
    fs::create_directories(file.parent_path());
    fs::path partial = file;
    partial += ".new";
    fs::remove(partial);
    {
        orm::EngineOptions options;
        options.connect.create = true;
        orm::Engine engine(orm::builtinDrivers(), orm::Url::sqliteFile(partial.string()), options);
        orm::Connection connection = engine.connect();
        connection.executeScript(script);
        connection.commit();
    }
    fs::rename(partial, file);
}

fs::path userSampleDatabase()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    const fs::path file = fs::path(ui::toUtf8(folder)) / "shop.db";
    if (!fs::exists(file))
        makeSampleDatabase(file);
    return file;
}

} // namespace app
