#include "tests/unit/session/fleet.h"

using orm::Loading;
using orm::QueryOptions;
using orm::Record;
using orm::Ref;
using orm::Value;

/// Load options on every way to ask: get, first, one, streams; lists of keys; loading anew.
class LoadingWithQueries : public QObject {
    Q_OBJECT

private slots:
    void getTakesOptions_data() { bothShapes(); }
    void getTakesOptions();
    void getOfALoadedObjectLoadsWhatIsMissing_data() { bothShapes(); }
    void getOfALoadedObjectLoadsWhatIsMissing();
    void getBringsWhatIsMappedAsEager_data() { bothShapes(); }
    void getBringsWhatIsMappedAsEager();
    void firstAndOneTakeOptions_data() { bothShapes(); }
    void firstAndOneTakeOptions();
    void oneWithAJoinedCollectionIsOne_data() { bothShapes(); }
    void oneWithAJoinedCollectionIsOne();
    void populateExistingOverwritesWhatIsNotChanged_data() { bothShapes(); }
    void populateExistingOverwritesWhatIsNotChanged();
    void populateExistingLoadsRelationshipsAnew_data();
    void populateExistingLoadsRelationshipsAnew();
    void aStreamLoadsRelationshipsByBlocks_data();
    void aStreamLoadsRelationshipsByBlocks();
    void aStreamJoinsParents_data() { bothShapes(); }
    void aStreamJoinsParents();
    void aStreamOfAMillionHoldsABoundedNumber();
    void keysOfSeveralColumnsGoInChunks_data() { bothShapes(); }
    void keysOfSeveralColumnsGoInChunks();
    void sharedTargetsAreAskedForOnce_data() { bothShapes(); }
    void sharedTargetsAreAskedForOnce();
    void targetsInMemoryAreNotAskedFor_data() { bothShapes(); }
    void targetsInMemoryAreNotAskedFor();
    void joinedIsIgnoredByACount();
};

void LoadingWithQueries::getTakesOptions()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const Record machine =
        fleet.session->get(fleet.table("machines"), {1}, {orm::joinedPath({"parts"}), orm::selectinPath({"site"})});
    QCOMPARE(fleet.selects(), 2);
    QCOMPARE(told({machine}, {"parts"}), std::string("b(x y)"));
    QVERIFY(machine.related("site"));
    QCOMPARE(fleet.selects(), 2);
    if (shape == Shape::Classes) {
        const Ref<Machine> typed = fleet.session->get<Machine>({orm::joined<&Machine::parts>}, 2);
        QCOMPARE(fleet.selects(), 3);
        QCOMPARE(typed->parts.size(), std::size_t{2});
        QCOMPARE(fleet.selects(), 3);
    }
}

void LoadingWithQueries::getOfALoadedObjectLoadsWhatIsMissing()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const Record machine = fleet.session->get(fleet.table("machines"), {1});
    (void)fleet.session->get(fleet.table("machines"), {1}, {orm::joinedPath({"parts"})});
    QCOMPARE(fleet.selects(), 2);
    QCOMPARE(machine.collection("parts").size(), std::size_t{2});
    (void)fleet.session->get(fleet.table("machines"), {1}, {orm::joinedPath({"parts"})});
    QCOMPARE(fleet.selects(), 2);
}

void LoadingWithQueries::getBringsWhatIsMappedAsEager()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {.parts = Loading::Joined});
    const Record machine = fleet.session->get(fleet.table("machines"), {1});
    QCOMPARE(told({machine}, {"parts"}), std::string("b(x y)"));
    QCOMPARE(fleet.selects(), 1);
    QVERIFY(!fleet.session->get(fleet.table("machines"), {99}));
}

void LoadingWithQueries::firstAndOneTakeOptions()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const Record first = fleet.session->first(fleet.select("machines"), {orm::joinedPath({"parts"})});
    QCOMPARE(told({first}, {"parts"}), std::string("b(x y)"));
    QCOMPARE(fleet.selects(), 1);
    orm::Select query = fleet.select("sites");
    query.where(orm::Expression(fleet.table("sites").column("country")) == Value("PT"));
    const Record one = fleet.session->one(query, {orm::selectinPath({"machines"})});
    QCOMPARE(told({one}, {"machines"}), std::string("Porto(c d)"));
    QCOMPARE(fleet.selects(), 3);
}

void LoadingWithQueries::oneWithAJoinedCollectionIsOne()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    orm::Select query = fleet.select("machines");
    query.where(orm::Expression(fleet.table("machines").column("id")) == Value(1));
    const Record one = fleet.session->oneOrNone(query, {orm::joinedPath({"parts"})});
    QCOMPARE(told({one}, {"parts"}), std::string("b(x y)"));
    THROWS((void)fleet.session->one(fleet.select("machines"), {orm::joinedPath({"parts"})}), orm::MultipleResults);
}

void LoadingWithQueries::populateExistingOverwritesWhatIsNotChanged()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, {.autoflush = false});
    const auto machines = fleet.session->all(fleet.select("machines").limit(2));
    machines[1].set("name", "mine");
    fleet.execute("UPDATE machines SET name = 'theirs', number = 1, country = 'PT' WHERE id < 3");
    (void)fleet.session->all(fleet.select("machines"));
    QVERIFY(machines[0].get("name") == Value("b"));
    QueryOptions options;
    options.populateExisting = true;
    (void)fleet.session->all(fleet.select("machines"), options);
    QVERIFY(machines[0].get("name") == Value("theirs"));
    QVERIFY(machines[1].get("name") == Value("mine"));
    QVERIFY(machines[1].get("country") == Value("PT"));
}

