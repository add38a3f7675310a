#include "ormcore/session/flush_plan.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/delete_first.h"
#include "ormcore/session/flush_links.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace orm {

bool isExplicit(const State &state, std::size_t column)
{
    return state.history && state.history->changed.contains(column);
}

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
            if (mapped.serverDefault && !mapped.initial && fieldIsNull(mapped.field, member) && !isExplicit(state, i))
                continue;
        }
        set.insert(i);
    }
    return set;
}

ColumnSet updateColumns(const State &state)
{
    ColumnSet set = state.history->changed;
    for (const Link &link : state.history->links)
        if (link.parent && !keyKnown(*link.parent, state.mapper->references()[link.reference]))
            for (const std::uint16_t column : state.mapper->references()[link.reference].columns)
                set.insert(column);
    return set;
}

namespace {

using Group = std::vector<State *>;

/// Appends objects to steps; neighbours with the same columns share one.
class Steps {
public:
    explicit Steps(FlushPlan &plan) noexcept : m_plan(plan) {}
    void add(FlushStep::Kind kind, State &state, ColumnSet columns)
    {
        if (m_plan.steps.empty() || m_plan.steps.back().kind != kind || m_plan.steps.back().mapper != state.mapper ||
            m_plan.steps.back().near || m_plan.steps.back().columns != columns)
            m_plan.steps.push_back(FlushStep{kind, state.mapper, std::move(columns)});
        m_plan.steps.back().states.push_back(&state);
    }
    /// Objects whose order among themselves does not matter: sorted by column set, else as they came.
    void addBatch(FlushStep::Kind kind, const Group &states, ColumnSet (*columnsOf)(const State &))
    {
        std::vector<FlushStep> batches;
        for (State *state : states) {
            ColumnSet columns = columnsOf(*state);
            if (kind == FlushStep::Kind::Update && columns.empty())
                continue;
            auto found = std::find_if(batches.rbegin(), batches.rend(), [&](const FlushStep &step) {
                return step.mapper == state->mapper && step.columns == columns;
            });
            if (found == batches.rend()) {
                batches.push_back(FlushStep{kind, state->mapper, std::move(columns)});
                found = batches.rbegin();
            }
            found->states.push_back(state);
        }
        for (FlushStep &step : batches)
            m_plan.steps.push_back(std::move(step));
    }

private:
    FlushPlan &m_plan;
};

/// Depth-first over the links between objects: what an object refers to comes before it.
class ObjectSorter {
public:
    explicit ObjectSorter(const Group &states) : m_members(states.begin(), states.end()) {}

    Group sorted(const Group &states)
    {
        for (State *state : states)
            visit(state);
        return std::move(m_order);
    }

private:
    struct Frame {
        State *state;
        std::vector<State *> parents;
        std::size_t next = 0;
    };
    /// Parents among the members: linked ones, and those that the foreign key names.
    std::vector<State *> parentsOf(State &state)
    {
        std::vector<State *> parents;
        for (const Reference &reference : state.mapper->references()) {
            State *parent = nullptr;
            if (state.history)
                for (const Link &link : state.history->links)
                    if (link.reference == reference.index)
                        parent = link.parent;
            if (!parent)
                parent = named(state, reference);
            if (parent && parent != &state && m_members.count(parent) != 0)
                parents.push_back(parent);
        }
        return parents;
    }
    static State *named(State &state, const Reference &reference)
    {
        if (!state.store || !reference.targetsKey || state.has(State::Expired))
            return nullptr;
        std::vector<Value> key;
        for (const std::uint16_t column : reference.columns)
            key.push_back(storedValue(state, column));
        return std::any_of(key.begin(), key.end(), [](const Value &v) { return v.isNull(); })
                   ? nullptr
                   : state.store->findLoaded(*reference.target, key);
    }
    void visit(State *root)
    {
        if (m_done.count(root) != 0)
            return;
        std::vector<Frame> stack;
        stack.push_back({root, parentsOf(*root)});
        m_open.insert(root);
        while (!stack.empty()) {
            Frame &frame = stack.back();
            if (frame.next == frame.parents.size()) {
                m_open.erase(frame.state);
                m_done.insert(frame.state);
                m_order.push_back(frame.state);
                stack.pop_back();
                continue;
            }
            State *parent = frame.parents[frame.next++];
            if (m_done.count(parent) != 0)
                continue;
            if (m_open.count(parent) != 0)
                throw Argument("objects of " + parent->mapper->name() +
                               " depend on each other in a circle: flush one before it is linked to the other");
            m_open.insert(parent);
            stack.push_back({parent, parentsOf(*parent)});
        }
    }

