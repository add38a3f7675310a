#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/loading/implicit_load.h"
#include "ormcore/session/loading/relation_keys.h"
#include "ormcore/session/loading/relation_loader.h"
#include "ormcore/session/row.h"
#include "ormcore/session/session_core.h"

namespace orm {

/// What needs no statement. True: the relationship is in memory now.
bool SessionCore::loadFromMemory(State &state, const Relationship &relationship)
{
    RelationSlot &slot = slotOf(state, relationship);
    if (state.life == Life::Pending || slot.lazy(relationship.loading) == Loading::NoLoad) {
        leaveEmpty(state, relationship);
        return true;
    }
    if (relationship.kind != RelationKind::Parent)
        return false;
    if (State *known = parentInMemory(state, *relationship.reference); known && !known->has(State::Expired)) {
        slot.setTarget(known);
        return true;
    }
    const auto &columns = relationship.reference->columns;
    const bool leadsNowhere = std::any_of(columns.begin(), columns.end(), [&](std::uint16_t column) {
        const MappedColumn &mapped = state.mapper->columns()[column];
        return columnLoaded(state, column) && fieldIsNull(mapped.field, state.at(mapped.offset));
    });
    if (leadsNowhere)
        slot.setTarget(nullptr);
    return leadsNowhere;
}

void SessionCore::loadRelation(State &state, const Relationship &relationship)
{
    if (state.life == Life::Deleted)
        throw ObjectDeleted("this " + state.mapper->name() + " was deleted");
    if (loadFromMemory(state, relationship))
        return;
    if (!m_options.implicitIo || slotOf(state, relationship).lazy(relationship.loading) == Loading::Raise)
        throw ImplicitIo("the relationship " + relationship.name + " of " + state.mapper->name() +
                         " is not loaded and may not be loaded by itself: name it in the query's options");
    (void)connection();
    autoflush();
    if (!leadsByIdentity(relationship))
        for (const std::uint16_t column : ownerColumns(relationship))
            ensureLoaded(state, column);
    const std::vector<State *> owners = siblings(state, relationship);
    const ImplicitLoad load(*this, *state.mapper, &relationship, owners.size());
    beginBatch();
    const bool byClass = relationship.target->hierarchy().kind == Inheritance::Single;
    if (const LoadPlan &plan = mappedPlan(*relationship.target); owners.size() > 1 || !plan.empty() || byClass)
        RelationLoader(*this).selectIn(owners, {&relationship, Loading::SelectIn, plan});
    else if (relationship.isList())
        loadList(state, relationship);
    else
        loadTarget(state, relationship);
    tellRead();
}

/// The object, and those that came into memory with it and would have to load the relationship as well.
std::vector<State *> SessionCore::siblings(State &state, const Relationship &relationship)
{
    std::vector<State *> found{&state};
    if (!m_options.siblingLoads)
        return found;
    const bool withExpired = state.needsLoad(); // else it might be long before they are of interest
    m_region->forEachSibling(state, [&](State &sibling) {
        const RelationSlot &slot = slotOf(sibling, relationship);
        if (sibling.life == Life::Persistent && sibling.store == this && !slot.isLoaded() &&
            (withExpired || !sibling.needsLoad()) && slot.lazy(relationship.loading) != Loading::Raise)
            found.push_back(&sibling);
    });
    return found;
}

void SessionCore::loadColumns(State &state)
{
    const Mapper &mapper = *state.mapper;
    if (state.life != Life::Persistent)
        throw ObjectDeleted("this " + mapper.name() + " was deleted");
    if (!m_options.implicitIo)
        throw ImplicitIo("this " + mapper.name() +
                         " is not loaded and the session may not load by itself: refresh() it, or "
                         "query it again");
    autoflush();
    std::vector<State *> wanted{&state};
    const bool rest = !state.has(State::Expired) && mapper.isPolymorphic(); // what a query of its base left out
    if (m_options.siblingLoads && (rest || state.has(State::Expired)))
        m_region->forEachSibling(state, [&](State &sibling) {
            if (sibling.life == Life::Persistent && sibling.store == this &&
                (rest ? sibling.needsLoad() && !sibling.has(State::Expired) : sibling.has(State::Expired)))
                wanted.push_back(&sibling);
        });
    const ImplicitLoad load(*this, mapper, nullptr, wanted.size());
    if (rest) {
        loadRest(mapper, wanted);
    } else if (wanted.size() > 1) {
        reload(mapper, wanted);
    } else {
        State *found = nullptr;
        (void)fetchByKey(mapper, identityOf(state), found, false);
    }
    if (state.needsLoad())
        throw ObjectDeleted("the row of this " + mapper.name() + " is gone");
    tellRead();
}

/// Objects whose rows are gone stay expired.
void SessionCore::reload(const Mapper &mapper, const std::vector<State *> &expired)
{
    const std::size_t size = keysInStatement(mapper.keys());
    std::vector<RelationKey> keys;
    for (const State *state : expired)
        keys.push_back(identityOf(*state));
    for (std::size_t at = 0; at < keys.size(); at += size) {
        Select select = objectSelect(mapper);
        select.where(isOneOf(mapper, mapper.keys(), std::span(keys).subspan(at, std::min(size, keys.size() - at))));
        noteSent();
        Result result = connection().execute(select);
        DriverStatement &row = result.native();
        while (result.next())
            (void)readRow(row, mapper, 0, false);
    }
}

void SessionCore::count(const Mapper &mapper, const Relationship *relationship, std::uint64_t statements,
                        std::size_t objects)
{
    (relationship ? m_statistics.lazyLoads : m_statistics.columnLoads) += statements;
    m_statistics.sinceQuery += statements;
    const std::string name = relationship ? relationship->name : std::string();
    auto cause = std::find_if(m_statistics.causes.begin(), m_statistics.causes.end(), [&](const auto &entry) {
        return entry.table == mapper.name() && entry.relationship == name;
    });
    if (cause == m_statistics.causes.end())
        cause = m_statistics.causes.insert(cause, {mapper.name(), name, 0, 0});
    cause->statements += statements;
    cause->objects += objects;
}

void SessionCore::endImplicitLoad() noexcept
{
    if (m_connection)
        m_connection->setPurpose({});
}

const KeyedSelect &SessionCore::relationStatement(const Relationship &relationship)
{
    PreparedStatements &statements = prepared(*relationship.owner);
    statements.byRelationship.resize(relationship.owner->relationships().size());
    std::optional<KeyedSelect> &select = statements.byRelationship[relationship.index];
    if (!select) {
        std::vector<Expression> keys;
        for (const std::uint16_t column : searchedColumns(relationship))
            keys.emplace_back(*searchedMapper(relationship).columns()[column].column);
        select.emplace(*m_connection, relatedSelect(relationship), keys);
    }
    return *select;
}

namespace {

/// Runs a relationship's statement for one key and calls visitor() on every row.
template <class Visitor> void eachRelated(const KeyedSelect &select, const RelationKey &key, Visitor visitor)
{
    DriverStatement &statement = select.statement();
    RowBinder binder(statement);
    const ResetAtEnd reset{statement};
    select.bind(binder, key);
    while (statement.step())
        visitor(statement);
}

} // namespace

void SessionCore::loadList(State &state, const Relationship &relationship)
{
    std::vector<State *> rows;
    if (const RelationKey key = relationKey(state, relationship); !key.empty()) {
        noteSent();
        eachRelated(relationStatement(relationship), key,
                    [&](DriverStatement &row) { rows.push_back(&readRow(row, *relationship.target, 0, false)); });
    }
    if (relationship.kind == RelationKind::ManyToMany)
        keepFirstOfEach(rows);
    fillList(slotOf(state, relationship), std::move(rows));
}

void SessionCore::loadTarget(State &state, const Relationship &relationship)
{
    State *target = nullptr;
    const RelationKey key = relationKey(state, relationship);
    const bool toKey = relationship.kind == RelationKind::Parent && relationship.reference->targetsKey;
    if (!key.empty() && toKey) {
        target = findLoaded(*relationship.target, key);
        if ((!target || target->has(State::Expired)) && !fetchByKey(*relationship.target, key, target, false))
            target = nullptr;
    } else if (!key.empty()) {
        noteSent();
        eachRelated(relationStatement(relationship), key, [&](DriverStatement &row) {
            State &found = readRow(row, *relationship.target, 0, false);
            if (relationship.kind == RelationKind::Child && isRelinked(found, *relationship.reference))
                return;
            if (target && target != &found)
                refuseSecond(relationship);
            target = &found;
        });
    }
    slotOf(state, relationship).setTarget(target);
}

void SessionCore::selectIn(const std::vector<State *> &states, const Relationship &relationship)
{
    RelationLoader(*this).selectIn(states, {&relationship, Loading::SelectIn, {}});
}

} // namespace orm
