#include "ormcore/session/query.h"

namespace orm {

namespace {

std::optional<Loading> loadingOf(detail::LoadWay way)
{
    switch (way) {
    case detail::LoadWay::AsMapped:
        return std::nullopt;
    case detail::LoadWay::Lazy:
        return Loading::Select;
    case detail::LoadWay::Joined:
        return Loading::Joined;
    case detail::LoadWay::Subquery:
        return Loading::Subquery;
    case detail::LoadWay::SelectIn:
        return Loading::SelectIn;
    case detail::LoadWay::NoLoad:
        return Loading::NoLoad;
    case detail::LoadWay::Raise:
        return Loading::Raise;
    }
    return std::nullopt;
}

} // namespace

LoadOption detail::loadOption(LoadWay way, std::vector<PathStep> path)
{
    LoadOption option;
    for (PathStep &step : path)
        option.steps.push_back({std::move(step), loadingOf(way)});
    return option;
}

LoadOption LoadOption::then(const LoadOption &next) const
{
    LoadOption option = *this;
    option.steps.insert(option.steps.end(), next.steps.begin(), next.steps.end());
    return option;
}

LoadOption loadPath(std::optional<Loading> loading, std::vector<std::string> names)
{
    LoadOption option;
    for (std::string &name : names)
        option.steps.push_back({{{}, 0, std::move(name)}, loading});
    return option;
}

LoadOption joinedPath(std::vector<std::string> names) { return loadPath(Loading::Joined, std::move(names)); }

LoadOption subqueryPath(std::vector<std::string> names) { return loadPath(Loading::Subquery, std::move(names)); }

LoadOption selectinPath(std::vector<std::string> names) { return loadPath(Loading::SelectIn, std::move(names)); }

} // namespace orm
