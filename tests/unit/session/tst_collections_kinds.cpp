#include "tests/unit/session/club.h"

using orm::CollectionKind;
using orm::Record;
using orm::Value;

/// Ordered lists, sets, and maps by a column of the child.
class CollectionKinds : public QObject {
    Q_OBJECT

private slots:
    void aListIsLoadedInTheOrderOfItsColumns_data() { bothShapes(); }
    void aListIsLoadedInTheOrderOfItsColumns();
    void anOrderedListIsNotSortedAgainInMemory_data() { bothShapes(); }
    void anOrderedListIsNotSortedAgainInMemory();
    void aSetHasEachItemOnce_data() { bothShapes(); }
    void aSetHasEachItemOnce();
    void aSetHasNoPositions_data() { bothShapes(); }
    void aSetHasNoPositions();
    void aMapFindsByKey_data() { bothShapes(); }
    void aMapFindsByKey();
    void aLoadedMapFindsByKey_data() { bothShapes(); }
    void aLoadedMapFindsByKey();
    void theKeyIsReadWhenTheItemIsPutIn_data() { bothShapes(); }
    void theKeyIsReadWhenTheItemIsPutIn();
    void anItemWithTheSameKeyTakesThePlace_data() { bothShapes(); }
    void anItemWithTheSameKeyTakesThePlace();
    void whatIsReplacedIsAnOrphan_data() { bothShapes(); }
    void whatIsReplacedIsAnOrphan();
    void settingTheParentReplacesToo_data() { bothShapes(); }
    void settingTheParentReplacesToo();
    void aMapOfLinksReplacesTheLink_data() { bothShapes(); }
    void aMapOfLinksReplacesTheLink();
    void anItemWithoutAKeyIsRefused_data() { bothShapes(); }
    void anItemWithoutAKeyIsRefused();
    void whatIsRemovedIsNotFound_data() { bothShapes(); }
    void whatIsRemovedIsNotFound();
    void ofSeveralRowsWithOneKeyTheLastIsFound_data() { bothShapes(); }
    void ofSeveralRowsWithOneKeyTheLastIsFound();
    void anAdditionToAMapThatIsNotLoadedIsFoundLater_data() { bothShapes(); }
    void anAdditionToAMapThatIsNotLoadedIsFoundLater();
    void aNewContentOfAMapIsFound_data() { bothShapes(); }
    void aNewContentOfAMapIsFound();
    void onlyMapsAreSearchedByKey_data() { bothShapes(); }
    void onlyMapsAreSearchedByKey();
    void aMapNeedsAColumnOfItsItems();
    void typedMapsFindTypedItems();
};

namespace {

const Rules asSet{.players = {.collection = CollectionKind::Set}};
const Rules byName{.players = {.collection = CollectionKind::Map, .key = "name"},
                   .sponsors = {.collection = CollectionKind::Map, .key = "name"}};

} // namespace

void CollectionKinds::aListIsLoadedInTheOrderOfItsColumns()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = {.order = {"name", "id"}}});
    const Record team = club.teamWith({"Rui", "Ana", "Rui", "Eva"});
    QCOMPARE(Club::names(team), "Ana Eva Rui Rui");
    QVERIFY(team.collection("players")[2].get("id") == Value(1));
}

void CollectionKinds::anOrderedListIsNotSortedAgainInMemory()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = {.order = {"name"}}});
    const Record team = club.teamWith({"Rui", "Eva"});
    (void)team.collection("players");
    team.addTo("players", club.player("Ana"));
    QCOMPARE(Club::names(team), "Eva Rui Ana");
    club.session->flush();
    club.session->expire(team);
    QCOMPARE(Club::names(team), "Ana Eva Rui");
}

void CollectionKinds::aSetHasEachItemOnce()
{
    QFETCH(Shape, shape);
    Club club(shape, asSet);
    const Record team = club.teamWith({"Ana"});
    const Record rui = club.player("Rui");
    team.setCollection("players", {rui, rui, Club::named(team, "Ana")});
    team.addTo("players", rui);
    QCOMPARE(team.collection("players").size(), std::size_t{2});
    QVERIFY(team.contains("players", rui));
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Ana 1, Rui 1");
}

