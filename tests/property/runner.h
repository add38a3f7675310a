#pragma once

#include "tests/property/reference.h"
#include "tests/property/steps.h"

#include "ormcore/engine/engine.h"
#include "ormcore/session/session.h"

#include <functional>
#include <memory>
#include <stdexcept>

namespace property {

/// The session, its objects or the database are not what the reference says.
class Mismatch : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// An empty database in memory with a model's tables.
class World {
public:
    explicit World(const Model &model);

    Model model;
    std::unique_ptr<orm::Engine> engine;
    orm::Registry registry;
    int writes = 0; ///< INSERT, UPDATE and DELETE sent so far
};

/// Does the steps to a session and to the reference, and compares the two. Errors: Mismatch.
class Runner {
public:
    explicit Runner(const Model &model);
    void run(const Steps &steps);

private:
    void perform(const Step &step);
    void performOnTable(const Step &step, int table, int number);
    void add(int table, int handle, int values, int parents);
    void set(int number, int column, int value);
    void link(const Step &step, bool fromParent);
    void unlink(const Step &step, bool fromParent);
    void remove(int number);
    void drop(int table, int handle);
    void readd(int number);
    void setKey(int number, int key);
    void expire(int number, bool refresh);
    void expireAll();
    void get(int table, int handle, int row);
    void query(int table, int handle, int row);
    void setByOther(int table, int row, int column, int value);
    void removeByOther(int table, int row);
    void holdTransaction();
    void beginNested();
    void endNested(bool keep);
    void flush();
    void commit();
    void rollback();
    void check();

    /// Does it to the session, which may flush by itself on the way, then to the reference.
    void act(const std::function<void()> &session, const std::function<void()> &reference);
    bool attempt(const std::function<void()> &work); ///< false: failed as it may, and was rolled back
    void learnKeys();                                ///< of the reference's new objects that have a row in the session
    void absorb();
    void recover();
    void noteUnloaded();
    void stopAtLostValues();
    void releaseDropped();

    /// The program writes a column: before it was loaded nobody knows whether that is a change.
    void noteWrite(int number, const std::vector<std::size_t> &columns);

    void compareDatabase();
    void compareObject(int number);
    void compareParent(int child, int relation);
    void compareChildren(int parent, int relation);
    [[nodiscard]] int identify(const orm::Record &record, int table) const;

    [[nodiscard]] int held(int table, int handle) const; ///< the object behind a handle; -1: none
    [[nodiscard]] bool usable(int number) const;
    [[nodiscard]] int rowAt(int table, int row) const; ///< the object of a row; -1: there is none
    void hold(int table, int handle, int number, const orm::Record &record);
    [[nodiscard]] orm::Record &record(int number) { return m_records[static_cast<std::size_t>(number)]; }
    [[nodiscard]] const orm::Table &table(int number) const;
    [[nodiscard]] std::string name(int number) const;

    World m_world;
    std::unique_ptr<orm::Session> m_session;
    Reference m_reference;
    std::vector<orm::NestedTransaction> m_nested;
    std::vector<orm::Record> m_records;      // by object; empty: the program holds it no more
    std::vector<std::vector<int>> m_handles; // by class
    bool m_over = false;                     // what comes next has no one right answer
    std::set<int> m_dropped;                 // to be let go as soon as nothing of them waits for a flush
};

/// A model and steps as a failure prints them.
void runText(const std::string &text);

} // namespace property
