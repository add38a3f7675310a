#include "app/commands/commands.h"
#include "app/commands/target.h"

#include "ormcore/model/check.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace app {
namespace {

using orm::model::Problem;
using orm::model::Severity;

const char *word(Severity severity)
{
    switch (severity) {
    case Severity::Note:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        break;
    }
    return "error";
}

nlohmann::ordered_json toJson(const std::vector<Problem> &problems, const orm::model::Model &model)
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Problem &problem : problems) {
        nlohmann::ordered_json entry;
        entry["severity"] = word(problem.severity);
        entry["rule"] = problem.rule;
        if (const orm::model::EntityPointer entity = model.entity(problem.entity)) {
            entry["entity"] = entity->name;
            if (const orm::model::Attribute *attribute = entity->find(problem.attribute))
                entry["attribute"] = attribute->name;
        }
        entry["message"] = problem.message;
        list.push_back(std::move(entry));
    }
    return {{"problems", std::move(list)}};
}

} // namespace

Status check(const CheckOptions &options, const Console &console)
{
    const orm::model::Model model = openModel(resolveTarget(options.target));
    const std::vector<Problem> problems = orm::model::check(model);
    if (options.json)
        console.out << toJson(problems, model).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    else
        for (const Problem &problem : problems)
            console.out << fmt::format("{}: {} [{}]\n", word(problem.severity), problem.message, problem.rule);
    const auto serious = std::count_if(problems.begin(), problems.end(),
                                       [](const Problem &problem) { return problem.severity != Severity::Note; });
    if (!options.json)
        console.out << fmt::format("{} entities, {} problems\n", model.entities().size(), serious);
    return serious == 0 ? Status::Fine : Status::Differences;
}

} // namespace app
