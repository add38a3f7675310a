#include "tests/unit/session/fleet.h"

using orm::Loading;
using orm::Record;
using orm::Value;

/// Relationships that come with one further SELECT a level, which has the query as a subquery.
class SubqueryLoading : public QObject {
    Q_OBJECT

private slots:
    void aCollectionComesWithOneFurtherSelect_data() { bothShapes(); }
    void aCollectionComesWithOneFurtherSelect();
    void eachLevelIsOneFurtherSelect_data() { bothShapes(); }
    void eachLevelIsOneFurtherSelect();
    void theConditionOfTheQueryHolds_data() { bothShapes(); }
    void theConditionOfTheQueryHolds();
    void limitAndOffsetHold_data() { bothShapes(); }
    void limitAndOffsetHold();
    void distinctHolds_data() { bothShapes(); }
    void distinctHolds();
    void sharedParentsComeOnce_data() { bothShapes(); }
    void sharedParentsComeOnce();
    void collectionsOfSharedParentsComeOnce_data() { bothShapes(); }
    void collectionsOfSharedParentsComeOnce();
    void joinedBelowSubqueryIsInItsStatement_data() { bothShapes(); }
    void joinedBelowSubqueryIsInItsStatement();
    void subqueryBelowJoinedIsOneFurtherSelect_data() { bothShapes(); }
    void subqueryBelowJoinedIsOneFurtherSelect();
    void aTreeGoesAsDeepAsThePath_data() { bothShapes(); }
    void aTreeGoesAsDeepAsThePath();
    void whatIsLoadedIsNotAskedForAgain_data() { bothShapes(); }
    void whatIsLoadedIsNotAskedForAgain();
    void aJoinOfTheQueryDoesNotRepeatChildren_data() { bothShapes(); }
    void aJoinOfTheQueryDoesNotRepeatChildren();
    void theMappingSaysSo_data() { bothShapes(); }
    void theMappingSaysSo();
};

void SubqueryLoading::aCollectionComesWithOneFurtherSelect()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto sites = fleet.session->all(fleet.select("sites"), {orm::subqueryPath({"machines"})});
    QCOMPARE(fleet.selects(), 2);
    QVERIFY(fleet.log.back().sql.find("(SELECT") != std::string::npos);
    QCOMPARE(told(sites, {"machines"}), std::string("Recife(a b) Porto(c d)"));
    QCOMPARE(fleet.selects(), 2);
}

void SubqueryLoading::eachLevelIsOneFurtherSelect()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto sites = fleet.session->all(fleet.select("sites"), {orm::subqueryPath({"machines", "parts"})});
    QCOMPARE(fleet.selects(), 3);
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QCOMPARE(fleet.selects(), 3);
}

void SubqueryLoading::theConditionOfTheQueryHolds()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    orm::Select query = fleet.select("sites");
    query.where(orm::Expression(fleet.table("sites").column("name")) == Value("Porto"));
    const auto sites = fleet.session->all(query, {orm::subqueryPath({"machines", "parts"})});
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Porto(c(x y) d(x y))"));
    QCOMPARE(fleet.log.at(fleet.log.size() - 2).rows, std::int64_t{2});
    QCOMPARE(fleet.log.back().rows, std::int64_t{4});
}

void SubqueryLoading::limitAndOffsetHold()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines =
        fleet.session->all(fleet.select("machines").limit(2).offset(1), {orm::subqueryPath({"parts"})});
    QCOMPARE(told(machines, {"parts"}), std::string("a(x y) d(x y)"));
    QCOMPARE(fleet.selects(), 2);
    QCOMPARE(fleet.log.back().rows, std::int64_t{4});
}

