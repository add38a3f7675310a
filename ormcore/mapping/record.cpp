#include "ormcore/mapping/record.h"

#include "ormcore/base/error.h"

namespace orm {

Value Record::get(std::string_view column) const { return get(mapper().position(column)); }

Value Record::get(std::size_t column) const
{
    if (column >= mapper().columns().size())
        throw Argument(mapper().name() + " has no column at position " + std::to_string(column));
    ensureLoaded(*state(), column);
    return columnValue(*state(), column);
}

void Record::set(std::string_view column, const Value &value) const { set(mapper().position(column), value); }

void Record::set(std::size_t column, const Value &value) const
{
    if (column >= mapper().columns().size())
        throw Argument(mapper().name() + " has no column at position " + std::to_string(column));
    changeColumn(*state(), column, value);
}

void Record::set(std::string_view column, ExplicitNull) const { set(mapper().position(column), null); }

void Record::set(std::size_t column, ExplicitNull) const
{
    if (column >= mapper().columns().size())
        throw Argument(mapper().name() + " has no column at position " + std::to_string(column));
    changeToNull(*state(), column);
}

bool Record::isChanged(std::size_t column) const
{
    if (life() == Life::Pending || life() == Life::Transient)
        return true;
    const History *history = state()->history.get();
    if (!history || !history->changed.contains(column))
        return false;
    const Original *original = history->original(column);
    const MappedColumn &mapped = mapper().columns()[column];
    return !original || !fieldEquals(mapped.field, state()->at(mapped.offset), original->value);
}

bool Record::isChanged() const
{
    for (std::size_t i = 0; i < mapper().columns().size(); ++i)
        if (isChanged(i))
            return true;
    return false;
}

Value Record::original(std::size_t column) const
{
    ensureLoaded(*state(), column);
    return storedValue(*state(), column);
}

std::vector<Value> Record::key() const
{
    std::vector<Value> values;
    if (state()->has(State::HasIdentity))
        for (std::size_t i = 0; i < mapper().keys().size(); ++i)
            values.push_back(identityValue(*state(), i));
    return values;
}

Record Record::related(std::string_view relationship) const
{
    return Record(readTarget(*state(), mapper().relationship(relationship)));
}

std::vector<Record> Record::collection(std::string_view relationship) const
{
    std::vector<Record> records;
    for (State *item : readList(*state(), mapper().relationship(relationship)))
        records.emplace_back(item);
    return records;
}

Record Record::find(std::string_view relationship, const Value &key) const
{
    return Record(findChild(*state(), mapper().relationship(relationship), key));
}

bool Record::contains(std::string_view relationship, const Record &item) const
{
    return hasChild(*state(), mapper().relationship(relationship), *item.state());
}

void Record::setRelated(std::string_view relationship, const Record &target) const
{
    const Relationship &found = mapper().relationship(relationship);
    if (found.kind == RelationKind::Parent)
        setParent(*state(), found, target.state());
    else
        setChild(*state(), found, target.state());
}

void Record::addTo(std::string_view relationship, const Record &item) const
{
    addChild(*state(), mapper().relationship(relationship), *item.state());
}

void Record::removeFrom(std::string_view relationship, const Record &item) const
{
    removeChild(*state(), mapper().relationship(relationship), *item.state());
}

void Record::insertInto(std::string_view relationship, std::size_t position, const Record &item) const
{
    insertChild(*state(), mapper().relationship(relationship), position, *item.state());
}

void Record::setCollection(std::string_view relationship, const std::vector<Record> &items) const
{
    std::vector<State *> states;
    for (const Record &item : items)
        states.push_back(item.state());
    replaceChildren(*state(), mapper().relationship(relationship), states);
}

} // namespace orm
