#include "ormcore/session/loading/class_tables.h"
#include "ormcore/session/loading/class_union.h"
#include "ormcore/session/loading/relation_loader.h"
#include "ormcore/session/resolve.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

void SessionCore::prepareQuery(bool siblings)
{
    (void)connection();
    autoflush();
    maybeSweep();
    beginBatch(siblings);
    m_statistics.sinceQuery = 0;
    m_incomplete.clear(); // of a statement that failed
}

const Mapper &SessionCore::mapperOf(const ObjectQuery &query) const
{
    if (query.options.of)
        return *query.options.of;
    if (!query.typeName.empty())
        return m_registry.mapperOfType(query.typeName);
    if (query.select.sources.empty() || !query.select.sources.front().table)
        throw Argument("a query for records needs a table to select from");
    return m_registry.mapper(*query.select.sources.front().table);
}

Select SessionCore::resolved(Select select) const
{
    resolveMembers(select, m_registry);
    if (select.sources.empty() && !select.inner) // members have no table before they are resolved
        select.sources = orm::select(select.columnList).sources;
    return select;
}

std::shared_ptr<const RowLayout> SessionCore::rowsOf(const ObjectQuery &query, const Mapper &mapper) const
{
    const QueryOptions &options = query.options;
    if (query.byKey)
        return mapper.hierarchy().rows;
    std::vector<const Mapper *> with = classesBelow(mapper, options.withPolymorphic);
    for (const Mapper *below : mapper.hierarchy().concretes)
        if (below->hierarchy().load == PolymorphicLoad::Inline)
            with.push_back(below);
    if (with.empty() && options.selectinPolymorphic.empty())
        return mapper.hierarchy().rows;
    return std::make_shared<const RowLayout>(
        unionLayout(mapper, with, classesBelow(mapper, options.selectinPolymorphic)));
}

Select SessionCore::resolved(const ObjectQuery &query, const Mapper &mapper, const RowLayout *rows) const
{
    Select select = query.select;
    resolveMembers(select, m_registry, &mapper);
    if (select.sources.empty())
        select.from(mapper.table());
    const std::string alias = select.sources.front().alias;
    select.columnList.clear();
    if (rows && !rows->members.empty())
        return selectFromUnion(select, *rows);
    addColumns(select, mapper, alias, rows);
    addTables(select, mapper, alias, rows);
    select.where(isOfClass(mapper, alias));
    const Mapper *from = &mapper;
    ColumnOf columns = columnsOf(mapper, alias);
    for (const PathStep &path : query.joins) {
        if (!path.typeName.empty() && !isBelow(*from, m_registry.mapperOfType(path.typeName))) {
            from = &m_registry.mapperOfType(path.typeName);
            columns = columnsOf(*from);
        }
        const Relationship &relationship = relationshipOf(m_registry, *from, path);
        joinTarget(select, relationship, columns, JoinKind::Inner);
    }
    return select;
}

std::string SessionCore::aliasOf(const ObjectQuery &query)
{
    return query.select.sources.empty() ? std::string() : query.select.sources.front().alias;
}

const LoadPlan &SessionCore::mappedPlan(const Mapper &mapper)
{
    m_plans.resize(m_registry.mappers().size());
    std::optional<LoadPlan> &plan = m_plans[mapper.index()];
    if (!plan)
        plan = loadPlan(m_registry, mapper, {});
    return *plan;
}

std::vector<State *> SessionCore::all(const ObjectQuery &query)
{
    prepareQuery(query.options.siblings);
    const Mapper &mapper = mapperOf(query);
    const std::shared_ptr<const RowLayout> layout = rowsOf(query, mapper);
    const bool isUnion = layout && !layout->members.empty();
    LoadPlan named;
    if (isUnion || !query.options.loads.empty())
        named = loadPlan(m_registry, mapper, query.options.loads);
    if (isUnion)
        named = inUnion(std::move(named));
    const LoadPlan &plan = isUnion || !query.options.loads.empty() ? named : mappedPlan(mapper);
    const Select base = resolved(query, mapper, layout.get());
    const std::string alias = aliasOf(query);
    const bool severalSources = base.sources.size() > 1 || !base.joins.empty();
    std::vector<State *> states;
    {
        ObjectRows rows(*this, mapper, plan,
                        {query.options.populateExisting, hasJoined(plan) && severalSources, layout.get()});
        Result result = connection().execute(rows.statement(base, alias));
        DriverStatement &row = result.native();
        while (result.next())
            if (State *state = rows.read(row))
                states.push_back(state);
        rows.finish();
    }
    if (!plan.empty()) {
        const LoadSource source{base, mapper, alias};
        RelationLoader(*this, query.options.populateExisting).load(states, plan, true, &source);
    }
    tellRead();
    return states;
}

State *SessionCore::get(const Mapper &mapper, std::span<const Value> key, const QueryOptions &options)
{
    if (key.size() != mapper.keys().size() || mapper.isReadOnly())
        throw Argument("the key of " + mapper.name() + " has " + std::to_string(mapper.keys().size()) +
                       " columns, not " + std::to_string(key.size()));
    if (std::any_of(key.begin(), key.end(), [](const Value &value) { return value.isNull(); }))
        return nullptr;
    State *known = m_identity.find(mapper, key);
    if (!known || known->has(State::Expired)) {
        autoflush();
        known = m_identity.find(mapper, key);
    }
    if (known) {
        if (!known->mapper->isKindOf(mapper)) // the row is another class's
            return nullptr;
        State *found = known;
        const bool fresh = options.populateExisting || known->has(State::Expired);
        if (fresh && !fetchByKey(*known->mapper, key, found, options.populateExisting))
            return nullptr;
        if (!options.loads.empty())
            RelationLoader(*this, options.populateExisting)
                .load({known}, loadPlan(m_registry, mapper, options.loads), false, nullptr);
        tellRead();
        return known;
    }
    if (!options.loads.empty() || !mappedPlan(mapper).empty())
        return getWithRelations(mapper, key, options);
    maybeSweep();
    beginBatch();
    m_statistics.sinceQuery = 0;
    State *found = nullptr;
    if (!fetchByKey(mapper, key, found, false))
        return nullptr;
    tellRead();
    return found;
}

State *SessionCore::getWithRelations(const Mapper &mapper, std::span<const Value> key, const QueryOptions &options)
{
    ObjectQuery query;
    query.select.from(mapper.table());
    for (std::size_t i = 0; i < key.size(); ++i) {
        const Column &column = *mapper.columns()[mapper.keys()[i]].column;
        query.select.where(Expression(column) == bind(key[i], column.type));
    }
    query.options = options;
    query.options.of = &mapper;
    query.byKey = true;
    const std::vector<State *> found = all(query);
    return found.empty() ? nullptr : found.front();
}

} // namespace orm
