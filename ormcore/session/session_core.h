#pragma once

#include "ormcore/engine/engine.h"
#include "ormcore/session/flush_plan.h"
#include "ormcore/session/identity_map.h"
#include "ormcore/session/loading/keyed_select.h"
#include "ormcore/session/loading/load_plan.h"
#include "ormcore/session/loading/relation_keys.h"
#include "ormcore/session/session.h"
#include "ormcore/session/state_list.h"

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace orm {

/// One open transaction or savepoint: what a rollback of it has to restore.
struct TransactionFrame {
    struct Rekeyed {
        State *state;
        std::vector<Value> key; ///< before
    };
    std::vector<State *> inserted;
    std::vector<State *> numbered; ///< inserted, too, with a key that the database made
    std::vector<State *> deleted;
    std::vector<State *> updated;
    std::vector<State *> parents; ///< of objects that were updated to have another one: the old and the new
    std::vector<Rekeyed> rekeyed;
    std::string savepoint; ///< empty: the transaction itself
};

/// What is prepared for one mapper on the connection in use.
struct PreparedStatements {
    struct Write {
        FlushStep::Kind kind;
        bool links; ///< rows of an N:N link table, not objects
        bool extra;
        ColumnSet columns;
        std::shared_ptr<const Compiled> compiled;
        DriverStatement *statement;
        std::vector<std::uint16_t> returning;
        std::vector<std::uint16_t> unknown; ///< filled in by a server that does not return it
    };
    std::optional<KeyedSelect> byKey;
    std::vector<std::optional<KeyedSelect>> byRelationship;
    std::vector<Write> writes;
};

/// True for as long as it lives: what runs meanwhile must not run again inside itself.
class During {
public:
    explicit During(bool &flag) noexcept : m_flag(flag), m_before(std::exchange(flag, true)) {}
    During(const During &) = delete;
    During &operator=(const During &) = delete;
    ~During() { m_flag = m_before; }

private:
    bool &m_flag;
    bool m_before;
};

/// The session itself, type-erased: Session is its typed shell.
///
/// Split over session_core.cpp (connection), states.cpp, transactions.cpp, loading/ (queries and relationships),
/// flush.cpp (unit of work), absorb.cpp (its third step), session_events.cpp (handlers) and sweep.cpp.
class SessionCore final : public ObjectStore {
public:
    SessionCore(Engine &engine, const Registry &registry, SessionOptions options);
    SessionCore(const SessionCore &) = delete;
    SessionCore &operator=(const SessionCore &) = delete;
    ~SessionCore();

    // ObjectStore
    void loadColumns(State &state) override;
    void loadRelation(State &state, const Relationship &relationship) override;
    void noteChanged(State &state) override;
    void attach(State &state) override;
    [[nodiscard]] State *findLoaded(const Mapper &mapper, std::span<const Value> key) override;

    // objects and transactions
    [[nodiscard]] State &addNew(const Mapper &mapper, void *movable);
    [[nodiscard]] State &makeTransient(const Mapper &mapper, void *movable)
    {
        return m_region->create(mapper, movable);
    }
    void requirePersistent(const State &state) const; ///< throws Argument
    void remove(State &state);
    void expunge(State &state); ///< and what it cascades to; so do expireReached() and refresh() of a whole object
    void expungeAll() noexcept;
    void expire(State &state) noexcept;
    void expire(State &state, std::span<const std::string> names); ///< columns and relationships
    void expireReached(State &state);
    void expireAll() noexcept;
    void refresh(State &state);
    void refresh(State &state, std::span<const std::string> names);
    [[nodiscard]] State &merge(State &given);
    [[nodiscard]] std::vector<State *> pending() { return m_pending.all(); }
    [[nodiscard]] std::vector<State *> changed() { return m_changed.all(); }
    [[nodiscard]] std::vector<State *> doomed() { return m_doomed.all(); }
    void commit();
    void rollback() noexcept;
    std::size_t beginNested();
    void endNested(std::size_t depth, bool keep);
    [[nodiscard]] bool hasChanges() const noexcept;
    [[nodiscard]] const Registry &registry() const noexcept { return m_registry; }
    [[nodiscard]] std::size_t objectCount() const noexcept { return m_region->live(); }
    [[nodiscard]] Connection &connection(); ///< PendingRollback after a failed flush
    void checkUsable() const;               ///< the same, without taking a connection
    [[nodiscard]] const Dialect &dialect() const noexcept { return m_engine.dialect(); }

    // queries
    [[nodiscard]] State *get(const Mapper &mapper, std::span<const Value> key, const QueryOptions &options = {});
    [[nodiscard]] std::vector<State *> all(const ObjectQuery &query);
    /// What its rows have; null where nobody inherits.
    [[nodiscard]] std::shared_ptr<const RowLayout> rowsOf(const ObjectQuery &query, const Mapper &mapper) const;
    [[nodiscard]] Select resolved(const ObjectQuery &query, const Mapper &mapper, const RowLayout *rows) const;
    [[nodiscard]] Select resolved(Select select) const;
    [[nodiscard]] const Mapper &mapperOf(const ObjectQuery &query) const;
    [[nodiscard]] static std::string aliasOf(const ObjectQuery &query); ///< of the objects' own table
    void prepareQuery(bool siblings = true); ///< what every query starts with: autoflush and the sweep
    /// The object of the current row, from memory where it is there. `first` is the column where the mapper's begin.
    /// `rows`: what the statement has of a class that others inherit from; null: as it is mapped.
    [[nodiscard]] State &readRow(DriverStatement &row, const Mapper &mapper, int first, bool populate,
                                 const RowLayout *rows = nullptr);
    [[nodiscard]] State *find(const Mapper &mapper, std::int64_t key) const noexcept
    {
        return m_identity.find(mapper, key);
    }
    [[nodiscard]] const LoadPlan &mappedPlan(const Mapper &mapper); ///< of a query without options
    /// Objects that come into memory from now on are siblings of each other, not of earlier ones; or of none.
    void beginBatch(bool siblings = true) noexcept
    {
        ++m_batch;
        m_withSiblings = siblings && m_options.siblingLoads;
    }
    void leaveSiblings(State &state) noexcept { m_region->leaveSiblings(state); }

    // statements that nobody asked for by a query: see ImplicitLoad
    [[nodiscard]] std::uint64_t sent() const noexcept { return m_sent; } ///< by loaders, ever
    void noteSent() noexcept { ++m_sent; }
    void count(const Mapper &mapper, const Relationship *relationship, std::uint64_t statements, std::size_t objects);
    void endImplicitLoad() noexcept;
    [[nodiscard]] const SessionStatistics &statistics() const noexcept { return m_statistics; }
    void resetStatistics() noexcept { m_statistics = {}; }

    // unit of work
    void flush();
    [[nodiscard]] FlushPlan plan();

    // handlers
    void on(SessionEvent event, std::function<void()> handler);
    [[nodiscard]] const FlushedObjects &flushed() const noexcept { return m_flushed; }
    /// Completes what is to be in memory, and calls the handlers of Load and Refresh: where a query for a program is
    /// through.
    void tellRead()
    {
        if (!m_incomplete.empty()) [[unlikely]]
            completeClasses();
        if (!m_read.empty()) [[unlikely]]
            tellWaiting();
    }

    void sweep();
    void maybeSweep();

private:
    friend class FlushExecution;

    void autoflush(); ///< where the session does so, before every statement for a program
    void load(State &state);
    void attachAlone(State &state);
    void expungeAlone(State &state) noexcept;
    /// The object, and what the cascade leads to through what is loaded.
    [[nodiscard]] std::vector<State *> reached(State &state, Cascade cascade);
    static void leave(State &state) noexcept;
    void expireAlone(State &state) noexcept; ///< collections of others stay
    static void expireColumn(State &state, std::uint16_t column);
    static void expireRelation(State &state, const Relationship &relationship);
    [[nodiscard]] std::vector<State *> forgetUnflushed() noexcept;
    void forgetPending() noexcept;
    [[nodiscard]] bool fetchByKey(const Mapper &mapper, std::span<const Value> key, State *&found, bool populate);
    [[nodiscard]] PreparedStatements &prepared(const Mapper &mapper);
    void dropConnection() noexcept;
    void fill(State &state, DriverStatement &row, int first, bool populate, const std::vector<int> *places);
    void completeClasses();
    void loadRest(const Mapper &mapper, const std::vector<State *> &states);
    void joinSiblings(State &state) noexcept;
    void forgetChanges(State &state) noexcept;
    void becomeTransient(State &state) noexcept;
    void restore(TransactionFrame &frame) noexcept;
    void foldFrame();
    [[nodiscard]] TransactionFrame &frame();

    // relationships
    [[nodiscard]] bool loadFromMemory(State &state, const Relationship &relationship);
    [[nodiscard]] std::vector<State *> siblings(State &state, const Relationship &relationship);
    void reload(const Mapper &mapper, const std::vector<State *> &expired);
    void loadList(State &state, const Relationship &relationship);
    void loadTarget(State &state, const Relationship &relationship);
    void selectIn(const std::vector<State *> &states, const Relationship &relationship);
    [[nodiscard]] State *getWithRelations(const Mapper &mapper, std::span<const Value> key,
                                          const QueryOptions &options);
    [[nodiscard]] const KeyedSelect &relationStatement(const Relationship &relationship);

    // unit of work
    void collect(FlushInput &input, bool write);
    void forgetCascaded(const FlushInput &input) noexcept;
    void settle();
    void collectOrphans(std::vector<State *> &doomed);
    void cascadeDeletes(std::vector<State *> &doomed, bool write);
    static void cascadeDelete(State &parent, const Relationship &relationship, std::vector<State *> &doomed,
                              bool write);
    void findReplacements(FlushInput &input);
    void followKeys(FlushInput &input);
    void followKeys(const Reference &reference, const ByRelationKey<State *> &parents, FlushInput &input,
                    std::vector<std::pair<State *, ColumnSet>> &next);
    [[nodiscard]] std::vector<const Reference *> referencesTo(const Mapper &target) const;
    void absorb(const FlushPlan &plan, const FlushInput &input);
    void absorb(const FlushStep &step, TransactionFrame &into);
    void takeIdentity(State &state) noexcept;
    void absorbInserted(State &state);
    void absorbReplaced(State &fresh, State &old, TransactionFrame &into);
    void absorbFollower(const KeyFollower &follower, TransactionFrame &into);
    static void rememberParents(State &state, TransactionFrame &into);
    void rekey(State &state, TransactionFrame &into);
    void absorbUpdated(State &state, TransactionFrame &into);
    void absorbDeleted(State &state, TransactionFrame &into);
    void failed() noexcept;

    // handlers
    void refuseInHandler(const char *what) const;
    void checkHandler();
    void announce(SessionEvent event);
    void announceRollback() noexcept;
    void tell(ObjectEvent event, State &state);
    void noteRead(ObjectEvent event, State &state);
    void tellWaiting();
    void tellBefore(FlushInput &input);
    void tellAfter(const FlushPlan &plan);
    void announceFlushed(const FlushInput &input);
    void flushUntilClean();

    Engine &m_engine;
    const Registry &m_registry;
    SessionOptions m_options;
    Region *m_region; // deletes itself when the session and the last handle are gone
    IdentityMap m_identity;
    std::optional<Connection> m_connection;
    std::vector<PreparedStatements> m_prepared;   // by mapper
    std::vector<std::optional<LoadPlan>> m_plans; // by mapper
    std::vector<TransactionFrame> m_frames;
    StateList m_pending;
    StateList m_changed;
    StateList m_doomed;
    /// The siblings that come into memory now.
    struct Ring {
        State *last = nullptr;
        std::uint32_t batch = 0;
        std::uint32_t size = 0;
    };
    std::vector<Ring> m_rings; // by mapper
    SessionStatistics m_statistics;
    std::uint64_t m_sent = 0;
    std::size_t m_sweepAt = 4096;
    std::uint32_t m_batch = 1; // that of a ring without objects is 0
    bool m_withSiblings = true;
    std::array<std::vector<std::function<void()>>, sessionEvents> m_handlers;
    std::vector<State *> m_incomplete; // whose subclasses' columns are still to come with a further SELECT
    std::deque<std::pair<ObjectEvent, ObjectHandle>> m_read; // Load and Refresh that are still to be told
    FlushedObjects m_flushed;                                // while AfterFlush is handled
    bool m_listened = false;                                 // some mapper has handlers
    bool m_flushing = false;
    bool m_ending = false; // by commit() or rollback()
    bool m_rollbackAsked = false;
    bool m_telling = false; // handlers of what a query has brought, which nobody holds yet
    bool m_failed = false;
};

} // namespace orm
