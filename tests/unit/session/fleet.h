#pragma once

#include "tests/unit/session/shop.h"

/// Classes for the tests of loading: sites with keys of two columns, their machines, and what those have.
struct Machine;
struct Part;
struct Plate;
struct Site {
    std::string country{};
    std::int64_t number{};
    std::string name{};
    orm::Many<Machine> machines{};
};
struct Machine {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> country{};
    std::optional<std::int64_t> number{};
    orm::One<Site> site{};
    orm::Many<Part> parts{};
    orm::One<Plate> plate{};
};
struct Part {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> machineId{};
    orm::One<Machine> machine{};
};
struct Plate {
    std::int64_t id{};
    std::string text{};
    std::optional<std::int64_t> machineId{};
    orm::One<Machine> machine{};
};

/// How the relationships are mapped.
struct FleetLoading {
    orm::Loading machines = orm::Loading::Select;
    orm::Loading site = orm::Loading::Select;
    orm::Loading parts = orm::Loading::Select;
    orm::Loading plate = orm::Loading::Select;
};

inline orm::Registry fleetClasses(const FleetLoading &loading)
{
    orm::Registry registry;
    registry.map<Site>("sites")
        .column<&Site::country>("country", orm::String(2), orm::primaryKey)
        .column<&Site::number>("number", orm::primaryKey)
        .column<&Site::name>("name", orm::String(50))
        .many<&Site::machines>(orm::backPopulates<&Machine::site>, orm::orderedBy("name"), orm::lazy(loading.machines));
    registry.map<Machine>("machines")
        .column<&Machine::id>("id", orm::primaryKey)
        .column<&Machine::name>("name", orm::String(50))
        .column<&Machine::country>("country", orm::String(2))
        .column<&Machine::number>("number")
        .references({"country", "number"}, "sites", {"country", "number"})
        .one<&Machine::site>(orm::backPopulates<&Site::machines>, orm::lazy(loading.site))
        .many<&Machine::parts>(orm::backPopulates<&Part::machine>, orm::lazy(loading.parts))
        .one<&Machine::plate>(orm::backPopulates<&Plate::machine>, orm::lazy(loading.plate));
    registry.map<Part>("parts")
        .column<&Part::id>("id", orm::primaryKey)
        .column<&Part::name>("name", orm::String(50))
        .column<&Part::machineId>("machine_id", orm::references("machines.id"))
        .one<&Part::machine>(orm::backPopulates<&Machine::parts>);
    registry.map<Plate>("plates")
        .column<&Plate::id>("id", orm::primaryKey)
        .column<&Plate::text>("text", orm::String(50))
        .column<&Plate::machineId>("machine_id", orm::references("machines.id"), orm::unique)
        .one<&Plate::machine>(orm::backPopulates<&Machine::plate>);
    return registry;
}

inline orm::Registry fleetRecords(orm::Engine &engine, const FleetLoading &loading)
{
    orm::Connection connection = engine.connect();
    orm::Registry registry = orm::Registry::reflected(orm::reflect(connection));
    registry.record("sites").many("machines", "machines", orm::orderedBy("name"), orm::lazy(loading.machines));
    registry.record("machines")
        .one("site", "sites", orm::lazy(loading.site))
        .many("parts", "parts", orm::lazy(loading.parts))
        .one("plate", "plates", orm::lazy(loading.plate));
    registry.record("parts").one("machine", "machines");
    registry.record("plates").one("machine", "machines");
    return registry;
}

/// Two sites, two machines at each and one at none, with two parts each; machines 1, 3 and 5 have a plate.
class Fleet {
public:
    explicit Fleet(Shape shape, const FleetLoading &loading = {}, orm::SessionOptions options = {})
    {
        orm::EngineOptions engineOptions;
        engineOptions.log = [this](const orm::StatementLog &entry) { log.push_back(entry); };
        engine = orm::createEngine("sqlite://", engineOptions);
        registry = fleetClasses(loading);
        registry.configure();
        orm::createAll(*engine, registry.metadata());
        fill();
        if (shape == Shape::Records)
            registry = fleetRecords(*engine, loading);
        session = std::make_unique<orm::Session>(*engine, registry, options);
        log.clear();
    }

    [[nodiscard]] const orm::Table &table(const char *name) const { return registry.metadata()[name]; }
    [[nodiscard]] orm::Select select(const char *name) const
    {
        orm::Select query(table(name));
        query.orderBy({table(name).column(std::string(name) == "sites" ? "country" : "id")});
        return query;
    }
    [[nodiscard]] int selects() const
    {
        return static_cast<int>(std::count_if(
            log.begin(), log.end(), [](const orm::StatementLog &entry) { return entry.sql.rfind("SELECT", 0) == 0; }));
    }
    void execute(const std::string &sql) { session->connection().execute(sql); }

    std::vector<orm::StatementLog> log;
    std::unique_ptr<orm::Engine> engine;
    orm::Registry registry;
    std::unique_ptr<orm::Session> session;

private:
    void fill()
    {
        orm::Connection connection = engine->connect();
        connection.execute("INSERT INTO sites VALUES ('BR', 1, 'Recife'), ('PT', 1, 'Porto')");
        connection.execute("INSERT INTO machines VALUES (1, 'b', 'BR', 1), (2, 'a', 'BR', 1), (3, 'd', 'PT', 1), "
                           "(4, 'c', 'PT', 1), (5, 'e', NULL, NULL)");
        for (int machine = 1; machine <= 5; ++machine)
            for (const char *name : {"x", "y"})
                connection.execute("INSERT INTO parts (name, machine_id) VALUES (:name, :machine)",
                                   {{"name", orm::Value(name)}, {"machine", orm::Value(machine)}});
        connection.execute("INSERT INTO plates VALUES (1, 'p1', 1), (2, 'p3', 3), (3, 'p5', 5)");
        connection.commit();
    }
};

/// "b(x y) a(x y)": the objects' names, with those of the collections below.
inline std::string told(const std::vector<orm::Record> &records, const std::vector<std::string> &path,
                        std::size_t depth = 0)
{
    std::string text;
    for (const orm::Record &record : records) {
        text += (text.empty() ? "" : " ") + record.get("name").toString();
        if (depth < path.size())
            text += "(" + told(record.collection(path[depth]), path, depth + 1) + ")";
    }
    return text;
}
