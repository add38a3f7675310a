#pragma once

#include "ormcore/mapping/record.h"
#include "ormcore/mapping/registry.h"
#include "ormcore/session/hybrid.h"
#include "ormcore/session/inspect.h"
#include "ormcore/session/query.h"
#include "ormcore/session/session_events.h"
#include "ormcore/session/statistics.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

// How it is used, with classes and with tables that are known at run time only ({} behind each member keeps GCC's
// -Wextra quiet about User{.name = …}):
//
//     struct User;                                      // plain structs: no base class, no macro
//     struct Address {
//         std::int64_t id{};
//         std::string email{};
//         std::int64_t userId{};
//         orm::One<User> user{};
//     };
//     struct User {
//         std::int64_t id{};
//         std::string name{};
//         std::optional<std::int32_t> age{};
//         orm::Many<Address> addresses{};
//     };
//     orm::Registry registry;
//     registry.map<User>("users")
//         .column<&User::id>("id", orm::primaryKey)
//         .column<&User::name>("name", orm::String(50))
//         .column<&User::age>("age")
//         .many<&User::addresses>(orm::backPopulates<&Address::user>, orm::cascadeAllDeleteOrphan);
//     registry.map<Address>("addresses")
//         .column<&Address::id>("id", orm::primaryKey)
//         .column<&Address::email>("email", orm::String(100), orm::unique)
//         .column<&Address::userId>("user_id", orm::references("users.id"))
//         .one<&Address::user>(orm::backPopulates<&User::addresses>);
//     auto engine = orm::createEngine("sqlite:///shop.db");
//     orm::createAll(*engine, registry.metadata());
//
//     orm::Session session(*engine, registry);
//     orm::Ref<User> user = session.add(User{.name = "João"});
//     user.add<&User::addresses>(Address{.email = "joao@example.com"});
//     session.flush();                                  // user->id is known, so is the address's userId
//     user.set<&User::age>(30);
//     user.edit().name = "João Silva";
//     for (const auto &found : session.all(orm::select<User>()
//                                              .where(orm::f<&User::age> >= 18 &&
//                                              orm::f<&User::name>.contains("Silva"))
//                                              .options(orm::selectin<&User::addresses>)
//                                              .orderBy(orm::f<&User::name>)))
//         print(found->name, found->addresses.size());
//     session.commit();
//
//     orm::Registry tables = orm::Registry::reflected(orm::reflect(connection));
//     orm::Session records(*engine, tables);
//     const orm::Table &customers = tables.metadata()["customer"];
//     orm::Record customer = records.get(customers, {orm::Value(1)});     // empty where there is none
//     customer.set("email", "new@example.com");
//     orm::Record fresh = records.add(customers, {{"first_name", "Ana"}});
//     for (const orm::PlannedStatement &planned : records.preview())      // what flush() would send
//         print(planned.sql);
//     records.commit();
namespace orm {

class Engine;
class Connection;
class SessionCore;
class Dialect;

/// What else than its key must be unchanged for a row to be written.
enum class ConflictCheck {
    Key,       ///< exactly one row must be touched
    LoadedRow, ///< before an UPDATE or DELETE the row is read in the same transaction: every loaded column must be as
               ///< it was loaded, else StaleRow says which differ
};

struct SessionOptions {
    bool autoflush = true;      ///< flush before every statement that reads
    bool expireOnCommit = true; ///< after a commit objects are loaded anew when they are read
    bool implicitIo = true;     ///< false: reading what is not loaded throws ImplicitIo
    ConflictCheck conflictCheck = ConflictCheck::Key;
    /// Reading what is not loaded loads it for up to 512 objects at once: those that came into memory together.
    bool siblingLoads = true;
};

/// One statement that a flush would send. Keys that the database will make stand as :table_n_column.
struct PlannedStatement {
    enum class Kind { Insert, Update, Delete };
    Kind kind = Kind::Insert;
    const Table *table = nullptr;
    Record record;
    std::string sql; ///< with its values written in: for people, never executed
};

/// A transaction inside the session's transaction. Rolled back when it is destroyed without commit().
class NestedTransaction {
public:
    explicit NestedTransaction(SessionCore &core);
    NestedTransaction(NestedTransaction &&other) noexcept;
    NestedTransaction &operator=(NestedTransaction &&) = delete;
    ~NestedTransaction();
    void commit(); ///< flushes
    void rollback();

private:
    SessionCore *m_core;
    std::size_t m_depth;
};

/// The erased half of ObjectStream, and a stream of records: a running query, read in blocks.
class StateStream {
public:
    struct Impl;
    explicit StateStream(std::unique_ptr<Impl> impl) noexcept;
    StateStream(StateStream &&) noexcept;
    StateStream &operator=(StateStream &&) noexcept;
    ~StateStream();
    [[nodiscard]] ObjectHandle next(); ///< empty at the end

private:
    std::unique_ptr<Impl> m_impl;
};

/// Objects of a query one by one; those that nobody holds are freed on the way. Ends with its session.
template <class T> class ObjectStream {
public:
    explicit ObjectStream(StateStream stream) noexcept : m_stream(std::move(stream)) {}
    [[nodiscard]] Ref<T> next() { return Ref<T>(m_stream.next().state()); }

private:
    StateStream m_stream;
};

/// The objects that a program works with and their rows: identity map and unit of work over one connection at a time.
///
/// Every row is one object. Changes are collected and sent by flush() (also before queries, and by commit()): INSERTs
/// and UPDATEs in the order of the foreign keys, DELETEs in the reverse, each touching exactly one row. A transaction
/// begins with the first statement and ends with commit() or rollback(), which also give the connection back.
/// Objects that nobody holds (by Ref or Record, or by a link from a held object) are freed from time to time: hold a
/// Ref while you use a reference into the object.
/// Errors: Integrity, Operational, DataError from the database; StaleRow where a row vanished or changed meanwhile; a
/// failed flush rolls the transaction back and everything but rollback() then throws PendingRollback. Thread: one at a
/// time. Lifetime: engine and registry outlive it; its objects become detached with its end.
class Session {
public:
    Session(Engine &engine, const Registry &registry, SessionOptions options = {});
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    template <class T>
    requires(!std::is_base_of_v<ObjectHandle, T>) Ref<T> add(T object)
    {
        return Ref<T>(&addNew(typeid(T).name(), &object));
    }
    /// A new row of a table; columns that are not named are NULL, and the database's defaults then hold.
    Record add(const Table &table, const std::vector<std::pair<std::string, Value>> &values = {});
    /// The same, of a class of records that shares its table with others: add(registry.mapper("customer"), …).
    Record add(const Mapper &mapper, const std::vector<std::pair<std::string, Value>> &values = {});
    /// A transient or detached object (as a rollback or expunge() leaves it). Argument: it is another session's.
    void add(const ObjectHandle &object);
    template <class Objects> void addAll(const Objects &objects) ///< in their order
    {
        for (const auto &object : objects)
            add(object);
    }
    /// Copies an object, of another session or of none, and what is loaded of its relationships onto this session's
    /// object for the same row, which is loaded where it has to be; a new one is added where there is no row. Columns
    /// that are not loaded stay. Errors: StaleRow where versions differ.
    template <class T> [[nodiscard]] Ref<T> merge(const Ref<T> &object) { return Ref<T>(merged(object).state()); }
    template <class T>
    requires(!std::is_base_of_v<ObjectHandle, T>) Ref<T> merge(T object)
    {
        return Ref<T>(mergeNew(typeid(T).name(), &object).state());
    }
    Record merge(const Record &record) { return Record(merged(record).state()); }
    /// Deleted by the next flush; a pending object just leaves, a detached one comes back first. Argument: it has no
    /// row.
    void remove(const ObjectHandle &object);
    void expunge(const ObjectHandle &object); ///< leaves the session, its changes unsaved
    void expungeAll();

