#include "tests/unit/session/listening.h"

using orm::Life;
using orm::ObjectEvent;
using orm::Record;
using orm::Ref;
using orm::Value;

/// When the handlers of a class or table are called, and what they may do.
class Events : public QObject {
    Q_OBJECT

private slots:
    void eventsRunAroundTheFlush_data() { bothShapes(); }
    void eventsRunAroundTheFlush();
    void typedHandlersGetTypedHandles();
    void beforeInsertChangesWhatIsInserted();
    void beforeUpdateChangesWhatIsUpdated();
    void beforeUpdateMayUndoTheChange();
    void beforeUpdateIsCalledOnlyForNetChanges();
    void afterInsertSeesTheKey();
    void afterDeleteSeesTheObject();
    void anObjectThatTakesOverARowIsToldAsInserted_data() { bothShapes(); }
    void anObjectThatTakesOverARowIsToldAsInserted();
    void whatAfterInsertChangesIsCommitted();
    void aHandlerMayAddObjects();
    void aHandlerMayRemoveObjects();
    void aHandlerMayChangeOtherObjects();
    void aHandlerMayTakeAPendingObjectOut();
    void aHandlerMayQuery();
    void objectsDeletedByACascadeAreToldToo();
    void aFailingBeforeHandlerFailsTheFlush();
    void aFailingAfterHandlerUndoesTheFlush();
    void flushInAHandlerIsRefused();
    void commitInAHandlerIsRefused();
    void rollbackInAHandlerFailsTheFlush();
    void handlersThatGoOnChangingAreStopped();
    void previewCallsNoHandler();
    void handlersAreFrozenWithTheRegistry();
};

void Events::eventsRunAroundTheFlush()
{
    QFETCH(Shape, shape);
    Log log;
    const auto shop = listening(log, shape);
    const Record ana = shop->user("Ana");
    shop->session->commit();
    QVERIFY((log == Log{"beforeInsert Ana", "afterInsert Ana"}));
    log.clear();
    (void)ana.get("name");
    ana.set("name", "Bea");
    shop->session->flush();
    QVERIFY((log == Log{"refresh Ana", "beforeUpdate Bea", "afterUpdate Bea"}));
    log.clear();
    shop->session->remove(ana);
    shop->session->flush();
    QVERIFY((log == Log{"beforeDelete Bea", "afterDelete Bea"}));
}

void Events::typedHandlersGetTypedHandles()
{
    Shop shop({}, {}, "sqlite://", [](orm::Registry &registry) {
        registry.mapped<User>().on(ObjectEvent::BeforeInsert,
                                   [](const Ref<User> &user) { user.set<&User::email>(user->name + "@example.com"); });
    });
    const Ref<User> ana = shop.session->add(User{.name = "ana"});
    shop.session->flush();
    QVERIFY(ana->email == std::optional<std::string>("ana@example.com"));
}

void Events::beforeInsertChangesWhatIsInserted()
{
    const auto shop = handling(ObjectEvent::BeforeInsert, [](const Record &user) { user.set("age", 7); });
    shop->user("Ana");
    shop->session->flush();
    QCOMPARE(shop->sent("INSERT"), 1);
    QCOMPARE(shop->sent("UPDATE"), 0);
    QVERIFY(shop->stored("SELECT age FROM users") == Value(7));
}

void Events::beforeUpdateChangesWhatIsUpdated()
{
    const auto shop = handling(ObjectEvent::BeforeUpdate, [](const Record &user) { user.set("age", 8); });
    const Record ana = shop->user("Ana");
    shop->session->flush();
    shop->forget();
    ana.set("name", "Bea");
    shop->session->flush();
    QCOMPARE(shop->sent("UPDATE"), 1);
    QVERIFY(shop->stored("SELECT age FROM users") == Value(8));
    QVERIFY(!shop->session->hasChanges());
}

void Events::beforeUpdateMayUndoTheChange()
{
    const auto shop = handling(ObjectEvent::BeforeUpdate, [](const Record &user) { user.set("name", "Ana"); });
    const Record ana = shop->user("Ana");
    shop->session->flush();
    shop->forget();
    ana.set("name", "Bea");
    shop->session->flush();
    QCOMPARE(shop->sent("UPDATE"), 0);
    QVERIFY(!shop->session->hasChanges());
}

