#include "tests/unit/session/world.h"

using orm::Life;
using orm::Record;
using orm::Value;

namespace {

struct Step { // its key has two parts, and another step's is its foreign key
    std::int64_t a{};
    std::int64_t b{};
    std::optional<std::int64_t> overA{};
    std::optional<std::int64_t> overB{};
    orm::One<Step> over{};
};

orm::Registry steps()
{
    orm::Registry registry;
    registry.map<Step>("steps")
        .column<&Step::a>("a", orm::primaryKey)
        .column<&Step::b>("b", orm::primaryKey)
        .column<&Step::overA>("over_a")
        .column<&Step::overB>("over_b")
        .references({"over_a", "over_b"}, "steps", {"a", "b"})
        .one<&Step::over>(orm::foreignKey("over_a", "over_b"));
    return registry;
}

void stepRecords(orm::Registry &registry)
{
    registry.record("steps").one("over", "steps", orm::foreignKey("over_a", "over_b"));
}

Record tree(Shop &shop, const char *name, const Record &parent = {})
{
    const Record made = shop.add("trees", {{"name", name}});
    if (parent)
        made.setRelated("parent", parent);
    return made;
}

std::string names(Shop &shop)
{
    return shop.stored("SELECT coalesce(group_concat(name, ' '), '') FROM (SELECT name FROM trees ORDER BY name)")
        .toString();
}

} // namespace

/// Children that change their parents in the flush, the rollback or the session in which these change or go.
class MovedChildren : public QObject {
    Q_OBJECT

private slots:
    void aChildThatMovedAwaySurvivesItsOldParent_data() { bothShapes(); }
    void aChildThatMovedAwaySurvivesItsOldParent();
    void aChildThatMovedAwayUnseenSurvivesItsOldParent_data() { bothShapes(); }
    void aChildThatMovedAwayUnseenSurvivesItsOldParent();
    void deletionsAreOrderedByTheRowsAsTheyAre_data() { bothShapes(); }
    void deletionsAreOrderedByTheRowsAsTheyAre();
    void aNewChildWaitsForItsParentsNewKey_data() { bothShapes(); }
    void aNewChildWaitsForItsParentsNewKey();
    void afterARollbackANewParentHasNoOldChildren_data() { bothShapes(); }
    void afterARollbackANewParentHasNoOldChildren();
    void aTreeIsAddedAgainFromTheRoot_data() { bothShapes(); }
    void aTreeIsAddedAgainFromTheRoot();
    void aDetachedGraphComesBackWhole_data() { bothShapes(); }
    void aDetachedGraphComesBackWhole();
    void anExpiredNewObjectIsRolledBackToWhatWasFlushed_data() { bothShapes(); }
    void anExpiredNewObjectIsRolledBackToWhatWasFlushed();
};

void MovedChildren::aChildThatMovedAwaySurvivesItsOldParent()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record first = tree(shop, "first");
    const Record branch = tree(shop, "branch", first);
    tree(shop, "leaf", branch);
    const Record second = tree(shop, "second");
    shop.session->commit();
    second.addTo("children", branch);
    shop.session->remove(first);
    shop.session->commit();
    QCOMPARE(names(shop), std::string("branch leaf second"));
}

void MovedChildren::aChildThatMovedAwayUnseenSurvivesItsOldParent()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record a = tree(shop, "a");
    const Record b = tree(shop, "b", a);
    shop.session->commit();
    b.set("parent_id", Value());
    shop.session->remove(a);
    shop.session->commit();
    QCOMPARE(names(shop), std::string("b"));
}

void MovedChildren::deletionsAreOrderedByTheRowsAsTheyAre()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record a = tree(shop, "a");
    const Record b = tree(shop, "b", a);
    shop.session->flush();
    b.setRelated("parent", {}); // in memory it is the other way round
    a.setRelated("parent", b);
    shop.session->remove(a);
    shop.session->remove(b);
    shop.session->commit();
    QCOMPARE(names(shop), std::string());
}

void MovedChildren::aNewChildWaitsForItsParentsNewKey()
{
    QFETCH(Shape, shape);
    World world(shape, steps, stepRecords);
    const Record parent = world.add("steps", {{"a", 1}, {"b", 2}});
    world.session->flush();
    const Record child = world.add("steps", {{"a", 5}, {"b", 6}});
    parent.set("b", 3);
    child.setRelated("over", parent);
    world.session->commit();
    QVERIFY(child.get("over_b") == Value(3));
}

void MovedChildren::afterARollbackANewParentHasNoOldChildren()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record child = tree(shop, "child");
    shop.session->commit();
    const Record parent = tree(shop, "parent");
    parent.addTo("children", child);
    shop.session->rollback();
    shop.session->add(parent);
    shop.session->flush();
    QVERIFY(parent.collection("children").empty());
    QVERIFY(!child.related("parent"));
    QVERIFY(shop.stored("SELECT count(parent_id) FROM trees") == Value(0));
}

void MovedChildren::aTreeIsAddedAgainFromTheRoot()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record root = shop.add("trees", {{"id", 7}, {"name", "root"}});
    const Record leaf = shop.add("trees", {{"id", 5}, {"name", "leaf"}});
    root.addTo("children", leaf);
    shop.session->flush();
    shop.session->rollback();
    shop.session->add(leaf); // brings the root
    shop.session->commit();
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE id = 5") == Value(7));
}

void MovedChildren::aDetachedGraphComesBackWhole()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const std::vector<Record> addresses = ana.collection("addresses");
    shop.session->expungeAll();
    shop.session->add(ana);
    for (const Record &address : addresses)
        QVERIFY(address.life() == Life::Persistent);
    QVERIFY(shop.get("addresses", 1) == addresses[0]);
}

void MovedChildren::anExpiredNewObjectIsRolledBackToWhatWasFlushed()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record a = tree(shop, "flushed");
    shop.session->flush();
    a.set("name", "dropped");
    shop.session->expire(a);
    shop.session->rollback();
    QVERIFY(a.get("name") == Value("flushed"));
    shop.session->add(a);
    shop.session->commit();
    QCOMPARE(names(shop), std::string("flushed"));
}

QTEST_APPLESS_MAIN(MovedChildren)
#include "tst_moved_children.moc"