    /// By key, from memory without a statement where it is loaded. Empty: no such row, or it is of another class.
    template <class T, class... Keys> [[nodiscard]] Ref<T> get(const Keys &...key)
    {
        const Value values[] = {Value(key)...};
        return Ref<T>(find(typeid(T).name(), values, {}));
    }
    /// The same, with relationships: get<User>({joined<&User::addresses>}, 5).
    template <class T, class... Keys> [[nodiscard]] Ref<T> get(const QueryOptions &options, const Keys &...key)
    {
        const Value values[] = {Value(key)...};
        return Ref<T>(find(typeid(T).name(), values, options));
    }
    [[nodiscard]] Record get(const Table &table, const std::vector<Value> &key, const QueryOptions &options = {});
    [[nodiscard]] Record get(const Mapper &mapper, const std::vector<Value> &key, const QueryOptions &options = {});

    template <class T> [[nodiscard]] std::vector<Ref<T>> all(const TypedSelect<T> &query)
    {
        const std::vector<State *> states = load(query.query());
        std::vector<Ref<T>> objects;
        objects.reserve(states.size());
        for (State *state : states)
            objects.emplace_back(state);
        return objects;
    }
    /// Rows of the query's first table; its column list is not looked at.
    [[nodiscard]] std::vector<Record> all(const Select &query, const QueryOptions &options = {});
    template <class T> [[nodiscard]] Ref<T> first(const TypedSelect<T> &query) ///< empty: none
    {
        return Ref<T>(loadFirst(query.query()));
    }
    [[nodiscard]] Record first(const Select &query, const QueryOptions &options = {});
    template <class T> [[nodiscard]] Ref<T> one(const TypedSelect<T> &query) ///< NoResult, MultipleResults
    {
        return Ref<T>(loadOne(query.query(), true));
    }
    template <class T> [[nodiscard]] Ref<T> oneOrNone(const TypedSelect<T> &query) ///< MultipleResults
    {
        return Ref<T>(loadOne(query.query(), false));
    }
    [[nodiscard]] Record one(const Select &query, const QueryOptions &options = {});
    [[nodiscard]] Record oneOrNone(const Select &query, const QueryOptions &options = {});
    /// Relationships come with each block of 512 objects: collections by a further SELECT, whatever the query says.
    template <class T> [[nodiscard]] ObjectStream<T> stream(const TypedSelect<T> &query)
    {
        return ObjectStream<T>(openStream(query.query()));
    }
    [[nodiscard]] StateStream stream(const Select &query, const QueryOptions &options = {});
    /// Rows of values, and the first value of the first row; columns may be members (f<&User::age>).
    [[nodiscard]] std::vector<std::vector<Value>> rows(const Select &query);
    [[nodiscard]] Value scalar(const Select &query);
    template <class T> [[nodiscard]] std::int64_t count(const TypedSelect<T> &query) { return countOf(query.query()); }