    std::unordered_set<State *> m_members;
    std::unordered_set<State *> m_open;
    std::unordered_set<State *> m_done;
    Group m_order;
};

/// One component of the mappers' graph: a single mapper mostly, several where their tables refer to each other.
struct Component {
    Group pending;
    Group changed;
    Group deleted;
    std::vector<LinkChange> links;
    std::vector<FlushStep> unlinks; ///< of deleted objects
};

std::vector<Component> components(const FlushInput &input)
{
    std::vector<Component> found;
    const auto at = [&](const Mapper &mapper) -> Component & {
        const std::size_t index = mapper.cycle();
        if (found.size() <= index)
            found.resize(index + 1);
        return found[index];
    };
    for (State *state : input.pending)
        at(*state->mapper).pending.push_back(state);
    for (State *state : input.changed)
        at(*state->mapper).changed.push_back(state);
    for (State *state : input.deleted) {
        at(*state->mapper).deleted.push_back(state);
        for (const Reference *reference : state->mapper->linkReferences())
            addToUnlinks(at(*reference->owner).unlinks, *reference, *state);
    }
    for (const LinkChange &link : input.links)
        at(*link.near->owner).links.push_back(link);
    return found;
}

/// Those of the deleted objects that the filter wants, children before their parents.
template <class Filter> void addDeletes(FlushPlan &plan, const std::vector<Component> &parts, Filter wanted)
{
    Steps steps(plan);
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        Group order;
        std::copy_if(part->deleted.begin(), part->deleted.end(), std::back_inserter(order), wanted);
        if (!order.empty() && order.front()->mapper->inCycle()) {
            order = ObjectSorter(order).sorted(order);
            std::reverse(order.begin(), order.end());
        }
        for (State *state : order)
            steps.add(FlushStep::Kind::Delete, *state, {});
        for (FlushStep step : part->unlinks) {
            std::erase_if(step.states, std::not_fn(wanted));
            if (!step.states.empty())
                plan.steps.push_back(std::move(step));
        }
    }
}

} // namespace

FlushPlan planFlush(const FlushInput &input)
{
    FlushPlan plan;
    Steps steps(plan);
    const std::vector<Component> parts = components(input);
    const std::unordered_set<State *> early = deletedBeforeSaves(input);
    if (!early.empty())
        addDeletes(plan, parts, [&](State *state) { return early.count(state) != 0; });
    for (const Component &part : parts) {
        const bool cyclic = !part.pending.empty() && part.pending.front()->mapper->inCycle();
        if (!cyclic) // an UPDATE may free a unique value that an INSERT takes
            steps.addBatch(FlushStep::Kind::Update, part.changed, updateColumns);
        if (cyclic)
            for (State *state : ObjectSorter(part.pending).sorted(part.pending))
                steps.add(FlushStep::Kind::Insert, *state, insertColumns(*state));
        else
            steps.addBatch(FlushStep::Kind::Insert, part.pending, insertColumns);
        if (cyclic)
            steps.addBatch(FlushStep::Kind::Update, part.changed, updateColumns);
        addLinkSteps(plan, part.links);
    }
    addDeletes(plan, parts, [&](State *state) { return early.count(state) == 0; });
    return plan;
}

} // namespace orm
