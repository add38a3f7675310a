#include "tests/unit/session/fleet.h"

using orm::Loading;
using orm::Record;
using orm::Value;

/// Relationships that come with the query itself.
class JoinedLoading : public QObject {
    Q_OBJECT

private slots:
    void aCollectionComesWithTheQuery_data() { bothShapes(); }
    void aCollectionComesWithTheQuery();
    void severalLevelsComeWithOneStatement_data() { bothShapes(); }
    void severalLevelsComeWithOneStatement();
    void severalPathsComeWithOneStatement_data() { bothShapes(); }
    void severalPathsComeWithOneStatement();
    void aParentOfTwoColumnsComesWithTheQuery_data() { bothShapes(); }
    void aParentOfTwoColumnsComesWithTheQuery();
    void aSharedParentHasItsCollectionOnce_data() { bothShapes(); }
    void aSharedParentHasItsCollectionOnce();
    void oneToOneComesWithTheQueryOrIsEmpty_data() { bothShapes(); }
    void oneToOneComesWithTheQueryOrIsEmpty();
    void anEmptyCollectionIsLoaded_data() { bothShapes(); }
    void anEmptyCollectionIsLoaded();
    void limitAndOffsetCountTheQuerysObjects_data() { bothShapes(); }
    void limitAndOffsetCountTheQuerysObjects();
    void limitWithParentsOnlyNeedsNoSubquery_data() { bothShapes(); }
    void limitWithParentsOnlyNeedsNoSubquery();
    void distinctKeepsItsMeaning_data() { bothShapes(); }
    void distinctKeepsItsMeaning();
    void theQuerysOrderHoldsAndThenTheCollections_data() { bothShapes(); }
    void theQuerysOrderHoldsAndThenTheCollections();
    void anOrderByAnExpressionHoldsAroundTheSubquery_data() { bothShapes(); }
    void anOrderByAnExpressionHoldsAroundTheSubquery();
    void aTreeIsJoinedAsDeepAsThePathGoes_data() { bothShapes(); }
    void aTreeIsJoinedAsDeepAsThePathGoes();
    void rowsOfATreeWhoseLevelsOverlapAreTakenOnce_data() { bothShapes(); }
    void rowsOfATreeWhoseLevelsOverlapAreTakenOnce();
    void whatIsMappedAsJoinedStopsAtAClassOnItsPath_data() { bothShapes(); }
    void whatIsMappedAsJoinedStopsAtAClassOnItsPath();
    void aLoadedCollectionIsNotOverwritten_data() { bothShapes(); }
    void aLoadedCollectionIsNotOverwritten();
    void whatWasQueuedOnACollectionHolds_data() { bothShapes(); }
    void whatWasQueuedOnACollectionHolds();
    void aParentThatWasChangedInMemoryHolds_data() { bothShapes(); }
    void aParentThatWasChangedInMemoryHolds();
    void populateExistingLoadsACollectionAnew_data() { bothShapes(); }
    void populateExistingLoadsACollectionAnew();
    void aJoinOfTheQueryDoesNotRepeatItsObjects_data() { bothShapes(); }
    void aJoinOfTheQueryDoesNotRepeatItsObjects();
    void membersNameThePathOfClasses();
    void aPathThatLeadsNowhereIsRefused();
};

void JoinedLoading::aCollectionComesWithTheQuery()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"), {orm::joinedPath({"parts"})});
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) a(x y) d(x y) c(x y) e(x y)"));
    QCOMPARE(fleet.selects(), 1);
}

void JoinedLoading::severalLevelsComeWithOneStatement()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto sites = fleet.session->all(fleet.select("sites"), {orm::joinedPath({"machines", "parts"})});
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QCOMPARE(fleet.selects(), 1);
}

void JoinedLoading::severalPathsComeWithOneStatement()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    for (const char *text : {"m", "n", "o"})
        ana.addTo("notes", shop.add("notes", {{"text", text}}));
    shop.session->commit();
    shop.session->sweep();
    shop.forget();
    const auto users = shop.session->all(orm::select(shop.table("users")),
                                         {orm::joinedPath({"addresses"}), orm::joinedPath({"notes"})});
    QCOMPARE(users.size(), std::size_t{2});
    QCOMPARE(ana.collection("addresses").size(), std::size_t{2});
    QCOMPARE(ana.collection("notes").size(), std::size_t{3});
    QCOMPARE(shop.sent(), 1);
}

