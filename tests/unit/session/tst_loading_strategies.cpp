#include "tests/unit/session/fleet.h"

using orm::Loading;
using orm::loadPath;
using orm::Record;
using orm::Value;

/// Each step of a path in its own way: as the relationship is mapped, or as the query says.
class LoadingStrategies : public QObject {
    Q_OBJECT

private slots:
    void theMappedStrategyCostsItsStatements_data();
    void theMappedStrategyCostsItsStatements();
    void theQuerysStrategyOverridesTheMapped_data();
    void theQuerysStrategyOverridesTheMapped();
    void theLastOptionForAStepDecides_data() { bothShapes(); }
    void theLastOptionForAStepDecides();
    void stepsOfAPathCanDiffer_data() { bothShapes(); }
    void stepsOfAPathCanDiffer();
    void aStepAsMappedLeadsOn_data() { bothShapes(); }
    void aStepAsMappedLeadsOn();
    void whatIsMappedComesBelowWhatIsNamed_data() { bothShapes(); }
    void whatIsMappedComesBelowWhatIsNamed();
    void raiseRefusesToLoad_data() { bothShapes(); }
    void raiseRefusesToLoad();
    void raiseOfAQueryRefusesToLoad_data() { bothShapes(); }
    void raiseOfAQueryRefusesToLoad();
    void raiseGivesWhatMemoryHas_data() { bothShapes(); }
    void raiseGivesWhatMemoryHas();
    void lazyOfAQueryOverridesAMappedRaise_data() { bothShapes(); }
    void lazyOfAQueryOverridesAMappedRaise();
    void aRaiseOfAQueryEndsWithExpiry_data() { bothShapes(); }
    void aRaiseOfAQueryEndsWithExpiry();
    void raiseBelowSelectinHolds_data() { bothShapes(); }
    void raiseBelowSelectinHolds();
    void noloadIsEmptyAndSendsNothing_data() { bothShapes(); }
    void noloadIsEmptyAndSendsNothing();
    void noloadOfAQueryLeavesWhatIsLoaded_data() { bothShapes(); }
    void noloadOfAQueryLeavesWhatIsLoaded();
    void aLazyLoadBringsWhatIsMappedBelow_data() { bothShapes(); }
    void aLazyLoadBringsWhatIsMappedBelow();
    void membersSpellEveryStrategy();
};

namespace {

void strategies()
{
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<Loading>("loading");
    QTest::addColumn<int>("withTheQuery");
    QTest::addColumn<int>("whenRead");
    const struct {
        const char *name;
        Loading loading;
        int withTheQuery;
        int whenRead;
    } all[] = {{"select", Loading::Select, 1, 2},
               {"joined", Loading::Joined, 1, 1},
               {"subquery", Loading::Subquery, 2, 2},
               {"selectin", Loading::SelectIn, 2, 2}};
    for (const Shape shape : {Shape::Classes, Shape::Records})
        for (const auto &row : all)
            QTest::addRow("%s %s", row.name, shape == Shape::Classes ? "classes" : "records")
                << shape << row.loading << row.withTheQuery << row.whenRead;
}

} // namespace

void LoadingStrategies::theMappedStrategyCostsItsStatements_data() { strategies(); }

void LoadingStrategies::theMappedStrategyCostsItsStatements()
{
    QFETCH(Shape, shape);
    QFETCH(Loading, loading);
    QFETCH(int, withTheQuery);
    QFETCH(int, whenRead);
    Fleet fleet(shape, {.parts = loading});
    const auto machines = fleet.session->all(fleet.select("machines"));
    QCOMPARE(fleet.selects(), withTheQuery);
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) a(x y) d(x y) c(x y) e(x y)"));
    QCOMPARE(fleet.selects(), whenRead);
}

void LoadingStrategies::theQuerysStrategyOverridesTheMapped_data() { strategies(); }

void LoadingStrategies::theQuerysStrategyOverridesTheMapped()
{
    QFETCH(Shape, shape);
    QFETCH(Loading, loading);
    QFETCH(int, withTheQuery);
    QFETCH(int, whenRead);
    const Loading mapped = loading == Loading::Joined ? Loading::SelectIn : Loading::Joined;
    Fleet fleet(shape, {.parts = mapped});
    const auto machines = fleet.session->all(fleet.select("machines"), {loadPath(loading, {"parts"})});
    QCOMPARE(fleet.selects(), withTheQuery);
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) a(x y) d(x y) c(x y) e(x y)"));
    QCOMPARE(fleet.selects(), whenRead);
}

void LoadingStrategies::theLastOptionForAStepDecides()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    (void)fleet.session->all(fleet.select("sites"),
                             {orm::selectinPath({"machines", "parts"}), orm::joinedPath({"machines"})});
    QCOMPARE(fleet.selects(), 2);
}

void LoadingStrategies::stepsOfAPathCanDiffer()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto sites =
        fleet.session->all(fleet.select("sites"), {orm::selectinPath({"machines"}).then(orm::joinedPath({"parts"})),
                                                   loadPath({}, {"machines"}).then(orm::subqueryPath({"plate"}))});
    QCOMPARE(fleet.selects(), 3);
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QVERIFY(sites[0].collection("machines")[1].related("plate").get("text") == Value("p1"));
    QCOMPARE(fleet.selects(), 3);
}

