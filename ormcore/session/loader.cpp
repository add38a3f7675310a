#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/relation_sql.h"
#include "ormcore/session/resolve.h"
#include "ormcore/session/row.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

void SessionCore::prepareQuery()
{
    (void)connection();
    if (m_options.autoflush && !m_flushing && hasChanges())
        flush();
    maybeSweep();
    beginBatch();
}

State *SessionCore::findLoaded(const Mapper &mapper, std::span<const Value> key)
{
    return m_identity.find(mapper, key);
}

void SessionCore::fill(State &state, DriverStatement &row, int first, bool populate)
{
    const bool expired = state.has(State::Expired);
    const auto &columns = state.mapper->columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!expired && columnLoaded(state, i) && (!populate || (state.history && state.history->changed.contains(i))))
            continue;
        readField(columns[i], state.at(columns[i].offset), row, first + static_cast<int>(i));
    }
    state.lower(State::Expired);
    state.lower(State::Partial);
    if (state.history)
        state.history->unloaded.clear();
}

namespace {

std::vector<Value> keyOfRow(const Mapper &mapper, DriverStatement &row, int first)
{
    std::vector<Value> key;
    for (const std::uint16_t column : mapper.keys())
        key.push_back(row.value(first + column, mapper.columns()[column].column->type));
    return key;
}

} // namespace

State &SessionCore::readRow(DriverStatement &row, const Mapper &mapper, int first, bool populate)
{
    std::vector<Value> wide;
    std::int64_t integer = 0;
    State *known = nullptr;
    if (mapper.hasIntegerKey()) {
        integer = row.getInt(first + mapper.keys()[0]);
        known = m_identity.find(mapper, integer);
    } else if (!mapper.isReadOnly()) {
        wide = keyOfRow(mapper, row, first);
        known = m_identity.find(mapper, wide);
    }
    if (known) {
        if (known->needsLoad() || populate)
            fill(*known, row, first, populate);
        return *known;
    }
    State &state = m_region->create(mapper);
    try {
        int column = first;
        for (const MappedColumn &mapped : mapper.columns())
            readField(mapped, state.at(mapped.offset), row, column++);
        if (mapper.hasIntegerKey())
            setIdentity(state, integer);
        else if (!mapper.isReadOnly())
            setIdentity(state, wide);
        if (!mapper.isReadOnly())
            m_identity.insert(state);
    } catch (...) {
        m_region->destroy(state);
        throw;
    }
    state.store = this;
    state.life = Life::Persistent;
    state.batch = m_batch;
    return state;
}

namespace {

Select objectSelect(const Mapper &mapper)
{
    Select select;
    select.from(mapper.table());
    for (const MappedColumn &mapped : mapper.columns())
        select.columnList.emplace_back(*mapped.column);
    return select;
}

} // namespace

bool SessionCore::fetchByKey(const Mapper &mapper, std::span<const Value> key, State *&found, bool populate)
{
    PreparedStatements &statements = prepared(mapper);
    if (!statements.byKey) {
        Select select = objectSelect(mapper);
        for (const std::uint16_t column : mapper.keys())
            select.where(Expression(*mapper.columns()[column].column) ==
                         bind(Value(0), mapper.columns()[column].column->type));
        statements.byKey = &m_connection->prepared(m_connection->compile(select));
    }
    DriverStatement &statement = *statements.byKey;
    RowBinder binder(statement);
    struct Reset {
        DriverStatement &statement;
        ~Reset() { statement.reset(); }
    } reset{statement};
    for (std::size_t i = 0; i < key.size(); ++i)
        binder.value(key[i], mapper.columns()[mapper.keys()[i]].column->type);
    if (!statement.step())
        return false;
    found = &readRow(statement, mapper, 0, populate);
    return true;
}

State *SessionCore::get(const Mapper &mapper, std::span<const Value> key)
{
    if (key.size() != mapper.keys().size() || mapper.isReadOnly())
        throw Argument("the key of " + mapper.name() + " has " + std::to_string(mapper.keys().size()) +
                       " columns, not " + std::to_string(key.size()));
    if (std::any_of(key.begin(), key.end(), [](const Value &value) { return value.isNull(); }))
        return nullptr;
    if (State *known = m_identity.find(mapper, key)) {
        if (known->has(State::Expired)) {
            State *found = nullptr;
            if (!fetchByKey(mapper, key, found, false))
                return nullptr;
        }
        return known;
    }
    maybeSweep();
    beginBatch();
    State *found = nullptr;
    return fetchByKey(mapper, key, found, false) ? found : nullptr;
}

void SessionCore::loadColumns(State &state)
{
    const std::string &name = state.mapper->name();
    if (state.life != Life::Persistent)
        throw ObjectDeleted("this " + name + " was deleted");
    if (!m_options.implicitIo)
        throw ImplicitIo("this " + name +
                         " is not loaded and the session may not load by itself: refresh() it, or "
                         "query it again");
    std::vector<Value> key;
    for (std::size_t i = 0; i < state.mapper->keys().size(); ++i)
        key.push_back(identityValue(state, i));
    State *found = nullptr;
    if (!fetchByKey(*state.mapper, key, found, false))
        throw ObjectDeleted("the row of this " + name + " is gone");
}

const Mapper &SessionCore::mapperOf(const ObjectQuery &query) const
{
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

Select SessionCore::resolved(const ObjectQuery &query, const Mapper &mapper) const
{
    Select select = query.select;
    resolveMembers(select, m_registry);
    std::string alias;
    if (select.sources.empty())
        select.from(mapper.table());
    else
        alias = select.sources.front().alias;
    select.columnList.clear();
    for (const MappedColumn &mapped : mapper.columns())
        select.columnList.push_back(column(*mapped.column, alias));
    const Mapper *from = &mapper;
    for (const PathStep &path : query.joins) {
        if (!path.typeName.empty())
            from = &m_registry.mapperOfType(path.typeName);
        const Relationship &relationship = step(*from, path);
        if (relationship.kind == RelationKind::ManyToMany) {
            select.join(relationship.reference->owner->table(), follows(*relationship.reference));
            select.join(relationship.target->table(), follows(*relationship.farReference));
        } else {
            select.join(relationship.target->table(), follows(*relationship.reference));
        }
    }
    return select;
}

std::vector<State *> SessionCore::all(const ObjectQuery &query)
{
    prepareQuery();
    const Mapper &mapper = mapperOf(query);
    std::vector<State *> states;
    {
        Result result = connection().execute(resolved(query, mapper));
        DriverStatement &row = result.native();
        while (result.next())
            states.push_back(&readRow(row, mapper, 0, query.populateExisting));
    }
    loadOptions(states, mapper, query.options);
    return states;
}

} // namespace orm
