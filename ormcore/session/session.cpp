#include "ormcore/session/session.h"

#include "ormcore/session/loading/relation_loader.h"
#include "ormcore/session/session_core.h"

#include <algorithm>

namespace orm {

NestedTransaction::NestedTransaction(SessionCore &core) : m_core(&core), m_depth(core.beginNested()) {}

NestedTransaction::NestedTransaction(NestedTransaction &&other) noexcept
    : m_core(std::exchange(other.m_core, nullptr)), m_depth(other.m_depth)
{
}

NestedTransaction::~NestedTransaction()
{
    if (!m_core)
        return;
    try {
        m_core->endNested(m_depth, false);
    } catch (const Error &) {
        m_core->rollback(); // the savepoint is gone, so the transaction is
    }
}

void NestedTransaction::commit()
{
    m_core->endNested(m_depth, true);
    m_core = nullptr;
}

void NestedTransaction::rollback() { std::exchange(m_core, nullptr)->endNested(m_depth, false); }

struct StateStream::Impl {
    static constexpr std::size_t block = 512;
    SessionCore &core;
    bool populate;
    bool siblings;
    std::shared_ptr<const RowLayout> layout;
    LoadPlan plan;
    ObjectRows rows;
    Result result;
    std::vector<ObjectHandle> objects{};
    std::size_t at = 0;

