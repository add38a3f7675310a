#include "ormcore/session/loading/relation_loader.h"

#include "ormcore/session/loading/relation_keys.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

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
            for (State *item : list->items)
                next.push_back(item);
    }
    if (relationship.kind != RelationKind::Children) { // many may share one
        std::sort(next.begin(), next.end());
        next.erase(std::unique(next.begin(), next.end()), next.end());
    }
    return next;
}

/// Whether what memory has of the relationship is newer than the database.
bool isChanged(const State &state, const Relationship &relationship)
{
    if (relationship.kind == RelationKind::Parent)
        return isRelinked(state, *relationship.reference);
    const State *target = slotOf(const_cast<State &>(state), relationship).target();
    return target && isRelinked(*target, *relationship.reference);
}

} // namespace

void RelationLoader::load(const std::vector<State *> &states, const LoadPlan &plan, bool joined,
                          const LoadSource *source)
{
    if (states.empty())
        return;
    for (const LoadStep &step : plan) {
        const Relationship &relationship = *step.relationship;
        if (step.ofSome) [[unlikely]] {
            std::vector<State *> some = states;
            std::erase_if(some, [&](const State *state) { return !state->mapper->isKindOf(*relationship.owner); });
            load(some, {{&relationship, step.how, step.below}}, joined, source);
            continue;
        }
        switch (step.how) {
        case Loading::SelectIn:
            selectIn(states, step);
            break;
        case Loading::Subquery:
            if (source)
                bySubquery(states, step, *source);
            else
                selectIn(states, step);
            break;
        case Loading::Joined:
            if (joined)
                afterJoin(states, step, source);
            else
                selectIn(states, step);
            break;
        case Loading::NoLoad:
            for (State *state : states)
                leaveEmpty(*state, relationship);
            break;
        case Loading::Select:
        case Loading::Raise:
            for (State *state : states)
                if (RelationSlot &slot = slotOf(*state, relationship); !slot.isLoaded())
                    slot.setLazy(step.how);
            break;
        }
    }
}

std::vector<State *> RelationLoader::wanted(const std::vector<State *> &states, const Relationship &relation) const
{
    std::vector<State *> found;
    for (State *state : states) {
        if (state->life != Life::Persistent)
            continue;
        if (!slotOf(*state, relation).isLoaded() || (m_populate && !isChanged(*state, relation)))
            found.push_back(state);
    }
    return found;
}

void RelationLoader::below(const std::vector<State *> &states, const LoadStep &step, bool joined,
                           const LoadSource *source)
{
    if (step.below.empty())
        return;
    if (!source)
        return load(linked(states, *step.relationship), step.below, joined, nullptr);
    LoadSource further = *source;
    further.path.push_back(step.relationship);
    load(linked(states, *step.relationship), step.below, joined, &further);
}

/// The statement brought what the step leads to, but for objects whose rows do not say it: see isRelinked().
void RelationLoader::afterJoin(const std::vector<State *> &states, const LoadStep &step, const LoadSource *source)
{
    if (!m_populate)
        fetch(states, step);
    below(states, step, true, source);
}

void RelationLoader::selectIn(const std::vector<State *> &states, const LoadStep &step)
{
    fetch(states, step);
    below(states, step, true, nullptr);
}

void RelationLoader::bySubquery(const std::vector<State *> &states, const LoadStep &step, const LoadSource &source)
{
    const Relationship &relationship = *step.relationship;
    if (const std::vector<State *> owners = wanted(states, relationship); !owners.empty()) {
        ObjectRows rows(m_core, *relationship.target, step.below, {m_populate, repeats(source, relationship)});
        const AliasedSelect related = relatedBySubquery(source, relationship);
        const Select select = rows.statement(related.select, related.alias);
        if (relationship.kind == RelationKind::Parent)
            takeTargets(select, rows, owners, relationship);
        else
            takeLists(select, rows, owners, relationship);
    }
    below(states, step, true, &source);
}

/// One SELECT for each chunk of what is wanted.
void RelationLoader::fetch(const std::vector<State *> &states, const LoadStep &step)
{
    const std::vector<State *> owners = wanted(states, *step.relationship);
    if (owners.empty())
        return;
    if (step.relationship->kind == RelationKind::Parent)
        fetchTargets(owners, step);
    else
        fetchLists(owners, step);
}

/// Children of many parents, in chunks of parents.
void RelationLoader::fetchLists(const std::vector<State *> &owners, const LoadStep &step)
{
    const Relationship &relationship = *step.relationship;
    const auto &columns = searchedColumns(relationship);
    const Select base = relatedSelect(relationship);
    ObjectRows rows(m_core, *relationship.target, step.below, {m_populate, false});
    for (std::size_t at = 0, size = keysInStatement(columns); at < owners.size(); at += size) {
        const auto begin = owners.begin() + static_cast<std::ptrdiff_t>(at);
        const std::vector<State *> chunk(begin,
                                         begin + static_cast<std::ptrdiff_t>(std::min(size, owners.size() - at)));
        std::vector<RelationKey> keys;
        keys.reserve(chunk.size());
        for (State *owner : chunk)
            if (RelationKey key = relationKey(*owner, relationship); !key.empty())
                keys.push_back(std::move(key));
        if (keys.empty()) {
            for (State *owner : chunk)
                leaveEmpty(*owner, relationship);
            continue;
        }
        Select select = base;
        select.where(isOneOf(searchedMapper(relationship), columns, keys));
        takeLists(rows.statement(std::move(select)), rows, chunk, relationship);
    }
}