void CollectionKinds::aSetHasNoPositions()
{
    QFETCH(Shape, shape);
    Club club(shape, asSet);
    const Record team = club.team("Academica");
    const Record rui = club.player("Rui");
    const std::string why = messageOf<orm::Argument>([&] { team.insertInto("players", 0, rui); });
    QVERIFY2(why.find("no list") != std::string::npos, why.c_str());
    QVERIFY(!team.contains("players", rui));
}

void CollectionKinds::aMapFindsByKey()
{
    QFETCH(Shape, shape);
    Club club(shape, byName);
    const Record team = club.team("Academica");
    const Record rui = club.player("Rui");
    team.addTo("players", club.player("Ana"));
    team.addTo("players", rui);
    QVERIFY(team.find("players", "Rui") == rui);
    QVERIFY(!team.find("players", "Zoe"));
    VERIFY_SENT(club.recorder.nothing());
}

void CollectionKinds::aLoadedMapFindsByKey()
{
    QFETCH(Shape, shape);
    Club club(shape, byName);
    const Record team = club.teamWith({"Ana", "Rui"});
    QVERIFY(team.find("players", "Rui").get("id") == Value(2));
    VERIFY_SENT(club.recorder.exactly({"SELECT players"}));
}

void CollectionKinds::theKeyIsReadWhenTheItemIsPutIn()
{
    QFETCH(Shape, shape);
    Club club(shape, byName);
    const Record team = club.teamWith({"Ana"});
    const Record ana = team.find("players", "Ana");
    ana.set("name", "Eva");
    QVERIFY(team.find("players", "Ana") == ana);
    QVERIFY(!team.find("players", "Eva"));
    team.removeFrom("players", ana); // by the key that it was put in with
    QVERIFY(!team.find("players", "Ana"));
    team.addTo("players", ana);
    QVERIFY(team.find("players", "Eva") == ana);
}

void CollectionKinds::anItemWithTheSameKeyTakesThePlace()
{
    QFETCH(Shape, shape);
    Club club(shape, byName);
    const Record team = club.teamWith({"Ana"});
    const Record old = team.find("players", "Ana");
    const Record fresh = club.player("Ana");
    team.addTo("players", fresh);
    QVERIFY(team.find("players", "Ana") == fresh);
    QCOMPARE(team.collection("players").size(), std::size_t{1});
    QVERIFY(!old.related("team"));
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Ana NULL, Ana 1");
}

void CollectionKinds::whatIsReplacedIsAnOrphan()
{
    QFETCH(Shape, shape);
    Rules rules = byName;
    rules.players.cascade = orm::cascadeAllDeleteOrphan;
    Club club(shape, rules);
    const Record team = club.teamWith({"Ana"});
    (void)team.collection("players");
    team.addTo("players", club.player("Ana"));
    club.recorder.clear();
    club.session->flush();
    VERIFY_SENT(club.recorder.inAnyOrder({"DELETE players", "INSERT players"}));
    QVERIFY(club.stored("SELECT id FROM players") == Value(2));
}

void CollectionKinds::settingTheParentReplacesToo()
{
    QFETCH(Shape, shape);
    Club club(shape, byName);
    const Record team = club.teamWith({"Ana"});
    const Record old = team.find("players", "Ana");
    const Record fresh = club.player("Ana");
    fresh.setRelated("team", team);
    QVERIFY(team.find("players", "Ana") == fresh);
    QVERIFY(!team.contains("players", old));
    QVERIFY(!old.related("team"));
}

void CollectionKinds::aMapOfLinksReplacesTheLink()
{
    QFETCH(Shape, shape);
    Club club(shape, byName);
    const Record team = club.team("Academica");
    const Record old = club.sponsor("Galp");
    const Record fresh = club.sponsor("Galp");
    team.addTo("sponsors", old);
    club.session->flush();
    club.recorder.clear();
    team.addTo("sponsors", fresh);
    QVERIFY(team.find("sponsors", "Galp") == fresh);
    club.session->flush();
    VERIFY_SENT(club.recorder.exactly({"DELETE team_sponsor", "INSERT team_sponsor"}));
    QVERIFY(club.stored("SELECT sponsor_id FROM team_sponsor") == Value(2));
}

