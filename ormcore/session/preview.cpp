#include "ormcore/mapping/defaults.h"
#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/flush_links.h"
#include "ormcore/session/flush_statements.h"

#include <unordered_map>

namespace orm {

namespace {

/// Writes a plan's statements with their values, and a name for each key that the database will make.
class PlanWriter {
public:
    PlanWriter(const FlushPlan &plan, const Dialect &dialect) : m_plan(plan), m_dialect(dialect) { number(); }

    std::vector<FlushPlan::Text> write()
    {
        std::vector<FlushPlan::Text> texts;
        for (const FlushStep &step : m_plan.steps)
            for (std::size_t row = 0; row < step.states.size(); ++row)
                texts.push_back({&step, step.states[row],
                                 m_dialect.preview(step.near ? links(step, row) : statement(step, *step.states[row]))});
        return texts;
    }

private:
    void number()
    {
        std::unordered_map<const Mapper *, int> counters;
        for (const FlushStep &step : m_plan.steps)
            if (step.kind == FlushStep::Kind::Insert && !step.near && !step.extra)
                for (const State *state : step.states)
                    m_numbers.emplace(state, ++counters[&step.mapper->root()]);
    }

    [[nodiscard]] Expression value(const FlushStep &step, const State &state, std::size_t i) const
    {
        const MappedColumn &mapped = state.mapper->columns()[i];
        if (step.extra && mapped.key && keyIsToCome(state, i))
            return keyToCome(state, i);
        if (step.nulls.contains(i))
            return bind(Value(), mapped.column->type);
        if (state.mapper->version() == i && !step.extra)
            return bind(nextVersion(step, state), mapped.column->type);
        if (state.history)
            for (const Link &link : state.history->links)
                if (const auto key = linkedKey(state, link, i))
                    return key;
        const Value value = columnValue(state, i);
        if (mapped.defaults) {
            // a default may count, so that it is not called for people
            if (awaitsDefault(state, i))
                return mapped.defaults->insert ? placeholder(state, i)
                                               : bind(*mapped.defaults->constant, mapped.column->type);
            if (mapped.defaults->update && !isNew(state) && !state.history->changed.contains(i))
                return placeholder(state, i);
        }
        return bind(value, mapped.column->type);
    }

    [[nodiscard]] static Value nextVersion(const FlushStep &step, const State &state)
    {
        const Mapper &mapper = *state.mapper;
        return mapper.nextVersion(step.kind == FlushStep::Kind::Insert ? Value()
                                                                       : storedValue(state, *mapper.version()));
    }

    [[nodiscard]] Expression linkedKey(const State &state, const Link &link, std::size_t i) const
    {
        const Reference &reference = state.mapper->references()[link.reference];
        if (!link.parent || keyKnown(*link.parent, reference))
            return {};
        for (std::size_t part = 0; part < reference.columns.size(); ++part)
            if (reference.columns[part] == i)
                return keyToCome(*link.parent, reference.targetColumns[part]);
        return {};
    }

    /// Empty: the object is not inserted by this plan.
    [[nodiscard]] Expression keyToCome(const State &state, std::size_t column) const
    {
        return m_numbers.count(&state) == 0 ? Expression() : placeholder(state, column);
    }

    [[nodiscard]] Expression placeholder(const State &state, std::size_t column) const
    {
        const auto number = m_numbers.find(&state);
        return text("\\:" + state.mapper->root().table().name().name + "_" +
                    (number == m_numbers.end() ? "" : std::to_string(number->second) + "_") +
                    state.mapper->columns()[column].column->name);
    }

    [[nodiscard]] Expression stored(const FlushStep &step, State &state, std::size_t column) const
    {
        const State &row = m_plan.rowOf(state);
        const MappedColumn &mapped = row.mapper->columns()[column];
        if (!row.has(State::HasIdentity) && keyIsToCome(row, column))
            return keyToCome(row, column);
        return bind(rowValue(step, row, column), mapped.column->type);
    }

    [[nodiscard]] Statement links(const FlushStep &step, std::size_t row) const
    {
        const auto value = [&](std::size_t i) {
            const LinkCell cell = linkCell(step, row, static_cast<std::uint16_t>(i));
            const Expression key = keyKnown(*cell.state, *cell.reference)
                                       ? Expression()
                                       : keyToCome(*cell.state, cell.reference->targetColumns[cell.part]);
            return key.pointer() ? key : bind(linkValue(step, cell), step.mapper->columns()[i].column->type);
        };
        return stepStatement(step, {value, value});
    }

    [[nodiscard]] Statement statement(const FlushStep &step, State &state) const
    {
        return stepStatement(step, {[&](std::size_t i) { return value(step, state, i); },
                                    [&](std::size_t i) { return stored(step, state, i); }});
    }

    const FlushPlan &m_plan;
    const Dialect &m_dialect;
    std::unordered_map<const State *, int> m_numbers;
};

} // namespace

std::vector<FlushPlan::Text> FlushPlan::statements(const Dialect &dialect) const
{
    return PlanWriter(*this, dialect).write();
}

} // namespace orm
