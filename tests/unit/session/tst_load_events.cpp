#include "tests/unit/session/listening.h"

using orm::ObjectEvent;
using orm::Record;
using orm::Value;

/// When handlers hear that an object came into memory, or that its columns came anew.
class LoadEvents : public QObject {
    Q_OBJECT

private slots:
    void loadIsToldOnceForEachObject_data() { bothShapes(); }
    void loadIsToldOnceForEachObject();
    void loadIsToldForLazyObjects();
    void loadIsToldForStreams();
    void loadIsNotToldForNewObjects();
    void aLoadHandlerMayQuery();
    void aFailingLoadHandlerKeepsTheOthersWaiting();
    void refreshIsToldWhenColumnsComeAnew();
};

void LoadEvents::loadIsToldOnceForEachObject()
{
    QFETCH(Shape, shape);
    Log log;
    const auto shop = listening(log, shape);
    fill(*shop);
    log.clear();
    const auto all = shop->session->all(orm::select(shop->table("users")));
    (void)shop->session->all(orm::select(shop->table("users")));
    (void)shop->get("users", 1);
    QVERIFY((log == Log{"load Ana", "load Rui"}));
}

void LoadEvents::loadIsToldForLazyObjects()
{
    Log log;
    const auto shop = listening(log);
    fill(*shop);
    log.clear();
    const Record home = shop->get("addresses", 1);
    QVERIFY(log.empty());
    (void)home.related("user");
    QVERIFY((log == Log{"load Ana"}));
}

void LoadEvents::loadIsToldForStreams()
{
    Log log;
    const auto shop = listening(log);
    fill(*shop);
    log.clear();
    auto stream = shop->session->stream(orm::select<User>());
    while (stream.next()) {
    }
    QVERIFY((log == Log{"load Ana", "load Rui"}));
}

void LoadEvents::loadIsNotToldForNewObjects()
{
    Log log;
    const auto shop = listening(log);
    shop->user("Ana");
    shop->session->flush();
    (void)shop->session->all(orm::select(shop->table("users")));
    QVERIFY((log == Log{"beforeInsert Ana", "afterInsert Ana"}));
}

void LoadEvents::aLoadHandlerMayQuery()
{
    Shop *made = nullptr;
    Log log;
    const auto shop = handling(ObjectEvent::Load, [&](const Record &user) {
        const Record next = made->get("users", user.get("id").asInt() + 1);
        log.push_back(user.get("name").toString() + " before " + (next ? next.get("name").toString() : "none"));
    });
    made = shop.get();
    fill(*shop);
    (void)shop->get("users", 1);
    QVERIFY((log == Log{"Rui before none", "Ana before Rui"}));
}

void LoadEvents::aFailingLoadHandlerKeepsTheOthersWaiting()
{
    Log log;
    const auto shop = handling(ObjectEvent::Load, [&](const Record &user) {
        if (user.get("name") == Value("Ana"))
            throw std::runtime_error("no");
        log.push_back(user.get("name").toString());
    });
    fill(*shop);
    THROWS((void)shop->session->all(orm::select(shop->table("users"))), std::runtime_error);
    QVERIFY(log.empty());
    (void)shop->get("addresses", 1);
    QVERIFY((log == Log{"Rui"}));
}

void LoadEvents::refreshIsToldWhenColumnsComeAnew()
{
    Log log;
    const auto shop = listening(log);
    const Record ana = shop->user("Ana");
    shop->session->flush();
    log.clear();
    shop->session->refresh(ana);
    QVERIFY((log == Log{"refresh Ana"}));
    (void)shop->session->all(orm::select(shop->table("users")));
    QCOMPARE(log.size(), std::size_t{1});
    (void)shop->session->all(orm::select<User>().populateExisting());
    QCOMPARE(log.size(), std::size_t{2});
}

QTEST_APPLESS_MAIN(LoadEvents)
#include "tst_load_events.moc"
