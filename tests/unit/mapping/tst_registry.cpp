#include "ormcore/base/error.h"
#include "ormcore/mapping/registry.h"

#include <QTest>

#include <algorithm>

namespace {

struct Team;
struct Player {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int32_t> number{};
    std::int64_t teamId{};
    std::optional<std::int64_t> formerTeamId{};
    orm::One<Team> team{};
};
struct Team {
    std::int64_t id{};
    orm::Many<Player> players{};
};
struct Stray {
    std::int64_t id{};
    orm::Many<Player> players{};
};

void mapPlayer(orm::Registry &registry)
{
    registry.map<Player>("players")
        .column<&Player::id>("id", orm::primaryKey)
        .column<&Player::name>("name", orm::String(30), orm::unique, orm::indexed)
        .column<&Player::number>("number")
        .column<&Player::teamId>("team_id", orm::references("teams.id", orm::ReferentialAction::Cascade))
        .column<&Player::formerTeamId>("former_team_id", orm::references("teams.id"))
        .one<&Player::team>(orm::foreignKey("team_id"));
}

void mapTeam(orm::Registry &registry)
{
    registry.map<Team>("teams")
        .column<&Team::id>("id", orm::primaryKey)
        .many<&Team::players>(orm::backPopulates<&Player::team>);
}

template <class Call> std::string refusal(Call call)
{
    try {
        call();
    } catch (const orm::Argument &error) {
        return error.what();
    }
    return {};
}

/// Tables with foreign keys, as a database would have them.
orm::MetaData schema()
{
    orm::MetaData metadata;
    orm::Table &city = metadata.addTable({"", "city"});
    city.addColumn("id", orm::Integer()).primaryKey = true;
    city.primaryKey.columns = {"id"};
    orm::Table &flight = metadata.addTable({"", "flight"});
    flight.addColumn("id", orm::Integer()).primaryKey = true;
    flight.primaryKey.columns = {"id"};
    flight.addColumn("city", orm::Integer());
    flight.addColumn("target_id", orm::Integer());
    for (const char *column : {"city", "target_id"}) {
        orm::ForeignKey key;
        key.columns = {column};
        key.target = {"", "city"};
        flight.foreignKeys.push_back(key);
    }
    orm::Table &log = metadata.addTable({"", "log"});
    log.addColumn("text", orm::Text());
    return metadata;
}

} // namespace

/// What a mapping makes of tables and classes, before any session.
class RegistryTest : public QObject {
    Q_OBJECT

private slots:
    void columnsFollowTheirMembersAndOptions();
    void relationshipsFindTheirForeignKey();
    void theOtherSideMaySayWhichForeignKey();
    void anAmbiguousForeignKeyIsRefused();
    void aRelationshipWithoutForeignKeyIsRefused();
    void aTargetThatIsNotMappedIsRefused();
    void aClassIsMappedOnce();
    void mappersAreOrderedByTheirForeignKeys();
    void reflectedRelationshipsAreNamedAfterTables();
    void tablesWithoutKeyAreReadOnly();
    void membersGiveTheirNames();
    void aSingleIntegerKeyIsMadeByTheDatabase();
    void wideTablesHaveColumnSetsToo();
};

void RegistryTest::columnsFollowTheirMembersAndOptions()
{
    orm::Registry registry;
    mapPlayer(registry);
    mapTeam(registry);
    const orm::Table &table = registry.metadata()["players"];
    QVERIFY(!table.column("name").nullable);
    QVERIFY(table.column("number").nullable);
    QVERIFY(table.column("number").type.kind == orm::TypeKind::Integer);
    QVERIFY(table.column("team_id").type.kind == orm::TypeKind::BigInteger);
    QCOMPARE(table.column("name").type.length.value_or(0), 30);
    QCOMPARE(table.primaryKey.columns, std::vector<std::string>{"id"});
    QCOMPARE(table.uniques.size(), std::size_t{1});
    QCOMPARE(table.indexes.size(), std::size_t{1});
    QCOMPARE(table.foreignKeys.size(), std::size_t{2});
    QVERIFY(table.foreignKeys[0].onDelete == orm::ReferentialAction::Cascade);
}

void RegistryTest::relationshipsFindTheirForeignKey()
{
    orm::Registry registry;
    mapPlayer(registry);
    mapTeam(registry);
    registry.configure();
    const orm::Relationship &team = registry.mapper<Player>().relationship("team");
    QVERIFY(team.kind == orm::RelationKind::Parent);
    QCOMPARE(team.target, &registry.mapper<Team>());
    QVERIFY(team.reference->targetsKey);
    QVERIFY(!team.reference->nullable);
    QVERIFY(registry.mapper<Team>().relationship("players").kind == orm::RelationKind::Children);
}

