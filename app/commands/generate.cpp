#include "app/commands/commands.h"
#include "app/commands/target.h"

#include "ormcore/codegen/generator.h"
#include "ormcore/model/storage.h"

#include <fmt/format.h>

#include <ostream>

namespace app {

Status generate(const GenerateOptions &options, const Console &console)
{
    const orm::codegen::Generator &generator = orm::codegen::generator(options.generator);
    const orm::model::Model model = openModel(resolveTarget(options.target));
    orm::codegen::Options generatorOptions;
    generatorOptions.namespaceName = options.namespaceName;
    const std::vector<orm::model::TextFile> files = generator.generate(model, generatorOptions);
    const std::filesystem::path folder = options.folder;
    for (const orm::model::TextFile &file : files) {
        const std::filesystem::path path = folder / file.path;
        std::filesystem::create_directories(path.parent_path());
        orm::model::saveFile(path, file.text);
    }
    console.out << fmt::format("{} files in {}\n", files.size(), folder.string());
    return Status::Fine;
}

Status listGenerators(const Console &console)
{
    for (const orm::codegen::Generator *generator : orm::codegen::catalog())
        console.out << fmt::format("{:<10} {}\n", generator->name(), generator->title());
    return Status::Fine;
}

} // namespace app
