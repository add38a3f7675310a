// generate_classes DATABASE|SCRIPT.sql NAME FOLDER: the C++ classes of an SQLite database, as `cormorant generate`
// makes them. A script is run in a database in memory.
#include "ormcore/base/error.h"
#include "ormcore/codegen/generator.h"
#include "ormcore/dialects/builtin.h"
#include "ormcore/engine/url.h"
#include "ormcore/model/storage.h"
#include "ormcore/reflect/reflect.h"

#include <cstdio>
#include <fstream>
#include <iterator>

int main(int count, char **arguments)
{
    if (count != 4) {
        std::fputs("usage: generate_classes DATABASE|SCRIPT.sql NAME FOLDER\n", stderr);
        return 2;
    }
    try {
        const std::string source = arguments[1];
        const bool script = source.ends_with(".sql");
        const auto engine = orm::createEngine(script ? "sqlite://" : orm::Url::sqliteFile(source).toString());
        orm::Connection connection = engine->connect();
        if (script) {
            std::ifstream stream(source);
            connection.executeScript(std::string(std::istreambuf_iterator<char>(stream), {}));
        }
        const orm::model::Model model = orm::model::fromMetaData(orm::reflect(connection), arguments[2], "sqlite");
        for (const orm::model::TextFile &file : orm::codegen::generator("cpp").generate(model, {}))
            orm::model::saveFile(std::filesystem::path(arguments[3]) / file.path, file.text);
    } catch (const orm::Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
