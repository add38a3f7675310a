#pragma once

#include "tests/unit/session/world.h"

/// Teams with players (1:N), sponsors (N:N) and shirts whose keys begin with the team's: the classes of the tests of
/// collections and cascades. What each relationship is told beside where it leads, a test says itself.
struct Team;
struct Player {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> teamId{};
    orm::One<Team> team{};
};
struct Sponsor {
    std::int64_t id{};
    std::string name{};
};
struct Shirt {
    std::int64_t teamId{};
    std::int64_t number{};
    orm::One<Team> team{};
};
struct Team {
    std::int64_t id{};
    std::string name{};
    orm::Many<Player> players{};
    orm::Many<Sponsor> sponsors{};
    orm::Many<Shirt> shirts{};
};

/// An option of a relationship that stands for several.
struct Side {
    orm::Cascade cascade = orm::Cascade::SaveUpdate | orm::Cascade::Merge;
    orm::PassiveDeletes passiveDeletes = orm::PassiveDeletes::None;
    bool singleParent = false;
    orm::CollectionKind collection = orm::CollectionKind::List;
    std::string key{};
    std::vector<std::string> order{};
};
inline void applyOption(orm::RelationSpec &spec, const Side &side)
{
    spec.cascade = side.cascade;
    spec.passiveDeletes = side.passiveDeletes;
    spec.singleParent = side.singleParent;
    spec.collection = side.collection;
    spec.keyColumn = side.key;
    spec.orderBy = side.order;
}

struct Rules {
    Side players{};
    Side team{}; ///< of a player
    Side sponsors{};
    Side shirts{};
    orm::ReferentialAction onDelete = orm::ReferentialAction::NoAction; ///< of a player's team
};

inline orm::Registry clubClasses(const Rules &rules)
{
    orm::Registry registry;
    registry.map<Team>("teams")
        .column<&Team::id>("id", orm::primaryKey)
        .column<&Team::name>("name", orm::String(50))
        .many<&Team::players>(orm::backPopulates<&Player::team>, rules.players)
        .many<&Team::sponsors>(
            orm::secondary("team_sponsor", orm::foreignKey("team_id"), orm::foreignKey("sponsor_id")), rules.sponsors)
        .many<&Team::shirts>(orm::backPopulates<&Shirt::team>, rules.shirts);
    registry.map<Player>("players")
        .column<&Player::id>("id", orm::primaryKey)
        .column<&Player::name>("name", orm::String(50))
        .column<&Player::teamId>("team_id", orm::references("teams.id", rules.onDelete))
        .one<&Player::team>(orm::backPopulates<&Team::players>, rules.team);
    registry.map<Sponsor>("sponsors")
        .column<&Sponsor::id>("id", orm::primaryKey)
        .column<&Sponsor::name>("name", orm::String(50));
    registry.map<Shirt>("shirts")
        .column<&Shirt::teamId>("team_id", orm::primaryKey, orm::references("teams.id"))
        .column<&Shirt::number>("number", orm::primaryKey)
        .one<&Shirt::team>(orm::backPopulates<&Team::shirts>);
    return registry;
}

inline void clubRecords(const Rules &rules, orm::Registry &registry)
{
    registry.record("teams")
        .many("players", "players", rules.players)
        .many("sponsors", "sponsors", orm::secondary("team_sponsor"), rules.sponsors)
        .many("shirts", "shirts", rules.shirts);
    registry.record("players").one("team", "teams", rules.team);
    registry.record("shirts").one("team", "teams");
}

class Club : public World {
public:
    /// describe: what else the registry in use is told
    explicit Club(
        Shape shape, const Rules &rules = {}, orm::SessionOptions options = {},
        const std::function<void(orm::Registry &)> &describe = [](orm::Registry &) {})
        : World(
              shape,
              [&] {
                  orm::Registry classes = clubClasses(rules);
                  if (shape == Shape::Classes)
                      describe(classes);
                  return classes;
              },
              [&](orm::Registry &tables) {
                  clubRecords(rules, tables);
                  describe(tables);
              },
              options)
    {
    }
    orm::Record team(const char *name) { return add("teams", {{"name", name}}); }
    orm::Record player(const std::string &name) { return add("players", {{"name", name}}); }
    orm::Record sponsor(const std::string &name) { return add("sponsors", {{"name", name}}); }
    /// An object that is in no session (yet).
    orm::Record outside(const char *table, const char *name)
    {
        const orm::Record made = add(table, {{"name", name}});
        session->expunge(made);
        return made;
    }
    /// A committed team with these players, and nothing of it in memory but the team.
    orm::Record teamWith(const std::vector<std::string> &names)
    {
        const orm::Record made = team("Academica");
        for (const std::string &name : names)
            made.addTo("players", player(name));
        session->commit();
        (void)made.get("name");
        recorder.clear();
        return made;
    }
    /// The name of each, in the order of the collection.
    static std::string names(const orm::Record &owner, const char *relationship = "players")
    {
        std::string all;
        for (const orm::Record &item : owner.collection(relationship))
            all += (all.empty() ? "" : " ") + item.get("name").toString();
        return all;
    }
    static orm::Record named(const orm::Record &owner, const std::string &name, const char *relationship = "players")
    {
        for (const orm::Record &item : owner.collection(relationship))
            if (item.get("name") == orm::Value(name))
                return item;
        return {};
    }
    /// "Ana 1, Rui NULL": as the database has them.
    std::string storedPlayers()
    {
        const orm::Value all = stored("SELECT group_concat(name || ' ' || coalesce(team_id, 'NULL'), ', ') FROM "
                                      "(SELECT name, team_id FROM players ORDER BY id)");
        return all.isNull() ? std::string() : all.toString();
    }
};