void LoadingStrategies::aStepAsMappedLeadsOn()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {.machines = Loading::Joined});
    (void)fleet.session->all(fleet.select("sites"), {loadPath({}, {"machines"}).then(orm::joinedPath({"parts"}))});
    QCOMPARE(fleet.selects(), 1);
    QVERIFY(fleet.log.back().sql.find("parts_1") != std::string::npos);
}

void LoadingStrategies::whatIsMappedComesBelowWhatIsNamed()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {.parts = Loading::SelectIn, .plate = Loading::Joined});
    const auto sites = fleet.session->all(fleet.select("sites"), {orm::joinedPath({"machines"})});
    QCOMPARE(fleet.selects(), 2);
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QVERIFY(sites[0].collection("machines")[1].related("plate"));
    QCOMPARE(fleet.selects(), 2);
}

void LoadingStrategies::raiseRefusesToLoad()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {.parts = Loading::Raise, .plate = Loading::Raise});
    const auto machines = fleet.session->all(fleet.select("machines"));
    THROWS((void)machines[0].collection("parts"), orm::ImplicitIo);
    THROWS((void)machines[0].related("plate"), orm::ImplicitIo);
    QCOMPARE(fleet.selects(), 1);
}

void LoadingStrategies::raiseOfAQueryRefusesToLoad()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines").limit(1), {loadPath(Loading::Raise, {"parts"})});
    THROWS((void)machines[0].collection("parts"), orm::ImplicitIo);
    const auto others = fleet.session->all(fleet.select("machines").offset(1).limit(1));
    QCOMPARE(told(others, {"parts"}), std::string("a(x y)"));
}

void LoadingStrategies::raiseGivesWhatMemoryHas()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {.site = Loading::Raise});
    const auto sites = fleet.session->all(fleet.select("sites").limit(1));
    const auto machines = fleet.session->all(fleet.select("machines"));
    QVERIFY(machines[0].related("site") == sites[0]);
    THROWS((void)machines[2].related("site"), orm::ImplicitIo);
    QVERIFY(!machines[4].related("site"));
}

void LoadingStrategies::lazyOfAQueryOverridesAMappedRaise()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {.parts = Loading::Raise});
    const auto machines = fleet.session->all(fleet.select("machines"), {loadPath(Loading::Select, {"parts"})});
    QCOMPARE(told(machines, {"parts"}), std::string("b(x y) a(x y) d(x y) c(x y) e(x y)"));
    QCOMPARE(fleet.selects(), 2);
}

void LoadingStrategies::aRaiseOfAQueryEndsWithExpiry()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"), {loadPath(Loading::Raise, {"parts"})});
    fleet.session->commit();
    QCOMPARE(machines[0].collection("parts").size(), std::size_t{2});
}

void LoadingStrategies::raiseBelowSelectinHolds()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto sites = fleet.session->all(fleet.select("sites"),
                                          {orm::selectinPath({"machines"}).then(loadPath(Loading::Raise, {"parts"}))});
    THROWS((void)sites[0].collection("machines")[0].collection("parts"), orm::ImplicitIo);
}

void LoadingStrategies::noloadIsEmptyAndSendsNothing()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {.parts = Loading::NoLoad});
    const auto machines = fleet.session->all(fleet.select("machines"), {loadPath(Loading::NoLoad, {"site"})});
    QCOMPARE(machines[0].collection("parts").size(), std::size_t{0});
    QVERIFY(!machines[0].related("site"));
    QCOMPARE(fleet.selects(), 1);
}

void LoadingStrategies::noloadOfAQueryLeavesWhatIsLoaded()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines").limit(1), {orm::joinedPath({"parts"})});
    (void)fleet.session->all(fleet.select("machines"), {loadPath(Loading::NoLoad, {"parts"})});
    QCOMPARE(machines[0].collection("parts").size(), std::size_t{2});
}

void LoadingStrategies::aLazyLoadBringsWhatIsMappedBelow()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {.parts = Loading::Joined});
    const auto sites = fleet.session->all(fleet.select("sites"));
    QCOMPARE(fleet.selects(), 1);
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QCOMPARE(fleet.selects(), 2);
}

void LoadingStrategies::membersSpellEveryStrategy()
{
    Fleet fleet(Shape::Classes, {.machines = Loading::SelectIn});
    const auto sites = fleet.session->all(
        orm::select<Site>()
            .orderBy(orm::f<&Site::name>)
            .options(orm::subquery<&Site::machines>.then(orm::joined<&Machine::parts>),
                     orm::asMapped<&Site::machines>.then(orm::raiseload<&Machine::plate>),
                     orm::asMapped<&Site::machines, &Machine::parts>.then(orm::noload<&Part::machine>)));
    QCOMPARE(fleet.selects(), 2);
    const orm::Ref<Machine> machine = sites[1]->machines[1];
    QCOMPARE(machine->parts[1]->name, std::string("y"));
    THROWS((void)machine->plate.get(), orm::ImplicitIo);
    QVERIFY(!machine->parts[1]->machine);
    (void)fleet.session->all(orm::select<Machine>().options(orm::lazyload<&Machine::plate>));
    QCOMPARE(machine->plate->text, std::string("p1"));
}

QTEST_APPLESS_MAIN(LoadingStrategies)
#include "tst_loading_strategies.moc"
