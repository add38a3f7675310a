#include "tests/bench/orm_bench.h"

namespace {

struct Order;
struct Line;
struct Customer {
    std::int64_t id{};
    std::string name;
    std::string description;
    orm::Many<Order> orders;
};
struct Order {
    std::int64_t id{};
    std::int64_t customerId{};
    std::string code;
    double total{};
    orm::One<Customer> customer;
    orm::Many<Line> lines;
};
struct Line {
    std::int64_t id{};
    std::int64_t orderId{};
    std::string product;
    std::int64_t qty{};
    double price{};
    orm::One<Order> order;
};

Customer customer(long i)
{
    Customer made;
    made.name = text("customer name ", i);
    made.description = text("customer description ", i);
    return made;
}

long long insertUow(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    std::vector<orm::Ref<Customer>> kept;
    long long check = 0;
    for (long at = 0; at < bench.rows; at += 1000) {
        const std::size_t first = kept.size();
        for (long i = at; i < std::min(at + 1000, bench.rows); ++i)
            kept.push_back(session.add(customer(i)));
        session.flush();
        for (std::size_t i = first; i < kept.size(); ++i)
            check += kept[i]->id;
    }
    session.commit();
    return check;
}

long long insertCommit(const Bench &bench)
{
    long long check = 0;
    for (long i = 0; i < bench.rows; ++i) {
        orm::Session session(bench.engine, bench.registry);
        const orm::Ref<Customer> made = session.add(customer(i));
        session.flush();
        check += made->id;
        session.commit();
    }
    return check;
}

long long selectAll(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    long long check = 0;
    const auto all = session.all(orm::select<Customer>().limit(bench.rows));
    for (const auto &found : all)
        check += found->id;
    return check;
}

long long selectStream(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    long long check = 0;
    auto stream = session.stream(orm::select<Customer>().limit(bench.rows));
    while (const auto found = stream.next())
        check += found->id;
    return check;
}

long long updateUow(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    long long check = 0;
    for (long at = 0; at < bench.rows; at += 1000) {
        const auto block = session.all(
            orm::select<Customer>().where(orm::f<&Customer::id> > at && orm::f<&Customer::id> <= at + 1000));
        for (const auto &found : block)
            found.set<&Customer::description>(found->description + "updated");
        session.flush();
        check += static_cast<long long>(block.size());
    }
    session.commit();
    return check;
}

long long updateTenth(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    const auto all = session.all(orm::select<Customer>().limit(bench.rows));
    long long check = 0;
    for (std::size_t i = 0; i < all.size(); i += 10, ++check)
        all[i].edit().description += "updated";
    session.commit();
    return check;
}

/// select_all and a million flushes with nothing edited: their difference must not grow with the rows.
long long flushIdle(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    const auto all = session.all(orm::select<Customer>().limit(bench.rows));
    for (int i = 0; i < 1000000; ++i)
        session.flush();
    return static_cast<long long>(all.size());
}

long long getByKey(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    std::vector<orm::Ref<Customer>> found;
    for (long i = 0; i < 10000; ++i)
        found.push_back(session.get<Customer>(std::int64_t{pick(i, bench.rows)}));
    long long check = 0;
    for (const auto &each : found)
        check += each->id;
    return check;
}

long long graphInsert(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    long orderNumber = 0;
    long lineNumber = 0;
    std::vector<orm::Ref<Line>> lines;
    for (long i = 0; i < bench.rows; ++i) {
        const orm::Ref<Customer> buyer = session.add(customer(i));
        for (long k = 0; k < kOrders; ++k, ++orderNumber) {
            Order order;
            order.code = text("order ", orderNumber);
            order.total = static_cast<double>(orderNumber) * 1.25;
            const orm::Ref<Order> made = buyer.add<&Customer::orders>(std::move(order));
            for (long j = 0; j < kLines; ++j, ++lineNumber) {
                Line line;
                line.product = text("product ", lineNumber % 1000);
                line.qty = lineNumber % 10 + 1;
                line.price = static_cast<double>(lineNumber) * 0.5;
                lines.push_back(made.add<&Order::lines>(std::move(line)));
            }
        }
    }
    session.flush();
    long long check = 0;
    for (const auto &line : lines)
        check += line->id;
    session.commit();
    return check;
}

long long sum(const std::vector<orm::Ref<Customer>> &customers)
{
    long long check = 0;
    for (const auto &each : customers)
        for (const auto &order : each->orders)
            for (const auto &line : order->lines)
                check += line->qty;
    return check;
}

orm::TypedSelect<Customer> firstCustomers(const Bench &bench)
{
    return orm::select<Customer>().where(orm::f<&Customer::id> <= bench.rows).orderBy(orm::f<&Customer::id>);
}

long long graphLazy(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    return sum(session.all(firstCustomers(bench)));
}

long long graphSelectin(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    return sum(session.all(firstCustomers(bench).options(orm::selectin<&Customer::orders, &Order::lines>)));
}

long long graphJoined(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    return sum(session.all(firstCustomers(bench).options(orm::joined<&Customer::orders, &Order::lines>)));
}

long long graphSubquery(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    return sum(session.all(firstCustomers(bench).options(orm::subquery<&Customer::orders, &Order::lines>)));
}

long long graphDelete(const Bench &bench)
{
    orm::Session session(bench.engine, bench.registry);
    for (const auto &each : session.all(firstCustomers(bench)))
        session.remove(each);
    session.commit();
    return bench.rows * (1 + kOrders + kOrders * kLines);
}

} // namespace

orm::Registry classes()
{
    orm::Registry registry;
    registry.map<Customer>("customer")
        .column<&Customer::id>("id", orm::primaryKey)
        .column<&Customer::name>("name", orm::String(255))
        .column<&Customer::description>("description", orm::String(255))
        .many<&Customer::orders>(orm::backPopulates<&Order::customer>, orm::cascadeAllDeleteOrphan);
    registry.map<Order>("orders")
        .column<&Order::id>("id", orm::primaryKey)
        .column<&Order::customerId>("customer_id", orm::references("customer.id"))
        .column<&Order::code>("code", orm::String(40))
        .column<&Order::total>("total")
        .one<&Order::customer>(orm::backPopulates<&Customer::orders>)
        .many<&Order::lines>(orm::backPopulates<&Line::order>, orm::cascadeAllDeleteOrphan);
    registry.map<Line>("order_line")
        .column<&Line::id>("id", orm::primaryKey)
        .column<&Line::orderId>("order_id", orm::references("orders.id"))
        .column<&Line::product>("product", orm::String(80))
        .column<&Line::qty>("qty")
        .column<&Line::price>("price")
        .one<&Line::order>(orm::backPopulates<&Order::lines>);
    return registry;
}

const Cases &classCases()
{
    static const Cases all{{"insert_uow", insertUow},     {"insert_commit", insertCommit},
                           {"select_all", selectAll},     {"select_stream", selectStream},
                           {"update_uow", updateUow},     {"update_10pct", updateTenth},
                           {"get_pk", getByKey},          {"graph_insert", graphInsert},
                           {"graph_lazy", graphLazy},     {"graph_selectin", graphSelectin},
                           {"graph_joined", graphJoined}, {"graph_subquery", graphSubquery},
                           {"graph_delete", graphDelete}, {"flush_idle", flushIdle}};
    return all;
}