void Events::beforeUpdateIsCalledOnlyForNetChanges()
{
    Log log;
    const auto shop = listening(log);
    const Record ana = shop->user("Ana");
    shop->session->flush();
    log.clear();
    ana.set("name", "Bea");
    ana.set("name", "Ana");
    shop->session->flush();
    QVERIFY(log.empty());
}

void Events::afterInsertSeesTheKey()
{
    Value seen;
    const auto shop = handling(ObjectEvent::AfterInsert, [&](const Record &user) { seen = user.key().at(0); });
    const Record ana = shop->user("Ana");
    shop->session->flush();
    QVERIFY(seen == ana.get("id"));
}

void Events::afterDeleteSeesTheObject()
{
    std::string seen;
    const auto shop =
        handling(ObjectEvent::AfterDelete, [&](const Record &user) { seen = user.get("name").toString(); });
    const Record ana = shop->user("Ana");
    shop->session->flush();
    shop->session->remove(ana);
    shop->session->flush();
    QCOMPARE(seen, std::string("Ana"));
}

void Events::anObjectThatTakesOverARowIsToldAsInserted()
{
    QFETCH(Shape, shape);
    Log log;
    const auto shop = listening(log, shape);
    const Record ana = shop->user("Ana");
    shop->session->flush();
    log.clear();
    shop->session->remove(ana);
    shop->add("users", {{"id", ana.get("id")}, {"name", "Eva"}});
    shop->session->flush();
    QVERIFY((log == Log{"beforeInsert Eva", "afterInsert Eva"}));
}

void Events::whatAfterInsertChangesIsCommitted()
{
    const auto shop = handling(ObjectEvent::AfterInsert, [](const Record &user) { user.set("age", user.get("id")); });
    shop->user("Ana");
    shop->session->flush();
    QVERIFY(shop->session->hasChanges());
    shop->session->commit();
    QVERIFY(shop->stored("SELECT age FROM users") == Value(1));
}

void Events::aHandlerMayAddObjects()
{
    Shop *made = nullptr;
    const auto shop = handling(ObjectEvent::BeforeInsert, [&](const Record &user) {
        user.addTo("notes", made->add("notes", {{"text", "new"}}));
        if (user.get("name") == Value("Ana"))
            made->user("Rui"); // told in turn
    });
    made = shop.get();
    shop->user("Ana");
    shop->session->flush();
    QVERIFY(!shop->session->hasChanges());
    QVERIFY(shop->stored("SELECT count(user_id) FROM notes") == Value(2));
}

void Events::aHandlerMayRemoveObjects()
{
    Shop *made = nullptr;
    const auto shop = handling(ObjectEvent::BeforeUpdate, [&](const Record &user) { made->session->remove(user); });
    made = shop.get();
    const Record ana = shop->user("Ana");
    shop->session->flush();
    ana.set("name", "Bea");
    shop->session->flush();
    QVERIFY(ana.life() == Life::Deleted);
    QVERIFY(shop->stored("SELECT count(*) FROM users") == Value(0));
}

void Events::aHandlerMayChangeOtherObjects()
{
    Record other;
    const auto shop = handling(ObjectEvent::BeforeInsert, [&](const Record &user) {
        if (other && user != other)
            other.set("age", 9);
    });
    const auto before = qScopeGuard([&] { other = {}; }); // the registry goes
    other = shop->user("Ana");
    shop->session->flush();
    shop->user("Rui");
    shop->session->flush();
    QVERIFY(shop->stored("SELECT age FROM users WHERE name = 'Ana'") == Value(9));
}

void Events::aHandlerMayTakeAPendingObjectOut()
{
    Shop *made = nullptr;
    Record other;
    const auto shop = handling(ObjectEvent::BeforeInsert, [&](const Record &) {
        if (other)
            made->session->expunge(std::exchange(other, Record()));
        made->session->sweep();
    });
    made = shop.get();
    shop->user("Ana");
    other = shop->user("Rui");
    shop->session->flush();
    QVERIFY(shop->stored("SELECT group_concat(name) FROM users") == Value("Ana"));
}

