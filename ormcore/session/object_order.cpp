#include "ormcore/session/object_order.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/defaults.h"
#include "ormcore/session/circles.h"
#include "ormcore/session/stored_parent.h"

#include <algorithm>
#include <numeric>

namespace orm {

namespace {

/// Those columns that are NULL while the key is cut. One suffices: a foreign key with a NULL in it is not checked.
ColumnSet cuttable(const Reference &reference)
{
    ColumnSet columns;
    for (const std::uint16_t column : reference.columns)
        if (const MappedColumn &mapped = reference.owner->columns()[column]; mapped.column->nullable && !mapped.key)
            columns.insert(column);
    return columns;
}

bool loaded(const State &state, const Reference &reference)
{
    return std::all_of(reference.columns.begin(), reference.columns.end(),
                       [&](std::uint16_t column) { return columnLoaded(state, column); });
}

bool changes(const State &state, const std::vector<std::uint16_t> &columns)
{
    return state.history && std::any_of(columns.begin(), columns.end(),
                                        [&](std::uint16_t c) { return state.history->changed.contains(c); });
}

/// Empty where a part is NULL.
template <class ValueOf> std::vector<Value> tuple(const std::vector<std::uint16_t> &columns, ValueOf valueOf)
{
    std::vector<Value> key;
    for (const std::uint16_t column : columns)
        if (key.push_back(valueOf(column)); key.back().isNull())
            return {};
    return key;
}

std::string nameOf(const Reference &reference)
{
    const auto side = [](const Relationship &relationship) {
        return relationship.owner->name() + "." + relationship.name;
    };
    if (!reference.relationships.empty())
        return side(reference.owner->relationships()[static_cast<std::size_t>(reference.relationships.front())]);
    if (!reference.targetMembers.empty())
        return side(*reference.targetMembers.front());
    return reference.owner->name() + "." + reference.owner->columns()[reference.columns.front()].column->name;
}

} // namespace

ObjectOrder::ObjectOrder(Of of, const std::vector<State *> &states) : m_of(of)
{
    m_placed.reserve(states.size());
    m_places.reserve(states.size());
    for (State *state : states) {
        m_places.emplace(state, static_cast<std::uint32_t>(m_placed.size()));
        m_placed.push_back({state, 0, {}});
    }
    if (m_of == Of::Saves)
        indexNewKeys();
    findEdges();
    connect();
}

/// Keys that rows will have only after the flush, and that programs may have put into foreign keys themselves.
void ObjectOrder::indexNewKeys()
{
    for (const Placed &placed : m_placed) {
        const State &state = *placed.state;
        if (state.life != Life::Pending && !changes(state, state.mapper->keys()))
            continue;
        std::vector<Value> key = tuple(state.mapper->keys(), [&](std::uint16_t column) {
            return keyIsToCome(state, column) ? Value() : columnValue(state, column);
        });
        if (!key.empty())
            m_newKeys[&state.mapper->root()].emplace(std::move(key), placed.state);
    }
}

void ObjectOrder::findEdges()
{
    for (std::uint32_t at = 0; at < m_placed.size(); ++at) {
        m_firstFrom.push_back(static_cast<std::uint32_t>(m_edges.size()));
        State &state = *m_placed[at].state;
        for (const Reference &reference : state.mapper->references())
            if (State *parent = parentOf(state, reference))
                addEdge(at, reference, *parent);
    }
    m_firstFrom.push_back(static_cast<std::uint32_t>(m_edges.size()));
}

State *ObjectOrder::parentOf(State &state, const Reference &reference)
{
    return m_of == Of::Saves ? savedParent(state, reference) : storedParent(state, reference);
}

/// Linked ones, and those whose new key the foreign key has.
State *ObjectOrder::savedParent(State &state, const Reference &reference)
{
    if (state.history)
        for (const Link &link : state.history->links)
            if (link.reference == reference.index)
                return link.parent;
    const auto keys = m_newKeys.find(&reference.target->root());
    if (keys == m_newKeys.end() || !reference.targetsKey || !loaded(state, reference))
        return nullptr;
    const auto found =
        keys->second.find(tuple(reference.columns, [&](std::uint16_t c) { return columnValue(state, c); }));
    return found == keys->second.end() ? nullptr : found->second;
}

ObjectOrder::Tie ObjectOrder::tieOf(const Reference &reference, const State &parent) const
{
    const bool saves = m_of == Of::Saves;
    if (saves && reference.key->deferrable == Deferrable::InitiallyDeferred && keyKnown(parent, reference))
        return Tie::Loose;
    if (!saves && reference.key->onDelete == ReferentialAction::SetNull)
        return Tie::Loose;
    if (!cuttable(reference).empty())
        return Tie::Nullable;
    return saves ? Tie::Firm : Tie::Loose; // the row is there, so the database knows a way to delete it
}

void ObjectOrder::addEdge(std::uint32_t from, const Reference &reference, State &parent)
{
    const auto found = m_places.find(&parent);
    if (found == m_places.end())
        return;
    const bool saves = m_of == Of::Saves;
    if (saves && parent.life != Life::Pending && !changes(parent, reference.targetColumns))
        return; // its row is there
    const bool itself = found->second == from;
    if (itself && (!saves || keyKnown(parent, reference)))
        return;
    Edge edge{from, found->second, &reference, tieOf(reference, parent), false};
    if (edge.tie == Tie::Nullable && (itself || reference.postUpdate))
        return cut(edge);
    m_edges.push_back(edge);
}

/// Edges by what they lead to: a counting sort.
void ObjectOrder::connect()
{
    m_firstTo.assign(m_placed.size() + 1, 0);
    for (const Edge &edge : m_edges)
        ++m_firstTo[edge.to + 1];
    std::partial_sum(m_firstTo.begin(), m_firstTo.end(), m_firstTo.begin());
    std::vector<std::uint32_t> next = m_firstTo;
    m_leading.resize(m_edges.size());
    for (std::uint32_t i = 0; i < m_edges.size(); ++i)
        m_leading[next[m_edges[i].to]++] = i;
}

void ObjectOrder::cut(Edge &edge)
{
    edge.cut = true;
    if (edge.tie == Tie::Nullable)
        cuttable(*edge.reference).forEach([&](std::size_t column) { m_placed[edge.from].late.insert(column); });
}

std::vector<ObjectOrder::Placed> ObjectOrder::run()
{
    if (const std::vector<std::uint32_t> left = place(); !left.empty()) {
        cutCircles(left);
        (void)place();
    }
    std::stable_sort(m_placed.begin(), m_placed.end(),
                     [](const Placed &a, const Placed &b) { return a.level < b.level; });
    return std::move(m_placed);
}

/// Kahn's algorithm. Returns what it does not reach: circles, and what leads to them.
std::vector<std::uint32_t> ObjectOrder::place()
{
    std::vector<std::uint32_t> waiting(m_placed.size(), 0);
    for (const Edge &edge : m_edges)
        waiting[edge.from] += edge.cut ? 0 : 1;
    std::vector<std::uint32_t> ready;
    for (std::uint32_t at = 0; at < m_placed.size(); ++at) {
        m_placed[at].level = 0;
        if (waiting[at] == 0)
            ready.push_back(at);
    }
    for (std::size_t i = 0; i < ready.size(); ++i)
        for (std::uint32_t lead = m_firstTo[ready[i]]; lead < m_firstTo[ready[i] + 1]; ++lead) {
            const Edge &edge = m_edges[m_leading[lead]];
            if (edge.cut)
                continue;
            m_placed[edge.from].level = std::max(m_placed[edge.from].level, m_placed[edge.to].level + 1);
            if (--waiting[edge.from] == 0)
                ready.push_back(edge.from);
        }
    std::vector<std::uint32_t> left;
    for (std::uint32_t at = 0; at < m_placed.size(); ++at)
        if (waiting[at] != 0)
            left.push_back(at);
    return left;
}

void ObjectOrder::cutCircles(const std::vector<std::uint32_t> &left)
{
    m_circle.assign(m_placed.size(), 0);
    m_counts.assign(m_placed.size(), {});
    std::uint32_t number = 0;
    Graph graph{m_firstFrom, {}};
    for (const Edge &edge : m_edges)
        graph.targets.push_back(edge.to);
    for (const std::vector<std::uint32_t> &circle : circles(graph, left))
        cutCircle(circle, ++number);
}

/// Takes objects out of the circle one by one: those that wait for nothing in it, or else the first that waits only
/// for keys that can be NULL.
void ObjectOrder::cutCircle(const std::vector<std::uint32_t> &circle, std::uint32_t number)
{
    for (const std::uint32_t member : circle)
        m_circle[member] = number;
    std::vector<std::uint32_t> ready;
    std::vector<std::uint32_t> possible;
    for (const std::uint32_t member : circle) {
        Counts &counts = m_counts[member];
        for (std::uint32_t edge = m_firstFrom[member]; edge < m_firstFrom[member + 1]; ++edge)
            if (inCircle(m_edges[edge], number)) {
                ++counts.all;
                counts.firm += m_edges[edge].tie == Tie::Firm ? 1 : 0;
            }
        if (counts.firm == 0)
            possible.push_back(member);
    }
    std::size_t nextReady = 0;
    std::size_t nextPossible = 0;
    for (std::size_t taken = 0; taken < circle.size(); ++taken) {
        while (nextPossible < possible.size() && m_circle[possible[nextPossible]] != number)
            ++nextPossible;
        if (nextReady == ready.size() && nextPossible == possible.size())
            refuse(*std::find_if(circle.begin(), circle.end(), [&](auto m) { return m_circle[m] == number; }), number);
        const std::uint32_t at = nextReady < ready.size() ? ready[nextReady++] : possible[nextPossible];
        cutWhatWaits(at, number);
        for (std::uint32_t lead = m_firstTo[at]; lead < m_firstTo[at + 1]; ++lead) {
            const Edge &edge = m_edges[m_leading[lead]];
            if (!inCircle(edge, number))
                continue;
            Counts &counts = m_counts[edge.from];
            const bool firm = edge.tie == Tie::Firm;
            counts.firm -= firm ? 1 : 0;
            if (--counts.all == 0)
                ready.push_back(edge.from);
            else if (firm && counts.firm == 0)
                possible.push_back(edge.from);
        }
        m_circle[at] = 0;
    }
}

void ObjectOrder::cutWhatWaits(std::uint32_t at, std::uint32_t number)
{
    for (std::uint32_t edge = m_firstFrom[at]; edge < m_firstFrom[at + 1]; ++edge)
        if (inCircle(m_edges[edge], number))
            cut(m_edges[edge]);
}

void ObjectOrder::refuse(std::uint32_t start, std::uint32_t number) const
{
    std::vector<std::uint32_t> path{start};
    std::vector<std::string> steps;
    for (;;) {
        const std::uint32_t at = path.back();
        std::uint32_t edge = m_firstFrom[at];
        while (!inCircle(m_edges[edge], number) || m_edges[edge].tie != Tie::Firm)
            ++edge;
        steps.push_back(nameOf(*m_edges[edge].reference) + " (" + m_edges[edge].reference->target->name() + ")");
        const std::uint32_t to = m_edges[edge].to;
        const auto seen = std::find(path.begin(), path.end(), to);
        if (seen == path.end()) {
            path.push_back(to);
            continue;
        }
        std::string text;
        for (auto step = steps.begin() + (seen - path.begin()); step != steps.end(); ++step)
            text += (text.empty() ? "" : ", ") + *step;
        throw Argument("objects of " + m_placed[to].state->mapper->name() +
                       " depend on each other in a circle, and no foreign key of it can be NULL for a while: " + text +
                       ". Let one of its columns be NULL, or flush an object before it is linked to the others.");
    }
}

} // namespace orm
