#include "tests/unit/session/world.h"

using orm::Life;
using orm::Record;
using orm::Value;

namespace {

/// A shop with Ana (two addresses) and Rui (two addresses), and a second session on the same database.
struct TwoSessions : Shop {
    explicit TwoSessions(Shape shape) : Shop(shape), other(*engine, registry)
    {
        fill(*this);
        session->commit();
    }
    Record otherUser(int id) { return other.get(table("users"), {id}); }
    orm::Session other;
};

struct Counter {
    std::int64_t id{};
    std::int64_t count{};
    std::int64_t version{};
};

orm::Registry counters()
{
    orm::Registry registry;
    registry.map<Counter>("counters")
        .column<&Counter::id>("id", orm::primaryKey)
        .column<&Counter::count>("count")
        .column<&Counter::version>("version", orm::versionColumn);
    return registry;
}

void counterRecords(orm::Registry &registry) { registry.record("counters").version("version"); }

} // namespace

/// Objects of elsewhere, copied onto the session's own.
class Merging : public QObject {
    Q_OBJECT

private slots:
    void aValueIsCopiedOntoTheObjectOfItsRow();
    void aValueWithoutARowBecomesANewObject();
    void anObjectOfAnotherSessionIsCopied_data() { bothShapes(); }
    void anObjectOfAnotherSessionIsCopied();
    void anObjectOfTheSessionIsItsOwnCopy_data() { bothShapes(); }
    void anObjectOfTheSessionIsItsOwnCopy();
    void aDetachedObjectIsCopiedAndStaysDetached_data() { bothShapes(); }
    void aDetachedObjectIsCopiedAndStaysDetached();
    void whatIsEqualSendsNoUpdate_data() { bothShapes(); }
    void whatIsEqualSendsNoUpdate();
    void columnsThatAreNotLoadedStay_data() { bothShapes(); }
    void columnsThatAreNotLoadedStay();
    void aLoadedCollectionIsFollowed_data() { bothShapes(); }
    void aLoadedCollectionIsFollowed();
    void aCollectionThatIsNotLoadedStays_data() { bothShapes(); }
    void aCollectionThatIsNotLoadedStays();
    void aLoadedParentIsFollowed_data() { bothShapes(); }
    void aLoadedParentIsFollowed();
    void newChildrenOfARolledBackParentComeAlong_data() { bothShapes(); }
    void newChildrenOfARolledBackParentComeAlong();
    void aLongChainIsCopiedWhole_data() { bothShapes(); }
    void aLongChainIsCopiedWhole();
    void anotherVersionIsStale_data() { bothShapes(); }
    void anotherVersionIsStale();
    void mergingDoesNotFlushHalfCopiedObjects_data() { bothShapes(); }
    void mergingDoesNotFlushHalfCopiedObjects();
};

void Merging::aValueIsCopiedOntoTheObjectOfItsRow()
{
    Shop shop;
    fill(shop);
    const orm::Ref<User> ana = shop.session->get<User>(1);
    const orm::Ref<User> merged = shop.session->merge(User{.id = 1, .name = "Anna", .age = 30});
    QVERIFY(merged == ana);
    QCOMPARE(ana->name, std::string("Anna"));
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"SELECT users", "UPDATE users"}));
}

void Merging::aValueWithoutARowBecomesANewObject()
{
    Shop shop;
    const orm::Ref<User> merged = shop.session->merge(User{.id = 9, .name = "Eva"});
    QVERIFY(merged.life() == Life::Pending);
    const orm::Ref<User> keyless = shop.session->merge(User{.name = "Rui"});
    shop.session->commit();
    QCOMPARE(merged->id, std::int64_t{9});
    QCOMPARE(keyless->id, std::int64_t{10});
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(2));
}

void Merging::anObjectOfAnotherSessionIsCopied()
{
    QFETCH(Shape, shape);
    TwoSessions two(shape);
    const Record theirs = two.otherUser(1);
    theirs.set("name", "Anna");
    const Record mine = two.session->merge(theirs);
    QVERIFY(mine.life() == Life::Persistent);
    QVERIFY(!(mine == theirs));
    QVERIFY(two.get("users", 1) == mine);
    QVERIFY(mine.get("name") == Value("Anna"));
    two.other.rollback();
    two.session->commit();
    QVERIFY(two.stored("SELECT name FROM users WHERE id = 1") == Value("Anna"));
}

void Merging::anObjectOfTheSessionIsItsOwnCopy()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    QVERIFY(shop.session->merge(ana) == ana);
    shop.session->commit();
    QVERIFY(shop.session->merge(ana) == ana);
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(1));
}

void Merging::aDetachedObjectIsCopiedAndStaysDetached()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record gone = shop.get("users", 1);
    shop.session->expunge(gone);
    gone.set("name", "Anna");
    const Record mine = shop.session->merge(gone);
    QVERIFY(gone.life() == Life::Detached);
    shop.session->flush();
    QVERIFY(shop.stored("SELECT name FROM users WHERE id = 1") == Value("Anna"));
    QVERIFY(shop.get("users", 1) == mine);
}

