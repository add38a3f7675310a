#include "ormcore/session/flush_execution.h"

#include "ormcore/engine/statement_log.h"
#include "ormcore/mapping/defaults.h"
#include "ormcore/mapping/object_graph.h"
#include "ormcore/session/flush_links.h"
#include "ormcore/session/flush_statements.h"
#include "ormcore/session/row.h"

#include <algorithm>

namespace orm {

namespace {

Expression slot(const Mapper &mapper, std::size_t column)
{
    return bind(Value(0), mapper.columns()[column].column->type);
}

void bindStored(RowBinder &binder, const FlushStep &step, const State &row, std::size_t column)
{
    binder.value(rowValue(step, row, column), row.mapper->columns()[column].column->type);
}

void checkOne(const FlushStep &step, const State &row, const Value &version, std::int64_t rows)
{
    if (rows == 1)
        return;
    if (rows > 1)
        throw StaleRow(rowName(row) + ": " + std::to_string(rows) + " rows have this key. Nothing was written.");
    throw StaleRow(rowName(row) + ": the row was deleted, or its key" +
                   (checksVersion(step) ? " or its version " + version.toString() : "") +
                   " was changed, by someone else since it was loaded. Nothing was written: roll back and load it "
                   "again.");
}

/// A foreign key that is NULL for now has its parent already.
void fillDefaults(State &state, const FlushStep &step)
{
    step.columns.forEach([&](std::size_t i) {
        if (!step.nulls.contains(i))
            applyInsertDefault(state, i);
    });
}

/// They are read anew when they are looked at.
void forgetColumns(State &state, const std::vector<std::uint16_t> &columns)
{
    if (columns.empty() || state.has(State::Expired))
        return;
    for (const std::uint16_t column : columns)
        state.remembered().unloaded.insert(column);
    state.raise(State::Partial);
}

/// A link that this statement cannot follow yet, because the circle that it belongs to is cut there.
bool isCut(const FlushStep &step, const Reference &reference)
{
    return std::any_of(reference.columns.begin(), reference.columns.end(), [&](std::uint16_t column) {
        return step.nulls.contains(column) || !step.columns.contains(column);
    });
}

} // namespace

void refuseNull(const State &state, const Reference &reference)
{
    std::vector<std::string> columns;
    std::string keys;
    for (const std::uint16_t column : reference.columns) {
        const MappedColumn &mapped = state.mapper->columns()[column];
        columns.push_back(state.mapper->table().name().name + "." + mapped.column->name);
        if (mapped.key)
            keys += (keys.empty() ? "" : ", ") + columns.back();
    }
    const std::string why = keys.empty() ? ", but its foreign key cannot be NULL"
                                         : ", which would blank out the primary key column " + keys;
    throw Integrity(state.mapper->name() + " was taken from its " + reference.target->name() + why +
                        ": give it another one, or remove it",
                    IntegrityKind::NotNull, reference.key->name, std::move(columns));
}

void FlushExecution::bindKey(RowBinder &binder, const FlushStep &step, const State &row)
{
    for (const std::uint16_t column : row.mapper->keys())
        bindStored(binder, step, row, column);
}

void FlushExecution::run()
{
    try {
        runSteps();
    } catch (...) { // no row has the keys that were made
        for (const FlushStep &step : m_plan.steps)
            if (makesKeys(step))
                std::for_each(step.states.begin(), step.states.end(), [](State *state) { forgetKey(*state); });
        throw;
    }
}

void FlushExecution::runSteps()
{
    if (m_core.m_options.conflictCheck == ConflictCheck::LoadedRow)
        for (const FlushStep &step : m_plan.steps) // before anything is written
            if (step.kind != FlushStep::Kind::Insert && !step.extra && !step.near)
                checkUnchanged(step);
    for (const FlushStep &step : m_plan.steps)
        if (step.near)
            writeLinks(step);
        else
            run(step);
}

void FlushExecution::run(const FlushStep &step)
{
    try {
        switch (step.kind) {
        case FlushStep::Kind::Insert:
            return insert(step);
        case FlushStep::Kind::Update:
            return update(step);
        case FlushStep::Kind::Delete:
            return remove(step);
        }
    } catch (const Integrity &error) {
        if (!m_current)
            throw;
        Integrity named(rowName(*m_current) + ": " + error.what(), error.kind(), error.constraint(), error.columns(),
                        error.context());
        tell(step, named);
        throw named;
    } catch (Error &error) {
        if (m_current)
            tell(step, error);
        throw;
    }
}

std::vector<Value> FlushExecution::writtenValues(const FlushStep &step, const State &state) const
{
    std::vector<Value> values;
    step.columns.forEach(
        [&](std::size_t i) { values.push_back(step.nulls.contains(i) ? Value() : columnValue(state, i)); });
    return values;
}

void FlushExecution::tell(const FlushStep &step, Error &error) const
{
    if (error.context().parameters.empty())
        error.context().parameters =
            parameterText(writtenValues(step, *m_current), m_connection.engine().options().hideParameters);
}

PreparedStatements::Write &FlushExecution::statement(const FlushStep &step)
{
    m_current = nullptr;
    auto &writes = m_core.prepared(*step.mapper).writes;
    for (Write &known : writes)
        if (known.kind == step.kind && known.links == (step.near != nullptr) && known.extra == step.extra &&
            known.columns == step.columns)
            return known;
    const Capabilities &can = m_connection.dialect().capabilities();
    const bool returns = step.kind == FlushStep::Kind::Update ? can.updateReturning : can.returning;
    std::vector<std::uint16_t> filled = filledByServer(step);
    std::vector<std::uint16_t> unknown;
    if (!returns)
        filled.swap(unknown);
    const auto placeholder = [&](std::size_t column) { return slot(*step.mapper, column); };
    auto compiled = m_connection.compile(stepStatement(step, {placeholder, placeholder}, filled));
    DriverStatement &prepared = m_connection.prepared(compiled);
    return writes.emplace_back(Write{step.kind, step.near != nullptr, step.extra, step.columns, std::move(compiled),
                                     &prepared, std::move(filled), std::move(unknown)});
}

/// Now that the parents of earlier steps have their keys.
void FlushExecution::followLinks(const FlushStep &step, State &state) const
{
    if (!state.history)
        return;
    for (std::size_t i = 0; i < state.history->links.size(); ++i) {
        const Link link = state.history->links[i];
        const Reference &reference = state.mapper->references()[link.reference];
        if (link.parent && isCut(step, reference))
            continue;
        if (link.parent && !keyKnown(*link.parent, reference))
            throw Argument(state.mapper->name() + " is linked to a " + reference.target->name() +
                           " that is not in the session, so its foreign key is not known");
        if (link.parent)
            copyKey(state, reference, *link.parent);
        else if (!reference.nullable)
            refuseNull(state, reference);
    }
}

/// Runs the bound statement and takes what the server made.
void FlushExecution::finish(Write &write, State &state) const
{
    DriverStatement &prepared = *write.statement;
    while (prepared.step()) {
        int position = 0;
        for (const std::uint16_t column : write.returning) {
            const MappedColumn &mapped = state.mapper->columns()[column];
            readField(mapped, state.at(mapped.offset), prepared, position++);
        }
    }
    forgetColumns(state, write.unknown);
    if (write.kind != FlushStep::Kind::Delete)
        forgetColumns(state, state.mapper->properties());
}

void FlushExecution::takeKey(const MappedColumn &key, Write &write, State &state) const
{
    if (key.field == FieldType{FieldKind::Int64, false})
        *static_cast<std::int64_t *>(state.at(key.offset)) = write.statement->lastInsertId();
    else
        setFieldValue(key.field, state.at(key.offset), Value(write.statement->lastInsertId()));
}

void FlushExecution::insert(const FlushStep &step)
{
    Write &write = statement(step);
    DriverStatement &prepared = *write.statement;
    const Mapper &mapper = *step.mapper;
    std::vector<std::uint16_t> written;
    bool defaults = false;
    step.columns.forEach([&](std::size_t i) {
        written.push_back(static_cast<std::uint16_t>(i));
        defaults = defaults || mapper.columns()[i].defaults;
    });
    const bool makesKey = makesKeys(step);
    RowBinder binder(prepared);
    const ResetAtEnd reset{prepared};
    for (State *state : step.states) {
        m_current = state;
        const auto &columns = state->mapper->columns(); // its class may be one below the step's
        followLinks(step, *state);
        if (defaults)
            fillDefaults(*state, step);
        if (mapper.version() && !step.extra)
            setFieldValue(columns[*mapper.version()].field, state->at(columns[*mapper.version()].offset),
                          mapper.nextVersion(Value()));
        binder.beginRow();
        for (const std::uint16_t i : written)
            if (step.nulls.contains(i))
                binder.value(Value(), columns[i].column->type);
            else
                binder.field(columns[i], state->at(columns[i].offset));
        finish(write, *state);
        if (makesKey)
            takeKey(columns[mapper.keys()[0]], write, *state);
        prepared.reset();
    }
}

/// Returns the version that the row has.
Value FlushExecution::raiseVersion(State &state, const State &row) const
{
    const MappedColumn &version = state.mapper->columns()[*state.mapper->version()];
    Value before = storedValue(row, *state.mapper->version());
    setFieldValue(version.field, state.at(version.offset), state.mapper->nextVersion(before));
    return before;
}

void FlushExecution::update(const FlushStep &step)
{
    Write &write = statement(step);
    DriverStatement &prepared = *write.statement;
    RowBinder binder(prepared);
    const ResetAtEnd reset{prepared};
    for (State *state : step.states) {
        m_current = state;
        const auto &columns = state->mapper->columns(); // its class may be one below the step's
        const State &row = m_plan.rowOf(*state);
        if (step.nulls.empty())
            followLinks(step, *state);
        if (&row != state)
            fillDefaults(*state, step);
        else
            for (const std::uint16_t i : step.mapper->updateDefaults())
                if (step.columns.contains(i))
                    applyUpdateDefault(*state, i);
        Value version;
        if (checksVersion(step))
            version = raiseVersion(*state, row);
        binder.beginRow();
        step.columns.forEach([&](std::size_t i) {
            if (step.nulls.contains(i))
                binder.value(Value(), columns[i].column->type);
            else
                binder.field(columns[i], state->at(columns[i].offset));
        });
        bindKey(binder, step, row);
        if (checksVersion(step))
            binder.value(version, columns[*step.mapper->version()].column->type);
        finish(write, *state);
        checkOne(step, row, version, prepared.rowsAffected());
        prepared.reset();
    }
}

void FlushExecution::remove(const FlushStep &step)
{
    Write &write = statement(step);
    DriverStatement &prepared = *write.statement;
    RowBinder binder(prepared);
    const ResetAtEnd reset{prepared};
    for (State *state : step.states) {
        m_current = state;
        binder.beginRow();
        bindKey(binder, step, *state);
        Value version;
        if (checksVersion(step)) {
            version = storedValue(*state, *step.mapper->version());
            bindStored(binder, step, *state, *step.mapper->version());
        }
        finish(write, *state);
        checkOne(step, *state, version, prepared.rowsAffected());
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

} // namespace orm
