#include "tests/unit/session/fleet.h"

using orm::Record;
using orm::Value;

/// A session that may send nothing by itself: what no query loaded is refused, what memory has is given.
class NoImplicitIo : public QObject {
    Q_OBJECT

private slots:
    void aCollectionIsRefused_data() { bothShapes(); }
    void aCollectionIsRefused();
    void aParentThatMemoryHasIsGiven_data() { bothShapes(); }
    void aParentThatMemoryHasIsGiven();
    void aParentThatIsNotThereIsRefused_data() { bothShapes(); }
    void aParentThatIsNotThereIsRefused();
    void anExpiredParentIsRefused_data() { bothShapes(); }
    void anExpiredParentIsRefused();
    void aNullKeyNeedsNoStatement_data() { bothShapes(); }
    void aNullKeyNeedsNoStatement();
    void eagerRelationshipsAreGiven_data() { bothShapes(); }
    void eagerRelationshipsAreGiven();
    void newObjectsHaveEmptyCollections_data() { bothShapes(); }
    void newObjectsHaveEmptyCollections();
    void columnsAfterACommitAreRefusedUntilRefreshed_data() { bothShapes(); }
    void columnsAfterACommitAreRefusedUntilRefreshed();
    void columnsAfterACommitComeWithAQuery_data() { bothShapes(); }
    void columnsAfterACommitComeWithAQuery();
    void columnsStayWithoutExpiryOnCommit_data() { bothShapes(); }
    void columnsStayWithoutExpiryOnCommit();
    void afterARollbackToASavepointWhatChangedIsRefused_data() { bothShapes(); }
    void afterARollbackToASavepointWhatChangedIsRefused();
    void aRefusalLeavesTheSessionUsable_data() { bothShapes(); }
    void aRefusalLeavesTheSessionUsable();
    void aMemberOfAnExpiredObjectIsRefused();
};

namespace {

constexpr orm::SessionOptions kNoIo{.implicitIo = false};

} // namespace

void NoImplicitIo::aCollectionIsRefused()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const auto machines = fleet.session->all(fleet.select("machines"));
    THROWS((void)machines[0].collection("parts"), orm::ImplicitIo);
    THROWS((void)machines[0].related("plate"), orm::ImplicitIo);
    QCOMPARE(fleet.selects(), 1);
}

void NoImplicitIo::aParentThatMemoryHasIsGiven()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const auto sites = fleet.session->all(fleet.select("sites"));
    const auto machines = fleet.session->all(fleet.select("machines"));
    QVERIFY(machines[0].related("site") == sites[0]);
    QCOMPARE(fleet.selects(), 2);
}

void NoImplicitIo::aParentThatIsNotThereIsRefused()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const auto machines = fleet.session->all(fleet.select("machines"));
    THROWS((void)machines[0].related("site"), orm::ImplicitIo);
    QCOMPARE(fleet.selects(), 1);
}

void NoImplicitIo::anExpiredParentIsRefused()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const auto sites = fleet.session->all(fleet.select("sites"));
    const auto machines = fleet.session->all(fleet.select("machines"));
    fleet.session->expire(sites[0]);
    THROWS((void)machines[0].related("site"), orm::ImplicitIo);
}

void NoImplicitIo::aNullKeyNeedsNoStatement()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const auto machines = fleet.session->all(fleet.select("machines"));
    QVERIFY(!machines[4].related("site"));
    QCOMPARE(fleet.selects(), 1);
}

void NoImplicitIo::eagerRelationshipsAreGiven()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const auto sites =
        fleet.session->all(fleet.select("sites"), {orm::joinedPath({"machines"}).then(orm::selectinPath({"parts"}))});
    QCOMPARE(told(sites, {"machines", "parts"}), std::string("Recife(a(x y) b(x y)) Porto(c(x y) d(x y))"));
    QCOMPARE(fleet.selects(), 2);
}

void NoImplicitIo::newObjectsHaveEmptyCollections()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const Record machine = fleet.session->add(fleet.table("machines"), {{"name", "new"}});
    QCOMPARE(machine.collection("parts").size(), std::size_t{0});
    QVERIFY(!machine.related("plate"));
    QVERIFY(!machine.related("site"));
    QCOMPARE(fleet.selects(), 0);
}

void NoImplicitIo::columnsAfterACommitAreRefusedUntilRefreshed()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const auto machines = fleet.session->all(fleet.select("machines"));
    fleet.session->commit();
    fleet.log.clear();
    THROWS((void)machines[0].get("name"), orm::ImplicitIo);
    QCOMPARE(fleet.selects(), 0);
    fleet.session->refresh(machines[0]);
    QVERIFY(machines[0].get("name") == Value("b"));
    THROWS((void)machines[1].get("name"), orm::ImplicitIo);
}

void NoImplicitIo::columnsAfterACommitComeWithAQuery()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const auto machines = fleet.session->all(fleet.select("machines"));
    fleet.session->commit();
    (void)fleet.session->all(fleet.select("machines"));
    QVERIFY(machines[4].get("name") == Value("e"));
}

void NoImplicitIo::columnsStayWithoutExpiryOnCommit()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, {.expireOnCommit = false, .implicitIo = false});
    const auto machines = fleet.session->all(fleet.select("machines"), {orm::joinedPath({"parts"})});
    machines[0].set("name", "new");
    fleet.session->commit();
    QCOMPARE(told(machines, {"parts"}), std::string("new(x y) a(x y) d(x y) c(x y) e(x y)"));
}

void NoImplicitIo::afterARollbackToASavepointWhatChangedIsRefused()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const auto machines = fleet.session->all(fleet.select("machines"));
    {
        orm::NestedTransaction nested = fleet.session->beginNested();
        machines[0].set("name", "new");
        fleet.session->flush();
        nested.rollback();
    }
    THROWS((void)machines[0].get("name"), orm::ImplicitIo);
    QVERIFY(machines[1].get("name") == Value("a"));
}

void NoImplicitIo::aRefusalLeavesTheSessionUsable()
{
    QFETCH(Shape, shape);
    Fleet fleet(shape, {}, kNoIo);
    const auto machines = fleet.session->all(fleet.select("machines"));
    THROWS((void)machines[0].collection("parts"), orm::ImplicitIo);
    machines[0].set("name", "new");
    fleet.session->commit();
    QVERIFY(fleet.session->connection().execute("SELECT name FROM machines WHERE id = 1").scalar() == Value("new"));
}

void NoImplicitIo::aMemberOfAnExpiredObjectIsRefused()
{
    Fleet fleet(Shape::Classes, {}, kNoIo);
    const orm::Ref<Machine> machine = fleet.session->get<Machine>(1);
    fleet.session->commit();
    THROWS((void)machine->name, orm::ImplicitIo);
    QVERIFY(fleet.session->get<Machine>(1) == machine); // asked for: that is no implicit statement
    QCOMPARE(machine->name, std::string("b"));
}

QTEST_APPLESS_MAIN(NoImplicitIo)
#include "tst_loading_no_io.moc"
