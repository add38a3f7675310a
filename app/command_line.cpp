#include "app/command_line.h"

#include "app/commands/commands.h"

#include "ormcore/base/error.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <map>
#include <new>
#include <ostream>

namespace app {
namespace {

constexpr const char *kTargetHelp = "a model, a database file, a database URL or an SQL script";

/// All options of all commands, and the command that was chosen.
struct Arguments {
    OpenOptions open;
    InspectOptions inspect;
    ReverseOptions reverse;
    CheckOptions check;
    DdlOptions ddl;
    GenerateOptions generate;
    RenderOptions render;
    QueryOptions query;
    TourOptions tour;
    bool listGenerators = false;
    std::function<Status(const Console &)> chosen;
};

void addReading(CLI::App &parser, Arguments &a)
{
    CLI::App *inspect = parser.add_subcommand("inspect", "Count what is in a database: tables, columns, keys, rows");
    inspect->add_option("target", a.inspect.target, kTargetHelp)->required();
    inspect->add_flag("--json", a.inspect.json, "As JSON");
    inspect->add_flag("!--no-rows", a.inspect.rows, "Count no rows");
    inspect->callback([&a] { a.chosen = [&a](const Console &c) { return app::inspect(a.inspect, c); }; });

    CLI::App *check = parser.add_subcommand("check", "Look for mistakes in a model; status 1 where there are some");
    check->add_option("target", a.check.target, kTargetHelp)->required();
    check->add_flag("--json", a.check.json, "As JSON");
    check->callback([&a] { a.chosen = [&a](const Console &c) { return app::check(a.check, c); }; });

    CLI::App *query = parser.add_subcommand("query", "Run one SQL statement and print its rows");
    query->add_option("database", a.query.target, "a database file, a database URL or an SQL script")->required();
    query->add_option("sql", a.query.sql, "The statement, with :name parameters")->required();
    query->add_option("-p,--param", a.query.parameters, "name=value; a name alone is NULL")->allow_extra_args(false);
    const std::map<std::string, QueryFormat> formats{
        {"table", QueryFormat::Table}, {"csv", QueryFormat::Csv}, {"json", QueryFormat::Json}};
    query->add_option("--format", a.query.format, "table, csv or json")
        ->transform(CLI::CheckedTransformer(formats, CLI::ignore_case).description(""));
    query->add_flag("--write", a.query.write, "The statement may change the database; commit at its end");
    query->callback([&a] { a.chosen = [&a](const Console &c) { return app::query(a.query, c); }; });
}

void addMaking(CLI::App &parser, Arguments &a)
{
    CLI::App *reverse =
        parser.add_subcommand("reverse", "Make a model of a database, or bring it up to date with its layout kept");
    reverse->add_option("database", a.reverse.target, "a database file, a database URL or an SQL script")->required();
    reverse->add_option("-o,--output", a.reverse.output, "The model's folder")->required();
    reverse->callback([&a] { a.chosen = [&a](const Console &c) { return app::reverse(a.reverse, c); }; });

    CLI::App *ddl = parser.add_subcommand("ddl", "Write the CREATE script");
    ddl->add_option("target", a.ddl.target, kTargetHelp)->required();
    ddl->add_option("--dialect", a.ddl.dialect, "The database to write for; the model's own where none is named");
    ddl->add_option("-o,--output", a.ddl.output, "The file to write; standard output where none is named");
    ddl->callback([&a] { a.chosen = [&a](const Console &c) { return app::ddl(a.ddl, c); }; });

    CLI::App *generate = parser.add_subcommand("generate", "Write classes");
    CLI::Option *target = generate->add_option("model", a.generate.target, kTargetHelp);
    CLI::Option *generator = generate->add_option("--target", a.generate.generator, "What to write; see --list");
    CLI::Option *folder = generate->add_option("-o,--output", a.generate.folder, "The folder to write into");
    generate->add_option("--namespace", a.generate.namespaceName, "The C++ namespace");
    generate->add_flag("--list", a.listGenerators, "Name what can be written");
    generate->callback([&a, target, generator, folder] {
        if (!a.listGenerators)
            for (const CLI::Option *needed : {target, generator, folder})
                if (needed->count() == 0)
                    throw CLI::RequiredError(needed->get_name(needed->get_positional()));
        a.chosen = [&a](const Console &c) {
            return a.listGenerators ? app::listGenerators(c) : app::generate(a.generate, c);
        };
    });

    CLI::App *render = parser.add_subcommand("render", "Draw a diagram as .svg, .png or .pdf");
    render->add_option("target", a.render.target, kTargetHelp)->required();
    render->add_option("--diagram", a.render.diagram, "The diagram's name; the first where none is named");
    render->add_option("-o,--output", a.render.output, "The file to write")->required();
    render->add_flag("--dark", a.render.dark, "On a dark ground");
    render->callback([&a] { a.chosen = [&a](const Console &c) { return app::render(a.render, c); }; });

    CLI::App *tour =
        parser.add_subcommand("tour", "Do the main job on the sample shop without a display, with pictures");
    tour->add_option("-o,--output", a.tour.folder, "The folder to write into")->required();
    tour->callback([&a] { a.chosen = [&a](const Console &c) { return app::tour(a.tour, c); }; });
}

int tell(const Console &console, const std::string &message, Status status)
{
    console.out.flush();
    console.err << "cormorant: " << message << std::endl;
    return static_cast<int>(status);
}

/// With the database it is about, where the message does not name it.
std::string describe(const orm::Error &error)
{
    const std::string &database = error.context().database;
    const std::string message = error.what();
    return database.empty() || message.find(database) != std::string::npos ? message : database + ": " + message;
}

} // namespace

int runCommandLine(int argc, const char *const *argv, const Console &console)
{
    Arguments arguments;
    CLI::App parser("Cormorant: draw, generate and live in a database.", "cormorant");
    parser.set_version_flag("--version", "cormorant " CORMORANT_VERSION);
    parser.require_subcommand(0, 1);
    parser.add_option("target", arguments.open.target, kTargetHelp);
    parser.add_flag("--sample", arguments.open.sample, "Open the sample shop");
    parser.footer("Exit status: 0 fine, 1 found differences or problems, 2 usage, 3 failed.");
    addReading(parser, arguments);
    addMaking(parser, arguments);
    try {
        parser.parse(argc, argv);
        const Status status = arguments.chosen ? arguments.chosen(console) : openApplication(arguments.open, console);
        console.out.flush();
        if (!console.out)
            return tell(console, "the output could not be written", Status::Failed);
        return static_cast<int>(status);
    } catch (const CLI::ParseError &error) {
        const int code = parser.exit(error, console.out, console.err);
        return code == 0 ? 0 : static_cast<int>(Status::Usage);
    } catch (const orm::Argument &error) {
        return tell(console, describe(error), Status::Usage);
    } catch (const orm::Error &error) {
        return tell(console, describe(error), Status::Failed);
    } catch (const std::bad_alloc &) {
        return tell(console, "there is not enough memory", Status::Failed);
    } catch (const std::exception &error) {
        return tell(console, error.what(), Status::Failed);
    }
}

} // namespace app
