#include "ormcore/session/loading/load_plan.h"

#include "ormcore/base/error.h"
#include "ormcore/session/loading/relation_sql.h"
#include "ormcore/session/resolve.h"

#include <algorithm>

namespace orm {

bool isEager(Loading loading) noexcept
{
    return loading == Loading::Joined || loading == Loading::Subquery || loading == Loading::SelectIn;
}

bool hasJoined(const LoadPlan &plan) noexcept
{
    return std::any_of(plan.begin(), plan.end(), [](const LoadStep &step) { return step.how == Loading::Joined; });
}

const Relationship &relationshipOf(const Registry &registry, const Mapper &mapper, const PathStep &path)
{
    const Relationship *found = nullptr;
    if (!path.name.empty()) {
        found = mapper.findRelationship(path.name);
        for (const Mapper *subclass : mapper.hierarchy().subclasses)
            found = found ? found : subclass->findRelationship(path.name);
        return found ? *found : mapper.relationship(path.name);
    }
    const Mapper &owner = registry.mapperOfType(path.typeName);
    if (isBelow(mapper, owner))
        found = mapper.relationshipAt(path.offset);
    else if (owner.isKindOf(mapper))
        found = owner.relationshipAt(path.offset);
    if (!found)
        throw Argument("the path of a load option does not start at, or lead on from, " + mapper.name());
    return *found;
}

namespace {

LoadStep &stepFor(LoadPlan &plan, const Relationship &relationship)
{
    const auto known = std::find_if(plan.begin(), plan.end(),
                                    [&](const LoadStep &step) { return step.relationship == &relationship; });
    return known != plan.end() ? *known : plan.emplace_back(LoadStep{&relationship, relationship.loading, {}});
}

void addNamed(LoadPlan &plan, const Registry &registry, const Mapper &mapper, const LoadOption &option)
{
    LoadPlan *level = &plan;
    const Mapper *from = &mapper;
    for (const LoadOption::Step &named : option.steps) {
        const Relationship &relationship = relationshipOf(registry, *from, named.at);
        LoadStep &step = stepFor(*level, relationship);
        step.how = named.loading.value_or(step.how);
        step.ofSome = relationship.owner != from;
        if (step.ofSome && isEager(step.how)) // the statement may not have the subclass's tables
            step.how = Loading::SelectIn;
        level = &step.below;
        from = relationship.target;
    }
}

void addMapped(LoadPlan &plan, const Mapper &mapper, std::vector<const Mapper *> &path)
{
    path.push_back(&mapper);
    for (const Relationship &relationship : mapper.relationships()) {
        if (!isEager(relationship.loading) || std::find(path.begin(), path.end(), relationship.target) != path.end())
            continue;
        (void)stepFor(plan, relationship);
    }
    for (LoadStep &step : plan) {
        if (isEager(step.how))
            addMapped(step.below, *step.relationship->target, path);
        else if (!step.below.empty())
            throw Argument("a load option goes on from " + step.relationship->name + " of " + mapper.name() +
                           ", which is not loaded with the query");
    }
    path.pop_back();
}

} // namespace

LoadPlan loadPlan(const Registry &registry, const Mapper &mapper, const std::vector<LoadOption> &options)
{
    LoadPlan plan;
    for (const LoadOption &option : options)
        addNamed(plan, registry, mapper, option);
    std::vector<const Mapper *> path;
    addMapped(plan, mapper, path);
    return plan;
}

LoadPlan inUnion(LoadPlan plan)
{
    for (LoadStep &step : plan) {
        step.ofSome = true;
        if (isEager(step.how))
            step.how = Loading::SelectIn;
    }
    return plan;
}

LoadPlan inBlocks(LoadPlan plan)
{
    for (LoadStep &step : plan) {
        if (step.how == Loading::Subquery || (step.how == Loading::Joined && mayRepeat(*step.relationship)))
            step.how = Loading::SelectIn;
        else if (step.how == Loading::Joined)
            step.below = inBlocks(std::move(step.below));
    }
    return plan;
}

} // namespace orm
