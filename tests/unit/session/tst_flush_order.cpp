#include "tests/unit/session/shop.h"

using orm::Record;
using orm::Value;

/// The order of a flush's statements. The database checks foreign keys at once, so a wrong one fails by itself as well.
class FlushOrder : public QObject {
    Q_OBJECT

private slots:
    void objectsOfOneTableAreInsertedAsTheyWereAdded_data() { bothShapes(); }
    void objectsOfOneTableAreInsertedAsTheyWereAdded();
    void changesComeBeforeNewRowsAndThoseBeforeDeletions_data() { bothShapes(); }
    void changesComeBeforeNewRowsAndThoseBeforeDeletions();
    void aChildIsGivenToItsNewParentAfterThatIsInserted_data() { bothShapes(); }
    void aChildIsGivenToItsNewParentAfterThatIsInserted();
    void aMovedChildIsWrittenBeforeItsOldParentIsDeleted_data() { bothShapes(); }
    void aMovedChildIsWrittenBeforeItsOldParentIsDeleted();
    void aReleasedChildIsWrittenBeforeItsOldParentIsDeleted_data() { bothShapes(); }
    void aReleasedChildIsWrittenBeforeItsOldParentIsDeleted();
    void deletionsGoFromChildrenToParents_data() { bothShapes(); }
    void deletionsGoFromChildrenToParents();
    void aTreeGrowsUnderANewRoot_data() { bothShapes(); }
    void aTreeGrowsUnderANewRoot();
    void aBranchThatWasMovedDoesNotGoWithItsOldTree_data() { bothShapes(); }
    void aBranchThatWasMovedDoesNotGoWithItsOldTree();
    void aChildThatWasMovedByItsKeyDoesNotGoWithItsOldParent_data() { bothShapes(); }
    void aChildThatWasMovedByItsKeyDoesNotGoWithItsOldParent();
    void unrelatedTablesDoNotMixTheirBatches_data() { bothShapes(); }
    void unrelatedTablesDoNotMixTheirBatches();
    void aForeignKeyWrittenByHandIsOrderedToo_data() { bothShapes(); }
    void aForeignKeyWrittenByHandIsOrderedToo();
    void changesAreSortedByTheirColumns_data() { bothShapes(); }
    void changesAreSortedByTheirColumns();
};

void FlushOrder::objectsOfOneTableAreInsertedAsTheyWereAdded()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    std::vector<Record> users;
    for (int i = 0; i < 50; ++i)
        users.push_back(shop.user("someone"));
    shop.session->flush();
    for (int i = 0; i < 50; ++i)
        QVERIFY(users[static_cast<std::size_t>(i)].get("id") == Value(i + 1));
    VERIFY_SENT(shop.recorder.exactly({"INSERT users x50"}));
}

void FlushOrder::changesComeBeforeNewRowsAndThoseBeforeDeletions()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record old = shop.add("pairs", {{"left_id", 1}, {"right_id", 1}});
    const Record kept = shop.add("pairs", {{"left_id", 2}, {"right_id", 1}});
    shop.session->commit();
    shop.session->remove(old);
    shop.add("pairs", {{"left_id", 3}, {"right_id", 1}});
    kept.set("label", "x");
    shop.forget();
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"UPDATE pairs", "INSERT pairs", "DELETE pairs"}));
}

void FlushOrder::aChildIsGivenToItsNewParentAfterThatIsInserted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record note = shop.add("notes", {{"text", "x"}});
    shop.session->commit();
    note.setRelated("user", shop.user("Ana"));
    shop.forget();
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"INSERT users", "UPDATE notes"}));
    QVERIFY(shop.stored("SELECT user_id FROM notes") == Value(1));
}

void FlushOrder::aMovedChildIsWrittenBeforeItsOldParentIsDeleted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record rui = shop.get("users", 2);
    for (const Record &address : ana.collection("addresses"))
        rui.addTo("addresses", address);
    shop.session->remove(ana);
    shop.forget();
    shop.session->flush();
    VERIFY_SENT(shop.recorder.counted({"UPDATE addresses x2", "DELETE users", "DELETE addresses x0"}));
    VERIFY_SENT(shop.recorder.before("UPDATE addresses", "DELETE users"));
}

