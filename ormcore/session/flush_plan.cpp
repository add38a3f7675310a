#include "ormcore/session/flush_plan.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/defaults.h"
#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/delete_first.h"
#include "ormcore/session/flush_links.h"
#include "ormcore/session/object_order.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

namespace orm {

ColumnSet insertColumns(const State &state)
{
    ColumnSet set;
    const auto &columns = state.mapper->columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const MappedColumn &mapped = columns[i];
        if (mapped.computed)
            continue;
        if (mapped.omittable) {
            const void *member = state.at(mapped.offset);
            if (mapped.generatedKey && fieldIsUnset(mapped.field, member))
                continue;
            if (mapped.serverDefault && fieldIsNull(mapped.field, member) && !isExplicitNull(state, i) &&
                !awaitsDefault(state, i))
                continue;
        }
        set.insert(i);
    }
    return set;
}

namespace {

void addVersion(const Mapper &mapper, ColumnSet &set)
{
    if (mapper.version() && !set.empty())
        set.insert(*mapper.version());
}

/// They are made where their table is updated anyway.
void addUpdateDefaults(const Mapper &mapper, ColumnSet &set)
{
    for (const std::uint16_t column : mapper.updateDefaults())
        for (const MappedTable &part : mapper.hierarchy().tables)
            if (part.columns.contains(column) && !(set & part.columns).empty())
                set.insert(column);
}

void addWaiting(const State &state, ColumnSet &set)
{
    for (const Link &link : state.history->links)
        if (link.parent && !keyKnown(*link.parent, state.mapper->references()[link.reference]))
            for (const std::uint16_t column : state.mapper->references()[link.reference].columns)
                set.insert(column);
}

} // namespace

ColumnSet updateColumns(const State &state)
{
    ColumnSet set = state.history->changed;
    addWaiting(state, set);
    addVersion(*state.mapper, set);
    addUpdateDefaults(*state.mapper, set);
    return set;
}

/// Columns that the database fills where the new object leaves them out stay as they are in the row.
ColumnSet replacingColumns(const State &fresh, const State &old)
{
    ColumnSet set;
    const auto &columns = fresh.mapper->columns();
    insertColumns(fresh).forEach([&](std::size_t i) {
        const void *member = fresh.at(columns[i].offset);
        if (!columns[i].key && (awaitsDefault(fresh, i) || !columnLoaded(old, i) ||
                                !fieldEquals(columns[i].field, member, storedValue(old, i))))
            set.insert(i);
    });
    if (fresh.history)
        addWaiting(fresh, set);
    if (fresh.mapper->version())
        set.erase(*fresh.mapper->version());
    addVersion(*fresh.mapper, set);
    return set;
}

namespace {

using Group = std::vector<State *>;
using Kind = FlushStep::Kind;

/// What the steps of a batch have in common.
struct Shape {
    Kind kind = Kind::Insert;
    bool extra = false;
};

ColumnSet noColumns(const State &) { return {}; }

/// Appends objects to steps.
class Steps {
public:
    explicit Steps(FlushPlan &plan) noexcept : m_plan(plan) {}

    /// Objects whose order among themselves does not matter: one step for each mapper and sets of columns, in the order
    /// in which these come first. An UPDATE without columns is none.
    template <class Columns, class Nulls = ColumnSet (*)(const State &)>
    void addBatch(Shape shape, const Group &states, Columns columnsOf, Nulls nullsOf = noColumns)
    {
        const std::size_t begin = m_plan.steps.size();
        m_known.clear();
        m_at = begin;
        std::size_t tables = 1; // of the class with the most
        for (const State *state : states)
            tables = std::max(tables, state->mapper->hierarchy().tables.size());
        for (std::size_t i = 0; i < tables; ++i) // bases first, or last where they are deleted
            for (State *state : states)
                putPart({shape.kind, state->mapper, columnsOf(*state), nullsOf(*state), shape.extra},
                        shape.kind == Kind::Delete ? tables - 1 - i : i, *state);
        joinNeighbours(begin);
    }

private:
    void put(FlushStep &&step, State &state)
    {
        auto &steps = m_plan.steps;
        if (step.kind == Kind::Update && step.columns.empty())
            return;
        const auto fits = [&](const FlushStep &other) {
            return other.mapper == step.mapper && other.extra == step.extra && other.columns == step.columns &&
                   other.nulls == step.nulls;
        };
        if (m_at == steps.size() || !fits(steps[m_at])) {
            const auto [place, isNew] =
                m_known.try_emplace({step.mapper, step.extra, step.columns, step.nulls}, steps.size());
            if (!isNew && step.kind == Kind::Insert && step.mapper->isPolymorphic() && !step.extra)
                place->second = steps.size(); // classes of one table: their keys are made in the order of the objects
            m_at = place->second;
            if (m_at == steps.size())
                steps.push_back(std::move(step));
        }
        steps[m_at].states.push_back(&state);
    }

