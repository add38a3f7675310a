#include "tests/unit/session/club.h"

using orm::Record;
using orm::Value;

/// Whole collections: positions, replacement, what is asked and what is written.
class Collections : public QObject {
    Q_OBJECT

private slots:
    void anItemGoesToItsPosition_data() { bothShapes(); }
    void anItemGoesToItsPosition();
    void anItemThatIsThereMovesToThePosition_data() { bothShapes(); }
    void anItemThatIsThereMovesToThePosition();
    void aPositionBehindTheEndIsRefused_data() { bothShapes(); }
    void aPositionBehindTheEndIsRefused();
    void onlyTheDifferenceOfANewContentIsWritten_data() { bothShapes(); }
    void onlyTheDifferenceOfANewContentIsWritten();
    void aNewContentKeepsItsOrder_data() { bothShapes(); }
    void aNewContentKeepsItsOrder();
    void aNewContentMovesChildrenFromOtherParents_data() { bothShapes(); }
    void aNewContentMovesChildrenFromOtherParents();
    void theSameContentSendsNothing_data() { bothShapes(); }
    void theSameContentSendsNothing();
    void clearedChildrenLoseTheirParent_data() { bothShapes(); }
    void clearedChildrenLoseTheirParent();
    void clearedOrphansAreDeleted_data() { bothShapes(); }
    void clearedOrphansAreDeleted();
    void onlyTheDifferenceOfLinkRowsIsWritten_data() { bothShapes(); }
    void onlyTheDifferenceOfLinkRowsIsWritten();
    void everyItemIsAskedAbout_data() { bothShapes(); }
    void everyItemIsAskedAbout();
    void aRefusedItemLeavesTheWholeContent_data() { bothShapes(); }
    void aRefusedItemLeavesTheWholeContent();
    void aCollectionKnowsWhatItHolds_data() { bothShapes(); }
    void aCollectionKnowsWhatItHolds();
    void aNewContentOfANewParentIsInserted_data() { bothShapes(); }
    void aNewContentOfANewParentIsInserted();
    void typedCollectionsDoTheSame();
};

void Collections::anItemGoesToItsPosition()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana", "Rui"});
    const Record eva = club.player("Eva");
    team.insertInto("players", 1, eva);
    QCOMPARE(Club::names(team), "Ana Eva Rui");
    QVERIFY(eva.related("team") == team);
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Ana 1, Rui 1, Eva 1");
}

void Collections::anItemThatIsThereMovesToThePosition()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana", "Rui", "Eva"});
    (void)team.collection("players");
    team.insertInto("players", 2, Club::named(team, "Ana"));
    QCOMPARE(Club::names(team), "Rui Eva Ana");
    team.insertInto("players", 3, Club::named(team, "Rui"));
    QCOMPARE(Club::names(team), "Eva Ana Rui");
    club.recorder.clear();
    club.session->flush();
    VERIFY_SENT(club.recorder.nothing());
}

void Collections::aPositionBehindTheEndIsRefused()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana"});
    const Record eva = club.player("Eva");
    const std::string why = messageOf<orm::Argument>([&] { team.insertInto("players", 2, eva); });
    QCOMPARE(why, "players has 1 objects: there is no position 2");
    QVERIFY(!eva.related("team"));
}

void Collections::onlyTheDifferenceOfANewContentIsWritten()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana", "Rui", "Eva"});
    const Record ana = Club::named(team, "Ana");
    const Record rui = Club::named(team, "Rui");
    const Record zoe = club.player("Zoe");
    team.setCollection("players", {zoe, rui});
    QVERIFY(!ana.related("team"));
    QVERIFY(zoe.related("team") == team);
    club.recorder.clear();
    club.session->flush();
    VERIFY_SENT(club.recorder.exactly({"UPDATE players x2", "INSERT players"}));
    QCOMPARE(club.storedPlayers(), "Ana NULL, Rui 1, Eva NULL, Zoe 1");
}

void Collections::aNewContentKeepsItsOrder()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana", "Rui"});
    const Record ana = Club::named(team, "Ana");
    const Record rui = Club::named(team, "Rui");
    const Record zoe = club.player("Zoe");
    team.setCollection("players", {rui, zoe, ana, rui});
    QCOMPARE(Club::names(team), "Rui Zoe Ana");
}

void Collections::aNewContentMovesChildrenFromOtherParents()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record first = club.teamWith({"Ana", "Rui"});
    const Record second = club.team("Belenenses");
    second.setCollection("players", first.collection("players"));
    QVERIFY(first.collection("players").empty());
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Ana 2, Rui 2");
}

void Collections::theSameContentSendsNothing()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana", "Rui"});
    const std::vector<Record> players = team.collection("players");
    club.recorder.clear();
    team.setCollection("players", {players[1], players[0]});
    club.session->flush();
    VERIFY_SENT(club.recorder.nothing());
}