void Merging::whatIsEqualSendsNoUpdate()
{
    QFETCH(Shape, shape);
    TwoSessions two(shape);
    const Record theirs = two.otherUser(1);
    (void)theirs.collection("addresses");
    (void)two.session->merge(theirs);
    two.session->flush();
    VERIFY_SENT(two.recorder.counted({"UPDATE x0", "INSERT x0", "DELETE x0"}));
}

void Merging::columnsThatAreNotLoadedStay()
{
    QFETCH(Shape, shape);
    TwoSessions two(shape);
    const Record mine = two.get("users", 1);
    mine.set("age", 30);
    const Record theirs = two.otherUser(1);
    theirs.set("name", "Anna");
    two.other.expire(theirs, {"age"});
    (void)two.session->merge(theirs);
    QVERIFY(mine.get("age") == Value(30));
    QVERIFY(mine.get("name") == Value("Anna"));
}

void Merging::aLoadedCollectionIsFollowed()
{
    QFETCH(Shape, shape);
    TwoSessions two(shape);
    const Record theirs = two.otherUser(1);
    const Record first = theirs.collection("addresses")[0];
    theirs.removeFrom("addresses", first);
    theirs.collection("addresses")[0].set("street", "Rua C");
    theirs.addTo("addresses", two.other.add(two.table("addresses"), {{"street", "Rua D"}}));
    const Record mine = two.session->merge(theirs);
    QCOMPARE(mine.collection("addresses").size(), std::size_t{2});
    two.other.rollback();
    two.session->commit();
    QVERIFY(two.stored("SELECT group_concat(street) FROM (SELECT street FROM addresses WHERE user_id = 1 ORDER BY "
                       "street)") == Value("Rua C,Rua D"));
    QVERIFY(two.stored("SELECT count(*) FROM addresses") == Value(4)); // the first was an orphan
}

void Merging::aCollectionThatIsNotLoadedStays()
{
    QFETCH(Shape, shape);
    TwoSessions two(shape);
    (void)two.session->merge(two.otherUser(1));
    two.session->commit();
    VERIFY_SENT(two.recorder.counted({"SELECT addresses x0"}));
    QVERIFY(two.stored("SELECT count(*) FROM addresses WHERE user_id = 1") == Value(2));
}

void Merging::aLoadedParentIsFollowed()
{
    QFETCH(Shape, shape);
    TwoSessions two(shape);
    const Record theirs = two.other.get(two.table("addresses"), {1});
    theirs.setRelated("user", two.otherUser(2));
    const Record mine = two.session->merge(theirs);
    QVERIFY(mine.related("user") == two.get("users", 2));
    two.other.rollback();
    two.session->commit();
    QVERIFY(two.stored("SELECT user_id FROM addresses WHERE id = 1") == Value(2));
}

void Merging::newChildrenOfARolledBackParentComeAlong()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    ana.addTo("addresses", shop.add("addresses", {{"street", "Rua A"}}));
    shop.session->flush();
    shop.session->rollback();
    QVERIFY(ana.life() == Life::Transient);
    const Record mine = shop.session->merge(ana);
    shop.session->commit();
    QVERIFY(!(mine == ana));
    QVERIFY(shop.stored("SELECT count(*) FROM addresses a JOIN users u ON u.id = a.user_id") == Value(1));
}

void Merging::aLongChainIsCopiedWhole()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    constexpr int kTrees = 20000;
    Record last = shop.add("trees", {{"name", "t"}});
    for (int i = 1; i < kTrees; ++i) {
        const Record next = shop.add("trees", {{"name", "t"}});
        next.setRelated("parent", last);
        last = next;
    }
    shop.session->rollback();
    (void)shop.session->merge(last);
    shop.session->flush();
    QVERIFY(shop.stored("SELECT count(*) FROM trees") == Value(kTrees));
}

void Merging::anotherVersionIsStale()
{
    QFETCH(Shape, shape);
    World world(shape, counters, counterRecords);
    const Record counter = world.add("counters", {{"count", 1}});
    world.session->commit();
    QVERIFY(counter.get("version") == Value(1));
    world.session->expunge(counter);
    const Record mine = world.get("counters", 1);
    mine.set("count", 2);
    world.session->flush();
    THROWS((void)world.session->merge(counter), orm::StaleRow);
}

void Merging::mergingDoesNotFlushHalfCopiedObjects()
{
    QFETCH(Shape, shape);
    TwoSessions two(shape);
    const Record address = two.other.get(two.table("addresses"), {1});
    const Record theirs = two.other.add(two.table("users"), {{"name", "Eva"}});
    theirs.addTo("addresses", address);
    (void)two.session->merge(theirs);
    VERIFY_SENT(two.recorder.counted({"INSERT x0", "UPDATE x0"}));
    two.other.rollback();
    two.session->commit();
    QVERIFY(two.stored("SELECT name FROM users u JOIN addresses a ON a.user_id = u.id WHERE a.id = 1") == Value("Eva"));
}

QTEST_APPLESS_MAIN(Merging)
#include "tst_merge.moc"
