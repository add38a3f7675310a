#include "tests/unit/session/shop.h"

using orm::f;
using orm::Record;
using orm::Ref;
using orm::Value;

namespace {

struct Line;
struct Order {
    std::int64_t id{};
    std::string customer{};
    std::optional<std::int64_t> followsId{};
    std::int64_t lineCount{};              // a subquery
    std::optional<std::int64_t> total{};   // another one
    std::optional<std::string> greeting{}; // of the row itself
    std::int64_t followers{};              // a subquery on the same table
    orm::Many<Line> lines{};
    orm::One<Order> follows{};
};
struct Line {
    std::int64_t id{};
    std::int64_t orderId{};
    std::optional<std::int64_t> price{};
    std::int64_t twice{};
    orm::One<Order> order{};
};

/// SUM or COUNT of the lines of an order.
orm::Expression ofLines(const orm::Expression &what)
{
    return orm::scalar(orm::select({what}).where(f<&Line::orderId> == f<&Order::id>));
}

orm::Registry orderClasses()
{
    orm::Registry registry;
    auto orders = registry.map<Order>("orders");
    orders.column<&Order::id>("id", orm::primaryKey)
        .column<&Order::customer>("customer", orm::String(50))
        .column<&Order::followsId>("follows_id", orm::references("orders.id"))
        .many<&Order::lines>()
        .one<&Order::follows>(orm::foreignKey("follows_id"));
    registry.map<Line>("lines")
        .column<&Line::id>("id", orm::primaryKey)
        .column<&Line::orderId>("order_id", orm::references("orders.id"))
        .column<&Line::price>("price")
        .property<&Line::twice>(f<&Line::price> * 2)
        .one<&Line::order>();
    const orm::Table &table = registry.metadata()["orders"];
    const orm::Expression inner = orm::column(table.column("follows_id"), "later");
    orders.property<&Order::lineCount>(ofLines(orm::function("count", {f<&Line::id>})))
        .property<&Order::total>(ofLines(orm::function("sum", {f<&Line::price>})))
        .property<&Order::greeting>(orm::Expression("Dear ").concat(f<&Order::customer>))
        .property<&Order::followers>(
            orm::scalar(orm::select({orm::function("count", {inner})}).where(inner == f<&Order::id>)));
    return registry;
}

orm::Registry orderRecords(orm::Engine &engine)
{
    orm::Connection connection = engine.connect();
    orm::Registry registry = orm::Registry::reflected(orm::reflect(connection));
    const orm::Table &orders = registry.metadata()["orders"];
    const orm::Table &lines = registry.metadata()["lines"];
    const auto ofOrder = [&](const orm::Expression &what) {
        return orm::scalar(orm::select({what}).where(lines.column("order_id") == orm::Expression(orders.column("id"))));
    };
    const orm::Expression inner = orm::column(orders.column("follows_id"), "later");
    registry.record("orders")
        .many("lines", "lines")
        .one("follows", "orders", orm::foreignKey("follows_id"))
        .property("lineCount", ofOrder(orm::function("count", {lines.column("id")})))
        .property("total", ofOrder(orm::function("sum", {lines.column("price")})))
        .property("greeting", orm::Expression("Dear ").concat(orders.column("customer")))
        .property(
            "followers",
            orm::scalar(
                orm::select({orm::function("count", {inner})}).where(inner == orm::Expression(orders.column("id")))));
    registry.record("lines").one("order", "orders").property("twice", orm::Expression(lines.column("price")) * 2);
    return registry;
}

/// One order of two lines, and one that follows it and has none.
struct Orders : Shop {
    explicit Orders(Shape shape) : Shop(orderClasses, orderRecords, shape)
    {
        const Record first = add("orders", {{"customer", "Ana"}});
        for (const int price : {10, 20})
            first.addTo("lines", add("lines", {{"price", price}}));
        add("orders", {{"customer", "Rui"}}).setRelated("follows", first);
        session->commit();
        session->sweep();
        forget();
    }
    Record first() { return get("orders", 1); }
};

} // namespace

/// SQL expressions that are loaded with the rows.
class ColumnProperties : public QObject {
    Q_OBJECT

private slots:
    void comeWithTheRow_data() { bothShapes(); }
    void comeWithTheRow();
    void areMembersOfAClass();
    void filterAndOrder();
    void areNoColumnsOfTheTable_data() { bothShapes(); }
    void areNoColumnsOfTheTable();
    void cannotBeSet_data() { bothShapes(); }
    void cannotBeSet();
    void ofANewObjectAreReadAnew_data() { bothShapes(); }
    void ofANewObjectAreReadAnew();
    void ofAChangedObjectAreReadAnew_data() { bothShapes(); }
    void ofAChangedObjectAreReadAnew();
    void areRefreshed_data() { bothShapes(); }
    void areRefreshed();
    void comeWithJoinedObjects_data() { bothShapes(); }
    void comeWithJoinedObjects();
    void comeWithObjectsJoinedToALimit_data() { bothShapes(); }
    void comeWithObjectsJoinedToALimit();
    void comeWithLazyLoads_data() { bothShapes(); }
    void comeWithLazyLoads();
    void orderARelationship();
    void areInherited();
    void areKnownToHybrids();
    void mistakesAreNamed();
};

