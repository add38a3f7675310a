#include "tests/unit/session/club.h"

using orm::Cascade;
using orm::Life;
using orm::Record;
using orm::Value;

/// What a relationship cascades, and what it does not: adding, merging, expiring, expunging, deleting.
class Cascades : public QObject {
    Q_OBJECT

private slots:
    void addingAParentAddsItsChildren_data() { bothShapes(); }
    void addingAParentAddsItsChildren();
    void linkingAddsToTheSessionFromEitherSide_data() { bothShapes(); }
    void linkingAddsToTheSessionFromEitherSide();
    void withoutSaveUpdateALinkAddsNothing_data() { bothShapes(); }
    void withoutSaveUpdateALinkAddsNothing();
    void aChildOutsideOfTheSessionIsRefusedAtTheFlush_data() { bothShapes(); }
    void aChildOutsideOfTheSessionIsRefusedAtTheFlush();
    void aParentOutsideOfTheSessionIsRefusedAtTheFlush_data() { bothShapes(); }
    void aParentOutsideOfTheSessionIsRefusedAtTheFlush();
    void aLinkedObjectOutsideOfTheSessionIsRefusedAtTheFlush_data() { bothShapes(); }
    void aLinkedObjectOutsideOfTheSessionIsRefusedAtTheFlush();
    void addingThemByHandIsEnough_data() { bothShapes(); }
    void addingThemByHandIsEnough();
    void aParentThatIsAddedLaterLeavesItsChildrenOutside_data() { bothShapes(); }
    void aParentThatIsAddedLaterLeavesItsChildrenOutside();
    void mergingFollowsTheRelationship_data() { bothShapes(); }
    void mergingFollowsTheRelationship();
    void withoutMergeOnlyColumnsAreCopied_data() { bothShapes(); }
    void withoutMergeOnlyColumnsAreCopied();
    void expungingTakesTheChildrenAlong_data() { bothShapes(); }
    void expungingTakesTheChildrenAlong();
    void withoutExpungeTheChildrenStay_data() { bothShapes(); }
    void withoutExpungeTheChildrenStay();
    void anExpungedFamilyComesBackWhole_data() { bothShapes(); }
    void anExpungedFamilyComesBackWhole();
    void expiringExpiresTheChildren_data() { bothShapes(); }
    void expiringExpiresTheChildren();
    void refreshingExpiresTheChildren_data() { bothShapes(); }
    void refreshingExpiresTheChildren();
    void withoutRefreshExpireTheChildrenStayLoaded_data() { bothShapes(); }
    void withoutRefreshExpireTheChildrenStayLoaded();
    void anExpiredParentLosesItsNewChildren_data() { bothShapes(); }
    void anExpiredParentLosesItsNewChildren();
    void deletingAChildDeletesItsParent_data() { bothShapes(); }
    void deletingAChildDeletesItsParent();
    void deletingDeletesLinkedObjects_data() { bothShapes(); }
    void deletingDeletesLinkedObjects();
};

void Cascades::addingAParentAddsItsChildren()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.outside("teams", "Academica");
    const Record ana = club.outside("players", "Ana");
    team.addTo("players", ana);
    QVERIFY(ana.life() == Life::Transient);
    club.session->add(team);
    QVERIFY(ana.life() == Life::Pending);
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Ana 1");
}

void Cascades::linkingAddsToTheSessionFromEitherSide()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.team("Academica");
    const Record ana = club.outside("players", "Ana");
    ana.setRelated("team", team);
    QVERIFY(ana.life() == Life::Pending);
    const Record other = club.outside("teams", "Belenenses");
    ana.setRelated("team", other);
    QVERIFY(other.life() == Life::Pending);
    const Record galp = club.outside("sponsors", "Galp");
    other.addTo("sponsors", galp);
    QVERIFY(galp.life() == Life::Pending);
}

namespace {

const Side none{.cascade = Cascade::None};
const Rules nothing{.players = none, .team = none, .sponsors = none};
constexpr const char *refused =
    "that is not in the session, and their relationship does not cascade save-update: add() it";

std::string flushRefusal(Club &club)
{
    return messageOf<orm::Argument>([&] { club.session->flush(); });
}

} // namespace