    /// One table of an object that has several.
    void putPart(FlushStep &&whole, std::size_t part, State &state)
    {
        const auto &tables = whole.mapper->hierarchy().tables;
        if (part >= tables.size())
            return;
        if (tables.size() == 1) [[likely]]
            return put(std::move(whole), state);
        FlushStep step{whole.kind, tables[part].mapper, whole.columns & tables[part].columns,
                       whole.nulls & tables[part].columns, whole.extra};
        if (part > 0 && whole.kind == Kind::Insert)
            for (const std::uint16_t key : whole.mapper->keys())
                step.columns.insert(key);
        for (std::size_t before = 0; before < part && !step.extra; ++before)
            step.extra = whole.kind != Kind::Update || !(whole.columns & tables[before].columns).empty();
        put(std::move(step), state);
    }

    /// A chain of objects makes one batch a level: they are one step where they are alike.
    void joinNeighbours(std::size_t at)
    {
        auto &steps = m_plan.steps;
        if (at == 0 || at >= steps.size())
            return;
        FlushStep &before = steps[at - 1];
        const FlushStep &next = steps[at];
        if (before.kind != next.kind || before.mapper != next.mapper || before.extra != next.extra || before.near ||
            next.near || before.columns != next.columns || before.nulls != next.nulls)
            return;
        before.states.insert(before.states.end(), next.states.begin(), next.states.end());
        steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(at));
    }

    FlushPlan &m_plan;
    std::map<std::tuple<const Mapper *, bool, ColumnSet, ColumnSet>, std::size_t> m_known; // of one batch
    std::size_t m_at = 0;                                                                  // the last one used
};

/// One component of the mappers' graph: a single mapper mostly, several where their tables refer to each other.
struct Component {
    Group pending;
    Group changed; // and new objects that replace others
    Group deleted;
    std::vector<LinkChange> links;
    std::vector<FlushStep> unlinks; // of deleted objects
};

/// The foreign keys at which circles are cut.
class Late {
public:
    explicit Late(const std::vector<ObjectOrder::Placed> &order)
    {
        for (const ObjectOrder::Placed &placed : order)
            if (!placed.late.empty()) {
                m_states.push_back(placed.state);
                m_columns.emplace(placed.state, placed.late);
            }
    }
    [[nodiscard]] const Group &states() const noexcept { return m_states; }
    [[nodiscard]] ColumnSet of(const State &state) const
    {
        const auto found = m_columns.empty() ? m_columns.end() : m_columns.find(&state);
        return found == m_columns.end() ? ColumnSet() : found->second;
    }

private:
    Group m_states;
    std::unordered_map<const State *, ColumnSet> m_columns;
};

class Planner {
public:
    explicit Planner(const FlushInput &input) : m_steps(m_plan)
    {
        m_plan.replaced = input.replaced;
        for (State *state : input.pending)
            at(*state->mapper).pending.push_back(state);
        for (State *state : input.changed)
            at(*state->mapper).changed.push_back(state);
        for (const auto &[fresh, old] : input.replaced)
            at(*old->mapper).changed.push_back(const_cast<State *>(fresh));
        for (State *state : input.deleted) {
            at(*state->mapper).deleted.push_back(state);
            for (const Reference *reference : state->mapper->linkReferences())
                addToUnlinks(at(*reference->owner).unlinks, *reference, *state);
        }
        for (const LinkChange &link : input.links)
            at(*link.near->owner).links.push_back(link);
        m_early = deletedBeforeSaves(input);
    }

