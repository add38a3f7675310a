// generate_classes DATABASE NAME FOLDER: the C++ classes of an SQLite database, as `cormorant generate` makes them.
#include "ormcore/base/error.h"
#include "ormcore/codegen/generator.h"
#include "ormcore/dialects/builtin.h"
#include "ormcore/engine/url.h"
#include "ormcore/model/storage.h"
#include "ormcore/reflect/reflect.h"

#include <cstdio>

int main(int count, char **arguments)
{
    if (count != 4) {
        std::fputs("usage: generate_classes DATABASE NAME FOLDER\n", stderr);
        return 2;
    }
    try {
        const auto engine = orm::createEngine(orm::Url::sqliteFile(arguments[1]).toString());
        orm::Connection connection = engine->connect();
        const orm::model::Model model = orm::model::fromMetaData(orm::reflect(connection), arguments[2], "sqlite");
        for (const orm::model::TextFile &file : orm::codegen::generator("cpp").generate(model, {}))
            orm::model::saveFile(std::filesystem::path(arguments[3]) / file.path, file.text);
    } catch (const orm::Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
