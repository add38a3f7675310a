#include "app/commands/commands.h"
#include "app/commands/target.h"
#include "app/commands/tour/steps.h"

#include "ormcore/dialects/builtin.h"
#include "ormcore/reflect/reflect.h"
#include "ormcore/session/session.h"

#include <fmt/format.h>

#include <ostream>

namespace app {
namespace {

using orm::Value;

constexpr const char *kEmail = "cliente.nova@example.com";
constexpr const char *kNumber = "2026-TOUR-01";

void expect(bool fine, const std::string &what)
{
    if (!fine)
        throw orm::Operational("the tour did not find what it wrote: " + what, orm::Operational::Reason::Other);
}

/// What a user would do in the tables: an e-mail address, an order with two lines, one review less.
void change(orm::Session &session, const orm::MetaData &shop, const Console &console)
{
    // Read first: a query would send what is staged before it.
    const orm::Record customer = session.get(shop["customer"], {Value(1)});
    const orm::Record address =
        session.first(orm::select(shop["address"]).where(shop["address"].column("customer_id") == Value(1)));
    const std::vector<orm::Record> products =
        session.all(orm::select(shop["product"]).orderBy({shop["product"].column("id")}).limit(2));
    const orm::Record review = session.first(orm::select(shop["review"]).orderBy({shop["review"].column("id")}));
    console.out << fmt::format("Customer 1 is {}, {}\n", customer.get("name").toString(),
                               customer.get("email").toString());

    customer.set("email", Value(kEmail));
    const orm::Record order = session.add(
        shop["order"], {{"customer_id", Value(1)}, {"address_id", address.get("id")}, {"number", Value(kNumber)}});
    std::int64_t number = 0;
    for (const orm::Record &product : products) {
        const orm::Record line = session.add(shop["order_line"], {{"line_number", Value(++number)},
                                                                  {"product_id", product.get("id")},
                                                                  {"quantity", Value(number)},
                                                                  {"unit_price", product.get("unit_price")}});
        line.setRelated("order", order); // its key is known when it is in the database
    }
    session.remove(review);
    for (const orm::PlannedStatement &planned : session.preview())
        console.out << "  will send " << planned.sql << '\n';
}

void readBack(orm::Engine &engine, const orm::Registry &registry, const Console &console)
{
    orm::Session session(engine, registry);
    const orm::MetaData &shop = registry.metadata();
    expect(session.get(shop["customer"], {Value(1)}).get("email") == Value(kEmail), "the e-mail address");
    const orm::Record order =
        session.first(orm::select(shop["order"]).where(shop["order"].column("number") == Value(kNumber)));
    expect(static_cast<bool>(order), "the order");
    const auto lines =
        session.all(orm::select(shop["order_line"]).where(shop["order_line"].column("order_id") == order.get("id")));
    expect(lines.size() == 2, "its two lines");
    console.out << fmt::format("Committed, and read back: {}, order {} with {} lines, one review less\n", kEmail,
                               order.get("number").toString(), lines.size());
}

} // namespace

void tourRecords(const TourStage &stage)
{
    stage.log.heading("records through the session");
    orm::EngineOptions options;
    options.log = stage.log.sink();
    orm::Engine engine(orm::builtinDrivers(), orm::Url::sqliteFile(stage.database.string()), options);
    orm::MetaData metadata = [&engine] {
        orm::Connection connection = engine.connect();
        return orm::reflect(connection);
    }();
    const orm::Registry registry = orm::Registry::reflected(std::move(metadata));
    {
        orm::Session session(engine, registry);
        change(session, registry.metadata(), stage.console);
        session.commit();
    }
    readBack(engine, registry, stage.console);
}

} // namespace app
