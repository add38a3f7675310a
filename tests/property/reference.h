#pragma once

#include "tests/property/model.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace property {

using Rows = std::map<std::string, Cells>; ///< by key
using Database = std::vector<Rows>;        ///< by table

enum class Stand { Transient, Pending, Persistent, Deleted, Detached };
enum class Failure { Unique, NotNull, ForeignKey, Stale, Argument };

/// What a program did to a relationship of a child since the last flush.
struct Tie {
    bool set = false;
    int parent = -1; ///< an object, or none
    bool orphan = false;
};

struct Object {
    int table = 0;
    Stand stand = Stand::Pending;
    Cells row;             ///< as the program sees it
    Cells base;            ///< as the database has it, as far as the program knows
    std::vector<Tie> ties; ///< by relation of the model
    std::string key;       ///< of its row
    bool again = false;    ///< a rollback made it transient, and it was added again
    bool numbered = false; ///< the database made its key in this transaction
    bool doomed = false;
    bool blind = false;  ///< a column was set before it was loaded: nobody knows whether it changed
    bool lost = false;   ///< nobody knows what it is worth if its row goes
    bool gone = false;   ///< the server took its row
    bool behind = false; ///< the server changed its row
};

/// What a flush would do, and how it may fail.
struct Verdict {
    std::set<Failure> must; ///< it fails, with one of these or of `may`
    std::set<Failure> may;
    bool open = false;  ///< two answers are right
    bool quiet = false; ///< no statement may be sent
    Database after;
    std::map<int, Cells> saved;
    std::set<int> deleted;
    std::set<int> withdrawn; ///< new orphans, which are not inserted
    std::set<int> gone;
    std::set<int> behind;
};

/// What a session and its database must look like: rows and objects as plain maps, everything found by search. Every
/// row has an object here, whether the program holds one or not.
class Reference {
public:
    explicit Reference(const Model &model);

    [[nodiscard]] const std::vector<Object> &objects() const { return m_objects; }
    [[nodiscard]] const Object &object(int number) const { return m_objects[static_cast<std::size_t>(number)]; }
    [[nodiscard]] const Database &database() const { return m_database; }
    [[nodiscard]] const Layout &layout(int table) const { return m_layouts[static_cast<std::size_t>(table)]; }
    [[nodiscard]] int parentOf(int child, int relation) const; ///< -1: none
    [[nodiscard]] std::vector<int> childrenOf(int parent, int relation) const;
    [[nodiscard]] int withKey(int table, const std::string &key) const; ///< persistent; -1: none
    [[nodiscard]] bool listIsStale(int parent, int relation) const { return m_staleLists.contains({parent, relation}); }
    [[nodiscard]] bool inSession(int number) const;
    [[nodiscard]] bool isNewInTransaction(int number) const; ///< a rollback leaves it without a row

    int add(int table, Cells row);
    void set(int number, std::size_t column, const Cell &cell);
    /// Another session wrote the cell, or deleted the row.
    void setByOther(int number, std::size_t column, const Cell &cell);
    void removeByOther(int number);
    void setKeyMadeByDatabase(int number, const Cell &cell);
    void noteBlind(int number) { at(number).blind = true; } ///< see Object::blind
    void noteLost(int number) { at(number).lost = true; }   ///< see Object::lost
    void setParent(int child, int relation, int parent);
    void attach(int number);
    void remove(int number);
    void expire(int number);
    /// An object that an expiry of this one would reach, too, waits for a flush: whether it is reached depends on what
    /// is loaded.
    [[nodiscard]] bool hasChangesBelow(int number) const;
    void expireAll();

    [[nodiscard]] Verdict judge() const;
    void accept(const Verdict &verdict);
    void commit();
    void rollback();
    void beginNested();
    void releaseNested();
    void rollbackNested();
    [[nodiscard]] std::size_t depth() const { return m_frames.size(); } ///< 1: no savepoint

private:
    struct Frame {
        Database database;
        std::vector<std::pair<Stand, std::string>> objects;
    };
    friend class Judge;

    [[nodiscard]] Object &at(int number) { return m_objects[static_cast<std::size_t>(number)]; }
    [[nodiscard]] const ModelRelation &relation(int number) const
    {
        return m_model.relations[static_cast<std::size_t>(number)];
    }
    [[nodiscard]] int relationCount() const { return static_cast<int>(m_model.relations.size()); }
    [[nodiscard]] std::string keyOf(int table, const Cells &row) const;
    [[nodiscard]] std::string foreignKeyOf(int table, const Cells &row, int relation) const; ///< empty: NULL
    [[nodiscard]] bool isNew(int number) const;
    [[nodiscard]] std::vector<int> allParents() const; ///< by object and relation
    void markListsStale(int child);
    void reload(Object &object);
    void addMissingObjects(); ///< for rows whose object left the session
    [[nodiscard]] Frame snapshot() const;
    void restore(const Frame &frame);

    const Model &m_model;
    std::vector<Layout> m_layouts;
    Database m_database;
    std::vector<Object> m_objects;
    std::set<std::pair<int, int>> m_staleLists; // parent, relation: what the object holds is older than the database
    std::vector<Frame> m_frames;
};

} // namespace property