void ColumnProperties::comeWithTheRow()
{
    QFETCH(Shape, shape);
    Orders orders(shape);
    const std::vector<Record> all =
        orders.session->all(orm::select(orders.table("orders")).orderBy({orders.table("orders").column("id")}));
    QVERIFY(all.at(0).get("lineCount") == Value(2));
    QVERIFY(all.at(0).get("total") == Value(30));
    QVERIFY(all.at(0).get("greeting") == Value("Dear Ana"));
    QVERIFY(all.at(0).get("followers") == Value(1));
    QVERIFY(all.at(1).get("lineCount") == Value(0));
    QVERIFY(all.at(1).get("total").isNull());
    QVERIFY(all.at(1).get("followers") == Value(0));
    VERIFY_SENT(orders.recorder.exactly({"SELECT orders"}));
}

void ColumnProperties::areMembersOfAClass()
{
    Orders orders(Shape::Classes);
    const Ref<Order> first = orders.session->get<Order>(1);
    QCOMPARE(first->lineCount, std::int64_t{2});
    QVERIFY(first->total == std::optional<std::int64_t>(30));
    QVERIFY(first->greeting == std::optional<std::string>("Dear Ana"));
    VERIFY_SENT(orders.recorder.exactly({"SELECT orders"}));
}

void ColumnProperties::filterAndOrder()
{
    Orders orders(Shape::Classes);
    const auto busy = orders.session->all(orm::select<Order>().where(f<&Order::lineCount> > 1));
    QCOMPARE(busy.size(), std::size_t{1});
    QCOMPARE(busy[0]->customer, std::string("Ana"));
    const auto sorted = orders.session->all(orm::select<Order>().orderBy(f<&Order::lineCount>));
    QCOMPARE(sorted.at(0)->customer, std::string("Rui"));
}

void ColumnProperties::areNoColumnsOfTheTable()
{
    QFETCH(Shape, shape);
    const Orders orders(shape);
    QVERIFY(!orders.table("orders").find("lineCount"));
    QVERIFY(!orders.table("lines").find("twice"));
}

void ColumnProperties::cannotBeSet()
{
    QFETCH(Shape, shape);
    Orders orders(shape);
    THROWS(orders.first().set("lineCount", 7), orm::Argument);
    QVERIFY(!orders.session->hasChanges());
}

void ColumnProperties::ofANewObjectAreReadAnew()
{
    QFETCH(Shape, shape);
    Orders orders(shape);
    const Record order = orders.add("orders", {{"customer", "Eva"}});
    order.addTo("lines", orders.add("lines", {{"price", 5}}));
    orders.session->flush();
    VERIFY_SENT(orders.recorder.exactly({"INSERT orders", "INSERT lines"}));
    QVERIFY(orders.statement("INSERT").find("lineCount") == std::string::npos);
    orders.forget();
    QVERIFY(order.get("customer") == Value("Eva"));
    VERIFY_SENT(orders.recorder.nothing());
    QVERIFY(order.get("lineCount") == Value(1));
    QVERIFY(order.get("greeting") == Value("Dear Eva"));
    VERIFY_SENT(orders.recorder.exactly({"SELECT orders"}));
}

void ColumnProperties::ofAChangedObjectAreReadAnew()
{
    QFETCH(Shape, shape);
    Orders orders(shape);
    const Record first = orders.first();
    first.set("customer", "Bea");
    QVERIFY(first.get("greeting") == Value("Dear Ana")); // as the database knows it
    orders.session->flush();
    VERIFY_SENT(orders.recorder.exactly({"SELECT orders", "UPDATE orders"}));
    QVERIFY(first.get("greeting") == Value("Dear Bea"));
    QVERIFY(!orders.session->hasChanges());
}

void ColumnProperties::areRefreshed()
{
    QFETCH(Shape, shape);
    Orders orders(shape);
    const Record first = orders.first();
    (void)orders.stored("SELECT 1");
    orders.session->connection().execute("DELETE FROM lines WHERE price = 20");
    QVERIFY(first.get("lineCount") == Value(2));
    orders.session->refresh(first);
    QVERIFY(first.get("lineCount") == Value(1));
    QVERIFY(first.get("total") == Value(10));
}

void ColumnProperties::comeWithJoinedObjects()
{
    QFETCH(Shape, shape);
    Orders orders(shape);
    const orm::Table &lines = orders.table("lines");
    const auto all =
        orders.session->all(orm::select(lines).orderBy({lines.column("id")}), {orm::joinedPath({"order"})});
    QCOMPARE(all.size(), std::size_t{2});
    QVERIFY(all[1].get("twice") == Value(40));
    QVERIFY(all[1].related("order").get("lineCount") == Value(2));
    QVERIFY(all[1].related("order").get("greeting") == Value("Dear Ana"));
    QVERIFY(all[1].related("order").get("followers") == Value(1));
    VERIFY_SENT(orders.recorder.exactly({"SELECT lines"}));
}