void Events::aHandlerMayQuery()
{
    Shop *made = nullptr;
    Value counted;
    const auto shop = handling(ObjectEvent::BeforeInsert, [&](const Record &) {
        orm::Select query;
        query.columns({orm::count()}).from(made->table("users"));
        counted = made->session->scalar(query);
    });
    made = shop.get();
    shop->user("Ana");
    shop->session->flush();
    QVERIFY(counted == Value(0));
}

void Events::objectsDeletedByACascadeAreToldToo()
{
    Log log;
    Shop shop(Shape::Records, {}, "sqlite://", [&](orm::Registry &registry) {
        registry.record("addresses").on(ObjectEvent::BeforeDelete, [&](const Record &address) {
            log.push_back(address.get("street").toString());
        });
    });
    fill(shop);
    shop.session->remove(shop.get("users", 1));
    shop.session->flush();
    QVERIFY((log == Log{"Rua A", "Rua B"}));
}

void Events::aFailingBeforeHandlerFailsTheFlush()
{
    const auto shop = handling(ObjectEvent::BeforeInsert, [](const Record &) { throw std::runtime_error("no"); });
    const Record ana = shop->user("Ana");
    shop->add("notes", {{"text", "x"}});
    THROWS(shop->session->flush(), std::runtime_error);
    QCOMPARE(shop->sent("INSERT"), 0);
    THROWS(shop->session->flush(), orm::PendingRollback);
    shop->session->rollback();
    QVERIFY(ana.life() == Life::Transient);
}

void Events::aFailingAfterHandlerUndoesTheFlush()
{
    const auto shop = handling(ObjectEvent::AfterInsert, [](const Record &) { throw std::runtime_error("no"); });
    const Record ana = shop->user("Ana");
    THROWS(shop->session->flush(), std::runtime_error);
    shop->session->rollback();
    QVERIFY(ana.life() == Life::Transient);
    QVERIFY(shop->stored("SELECT count(*) FROM users") == Value(0));
}

void Events::flushInAHandlerIsRefused()
{
    Shop *made = nullptr;
    const auto shop = handling(ObjectEvent::AfterInsert, [&](const Record &) { made->session->flush(); });
    made = shop.get();
    shop->user("Ana");
    THROWS(shop->session->flush(), orm::Argument);
}

void Events::commitInAHandlerIsRefused()
{
    Shop *made = nullptr;
    const auto shop = handling(ObjectEvent::AfterInsert, [&](const Record &) { made->session->commit(); });
    made = shop.get();
    shop->user("Ana");
    THROWS(shop->session->flush(), orm::Argument);
    QCOMPARE(shop->sent("COMMIT"), 0);
}

void Events::rollbackInAHandlerFailsTheFlush()
{
    Shop *made = nullptr;
    const auto shop = handling(ObjectEvent::AfterInsert, [&](const Record &) { made->session->rollback(); });
    made = shop.get();
    shop->user("Ana");
    THROWS(shop->session->flush(), orm::Argument);
    THROWS(shop->session->flush(), orm::PendingRollback);
    shop->session->rollback();
    QVERIFY(shop->stored("SELECT count(*) FROM users") == Value(0));
}

void Events::handlersThatGoOnChangingAreStopped()
{
    Shop *made = nullptr;
    const auto shop = handling(ObjectEvent::BeforeInsert, [&](const Record &) { made->user("again"); });
    made = shop.get();
    shop->user("Ana");
    THROWS(shop->session->flush(), orm::Argument);
}

void Events::previewCallsNoHandler()
{
    Log log;
    const auto shop = listening(log);
    shop->user("Ana");
    (void)shop->session->preview();
    QVERIFY(log.empty());
}

void Events::handlersAreFrozenWithTheRegistry()
{
    Log log;
    const auto shop = listening(log);
    THROWS(shop->registry.mapped<User>().on(ObjectEvent::Load, [](const Ref<User> &) {}), orm::Argument);
}

QTEST_APPLESS_MAIN(Events)
#include "tst_events.moc"
