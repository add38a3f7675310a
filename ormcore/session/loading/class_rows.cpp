#include "ormcore/session/loading/class_rows.h"

#include "ormcore/base/error.h"
#include "ormcore/session/row.h"

#include <algorithm>

namespace orm {

namespace {

/// The class of the whole hierarchy that has the identity; null: none.
const Mapper *classCalled(const Mapper &root, const Value &identity)
{
    const auto &below = root.hierarchy().subclasses;
    const auto is = [&](const Mapper *mapper) { return mapper->hierarchy().identity == identity; };
    const auto found = std::find_if(below.begin(), below.end(), is);
    return is(&root) ? &root : found == below.end() ? nullptr : *found;
}

[[noreturn]] void refuse(DriverStatement &row, const RowLayout &rows, int first, const Value &identity)
{
    const Mapper &asked = *rows.mapper;
    const Column &discriminator = *asked.columns()[*asked.hierarchy().discriminator].column;
    std::string key;
    for (const std::uint16_t column : asked.keys())
        key += (key.empty() ? "" : ", ") + row.value(first + column, asked.columns()[column].column->type).toString();
    const Mapper *other = identity.isNull() ? nullptr : classCalled(asked.root(), identity);
    throw DataError(discriminator.table->name().toString() + "." + discriminator.name + " is " +
                    (identity.isNull() ? "NULL" : "'" + identity.toString() + "'") + " in the row (" + key + "): " +
                    (other ? "that is a " + other->name() + ", which is no " + asked.name()
                           : "no class of " + asked.root().name() + " has this identity"));
}

} // namespace

const RowLayout &memberOfRow(DriverStatement &row, const RowLayout &rows, int first)
{
    return rows.members.empty() ? rows : rows.members[static_cast<std::size_t>(row.getInt(first + rows.discriminator))];
}

const RowLayout::Class &classOfRow(DriverStatement &row, const RowLayout &rows, int first)
{
    if (rows.discriminator < 0)
        return rows.classes.front();
    const Value identity = row.value(first + rows.discriminator, rows.discriminatorType);
    const RowLayout::Class *found = identity.isNull() ? &rows.classes.front() : rows.find(identity);
    if (!found || found->mapper->hierarchy().isAbstract)
        refuse(row, rows, first, identity);
    return *found;
}

bool isOfAnotherClass(DriverStatement &row, const RowLayout &rows)
{
    return rows.mapper->hierarchy().kind == Inheritance::Single &&
           !rows.find(row.value(rows.discriminator, rows.discriminatorType));
}

const RowLayout::Class &classOfKnown(const State &known, const RowLayout &rows)
{
    if (!known.mapper->isKindOf(*rows.mapper))
        throw DataError("the row of a " + rows.mapper->name() + " is in memory as a " + known.mapper->name() +
                        ": expunge that object before the row is loaded anew");
    return rows.of(*known.mapper);
}

void readClass(State &state, DriverStatement &row, int first, const RowLayout::Class &from)
{
    const auto &columns = state.mapper->columns();
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (const int place = from.places[i]; place >= 0)
            readField(columns[i], state.at(columns[i].offset), row, first + place);
        else
            state.remembered().unloaded.insert(i);
    if (!from.complete)
        state.raise(State::Partial);
}

} // namespace orm
