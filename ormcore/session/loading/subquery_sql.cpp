#include "ormcore/session/loading/subquery_sql.h"

#include <algorithm>

namespace orm {

namespace {

bool hasFurtherSources(const Select &select) noexcept { return !select.joins.empty() || select.sources.size() > 1; }

/// The query cut down to the columns that lead on from its objects.
Wrapped keysOf(const LoadSource &source, const Relationship &first)
{
    if (countsRows(source.base)) {
        Wrapped around = wrapped(source.base, source.mapper);
        around.outer.columnList.clear();
        around.outer.orders.clear();
        return around;
    }
    Select keys = source.base;
    const std::string alias = freeAlias(keys, "anon");
    const auto nameOf = [&mapper = source.mapper](std::uint16_t position) {
        return mapper.columns()[position].column->name;
    };
    keys.orders.clear();
    keys.columnList.clear();
    for (const std::uint16_t position : ownerColumns(first))
        keys.columnList.push_back(columnsOf(source.mapper, source.alias)(position).label(nameOf(position)));
    keys.isDistinct = first.kind == RelationKind::Parent || hasFurtherSources(keys);
    Select outer;
    outer.fromSelect(std::move(keys), alias);
    return {std::move(outer),
            [alias, nameOf](std::uint16_t position) { return sourceColumn(alias, nameOf(position)); }};
}

} // namespace

AliasedSelect relatedBySubquery(const LoadSource &source, const Relationship &relationship)
{
    Wrapped keys = keysOf(source, source.path.empty() ? relationship : *source.path.front());
    Select &select = keys.outer;
    ColumnOf column = keys.column;
    std::string alias;
    std::string searched;
    const RowLayout *rows = relationship.target->hierarchy().rows.get();
    const auto follow = [&](const Relationship &step) {
        alias = freeAlias(select, step.target->table().name().name);
        searched = joinTarget(select, step, column, JoinKind::Inner, alias, &step == &relationship ? rows : nullptr);
        column = columnsOf(*step.target, alias);
    };
    for (const Relationship *step : source.path)
        follow(*step);
    follow(relationship);
    addColumns(select, *relationship.target, alias, rows);
    if (relationship.kind == RelationKind::ManyToMany) // as in relatedSelect()
        for (const std::uint16_t key : searchedColumns(relationship))
            select.columnList.push_back(columnsOf(searchedMapper(relationship), searched)(key));
    addOrder(select, relationship, alias);
    return {std::move(select), std::move(alias)};
}

bool repeats(const LoadSource &source, const Relationship &relationship) noexcept
{
    return isShared(relationship) || hasFurtherSources(source.base) ||
           std::any_of(source.path.begin(), source.path.end(),
                       [](const Relationship *step) { return isShared(*step); });
}

} // namespace orm