void SubqueryLoading::distinctHolds()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    orm::Select query = fleet.select("machines");
    query.join(fleet.table("parts"), orm::Expression(fleet.table("parts").column("machine_id")) ==
                                         orm::Expression(fleet.table("machines").column("id")));
    const auto machines = fleet.session->all(query.distinct().limit(2), {orm::subqueryPath({"parts"})});
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) a(x y)"));
    QCOMPARE(fleet.log.back().rows, std::int64_t{4});
}

void SubqueryLoading::sharedParentsComeOnce()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"), {orm::subqueryPath({"site"})});
    QCOMPARE(fleet.selects(), 2);
    QCOMPARE(fleet.log.back().rows, std::int64_t{2});
    QVERIFY(machines[2].related("site").get("name") == Value("Porto"));
    QVERIFY(machines[2].related("site") == machines[3].related("site"));
    QVERIFY(!machines[4].related("site"));
    QCOMPARE(fleet.selects(), 2);
}

void SubqueryLoading::collectionsOfSharedParentsComeOnce()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto parts = fleet.session->all(fleet.select("parts"), {orm::subqueryPath({"machine", "parts"})});
    QCOMPARE(told({parts[0].related("machine")}, {"parts"}), std::string("b(x y)"));
    QCOMPARE(fleet.selects(), 3);
}

void SubqueryLoading::joinedBelowSubqueryIsInItsStatement()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto sites =
        fleet.session->all(fleet.select("sites"), {orm::subqueryPath({"machines"}).then(orm::joinedPath({"parts"}))});
    QCOMPARE(fleet.selects(), 2);
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QCOMPARE(fleet.selects(), 2);
}

void SubqueryLoading::subqueryBelowJoinedIsOneFurtherSelect()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto sites = fleet.session->all(fleet.select("sites").limit(1),
                                          {orm::joinedPath({"machines"}).then(orm::subqueryPath({"parts"}))});
    QCOMPARE(fleet.selects(), 2);
    QCOMPARE(fleet.log.back().rows, std::int64_t{4});
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y))"));
    QCOMPARE(fleet.selects(), 2);
}

void SubqueryLoading::aTreeGoesAsDeepAsThePath()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record root = shop.add("trees", {{"name", "root"}});
    const Record branch = shop.add("trees", {{"name", "branch"}});
    root.addTo("children", branch);
    branch.addTo("children", shop.add("trees", {{"name", "leaf"}}));
    shop.session->commit();
    shop.session->sweep();
    shop.forget();
    orm::Select query(shop.table("trees"));
    query.where(orm::Expression(shop.table("trees").column("name")) == Value("root"));
    const auto roots = shop.session->all(query, {orm::subqueryPath({"children", "children"})});
    QCOMPARE(told(roots, {"children", "children"}), std::string("root(branch(leaf))"));
    QCOMPARE(shop.sent(), 3);
}

void SubqueryLoading::whatIsLoadedIsNotAskedForAgain()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto first = fleet.session->all(fleet.select("sites"), {orm::subqueryPath({"machines"})});
    fleet.log.clear();
    (void)fleet.session->all(fleet.select("sites"), {orm::subqueryPath({"machines"})});
    QCOMPARE(fleet.selects(), 1);
}

void SubqueryLoading::aJoinOfTheQueryDoesNotRepeatChildren()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    orm::Select query = fleet.select("machines");
    query.join(fleet.table("parts"), orm::Expression(fleet.table("parts").column("machine_id")) ==
                                         orm::Expression(fleet.table("machines").column("id")));
    const auto machines = fleet.session->all(query, {orm::subqueryPath({"parts"})});
    QCOMPARE(told({machines[0]}, {"parts"}), std::string("b(x y)"));
}

void SubqueryLoading::theMappingSaysSo()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {.machines = Loading::Subquery, .parts = Loading::Subquery});
    const auto sites = fleet.session->all(fleet.select("sites"));
    QCOMPARE(fleet.selects(), 3);
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QCOMPARE(fleet.selects(), 3);
}

QTEST_APPLESS_MAIN(SubqueryLoading)
#include "tst_loading_subquery.moc"