/// Parents of many children: those that memory does not have, in chunks of different keys.
void RelationLoader::fetchTargets(const std::vector<State *> &owners, const LoadStep &step)
{
    const Relationship &relationship = *step.relationship;
    const auto &columns = searchedColumns(relationship);
    const Mapper &target = *relationship.target;
    ByRelationKey<State *> found;
    std::vector<RelationKey> missing;
    for (State *owner : owners) {
        RelationKey key = relationKey(*owner, relationship);
        if (key.empty() || found.count(key) != 0)
            continue;
        State *known = relationship.reference->targetsKey ? m_core.findLoaded(target, key) : nullptr;
        if (!known || known->needsLoad() || m_populate)
            missing.push_back(key);
        found.emplace(std::move(key), known);
    }
    ObjectRows rows(m_core, target, step.below, {m_populate, false});
    for (std::size_t at = 0, size = keysInStatement(columns); at < missing.size(); at += size) {
        const std::span keys = std::span(missing).subspan(at, std::min(size, missing.size() - at));
        Select select = relatedSelect(relationship);
        select.where(isOneOf(target, columns, keys));
        run(rows.statement(std::move(select)), rows,
            [&](State &state, DriverStatement &row) { found[relationKey(row, relationship)] = &state; });
    }
    for (State *owner : owners) {
        const RelationKey key = relationKey(*owner, relationship);
        slotOf(*owner, relationship).setTarget(key.empty() ? nullptr : found[key]);
    }
}

/// `everyRow`: a target may belong to several owners, so each row counts.
template <class Take> void RelationLoader::run(const Select &select, ObjectRows &rows, Take take, bool everyRow)
{
    m_core.noteSent();
    Result result = m_core.connection().execute(select);
    DriverStatement &row = result.native();
    while (result.next()) {
        if (everyRow)
            take(rows.readAny(row), row);
        else if (State *state = rows.read(row))
            take(*state, row);
    }
    rows.finish();
}

/// Rows that say by their own foreign key where they belong.
void RelationLoader::takeLists(const Select &select, ObjectRows &rows, const std::vector<State *> &owners,
                               const Relationship &relationship)
{
    const Reference &reference = *relationship.reference;
    const bool byIdentity = reference.targetsKey && reference.target->hasIntegerKey();
    ByRelationKey<State *> byKey;
    CollectionFill fill(m_populate);
    for (State *owner : owners) {
        if (!byIdentity)
            byKey.emplace(relationKey(*owner, relationship), owner);
        if (relationship.isList())
            (void)fill.takes(slotOf(*owner, relationship));
        else
            slotOf(*owner, relationship).clear();
    }
    const bool linked = relationship.kind == RelationKind::ManyToMany;
    const int keyAt = linked ? firstLinkColumn(relationship) : reference.columns[0];
    const auto ownerOf = [&](DriverStatement &row) -> State * {
        if (byIdentity)
            return m_core.find(*reference.target, row.getInt(keyAt));
        const auto entry = byKey.find(relationKey(row, relationship));
        return entry == byKey.end() ? nullptr : entry->second;
    };
    run(
        select, rows,
        [&](State &child, DriverStatement &row) {
            State *owner = ownerOf(row);
            if (!owner)
                return;
            RelationSlot &slot = slotOf(*owner, relationship);
            if (slot.isFilling())
                fill.add(slot, child);
            else if (!relationship.isList())
                takeOnly(slot, child);
        },
        linked);
    fill.finish();
    for (State *owner : owners)
        leaveEmpty(*owner, relationship);
}

/// Rows that owners lead to by their foreign key. An owner whose key was changed may lead elsewhere: it stays unloaded.
void RelationLoader::takeTargets(const Select &select, ObjectRows &rows, const std::vector<State *> &owners,
                                 const Relationship &relationship)
{
    ByRelationKey<State *> found;
    run(select, rows,
        [&](State &state, DriverStatement &row) { found.emplace(relationKey(row, relationship), &state); });
    for (State *owner : owners) {
        const RelationKey key = relationKey(*owner, relationship);
        const auto entry = found.find(key);
        if (entry != found.end())
            slotOf(*owner, relationship).setTarget(entry->second);
        else if (key.empty() || !isRelinked(*owner, *relationship.reference))
            slotOf(*owner, relationship).setTarget(nullptr);
    }
}

} // namespace orm