    void flush();
    void commit();
    void rollback() noexcept;
    [[nodiscard]] NestedTransaction beginNested(); ///< flushes first
    /// Loads the object, or some of its columns and relationships, now; unsaved changes of what is loaded are lost.
    void refresh(const ObjectHandle &object, const std::vector<std::string> &names = {});
    void expire(const ObjectHandle &object, const std::vector<std::string> &names = {}); ///< loads at the next read
    void expireAll();
    /// Until it is destroyed, queries do not flush.
    [[nodiscard]] NoAutoflush noAutoflush();
    [[nodiscard]] SessionInspector inspect();

    /// Calls the handler with this session at each such event, for as long as the session lives. Handlers of a class or
    /// table are part of its mapping: see ClassMap::on().
    template <class Handler> void on(SessionEvent event, Handler handler)
    {
        listen(event, [this, handler = std::move(handler)] { handler(*this); });
    }
    [[nodiscard]] const FlushedObjects &flushed() const noexcept; ///< for handlers of AfterFlush; else empty
    [[nodiscard]] bool hasChanges() const noexcept;               ///< something that flush() might send
    [[nodiscard]] std::vector<PlannedStatement> preview();
    [[nodiscard]] Connection &connection(); ///< of the running transaction; flush() first where it matters
    /// What was sent because something was read that no query had loaded. The engine's log tells it of each statement.
    [[nodiscard]] const SessionStatistics &statistics() const noexcept;
    void resetStatistics() noexcept;
    [[nodiscard]] std::size_t objectCount() const noexcept; ///< in memory, held or not
    void sweep();                                           ///< frees what nobody holds, now

private:
    [[nodiscard]] State &addNew(const char *typeName, void *movable);
    [[nodiscard]] ObjectHandle merged(const ObjectHandle &object);
    [[nodiscard]] ObjectHandle mergeNew(const char *typeName, void *movable);
    [[nodiscard]] State *find(const char *typeName, std::span<const Value> key, const QueryOptions &options);
    [[nodiscard]] std::vector<State *> load(const ObjectQuery &query);
    [[nodiscard]] State *loadFirst(const ObjectQuery &query);
    [[nodiscard]] State *loadOne(const ObjectQuery &query, bool required);
    [[nodiscard]] StateStream openStream(const ObjectQuery &query);
    [[nodiscard]] std::int64_t countOf(const ObjectQuery &query);
    void listen(SessionEvent event, std::function<void()> handler);

    std::unique_ptr<SessionCore> m_core;
};

/// Makes every table, index, view and trigger of the metadata that the database does not have yet.
void createAll(Engine &engine, const MetaData &metadata);

} // namespace orm
