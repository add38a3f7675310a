#include "tests/unit/session/shop.h"

using orm::Record;
using orm::Session;
using orm::SessionEvent;
using orm::Value;

namespace {

constexpr std::pair<SessionEvent, const char *> names[] = {{SessionEvent::BeforeFlush, "beforeFlush"},
                                                           {SessionEvent::AfterFlush, "afterFlush"},
                                                           {SessionEvent::BeforeCommit, "beforeCommit"},
                                                           {SessionEvent::AfterCommit, "afterCommit"},
                                                           {SessionEvent::AfterRollback, "afterRollback"}};
using Log = std::vector<std::string>;

void listen(Shop &shop, Log &log)
{
    for (const auto &[event, name] : names)
        shop.session->on(event, [&log, name = name](Session &) { log.emplace_back(name); });
}

Log namesOf(const std::vector<Record> &records)
{
    Log found;
    for (const Record &record : records)
        found.push_back(record.get("name").toString());
    return found;
}

} // namespace

/// When a session's own handlers are called, and what they may do.
class SessionEvents : public QObject {
    Q_OBJECT

private slots:
    void aCommitFlushesInsideItsEvents();
    void aFlushWithoutChangesTellsNobody();
    void autoflushTellsToo();
    void beforeFlushMayAddRemoveAndChange();
    void beforeFlushSeesTheChanges();
    void afterFlushSeesWhatWasFlushedWithItsKeys();
    void aFailingBeforeFlushLosesNothing();
    void aFailingAfterFlushFailsTheFlush();
    void aQueryInAfterFlushFindsTheSameObjects();
    void commitFlushesUntilNothingChanges();
    void endlessFlushesAreStopped();
    void beforeCommitMayChangeAndFlush();
    void aFailingBeforeCommitLeavesTheTransactionOpen();
    void commitInACommitIsRefused();
    void rollbackInACommitIsRefused();
    void afterCommitMayQuery();
    void afterRollbackSeesTheObjectsRestored();
    void afterRollbackIsToldForASavepoint();
    void whatAfterRollbackThrowsIsDropped();
    void beginningANestedTransactionInAFlushIsRefused();
    void anotherSessionIsNotHeard();
};

void SessionEvents::aCommitFlushesInsideItsEvents()
{
    Shop shop;
    Log log;
    listen(shop, log);
    shop.user("Ana");
    shop.session->commit();
    QVERIFY((log == Log{"beforeCommit", "beforeFlush", "afterFlush", "afterCommit"}));
    log.clear();
    shop.session->rollback();
    QVERIFY((log == Log{"afterRollback"}));
}

void SessionEvents::aFlushWithoutChangesTellsNobody()
{
    Shop shop;
    Log log;
    listen(shop, log);
    shop.session->flush();
    QVERIFY(log.empty());
}

void SessionEvents::autoflushTellsToo()
{
    Shop shop;
    Log log;
    listen(shop, log);
    shop.user("Ana");
    (void)shop.session->all(orm::select(shop.table("users")));
    QVERIFY((log == Log{"beforeFlush", "afterFlush"}));
}

void SessionEvents::beforeFlushMayAddRemoveAndChange()
{
    Shop shop;
    const Record ana = shop.user("Ana");
    const Record rui = shop.user("Rui");
    shop.session->flush();
    shop.session->on(SessionEvent::BeforeFlush, [&](Session &session) {
        ana.set("age", 7);
        session.remove(rui);
        session.add(shop.table("users"), {{"name", "Zé"}});
    });
    shop.user("Eva");
    shop.session->flush();
    QVERIFY(shop.stored("SELECT group_concat(name || coalesce(age, '')) FROM (SELECT * FROM users ORDER BY name)") ==
            Value("Ana7,Eva,Zé"));
}

void SessionEvents::beforeFlushSeesTheChanges()
{
    Shop shop;
    const Record ana = shop.user("Ana");
    const Record rui = shop.user("Rui");
    shop.session->flush();
    Log added;
    Log dirty;
    std::vector<Record> removed;
    shop.session->on(SessionEvent::BeforeFlush, [&](Session &session) {
        added = namesOf(session.inspect().added());
        dirty = namesOf(session.inspect().dirty());
        removed = session.inspect().removed();
    });
    ana.set("age", 7);
    rui.set("age", 8);
    shop.session->remove(rui);
    shop.user("Eva");
    shop.session->flush();
    QVERIFY((added == Log{"Eva"}));
    QVERIFY((dirty == Log{"Ana"}));
    QVERIFY((removed == std::vector<Record>{rui}));
}

void SessionEvents::afterFlushSeesWhatWasFlushedWithItsKeys()
{
    Shop shop;
    const Record ana = shop.user("Ana");
    const Record eva = shop.user("Eva");
    shop.session->flush();
    orm::FlushedObjects seen;
    std::vector<Value> key;
    shop.session->on(SessionEvent::AfterFlush, [&](Session &session) {
        seen = session.flushed();
        key = seen.added.at(0).key();
    });
    ana.set("age", 7);
    shop.user("Rui");
    shop.session->remove(eva);
    shop.session->flush();
    QVERIFY((namesOf(seen.added) == Log{"Rui"}));
    QVERIFY((namesOf(seen.changed) == Log{"Ana"}));
    QVERIFY((seen.removed == std::vector<Record>{eva}));
    QVERIFY(key == std::vector<Value>{3});
    QVERIFY(shop.session->flushed().added.empty());
}

