#include "tests/property/runner.h"

#include <algorithm>

namespace property {

namespace {

std::string toText(const Cells &row)
{
    std::string text;
    for (const Cell &cell : row)
        text += (text.empty() ? "" : ", ") + cell;
    return "(" + text + ")";
}

std::string toText(const Rows &rows)
{
    std::string text;
    for (const auto &[key, row] : rows)
        text += toText(row);
    return text.empty() ? "nothing" : text;
}

orm::Life lifeOf(Stand stand)
{
    switch (stand) {
    case Stand::Transient:
        return orm::Life::Transient;
    case Stand::Pending:
        return orm::Life::Pending;
    case Stand::Persistent:
        return orm::Life::Persistent;
    case Stand::Deleted:
        return orm::Life::Deleted;
    case Stand::Detached:
        break;
    }
    return orm::Life::Detached;
}

} // namespace

void Runner::compareDatabase()
{
    orm::Connection connection = m_world.engine->connect(); // joins the session's transaction, if it has one
    for (int t = 0; t < static_cast<int>(m_handles.size()); ++t) {
        const Layout &layout = m_reference.layout(t);
        Rows rows;
        orm::Select select = orm::select(table(t));
        for (orm::Result result = connection.execute(select); result.next();) {
            Cells row;
            for (std::size_t i = 0; i < layout.names.size(); ++i)
                row.push_back(result.value(static_cast<int>(i)).toString());
            std::string key;
            for (const std::size_t position : layout.keys)
                key += (key.empty() ? "" : "/") + row[position];
            rows.emplace(std::move(key), std::move(row));
        }
        const Rows &expected = m_reference.database()[static_cast<std::size_t>(t)];
        if (rows != expected)
            throw Mismatch(tableName(t) + " has " + toText(rows) + " instead of " + toText(expected));
    }
}

void Runner::check()
{
    flush();
    for (int i = 0; i < static_cast<int>(m_reference.objects().size()) && !m_over; ++i) {
        if (!record(i))
            continue;
        const Object &object = m_reference.object(i);
        if (record(i).life() != lifeOf(object.stand) && !object.gone && object.stand != Stand::Detached)
            throw Mismatch(name(i) + " stands elsewhere: life " + std::to_string(static_cast<int>(record(i).life())) +
                           " instead of " + std::to_string(static_cast<int>(lifeOf(object.stand))));
        if (object.stand == Stand::Persistent && usable(i))
            compareObject(i);
    }
}

void Runner::compareObject(int number)
{
    const Object &object = m_reference.object(number);
    Cells row;
    for (std::size_t i = 0; i < object.row.size(); ++i)
        row.push_back(record(number).get(i).toString());
    if (row != object.row)
        throw Mismatch(name(number) + " has " + toText(row) + " instead of " + toText(object.row));
    std::vector<orm::Value> key;
    for (const std::size_t position : m_reference.layout(object.table).keys)
        key.push_back(record(number).get(position));
    if (m_session->get(table(object.table), key) != record(number))
        throw Mismatch(name(number) + " is not the one object of its key");
    for (int r = 0; r < static_cast<int>(m_world.model.relations.size()); ++r) {
        const ModelRelation &relation = m_world.model.relations[static_cast<std::size_t>(r)];
        if (relation.child == object.table)
            compareParent(number, r);
        if (relation.parent == object.table && !m_reference.listIsStale(number, r))
            compareChildren(number, r);
    }
}

/// The reference's number of a record that the session gave out.
int Runner::identify(const orm::Record &record, int table) const
{
    std::string key;
    for (const orm::Value &part : record.key())
        key += (key.empty() ? "" : "/") + part.toString();
    const int number = m_reference.withKey(table, key);
    if (number < 0)
        throw Mismatch("a relationship leads to " + tableName(table) + " " + key + ", which is no row");
    const orm::Record &known = m_records[static_cast<std::size_t>(number)];
    if (known && known != record)
        throw Mismatch(tableName(table) + " " + key + " is two objects");
    return number;
}

void Runner::compareParent(int child, int relation)
{
    const int expected = m_reference.parentOf(child, relation);
    const orm::Record parent = record(child).related(parentName(relation));
    const int found =
        parent ? identify(parent, m_world.model.relations[static_cast<std::size_t>(relation)].parent) : -1;
    if (found != expected)
        throw Mismatch(name(child) + "." + parentName(relation) + " is object " + std::to_string(found) +
                       " instead of " + std::to_string(expected));
}

void Runner::compareChildren(int parent, int relation)
{
    const ModelRelation &wanted = m_world.model.relations[static_cast<std::size_t>(relation)];
    std::vector<orm::Record> records;
    if (!wanted.one)
        records = record(parent).collection(childrenName(relation));
    else if (const orm::Record child = record(parent).related(childrenName(relation)))
        records.push_back(child);
    std::vector<int> found;
    for (const orm::Record &child : records)
        if (child.life() != orm::Life::Transient) // it left the session, not its parent
            found.push_back(identify(child, wanted.child));
    std::erase_if(found, [&](int child) { return m_reference.object(child).behind; });
    std::sort(found.begin(), found.end());
    std::vector<int> expected;
    for (const int child : m_reference.childrenOf(parent, relation))
        if (m_reference.object(child).stand == Stand::Persistent && !m_reference.object(child).behind)
            expected.push_back(child);
    if (wanted.one && expected.size() > 1 && found.size() == 1) // rows that nobody keeps from being two
        return;
    if (found == expected)
        return;
    const auto list = [](const std::vector<int> &numbers) {
        std::string text;
        for (const int number : numbers)
            text += " " + std::to_string(number);
        return text.empty() ? " nothing" : text;
    };
    throw Mismatch(name(parent) + "." + childrenName(relation) + " has" + list(found) + " instead of" + list(expected));
}

} // namespace property