    FlushPlan run()
    {
        unlinkReplaced();
        if (!m_early.empty())
            addDeletes([&](State *state) { return m_early.count(state) != 0; });
        for (const Component &part : m_parts) {
            if (inCycle(part.pending) || inCycle(part.changed))
                addOrderedSaves(part);
            else
                addSaves(part);
            addLinkSteps(m_plan, part.links);
        }
        addDeletes([&](State *state) { return m_early.count(state) == 0; });
        return std::move(m_plan);
    }

private:
    Component &at(const Mapper &mapper)
    {
        const std::size_t index = mapper.cycle();
        if (m_parts.size() <= index)
            m_parts.resize(index + 1);
        return m_parts[index];
    }
    static bool inCycle(const Group &group) { return !group.empty() && group.front()->mapper->inCycle(); }

    [[nodiscard]] ColumnSet columnsToUpdate(State &state) const
    {
        const State &row = m_plan.rowOf(state);
        return &row == &state ? updateColumns(state) : replacingColumns(state, row);
    }

    /// The row stays, but the links that the old object had go: before the new one makes its own.
    void unlinkReplaced()
    {
        std::vector<FlushStep> unlinks;
        for (const auto &[fresh, old] : m_plan.replaced)
            for (const Reference *reference : old->mapper->linkReferences())
                addToUnlinks(unlinks, *reference, *old);
        std::move(unlinks.begin(), unlinks.end(), std::back_inserter(m_plan.steps));
    }

    void addSaves(const Component &part)
    {
        // UPDATEs first: one may free a unique value that an INSERT takes
        m_steps.addBatch({Kind::Update}, part.changed, [&](State &state) { return columnsToUpdate(state); });
        m_steps.addBatch({Kind::Insert}, part.pending, insertColumns);
    }

    /// Level by level; what was cut out of a circle comes last.
    void addOrderedSaves(const Component &part)
    {
        Group all = part.changed;
        all.insert(all.end(), part.pending.begin(), part.pending.end());
        const std::vector<ObjectOrder::Placed> order = ObjectOrder(ObjectOrder::Of::Saves, all).run();
        const Late late(order);
        const auto lateOf = [&](const State &state) { return late.of(state); };
        forEachLevel(order, [&](const Group &level) {
            Group updates;
            Group inserts;
            for (State *state : level)
                (state->life == Life::Pending && &m_plan.rowOf(*state) == state ? inserts : updates).push_back(state);
            m_steps.addBatch({Kind::Update}, updates, [&](State &state) {
                ColumnSet columns = columnsToUpdate(state);
                late.of(state).forEach([&](std::size_t column) { columns.erase(column); });
                return columns;
            });
            m_steps.addBatch({Kind::Insert}, inserts, insertColumns, lateOf);
        });
        m_steps.addBatch({Kind::Update, true}, late.states(), lateOf);
    }

    template <class Visitor> static void forEachLevel(const std::vector<ObjectOrder::Placed> &order, Visitor visitor)
    {
        for (std::size_t begin = 0; begin < order.size();) {
            Group level;
            std::size_t end = begin;
            for (; end < order.size() && order[end].level == order[begin].level; ++end)
                level.push_back(order[end].state);
            visitor(level);
            begin = end;
        }
    }

    /// Those of the deleted objects that the filter wants, children before their parents.
    template <class Filter> void addDeletes(Filter wanted)
    {
        for (auto part = m_parts.rbegin(); part != m_parts.rend(); ++part) {
            Group group;
            std::copy_if(part->deleted.begin(), part->deleted.end(), std::back_inserter(group), wanted);
            if (inCycle(group))
                addOrderedDeletes(group);
            else
                m_steps.addBatch({Kind::Delete}, group, noColumns);
            for (FlushStep step : part->unlinks) {
                std::erase_if(step.states, std::not_fn(wanted));
                if (!step.states.empty())
                    m_plan.steps.push_back(std::move(step));
            }
        }
    }

    void addOrderedDeletes(const Group &group)
    {
        std::vector<ObjectOrder::Placed> order = ObjectOrder(ObjectOrder::Of::Deletions, group).run();
        const Late late(order);
        const auto lateOf = [&](const State &state) { return late.of(state); };
        m_steps.addBatch({Kind::Update, true}, late.states(), lateOf, lateOf);
        std::reverse(order.begin(), order.end());
        forEachLevel(order, [&](const Group &level) { m_steps.addBatch({Kind::Delete}, level, noColumns); });
    }

    FlushPlan m_plan;
    Steps m_steps;
    std::vector<Component> m_parts;
    std::unordered_set<State *> m_early;
};

} // namespace

FlushPlan planFlush(const FlushInput &input) { return Planner(input).run(); }

} // namespace orm
