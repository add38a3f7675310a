#include "tests/unit/session/fleet.h"

using orm::Record;
using orm::SessionStatistics;

/// The session counts what it sends because something was read that no query had loaded, and the log says so.
class LoadingStatistics : public QObject {
    Q_OBJECT

private slots:
    void queriesAndEagerLoadsCountNothing_data() { bothShapes(); }
    void queriesAndEagerLoadsCountNothing();
    void aLazyLoadIsCountedWithItsCause_data() { bothShapes(); }
    void aLazyLoadIsCountedWithItsCause();
    void aLazyLoadFromMemoryCountsNothing_data() { bothShapes(); }
    void aLazyLoadFromMemoryCountsNothing();
    void aReloadOfExpiredObjectsIsCountedApart_data() { bothShapes(); }
    void aReloadOfExpiredObjectsIsCountedApart();
    void theCountSinceTheQueryStartsAnew_data() { bothShapes(); }
    void theCountSinceTheQueryStartsAnew();
    void resetForgetsAll_data() { bothShapes(); }
    void resetForgetsAll();
    void theLogTellsWhyALazyLoadWasSent_data() { bothShapes(); }
    void theLogTellsWhyALazyLoadWasSent();
    void whatFollowsALazyLoadHasNoPurpose_data() { bothShapes(); }
    void whatFollowsALazyLoadHasNoPurpose();
};

void LoadingStatistics::queriesAndEagerLoadsCountNothing()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    (void)fleet.session->all(fleet.select("machines"), {orm::selectinPath({"parts"}), orm::joinedPath({"site"})});
    (void)fleet.session->get(fleet.table("plates"), {1});
    QCOMPARE(fleet.session->statistics().lazyLoads, std::uint64_t{0});
    QCOMPARE(fleet.session->statistics().columnLoads, std::uint64_t{0});
    QVERIFY(fleet.session->statistics().causes.empty());
}

void LoadingStatistics::aLazyLoadIsCountedWithItsCause()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    for (const Record &site : fleet.session->all(fleet.select("sites")))
        for (const Record &machine : site.collection("machines"))
            (void)machine.collection("parts");
    const SessionStatistics &statistics = fleet.session->statistics();
    QCOMPARE(statistics.lazyLoads, std::uint64_t{2});
    QVERIFY(statistics.cause("sites", "machines"));
    QCOMPARE(statistics.cause("sites", "machines")->objects, std::uint64_t{2});
    QCOMPARE(statistics.cause("machines", "parts")->statements, std::uint64_t{1});
    QCOMPARE(statistics.cause("machines", "parts")->objects, std::uint64_t{4});
}

void LoadingStatistics::aLazyLoadFromMemoryCountsNothing()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto sites = fleet.session->all(fleet.select("sites"));
    for (const Record &machine : fleet.session->all(fleet.select("machines")))
        (void)machine.related("site");
    QCOMPARE(fleet.session->statistics().lazyLoads, std::uint64_t{0});
}

void LoadingStatistics::aReloadOfExpiredObjectsIsCountedApart()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"));
    fleet.session->commit();
    (void)machines[1].get("name");
    const SessionStatistics &statistics = fleet.session->statistics();
    QCOMPARE(statistics.lazyLoads, std::uint64_t{0});
    QCOMPARE(statistics.columnLoads, std::uint64_t{1});
    QCOMPARE(statistics.cause("machines", "")->objects, std::uint64_t{5});
}

void LoadingStatistics::theCountSinceTheQueryStartsAnew()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    (void)told(fleet.session->all(fleet.select("machines")), {"parts"});
    QCOMPARE(fleet.session->statistics().sinceQuery, std::uint64_t{1});
    (void)fleet.session->all(fleet.select("machines"));
    QCOMPARE(fleet.session->statistics().sinceQuery, std::uint64_t{0});
    QCOMPARE(fleet.session->statistics().lazyLoads, std::uint64_t{1});
}

void LoadingStatistics::resetForgetsAll()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    (void)told(fleet.session->all(fleet.select("machines")), {"parts"});
    fleet.session->resetStatistics();
    QCOMPARE(fleet.session->statistics().lazyLoads, std::uint64_t{0});
    QVERIFY(fleet.session->statistics().causes.empty());
}

void LoadingStatistics::theLogTellsWhyALazyLoadWasSent()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    const auto machines = fleet.session->all(fleet.select("machines"));
    QCOMPARE(fleet.log.back().purpose, std::string());
    (void)machines[0].collection("parts");
    QCOMPARE(fleet.log.back().purpose, std::string("lazy load of machines.parts for 5 objects"));
    const Record part = fleet.session->get(fleet.table("plates"), {1});
    (void)part.related("machine").collection("parts");
    fleet.session->expire(part);
    (void)part.get("text");
    QCOMPARE(fleet.log.back().purpose, std::string("reload of expired plates for 1 object"));
}

void LoadingStatistics::whatFollowsALazyLoadHasNoPurpose()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape);
    (void)told(fleet.session->all(fleet.select("machines")), {"parts"});
    (void)fleet.session->all(fleet.select("machines"));
    QCOMPARE(fleet.log.back().purpose, std::string());
}

QTEST_APPLESS_MAIN(LoadingStatistics)
#include "tst_loading_statistics.moc"
