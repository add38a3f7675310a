#include "app/commands/commands.h"
#include "app/commands/result_writer.h"
#include "app/commands/target.h"

#include "ui/base/value_text.h"

#include <fmt/format.h>

#include <ostream>

namespace app {
namespace {

std::vector<std::pair<std::string, orm::Value>> parseParameters(const std::vector<std::string> &arguments)
{
    std::vector<std::pair<std::string, orm::Value>> parameters;
    for (const std::string &argument : arguments) {
        const std::size_t equals = argument.find('=');
        if (equals == std::string::npos) {
            parameters.emplace_back(argument, orm::Value());
            continue;
        }
        // Without a column there is no type: what reads back exactly as a number is one.
        const QString text = ui::fromUtf8(std::string_view(argument).substr(equals + 1));
        parameters.emplace_back(argument.substr(0, equals), *ui::parseValue(text, orm::Type{}, nullptr));
    }
    return parameters;
}

} // namespace

Status query(const QueryOptions &options, const Console &console)
{
    const Target target = resolveTarget(options.target);
    orm::EngineOptions engineOptions;
    engineOptions.connect.readOnly = !options.write;
    const std::unique_ptr<orm::Engine> engine = openEngine(target, engineOptions);
    orm::Connection connection = engine->connect();
    std::int64_t affected = 0;
    try {
        orm::Result result = connection.execute(options.sql, parseParameters(options.parameters));
        if (result.columns().empty()) {
            while (result.next()) {
            }
            affected = result.rowsAffected();
        } else {
            const std::unique_ptr<ResultWriter> writer = makeResultWriter(options.format, console.out);
            writer->begin(result.columns());
            while (result.next())
                writer->row(result.row());
            writer->end();
        }
    } catch (const orm::Operational &error) {
        if (error.reason() != orm::Operational::Reason::ReadOnly || options.write)
            throw;
        throw orm::Operational(std::string(error.what()) + "\nquery only reads: add --write to change the database",
                               error.reason(), error.context());
    }
    if (options.write) {
        connection.commit();
        console.err << fmt::format("{} rows changed\n", affected);
    }
    return Status::Fine;
}

} // namespace app