void Cascades::withoutSaveUpdateALinkAddsNothing()
{
    QFETCH(Shape, shape);
    Club club(shape, nothing);
    const Record team = club.team("Academica");
    const Record ana = club.outside("players", "Ana");
    team.addTo("players", ana);
    QVERIFY(ana.life() == Life::Transient);
    QVERIFY(ana.related("team") == team);
    const Record galp = club.outside("sponsors", "Galp");
    team.addTo("sponsors", galp);
    QVERIFY(galp.life() == Life::Transient);
}

void Cascades::aChildOutsideOfTheSessionIsRefusedAtTheFlush()
{
    QFETCH(Shape, shape);
    Club club(shape, nothing);
    const Record team = club.teamWith({"Ana"});
    const Record rui = club.outside("players", "Rui");
    team.addTo("players", rui);
    QVERIFY(flushRefusal(club).find(refused) != std::string::npos);
    VERIFY_SENT(club.recorder.counted({"INSERT x0", "UPDATE x0"}));
    team.removeFrom("players", rui); // corrected, and flushed again
    QCOMPARE(flushRefusal(club), "");
    QCOMPARE(club.storedPlayers(), "Ana 1");
}

void Cascades::aParentOutsideOfTheSessionIsRefusedAtTheFlush()
{
    QFETCH(Shape, shape);
    Club club(shape, nothing);
    const Record ana = club.player("Ana");
    ana.setRelated("team", club.outside("teams", "Academica"));
    QVERIFY(flushRefusal(club).find(refused) != std::string::npos);
    ana.setRelated("team", {});
    QCOMPARE(flushRefusal(club), "");
    QCOMPARE(club.storedPlayers(), "Ana NULL");
}

void Cascades::aLinkedObjectOutsideOfTheSessionIsRefusedAtTheFlush()
{
    QFETCH(Shape, shape);
    Club club(shape, nothing);
    const Record team = club.teamWith({});
    const Record galp = club.outside("sponsors", "Galp");
    team.addTo("sponsors", galp);
    QVERIFY(flushRefusal(club).find(refused) != std::string::npos);
    club.session->add(galp);
    QCOMPARE(flushRefusal(club), "");
    QVERIFY(club.stored("SELECT count(*) FROM team_sponsor") == Value(1));
}

void Cascades::addingThemByHandIsEnough()
{
    QFETCH(Shape, shape);
    Club club(shape, nothing);
    const Record team = club.teamWith({"Ana"});
    const Record rui = club.outside("players", "Rui");
    team.addTo("players", rui);
    club.session->add(rui);
    QCOMPARE(flushRefusal(club), "");
    QCOMPARE(club.storedPlayers(), "Ana 1, Rui 1");
}

void Cascades::aParentThatIsAddedLaterLeavesItsChildrenOutside()
{
    QFETCH(Shape, shape);
    Club club(shape, nothing);
    const Record team = club.outside("teams", "Academica");
    const Record ana = club.outside("players", "Ana");
    team.addTo("players", ana);
    club.session->add(team);
    QVERIFY(ana.life() == Life::Transient);
    QVERIFY(flushRefusal(club).find(refused) != std::string::npos);
    club.session->add(ana);
    QCOMPARE(flushRefusal(club), "");
    QCOMPARE(club.storedPlayers(), "Ana 1");
}

void Cascades::mergingFollowsTheRelationship()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana"});
    (void)team.collection("players");
    club.session->expungeAll();
    team.addTo("players", club.outside("players", "Rui"));
    (void)club.session->merge(team);
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Ana 1, Rui 1");
}

void Cascades::withoutMergeOnlyColumnsAreCopied()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = {.cascade = Cascade::SaveUpdate}});
    const Record team = club.teamWith({"Ana"});
    (void)team.collection("players");
    club.session->expungeAll();
    team.addTo("players", club.outside("players", "Rui"));
    team.set("name", "Belenenses");
    const Record copy = club.session->merge(team);
    club.session->flush();
    QCOMPARE(copy.get("name"), Value("Belenenses"));
    QCOMPARE(club.storedPlayers(), "Ana 1");
}

namespace {

const Rules all{.players = {.cascade = Cascade::All}};

} // namespace

