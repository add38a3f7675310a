#include "tests/property/runner.h"

#include <iterator>

// Steps that read, forget, or let others write.

namespace property {

int Runner::rowAt(int table, int row) const
{
    const Rows &rows = m_reference.database()[static_cast<std::size_t>(table)];
    if (rows.empty())
        return -1;
    const auto found =
        std::next(rows.begin(), static_cast<std::ptrdiff_t>(static_cast<std::size_t>(row) % rows.size()));
    return m_reference.withKey(table, found->first);
}

void Runner::hold(int table, int handle, int number, const orm::Record &record)
{
    drop(table, handle);
    m_dropped.erase(number);
    this->record(number) = record;
    m_handles[static_cast<std::size_t>(table)][static_cast<std::size_t>(handle) % 4] = number;
}

void Runner::expire(int number, bool refresh)
{
    if (!usable(number) || m_reference.object(number).stand != Stand::Persistent || m_reference.hasChangesBelow(number))
        return;
    if (!refresh)
        return act([&] { m_session->expire(record(number)); }, [&] { m_reference.expire(number); });
    m_reference.expire(number); // what was changed is forgotten before the rest is flushed
    act([&] { m_session->refresh(record(number)); }, [] {});
}

void Runner::expireAll()
{
    m_session->expireAll();
    m_reference.expireAll();
}

void Runner::get(int table, int handle, int row)
{
    const int wanted = rowAt(table, row);
    if (wanted < 0)
        return;
    const Layout &layout = m_reference.layout(table);
    const Cells cells = m_reference.database()[static_cast<std::size_t>(table)].at(m_reference.object(wanted).key);
    std::vector<orm::Value> key;
    for (const std::size_t position : layout.keys)
        key.push_back(toValue(cells[position], layout.text[position]));
    orm::Record found;
    act([&] { found = m_session->get(this->table(table), key); },
        [&] {
            const int number = m_reference.withKey(table, m_reference.object(wanted).key);
            if (number < 0 || m_reference.object(number).stand != Stand::Persistent) {
                if (found)
                    throw Mismatch("get() finds a row that was deleted");
                return;
            }
            if (!found || identify(found, table) != number)
                throw Mismatch("get() does not find " + name(number));
            hold(table, handle, number, found);
        });
}

void Runner::query(int table, int handle, int row)
{
    const bool due = m_world.model.autoflush && m_reference.judge().after != m_reference.database();
    const int before = m_world.writes;
    std::vector<orm::Record> found;
    act([&] { found = m_session->all(orm::select(this->table(table))); },
        [&] {
            if (due && m_world.writes == before)
                throw Mismatch("a query does not flush before it");
            const Rows &rows = m_reference.database()[static_cast<std::size_t>(table)];
            if (found.size() != rows.size())
                throw Mismatch("a query finds " + std::to_string(found.size()) + " rows instead of " +
                               std::to_string(rows.size()));
            std::set<int> numbers;
            for (const orm::Record &record : found)
                numbers.insert(identify(record, table));
            if (numbers.size() != rows.size())
                throw Mismatch("a query finds one object twice");
            if (!found.empty()) {
                const orm::Record &chosen = found[static_cast<std::size_t>(row) % found.size()];
                hold(table, handle, identify(chosen, table), chosen);
            }
        });
}

/// A database in memory has one transaction: it must be the session's, for the other session to leave it open.
void Runner::holdTransaction()
{
    if (!m_session->connection().inTransaction())
        m_session->connection().begin();
}

void Runner::setByOther(int table, int row, int column, int value)
{
    const Layout &layout = m_reference.layout(table);
    const ModelClass &entry = m_world.model.classes[static_cast<std::size_t>(table)];
    if (!m_nested.empty()) // nobody writes inside another one's savepoint
        return;
    flush();
    const int number = rowAt(table, row);
    if (number < 0 || layout.data.empty())
        return;
    const std::size_t choice = static_cast<std::size_t>(column) % layout.data.size();
    if (entry.columns[choice].unique)
        return;
    holdTransaction();
    {
        orm::Session other(*m_world.engine, m_world.registry);
        std::vector<orm::Value> key;
        for (const std::size_t position : layout.keys)
            key.push_back(toValue(m_reference.object(number).row[position], layout.text[position]));
        other.get(this->table(table), key).set(layout.data[choice], orm::Value(value % 8 + 1));
        other.flush();
    }
    m_reference.setByOther(number, layout.data[choice], std::to_string(value % 8 + 1));
    expireAll();
    compareDatabase();
}

void Runner::removeByOther(int table, int row)
{
    if (!m_nested.empty())
        return;
    flush();
    const int number = rowAt(table, row);
    if (number < 0)
        return;
    for (int r = 0; r < static_cast<int>(m_world.model.relations.size()); ++r)
        if (!m_reference.childrenOf(number, r).empty())
            return;
    const Layout &layout = m_reference.layout(table);
    holdTransaction();
    {
        orm::Session other(*m_world.engine, m_world.registry);
        std::vector<orm::Value> key;
        for (const std::size_t position : layout.keys)
            key.push_back(toValue(m_reference.object(number).row[position], layout.text[position]));
        other.remove(other.get(this->table(table), key));
        other.flush();
    }
    m_reference.removeByOther(number);
    compareDatabase();
}

} // namespace property
