#pragma once

#include "app/commands/console.h"

#include "ormcore/engine/engine.h"

#include <functional>
#include <string>
#include <vector>

// One function per command: its options in, its text out, its exit status back. Errors are thrown (orm::Error) and
// told by the command line.
namespace app {

struct InspectOptions {
    std::string target;
    bool json = false;
    bool rows = true;
};
[[nodiscard]] Status inspect(const InspectOptions &options, const Console &console);

struct ReverseOptions {
    std::string target;
    std::string output;
    std::function<void(const orm::StatementLog &)> log; ///< hears every statement; may be empty
};
[[nodiscard]] Status reverse(const ReverseOptions &options, const Console &console);

struct CheckOptions {
    std::string target;
    bool json = false;
};
[[nodiscard]] Status check(const CheckOptions &options, const Console &console);

struct DdlOptions {
    std::string target;
    std::string dialect; ///< empty: the model's first
    std::string output;  ///< empty: out
};
[[nodiscard]] Status ddl(const DdlOptions &options, const Console &console);

struct GenerateOptions {
    std::string target;
    std::string generator;
    std::string folder;
    std::string namespaceName;
};
[[nodiscard]] Status generate(const GenerateOptions &options, const Console &console);
[[nodiscard]] Status listGenerators(const Console &console);

struct RenderOptions {
    std::string target;
    std::string diagram; ///< empty: the first
    std::string output;
    bool dark = false;
};
[[nodiscard]] Status render(const RenderOptions &options, const Console &console);

enum class QueryFormat { Table, Csv, Json };
struct QueryOptions {
    std::string target;
    std::string sql;
    std::vector<std::string> parameters; ///< "name=value"; "name" alone is NULL
    QueryFormat format = QueryFormat::Table;
    bool write = false; ///< the statement may change the database
};
[[nodiscard]] Status query(const QueryOptions &options, const Console &console);

struct TourOptions {
    std::string folder;
};
[[nodiscard]] Status tour(const TourOptions &options, const Console &console);

struct OpenOptions {
    std::string target; ///< empty: the start page
    bool sample = false;
};
/// Opens the window and stays until it is closed.
[[nodiscard]] Status openApplication(const OpenOptions &options, const Console &console);

} // namespace app
