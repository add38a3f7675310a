#include "tests/unit/session/club.h"

using orm::Cascade;
using orm::Life;
using orm::Record;
using orm::Value;

/// Relationships that allow an object one parent only, and what becomes of it without that one.
class CascadesOrphans : public QObject {
    Q_OBJECT

private slots:
    void aParentThatLosesItsOnlyChildIsDeleted_data() { bothShapes(); }
    void aParentThatLosesItsOnlyChildIsDeleted();
    void aParentThatIsReplacedIsDeleted_data() { bothShapes(); }
    void aParentThatIsReplacedIsDeleted();
    void anAbandonedParentThatWasNotLoadedIsDeleted_data() { bothShapes(); }
    void anAbandonedParentThatWasNotLoadedIsDeleted();
    void aNewParentThatIsAbandonedIsNotInserted_data() { bothShapes(); }
    void aNewParentThatIsAbandonedIsNotInserted();
    void whoIsTakenInAgainIsNoOrphan_data() { bothShapes(); }
    void whoIsTakenInAgainIsNoOrphan();
    void aSecondChildIsRefused_data() { bothShapes(); }
    void aSecondChildIsRefused();
    void aSecondChildMayFollowTheFirst_data() { bothShapes(); }
    void aSecondChildMayFollowTheFirst();
    void anUnlinkedObjectIsDeleted_data() { bothShapes(); }
    void anUnlinkedObjectIsDeleted();
    void aSecondLinkIsRefused_data() { bothShapes(); }
    void aSecondLinkIsRefused();
    void aRollbackForgetsWhoWasAbandoned_data() { bothShapes(); }
    void aRollbackForgetsWhoWasAbandoned();
    void deleteOrphanRequiresDelete();
    void deleteOrphanOfManyParentsRequiresASingleOne_data();
    void deleteOrphanOfManyParentsRequiresASingleOne();
    void deletingRefusesToLeaveAllToTheDatabase();
};

namespace {

/// A player's team goes with the player; so do a team's sponsors.
const Rules owning{.team = {.cascade = orm::cascadeAllDeleteOrphan, .singleParent = true},
                   .sponsors = {.cascade = orm::cascadeAllDeleteOrphan, .singleParent = true}};

std::string storedTeams(Club &club)
{
    const Value all = club.stored("SELECT group_concat(name, ' ') FROM (SELECT name FROM teams ORDER BY id)");
    return all.isNull() ? std::string() : all.toString();
}

Record playerOf(Club &club, const char *team)
{
    const Record player = club.player("Ana");
    player.setRelated("team", club.team(team));
    club.session->commit();
    return player;
}

} // namespace

void CascadesOrphans::aParentThatLosesItsOnlyChildIsDeleted()
{
    QFETCH(Shape, shape);
    Club club(shape, owning);
    const Record ana = playerOf(club, "Academica");
    (void)ana.related("team");
    ana.setRelated("team", {});
    club.recorder.clear();
    club.session->flush();
    VERIFY_SENT(club.recorder.before("UPDATE players", "DELETE teams"));
    QCOMPARE(storedTeams(club), "");
    QCOMPARE(club.storedPlayers(), "Ana NULL");
}

void CascadesOrphans::aParentThatIsReplacedIsDeleted()
{
    QFETCH(Shape, shape);
    Club club(shape, owning);
    const Record ana = playerOf(club, "Academica");
    ana.setRelated("team", club.team("Belenenses"));
    club.session->flush();
    QCOMPARE(storedTeams(club), "Belenenses");
    QCOMPARE(club.storedPlayers(), "Ana 2");
}

void CascadesOrphans::anAbandonedParentThatWasNotLoadedIsDeleted()
{
    QFETCH(Shape, shape);
    Club club(shape, owning);
    (void)playerOf(club, "Academica");
    club.session->expungeAll();
    club.get("players", 1).setRelated("team", {});
    club.session->flush();
    QCOMPARE(storedTeams(club), "");
}

void CascadesOrphans::aNewParentThatIsAbandonedIsNotInserted()
{
    QFETCH(Shape, shape);
    Club club(shape, owning);
    const Record ana = club.player("Ana");
    const Record team = club.team("Academica");
    ana.setRelated("team", team);
    ana.setRelated("team", {});
    club.session->flush();
    QVERIFY(team.life() == Life::Transient);
    QCOMPARE(storedTeams(club), "");
}

void CascadesOrphans::whoIsTakenInAgainIsNoOrphan()
{
    QFETCH(Shape, shape);
    Club club(shape, owning);
    const Record ana = playerOf(club, "Academica");
    const Record team = ana.related("team");
    ana.setRelated("team", {});
    club.player("Rui").setRelated("team", team);
    club.session->flush();
    QCOMPARE(storedTeams(club), "Academica");
    QCOMPARE(club.storedPlayers(), "Ana NULL, Rui 1");
}

