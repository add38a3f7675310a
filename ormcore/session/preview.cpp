#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/flush_links.h"

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
            if (step.kind == FlushStep::Kind::Insert && !step.near)
                for (const State *state : step.states)
                    m_numbers.emplace(state, ++counters[step.mapper]);
    }

    [[nodiscard]] Expression value(const State &state, std::size_t i) const
    {
        const MappedColumn &mapped = state.mapper->columns()[i];
        if (state.history)
            for (const Link &link : state.history->links)
                if (const auto key = linkedKey(state, link, i))
                    return key;
        const Value value = columnValue(state, i);
        return bind(value.isNull() && mapped.initial && !isExplicit(state, i) ? *mapped.initial : value,
                    mapped.column->type);
    }

    [[nodiscard]] Expression linkedKey(const State &state, const Link &link, std::size_t i) const
    {
        const Reference &reference = state.mapper->references()[link.reference];
        if (!link.parent)
            return {};
        for (std::size_t part = 0; part < reference.columns.size(); ++part)
            if (reference.columns[part] == i)
                return keyToCome(*link.parent, reference, part);
        return {};
    }

    /// A name for a key that the database is still to make; nothing where the key is known.
    [[nodiscard]] Expression keyToCome(const State &parent, const Reference &reference, std::size_t part) const
    {
        const auto number = m_numbers.find(&parent);
        if (number == m_numbers.end() || keyKnown(parent, reference))
            return {};
        const Mapper &target = *reference.target;
        return text("\\:" + target.table().name().name + "_" + std::to_string(number->second) + "_" +
                    target.columns()[reference.targetColumns[part]].column->name);
    }

    [[nodiscard]] Statement links(const FlushStep &step, std::size_t row) const
    {
        const auto &columns = step.mapper->columns();
        Insert insert;
        insert.table = &step.mapper->table();
        Delete removal{insert.table, {}};
        step.columns.forEach([&](std::size_t i) {
            const LinkCell cell = linkCell(step, row, static_cast<std::uint16_t>(i));
            Expression value = keyToCome(*cell.state, *cell.reference, cell.part);
            if (!value.pointer())
                value = bind(linkValue(step, cell), columns[i].column->type);
            insert.columns.push_back(columns[i].column);
            insert.values.push_back(value);
            removal.condition = removal.condition && Expression(*columns[i].column) == value;
        });
        if (step.kind == FlushStep::Kind::Delete)
            return removal;
        return insert;
    }

    [[nodiscard]] static Expression keyCondition(const State &state)
    {
        Expression condition;
        for (std::size_t i = 0; i < state.mapper->keys().size(); ++i) {
            const Column &column = *state.mapper->columns()[state.mapper->keys()[i]].column;
            condition = condition && Expression(column) == bind(identityValue(state, i), column.type);
        }
        return condition;
    }

    [[nodiscard]] Statement statement(const FlushStep &step, const State &state) const
    {
        const Mapper &mapper = *step.mapper;
        if (step.kind == FlushStep::Kind::Delete)
            return Delete{&mapper.table(), keyCondition(state)};
        if (step.kind == FlushStep::Kind::Update) {
            Update update;
            update.table = &mapper.table();
            step.columns.forEach(
                [&](std::size_t i) { update.assignments.emplace_back(mapper.columns()[i].column, value(state, i)); });
            update.condition = keyCondition(state);
            return update;
        }
        Insert insert;
        insert.table = &mapper.table();
        step.columns.forEach([&](std::size_t i) {
            insert.columns.push_back(mapper.columns()[i].column);
            insert.values.push_back(value(state, i));
        });
        return insert;
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
