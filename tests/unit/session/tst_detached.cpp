#include "tests/unit/session/shop.h"

using orm::f;
using orm::Life;
using orm::Record;
using orm::Ref;
using orm::Value;

/// Objects that left their session, or whose session is gone: what was loaded stays readable, the rest is refused.
class DetachedObjects : public QObject {
    Q_OBJECT

private slots:
    void whatWasLoadedStaysReadable_data() { bothShapes(); }
    void whatWasLoadedStaysReadable();
    void aColumnThatWasNotLoadedIsRefused_data() { bothShapes(); }
    void aColumnThatWasNotLoadedIsRefused();
    void aRelationshipThatWasNotLoadedIsRefused_data() { bothShapes(); }
    void aRelationshipThatWasNotLoadedIsRefused();
    void theErrorNamesWhatIsNotLoaded();
    void anExpungedObjectIsRefusedTheSame_data() { bothShapes(); }
    void anExpungedObjectIsRefusedTheSame();
    void newObjectsOfAClosedSessionAreTransient_data() { bothShapes(); }
    void newObjectsOfAClosedSessionAreTransient();
    void theyCanBeChangedWithoutASession_data() { bothShapes(); }
    void theyCanBeChangedWithoutASession();
    void anExpiredOneCannotBeEdited();
    void aDeletedObjectKeepsWhatWasLoadedAfterTheCommit_data() { bothShapes(); }
    void aDeletedObjectKeepsWhatWasLoadedAfterTheCommit();
    void aDeletedObjectLoadsNothingBeforeTheCommit_data() { bothShapes(); }
    void aDeletedObjectLoadsNothingBeforeTheCommit();
    void anObjectOfAClosedSessionIsNotTakenByAnother_data() { bothShapes(); }
    void anObjectOfAClosedSessionIsNotTakenByAnother();
    void anUnsavedTransactionEndsWithItsSession_data() { bothShapes(); }
    void anUnsavedTransactionEndsWithItsSession();
};

void DetachedObjects::whatWasLoadedStaysReadable()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const std::vector<Record> addresses = ana.collection("addresses");
    (void)addresses.at(0).related("user");
    shop.session.reset();
    QVERIFY(ana.life() == Life::Detached);
    QVERIFY(ana.get("name") == Value("Ana"));
    QVERIFY(ana.collection("addresses") == addresses);
    QVERIFY(addresses.at(0).related("user") == ana);
    QVERIFY(addresses.at(1).get("street") == Value("Rua B"));
}

void DetachedObjects::aColumnThatWasNotLoadedIsRefused()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session->commit(); // which expires it
    shop.session.reset();
    THROWS((void)ana.get("name"), orm::Detached);
    QVERIFY(ana.key() == std::vector<Value>{1});
}

void DetachedObjects::aRelationshipThatWasNotLoadedIsRefused()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    const Record address = shop.get("addresses", 3);
    shop.session.reset();
    THROWS((void)ana.collection("addresses"), orm::Detached);
    THROWS((void)address.related("user"), orm::Detached);
}

void DetachedObjects::theErrorNamesWhatIsNotLoaded()
{
    Shop shop;
    fill(shop);
    const Ref<User> ana = shop.session->get<User>(1);
    shop.session.reset();
    try {
        (void)ana->addresses.size();
        QFAIL("a session that is gone has loaded addresses");
    } catch (const orm::Detached &error) {
        const std::string text = error.what();
        QVERIFY2(text.find("addresses of users") != std::string::npos, text.c_str());
    }
}

void DetachedObjects::anExpungedObjectIsRefusedTheSame()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session->expire(ana);
    shop.session->expunge(ana);
    shop.forget();
    THROWS((void)ana.get("name"), orm::Detached);
    THROWS((void)ana.collection("notes"), orm::Detached);
    VERIFY_SENT(shop.recorder.nothing());
}

void DetachedObjects::newObjectsOfAClosedSessionAreTransient()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    const Record address = shop.add("addresses", {{"street", "Rua A"}});
    ana.addTo("addresses", address);
    shop.session.reset();
    QVERIFY(ana.life() == Life::Transient);
    QVERIFY(ana.get("name") == Value("Ana"));
    QVERIFY(ana.collection("addresses") == std::vector<Record>{address});
}

void DetachedObjects::theyCanBeChangedWithoutASession()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session->expunge(ana);
    shop.forget();
    ana.set("name", "Anna");
    QVERIFY(ana.get("name") == Value("Anna"));
    shop.session->commit();
    VERIFY_SENT(shop.recorder.nothing());
}

void DetachedObjects::anExpiredOneCannotBeEdited()
{
    Shop shop;
    fill(shop);
    const Ref<User> ana = shop.session->get<User>(1);
    shop.session->commit();
    shop.session->expunge(ana);
    THROWS((void)ana.edit(), orm::Detached);
    THROWS((void)ana->name, orm::Detached);
}

void DetachedObjects::aDeletedObjectKeepsWhatWasLoadedAfterTheCommit()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    (void)ana.collection("notes");
    shop.session->remove(ana);
    shop.session->commit();
    QVERIFY(ana.life() == Life::Detached);
    QVERIFY(ana.get("name") == Value("Ana"));
    QVERIFY(ana.collection("notes").empty());
    QVERIFY(!shop.get("users", 1));
}

void DetachedObjects::aDeletedObjectLoadsNothingBeforeTheCommit()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record root = shop.add("trees", {{"name", "root"}});
    const Record leaf = shop.add("trees", {{"name", "leaf"}});
    root.addTo("children", leaf);
    shop.session->commit();
    shop.session->remove(leaf);
    shop.session->flush(); // expired as it was, it was deleted by its key alone
    THROWS((void)leaf.get("name"), orm::ObjectDeleted);
    THROWS((void)leaf.related("parent"), orm::ObjectDeleted);
}

void DetachedObjects::anObjectOfAClosedSessionIsNotTakenByAnother()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    fill(shop);
    const Record ana = shop.get("users", 1);
    shop.session.reset();
    orm::Session other(*shop.engine, shop.registry);
    THROWS(other.add(ana), orm::Argument); // its memory is the first session's
    QVERIFY(ana.get("name") == Value("Ana"));
}

void DetachedObjects::anUnsavedTransactionEndsWithItsSession()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record ana = shop.user("Ana");
    shop.session->flush();
    shop.session.reset();
    orm::Session other(*shop.engine, shop.registry);
    QVERIFY(other.scalar(orm::select({orm::count()}).from(shop.table("users"))) == Value(0));
    QVERIFY(ana.get("name") == Value("Ana"));
}

QTEST_APPLESS_MAIN(DetachedObjects)
#include "tst_detached.moc"
