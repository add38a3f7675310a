#include "tests/property/runner.h"

#include "ormcore/dialects/builtin.h"

#include <algorithm>
#include <utility>

namespace property {

namespace {

constexpr int kHandles = 4; // of each class

int wrapped(int number, std::size_t size) { return static_cast<int>(static_cast<std::size_t>(number) % size); }

bool isWrite(const std::string &sql)
{
    return sql.starts_with("INSERT") || sql.starts_with("UPDATE") || sql.starts_with("DELETE");
}

/// One of sixteen keys; the database makes the others.
Cells keyOf(KeyKind kind, int number)
{
    switch (kind) {
    case KeyKind::Generated:
        break;
    case KeyKind::Text:
        return {"k" + std::to_string(number % 16)};
    case KeyKind::Pair:
        return {std::to_string(number / 4 % 4), std::to_string(number % 4)};
    }
    return {};
}

Cell valueCell(int value) { return value % 8 == 7 ? kNull : std::to_string(value % 8 + 1); }

} // namespace

World::World(const Model &wanted) : model(wanted), registry(registryFor(wanted))
{
    orm::EngineOptions options;
    options.log = [this](const orm::StatementLog &entry) { writes += isWrite(entry.sql) ? 1 : 0; };
    engine = orm::createEngine("sqlite://", options);
    orm::createAll(*engine, registry.metadata());
}

Runner::Runner(const Model &model)
    : m_world(model),
      m_session(std::make_unique<orm::Session>(
          *m_world.engine, m_world.registry,
          orm::SessionOptions{.autoflush = model.autoflush, .expireOnCommit = model.expireOnCommit})),
      m_reference(m_world.model),
      m_handles(model.classes.size(), std::vector<int>(kHandles, -1))
{
}

const orm::Table &Runner::table(int number) const { return m_world.registry.metadata()[tableName(number)]; }

std::string Runner::name(int number) const
{
    return tableName(m_reference.object(number).table) + " object " + std::to_string(number);
}

int Runner::held(int table, int handle) const
{
    return m_handles[static_cast<std::size_t>(table)][static_cast<std::size_t>(wrapped(handle, kHandles))];
}

bool Runner::usable(int number) const
{
    if (number < 0)
        return false;
    const Object &object = m_reference.object(number);
    return object.stand != Stand::Deleted && object.stand != Stand::Detached && !object.doomed && !object.gone &&
           !object.behind;
}

void Runner::run(const Steps &steps)
{
    Steps all = steps;
    all.insert(all.end(), {{Op::Check, {}}, {Op::Commit, {}}, {Op::Check, {}}});
    for (std::size_t i = 0; i < all.size() && !m_over; ++i) {
        const auto where = [&] {
            return i < steps.size() ? "step " + std::to_string(i + 1) + ", " + toText({all[i]})
                                    : std::string("the end ");
        };
        try {
            perform(all[i]);
            releaseDropped();
        } catch (const Mismatch &mismatch) {
            throw Mismatch(where() + mismatch.what());
        } catch (const orm::Error &error) {
            throw Mismatch(where() + "throws: " + error.what());
        }
    }
}

void runText(const std::string &text) { Runner(readModel(text)).run(readSteps(text)); }

void Runner::perform(const Step &step)
{
    const auto &[first, second, third, fourth] = step.numbers;
    const int table = wrapped(first, m_world.model.classes.size());
    const int number = held(table, second);
    if (m_world.model.relations.empty() &&
        (step.op == Op::Link || step.op == Op::Append || step.op == Op::Unlink || step.op == Op::Take))
        return;
    switch (step.op) {
    case Op::Check:
        return check();
    case Op::Link:
    case Op::Append:
        return link(step, step.op == Op::Append);
    case Op::Unlink:
    case Op::Take:
        return unlink(step, step.op == Op::Take);
    case Op::Flush:
        return flush();
    case Op::Commit:
        return commit();
    case Op::Rollback:
        return rollback();
    case Op::Savepoint:
        return beginNested();
    case Op::Release:
    case Op::Back:
        return endNested(step.op == Op::Release);
    case Op::ExpireAll:
        return expireAll();
    case Op::Sweep:
        return m_session->sweep();
    default:
        return performOnTable(step, table, number);
    }
}

void Runner::performOnTable(const Step &step, int table, int number)
{
    const auto &[first, second, third, fourth] = step.numbers;
    switch (step.op) {
    case Op::Add:
        return add(table, second, third, fourth);
    case Op::Set:
        return set(number, third, fourth);
    case Op::Remove:
        return remove(number);
    case Op::Drop:
        return drop(table, second);
    case Op::Readd:
        return readd(number);
    case Op::SetKey:
        return setKey(number, third);
    case Op::Expire:
    case Op::Refresh:
        return expire(number, step.op == Op::Refresh);
    case Op::Get:
        return get(table, second, third);
    case Op::Query:
        return query(table, second, third);
    case Op::OtherSet:
        return setByOther(table, second, third, fourth);
    default:
        return removeByOther(table, second);
    }
}

void Runner::add(int table, int handle, int values, int parents)
{
    drop(table, handle);
    const Layout &layout = m_reference.layout(table);
    Cells row(layout.names.size(), kNull);
    const Cells key = keyOf(m_world.model.classes[static_cast<std::size_t>(table)].key,
                            wrapped(handle, kHandles) * 4 + values / 512 % 4);
    for (std::size_t i = 0; i < key.size(); ++i)
        row[layout.keys[i]] = key[i];
    for (const std::size_t position : layout.data) {
        row[position] = valueCell(values);
        values /= 8;
    }
    std::vector<std::pair<std::string, orm::Value>> named;
    for (std::size_t i = 0; i < row.size(); ++i)
        if (row[i] != kNull)
            named.emplace_back(layout.names[i], toValue(row[i], layout.text[i]));
    m_records.push_back(m_session->add(this->table(table), named));
    const int number = m_reference.add(table, std::move(row));
    m_handles[static_cast<std::size_t>(table)][static_cast<std::size_t>(wrapped(handle, kHandles))] = number;
    for (std::size_t r = 0; r < m_world.model.relations.size(); ++r)
        if (m_world.model.relations[r].child == table && m_world.model.relations[r].required)
            link({Op::Link, {static_cast<int>(r), handle, parents, 0}}, false);
}

void Runner::set(int number, int column, int value)
{
    if (!usable(number))
        return;
    const Layout &layout = m_reference.layout(m_reference.object(number).table);
    if (layout.data.empty())
        return;
    const std::size_t position = layout.data[static_cast<std::size_t>(wrapped(column, layout.data.size()))];
    const Cell cell = valueCell(value);
    noteWrite(number, {position});
    act([&] { record(number).set(position, toValue(cell, false)); }, [&] { m_reference.set(number, position, cell); });
}

void Runner::link(const Step &step, bool fromParent)
{
    const int relation = wrapped(step.numbers[0], m_world.model.relations.size());
    const ModelRelation &wanted = m_world.model.relations[static_cast<std::size_t>(relation)];
    const int child = held(wanted.child, step.numbers[1]);
    const int parent = held(wanted.parent, step.numbers[2]);
    if (!usable(child) || !usable(parent))
        return;
    noteWrite(child, m_reference.layout(wanted.child).foreign[static_cast<std::size_t>(relation)]);
    if (wanted.one)
        for (const int other : m_reference.childrenOf(parent, relation))
            m_reference.noteBlind(other);
    act(
        [&] {
            if (!fromParent)
                record(child).setRelated(parentName(relation), record(parent));
            else if (wanted.one)
                record(parent).setRelated(childrenName(relation), record(child));
            else
                record(parent).addTo(childrenName(relation), record(child));
        },
        [&] { m_reference.setParent(child, relation, parent); });
}

void Runner::unlink(const Step &step, bool fromParent)
{
    const int relation = wrapped(step.numbers[0], m_world.model.relations.size());
    const ModelRelation &wanted = m_world.model.relations[static_cast<std::size_t>(relation)];
    const int child = held(wanted.child, step.numbers[1]);
    if (!usable(child))
        return;
    noteWrite(child, m_reference.layout(wanted.child).foreign[static_cast<std::size_t>(relation)]);
    const int parent = m_reference.parentOf(child, relation);
    if (fromParent && (!usable(parent) || !record(parent)))
        return;
    act(
        [&] {
            if (!fromParent)
                record(child).setRelated(parentName(relation), orm::Record());
            else if (wanted.one)
                record(parent).setRelated(childrenName(relation), orm::Record());
            else
                record(parent).removeFrom(childrenName(relation), record(child));
        },
        [&] { m_reference.setParent(child, relation, -1); });
}

void Runner::noteWrite(int number, const std::vector<std::size_t> &columns)
{
    for (const std::size_t column : columns)
        if (!orm::columnLoaded(*record(number).state(), column))
            m_reference.noteBlind(number);
}

void Runner::remove(int number)
{
    if (!usable(number) || !m_reference.inSession(number))
        return;
    act([&] { m_session->remove(record(number)); }, [&] { m_reference.remove(number); });
}

void Runner::drop(int table, int handle)
{
    int &number = m_handles[static_cast<std::size_t>(table)][static_cast<std::size_t>(wrapped(handle, kHandles))];
    const int dropped = std::exchange(number, -1);
    const auto &handles = m_handles[static_cast<std::size_t>(table)];
    if (dropped >= 0 && std::find(handles.begin(), handles.end(), dropped) == handles.end())
        m_dropped.insert(dropped);
}

void Runner::readd(int number)
{
    if (number < 0 || m_reference.object(number).stand != Stand::Transient)
        return;
    act([&] { m_session->add(record(number)); }, [&] { m_reference.attach(number); });
}

void Runner::setKey(int number, int key)
{
    if (!usable(number))
        return;
    const int table = m_reference.object(number).table;
    const Layout &layout = m_reference.layout(table);
    const Cells cells = keyOf(m_world.model.classes[static_cast<std::size_t>(table)].key, key);
    if (cells.empty())
        return;
    noteWrite(number, layout.keys);
    act(
        [&] {
            for (std::size_t i = 0; i < cells.size(); ++i)
                record(number).set(layout.keys[i], toValue(cells[i], layout.text[layout.keys[i]]));
        },
        [&] {
            for (std::size_t i = 0; i < cells.size(); ++i)
                m_reference.set(number, layout.keys[i], cells[i]);
        });
}

/// A new object's key is asked for after its flush, also after another one, and a transient one may be linked to still.
void Runner::releaseDropped()
{
    std::erase_if(m_dropped, [&](int number) {
        const Stand stand = m_reference.object(number).stand;
        if (stand == Stand::Pending || stand == Stand::Transient || m_reference.isNewInTransaction(number))
            return false;
        record(number) = {};
        return true;
    });
}

} // namespace property
