#include "tests/unit/session/club.h"

using orm::PassiveDeletes;
using orm::Record;
using orm::ReferentialAction;
using orm::Value;

/// What the deletion of a parent does to its children, and what it leaves to the database.
class CascadesPassive : public QObject {
    Q_OBJECT

private slots:
    void childrenThatAreNotLoadedAreLeftToTheDatabase_data() { bothShapes(); }
    void childrenThatAreNotLoadedAreLeftToTheDatabase();
    void loadedChildrenAreDeletedByTheSession_data() { bothShapes(); }
    void loadedChildrenAreDeletedByTheSession();
    void loadedChildrenLoseTheirParent_data() { bothShapes(); }
    void loadedChildrenLoseTheirParent();
    void newChildrenOfAListThatIsNotLoadedLoseTheirParent_data() { bothShapes(); }
    void newChildrenOfAListThatIsNotLoadedLoseTheirParent();
    void orphansAreDeletedHoweverPassiveDeletionsAre_data() { bothShapes(); }
    void orphansAreDeletedHoweverPassiveDeletionsAre();
    void allChildrenAreLeftToTheDatabase_data() { bothShapes(); }
    void allChildrenAreLeftToTheDatabase();
    void theDatabaseRefusesWhatNobodyReleases_data() { bothShapes(); }
    void theDatabaseRefusesWhatNobodyReleases();
    void aKeyThatIsTheParentsIsNotBlankedOut_data() { bothShapes(); }
    void aKeyThatIsTheParentsIsNotBlankedOut();
    void takingOutAChildWhoseKeyIsTheParentsIsRefused_data() { bothShapes(); }
    void takingOutAChildWhoseKeyIsTheParentsIsRefused();
    void ownedChildrenGoWithTheKeyOfTheirParent_data() { bothShapes(); }
    void ownedChildrenGoWithTheKeyOfTheirParent();
};

namespace {

const Side passive{.passiveDeletes = PassiveDeletes::NotLoaded};

} // namespace

void CascadesPassive::childrenThatAreNotLoadedAreLeftToTheDatabase()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = {.cascade = orm::cascadeDelete, .passiveDeletes = PassiveDeletes::NotLoaded},
                      .onDelete = ReferentialAction::Cascade});
    const Record team = club.teamWith({"Ana", "Rui"});
    club.session->remove(team);
    club.session->flush();
    VERIFY_SENT(club.recorder.counted({"SELECT players x0", "DELETE players x0", "DELETE teams x1"}));
    QCOMPARE(club.storedPlayers(), "");
}

void CascadesPassive::loadedChildrenAreDeletedByTheSession()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = {.cascade = orm::cascadeDelete, .passiveDeletes = PassiveDeletes::NotLoaded}});
    const Record team = club.teamWith({"Ana", "Rui"});
    const std::vector<Record> players = team.collection("players");
    club.session->remove(team);
    club.recorder.clear();
    club.session->flush();
    VERIFY_SENT(club.recorder.counted({"SELECT players x0", "DELETE players x2", "DELETE teams x1"}));
    QVERIFY(players[0].life() == orm::Life::Deleted);
}

void CascadesPassive::loadedChildrenLoseTheirParent()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = passive, .onDelete = ReferentialAction::Cascade});
    const Record team = club.teamWith({"Ana", "Rui"});
    (void)team.collection("players");
    club.session->remove(team);
    club.recorder.clear();
    club.session->flush();
    VERIFY_SENT(
        club.recorder.counted({"SELECT players x0", "UPDATE players x2", "DELETE players x0", "DELETE teams x1"}));
    QCOMPARE(club.storedPlayers(), "Ana NULL, Rui NULL");
}

void CascadesPassive::newChildrenOfAListThatIsNotLoadedLoseTheirParent()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = passive, .onDelete = ReferentialAction::Cascade});
    const Record team = club.teamWith({"Ana"});
    const Record rui = club.player("Rui");
    club.session->flush();
    team.addTo("players", rui);
    club.session->remove(team);
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Rui NULL");
}

void CascadesPassive::orphansAreDeletedHoweverPassiveDeletionsAre()
{
    QFETCH(Shape, shape);
    Club club(shape,
              {.players = {.cascade = orm::cascadeAllDeleteOrphan, .passiveDeletes = PassiveDeletes::NotLoaded}});
    const Record team = club.teamWith({"Ana", "Rui"});
    team.removeFrom("players", club.get("players", 1));
    club.session->flush();
    QCOMPARE(club.storedPlayers(), "Rui 1");
}

void CascadesPassive::allChildrenAreLeftToTheDatabase()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = {.passiveDeletes = PassiveDeletes::All}, .onDelete = ReferentialAction::SetNull});
    const Record team = club.teamWith({"Ana", "Rui"});
    (void)team.collection("players");
    club.session->remove(team);
    club.recorder.clear();
    club.session->flush();
    VERIFY_SENT(club.recorder.counted({"UPDATE players x0", "DELETE players x0", "DELETE teams x1"}));
    QCOMPARE(club.storedPlayers(), "Ana NULL, Rui NULL");
}

void CascadesPassive::theDatabaseRefusesWhatNobodyReleases()
{
    QFETCH(Shape, shape);
    Club club(shape, {.players = {.passiveDeletes = PassiveDeletes::All}});
    const Record team = club.teamWith({"Ana"});
    (void)team.collection("players");
    club.session->remove(team);
    THROWS(club.session->flush(), orm::Integrity);
}

namespace {

Record teamWithShirts(Club &club)
{
    const Record team = club.team("Academica");
    for (const int number : {7, 9})
        team.addTo("shirts", club.add("shirts", {{"number", number}}));
    club.session->commit();
    club.recorder.clear();
    return team;
}

const char *const blankOut = "would blank out the primary key column shirts.team_id";

} // namespace

void CascadesPassive::aKeyThatIsTheParentsIsNotBlankedOut()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = teamWithShirts(club);
    club.session->remove(team);
    const std::string why = messageOf<orm::Integrity>([&] { club.session->flush(); });
    QVERIFY2(why.find(blankOut) != std::string::npos, why.c_str());
    VERIFY_SENT(club.recorder.counted({"UPDATE x0", "DELETE x0"}));
    club.session->rollback();
    QVERIFY(club.stored("SELECT count(*) FROM shirts WHERE team_id = 1") == Value(2));
}

void CascadesPassive::takingOutAChildWhoseKeyIsTheParentsIsRefused()
{
    QFETCH(Shape, shape);
    Club club(shape);
    const Record team = teamWithShirts(club);
    team.removeFrom("shirts", team.collection("shirts")[0]);
    const std::string why = messageOf<orm::Integrity>([&] { club.session->flush(); });
    QVERIFY2(why.find(blankOut) != std::string::npos, why.c_str());
}

void CascadesPassive::ownedChildrenGoWithTheKeyOfTheirParent()
{
    QFETCH(Shape, shape);
    Club club(shape, {.shirts = {.cascade = orm::cascadeAllDeleteOrphan}});
    const Record team = teamWithShirts(club);
    team.removeFrom("shirts", team.collection("shirts")[0]);
    club.session->flush();
    QVERIFY(club.stored("SELECT number FROM shirts") == Value(9));
    club.session->remove(team);
    club.session->flush();
    QVERIFY(club.stored("SELECT count(*) FROM shirts") == Value(0));
}

QTEST_APPLESS_MAIN(CascadesPassive)
#include "tst_cascades_passive.moc"
