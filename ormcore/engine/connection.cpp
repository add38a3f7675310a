#include "ormcore/base/text.h"
#include "ormcore/engine/engine_impl.h"

#include <algorithm>

namespace orm {

namespace {

constexpr std::size_t kLoggedScript = 2000; // bytes

std::vector<ResultColumn> describe(const DriverStatement &statement)
{
    std::vector<ResultColumn> columns;
    const int count = statement.columnCount();
    columns.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        columns.push_back({.name = statement.columnName(i), .type = statement.columnType(i)});
    return columns;
}

} // namespace

std::unique_ptr<DriverStatement> Connection::Impl::prepare(const std::string &sql)
{
    auto statement = guarded([&] { return native().prepare(sql); });
    if (!shared().logger.enabled())
        return statement;
    return std::make_unique<LoggingStatement>(std::move(statement), sql, shared().logger, held->purpose);
}

Connection::Connection(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Connection::Connection(Connection &&) noexcept = default;
Connection &Connection::operator=(Connection &&) noexcept = default;
Connection::~Connection() = default;

/// One execution: finds or prepares the handle, binds, takes the first step.
class Execution {
public:
    Execution(Connection::Impl &connection, const std::shared_ptr<const Compiled> &compiled, bool cacheHit)
        : m_connection(connection), m_compiled(compiled), m_cacheHit(cacheHit)
    {
    }

    Result run(std::span<const Value> values)
    {
        m_connection.ensureTransaction();
        auto running = std::make_unique<Result::Impl>();
        running->held = m_connection.held;
        running->compiled = m_compiled;
        running->lease = m_connection.held->lease;
        std::vector<const Type *> types;
        std::string expanded;
        if (m_compiled->hasExpanding)
            m_compiled->expand(values, expanded, running->values, types);
        requireCount(m_compiled->hasExpanding ? running->values.size() : values.size(), types.size());
        try {
            takeHandle(*running, std::move(expanded));
            // Rows come later than this call ends: what is bound without a copy must stay that long.
            const bool later = running->statement().columnCount() > 0;
            if (!m_compiled->hasExpanding && later)
                running->values.assign(values.begin(), values.end());
            const std::span<const Value> bound =
                m_compiled->hasExpanding || later ? std::span(running->values) : values;
            m_connection.guarded([&] {
                bind(running->statement(), bound, types);
                running->firstWaits = running->statement().step();
            });
        } catch (Error &error) {
            tell(error, values);
            throw;
        }
        describeColumns(*running);
        if (!running->firstWaits)
            running->end();
        return Result(std::move(running));
    }

private:
    void takeHandle(Result::Impl &running, std::string expanded)
    {
        HandleCache &handles = m_connection.held->handles;
        running.handle = handles.find(*m_compiled, expanded);
        if (running.handle == nullptr) {
            Handle fresh;
            fresh.statement = m_connection.prepare(expanded.empty() ? m_compiled->sql : expanded);
            fresh.compiled = m_compiled;
            fresh.expanded = std::move(expanded);
            running.handle = handles.insert(fresh);
            if (running.handle == nullptr) { // the kept one is busy
                running.own = std::move(fresh);
                running.handle = &running.own;
            }
        }
        running.handle->busy = true;
        if (m_connection.shared().logger.enabled())
            static_cast<LoggingStatement &>(running.statement()).setCacheHit(m_cacheHit);
        if (m_connection.shared().logger.rows())
            running.echo = &m_connection.shared().logger;
    }

    // After the first step, because the driver prepares anew where a table was changed since.
    void describeColumns(Result::Impl &running) const
    {
        if (m_compiled->results.empty())
            running.described = describe(running.statement());
        running.columns = m_compiled->results.empty() ? &running.described : &m_compiled->results;
    }

    void requireCount(std::size_t given, std::size_t expandedCount) const
    {
        const std::size_t wanted = m_compiled->hasExpanding ? expandedCount : m_compiled->binds.size();
        if (given != wanted)
            throw Argument("The statement takes " + std::to_string(wanted) + " values, but " + std::to_string(given) +
                               " were given.",
                           {.sql = m_compiled->sql, .parameters = {}, .database = {}, .code = 0});
    }

    void bind(DriverStatement &statement, std::span<const Value> values, const std::vector<const Type *> &types) const
    {
        int parameter = 0;
        for (const Value &value : values) {
            const auto index = static_cast<std::size_t>(parameter);
            const Type &type = types.empty() ? m_compiled->binds[index].type : *types[index];
            statement.bind(++parameter, value, type);
        }
    }

    void tell(Error &error, std::span<const Value> values) const
    {
        ErrorContext &context = error.context();
        if (context.sql.empty())
            context.sql = m_compiled->sql;
        if (context.database.empty())
            context.database = m_connection.shared().url.toString();
        context.parameters = parameterText(values, m_connection.shared().options.hideParameters);
    }

    Connection::Impl &m_connection;
    const std::shared_ptr<const Compiled> &m_compiled;
    bool m_cacheHit;
};

Result Connection::execute(const Statement &statement)
{
    bool hit = false;
    Engine::Impl &shared = m_impl->shared();
    const auto compiled = shared.cache.compile(statement, dialect(), hit);
    const std::vector<Value> values = bindValues(statement);
    if (!std::holds_alternative<TextStatement>(statement))
        return Execution(*m_impl, compiled, hit).run(values);
    Result result = Execution(*m_impl, compiled, hit).run(values);
    m_impl->followNative();
    return result;
}

Result Connection::execute(const std::shared_ptr<const Compiled> &compiled, std::span<const Value> values)
{
    return Execution(*m_impl, compiled, true).run(values);
}

void Connection::execute(const DdlStatement &statement)
{
    m_impl->ensureTransaction();
    const std::string sql = dialect().compile(statement);
    const auto prepared = m_impl->prepare(sql);
    m_impl->guarded([&] {
        while (prepared->step()) {
        }
    });
}

Result Connection::execute(std::string_view sql, const std::vector<std::pair<std::string, Value>> &parameters)
{
    return execute(Statement(TextStatement{text(std::string(sql), parameters)}));
}

void Connection::executeScript(std::string_view script)
{
    if (m_impl->held->transaction->failed)
        m_impl->ensureTransaction(); // throws
    const StatementLogger &logger = m_impl->shared().logger;
    const auto start = std::chrono::steady_clock::now();
    const auto write = [&](const std::string &error) {
        if (!logger.enabled())
            return;
        const auto spent = std::chrono::steady_clock::now() - start;
        const std::string_view shown = utf8Prefix(script, kLoggedScript);
        logger.write({.sql = std::string(shown) + (shown.size() < script.size() ? "…" : ""),
                      .parameters = {},
                      .duration = std::chrono::duration_cast<std::chrono::microseconds>(spent),
                      .error = error});
    };
    try {
        m_impl->native().executeScript(script);
    } catch (const Error &error) {
        const auto *operational = dynamic_cast<const Operational *>(&error);
        m_impl->noteFailure(operational != nullptr ? operational->reason() : Operational::Reason::Other);
        m_impl->followNative();
        write(error.what());
        throw;
    }
    m_impl->followNative();
    write({});
}

std::shared_ptr<const Compiled> Connection::compile(const Statement &statement)
{
    bool hit = false;
    return m_impl->shared().cache.compile(statement, dialect(), hit);
}

DriverStatement &Connection::prepared(const std::shared_ptr<const Compiled> &compiled)
{
    m_impl->ensureTransaction();
    HandleCache &handles = m_impl->held->handles;
    if (Handle *known = handles.findPinned(*compiled))
        return *known->statement;
    if (compiled->hasExpanding)
        throw Argument("A statement with a list of values cannot be kept prepared: execute it.",
                       {.sql = compiled->sql, .parameters = {}, .database = {}, .code = 0});
    Handle fresh;
    fresh.statement = m_impl->prepare(compiled->sql);
    fresh.compiled = compiled;
    if (m_impl->shared().logger.enabled())
        static_cast<LoggingStatement &>(*fresh.statement).setCacheHit(true);
    return *handles.pin(std::move(fresh)).statement;
}

void Connection::interrupt() noexcept { m_impl->native().interrupt(); }

const Dialect &Connection::dialect() const noexcept { return m_impl->engine.dialect(); }

Engine &Connection::engine() const noexcept { return m_impl->engine; }

bool Connection::isLogged() const noexcept { return m_impl->shared().logger.enabled(); }

void Connection::setPurpose(std::string purpose) noexcept { m_impl->held->purpose = std::move(purpose); }

DriverConnection &Connection::native() noexcept { return m_impl->native(); }

} // namespace orm
