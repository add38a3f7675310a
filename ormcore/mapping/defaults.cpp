#include "ormcore/mapping/defaults.h"

#include "ormcore/mapping/object_graph.h"

namespace orm {

namespace {

/// NULL; a key that has a default may also be zero or empty.
bool isMissing(const MappedColumn &mapped, const void *member)
{
    if (!mapped.key)
        return fieldIsNull(mapped.field, member);
    if (mapped.field == FieldType{FieldKind::Text, false})
        return static_cast<const std::string *>(member)->empty();
    if (mapped.field == FieldType{FieldKind::Uuid, false})
        return *static_cast<const UuidBytes *>(member) == UuidBytes{};
    return fieldIsUnset(mapped.field, member);
}

void take(State &state, std::size_t column, const Value &value)
{
    changeForeignKey(state, column, value);
    if (state.mapper->columns()[column].inReference)
        foreignKeyWritten(state, column);
}

} // namespace

bool awaitsDefault(const State &state, std::size_t column)
{
    const MappedColumn &mapped = state.mapper->columns()[column];
    return mapped.defaults && mapped.defaults->forInsert() && isNew(state) &&
           isMissing(mapped, state.at(mapped.offset)) && !isExplicitNull(state, column);
}

bool keyIsToCome(const State &state, std::size_t column)
{
    const MappedColumn &mapped = state.mapper->columns()[column];
    return (mapped.generatedKey && fieldIsUnset(mapped.field, state.at(mapped.offset))) || awaitsDefault(state, column);
}

void applyInsertDefault(State &state, std::size_t column)
{
    if (!awaitsDefault(state, column))
        return;
    const ColumnDefaults &defaults = *state.mapper->columns()[column].defaults;
    take(state, column, defaults.insert ? defaults.insert(state) : *defaults.constant);
}

void applyUpdateDefault(State &state, std::size_t column)
{
    if (!state.history->changed.contains(column))
        take(state, column, state.mapper->columns()[column].defaults->update(state));
}

} // namespace orm
