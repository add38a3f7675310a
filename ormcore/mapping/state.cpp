#include "ormcore/mapping/state.h"

#include "ormcore/base/error.h"
#include "ormcore/mapping/field_visit.h"
#include "ormcore/mapping/object_graph.h"

#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

namespace orm {

Region::~Region()
{
    forEach([](State &state) { clear(state); });
    for (Pool &pool : m_pools)
        for (Slab *slab : pool.slabs)
            std::free(slab);
}

void Region::clear(State &state) noexcept
{
    state.mapper->destroyPayload(state.payload());
    if (state.has(State::WideKey))
        delete[] state.key.values;
    state.~State();
}

State &Region::slotFor(const Mapper &mapper)
{
    if (m_pools.size() <= mapper.index())
        m_pools.resize(mapper.index() + 1);
    Pool &pool = m_pools[mapper.index()];
    if (!pool.free.empty()) {
        State *state = pool.free.back();
        pool.free.pop_back();
        return *state;
    }
    if (pool.slabs.empty() || pool.slabs.back()->used == pool.slabs.back()->capacity) {
        const std::size_t stride = (sizeof(State) + mapper.payloadSize() + 15) / 16 * 16;
        const std::size_t least = sizeof(Slab) + stride;
        const std::size_t bytes = least <= slabSize ? slabSize : (least + slabSize - 1) / slabSize * slabSize;
        void *memory = std::aligned_alloc(slabSize, bytes);
        if (!memory)
            throw std::bad_alloc();
        // A slot's start must lie in the first slabSize bytes: its slab is found by masking the address.
        const std::size_t fitting = least <= slabSize ? (slabSize - sizeof(Slab)) / stride : 1;
        pool.slabs.push_back(new (memory)
                                 Slab{this, static_cast<std::uint32_t>(stride), 0, static_cast<std::uint32_t>(fitting),
                                      static_cast<std::uint32_t>(pool.slabs.size())});
    }
    Slab &slab = *pool.slabs.back();
    return slab.slot(slab.used++);
}

State &Region::create(const Mapper &mapper, void *movable)
{
    State *state = new (&slotFor(mapper)) State;
    try {
        mapper.constructPayload(state->payload(), movable);
    } catch (...) {
        m_pools[mapper.index()].free.push_back(state);
        throw;
    }
    state->mapper = &mapper;
    state->life = Life::Transient;
    ++m_live;
    return *state;
}

void Region::destroy(State &state) noexcept
{
    const std::uint32_t pool = state.mapper->index();
    leaveSiblings(state);
    clear(state);
    new (&state) State;
    --m_live;
    m_pools[pool].free.push_back(&state);
}

std::uint32_t Region::placeOf(const State &state) noexcept
{
    const Slab &slab = Slab::of(state);
    if (slab.number > UINT32_MAX / placesInSlab - 1) // 64 GB of one mapper: they have no siblings
        return 0;
    const auto distance = reinterpret_cast<const char *>(&state) - reinterpret_cast<const char *>(&slab);
    return slab.number * placesInSlab + static_cast<std::uint32_t>(distance / 16);
}

void Region::addSibling(State &state, State &newcomer) noexcept
{
    const std::uint32_t own = placeOf(state);
    const std::uint32_t added = placeOf(newcomer);
    if (own == 0 || added == 0 || own == added)
        return;
    leaveSiblings(newcomer);
    if (state.nextSibling == 0)
        state.nextSibling = state.previousSibling = own;
    newcomer.previousSibling = own;
    newcomer.nextSibling = state.nextSibling;
    at(state, state.nextSibling).previousSibling = added;
    state.nextSibling = added;
}

void Region::leaveSiblings(State &state) noexcept
{
    if (state.nextSibling == 0)
        return;
    State &before = at(state, state.previousSibling);
    before.nextSibling = state.nextSibling;
    at(state, state.nextSibling).previousSibling = state.previousSibling;
    if (state.nextSibling == state.previousSibling) // the last one is alone, and free to join others
        before.nextSibling = before.previousSibling = 0;
    state.nextSibling = state.previousSibling = 0;
}

void Region::close() noexcept
{
    m_closed = true;
    if (m_held == 0)
        delete this;
}

bool columnLoaded(const State &state, std::size_t column) noexcept
{
    if (state.has(State::Expired))
        return false;
    return !state.has(State::Partial) || !state.history->unloaded.contains(column);
}

Value columnValue(const State &state, std::size_t column)
{
    const MappedColumn &mapped = state.mapper->columns()[column];
    return fieldValue(mapped.field, state.at(mapped.offset), mapped.column->type);
}

Value storedValue(const State &state, std::size_t column)
{
    if (state.history)
        if (const Original *original = state.history->original(column))
            return original->value;
    return columnValue(state, column);
}

void ensureLoaded(State &state, std::size_t column)
{
    if (columnLoaded(state, column))
        return;
    if (!state.store)
        throw Detached("a column of " + state.mapper->name() + " is not loaded, and the object's session is gone");
    state.store->loadColumns(state);
}

namespace {

/// Numbers and truth values as the column's type has them, so that a cell compares equal to what comes back.
Value adapted(const Value &value, const Type &type)
{
    const auto wanted = type.valueKind();
    if (!wanted || value.isNull() || value.kind() == *wanted)
        return value;
    if (*wanted == ValueKind::Decimal && value.kind() == ValueKind::Int)
        return Decimal(value.asInt(), 0);
    if (*wanted == ValueKind::Double && value.kind() == ValueKind::Int)
        return static_cast<double>(value.asInt());
    if (*wanted == ValueKind::Bool && value.kind() == ValueKind::Int && (value.asInt() == 0 || value.asInt() == 1))
        return value.asInt() == 1;
    return value;
}

void checkWritable(const State &state, const MappedColumn &mapped)
{
    if (mapped.computed)
        throw Argument("column " + mapped.column->name + " of " + state.mapper->name() + " is computed");
    if (state.mapper->isReadOnly())
        throw Argument(state.mapper->name() + " has no key, so its rows cannot be changed");
}

void loadedNow(State &state, std::size_t column)
{
    if (state.has(State::Expired)) {
        History &history = state.remembered();
        for (std::size_t i = 0; i < state.mapper->columns().size(); ++i)
            history.unloaded.insert(i);
        state.lower(State::Expired);
        state.raise(State::Partial);
    }
    if (state.has(State::Partial)) {
        state.history->unloaded.erase(column);
        if (state.history->unloaded.empty())
            state.lower(State::Partial);
    }
}

/// Only a row has something to compare with: a pending object is inserted as it is then. A detached one may come back.
bool hasRow(const State &state) noexcept { return state.life == Life::Persistent || state.life == Life::Detached; }

void noteChange(State &state, std::size_t column, bool wasLoaded, Value &&old)
{
    if (hasRow(state)) {
        History &history = state.remembered();
        if (wasLoaded && !history.changed.contains(column) && !history.original(column))
            history.originals.push_back({static_cast<std::uint16_t>(column), std::move(old)});
        history.changed.insert(column);
    }
    loadedNow(state, column);
    if (state.store)
        state.store->noteChanged(state);
}

} // namespace

namespace {

/// What is set anew is no longer the NULL that is to be written.
void forgetExplicitNull(State &state, std::size_t column)
{
    if (state.history && isNew(state))
        state.history->changed.erase(column);
}

void validate(State &state, std::size_t column, void *member)
{
    const MappedColumn &mapped = state.mapper->columns()[column];
    validateColumn(state, column, member);
    if (mapped.field.kind == FieldKind::Value)
        *static_cast<Value *>(member) = adapted(*static_cast<Value *>(member), mapped.column->type);
    if (state.has(State::Edited)) // what edit() writes is asked about later: this was
        for (Original &watched : state.history->watched)
            if (watched.column == column)
                watched.value = fieldValue(mapped.field, member, mapped.column->type);
}

bool write(State &state, std::size_t column, const Value &value)
{
    const MappedColumn &mapped = state.mapper->columns()[column];
    checkWritable(state, mapped);
    forgetExplicitNull(state, column);
    const Value &exact = mapped.field.kind == FieldKind::Value ? adapted(value, mapped.column->type) : value;
    const bool loaded = columnLoaded(state, column);
    void *member = state.at(mapped.offset);
    if (loaded && fieldEquals(mapped.field, member, exact))
        return false;
    Value old = loaded ? fieldValue(mapped.field, member, mapped.column->type) : Value();
    setFieldValue(mapped.field, member, exact);
    noteChange(state, column, loaded, std::move(old));
    return true;
}

} // namespace

void changeColumn(State &state, std::size_t column, const Value &value)
{
    const MappedColumn &mapped = state.mapper->columns()[column];
    if (mapped.validated) [[unlikely]] {
        checkWritable(state, mapped);
        detail::withMember(mapped.field, value, [&](void *member) { changeMember(state, column, member); });
    } else if (write(state, column, value) && mapped.inReference) {
        foreignKeyWritten(state, column);
    }
}

void changeToNull(State &state, std::size_t column)
{
    changeColumn(state, column, {});
    const MappedColumn &mapped = state.mapper->columns()[column];
    if (isNew(state) && fieldIsNull(mapped.field, state.at(mapped.offset)))
        state.remembered().changed.insert(column);
}

bool isExplicitNull(const State &state, std::size_t column)
{
    return isNew(state) && state.history && state.history->changed.contains(column);
}

void changeForeignKey(State &state, std::size_t column, const Value &value) { write(state, column, value); }

void changeMember(State &state, std::size_t column, void *movable)
{
    const MappedColumn &mapped = state.mapper->columns()[column];
    checkWritable(state, mapped);
    if (mapped.validated) [[unlikely]]
        validate(state, column, movable);
    forgetExplicitNull(state, column);
    const bool loaded = columnLoaded(state, column);
    void *member = state.at(mapped.offset);
    if (loaded && fieldsEqual(mapped.field, member, movable))
        return;
    Value old = loaded && hasRow(state) ? fieldValue(mapped.field, member, mapped.column->type) : Value();
    moveField(mapped.field, member, movable);
    noteChange(state, column, loaded, std::move(old));
    if (mapped.inReference)
        foreignKeyWritten(state, column);
}

void beginEdit(State &state)
{
    if (state.needsLoad()) {
        if (!state.store)
            throw Detached("an object of " + state.mapper->name() + " is not loaded, and its session is gone");
        state.store->loadColumns(state);
    }
    if (state.has(State::Edited))
        return;
    if (hasRow(state) && state.mapper->isReadOnly())
        throw Argument(state.mapper->name() + " has no key, so its rows cannot be changed");
    if (state.mapper->hooks()) [[unlikely]]
        watchEdit(state);
    if (!hasRow(state))
        return;
    History &history = state.remembered();
    const auto &columns = state.mapper->columns();
    history.originals.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (!columns[i].computed && !history.changed.contains(i) && !history.original(i))
            history.originals.push_back({static_cast<std::uint16_t>(i), columnValue(state, i)});
    state.raise(State::Edited);
    if (state.store)
        state.store->noteChanged(state);
}

void settleChanges(State &state)
{
    if (!state.history)
        return;
    History &history = *state.history;
    const auto &columns = state.mapper->columns();
    const bool edited = state.has(State::Edited);
    if (!history.watched.empty()) [[unlikely]]
        validateEdit(state);
    state.lower(State::Edited);
    std::erase_if(history.originals, [&](const Original &original) {
        const MappedColumn &mapped = columns[original.column];
        if (fieldEquals(mapped.field, state.at(mapped.offset), original.value)) {
            history.changed.erase(original.column);
            return true;
        }
        if (edited && !history.changed.contains(original.column) && mapped.inReference)
            foreignKeyWritten(state, original.column);
        history.changed.insert(original.column);
        return false;
    });
}

} // namespace orm