namespace {

void eagerStrategies()
{
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<int>("loading");
    for (const Shape shape : {Shape::Classes, Shape::Records})
        for (const Loading loading : {Loading::Joined, Loading::Subquery, Loading::SelectIn})
            QTest::addRow("%s %d", shape == Shape::Classes ? "classes" : "records", static_cast<int>(loading))
                << shape << static_cast<int>(loading);
}

} // namespace

void LoadingWithQueries::populateExistingLoadsRelationshipsAnew_data() { eagerStrategies(); }

void LoadingWithQueries::populateExistingLoadsRelationshipsAnew()
{
    QFETCH(Shape, shape);
    QFETCH(int, loading);
    Fleet fleet(shape);
    QueryOptions options{orm::loadPath(static_cast<Loading>(loading), {"parts"}),
                         orm::loadPath(static_cast<Loading>(loading), {"plate"})};
    const auto machines = fleet.session->all(fleet.select("machines"), options);
    fleet.execute("UPDATE parts SET name = 'z' WHERE id = 1");
    fleet.execute("DELETE FROM parts WHERE id = 2");
    fleet.execute("UPDATE plates SET machine_id = 2 WHERE id = 1");
    options.populateExisting = true;
    (void)fleet.session->all(fleet.select("machines"), options);
    QCOMPARE(told({machines[0]}, {"parts"}), std::string("b(z)"));
    QVERIFY(!machines[0].related("plate"));
    QVERIFY(machines[1].related("plate").get("text") == Value("p1"));
}

void LoadingWithQueries::aStreamLoadsRelationshipsByBlocks_data() { eagerStrategies(); }

void LoadingWithQueries::aStreamLoadsRelationshipsByBlocks()
{
    QFETCH(Shape, shape);
    QFETCH(int, loading);
    Fleet fleet(shape);
    orm::StateStream stream = fleet.session->stream(
        fleet.select("sites"), {orm::loadPath(static_cast<Loading>(loading), {"machines", "parts"})});
    std::vector<Record> sites;
    while (const orm::ObjectHandle site = stream.next())
        sites.emplace_back(site.state());
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QCOMPARE(fleet.session->statistics().lazyLoads, std::uint64_t{0});
}

void LoadingWithQueries::aStreamJoinsParents()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    orm::StateStream stream = fleet.session->stream(fleet.select("machines"), {orm::joinedPath({"site"})});
    const Record machine(stream.next().state());
    QVERIFY(machine.related("site").get("name") == Value("Recife"));
    while (stream.next()) {
    }
    QCOMPARE(fleet.selects(), 1);
}

void LoadingWithQueries::aStreamOfAMillionHoldsABoundedNumber()
{
    Shop shop;
    shop.session->connection().execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                       "WHERE i < 1000000) INSERT INTO users (id, name) SELECT i, 'user' FROM n");
    auto stream = shop.session->stream(orm::select<User>());
    std::int64_t sum = 0;
    std::size_t most = 0;
    while (const Ref<User> user = stream.next()) {
        sum += user->id;
        most = std::max(most, shop.session->objectCount());
    }
    QCOMPARE(sum, std::int64_t{1000000} * 1000001 / 2);
    QVERIFY2(most <= 8192, std::to_string(most).c_str());
}

void LoadingWithQueries::keysOfSeveralColumnsGoInChunks()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    fleet.execute("WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 99) "
                  "INSERT INTO sites SELECT 'ES', i, 'site ' || i FROM n");
    fleet.execute("INSERT INTO machines (id, name, country, number) SELECT 1000 + number, 'm', country, number "
                  "FROM sites WHERE country = 'ES'");
    fleet.log.clear();
    const auto sites = fleet.session->all(fleet.select("sites"), {orm::selectinPath({"machines"})});
    QCOMPARE(sites.size(), std::size_t{100});
    QCOMPARE(fleet.selects(), 3);
    for (const Record &site : sites)
        for (const Record &machine : site.collection("machines"))
            QVERIFY(machine.get("number") == site.get("number") && machine.get("country") == site.get("country"));
    QCOMPARE(sites[50].collection("machines").size(), std::size_t{1});
    QCOMPARE(fleet.selects(), 3);
}

void LoadingWithQueries::sharedTargetsAreAskedForOnce()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"), {orm::selectinPath({"site"})});
    QCOMPARE(fleet.log.back().rows, std::int64_t{2});
    QVERIFY(machines[0].related("site") == machines[1].related("site"));
    QVERIFY(!machines[4].related("site"));
    QCOMPARE(fleet.selects(), 2);
}

void LoadingWithQueries::targetsInMemoryAreNotAskedFor()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto sites = fleet.session->all(fleet.select("sites"));
    const auto machines = fleet.session->all(fleet.select("machines"), {orm::selectinPath({"site"})});
    QVERIFY(machines[3].related("site") == sites[1]);
    QCOMPARE(fleet.selects(), 2);
}

void LoadingWithQueries::joinedIsIgnoredByACount()
{
    Fleet fleet(Shape::Classes);
    QCOMPARE(fleet.session->count(orm::select<Machine>().options(orm::joined<&Machine::parts>)), std::int64_t{5});
}

QTEST_APPLESS_MAIN(LoadingWithQueries)
#include "tst_loading_queries.moc"
