#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/relation_sql.h"
#include "ormcore/session/row.h"
#include "ormcore/session/session_core.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace orm {

namespace {

constexpr std::size_t kChunk = 512; // a power of two: lists are padded to those

Select relatedSelect(const Relationship &relationship)
{
    const Mapper &target = *relationship.target;
    Select select;
    select.from(target.table());
    for (const MappedColumn &mapped : target.columns())
        select.columnList.emplace_back(*mapped.column);
    if (relationship.kind == RelationKind::ManyToMany)
        select.join(relationship.reference->owner->table(), follows(*relationship.farReference));
    std::vector<Expression> order;
    for (const std::string &column : relationship.orderBy)
        order.emplace_back(*target.columns()[target.position(column)].column);
    if (!order.empty())
        select.orderBy(std::move(order));
    return select;
}

/// The mapper whose columns a load searches by: the target's, or the link table's.
const Mapper &searchedMapper(const Relationship &relationship)
{
    return relationship.kind == RelationKind::ManyToMany ? *relationship.reference->owner : *relationship.target;
}

/// The columns that a load searches by.
const std::vector<std::uint16_t> &searched(const Relationship &relationship)
{
    const Reference &reference = *relationship.reference;
    return relationship.kind == RelationKind::Parent ? reference.targetColumns : reference.columns;
}

/// What the object has in the columns that lead to the target; empty where one is NULL.
std::vector<Value> searchKey(State &state, const Relationship &relationship)
{
    const Reference &reference = *relationship.reference;
    const bool parent = relationship.kind == RelationKind::Parent;
    const bool byIdentity = !parent && reference.targetsKey;
    std::vector<Value> key;
    const auto &columns = parent ? reference.columns : reference.targetColumns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!byIdentity)
            ensureLoaded(state, columns[i]);
        Value value = byIdentity ? identityValue(state, i) : columnValue(state, columns[i]);
        if (value.isNull())
            return {};
        key.push_back(std::move(value));
    }
    return key;
}

struct KeyHash {
    std::size_t operator()(const std::vector<Value> &key) const noexcept
    {
        std::size_t hash = 0;
        for (const Value &value : key)
            hash = hash * 31 + value.hash();
        return hash;
    }
};
template <class T> using ByKey = std::unordered_map<std::vector<Value>, T, KeyHash>;

/// column IN (…) for one column, else OR of ANDs: every dialect has that.
Expression inKeys(const Mapper &mapper, const std::vector<std::uint16_t> &columns,
                  std::span<const std::vector<Value>> keys)
{
    if (columns.size() == 1) {
        std::vector<Value> values;
        values.reserve(keys.size());
        for (const auto &key : keys)
            values.push_back(key[0]);
        return Expression(*mapper.columns()[columns[0]].column).in(std::move(values));
    }
    Expression any;
    for (const auto &key : keys) {
        Expression both;
        for (std::size_t i = 0; i < columns.size(); ++i)
            both = both && Expression(*mapper.columns()[columns[i]].column) == Expression(key[i]);
        any = any || both;
    }
    return any;
}

/// A link table without a key may have a row twice.
void keepFirstOfEach(std::vector<State *> &states)
{
    std::unordered_set<State *> seen;
    std::erase_if(states, [&](State *state) { return !seen.insert(state).second; });
}

std::size_t chunkSize(const std::vector<std::uint16_t> &columns) { return columns.size() == 1 ? kChunk : kChunk / 8; }

} // namespace

void SessionCore::loadRelation(State &state, const Relationship &relationship)
{
    if (state.life == Life::Pending || relationship.loading == Loading::NoLoad) {
        RelationSlot &slot = slotOf(state, relationship);
        if (relationship.isList())
            fillList(slot, {});
        else
            slot.setTarget(nullptr);
        return;
    }
    if (state.life == Life::Deleted)
        throw ObjectDeleted("this " + state.mapper->name() + " was deleted");
    if (relationship.kind == RelationKind::Parent) // from memory, where no statement is needed
        if (State *known = parentInMemory(state, *relationship.reference); known && !known->has(State::Expired)) {
            slotOf(state, relationship).setTarget(known);
            return;
        }
    if (!m_options.implicitIo || relationship.loading == Loading::Raise)
        throw ImplicitIo("the relationship " + relationship.name + " of " + state.mapper->name() +
                         " is not loaded and may not be loaded by itself: name it in the query's options");
    (void)connection();
    if (m_options.autoflush && !m_flushing && hasChanges())
        flush();
    beginBatch();
    if (relationship.isList())
        loadList(state, relationship);
    else
        loadTarget(state, relationship);
}

