#include "app/commands/commands.h"
#include "app/commands/target.h"

#include "ormcore/model/storage.h"
#include "ormcore/reflect/reflect.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ostream>

namespace app {
namespace {

using Counts = std::vector<std::pair<std::string, std::int64_t>>;

orm::Inspection inspection(const Target &target, bool rows)
{
    if (target.kind == TargetKind::Model) {
        const orm::model::Model model = orm::model::load(target.path);
        orm::Inspection result = orm::inspect(orm::model::toMetaData(model));
        if (!model.info().dialects.empty())
            result.dialect = model.info().dialects.front();
        return result;
    }
    const std::unique_ptr<orm::Engine> engine = openEngine(target, readOnly());
    orm::Connection connection = engine->connect();
    return orm::inspect(connection, rows);
}

nlohmann::ordered_json object(const Counts &counts)
{
    nlohmann::ordered_json result = nlohmann::ordered_json::object();
    for (const auto &[key, count] : counts)
        result[key] = count;
    return result;
}

nlohmann::ordered_json toJson(const orm::Inspection &inspection)
{
    nlohmann::ordered_json result;
    result["dialect"] = inspection.dialect;
    result["server"] = inspection.server;
    result["schemas"] = inspection.schemas;
    result["counts"] = object(inspection.counts);
    result["column_types"] = object(inspection.columnTypes);
    result["names"] = object(inspection.names);
    if (!inspection.rowsPerTable.empty())
        result["rows_per_table"] = object(inspection.rowsPerTable);
    result["columns_per_table"] = object(inspection.columnsPerTable);
    return result;
}

void print(std::ostream &out, const char *title, const Counts &counts)
{
    if (counts.empty())
        return;
    std::size_t width = 0;
    for (const auto &[key, count] : counts)
        width = std::max(width, key.size());
    out << title << '\n';
    for (const auto &[key, count] : counts)
        out << fmt::format("  {:<{}}  {:>10}\n", key, width, count);
}

} // namespace

Status inspect(const InspectOptions &options, const Console &console)
{
    const orm::Inspection result = inspection(resolveTarget(options.target), options.rows);
    if (options.json) {
        console.out << toJson(result).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
        return Status::Fine;
    }
    console.out << fmt::format("{} {}\n", result.dialect, result.server);
    print(console.out, "counts", result.counts);
    print(console.out, "column types", result.columnTypes);
    print(console.out, "rows", result.rowsPerTable);
    return Status::Fine;
}

} // namespace app
