#include "ormcore/session/flush_statements.h"

#include "ormcore/mapping/object_graph.h"

#include <algorithm>

namespace orm {

bool checksVersion(const FlushStep &step) noexcept
{
    return step.mapper->version() && !step.near && step.kind != FlushStep::Kind::Insert && !step.extra;
}

Value rowValue(const FlushStep &step, const State &row, std::size_t column)
{
    const auto &keys = row.mapper->keys();
    const auto part = std::find(keys.begin(), keys.end(), column);
    // A key that changes: the root's table has been updated, and the other tables of the class have followed it.
    const bool followed = step.kind == FlushStep::Kind::Update && step.mapper->hierarchy().tables.size() > 1 &&
                          row.history && row.history->changed.contains(column);
    if (part != keys.end() && row.has(State::HasIdentity) && !followed)
        return identityValue(row, static_cast<std::size_t>(part - keys.begin()));
    return part != keys.end() ? columnValue(row, column) : storedValue(row, column);
}

std::string rowName(const State &row)
{
    if (!row.has(State::HasIdentity))
        return "a new " + row.mapper->name();
    std::string key;
    for (std::size_t i = 0; i < row.mapper->keys().size(); ++i)
        key += (i == 0 ? "" : ", ") + identityValue(row, i).toString();
    return row.mapper->table().name().toString() + " (" + key + ")";
}

bool makesKeys(const FlushStep &step)
{
    const std::uint16_t key = step.mapper->keys()[0];
    return step.kind == FlushStep::Kind::Insert && !step.near && step.mapper->columns()[key].generatedKey &&
           !step.columns.contains(key);
}

void forgetKey(State &state)
{
    const MappedColumn &key = state.mapper->columns()[state.mapper->keys()[0]];
    setFieldValue(key.field, state.at(key.offset), key.field.canBeNull() ? Value() : Value(0));
}

std::vector<std::uint16_t> filledByServer(const FlushStep &step)
{
    std::vector<std::uint16_t> filled;
    if (step.kind == FlushStep::Kind::Update)
        filled = step.mapper->computed();
    if (step.kind == FlushStep::Kind::Insert && !step.near) {
        const auto &columns = step.mapper->columns();
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (!step.columns.contains(i) && !columns[i].generatedKey && !columns[i].property)
                filled.push_back(static_cast<std::uint16_t>(i));
    }
    const ColumnSet &here = step.mapper->hierarchy().tables.back().columns;
    std::erase_if(filled, [&](std::uint16_t column) { return !here.contains(column); });
    return filled;
}

namespace {

Expression rowCondition(const FlushStep &step, const StepValues &values)
{
    const Mapper &mapper = *step.mapper;
    Expression condition;
    const auto add = [&](std::uint16_t column) {
        condition = condition && Expression(mapper.ownColumn(column)) == values.stored(column);
    };
    if (step.near) { // link rows have nothing but their columns
        step.columns.forEach([&](std::size_t column) { add(static_cast<std::uint16_t>(column)); });
        return condition;
    }
    for (const std::uint16_t column : mapper.keys())
        add(column);
    if (checksVersion(step))
        add(*mapper.version());
    return condition;
}

std::vector<const Column *> tableColumns(const Mapper &mapper, const std::vector<std::uint16_t> &positions)
{
    std::vector<const Column *> columns;
    for (const std::uint16_t position : positions)
        columns.push_back(mapper.columns()[position].column);
    return columns;
}

} // namespace

Statement stepStatement(const FlushStep &step, const StepValues &values, const std::vector<std::uint16_t> &returning)
{
    const Mapper &mapper = *step.mapper;
    if (step.kind == FlushStep::Kind::Delete)
        return Delete{&mapper.table(), rowCondition(step, values)};
    if (step.kind == FlushStep::Kind::Update) {
        Update update;
        update.table = &mapper.table();
        step.columns.forEach(
            [&](std::size_t i) { update.assignments.emplace_back(&mapper.ownColumn(i), values.written(i)); });
        update.condition = rowCondition(step, values);
        update.returning = tableColumns(mapper, returning);
        return update;
    }
    Insert insert;
    insert.table = &mapper.table();
    step.columns.forEach([&](std::size_t i) {
        insert.columns.push_back(&mapper.ownColumn(i));
        insert.values.push_back(values.written(i));
    });
    insert.returning = tableColumns(mapper, returning);
    return insert;
}

} // namespace orm