DriverStatement &SessionCore::relationStatement(const Relationship &relationship)
{
    PreparedStatements &statements = prepared(*relationship.owner);
    statements.byRelationship.resize(relationship.owner->relationships().size());
    DriverStatement *&statement = statements.byRelationship[relationship.index];
    if (!statement) {
        Select select = relatedSelect(relationship);
        for (const std::uint16_t column : searched(relationship)) {
            const Column &found = *searchedMapper(relationship).columns()[column].column;
            select.where(Expression(found) == bind(Value(0), found.type));
        }
        statement = &m_connection->prepared(m_connection->compile(select));
    }
    return *statement;
}

namespace {

/// Runs a relationship's statement for one key and calls visitor() on every row.
template <class Visitor>
void eachRelated(DriverStatement &statement, const Relationship &relationship, std::vector<Value> key, Visitor visitor)
{
    struct Reset {
        DriverStatement &statement;
        ~Reset() { statement.reset(); }
    };
    RowBinder binder(statement);
    const Reset reset{statement};
    const auto &columns = searched(relationship);
    for (std::size_t i = 0; i < columns.size(); ++i)
        binder.value(std::move(key[i]), searchedMapper(relationship).columns()[columns[i]].column->type);
    while (statement.step())
        visitor();
}

} // namespace

void SessionCore::loadList(State &state, const Relationship &relationship)
{
    std::vector<State *> rows;
    if (std::vector<Value> key = searchKey(state, relationship); !key.empty()) {
        DriverStatement &statement = relationStatement(relationship);
        eachRelated(statement, relationship, std::move(key),
                    [&] { rows.push_back(&readRow(statement, *relationship.target, 0, false)); });
    }
    if (relationship.kind == RelationKind::ManyToMany)
        keepFirstOfEach(rows);
    fillList(slotOf(state, relationship), std::move(rows));
}

void SessionCore::loadTarget(State &state, const Relationship &relationship)
{
    State *target = nullptr;
    std::vector<Value> key = searchKey(state, relationship);
    const bool toKey = relationship.kind == RelationKind::Parent && relationship.reference->targetsKey;
    if (!key.empty() && toKey) {
        target = get(*relationship.target, key);
    } else if (!key.empty()) {
        DriverStatement &statement = relationStatement(relationship);
        eachRelated(statement, relationship, std::move(key), [&] {
            State &found = readRow(statement, *relationship.target, 0, false);
            target = target ? target : &found;
        });
    }
    slotOf(state, relationship).setTarget(target);
}

const Relationship &SessionCore::step(const Mapper &mapper, const PathStep &path) const
{
    if (!path.name.empty())
        return mapper.relationship(path.name);
    const Mapper &owner = m_registry.mapperOfType(path.typeName);
    const Relationship *found = &owner == &mapper ? mapper.relationshipAt(path.offset) : nullptr;
    if (!found)
        throw Argument("the path of a load option does not start at, or lead on from, " + mapper.name());
    return *found;
}

namespace {

/// What the objects lead to through a loaded relationship.
std::vector<State *> linked(const std::vector<State *> &states, const Relationship &relationship)
{
    std::vector<State *> next;
    for (State *state : states) {
        const RelationSlot &slot = slotOf(*state, relationship);
        if (State *target = slot.target())
            next.push_back(target);
        else if (const LinkList *list = slot.list())
            next.insert(next.end(), list->items.begin(), list->items.end());
    }
    if (relationship.kind != RelationKind::Children) { // many may share one
        std::sort(next.begin(), next.end());
        next.erase(std::unique(next.begin(), next.end()), next.end());
    }
    return next;
}

} // namespace

void SessionCore::loadOptions(const std::vector<State *> &states, const Mapper &mapper,
                              const std::vector<LoadOption> &options)
{
    for (const LoadOption &option : options) {
        std::vector<State *> level = states;
        const Mapper *from = &mapper;
        for (const PathStep &path : option.path) {
            const Relationship &relationship = step(*from, path);
            if (option.loading == Loading::NoLoad)
                for (State *state : level)
                    if (relationship.isList())
                        fillList(slotOf(*state, relationship), {});
                    else
                        slotOf(*state, relationship).setTarget(nullptr);
            else
                selectIn(level, relationship);
            level = linked(level, relationship);
            from = relationship.target;
        }
    }
    std::vector<const Mapper *> path;
    loadEager(states, mapper, path);
}

/// Relationships that are mapped as eager, and those of what they bring; a class is visited once on a path, so that a
/// tree does not come whole.
void SessionCore::loadEager(const std::vector<State *> &states, const Mapper &mapper, std::vector<const Mapper *> &path)
{
    if (states.empty() || std::find(path.begin(), path.end(), &mapper) != path.end())
        return;
    path.push_back(&mapper);
    for (const Relationship &relationship : mapper.relationships()) {
        if (relationship.loading != Loading::SelectIn && relationship.loading != Loading::Joined &&
            relationship.loading != Loading::Subquery)
            continue;
        selectIn(states, relationship);
        loadEager(linked(states, relationship), *relationship.target, path);
    }
    path.pop_back();
}