void JoinedLoading::aParentOfTwoColumnsComesWithTheQuery()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"), {orm::joinedPath({"site"})});
    QVERIFY(machines[1].related("site").get("name") == Value("Recife"));
    QVERIFY(machines[2].related("site") == machines[3].related("site"));
    QVERIFY(!machines[4].related("site"));
    QCOMPARE(fleet.selects(), 1);
}

void JoinedLoading::aSharedParentHasItsCollectionOnce()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto parts = fleet.session->all(fleet.select("parts"), {orm::joinedPath({"machine", "parts"})});
    QCOMPARE(parts.size(), std::size_t{10});
    QCOMPARE(told({parts[0].related("machine")}, {"parts"}), std::string("b(x y)"));
    QCOMPARE(fleet.selects(), 1);
}

void JoinedLoading::oneToOneComesWithTheQueryOrIsEmpty()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"), {orm::joinedPath({"plate"})});
    QVERIFY(machines[2].related("plate").get("text") == Value("p3"));
    QVERIFY(!machines[1].related("plate"));
    QCOMPARE(fleet.selects(), 1);
}

void JoinedLoading::anEmptyCollectionIsLoaded()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    fleet.execute("DELETE FROM parts WHERE machine_id = 2");
    const auto machines = fleet.session->all(fleet.select("machines"), {orm::joinedPath({"parts"})});
    QCOMPARE(machines[1].collection("parts").size(), std::size_t{0});
    QCOMPARE(fleet.selects(), 1);
}

void JoinedLoading::limitAndOffsetCountTheQuerysObjects()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines").limit(2).offset(1), {orm::joinedPath({"parts"})});
    QCOMPARE(told(machines, {"parts"}), std::string("a(x y) d(x y)"));
    QCOMPARE(fleet.selects(), 1);
}

void JoinedLoading::limitWithParentsOnlyNeedsNoSubquery()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines").limit(2), {orm::joinedPath({"site"})});
    QCOMPARE(machines.size(), std::size_t{2});
    QCOMPARE(fleet.log.back().sql.find("(SELECT"), std::string::npos);
}

void JoinedLoading::distinctKeepsItsMeaning()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    orm::Select query = fleet.select("machines");
    query.join(fleet.table("parts"), orm::Expression(fleet.table("parts").column("machine_id")) ==
                                         orm::Expression(fleet.table("machines").column("id")));
    query.distinct();
    const auto machines = fleet.session->all(query.limit(2), {orm::joinedPath({"parts"})});
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) a(x y)"));
}

void JoinedLoading::theQuerysOrderHoldsAndThenTheCollections()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    orm::Select query = fleet.select("sites");
    query.orderBy({orm::Expression(fleet.table("sites").column("name")).ascending()});
    const auto sites = fleet.session->all(query, {orm::joinedPath({"machines"})});
    QCOMPARE(told(sites, {"machines"}), std::string("Porto(c d) Recife(a b)"));
}

void JoinedLoading::anOrderByAnExpressionHoldsAroundTheSubquery()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const orm::Table &table = fleet.table("machines");
    orm::Select query(table);
    query.orderBy({orm::Expression(table.column("country")).isNull().descending(),
                   orm::function("upper", {table.column("name")}).descending()});
    const auto machines = fleet.session->all(query.limit(3), {orm::joinedPath({"parts"})});
    QCOMPARE(told(machines, {"parts"}), std::string("e(x y) d(x y) c(x y)"));
}

namespace {

/// root -> a, b -> a1, b1; alone in memory: nothing.
void makeTree(Shop &shop)
{
    const Record root = shop.add("trees", {{"name", "root"}});
    for (const char *name : {"a", "b"}) {
        const Record branch = shop.add("trees", {{"name", name}});
        root.addTo("children", branch);
        branch.addTo("children", shop.add("trees", {{"name", std::string(name) + "1"}}));
    }
    shop.session->commit();
    shop.session->sweep();
    shop.forget();
}

} // namespace

void JoinedLoading::aTreeIsJoinedAsDeepAsThePathGoes()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    makeTree(shop);
    orm::Select query(shop.table("trees"));
    query.where(orm::Expression(shop.table("trees").column("name")) == Value("root"));
    const auto roots = shop.session->all(query, {orm::joinedPath({"children", "children"})});
    QCOMPARE(told(roots, {"children", "children"}), std::string("root(a(a1) b(b1))"));
    QCOMPARE(shop.sent(), 1);
}