void Collections::clearedChildrenLoseTheirParent()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana", "Rui"});
    const Record ana = Club::named(team, "Ana");
    team.setCollection("players", {});
    QVERIFY(!ana.related("team"));
    QVERIFY(team.collection("players").empty());
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Ana NULL, Rui NULL");
}

void Collections::clearedOrphansAreDeleted()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = {.cascade = orm::cascadeAllDeleteOrphan}});
    const Record team = club.teamWith({"Ana", "Rui"});
    team.setCollection("players", {Club::named(team, "Rui")});
    club.recorder.clear();
    club.session->flush();
    VERIFY_SENT(club.recorder.exactly({"DELETE players"}));
    QCOMPARE(club.storedPlayers(), "Rui 1");
}

void Collections::onlyTheDifferenceOfLinkRowsIsWritten()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.team("Academica");
    for (const char *name : {"Galp", "Sagres", "Super"})
        team.addTo("sponsors", club.sponsor(name));
    club.session->commit();
    const Record fresh = club.sponsor("Fresh");
    team.setCollection("sponsors",
                       {fresh, Club::named(team, "Sagres", "sponsors"), Club::named(team, "Galp", "sponsors")});
    QCOMPARE(Club::names(team, "sponsors"), "Fresh Sagres Galp");
    club.session->flush();
    club.recorder.clear();
    team.setCollection("sponsors", {fresh});
    club.session->flush();
    VERIFY_SENT(club.recorder.exactly({"DELETE team_sponsor x2"}));
    QCOMPARE(club.stored("SELECT group_concat(sponsor_id) FROM team_sponsor").toString(), "4");
}

namespace {

/// Refuses players of one name, and counts how often it is asked.
struct Doorman {
    std::string unwanted;
    std::vector<std::string> asked{};
    void watch(orm::Registry &registry)
    {
        registry.record("teams").validate("players", [this](const Record &, const Record &player) {
            asked.push_back(player.get("name").toString());
            if (asked.back() == unwanted)
                throw orm::Validation("not in this team");
        });
    }
};

} // namespace

void Collections::everyItemIsAskedAbout()
{
    QFETCH(Shape, shape);
    Doorman doorman{.unwanted = "nobody"};
    Club club(shape, {}, {}, [&](orm::Registry &registry) { doorman.watch(registry); });
    const Record team = club.teamWith({"Ana"});
    const std::vector<Record> before = team.collection("players");
    doorman.asked.clear();
    team.setCollection("players", {club.player("Zoe"), before[0], club.player("Eva")});
    QCOMPARE(doorman.asked, (std::vector<std::string>{"Zoe", "Eva"}));
}

void Collections::aRefusedItemLeavesTheWholeContent()
{
    QFETCH(Shape, shape);
    Doorman doorman{.unwanted = "Eva"};
    Club club(shape, {}, {}, [&](orm::Registry &registry) { doorman.watch(registry); });
    const Record team = club.teamWith({"Ana", "Rui"});
    const Record zoe = club.player("Zoe");
    THROWS(team.setCollection("players", {zoe, club.player("Eva")}), orm::Validation);
    QCOMPARE(Club::names(team), "Ana Rui");
    QVERIFY(!zoe.related("team"));
}

void Collections::aCollectionKnowsWhatItHolds()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana"});
    const Record ana = Club::named(team, "Ana");
    QVERIFY(team.contains("players", ana));
    team.removeFrom("players", ana);
    QVERIFY(!team.contains("players", ana));
}

void Collections::aNewContentOfANewParentIsInserted()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.team("Academica");
    team.setCollection("players", {club.player("Ana"), club.player("Rui")});
    club.session->flush();
    VERIFY_SENT(club.recorder.exactly({"INSERT teams", "INSERT players x2"}));
    QCOMPARE(club.storedPlayers(), "Ana 1, Rui 1");
}

void Collections::typedCollectionsDoTheSame()
{
    Club club(Shape::Classes);
    const orm::Ref<Team> team = club.session->add(Team{.name = "Academica"});
    const orm::Ref<Player> ana = team.add<&Team::players>(Player{.name = "Ana"});
    const orm::Ref<Player> rui = club.session->add(Player{.name = "Rui"});
    team.insert<&Team::players>(0, rui);
    QVERIFY(team->players[0] == rui);
    QVERIFY(team->players.contains(ana));
    team.set<&Team::players>(std::vector{ana});
    QVERIFY(!rui->team);
    QCOMPARE(team->players.size(), std::size_t{1});
    team.clear<&Team::players>();
    QVERIFY(team->players.empty() && !ana->team);
}

QTEST_APPLESS_MAIN(Collections)
#include "tst_collections.moc"