void SessionCore::selectIn(const std::vector<State *> &states, const Relationship &relationship)
{
    std::vector<State *> wanted;
    for (State *state : states)
        if (!slotOf(*state, relationship).isLoaded() && state->life == Life::Persistent)
            wanted.push_back(state);
    if (wanted.empty())
        return;
    if (relationship.kind == RelationKind::Parent)
        selectTargets(wanted, relationship);
    else
        selectLists(wanted, relationship);
}

/// Children of many parents: one SELECT for each chunk of parents, grouped by the foreign key of the rows themselves.
void SessionCore::selectLists(const std::vector<State *> &parents, const Relationship &relationship)
{
    const Reference &reference = *relationship.reference;
    const Mapper &target = *relationship.target;
    const Mapper &keyed = searchedMapper(relationship);
    const bool linked = relationship.kind == RelationKind::ManyToMany;
    Select base = relatedSelect(relationship);
    std::vector<int> keyAt(reference.columns.begin(), reference.columns.end());
    for (std::size_t i = 0; linked && i < keyAt.size(); ++i) {
        keyAt[i] = static_cast<int>(base.columnList.size());
        base.columnList.emplace_back(*keyed.columns()[reference.columns[i]].column);
    }
    const bool integer = reference.targetsKey && reference.target->hasIntegerKey();
    for (std::size_t at = 0, size = chunkSize(reference.columns); at < parents.size(); at += size) {
        const std::span chunk(parents.data() + at, std::min(size, parents.size() - at));
        std::vector<std::vector<Value>> keys;
        ByKey<State *> byKey;
        for (State *parent : chunk) {
            std::vector<Value> key = searchKey(*parent, relationship);
            if (key.empty())
                continue;
            if (!integer)
                byKey.emplace(key, parent);
            keys.push_back(std::move(key));
        }
        const auto found = [&](DriverStatement &row) -> State * {
            if (integer)
                return m_identity.find(*reference.target, row.getInt(keyAt[0]));
            std::vector<Value> key;
            for (std::size_t i = 0; i < keyAt.size(); ++i)
                key.push_back(row.value(keyAt[i], keyed.columns()[reference.columns[i]].column->type));
            const auto entry = byKey.find(key);
            return entry == byKey.end() ? nullptr : entry->second;
        };
        if (!keys.empty()) {
            Select select = base;
            select.where(inKeys(keyed, reference.columns, keys));
            Result result = connection().execute(select);
            DriverStatement &row = result.native();
            while (result.next()) {
                State &child = readRow(row, target, 0, false);
                State *parent = found(row);
                if (!parent)
                    continue;
                RelationSlot &slot = slotOf(*parent, relationship);
                if (relationship.kind == RelationKind::Child)
                    slot.setTarget(&child);
                else
                    slot.makeList().items.push_back(&child);
            }
        }
        for (State *parent : chunk) {
            RelationSlot &slot = slotOf(*parent, relationship);
            if (relationship.kind == RelationKind::Child)
                slot.setLoaded(true);
            else {
                if (linked)
                    keepFirstOfEach(slot.makeList().items);
                fillList(slot, std::move(slot.makeList().items));
            }
        }
    }
}

/// Parents of many children: those that memory does not have, one SELECT for each chunk of different keys.
void SessionCore::selectTargets(const std::vector<State *> &children, const Relationship &relationship)
{
    const Reference &reference = *relationship.reference;
    const Mapper &target = *relationship.target;
    ByKey<State *> byKey;
    std::vector<std::vector<Value>> missing;
    for (State *child : children) {
        std::vector<Value> key = searchKey(*child, relationship);
        if (key.empty() || byKey.count(key) != 0)
            continue;
        State *known = reference.targetsKey ? m_identity.find(target, key) : nullptr;
        if (!known || known->needsLoad())
            missing.push_back(key);
        byKey.emplace(std::move(key), known);
    }
    for (std::size_t at = 0, size = chunkSize(reference.columns); at < missing.size(); at += size) {
        Select select = relatedSelect(relationship);
        select.where(inKeys(target, reference.targetColumns,
                            std::span(missing).subspan(at, std::min(size, missing.size() - at))));
        Result result = connection().execute(select);
        DriverStatement &row = result.native();
        while (result.next()) {
            State &state = readRow(row, target, 0, false);
            std::vector<Value> key;
            for (const std::uint16_t column : reference.targetColumns)
                key.push_back(row.value(column, target.columns()[column].column->type));
            byKey[std::move(key)] = &state;
        }
    }
    for (State *child : children) {
        const std::vector<Value> key = searchKey(*child, relationship);
        slotOf(*child, relationship).setTarget(key.empty() ? nullptr : byKey[key]);
    }
}

} // namespace orm