void JoinedLoading::rowsOfATreeWhoseLevelsOverlapAreTakenOnce()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    makeTree(shop);
    orm::Select query(shop.table("trees"));
    query.orderBy({shop.table("trees").column("id")});
    const auto all = shop.session->all(query, {orm::joinedPath({"children", "children"})});
    QCOMPARE(all.size(), std::size_t{5});
    QCOMPARE(told({all[0]}, {"children", "children"}), std::string("root(a(a1) b(b1))"));
    QCOMPARE(shop.sent(), 1);
}

void JoinedLoading::whatIsMappedAsJoinedStopsAtAClassOnItsPath()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {.machines = Loading::Joined, .site = Loading::Joined, .parts = Loading::Joined});
    const auto sites = fleet.session->all(fleet.select("sites"));
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QCOMPARE(fleet.selects(), 1);
    QCOMPARE(fleet.log.back().sql.find("sites_1"), std::string::npos);
}

void JoinedLoading::aLoadedCollectionIsNotOverwritten()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const Record machine = fleet.session->get(fleet.table("machines"), {1});
    QCOMPARE(machine.collection("parts").size(), std::size_t{2});
    fleet.execute("DELETE FROM parts WHERE id = 1");
    (void)fleet.session->all(fleet.select("machines"), {orm::joinedPath({"parts"})});
    QCOMPARE(machine.collection("parts").size(), std::size_t{2});
}

void JoinedLoading::whatWasQueuedOnACollectionHolds()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, {.autoflush = false});
    const Record machine = fleet.session->get(fleet.table("machines"), {1});
    machine.addTo("parts", fleet.session->add(fleet.table("parts"), {{"name", "new"}}));
    machine.removeFrom("parts", fleet.session->get(fleet.table("parts"), {1}));
    (void)fleet.session->all(fleet.select("machines"), {orm::joinedPath({"parts"})});
    QCOMPARE(told({machine}, {"parts"}), std::string("b(y new)"));
}

void JoinedLoading::aParentThatWasChangedInMemoryHolds()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, {.autoflush = false});
    const Record part = fleet.session->get(fleet.table("parts"), {1});
    part.set("machine_id", 5);
    (void)fleet.session->all(fleet.select("parts"), {orm::joinedPath({"machine"})});
    QVERIFY(part.related("machine").get("name") == Value("e"));
}

void JoinedLoading::populateExistingLoadsACollectionAnew()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, {.autoflush = false});
    const Record machine = fleet.session->get(fleet.table("machines"), {1});
    QCOMPARE(machine.collection("parts").size(), std::size_t{2});
    machine.addTo("parts", fleet.session->add(fleet.table("parts"), {{"name", "new"}}));
    fleet.execute("DELETE FROM parts WHERE id = 1");
    fleet.execute("UPDATE parts SET name = 'z' WHERE id = 2");
    orm::QueryOptions options{orm::joinedPath({"parts"})};
    options.populateExisting = true;
    (void)fleet.session->all(fleet.select("machines"), options);
    QCOMPARE(told({machine}, {"parts"}), std::string("b(z new)"));
}

void JoinedLoading::aJoinOfTheQueryDoesNotRepeatItsObjects()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    orm::Select query = fleet.select("machines");
    query.join(fleet.table("parts"), orm::Expression(fleet.table("parts").column("machine_id")) ==
                                         orm::Expression(fleet.table("machines").column("id")));
    const auto machines = fleet.session->all(query, {orm::joinedPath({"parts"})});
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) a(x y) d(x y) c(x y) e(x y)"));
}

void JoinedLoading::membersNameThePathOfClasses()
{
    Fleet fleet(Shape::Classes);
    const auto sites = fleet.session->all(
        orm::select<Site>().orderBy(orm::f<&Site::name>).options(orm::joined<&Site::machines, &Machine::plate>));
    QCOMPARE(sites[1]->machines[1]->plate->text, std::string("p1"));
    QVERIFY(!sites[1]->machines[0]->plate);
    QCOMPARE(fleet.selects(), 1);
}

void JoinedLoading::aPathThatLeadsNowhereIsRefused()
{
    Fleet fleet(Shape::Classes);
    THROWS((void)fleet.session->all(orm::select<Site>().options(orm::joined<&Machine::parts>)), orm::Argument);
    THROWS((void)fleet.session->all(fleet.select("sites"), {orm::joinedPath({"nothing"})}), orm::Argument);
    THROWS((void)fleet.session->all(fleet.select("sites"),
                                    {orm::loadPath(Loading::Select, {"machines"}).then(orm::joinedPath({"parts"}))}),
           orm::Argument);
}

QTEST_APPLESS_MAIN(JoinedLoading)
#include "tst_loading_joined.moc"