    Impl(SessionCore &session, const ObjectQuery &query, const Mapper &mapper)
        : core(session),
          populate(query.options.populateExisting),
          siblings(query.options.siblings),
          layout(session.rowsOf(query, mapper)),
          plan(planOf(session, query, mapper, layout.get())),
          rows(session, mapper, plan, {query.options.populateExisting, false, layout.get()}),
          result(execute(query, mapper))
    {
    }
    static LoadPlan planOf(SessionCore &core, const ObjectQuery &query, const Mapper &mapper, const RowLayout *layout)
    {
        LoadPlan plan = inBlocks(loadPlan(core.registry(), mapper, query.options.loads));
        return layout && !layout->members.empty() ? inUnion(std::move(plan)) : plan;
    }
    Result execute(const ObjectQuery &query, const Mapper &mapper)
    {
        return core.connection().execute(
            rows.statement(core.resolved(query, mapper, layout.get()), SessionCore::aliasOf(query)));
    }
    void readBlock()
    {
        objects.clear();
        at = 0;
        core.maybeSweep();
        core.beginBatch(siblings);
        DriverStatement &row = result.native();
        std::vector<State *> states;
        while (states.size() < block && result.next())
            if (State *state = rows.read(row))
                states.push_back(state);
        rows.finish();
        for (State *state : states)
            objects.emplace_back(state);
        RelationLoader(core, populate).load(states, plan, true, nullptr);
        core.tellRead();
    }
};

StateStream::StateStream(std::unique_ptr<Impl> impl) noexcept : m_impl(std::move(impl)) {}
StateStream::StateStream(StateStream &&) noexcept = default;
StateStream &StateStream::operator=(StateStream &&) noexcept = default;
StateStream::~StateStream() = default;

ObjectHandle StateStream::next()
{
    if (m_impl->at == m_impl->objects.size())
        m_impl->readBlock();
    return m_impl->objects.empty() ? ObjectHandle() : std::move(m_impl->objects[m_impl->at++]);
}

Session::Session(Engine &engine, const Registry &registry, SessionOptions options)
    : m_core(std::make_unique<SessionCore>(engine, registry, options))
{
}

Session::~Session() = default;

State &Session::addNew(const char *typeName, void *movable)
{
    return m_core->addNew(m_core->registry().mapperOfType(typeName), movable);
}

Record Session::add(const Table &table, const std::vector<std::pair<std::string, Value>> &values)
{
    return add(m_core->registry().mapper(table), values);
}

Record Session::add(const Mapper &mapper, const std::vector<std::pair<std::string, Value>> &values)
{
    Record record(&m_core->addNew(mapper, nullptr));
    try {
        for (const auto &[name, value] : values)
            record.set(name, value);
    } catch (...) {
        m_core->expunge(*record.state());
        throw;
    }
    return record;
}

void Session::add(const ObjectHandle &object) { m_core->attach(*object.state()); }

void Session::remove(const ObjectHandle &object) { m_core->remove(*object.state()); }

void Session::expunge(const ObjectHandle &object) { m_core->expunge(*object.state()); }

void Session::expungeAll() { m_core->expungeAll(); }

ObjectHandle Session::merged(const ObjectHandle &object) { return ObjectHandle(&m_core->merge(*object.state())); }

ObjectHandle Session::mergeNew(const char *typeName, void *movable)
{
    const ObjectHandle given(&m_core->makeTransient(m_core->registry().mapperOfType(typeName), movable));
    return merged(given);
}

State *Session::find(const char *typeName, std::span<const Value> key, const QueryOptions &options)
{
    return m_core->get(m_core->registry().mapperOfType(typeName), key, options);
}

Record Session::get(const Table &table, const std::vector<Value> &key, const QueryOptions &options)
{
    return get(m_core->registry().mapper(table), key, options);
}

Record Session::get(const Mapper &mapper, const std::vector<Value> &key, const QueryOptions &options)
{
    return Record(m_core->get(mapper, key, options));
}

std::vector<State *> Session::load(const ObjectQuery &query) { return m_core->all(query); }

namespace {

ObjectQuery recordQuery(const Select &select, const QueryOptions &options)
{
    ObjectQuery query;
    query.select = select;
    query.options = options;
    return query;
}

} // namespace

std::vector<Record> Session::all(const Select &query, const QueryOptions &options)
{
    std::vector<Record> records;
    const std::vector<State *> states = m_core->all(recordQuery(query, options));
    records.reserve(states.size());
    for (State *state : states)
        records.emplace_back(state);
    return records;
}

State *Session::loadFirst(const ObjectQuery &query)
{
    ObjectQuery limited = query;
    limited.select.limit(1);
    const std::vector<State *> states = load(limited);
    return states.empty() ? nullptr : states.front();
}

Record Session::first(const Select &query, const QueryOptions &options)
{
    return Record(loadFirst(recordQuery(query, options)));
}

Record Session::one(const Select &query, const QueryOptions &options)
{
    return Record(loadOne(recordQuery(query, options), true));
}

Record Session::oneOrNone(const Select &query, const QueryOptions &options)
{
    return Record(loadOne(recordQuery(query, options), false));
}

StateStream Session::stream(const Select &query, const QueryOptions &options)
{
    return openStream(recordQuery(query, options));
}

State *Session::loadOne(const ObjectQuery &query, bool required)
{
    ObjectQuery limited = query;
    if (!limited.select.rowLimit)
        limited.select.limit(2); // enough to know that there is more than one
    const std::vector<State *> states = load(limited);
    if (states.empty() && required)
        throw NoResult("the query found no row where exactly one was expected");
    if (states.size() > 1)
        throw MultipleResults("the query found more than one row where one was expected");
    return states.empty() ? nullptr : states.front();
}

StateStream Session::openStream(const ObjectQuery &query)
{
    m_core->prepareQuery();
    return StateStream(std::make_unique<StateStream::Impl>(*m_core, query, m_core->mapperOf(query)));
}

std::vector<std::vector<Value>> Session::rows(const Select &query)
{
    m_core->prepareQuery();
    return m_core->connection().execute(m_core->resolved(query)).all();
}

Value Session::scalar(const Select &query)
{
    m_core->prepareQuery();
    return m_core->connection().execute(m_core->resolved(query)).scalar();
}

std::int64_t Session::countOf(const ObjectQuery &query)
{
    m_core->prepareQuery();
    const Mapper &mapper = m_core->mapperOf(query);
    Select inner = m_core->resolved(query, mapper, m_core->rowsOf(query, mapper).get());
    inner.orders.clear();
    Select outer;
    outer.columns({orm::count()}).fromSelect(std::move(inner), "counted");
    return m_core->connection().execute(outer).scalar().asInt();
}

void Session::listen(SessionEvent event, std::function<void()> handler) { m_core->on(event, std::move(handler)); }

const FlushedObjects &Session::flushed() const noexcept { return m_core->flushed(); }

void Session::flush() { m_core->flush(); }

void Session::commit() { m_core->commit(); }

void Session::rollback() noexcept { m_core->rollback(); }

NestedTransaction Session::beginNested() { return NestedTransaction(*m_core); }

void Session::refresh(const ObjectHandle &object, const std::vector<std::string> &names)
{
    if (names.empty())
        m_core->refresh(*object.state());
    else
        m_core->refresh(*object.state(), names);
}

void Session::expire(const ObjectHandle &object, const std::vector<std::string> &names)
{
    if (!names.empty())
        return m_core->expire(*object.state(), names);
    m_core->expireReached(*object.state());
    m_core->leaveSiblings(*object.state()); // it alone is to be loaded anew, when it is read
}

void Session::expireAll() { m_core->expireAll(); }

NoAutoflush Session::noAutoflush() { return NoAutoflush(m_core.get()); }

SessionInspector Session::inspect() { return SessionInspector(*m_core); }

bool Session::hasChanges() const noexcept { return m_core->hasChanges(); }

std::vector<PlannedStatement> Session::preview()
{
    std::vector<PlannedStatement> planned;
    const FlushPlan plan = m_core->plan();
    for (const FlushPlan::Text &text : plan.statements(m_core->dialect())) {
        const auto kind = static_cast<PlannedStatement::Kind>(text.step->kind);
        planned.push_back({kind, &text.step->mapper->table(), Record(text.state), text.sql});
    }
    return planned;
}

Connection &Session::connection() { return m_core->connection(); }

const SessionStatistics &Session::statistics() const noexcept { return m_core->statistics(); }

void Session::resetStatistics() noexcept { m_core->resetStatistics(); }

std::size_t Session::objectCount() const noexcept { return m_core->objectCount(); }

void Session::sweep() { m_core->sweep(); }

void createAll(Engine &engine, const MetaData &metadata)
{
    Connection connection = engine.connect();
    for (const DdlStatement &statement : createAll(metadata, connection.dialect()))
        connection.execute(statement);
    connection.commit();
}

} // namespace orm