void SessionEvents::aFailingBeforeFlushLosesNothing()
{
    Shop shop;
    bool failing = true;
    shop.session->on(SessionEvent::BeforeFlush, [&](Session &) {
        if (failing)
            throw std::runtime_error("no");
    });
    shop.user("Ana");
    THROWS(shop.session->flush(), std::runtime_error);
    failing = false;
    shop.session->commit();
    QVERIFY(shop.stored("SELECT name FROM users") == Value("Ana"));
}

void SessionEvents::aFailingAfterFlushFailsTheFlush()
{
    Shop shop;
    shop.session->on(SessionEvent::AfterFlush, [](Session &) { throw std::runtime_error("no"); });
    shop.user("Ana");
    THROWS(shop.session->flush(), std::runtime_error);
    THROWS(shop.session->commit(), orm::PendingRollback);
    shop.session->rollback();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(0));
}

void SessionEvents::aQueryInAfterFlushFindsTheSameObjects()
{
    Shop shop;
    Record found;
    shop.session->on(SessionEvent::AfterFlush, [&](Session &) { found = shop.get("users", 1); });
    const Record ana = shop.user("Ana");
    shop.session->flush();
    QVERIFY(found == ana);
}

void SessionEvents::commitFlushesUntilNothingChanges()
{
    Shop shop;
    int more = 3;
    shop.session->on(SessionEvent::AfterFlush, [&](Session &) {
        if (more-- > 0)
            shop.user("more");
    });
    shop.user("Ana");
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(4));
}

void SessionEvents::endlessFlushesAreStopped()
{
    Shop shop;
    shop.session->on(SessionEvent::AfterFlush, [&](Session &) { shop.user("more"); });
    shop.user("Ana");
    THROWS(shop.session->commit(), orm::Argument);
    QCOMPARE(shop.sent("COMMIT"), 0);
    QCOMPARE(shop.sent("INSERT"), 100);
}

void SessionEvents::beforeCommitMayChangeAndFlush()
{
    Shop shop;
    shop.session->on(SessionEvent::BeforeCommit, [&](Session &session) {
        shop.user("first");
        session.flush();
        shop.user("second");
    });
    shop.session->commit();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(2));
}

void SessionEvents::aFailingBeforeCommitLeavesTheTransactionOpen()
{
    Shop shop;
    shop.session->on(SessionEvent::BeforeCommit, [](Session &) { throw std::runtime_error("no"); });
    shop.user("Ana");
    shop.session->flush();
    THROWS(shop.session->commit(), std::runtime_error);
    QCOMPARE(shop.sent("COMMIT"), 0);
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(1));
    shop.session->rollback();
    QVERIFY(shop.stored("SELECT count(*) FROM users") == Value(0));
}

void SessionEvents::commitInACommitIsRefused()
{
    for (const SessionEvent event : {SessionEvent::BeforeCommit, SessionEvent::AfterCommit}) {
        Shop shop;
        shop.session->on(event, [](Session &session) { session.commit(); });
        shop.user("Ana");
        THROWS(shop.session->commit(), orm::Argument);
    }
}

void SessionEvents::rollbackInACommitIsRefused()
{
    Shop shop;
    shop.session->on(SessionEvent::BeforeCommit, [](Session &session) { session.rollback(); });
    shop.user("Ana");
    THROWS(shop.session->commit(), orm::Argument);
    QCOMPARE(shop.sent("COMMIT"), 0);
    QVERIFY(shop.session->hasChanges());
}

void SessionEvents::afterCommitMayQuery()
{
    Shop shop;
    std::string name;
    const Record ana = shop.user("Ana");
    shop.session->on(SessionEvent::AfterCommit, [&](Session &) { name = ana.get("name").toString(); });
    shop.session->commit();
    QCOMPARE(name, std::string("Ana"));
}

void SessionEvents::afterRollbackSeesTheObjectsRestored()
{
    Shop shop;
    const Record ana = shop.user("Ana");
    orm::Life seen = orm::Life::Free;
    shop.session->on(SessionEvent::AfterRollback, [&](Session &) { seen = ana.life(); });
    shop.session->flush();
    shop.session->rollback();
    QVERIFY(seen == orm::Life::Transient);
}

void SessionEvents::afterRollbackIsToldForASavepoint()
{
    Shop shop;
    Log log;
    orm::NestedTransaction nested = shop.session->beginNested();
    shop.user("Ana");
    shop.session->flush();
    listen(shop, log);
    nested.rollback();
    QVERIFY((log == Log{"afterRollback"}));
}

void SessionEvents::whatAfterRollbackThrowsIsDropped()
{
    Shop shop;
    shop.session->on(SessionEvent::AfterRollback, [](Session &) { throw std::runtime_error("no"); });
    shop.session->on(SessionEvent::AfterRollback, [](Session &session) { session.rollback(); });
    const Record ana = shop.user("Ana");
    shop.session->rollback();
    QVERIFY(ana.life() == orm::Life::Transient);
    shop.session->add(ana);
    shop.session->commit();
}

void SessionEvents::beginningANestedTransactionInAFlushIsRefused()
{
    Shop shop;
    shop.session->on(SessionEvent::BeforeFlush, [](Session &session) { (void)session.beginNested(); });
    shop.user("Ana");
    THROWS(shop.session->flush(), orm::Argument);
}

void SessionEvents::anotherSessionIsNotHeard()
{
    Shop shop;
    Log log;
    listen(shop, log);
    Session other(*shop.engine, shop.registry);
    other.add(User{.name = "Ana"});
    other.commit();
    QVERIFY(log.empty());
}

QTEST_APPLESS_MAIN(SessionEvents)
#include "tst_session_events.moc"