void Cascades::expungingTakesTheChildrenAlong()
{
    QFETCH(Shape, shape);
    Club club(shape, all);
    const Record team = club.teamWith({"Ana"});
    const Record ana = Club::named(team, "Ana");
    const Record rui = club.player("Rui");
    team.addTo("players", rui);
    club.session->expunge(team);
    QVERIFY(ana.life() == Life::Detached);
    QVERIFY(rui.life() == Life::Transient);
    club.recorder.clear();
    club.session->flush();
    VERIFY_SENT(club.recorder.nothing());
}

void Cascades::withoutExpungeTheChildrenStay()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana"});
    const Record ana = Club::named(team, "Ana");
    club.session->expunge(team);
    QVERIFY(team.life() == Life::Detached);
    QVERIFY(ana.life() == Life::Persistent);
}

void Cascades::anExpungedFamilyComesBackWhole()
{
    QFETCH(Shape, shape);
    Club club(shape, all);
    const Record team = club.teamWith({"Ana", "Rui"});
    const std::vector<Record> players = team.collection("players");
    club.session->expunge(team);
    players[0].set("name", "Eva");
    club.session->add(team);
    for (const Record &player : players)
        QVERIFY(player.life() == Life::Persistent);
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Eva 1, Rui 1");
}

void Cascades::expiringExpiresTheChildren()
{
    QFETCH(Shape, shape);
    Club club(shape, all);
    const Record team = club.teamWith({"Ana"});
    const Record ana = Club::named(team, "Ana");
    ana.set("name", "Eva"); // lost with what was loaded
    club.session->expire(team);
    club.recorder.clear();
    QCOMPARE(ana.get("name"), Value("Ana"));
    VERIFY_SENT(club.recorder.exactly({"SELECT players"}));
}

void Cascades::refreshingExpiresTheChildren()
{
    QFETCH(Shape, shape);
    Club club(shape, all);
    const Record team = club.teamWith({"Ana"});
    const Record ana = Club::named(team, "Ana");
    club.recorder.clear();
    club.session->refresh(team);
    VERIFY_SENT(club.recorder.exactly({"SELECT teams"}));
    QCOMPARE(ana.get("name"), Value("Ana"));
    VERIFY_SENT(club.recorder.exactly({"SELECT teams", "SELECT players"}));
}

void Cascades::withoutRefreshExpireTheChildrenStayLoaded()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = club.teamWith({"Ana"});
    const Record ana = Club::named(team, "Ana");
    club.session->expire(team);
    club.recorder.clear();
    QCOMPARE(ana.get("name"), Value("Ana"));
    VERIFY_SENT(club.recorder.nothing());
}

void Cascades::anExpiredParentLosesItsNewChildren()
{
    QFETCH(Shape, shape);
    Club club(shape, all);
    const Record team = club.teamWith({"Ana"});
    (void)team.collection("players");
    const Record rui = club.player("Rui");
    team.addTo("players", rui);
    club.session->refresh(team);
    QVERIFY(rui.life() == Life::Transient);
    QCOMPARE(Club::names(team), "Ana");
}

void Cascades::deletingAChildDeletesItsParent()
{
    QFETCH(Shape, shape);
    Club club(shape, {.team = {.cascade = orm::cascadeDelete}});
    const Record ana = Club::named(club.teamWith({"Ana", "Rui"}), "Ana");
    club.session->expireAll();
    club.session->remove(ana);
    club.recorder.clear();
    club.session->flush();
    QVERIFY(club.stored("SELECT count(*) FROM teams") == Value(0));
    QCOMPARE(club.storedPlayers(), "Rui NULL");
}

void Cascades::deletingDeletesLinkedObjects()
{
    QFETCH(Shape, shape);
    Club club(shape, {.sponsors = {.cascade = orm::cascadeDelete}});
    const Record team = club.team("Academica");
    for (const char *name : {"Galp", "Sagres"})
        team.addTo("sponsors", club.sponsor(name));
    club.session->commit();
    club.session->remove(team);
    club.session->flush();
    QVERIFY(club.stored("SELECT count(*) FROM sponsors") == Value(0));
    QVERIFY(club.stored("SELECT count(*) FROM team_sponsor") == Value(0));
}

QTEST_APPLESS_MAIN(Cascades)
#include "tst_cascades.moc"