void ColumnProperties::comeWithObjectsJoinedToALimit()
{
    QFETCH(Shape, shape);
    Orders orders(shape);
    const orm::Table &table = orders.table("orders");
    const auto all =
        orders.session->all(orm::select(table).orderBy({table.column("id")}).limit(1), {orm::joinedPath({"lines"})});
    QCOMPARE(all.size(), std::size_t{1});
    QVERIFY(all[0].get("total") == Value(30));
    QCOMPARE(all[0].collection("lines").size(), std::size_t{2});
    QVERIFY(all[0].collection("lines")[0].get("twice") == Value(20));
    QCOMPARE(orders.sent(), 1);
}

void ColumnProperties::comeWithLazyLoads()
{
    QFETCH(Shape, shape);
    Orders orders(shape);
    QVERIFY(orders.first().collection("lines").at(1).get("twice") == Value(40));
    QVERIFY(orders.get("orders", 2).related("follows").get("followers") == Value(1));
}

void ColumnProperties::orderARelationship()
{
    orm::Registry sorted;
    sorted.map<Order>("orders")
        .column<&Order::id>("id", orm::primaryKey)
        .many<&Order::lines>(orm::orderedBy("twice"))
        .property<&Order::lineCount>(ofLines(orm::function("count", {f<&Line::id>})));
    sorted.map<Line>("lines")
        .column<&Line::id>("id", orm::primaryKey)
        .column<&Line::orderId>("order_id", orm::references("orders.id"))
        .column<&Line::price>("price")
        .property<&Line::twice>(-orm::Expression(f<&Line::price>));
    const auto engine = orm::createEngine("sqlite://");
    orm::createAll(*engine, std::as_const(sorted).metadata());
    orm::Session session(*engine, sorted);
    const Ref<Order> order = session.add(Order{});
    for (const std::int64_t price : {1, 3, 2})
        order.add<&Order::lines>(Line{.price = price});
    session.commit();
    std::vector<std::int64_t> prices;
    for (const Ref<Line> &line : order->lines)
        prices.push_back(*line->price);
    QVERIFY((prices == std::vector<std::int64_t>{3, 2, 1}));
}

namespace {
struct Rush : Order {
    std::optional<std::int64_t> hours{};
    std::optional<std::int64_t> minutes{};
};
} // namespace

void ColumnProperties::areInherited()
{
    orm::Registry registry;
    registry.map<Order>("orders")
        .polymorphicOn<&Order::followsId>(orm::polymorphicIdentity(1))
        .column<&Order::id>("id", orm::primaryKey)
        .column<&Order::customer>("customer", orm::String(50))
        .column<&Order::followsId>("kind")
        .property<&Order::greeting>(orm::Expression("Dear ").concat(f<&Order::customer>));
    registry.map<Rush>("rushes")
        .inherits<Order>(orm::polymorphicIdentity(2))
        .column<&Rush::hours>("hours")
        .property<&Rush::minutes>(f<&Rush::hours> * 60);
    const auto engine = orm::createEngine("sqlite://");
    orm::createAll(*engine, std::as_const(registry).metadata());
    orm::Session session(*engine, registry);
    Rush made;
    made.customer = "Ana";
    made.hours = 2;
    const Ref<Rush> rush = session.add(std::move(made));
    session.commit();
    QVERIFY(rush->greeting == std::optional<std::string>("Dear Ana"));
    QVERIFY(rush->minutes == std::optional<std::int64_t>(120));
    session.expungeAll();
    const auto orders = session.all(orm::select<Order>());
    QCOMPARE(orders.size(), std::size_t{1});
    QVERIFY(orders[0]->greeting == std::optional<std::string>("Dear Ana"));
    QVERIFY(Record(orders[0].state()).get("minutes") == Value(120)); // loaded with what the base's query left out
}

void ColumnProperties::areKnownToHybrids()
{
    Orders orders(Shape::Classes);
    const auto average = orm::hybrid<std::int64_t>(f<&Order::total> / f<&Order::lineCount>);
    const Ref<Order> first = orders.session->get<Order>(1);
    QVERIFY(average(first) == std::optional<std::int64_t>(15));
    QVERIFY(orders.session->one(orm::select<Order>().where(average == 15)) == first);
}

void ColumnProperties::mistakesAreNamed()
{
    orm::Registry unmapped;
    unmapped.map<Order>("orders")
        .column<&Order::id>("id", orm::primaryKey)
        .property<&Order::total>(ofLines(orm::function("sum", {f<&Line::price>})));
    THROWS(unmapped.configure(), orm::Argument);

    orm::Registry taken = orderClasses();
    taken.record("lines").property("price", orm::Expression(1));
    THROWS(taken.configure(), orm::Argument);

    orm::Registry late = orderClasses();
    late.configure();
    THROWS(late.mapped<Order>().property<&Order::total>(orm::Expression(1)), orm::Argument);

    orm::Registry empty = orderClasses();
    THROWS(empty.record("lines").property("nothing", {}), orm::Argument);
}

QTEST_APPLESS_MAIN(ColumnProperties)
#include "tst_column_properties.moc"
