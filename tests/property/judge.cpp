#include "tests/property/reference.h"

#include <algorithm>

namespace property {

/// Works out one flush: what is deleted with what, what every saved row becomes, and which constraint refuses it.
class Judge {
public:
    explicit Judge(const Reference &reference) : m_reference(reference), m_model(reference.m_model) {}

    Verdict run()
    {
        findDeleted();
        findSaved();
        m_verdict.quiet = m_verdict.deleted.empty() && m_verdict.saved.empty() && !m_blind;
        m_verdict.after = before();
        findTaken();
        writeRows();
        actOnServer();
        checkRows();
        checkAddedAgain();
        return std::move(m_verdict);
    }

private:
    [[nodiscard]] const Database &before() const { return m_reference.database(); }
    [[nodiscard]] const Object &object(int number) const { return m_reference.object(number); }
    [[nodiscard]] int objectCount() const { return static_cast<int>(m_reference.objects().size()); }
    [[nodiscard]] int relationCount() const { return m_reference.relationCount(); }
    [[nodiscard]] const ModelRelation &relation(int number) const { return m_reference.relation(number); }
    static Rows &rowsOf(Database &database, int table) { return database[static_cast<std::size_t>(table)]; }
    static const Rows &rowsOf(const Database &database, int table) { return database[static_cast<std::size_t>(table)]; }

    void findDeleted()
    {
        std::vector<int> open;
        for (int i = 0; i < objectCount(); ++i) {
            const bool orphan = std::any_of(object(i).ties.begin(), object(i).ties.end(),
                                            [](const Tie &tie) { return tie.set && tie.orphan; });
            if (object(i).stand == Stand::Pending && orphan)
                m_verdict.withdrawn.insert(i);
            if (object(i).stand != Stand::Persistent || !(object(i).doomed || orphan))
                continue;
            if (object(i).gone)
                m_verdict.must.insert(Failure::Stale);
            else
                open.push_back(i);
        }
        while (!open.empty()) {
            const int parent = open.back();
            open.pop_back();
            if (!m_verdict.deleted.insert(parent).second)
                continue;
            for (int r = 0; r < relationCount(); ++r)
                if (relation(r).cascade != Cascade::Server)
                    cascade(parent, r, open);
        }
    }

    /// A child left it, which its row does not say yet.
    [[nodiscard]] bool hasLost(int parent, int r) const
    {
        for (int i = 0; i < objectCount(); ++i)
            if (object(i).stand == Stand::Persistent && object(i).table == relation(r).child &&
                m_reference.parentOf(i, r) != parent &&
                m_reference.foreignKeyOf(object(i).table, object(i).base, r) == object(parent).key)
                return true;
        return false;
    }

    void cascade(int parent, int r, std::vector<int> &open)
    {
        if (m_reference.listIsStale(parent, r) || hasLost(parent, r)) // what the list in memory has decides
            m_verdict.open = true;
        for (const int child : m_reference.childrenOf(parent, r)) {
            if (object(child).stand != Stand::Persistent)
                continue;
            if (relation(r).cascade == Cascade::Nullify)
                m_nulls.insert({child, r});
            else
                open.push_back(child);
        }
        mayTouchGone();
    }

    /// What the server took may still stand in memory.
    void mayTouchGone()
    {
        for (int i = 0; i < objectCount(); ++i)
            if (object(i).gone && object(i).stand == Stand::Persistent)
                m_verdict.may.insert(Failure::Stale);
    }

    [[nodiscard]] Cells keyCells(int number) const
    {
        Cells cells;
        for (const std::size_t position : m_reference.layout(object(number).table).keys)
            cells.push_back(object(number).row[position]);
        if (cells[0] == kNull)
            cells[0] = "new" + std::to_string(number); // made by the database
        return cells;
    }

    [[nodiscard]] bool staysKnown(int number) const
    {
        return m_reference.inSession(number) && !m_verdict.withdrawn.contains(number);
    }

    /// A child of an object that nobody inserts: its key may be that of another row, or of none.
    void judgeLost(int parent)
    {
        if (object(parent).row[m_reference.layout(object(parent).table).keys[0]] == kNull)
            m_verdict.must.insert(Failure::Argument);
        else
            m_verdict.open = true;
    }

    Cells rowOf(int number)
    {
        Cells row = object(number).row;
        const Layout &layout = m_reference.layout(object(number).table);
        if (const Cells key = keyCells(number); object(number).stand == Stand::Pending)
            for (std::size_t i = 0; i < key.size(); ++i)
                row[layout.keys[i]] = key[i];
        for (int r = 0; r < relationCount(); ++r) {
            const Tie &tie = object(number).ties[static_cast<std::size_t>(r)];
            const auto &columns = layout.foreign[static_cast<std::size_t>(r)];
            if (columns.empty() || (!tie.set && !m_nulls.contains({number, r})))
                continue;
            const bool none = !tie.set || tie.parent < 0 || m_nulls.contains({number, r});
            if (!none && !staysKnown(tie.parent))
                judgeLost(tie.parent);
            if (!none && m_verdict.deleted.contains(tie.parent))
                m_toDeleted.insert(tie.parent);
            if (!none && object(tie.parent).stand == Stand::Persistent &&
                m_reference.keyOf(object(tie.parent).table, object(tie.parent).row) != object(tie.parent).key)
                m_verdict.may.insert(Failure::ForeignKey); // its UPDATE may come later
            const Cells key = none ? Cells(columns.size(), kNull) : keyCells(tie.parent);
            for (std::size_t i = 0; i < columns.size(); ++i)
                row[columns[i]] = key[i];
        }
        return row;
    }

