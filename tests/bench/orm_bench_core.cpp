#include "tests/bench/orm_bench.h"

namespace {

long long insertBulk(const Bench &bench)
{
    const orm::Table &table = bench.table("customer");
    orm::Insert insert;
    insert.table = &table;
    for (const char *name : {"name", "description"}) {
        insert.columns.push_back(&table.column(name));
        insert.values.push_back(orm::bind(orm::Value(""), table.column(name).type));
    }
    orm::Connection connection = bench.engine.connect();
    orm::DriverStatement &statement = connection.prepared(connection.compile(insert));
    long long check = 0;
    for (long i = 0; i < bench.rows; ++i) {
        const std::string name = text("customer name ", i);
        const std::string description = text("customer description ", i);
        statement.bindText(1, name);
        statement.bindText(2, description);
        statement.step();
        check += statement.lastInsertId();
        statement.reset();
    }
    connection.commit();
    return check;
}

long long selectRows(const Bench &bench)
{
    orm::Connection connection = bench.engine.connect();
    orm::Select query(bench.table("customer"));
    query.limit(bench.rows);
    orm::Result result = connection.execute(query);
    long long check = 0;
    while (result.next())
        check += result.value(0).asInt() + result.value(1).asText()[0] - 'c' + result.value(2).asText()[0] - 'c';
    return check;
}

long long graphDeleteSet(const Bench &bench)
{
    orm::Connection connection = bench.engine.connect();
    const orm::Value last{std::int64_t{bench.rows}};
    const orm::Table &orders = bench.table("orders");
    const orm::Table &lines = bench.table("order_line");
    orm::Select wanted = orm::select({orders.column("id")});
    wanted.where(orm::Expression(orders.column("customer_id")) <= last);
    long long check = 0;
    const auto run = [&](const orm::Table &table, const orm::Expression &condition) {
        check += connection.execute(orm::Delete{&table, condition}).rowsAffected();
    };
    run(lines, orm::Expression(lines.column("order_id")).in(wanted));
    run(orders, orm::Expression(orders.column("customer_id")) <= last);
    run(bench.table("customer"), orm::Expression(bench.table("customer").column("id")) <= last);
    connection.commit();
    return check;
}

} // namespace

const Cases &coreCases()
{
    static const Cases all{{"insert_bulk", insertBulk},
                           {"insert_core",
                            [](const Bench &bench) -> long long {
                                insertBulk(bench);
                                return bench.rows;
                            }},
                           {"select_rows", selectRows},
                           {"graph_delete_set", graphDeleteSet}};
    return all;
}