void FlushOrder::aReleasedChildIsWrittenBeforeItsOldParentIsDeleted()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record note = shop.add("notes", {{"text", "x"}});
    ana.addTo("notes", note);
    shop.session->commit();
    ana.removeFrom("notes", note);
    shop.session->remove(ana);
    shop.session->flush();
    VERIFY_SENT(shop.recorder.before("UPDATE notes", "DELETE users"));
}

void FlushOrder::deletionsGoFromChildrenToParents()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session->remove(ana);
    shop.session->flush();
    VERIFY_SENT(shop.recorder.before("DELETE addresses", "DELETE users"));
    VERIFY_SENT(shop.recorder.counted({"DELETE addresses x2", "DELETE users", "UPDATE x0"}));
}

void FlushOrder::aTreeGrowsUnderANewRoot()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record old = shop.add("trees", {{"name", "old root"}});
    shop.session->commit();
    const Record root = shop.add("trees", {{"name", "new root"}});
    const Record middle = shop.add("trees", {{"name", "middle"}});
    old.setRelated("parent", middle);
    middle.setRelated("parent", root);
    shop.forget();
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"INSERT trees x2", "UPDATE trees"}));
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE name = 'old root'") == middle.get("id"));
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE name = 'middle'") == root.get("id"));
}

void FlushOrder::aBranchThatWasMovedDoesNotGoWithItsOldTree()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record first = shop.add("trees", {{"name", "first"}});
    const Record second = shop.add("trees", {{"name", "second"}});
    const Record branch = shop.add("trees", {{"name", "branch"}});
    const Record leaf = shop.add("trees", {{"name", "leaf"}});
    first.addTo("children", branch);
    branch.addTo("children", leaf);
    shop.session->commit();
    second.addTo("children", branch);
    shop.session->remove(first);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT group_concat(name) FROM trees") == Value("second,branch,leaf"));
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE name = 'branch'") == second.get("id"));
}

void FlushOrder::aChildThatWasMovedByItsKeyDoesNotGoWithItsOldParent()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.get("addresses", 1).set("user_id", 2); // user 2 is not in memory
    shop.session->remove(ana);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT user_id FROM addresses WHERE id = 1") == Value(2));
    QVERIFY(shop.stored("SELECT count(*) FROM addresses") == Value(3));
}

void FlushOrder::unrelatedTablesDoNotMixTheirBatches()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    for (int i = 0; i < 3; ++i) {
        shop.add("products", {{"code", "p" + std::to_string(i)}, {"title", "t"}, {"stock", 1}});
        shop.add("pairs", {{"left_id", i}, {"right_id", i}});
        shop.user("someone");
    }
    shop.session->flush();
    VERIFY_SENT(shop.recorder.inAnyOrder({"INSERT products x3", "INSERT pairs x3", "INSERT users x3"}));
}

void FlushOrder::aForeignKeyWrittenByHandIsOrderedToo()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.add("notes", {{"text", "x"}, {"user_id", 40}});
    shop.add("users", {{"id", 40}, {"name", "Ana"}});
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"INSERT users", "INSERT notes"}));
    QVERIFY(shop.stored("SELECT user_id FROM notes") == Value(40));
}

void FlushOrder::changesAreSortedByTheirColumns()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    std::vector<Record> users;
    for (int i = 0; i < 6; ++i)
        users.push_back(shop.user("someone"));
    shop.session->commit();
    for (std::size_t i = 0; i < 6; ++i)
        users[i].set(i % 2 == 0 ? "name" : "email", Value("v" + std::to_string(i)));
    shop.forget();
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"UPDATE users x3", "UPDATE users x3"}));
}

QTEST_APPLESS_MAIN(FlushOrder)
#include "tst_flush_order.moc"