    void findSaved()
    {
        for (int i = 0; i < objectCount(); ++i) {
            const bool pending = object(i).stand == Stand::Pending && !m_verdict.withdrawn.contains(i);
            if (!pending && (object(i).stand != Stand::Persistent || m_verdict.deleted.contains(i)))
                continue;
            m_blind = m_blind || object(i).blind;
            Cells row = rowOf(i);
            if (!pending && row == object(i).base)
                continue;
            if (object(i).gone)
                m_verdict.must.insert(Failure::Stale);
            else if (!pending && m_reference.keyOf(object(i).table, row) != object(i).key)
                mayTouchGone(); // loaded children follow the key
            if (!object(i).gone)
                m_verdict.saved.emplace(i, std::move(row));
        }
    }

    /// Rows that are not deleted, because the first new object with their key takes them over.
    void findTaken()
    {
        for (const auto &[number, row] : m_verdict.saved) {
            const int table = object(number).table;
            const auto &key = m_reference.layout(table).keys;
            const int old = m_reference.withKey(table, m_reference.keyOf(table, row));
            const bool made = object(number).row[key[0]] == kNull || object(number).numbered;
            if (object(number).stand == Stand::Pending && !made && m_verdict.deleted.contains(old))
                m_taken.insert(old);
            m_verdict.open = m_verdict.open || m_toDeleted.contains(old); // linked to the object or to its successor?
        }
    }

    void writeRows()
    {
        Database &after = m_verdict.after;
        for (const int number : m_verdict.deleted)
            rowsOf(after, object(number).table).erase(object(number).key);
        for (const auto &[number, row] : m_verdict.saved)
            if (object(number).stand == Stand::Persistent)
                rowsOf(after, object(number).table).erase(object(number).key);
        for (const auto &[number, row] : m_verdict.saved)
            if (!rowsOf(after, object(number).table).emplace(m_reference.keyOf(object(number).table, row), row).second)
                m_verdict.must.insert(Failure::Unique);
    }

    /// ON DELETE of rows that go, and of those that go with them.
    void actOnServer()
    {
        std::vector<std::pair<int, std::string>> open;
        for (const int number : m_verdict.deleted)
            if (!m_taken.contains(number))
                open.emplace_back(object(number).table, object(number).key);
        while (!open.empty()) {
            const auto [table, key] = open.back();
            open.pop_back();
            for (int r = 0; r < relationCount(); ++r)
                if (relation(r).parent == table)
                    actOn(r, key, open);
        }
    }

    void actOn(int r, const std::string &key, std::vector<std::pair<int, std::string>> &open)
    {
        Rows &rows = rowsOf(m_verdict.after, relation(r).child);
        const bool replaced = rowsOf(m_verdict.after, relation(r).parent).contains(key);
        for (auto row = rows.begin(); row != rows.end();) {
            if (m_reference.foreignKeyOf(relation(r).child, row->second, r) != key) {
                ++row;
                continue;
            }
            const int child = objectOfRow(relation(r).child, row->first);
            if (replaced && isWritten(child, r)) { // after the parent's predecessor was deleted
                ++row;
                continue;
            }
            if (relation(r).action == ServerAction::Delete) {
                open.emplace_back(relation(r).child, row->first);
                take(child);
                row = rows.erase(row);
                continue;
            }
            if (relation(r).action == ServerAction::Refuse)
                m_verdict.must.insert(Failure::ForeignKey);
            else
                setNull(r, child, row->second);
            ++row;
        }
    }

    [[nodiscard]] bool isWritten(int child, int r) const
    {
        return m_verdict.saved.contains(child) &&
               (object(child).stand == Stand::Pending || object(child).ties[static_cast<std::size_t>(r)].set);
    }

    void take(int child)
    {
        if (m_verdict.saved.contains(child) && object(child).stand == Stand::Persistent)
            m_verdict.may.insert(Failure::Stale); // where the parent must be deleted first
        m_verdict.gone.insert(child);
    }

    void setNull(int r, int child, Cells &row)
    {
        for (const std::size_t position : m_reference.layout(relation(r).child).foreign[static_cast<std::size_t>(r)])
            row[position] = kNull;
        m_verdict.behind.insert(child);
    }

