#include "tests/bench/orm_bench.h"

namespace {

orm::Record customerRecord(orm::Session &session, const orm::Table &table, long i)
{
    return session.add(table, {{"name", text("customer name ", i)}, {"description", text("customer description ", i)}});
}

long long insertUowRecords(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    const orm::Table &table = bench.table("customer");
    std::vector<orm::Record> kept;
    long long check = 0;
    for (long at = 0; at < bench.rows; at += 1000) {
        const std::size_t first = kept.size();
        for (long i = at; i < std::min(at + 1000, bench.rows); ++i)
            kept.push_back(customerRecord(session, table, i));
        session.flush();
        for (std::size_t i = first; i < kept.size(); ++i)
            check += kept[i].get(std::size_t{0}).asInt();
    }
    session.commit();
    return check;
}

long long insertCommitRecords(const Bench &bench)
{
    long long check = 0;
    for (long i = 0; i < bench.rows; ++i) {
        orm::Session session(bench.engine, bench.registry);
        const orm::Record made = customerRecord(session, bench.table("customer"), i);
        session.flush();
        check += made.get("id").asInt();
        session.commit();
    }
    return check;
}

long long selectAllRecords(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    long long check = 0;
    orm::Select query(bench.table("customer"));
    query.limit(bench.rows);
    const auto all = session.all(query);
    for (const orm::Record &found : all)
        check += found.get(std::size_t{0}).asInt();
    return check;
}

long long updateUowRecords(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    const orm::Table &table = bench.table("customer");
    const orm::Expression id = table.column("id");
    long long check = 0;
    for (long at = 0; at < bench.rows; at += 1000) {
        const auto block = session.all(
            orm::select(table).where(id > orm::Value(std::int64_t{at}) && id <= orm::Value(std::int64_t{at + 1000})));
        for (const orm::Record &found : block)
            found.set(2, std::string(found.get(std::size_t{2}).asText()) + "updated");
        session.flush();
        check += static_cast<long long>(block.size());
    }
    session.commit();
    return check;
}

long long getByKeyRecords(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    const orm::Table &table = bench.table("customer");
    std::vector<orm::Record> found;
    for (long i = 0; i < 10000; ++i)
        found.push_back(session.get(table, {orm::Value(std::int64_t{pick(i, bench.rows)})}));
    long long check = 0;
    for (const orm::Record &each : found)
        check += each.get(std::size_t{0}).asInt();
    return check;
}

orm::Select firstCustomerRecords(const Bench &bench)
{
    const orm::Expression id = bench.table("customer").column("id");
    orm::Select query(bench.table("customer"));
    query.where(id <= orm::Value(std::int64_t{bench.rows})).orderBy({id});
    return query;
}

long long sumRecords(const std::vector<orm::Record> &customers)
{
    long long check = 0;
    for (const orm::Record &each : customers)
        for (const orm::Record &order : each.collection("orders"))
            for (const orm::Record &line : order.collection("lines"))
                check += line.get(3).asInt();
    return check;
}

long long graphLazyRecords(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    return sumRecords(session.all(firstCustomerRecords(bench)));
}

template <orm::Loading How> long long graphRecords(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    return sumRecords(session.all(firstCustomerRecords(bench), {orm::loadPath(How, {"orders", "lines"})}));
}

long long graphDeleteRecords(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    for (const orm::Record &each : session.all(firstCustomerRecords(bench)))
        session.remove(each);
    session.commit();
    return bench.rows * (1 + kOrders + kOrders * kLines);
}

} // namespace

orm::Registry records(orm::Engine &engine)
{
    orm::Connection connection = engine.connect();
    orm::Registry registry = orm::Registry::reflected(orm::reflect(connection));
    registry.record("customer").many("orders", "orders", orm::cascadeAllDeleteOrphan);
    registry.record("orders").many("lines", "order_line", orm::cascadeAllDeleteOrphan);
    return registry;
}

const Cases &recordCases()
{
    static const Cases all{{"insert_uow", insertUowRecords},
                           {"insert_commit", insertCommitRecords},
                           {"select_all", selectAllRecords},
                           {"update_uow", updateUowRecords},
                           {"get_pk", getByKeyRecords},
                           {"graph_lazy", graphLazyRecords},
                           {"graph_selectin", graphRecords<orm::Loading::SelectIn>},
                           {"graph_joined", graphRecords<orm::Loading::Joined>},
                           {"graph_subquery", graphRecords<orm::Loading::Subquery>},
                           {"graph_delete", graphDeleteRecords}};
    return all;
}
