#include "tests/property/reference.h"

#include <algorithm>

namespace property {

Reference::Reference(const Model &model) : m_model(model), m_database(model.classes.size())
{
    for (std::size_t i = 0; i < model.classes.size(); ++i)
        m_layouts.emplace_back(model, static_cast<int>(i));
    m_frames.push_back(snapshot());
}

std::string Reference::keyOf(int table, const Cells &row) const
{
    std::string key;
    for (const std::size_t position : layout(table).keys)
        key += (key.empty() ? "" : "/") + row[position];
    return key;
}

std::string Reference::foreignKeyOf(int table, const Cells &row, int relation) const
{
    if (row.empty())
        return {};
    std::string key;
    for (const std::size_t position : layout(table).foreign[static_cast<std::size_t>(relation)]) {
        if (row[position] == kNull)
            return {};
        key += (key.empty() ? "" : "/") + row[position];
    }
    return key;
}

bool Reference::inSession(int number) const
{
    return object(number).stand == Stand::Pending || object(number).stand == Stand::Persistent;
}

bool Reference::isNew(int number) const
{
    return object(number).stand == Stand::Pending || object(number).stand == Stand::Transient;
}

int Reference::withKey(int table, const std::string &key) const
{
    for (std::size_t i = 0; i < m_objects.size(); ++i)
        if (m_objects[i].stand == Stand::Persistent && !m_objects[i].gone && m_objects[i].table == table &&
            m_objects[i].key == key)
            return static_cast<int>(i);
    return -1;
}

int Reference::parentOf(int child, int relation) const
{
    const Object &object = this->object(child);
    if (this->relation(relation).child != object.table)
        return -1;
    if (const Tie &tie = object.ties[static_cast<std::size_t>(relation)]; tie.set)
        return tie.parent;
    const std::string key = foreignKeyOf(object.table, object.row, relation);
    return key.empty() ? -1 : withKey(this->relation(relation).parent, key);
}

std::vector<int> Reference::childrenOf(int parent, int relation) const
{
    std::vector<int> children;
    if (this->relation(relation).parent != object(parent).table)
        return children;
    for (int i = 0; i < static_cast<int>(m_objects.size()); ++i)
        if ((inSession(i) || object(i).stand == Stand::Transient) && !object(i).gone && parentOf(i, relation) == parent)
            children.push_back(i);
    return children;
}

int Reference::add(int table, Cells row)
{
    Object object;
    object.table = table;
    object.row = std::move(row);
    object.ties.resize(m_model.relations.size());
    m_objects.push_back(std::move(object));
    return static_cast<int>(m_objects.size()) - 1;
}

void Reference::set(int number, std::size_t column, const Cell &cell) { at(number).row[column] = cell; }

void Reference::setByOther(int number, std::size_t column, const Cell &cell)
{
    m_database[static_cast<std::size_t>(object(number).table)].at(object(number).key)[column] = cell;
    at(number).lost = true; // the object may not have seen it
}

void Reference::removeByOther(int number)
{
    markListsStale(number);
    m_database[static_cast<std::size_t>(object(number).table)].erase(object(number).key);
    at(number).gone = true;
}

void Reference::setKeyMadeByDatabase(int number, const Cell &cell)
{
    at(number).row[layout(object(number).table).keys[0]] = cell;
    at(number).numbered = true;
}

void Reference::attach(int number)
{
    at(number).doomed = false;
    if (object(number).stand != Stand::Transient)
        return;
    at(number).stand = Stand::Pending;
    at(number).again = true;
    for (Tie &tie : at(number).ties)
        tie.orphan = false;
    for (int r = 0; r < relationCount(); ++r) {
        if (const int parent = parentOf(number, r); parent >= 0 && object(parent).stand == Stand::Transient)
            attach(parent);
        for (const int child : childrenOf(number, r))
            if (object(child).stand == Stand::Transient)
                attach(child);
    }
}

void Reference::setParent(int child, int relation, int parent)
{
    const int old = parentOf(child, relation);
    const bool one = this->relation(relation).one;
    if (one && parent >= 0)
        for (const int other : childrenOf(parent, relation))
            if (other != child)
                setParent(other, relation, -1);
    Tie &tie = at(child).ties[static_cast<std::size_t>(relation)];
    const bool wasOrphan = tie.set && tie.orphan;
    tie = {true, parent, false};
    tie.orphan = parent < 0 && this->relation(relation).cascade == Cascade::Orphan && (old >= 0 || wasOrphan);
    if (parent < 0)
        return;
    if (inSession(child) && object(parent).stand == Stand::Transient)
        attach(parent);
    else if (inSession(parent) && object(child).stand == Stand::Transient)
        attach(child);
}

void Reference::remove(int number)
{
    if (object(number).stand == Stand::Persistent) {
        at(number).doomed = true;
        return;
    }
    at(number).stand = Stand::Transient;
}

void Reference::reload(Object &object)
{
    const Rows &rows = m_database[static_cast<std::size_t>(object.table)];
    const auto row = rows.find(object.key);
    object.gone = row == rows.end();
    object.lost = object.lost || object.blind;
    object.behind = object.blind = false;
    if (!object.gone)
        object.row = object.base = row->second;
    object.ties.assign(m_model.relations.size(), {});
}

void Reference::expire(int number)
{
    if (object(number).stand != Stand::Persistent)
        return;
    const bool blind = object(number).blind;
    const std::vector<Tie> before = object(number).ties;
    const std::string key = object(number).key;
    reload(at(number));
    for (int r = 0; r < relationCount(); ++r) {
        m_staleLists.erase({number, r});
        for (const Object &child : m_objects) // what was not flushed is not in the list that is loaded next
            if (const Tie &tie = child.ties[static_cast<std::size_t>(r)];
                tie.set && child.table == relation(r).child &&
                (tie.parent == number || foreignKeyOf(child.table, child.base, r) == key))
                m_staleLists.insert({number, r});
        if (const int parent = parentOf(number, r); blind && before[static_cast<std::size_t>(r)].set && parent >= 0)
            m_staleLists.insert({parent, r}); // it does not know that it left this one
    }
}

bool Reference::hasChangesBelow(int number) const
{
    std::set<int> seen{number};
    std::vector<int> open{number};
    while (!open.empty()) {
        const int parent = open.back();
        open.pop_back();
        for (int r = 0; r < relationCount(); ++r)
            for (const int child :
                 relation(r).cascade == Cascade::Orphan ? childrenOf(parent, r) : std::vector<int>()) {
                const Object &below = object(child);
                const bool linked =
                    std::any_of(below.ties.begin(), below.ties.end(), [](const Tie &tie) { return tie.set; });
                if (linked || below.blind || below.row != below.base)
                    return true;
                if (seen.insert(child).second)
                    open.push_back(child);
            }
    }
    return false;
}

void Reference::expireAll()
{
    std::erase_if(m_staleLists, [&](const auto &entry) { return object(entry.first).stand == Stand::Persistent; });
    for (Object &object : m_objects)
        if (object.stand == Stand::Persistent)
            reload(object);
    for (int i = 0; i < static_cast<int>(m_objects.size()); ++i)
        if (object(i).stand == Stand::Pending)
            markListsStale(i); // see expire()
}

void Reference::markListsStale(int child)
{
    for (int r = 0; r < relationCount(); ++r)
        if (const int parent = parentOf(child, r); parent >= 0)
            m_staleLists.insert({parent, r});
}

void Reference::accept(const Verdict &verdict)
{
    for (const int number : verdict.deleted) // they keep their links, for the case of a rollback
        for (int r = 0; r < relationCount(); ++r)
            if (relation(r).child == object(number).table)
                at(number).ties[static_cast<std::size_t>(r)] = {true, parentOf(number, r), false};
    for (const int number : verdict.deleted)
        markListsStale(number);
    for (const int number : verdict.gone)
        markListsStale(number);
    m_database = verdict.after;
    for (const auto &[number, row] : verdict.saved) {
        Object &object = at(number);
        for (Object &other : m_objects) // its row is gone, and its key another's
            if (other.gone && other.table == object.table && other.key == keyOf(object.table, row))
                other.stand = Stand::Detached;
        object.stand = Stand::Persistent;
        object.row = object.base = row;
        object.key = keyOf(object.table, row);
    }
    for (const int number : verdict.withdrawn)
        markListsStale(number);
    for (int i = 0; i < static_cast<int>(m_objects.size()); ++i)
        if (inSession(i) && !verdict.deleted.contains(i)) {
            at(i).ties.assign(m_model.relations.size(), {});
            at(i).blind = false;
        }
    for (const int number : verdict.withdrawn) {
        at(number).stand = Stand::Transient;
        at(number).ties.assign(m_model.relations.size(), {});
    }
    for (const int number : verdict.deleted) {
        at(number).stand = Stand::Deleted;
        at(number).doomed = false;
    }
    for (const int number : verdict.gone)
        at(number).gone = true;
    for (const int number : verdict.behind)
        at(number).behind = true;
}

Reference::Frame Reference::snapshot() const
{
    Frame frame{m_database, {}};
    for (const Object &object : m_objects)
        frame.objects.emplace_back(object.stand, object.key);
    return frame;
}

void Reference::commit()
{
    for (Object &object : m_objects) {
        object.numbered = object.lost = false;
        if (object.stand == Stand::Deleted || object.gone)
            object.stand = Stand::Detached;
    }
    if (m_model.expireOnCommit)
        expireAll();
    m_frames.assign(1, snapshot());
}

std::vector<int> Reference::allParents() const
{
    std::vector<int> parents;
    for (int i = 0; i < static_cast<int>(m_objects.size()); ++i)
        for (int r = 0; r < relationCount(); ++r)
            parents.push_back(parentOf(i, r));
    return parents;
}

void Reference::restore(const Frame &frame)
{
    const auto stood = [&](int number) {
        const auto i = static_cast<std::size_t>(number);
        return i < frame.objects.size() ? frame.objects[i] : std::pair(Stand::Transient, std::string());
    };
    const std::vector<int> parents = allParents();
    m_database = frame.database;
    for (int i = 0; i < static_cast<int>(m_objects.size()); ++i) {
        Object &object = at(i);
        object.doomed = false;
        if (object.stand == Stand::Detached || object.stand == Stand::Transient || stood(i).first == Stand::Deleted)
            continue;
        if (stood(i).first == Stand::Persistent) {
            object.stand = Stand::Persistent;
            object.key = stood(i).second;
            const Cells known = object.base;
            reload(object);
            object.lost = object.lost || object.base != known; // it was not told
            continue;
        }
        object.stand = Stand::Transient;
        object.gone = object.behind = false;
        if (std::exchange(object.numbered, false))
            object.row[layout(object.table).keys[0]] = kNull; // the next row gets another
        for (int r = 0; r < relationCount(); ++r)             // keys may mean other rows by the time it is added again
            if (relation(r).child == object.table)
                object.ties[static_cast<std::size_t>(r)] = {
                    true, parents[static_cast<std::size_t>(i * relationCount() + r)], false};
    }
    addMissingObjects();
}

void Reference::addMissingObjects()
{
    for (int table = 0; table < static_cast<int>(m_database.size()); ++table)
        for (const auto &[key, row] : m_database[static_cast<std::size_t>(table)]) {
            if (withKey(table, key) >= 0)
                continue;
            Object &object = at(add(table, row));
            object.stand = Stand::Persistent;
            object.base = row;
            object.key = key;
        }
}

void Reference::rollback()
{
    m_frames.resize(1);
    restore(m_frames.front());
    expireAll();
}

bool Reference::isNewInTransaction(int number) const
{
    const auto &before = m_frames.front().objects;
    const auto i = static_cast<std::size_t>(number);
    return i >= before.size() || before[i].first == Stand::Transient || before[i].first == Stand::Pending;
}

void Reference::beginNested() { m_frames.push_back(snapshot()); }

void Reference::releaseNested() { m_frames.pop_back(); }

void Reference::rollbackNested()
{
    restore(m_frames.back());
    m_frames.pop_back();
}

} // namespace property