    [[nodiscard]] int objectOfRow(int table, const std::string &key) const
    {
        for (const auto &[number, row] : m_verdict.saved)
            if (object(number).table == table && m_reference.keyOf(table, row) == key)
                return number;
        return m_reference.withKey(table, key);
    }

    void checkRows()
    {
        for (const auto &[number, row] : m_verdict.saved)
            checkNotNull(number, row);
        for (int table = 0; table < static_cast<int>(m_verdict.after.size()); ++table)
            for (const auto &columns : uniqueColumns(table))
                checkUnique(table, columns);
        for (int r = 0; r < relationCount(); ++r)
            for (const auto &[key, row] : rowsOf(m_verdict.after, relation(r).child)) {
                const std::string parent = m_reference.foreignKeyOf(relation(r).child, row, r);
                if (!parent.empty() && !rowsOf(m_verdict.after, relation(r).parent).contains(parent))
                    m_verdict.must.insert(Failure::ForeignKey);
            }
    }

    /// An object that a rollback left with the key it had may find that key given to another one in the same flush, and
    /// its children do not say any more that they follow it.
    void checkAddedAgain()
    {
        for (const auto &[number, row] : m_verdict.saved) {
            if (object(number).stand == Stand::Pending && object(number).again)
                m_verdict.may.insert({Failure::Unique, Failure::ForeignKey});
        }
    }

    void checkNotNull(int number, const Cells &row)
    {
        const int table = object(number).table;
        const ModelClass &entry = m_model.classes[static_cast<std::size_t>(table)];
        for (std::size_t i = 0; i < entry.columns.size(); ++i)
            if (entry.columns[i].required && row[m_reference.layout(table).data[i]] == kNull)
                m_verdict.must.insert(Failure::NotNull);
        for (int r = 0; r < relationCount(); ++r)
            if (relation(r).child == table && relation(r).required && m_reference.foreignKeyOf(table, row, r).empty())
                m_verdict.must.insert(Failure::NotNull);
    }

    [[nodiscard]] std::vector<std::vector<std::size_t>> uniqueColumns(int table) const
    {
        const Layout &layout = m_reference.layout(table);
        std::vector<std::vector<std::size_t>> all{layout.keys};
        const ModelClass &entry = m_model.classes[static_cast<std::size_t>(table)];
        for (std::size_t i = 0; i < entry.columns.size(); ++i)
            if (entry.columns[i].unique)
                all.push_back({layout.data[i]});
        for (int r = 0; r < relationCount(); ++r)
            if (relation(r).child == table && relation(r).unique)
                all.push_back(layout.foreign[static_cast<std::size_t>(r)]);
        return all;
    }

    static Cells tuple(const Cells &row, const std::vector<std::size_t> &columns)
    {
        Cells cells;
        for (const std::size_t column : columns)
            cells.push_back(row[column]);
        return std::find(cells.begin(), cells.end(), kNull) == cells.end() ? cells : Cells();
    }

    void checkUnique(int table, const std::vector<std::size_t> &columns)
    {
        std::map<Cells, std::string> taken;
        for (const auto &[key, row] : rowsOf(m_verdict.after, table))
            if (const Cells cells = tuple(row, columns); !cells.empty() && !taken.emplace(cells, key).second)
                m_verdict.must.insert(Failure::Unique);
        for (const auto &[number, row] : m_verdict.saved) {
            if (object(number).table != table)
                continue;
            const Cells cells = tuple(row, columns);
            for (const auto &[key, old] : rowsOf(before(), table))
                if (!cells.empty() && key != object(number).key && tuple(old, columns) == cells)
                    takenBefore(m_reference.withKey(table, key));
        }
    }

    /// A saved row takes a unique value of this one, which must give it up first.
    void takenBefore(int holder)
    {
        if (m_verdict.saved.contains(holder) || m_verdict.gone.contains(holder))
            m_verdict.may.insert(Failure::Unique); // the order of UPDATEs and of the server's actions is nobody's duty
        if (!m_verdict.deleted.contains(holder))
            return;
        for (int r = 0; r < relationCount(); ++r) // it must wait for what leaves it, or comes to it
            for (const auto &[number, row] : m_verdict.saved) {
                const Object &child = object(number);
                if (relation(r).child != child.table || relation(r).parent != object(holder).table)
                    continue;
                const bool left = child.stand == Stand::Persistent &&
                                  m_reference.foreignKeyOf(child.table, child.base, r) == object(holder).key;
                if (left || child.ties[static_cast<std::size_t>(r)].parent == holder)
                    m_verdict.may.insert({Failure::Unique, Failure::ForeignKey, Failure::Stale});
            }
    }

    const Reference &m_reference;
    const Model &m_model;
    std::set<std::pair<int, int>> m_nulls; // child, relation: its parent goes
    std::set<int> m_taken;
    std::set<int> m_toDeleted; // deleted objects that others are linked to
    bool m_blind = false;
    Verdict m_verdict;
};

Verdict Reference::judge() const { return Judge(*this).run(); }

} // namespace property
