#include "ormcore/session/flush_execution.h"

#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/flush_links.h"
#include "ormcore/session/row.h"

namespace orm {

namespace {

struct ResetAtEnd {
    DriverStatement &statement;
    ~ResetAtEnd() { statement.reset(); }
};

/// The link rows of a step: all of its columns are compared.
Expression linkCondition(const FlushStep &step)
{
    Expression condition;
    step.columns.forEach([&](std::size_t i) {
        const Column &column = *step.mapper->columns()[i].column;
        condition = condition && Expression(column) == bind(Value(0), column.type);
    });
    return condition;
}

Expression keyCondition(const Mapper &mapper)
{
    Expression condition;
    for (const std::uint16_t column : mapper.keys())
        condition = condition && Expression(*mapper.columns()[column].column) ==
                                     bind(Value(0), mapper.columns()[column].column->type);
    return condition;
}

/// A statement with placeholders: the values are bound row by row.
Statement writeStatement(const FlushStep &step, const std::vector<std::uint16_t> &returning)
{
    const Mapper &mapper = *step.mapper;
    const auto slot = [&](std::size_t i) { return bind(Value(0), mapper.columns()[i].column->type); };
    if (step.kind == FlushStep::Kind::Delete)
        return Delete{&mapper.table(), step.near ? linkCondition(step) : keyCondition(mapper)};
    if (step.kind == FlushStep::Kind::Update) {
        Update update;
        update.table = &mapper.table();
        step.columns.forEach(
            [&](std::size_t i) { update.assignments.emplace_back(mapper.columns()[i].column, slot(i)); });
        update.condition = keyCondition(mapper);
        return update;
    }
    Insert insert;
    insert.table = &mapper.table();
    step.columns.forEach([&](std::size_t i) {
        insert.columns.push_back(mapper.columns()[i].column);
        insert.values.push_back(slot(i));
    });
    for (const std::uint16_t column : returning)
        insert.returning.push_back(mapper.columns()[column].column);
    return insert;
}

/// What the server fills in at an INSERT, apart from a single key, which the driver knows.
std::vector<std::uint16_t> filledByServer(const FlushStep &step)
{
    std::vector<std::uint16_t> filled;
    if (step.kind != FlushStep::Kind::Insert || step.near)
        return filled;
    const auto &columns = step.mapper->columns();
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (!step.columns.contains(i) && !columns[i].generatedKey)
            filled.push_back(static_cast<std::uint16_t>(i));
    return filled;
}

void bindKey(RowBinder &binder, const State &state)
{
    for (std::size_t i = 0; i < state.mapper->keys().size(); ++i)
        binder.value(identityValue(state, i), state.mapper->columns()[state.mapper->keys()[i]].column->type);
}

[[noreturn]] void stale(const State &state, const std::string &what)
{
    std::string key;
    for (std::size_t i = 0; i < state.mapper->keys().size(); ++i)
        key += (i == 0 ? "" : ", ") + identityValue(state, i).toString();
    throw StaleRow(state.mapper->table().name().toString() + " (" + key + "): " + what);
}

void checkOne(const State &state, std::int64_t rows)
{
    if (rows == 0)
        stale(state, "the row was deleted, or its key was changed, by someone else since it was loaded. Nothing was "
                     "written: roll back and load it again.");
    if (rows != 1)
        stale(state, std::to_string(rows) + " rows have this key. Nothing was written.");
}

} // namespace

void FlushExecution::run(const FlushPlan &plan)
{
    if (m_core.m_options.conflictCheck == ConflictCheck::LoadedRow)
        for (const FlushStep &step : plan.steps) // before anything is written
            if (step.kind != FlushStep::Kind::Insert && !step.near)
                checkUnchanged(step);
    for (const FlushStep &step : plan.steps) {
        if (step.near) {
            writeLinks(step);
            continue;
        }
        switch (step.kind) {
        case FlushStep::Kind::Insert:
            insert(step);
            break;
        case FlushStep::Kind::Update:
            update(step);
            break;
        case FlushStep::Kind::Delete:
            remove(step);
            break;
        }
    }
}

PreparedStatements::Write &FlushExecution::statement(const FlushStep &step)
{
    auto &writes = m_core.prepared(*step.mapper).writes;
    for (PreparedStatements::Write &known : writes)
        if (known.kind == step.kind && known.links == (step.near != nullptr) && known.columns == step.columns)
            return known;
    std::vector<std::uint16_t> filled = filledByServer(step);
    if (!m_connection.dialect().capabilities().returning)
        filled.clear();
    auto compiled = m_connection.compile(writeStatement(step, filled));
    DriverStatement &prepared = m_connection.prepared(compiled);
    return writes.emplace_back(PreparedStatements::Write{step.kind, step.near != nullptr, step.columns,
                                                         std::move(compiled), &prepared, std::move(filled)});
}

/// Now that the parents of earlier steps have their keys.
void FlushExecution::followLinks(State &state) const
{
    if (!state.history)
        return;
    for (std::size_t i = 0; i < state.history->links.size(); ++i) {
        const Link link = state.history->links[i];
        const Reference &reference = state.mapper->references()[link.reference];
        if (link.parent && !keyKnown(*link.parent, reference)) {
            throw Argument(state.mapper->name() + " is linked to a " + reference.target->name() +
                           " that is not in the session, so its foreign key is not known");
        } else if (link.parent) {
            copyKey(state, reference, *link.parent);
        } else if (!reference.nullable) {
            std::vector<std::string> columns;
            for (const std::uint16_t column : reference.columns)
                columns.push_back(state.mapper->table().name().name + "." +
                                  state.mapper->columns()[column].column->name);
            throw Integrity(state.mapper->name() + " was taken from its " + reference.target->name() +
                                ", but its foreign key cannot be NULL: give it another one, or remove it",
                            IntegrityKind::NotNull, reference.key->name, std::move(columns));
        }
    }
}

void FlushExecution::absorbReturned(DriverStatement &row, State &state, const std::vector<std::uint16_t> &columns) const
{
    int position = 0;
    for (const std::uint16_t column : columns) {
        const MappedColumn &mapped = state.mapper->columns()[column];
        readField(mapped, state.at(mapped.offset), row, position++);
    }
}

void FlushExecution::insert(const FlushStep &step)
{
    PreparedStatements::Write &write = statement(step);
    DriverStatement &prepared = *write.statement;
    const auto &columns = step.mapper->columns();
    std::vector<std::uint16_t> written;
    step.columns.forEach([&](std::size_t i) { written.push_back(static_cast<std::uint16_t>(i)); });
    const MappedColumn *key = nullptr;
    if (const MappedColumn &first = columns[step.mapper->keys()[0]];
        first.generatedKey && !step.columns.contains(step.mapper->keys()[0]))
        key = &first;
    const std::vector<std::uint16_t> filled = filledByServer(step);
    RowBinder binder(prepared);
    const ResetAtEnd reset{prepared};
    for (State *state : step.states) {
        followLinks(*state);
        binder.beginRow();
        for (const std::uint16_t i : written) {
            void *member = state->at(columns[i].offset);
            if (columns[i].initial && fieldIsNull(columns[i].field, member) && !isExplicit(*state, i))
                setFieldValue(columns[i].field, member, *columns[i].initial);
            binder.field(columns[i], member);
        }
        while (prepared.step())
            absorbReturned(prepared, *state, write.returning);
        if (key && key->field == FieldType{FieldKind::Int64, false})
            *static_cast<std::int64_t *>(state->at(key->offset)) = prepared.lastInsertId();
        else if (key)
            setFieldValue(key->field, state->at(key->offset), Value(prepared.lastInsertId()));
        if (write.returning.empty() && !filled.empty()) {
            for (const std::uint16_t column : filled)
                state->remembered().unloaded.insert(column);
            state->raise(State::Partial);
        }
        prepared.reset();
    }
}

void FlushExecution::update(const FlushStep &step)
{
    DriverStatement &prepared = *statement(step).statement;
    const auto &columns = step.mapper->columns();
    RowBinder binder(prepared);
    const ResetAtEnd reset{prepared};
    for (State *state : step.states) {
        followLinks(*state);
        binder.beginRow();
        step.columns.forEach([&](std::size_t i) { binder.field(columns[i], state->at(columns[i].offset)); });
        bindKey(binder, *state);
        while (prepared.step()) {
        }
        checkOne(*state, prepared.rowsAffected());
        prepared.reset();
    }
}

void FlushExecution::remove(const FlushStep &step)
{
    DriverStatement &prepared = *statement(step).statement;
    RowBinder binder(prepared);
    const ResetAtEnd reset{prepared};
    for (State *state : step.states) {
        binder.beginRow();
        bindKey(binder, *state);
        while (prepared.step()) {
        }
        checkOne(*state, prepared.rowsAffected());
        prepared.reset();
    }
}

void FlushExecution::writeLinks(const FlushStep &step)
{
    DriverStatement &prepared = *statement(step).statement;
    const auto &columns = step.mapper->columns();
    RowBinder binder(prepared);
    const ResetAtEnd reset{prepared};
    for (std::size_t row = 0; row < step.states.size(); ++row) {
        binder.beginRow();
        step.columns.forEach([&](std::size_t i) {
            const LinkCell cell = linkCell(step, row, static_cast<std::uint16_t>(i));
            binder.value(linkValue(step, cell), columns[i].column->type);
        });
        while (prepared.step()) {
        }
        if (step.far && prepared.rowsAffected() != 1)
            throw StaleRow(step.mapper->table().name().toString() + ": the link between a " +
                           step.near->target->name() + " and a " + step.far->target->name() +
                           " was deleted by someone else since it was loaded. Nothing was written: roll back and load "
                           "them again.");
        prepared.reset();
    }
}

void FlushExecution::compareRow(DriverStatement &row, const State &state) const
{
    const auto &columns = state.mapper->columns();
    std::string differing;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool known = state.history && state.history->original(i);
        const bool blind = state.history && state.history->changed.contains(i) && !known;
        if (!columnLoaded(state, i) || blind || columns[i].computed)
            continue;
        const Value now = row.value(static_cast<int>(i), columns[i].column->type);
        // The database's value takes the way through the member that the object's value has taken.
        const Value before = storedValue(state, i);
        if (now == before || Value::compare(now, before) == std::strong_ordering::equal)
            continue;
        differing += (differing.empty() ? "" : ", ") + columns[i].column->name + " is now " + now.toString() +
                     ", was " + before.toString();
    }
    if (!differing.empty())
        stale(state, "the row was changed by someone else since it was loaded: " + differing +
                         ". Nothing was written: roll back and load it again.");
}

void FlushExecution::checkUnchanged(const FlushStep &step)
{
    Select select;
    select.from(step.mapper->table());
    for (const MappedColumn &mapped : step.mapper->columns())
        select.columnList.emplace_back(*mapped.column);
    select.condition = keyCondition(*step.mapper);
    DriverStatement &prepared = m_connection.prepared(m_connection.compile(select));
    RowBinder binder(prepared);
    const ResetAtEnd reset{prepared};
    for (const State *state : step.states) {
        if (state->has(State::Expired))
            continue;
        binder.beginRow();
        bindKey(binder, *state);
        if (!prepared.step())
            checkOne(*state, 0);
        compareRow(prepared, *state);
        prepared.reset();
    }
}

} // namespace orm