void RegistryTest::theOtherSideMaySayWhichForeignKey()
{
    orm::Registry registry;
    mapPlayer(registry);
    mapTeam(registry); // names no columns itself, but its other side does
    registry.configure();
    const orm::Relationship &players = registry.mapper<Team>().relationship("players");
    QCOMPARE(players.reference, registry.mapper<Player>().relationship("team").reference);
}

void RegistryTest::anAmbiguousForeignKeyIsRefused()
{
    orm::Registry registry;
    mapPlayer(registry);
    registry.map<Team>("teams").column<&Team::id>("id", orm::primaryKey).many<&Team::players>();
    const std::string why = refusal([&] { registry.configure(); });
    QVERIFY2(why.find("foreignKey()") != std::string::npos, why.c_str());
}

void RegistryTest::aRelationshipWithoutForeignKeyIsRefused()
{
    orm::Registry registry;
    mapPlayer(registry);
    mapTeam(registry);
    registry.map<Stray>("strays").column<&Stray::id>("id", orm::primaryKey).many<&Stray::players>();
    const std::string why = refusal([&] { registry.configure(); });
    QVERIFY2(why.find("no foreign key") != std::string::npos, why.c_str());
}

void RegistryTest::aTargetThatIsNotMappedIsRefused()
{
    orm::Registry registry;
    mapTeam(registry);
    const std::string why = refusal([&] { registry.configure(); });
    QVERIFY2(why.find("not mapped") != std::string::npos, why.c_str());
}

void RegistryTest::aClassIsMappedOnce()
{
    orm::Registry registry;
    registry.map<Stray>("strays");
    QVERIFY(!refusal([&] { registry.map<Stray>("others"); }).empty());
    QVERIFY(!refusal([&] { registry.map<Team>("strays"); }).empty());
}

void RegistryTest::mappersAreOrderedByTheirForeignKeys()
{
    orm::Registry registry;
    mapPlayer(registry); // refers to what comes later
    mapTeam(registry);
    registry.configure();
    QVERIFY(registry.mapper<Team>().flushOrder() < registry.mapper<Player>().flushOrder());
    QVERIFY(!registry.mapper<Player>().inCycle());
}

void RegistryTest::reflectedRelationshipsAreNamedAfterTables()
{
    const orm::Registry registry = orm::Registry::reflected(schema());
    registry.configure();
    const orm::Mapper &flight = registry.mapper("flight");
    QVERIFY(flight.findRelationship("city_city")); // a column is called city, and there are two ways
    QVERIFY(flight.findRelationship("city_target_id"));
    const orm::Mapper &city = registry.mapper("city");
    QVERIFY(city.findRelationship("flight_city"));
    QVERIFY(city.findRelationship("flight_target_id")->passiveDeletes == orm::PassiveDeletes::All);
}

void RegistryTest::tablesWithoutKeyAreReadOnly()
{
    const orm::Registry registry = orm::Registry::reflected(schema());
    registry.configure();
    QVERIFY(registry.mapper("log").isReadOnly());
    QVERIFY(!registry.mapper("city").isReadOnly());
}

void RegistryTest::membersGiveTheirNames()
{
    QCOMPARE(orm::detail::memberName<&Player::team>(), std::string("team"));
    QCOMPARE(orm::detail::memberName<&Team::players>(), std::string("players"));
}

void RegistryTest::aSingleIntegerKeyIsMadeByTheDatabase()
{
    orm::Registry registry;
    mapPlayer(registry);
    mapTeam(registry);
    QVERIFY(registry.metadata()["teams"].column("id").identity == orm::IdentityKind::ByDefault); // before any session
    registry.configure();
    QVERIFY(registry.mapper<Team>().columns()[0].generatedKey);
    QVERIFY(registry.metadata()["players"].column("team_id").identity == orm::IdentityKind::None);
}

void RegistryTest::wideTablesHaveColumnSetsToo()
{
    orm::ColumnSet set;
    QVERIFY(set.empty());
    for (const std::size_t column : {3, 64, 200})
        set.insert(column);
    std::vector<std::size_t> seen;
    set.forEach([&](std::size_t column) { seen.push_back(column); });
    QCOMPARE(seen, (std::vector<std::size_t>{3, 64, 200}));
    orm::ColumnSet same = set;
    same.insert(300);
    QVERIFY(same != set);
    same.erase(300);
    QVERIFY(same == set); // as if it had never been there
    QVERIFY(!set.contains(199));
}

QTEST_APPLESS_MAIN(RegistryTest)
#include "tst_registry.moc"
