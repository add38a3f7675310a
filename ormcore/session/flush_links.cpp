#include "ormcore/session/flush_links.h"

#include "ormcore/mapping/object_graph.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace orm {

namespace {

using Group = std::vector<State *>;

class Collector {
public:
    Collector(const FlushInput &input, const Group &changed) : m_input(input), m_changed(changed)
    {
        m_saved.insert(input.pending.begin(), input.pending.end());
        m_deleted.insert(input.deleted.begin(), input.deleted.end());
    }

    std::vector<LinkChange> run()
    {
        for (const Group *states : {&m_changed, &m_input.pending})
            for (State *state : *states)
                if (state->has(State::LinkChanges))
                    visit(*state);
        return std::move(m_links);
    }

private:
    void visit(State &state)
    {
        for (const Relationship &relationship : state.mapper->relationships()) {
            const LinkList *list =
                relationship.kind == RelationKind::ManyToMany ? slotOf(state, relationship).list() : nullptr;
            if (!list)
                continue;
            for (State *other : list->removed)
                add(state, relationship, *other, true);
            for (State *other : list->added)
                add(state, relationship, *other, false);
        }
    }

    void add(State &state, const Relationship &relationship, State &other, bool removed)
    {
        LinkChange link{relationship.reference, relationship.farReference, &state, &other, removed};
        if (link.far->index < link.near->index) {
            std::swap(link.near, link.far);
            std::swap(link.from, link.to);
        }
        const bool wanted = removed ? hasRow(*link.from) && hasRow(*link.to) && !goesAnyway(*link.from, *link.near) &&
                                          !goesAnyway(*link.to, *link.far)
                                    : isSaved(*link.from) && isSaved(*link.to);
        if (wanted && m_seen.insert(link).second)
            m_links.push_back(link);
    }

    static bool hasRow(const State &state) { return state.has(State::HasIdentity) && state.life != Life::Deleted; }
    [[nodiscard]] bool isDeleted(State &state) const { return m_deleted.count(&state) != 0; }
    [[nodiscard]] bool isSaved(State &state) const
    {
        return !isDeleted(state) && (hasRow(state) || m_saved.count(&state) != 0);
    }
    /// All links of the object are deleted with it.
    [[nodiscard]] bool goesAnyway(State &state, const Reference &reference) const
    {
        const auto &taken = state.mapper->linkReferences();
        return isDeleted(state) && std::find(taken.begin(), taken.end(), &reference) != taken.end();
    }

    const FlushInput &m_input;
    const Group &m_changed;
    std::unordered_set<State *> m_saved;
    std::unordered_set<State *> m_deleted;
    std::set<LinkChange> m_seen;
    std::vector<LinkChange> m_links;
};

} // namespace

std::vector<LinkChange> linkChanges(const FlushInput &input, const std::vector<State *> &changed)
{
    const auto has = [](const State *state) { return state->has(State::LinkChanges); };
    if (std::none_of(changed.begin(), changed.end(), has) &&
        std::none_of(input.pending.begin(), input.pending.end(), has))
        return {};
    return Collector(input, changed).run();
}

namespace {

FlushStep linkStep(FlushStep::Kind kind, const Reference &near, const Reference *far)
{
    FlushStep step;
    step.kind = kind;
    step.mapper = near.owner;
    step.near = &near;
    step.far = far;
    for (const Reference *reference : {&near, far})
        if (reference)
            for (const std::uint16_t column : reference->columns)
                step.columns.insert(column);
    return step;
}

} // namespace

void addLinkSteps(FlushPlan &plan, const std::vector<LinkChange> &links)
{
    for (const bool removed : {true, false}) {
        const auto kind = removed ? FlushStep::Kind::Delete : FlushStep::Kind::Insert;
        std::vector<FlushStep> steps;
        for (const LinkChange &link : links) {
            if (link.removed != removed)
                continue;
            auto found = std::find_if(steps.begin(), steps.end(), [&](const FlushStep &step) {
                return step.near == link.near && step.far == link.far;
            });
            if (found == steps.end())
                found = steps.insert(found, linkStep(kind, *link.near, link.far));
            found->states.push_back(link.from);
            found->partners.push_back(link.to);
        }
        std::move(steps.begin(), steps.end(), std::back_inserter(plan.steps));
    }
}

void addToUnlinks(std::vector<FlushStep> &steps, const Reference &reference, State &state)
{
    auto found = std::find_if(steps.begin(), steps.end(), [&](const FlushStep &s) { return s.near == &reference; });
    if (found == steps.end())
        found = steps.insert(found, linkStep(FlushStep::Kind::Delete, reference, nullptr));
    found->states.push_back(&state);
}

LinkCell linkCell(const FlushStep &step, std::size_t row, std::uint16_t column)
{
    for (const Reference *reference : {step.near, step.far})
        for (std::size_t part = 0; reference && part < reference->columns.size(); ++part)
            if (reference->columns[part] == column)
                return {reference == step.near ? step.states[row] : step.partners[row], reference, part};
    return {};
}

Value linkValue(const FlushStep &step, const LinkCell &cell)
{
    const Reference &reference = *cell.reference;
    const bool byIdentity =
        reference.targetsKey && cell.state->has(State::HasIdentity) && (!step.far || cell.state->needsLoad());
    if (byIdentity)
        return identityValue(*cell.state, cell.part);
    ensureLoaded(*cell.state, reference.targetColumns[cell.part]);
    return columnValue(*cell.state, reference.targetColumns[cell.part]);
}

} // namespace orm