void CollectionKinds::anItemWithoutAKeyIsRefused()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = {.collection = CollectionKind::Map, .key = "id"}});
    const Record team = club.team("Academica");
    const Record ana = club.player("Ana"); // the database has not made its key
    const std::string why = messageOf<orm::Argument>([&] { team.addTo("players", ana); });
    QVERIFY2(why.find("has no id yet") != std::string::npos, why.c_str());
    QVERIFY(!ana.related("team"));
    QVERIFY(team.collection("players").empty());
    club.session->flush();
    team.addTo("players", ana);
    QVERIFY(team.find("players", 1) == ana);
}

void CollectionKinds::whatIsRemovedIsNotFound()
{
    QFETCH(Shape, shape);
    Club club(shape, byName);
    const Record team = club.teamWith({"Ana", "Rui"});
    team.removeFrom("players", team.find("players", "Ana"));
    QVERIFY(!team.find("players", "Ana"));
    team.find("players", "Rui").setRelated("team", {});
    QVERIFY(!team.find("players", "Rui"));
}

void CollectionKinds::ofSeveralRowsWithOneKeyTheLastIsFound()
{
    QFETCH(Shape, shape);
    Rules rules = byName;
    rules.players.order = {"id"};
    rules.players.cascade = orm::cascadeDelete;
    Club club(shape, rules);
    const Record team = club.teamWith({"Ana", "Rui"});
    club.player("Ana").set("team_id", 1); // around the map
    club.session->flush();
    QVERIFY(team.find("players", "Ana").get("id") == Value(3));
    QCOMPARE(team.collection("players").size(), std::size_t{3}); // the other is there, and goes with its team
    club.session->remove(team);
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "");
}

void CollectionKinds::anAdditionToAMapThatIsNotLoadedIsFoundLater()
{
    QFETCH(Shape, shape);
    Club club(shape, byName, {.autoflush = false});
    const Record team = club.teamWith({"Ana"});
    const Record rui = club.player("Rui");
    team.addTo("players", rui);
    VERIFY_SENT(club.recorder.nothing());
    QVERIFY(team.find("players", "Rui") == rui);
    QVERIFY(team.find("players", "Ana"));
}

void CollectionKinds::aNewContentOfAMapIsFound()
{
    QFETCH(Shape, shape);
    Club club(shape, byName);
    const Record team = club.teamWith({"Ana", "Rui"});
    const Record rui = team.find("players", "Rui");
    const Record ana = club.player("Ana");
    team.setCollection("players", {ana, rui});
    QVERIFY(team.find("players", "Ana") == ana);
    QVERIFY(team.find("players", "Rui") == rui);
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Ana NULL, Rui 1, Ana 1");
}

void CollectionKinds::onlyMapsAreSearchedByKey()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.team("Academica");
    const std::string why = messageOf<orm::Argument>([&] { (void)team.find("players", "Ana"); });
    QVERIFY2(why.find("is no map") != std::string::npos, why.c_str());
}

void CollectionKinds::aMapNeedsAColumnOfItsItems()
{
    const std::string why = messageOf<orm::Argument>(
        [&] { clubClasses({.players = {.collection = CollectionKind::Map, .key = "number"}}).configure(); });
    QVERIFY2(why.find("number") != std::string::npos, why.c_str());
}

void CollectionKinds::typedMapsFindTypedItems()
{
    Club club(Shape::Classes, byName);
    const orm::Ref<Team> team = club.session->add(Team{.name = "Academica"});
    const orm::Ref<Player> ana = team.add<&Team::players>(Player{.name = "Ana"});
    QVERIFY(team->players.find("Ana") == ana);
    QVERIFY(!team->players.find("Rui"));
}

QTEST_APPLESS_MAIN(CollectionKinds)
#include "tst_collections_kinds.moc"
