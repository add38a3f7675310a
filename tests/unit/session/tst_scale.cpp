#include "tests/unit/session/shop.h"

#include <set>
#include <sys/mman.h>

using orm::Record;
using orm::Value;

/// What must not grow with the number of objects or rows. CORMORANT_STREAM_ROWS=1000000 streams more than the usual.
class Scale : public QObject {
    Q_OBJECT

private slots:
    void aFlushWithNothingEditedTouchesNoLoadedObject_data() { bothShapes(); }
    void aFlushWithNothingEditedTouchesNoLoadedObject();
    void aFlushOfOneEditTouchesNoOtherObject_data() { bothShapes(); }
    void aFlushOfOneEditTouchesNoOtherObject();
    void streamedRowsHoldABoundedNumberOfObjects();
    void aHundredThousandLoadedObjectsInCyclesAreFreed_data() { bothShapes(); }
    void aHundredThousandLoadedObjectsInCyclesAreFreed();
    void cyclesOutliveTheirSessionAsLongAsAHandleAndNoLonger();
};

namespace {

/// Takes the memory of objects away while it lives: who looks at one of them dies with SIGSEGV.
class Untouchable {
public:
    void add(const Record &record)
    {
        m_slabs.insert(reinterpret_cast<std::uintptr_t>(record.state()) & ~(orm::Region::slabSize - 1));
    }
    void leaveOut(const Record &record)
    {
        m_slabs.erase(reinterpret_cast<std::uintptr_t>(record.state()) & ~(orm::Region::slabSize - 1));
    }
    void begin() { protect(PROT_NONE); }
    void end() { protect(PROT_READ | PROT_WRITE); }
    [[nodiscard]] std::size_t slabs() const { return m_slabs.size(); }

private:
    void protect(int access)
    {
        for (const std::uintptr_t slab : m_slabs)
            QCOMPARE(mprotect(reinterpret_cast<void *>(slab), orm::Region::slabSize, access), 0);
    }
    std::set<std::uintptr_t> m_slabs;
};

void makeRows(Shop &shop, int users)
{
    shop.session->connection().execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows) "
        "INSERT INTO users(id, name) SELECT i, 'user' FROM n",
        {{"rows", Value(users)}});
    shop.session->commit();
}

std::vector<Record> loadAll(Shop &shop) { return shop.session->all(orm::select(shop.table("users"))); }

} // namespace

void Scale::aFlushWithNothingEditedTouchesNoLoadedObject()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    makeRows(shop, 100000);
    const std::vector<Record> users = loadAll(shop);
    Untouchable memory;
    for (const Record &user : users)
        memory.add(user);
    QVERIFY(memory.slabs() > 100);
    memory.begin();
    shop.session->flush();
    memory.end();
    QCOMPARE(shop.session->objectCount(), users.size());
}

void Scale::aFlushOfOneEditTouchesNoOtherObject()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    makeRows(shop, 100000);
    const std::vector<Record> users = loadAll(shop);
    Untouchable memory;
    for (const Record &user : users)
        memory.add(user);
    users[50000].set("name", "edited");
    memory.leaveOut(users[50000]);
    memory.begin();
    shop.session->flush();
    memory.end();
    QVERIFY(shop.stored("SELECT count(*) FROM users WHERE name = 'edited'") == Value(1));
}

void Scale::streamedRowsHoldABoundedNumberOfObjects()
{
    const int wanted = qEnvironmentVariableIntValue("CORMORANT_STREAM_ROWS");
    const int rows = wanted > 0 ? wanted : 100000;
    Shop shop;
    makeRows(shop, rows);
    std::size_t most = 0;
    int read = 0;
    auto stream = shop.session->stream(orm::select<User>());
    while (const orm::Ref<User> user = stream.next()) {
        most = std::max(most, shop.session->objectCount());
        ++read;
    }
    QCOMPARE(read, rows);
    QVERIFY2(most < 6000, std::to_string(most).c_str());
    qInfo("%d rows, at most %zu objects", rows, most);
}

void Scale::aHundredThousandLoadedObjectsInCyclesAreFreed()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    shop.session->connection().execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
        "INSERT INTO trees(id, name, parent_id) SELECT i, 'tree', nullif(i / 10, 0) FROM n");
    shop.session->commit();
    {
        const std::vector<Record> trees =
            shop.session->all(orm::select(shop.table("trees")), {orm::selectinPath({"children"})});
        for (const Record &tree : trees) // now every child leads to its parent and every parent to its children
            (void)tree.related("parent");
        QVERIFY(trees[0].collection("children").size() == 10);
        shop.session->sweep();
        QCOMPARE(shop.session->objectCount(), std::size_t{100000});
    }
    shop.session->sweep();
    QCOMPARE(shop.session->objectCount(), std::size_t{0});
}

/// AddressSanitizer sees what stays behind.
void Scale::cyclesOutliveTheirSessionAsLongAsAHandleAndNoLonger()
{
    Shop shop(Shape::Classes, {.expireOnCommit = false});
    const Record root = shop.add("trees", {{"name", "root"}});
    for (int i = 0; i < 100000; ++i)
        root.addTo("children", shop.add("trees", {{"name", "leaf"}}));
    shop.session->commit();
    Record leaf = root.collection("children")[99999];
    shop.session.reset();
    QVERIFY(leaf.related("parent") == root);
    leaf = {};
    QCOMPARE(root.collection("children").size(), std::size_t{100000});
}

QTEST_APPLESS_MAIN(Scale)
#include "tst_scale.moc"