void CascadesOrphans::aSecondChildIsRefused()
{
    QFETCH(Shape, shape);
    Club club(shape, owning);
    const Record team = club.team("Academica");
    club.player("Ana").setRelated("team", team);
    const Record rui = club.player("Rui");
    const std::string why = messageOf<orm::Argument>([&] { rui.setRelated("team", team); });
    QVERIFY2(why.find("is already associated with an instance of") != std::string::npos &&
                 why.find("via its team attribute, and is only allowed a single parent") != std::string::npos,
             why.c_str());
    QVERIFY(!rui.related("team"));
    QCOMPARE(team.collection("players").size(), std::size_t{1});
}

void CascadesOrphans::aSecondChildMayFollowTheFirst()
{
    QFETCH(Shape, shape);
    Club club(shape, owning);
    const Record team = club.team("Academica");
    const Record ana = club.player("Ana");
    ana.setRelated("team", team);
    ana.setRelated("team", {});
    const Record rui = club.player("Rui");
    rui.setRelated("team", team);
    QVERIFY(rui.related("team") == team);
}

void CascadesOrphans::anUnlinkedObjectIsDeleted()
{
    QFETCH(Shape, shape);
    Club club(shape, owning);
    const Record team = club.team("Academica");
    for (const char *name : {"Galp", "Sagres"})
        team.addTo("sponsors", club.sponsor(name));
    club.session->commit();
    team.removeFrom("sponsors", Club::named(team, "Galp", "sponsors"));
    club.recorder.clear();
    club.session->flush();
    VERIFY_SENT(club.recorder.before("DELETE team_sponsor", "DELETE sponsors"));
    QVERIFY(club.stored("SELECT name FROM sponsors") == Value("Sagres"));
}

void CascadesOrphans::aSecondLinkIsRefused()
{
    QFETCH(Shape, shape);
    Club club(shape, owning);
    const Record galp = club.sponsor("Galp");
    club.team("Academica").addTo("sponsors", galp);
    const Record other = club.team("Belenenses");
    const std::string why = messageOf<orm::Argument>([&] { other.addTo("sponsors", galp); });
    QVERIFY2(why.find("only allowed a single parent") != std::string::npos, why.c_str());
    QVERIFY(other.collection("sponsors").empty());
}

void CascadesOrphans::aRollbackForgetsWhoWasAbandoned()
{
    QFETCH(Shape, shape);
    Club club(shape, owning);
    const Record ana = playerOf(club, "Academica");
    ana.setRelated("team", {});
    club.session->rollback();
    ana.set("name", "Eva");
    club.session->commit();
    QCOMPARE(storedTeams(club), "Academica");
    QCOMPARE(club.storedPlayers(), "Eva 1");
}

namespace {

std::string refusalOf(const Rules &rules)
{
    return messageOf<orm::Argument>([&] { clubClasses(rules).configure(); });
}

} // namespace

void CascadesOrphans::deleteOrphanRequiresDelete()
{
    const std::string why = refusalOf({.players = {.cascade = Cascade::DeleteOrphan}});
    QVERIFY2(why.find("players: the 'delete-orphan' cascade requires 'delete'") != std::string::npos, why.c_str());
}

void CascadesOrphans::deleteOrphanOfManyParentsRequiresASingleOne_data()
{
    QTest::addColumn<bool>("links");
    QTest::newRow("many-to-one") << false;
    QTest::newRow("many-to-many") << true;
}

void CascadesOrphans::deleteOrphanOfManyParentsRequiresASingleOne()
{
    QFETCH(bool, links);
    const Side side{.cascade = orm::cascadeAllDeleteOrphan};
    const std::string why = refusalOf(links ? Rules{.sponsors = side} : Rules{.team = side});
    QVERIFY2(why.find("normally configured only on the \"one\" side of a one-to-many relationship") !=
                 std::string::npos,
             why.c_str());
    QVERIFY2(why.find("set singleParent") != std::string::npos, why.c_str());
}

void CascadesOrphans::deletingRefusesToLeaveAllToTheDatabase()
{
    const std::string why =
        refusalOf({.players = {.cascade = orm::cascadeDelete, .passiveDeletes = orm::passiveDeletesAll}});
    QVERIFY2(why.find("passiveDeletesAll") != std::string::npos, why.c_str());
}

QTEST_APPLESS_MAIN(CascadesOrphans)
#include "tst_cascades_orphans.moc"
