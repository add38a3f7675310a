#include "tests/unit/session/shop.h"

using orm::f;
using orm::Ref;
using orm::select;
using orm::Value;

/// What stays in memory and what the sweep frees. Counted in objects; AddressSanitizer sees the bytes.
class Memory : public QObject {
    Q_OBJECT

private slots:
    void objectsThatNobodyHoldsAreFreed();
    void cyclesThatNobodyHoldsAreFreed();
    void aHeldObjectKeepsWhatItLinksTo();
    void changedObjectsAreKeptUntilTheyAreWritten();
    void newObjectsAreKeptUntilTheyAreWritten();
    void removedObjectsAreKeptUntilTheyAreDeleted();
    void whatWasFreedIsLoadedAgain();
    void aRollbackAfterASweepRestoresWhatIsHeld();
    void aStreamHoldsABoundedNumberOfObjects();
    void aLongRunOfQueriesHoldsABoundedNumberOfObjects();
    void handlesKeepObjectsOfAClosedSession();
    void aHundredThousandObjectsInCyclesAreFreed();
};

namespace {

/// A ring of trees with their links in both directions: root -> children -> parent.
void makeForest(orm::Session &session, int trees)
{
    for (int i = 0; i < trees; ++i) {
        const Ref<Tree> root = session.add(Tree{.name = "root"});
        for (int k = 0; k < 9; ++k)
            root.add<&Tree::children>(Tree{.name = "leaf"});
    }
}

/// Loads all of it, with both directions linked in memory, and holds nothing afterwards.
void loadForest(orm::Session &session)
{
    for (const Ref<Tree> &tree : session.all(select<Tree>().options(orm::selectin<&Tree::children>)))
        for (const Ref<Tree> &child : tree->children)
            QVERIFY(child->parent.get() == tree);
}

} // namespace

void Memory::objectsThatNobodyHoldsAreFreed()
{
    Shop shop;
    for (int i = 0; i < 10; ++i)
        shop.session->add(User{.name = "x"});
    const Ref<User> held = shop.session->add(User{.name = "held"});
    shop.session->commit();
    QCOMPARE(shop.session->objectCount(), std::size_t{11});
    shop.session->sweep();
    QCOMPARE(shop.session->objectCount(), std::size_t{1});
    QCOMPARE(held->name, std::string("held"));
}

void Memory::cyclesThatNobodyHoldsAreFreed()
{
    Shop shop(Shape::Classes, {.expireOnCommit = false});
    makeForest(*shop.session, 3);
    shop.session->flush();
    shop.session->sweep();
    QCOMPARE(shop.session->objectCount(), std::size_t{0}); // although their links are still there
    loadForest(*shop.session);
    QCOMPARE(shop.session->objectCount(), std::size_t{30});
    shop.session->sweep();
    QCOMPARE(shop.session->objectCount(), std::size_t{0});
}

void Memory::aHeldObjectKeepsWhatItLinksTo()
{
    Shop shop;
    makeForest(*shop.session, 3);
    shop.session->commit();
    loadForest(*shop.session);
    const Ref<Tree> leaf = shop.session->first(select<Tree>().where(f<&Tree::name> == "leaf"));
    QCOMPARE(leaf->parent->children.size(), std::size_t{9});
    shop.session->sweep();
    QCOMPARE(shop.session->objectCount(), std::size_t{10});
    shop.forget();
    QCOMPARE(leaf->parent->children[8]->name, std::string("leaf"));
    QCOMPARE(shop.sent(), 0);
}

void Memory::changedObjectsAreKeptUntilTheyAreWritten()
{
    Shop shop;
    shop.session->add(User{.name = "Ana"});
    shop.session->commit();
    shop.session->get<User>(1).set<&User::name>("Anna");
    shop.session->sweep();
    QCOMPARE(shop.session->objectCount(), std::size_t{1});
    shop.session->flush();
    shop.session->sweep();
    QCOMPARE(shop.session->objectCount(), std::size_t{0});
    QVERIFY(shop.stored("SELECT name FROM users") == Value("Anna"));
}

void Memory::newObjectsAreKeptUntilTheyAreWritten()
{
    Shop shop;
    shop.session->add(User{.name = "Ana"}).add<&User::addresses>(Address{.street = "Rua A"});
    shop.session->sweep();
    shop.session->flush();
    QVERIFY(shop.stored("SELECT count(*) FROM addresses WHERE user_id = 1") == Value(1));
}

void Memory::removedObjectsAreKeptUntilTheyAreDeleted()
{
    Shop shop;
    shop.session->add(User{.name = "Ana"});
    shop.session->commit();
    shop.session->remove(shop.session->get<User>(1));
    shop.session->sweep();
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(0));
}

void Memory::whatWasFreedIsLoadedAgain()
{
    Shop shop;
    shop.session->add(User{.name = "Ana"});
    shop.session->commit();
    shop.session->sweep();
    shop.forget();
    QCOMPARE(shop.session->get<User>(1)->name, std::string("Ana"));
    QCOMPARE(shop.sent("SELECT"), 1);
}

void Memory::aRollbackAfterASweepRestoresWhatIsHeld()
{
    Shop shop;
    const Ref<User> held = shop.session->add(User{.name = "held"});
    shop.session->add(User{.name = "free"});
    shop.session->flush();
    shop.session->sweep();
    QCOMPARE(shop.session->objectCount(), std::size_t{1});
    shop.session->rollback();
    QVERIFY(held.life() == orm::Life::Transient);
}

void Memory::aStreamHoldsABoundedNumberOfObjects()
{
    Shop shop;
    for (int i = 0; i < 30000; ++i)
        shop.session->add(User{.name = "x"});
    shop.session->commit();
    shop.session->sweep();
    std::size_t most = 0;
    auto stream = shop.session->stream(select<User>());
    while (const Ref<User> user = stream.next())
        most = std::max(most, shop.session->objectCount());
    QVERIFY2(most < 6000, std::to_string(most).c_str());
}

void Memory::aLongRunOfQueriesHoldsABoundedNumberOfObjects()
{
    Shop shop;
    for (int i = 0; i < 20000; ++i)
        shop.session->add(User{.name = "x"});
    shop.session->commit();
    for (int at = 0; at < 20000; at += 500)
        (void)shop.session->all(select<User>().where(f<&User::id> > at).limit(500));
    QVERIFY2(shop.session->objectCount() < 6000, std::to_string(shop.session->objectCount()).c_str());
}

void Memory::handlesKeepObjectsOfAClosedSession()
{
    Shop shop;
    Ref<Tree> leaf;
    {
        makeForest(*shop.session, 1);
        shop.session->flush();
        leaf = shop.session->first(select<Tree>().where(f<&Tree::name> == "leaf"));
        QVERIFY(leaf->parent);
    }
    shop.session.reset();
    QCOMPARE(leaf->parent->children.size(), std::size_t{9});
    leaf = nullptr; // the last handle takes the rest with it
}

void Memory::aHundredThousandObjectsInCyclesAreFreed()
{
    Shop shop(Shape::Classes, {.expireOnCommit = false});
    makeForest(*shop.session, 10000);
    shop.session->commit();
    shop.session->sweep();
    QCOMPARE(shop.session->objectCount(), std::size_t{0});
}

QTEST_APPLESS_MAIN(Memory)
#include "tst_memory.moc"
