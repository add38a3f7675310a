#include "ormcore/mapping/object_graph.h"
#include "tests/unit/mapping/people.h"

#include <algorithm>

namespace {

std::vector<std::string> names(const orm::Mapper &mapper)
{
    std::vector<std::string> found;
    for (const orm::MappedColumn &mapped : mapper.columns())
        found.push_back(mapped.column->table->name().name + "." + mapped.column->name);
    return found;
}

orm::Table &addTable(orm::MetaData &metadata, const std::string &name, std::initializer_list<const char *> columns)
{
    orm::Table &table = metadata.addTable({"", name});
    table.addColumn("id", orm::Integer()).primaryKey = true;
    table.primaryKey.columns = {"id"};
    for (const char *column : columns)
        table.addColumn(column, orm::String(50));
    return table;
}

void addKey(orm::Table &table, const char *column, const char *target)
{
    orm::ForeignKey key;
    key.columns = {column};
    key.target = {"", target};
    table.foreignKeys.push_back(key);
}

/// The same as records: people, employees joined to it, customers among the people.
orm::MetaData recordTables()
{
    orm::MetaData metadata;
    addTable(metadata, "companies", {});
    addKey(addTable(metadata, "people", {"name", "type", "credit", "company_id"}), "company_id", "companies");
    addKey(addTable(metadata, "employees", {"salary", "name"}), "id", "people");
    orm::Table &badges = addTable(metadata, "badges", {});
    badges.addColumn("employee_id", orm::Integer());
    addKey(badges, "employee_id", "employees");
    return metadata;
}

orm::Registry records()
{
    orm::Registry registry = orm::Registry::reflected(recordTables());
    registry.record("people").polymorphicOn("type", polymorphicIdentity("person"));
    registry.record("employees").inherits("people", polymorphicIdentity("employee"));
    registry.recordClass("customer").inherits("people", polymorphicIdentity("customer"), orm::ownColumns("credit"));
    registry.configure();
    return registry;
}

} // namespace

/// What a mapping makes of classes that inherit from each other.
class InheritanceTest : public QObject {
    Q_OBJECT

private slots:
    void aSubclassHasItsBasesColumnsFirst();
    void aBaseLacksItsSubclassesColumns();
    void recordsOfASubclassHaveTheirBasesColumnsFirst();
    void classesThatShareRowsShareKeys();
    void aJoinedTableRefersToItsBases();
    void theJoinKeyMayHaveAnotherName();
    void columnsOfSingleTableSubclassesCanBeNull();
    void eachTableKnowsItsColumns();
    void joiningForeignKeysAreNoRelationships();
    void relationshipsAreInherited();
    void bothClassesKnowWhoLooksAtAForeignKey();
    void recordsInheritRelationshipsOnce();
    void recordsLayOutWhatTheyInheritAsTheirBaseDoes();
    void newObjectsSayTheirClass();
    void aHierarchyIsOneStepOfAFlush();
    void aHierarchyThatRefersToItselfIsACycle();
    void aConcreteClassHasItsOwnRows();
    void aConcreteClassKeepsWhatItMapsAnew();
    void columnsOfSeveralTablesAreToldApart();
};

void InheritanceTest::aSubclassHasItsBasesColumnsFirst()
{
    const orm::Registry registry = mixed();
    const std::vector<std::string> people{"people.id", "people.name", "people.type", "people.company_id"};
    std::vector<std::string> expected = people;
    QCOMPARE(names(registry.mapper<Person>()), people);
    expected.push_back("employees.salary");
    QCOMPARE(names(registry.mapper<Employee>()), expected);
    expected.push_back("employees.bonus");
    QCOMPARE(names(registry.mapper<Manager>()), expected);
    QCOMPARE(names(registry.mapper<Customer>()).back(), std::string("people.credit"));
    QCOMPARE(registry.mapper<Manager>().name(), std::string("Manager"));
}

void InheritanceTest::aBaseLacksItsSubclassesColumns()
{
    const orm::Registry registry = mixed();
    QVERIFY(!registry.mapper<Person>().find("credit"));
    QVERIFY(!registry.mapper<Employee>().find("bonus"));
    QVERIFY(!registry.mapper<Employee>().find("credit"));
}

void InheritanceTest::recordsOfASubclassHaveTheirBasesColumnsFirst()
{
    const orm::Registry registry = records();
    const std::vector<std::string> people{"people.id", "people.name", "people.type", "people.company_id"};
    QCOMPARE(names(registry.mapper("people")), people);
    std::vector<std::string> expected = people;
    expected.insert(expected.end(), {"employees.salary", "employees.name"});
    QCOMPARE(names(registry.mapper("employees")), expected);
    QCOMPARE(names(registry.mapper("customer")).back(), std::string("people.credit"));
    QVERIFY(&registry.mapper("customer").table() == &registry.mapper("people").table());
}

void InheritanceTest::classesThatShareRowsShareKeys()
{
    const orm::Registry registry = mixed();
    const orm::Mapper &person = registry.mapper<Person>();
    const orm::Mapper &manager = registry.mapper<Manager>();
    QVERIFY(&manager.root() == &person);
    QCOMPARE(manager.identityIndex(), person.identityIndex());
    QCOMPARE(manager.keys(), person.keys());
    QVERIFY(manager.hasIntegerKey());
    QVERIFY(manager.isKindOf(person) && manager.isKindOf(registry.mapper<Employee>()) && manager.isKindOf(manager));
    QVERIFY(!person.isKindOf(manager) && !manager.isKindOf(registry.mapper<Customer>()));
    QCOMPARE(person.hierarchy().subclasses.size(), std::size_t{3});
    QVERIFY(!registry.mapper<Company>().isPolymorphic() && manager.isPolymorphic());
}

void InheritanceTest::aJoinedTableRefersToItsBases()
{
    const orm::Registry registry = mixed();
    const orm::Table &table = registry.mapper<Employee>().table();
    QCOMPARE(table.columns().front()->name, std::string("id"));
    QVERIFY(table.columns().front()->type == registry.mapper<Person>().table().column("id").type);
    QCOMPARE(table.primaryKey.columns, std::vector<std::string>{"id"});
    QVERIFY(table.column("id").identity == orm::IdentityKind::None);
    QCOMPARE(table.foreignKeys.size(), std::size_t{1});
    QCOMPARE(table.foreignKeys[0].target.name, std::string("people"));
}

void InheritanceTest::theJoinKeyMayHaveAnotherName()
{
    orm::Registry registry;
    mapPerson(registry);
    registry.map<Employee>("employees")
        .inherits<Person>(orm::joinedBy("person_id"), polymorphicIdentity("employee"))
        .references({"person_id"}, "people", {}, orm::ReferentialAction::Cascade);
    const orm::Table &table = registry.metadata()["employees"];
    QCOMPARE(table.primaryKey.columns, std::vector<std::string>{"person_id"});
    QCOMPARE(table.foreignKeys.size(), std::size_t{1});
    QVERIFY(table.foreignKeys[0].onDelete == orm::ReferentialAction::Cascade);
}

void InheritanceTest::columnsOfSingleTableSubclassesCanBeNull()
{
    orm::Registry registry;
    struct Loud : Person {
        std::int32_t volume{};
        std::int32_t pitch{};
    };
    mapPerson(registry);
    registry.map<Loud>()
        .inherits<Person>(polymorphicIdentity("loud"))
        .column<&Loud::volume>("volume")
        .column<&Loud::pitch>("pitch", orm::notNull, orm::serverDefault("1"));
    QVERIFY(registry.metadata()["people"].column("volume").nullable);
    QVERIFY(!registry.metadata()["people"].column("pitch").nullable);
}

void InheritanceTest::eachTableKnowsItsColumns()
{
    const orm::Registry registry = mixed();
    const auto &tables = registry.mapper<Manager>().hierarchy().tables;
    QCOMPARE(tables.size(), std::size_t{2});
    QCOMPARE(tables[0].table->name().name, std::string("people"));
    QVERIFY(tables[0].mapper == &registry.mapper<Person>());
    QVERIFY(tables[1].mapper == &registry.mapper<Manager>());
    QVERIFY(tables[0].columns.contains(3) && !tables[0].columns.contains(4));
    QVERIFY(tables[1].columns.contains(4) && tables[1].columns.contains(5) && !tables[1].columns.contains(0));
    QCOMPARE(tables[1].keys.front()->table->name().name, std::string("employees"));
    QVERIFY(registry.mapper<Person>().hierarchy().tables.front().mapper == &registry.mapper<Person>());
}

void InheritanceTest::joiningForeignKeysAreNoRelationships()
{
    const orm::Registry registry = records();
    const orm::Mapper &employees = registry.mapper("employees");
    QCOMPARE(employees.references().size(), std::size_t{1});
    QVERIFY(!employees.findRelationship("people"));
    QVERIFY(!registry.mapper("people").findRelationship("employees"));
    const orm::Reference &toEmployees = registry.mapper("badges").references().front();
    QVERIFY(toEmployees.target == &employees);
    QVERIFY(toEmployees.targetsKey);
}

void InheritanceTest::relationshipsAreInherited()
{
    const orm::Registry registry = mixed();
    const orm::Mapper &person = registry.mapper<Person>();
    const orm::Mapper &manager = registry.mapper<Manager>();
    QCOMPARE(manager.relationships().size(), std::size_t{2});
    const orm::Relationship &company = manager.relationship("company");
    QCOMPARE(company.index, person.relationship("company").index);
    QCOMPARE(company.offset, person.relationship("company").offset);
    QVERIFY(company.owner == &manager);
    QVERIFY(company.reference == &manager.references()[company.reference->index]);
    QVERIFY(manager.findRelationship("badges") && !person.findRelationship("badges"));
    QVERIFY(registry.mapper<Company>().relationship("employees").target == &registry.mapper<Employee>());
}

void InheritanceTest::bothClassesKnowWhoLooksAtAForeignKey()
{
    const orm::Registry registry = mixed();
    QCOMPARE(registry.mapper<Person>().references().front().targetMembers.size(), std::size_t{1});
    QCOMPARE(registry.mapper<Customer>().references().front().targetMembers.size(), std::size_t{1});
    QCOMPARE(registry.mapper<Employee>().references().front().targetMembers.size(), std::size_t{2});
    QCOMPARE(registry.mapper<Manager>().references().front().targetMembers.size(), std::size_t{2});
    QCOMPARE(registry.mapper<Manager>().references().front().relationships, std::vector<int>{0});
    QVERIFY(registry.mapper<Manager>().columns()[3].inReference);
}

void InheritanceTest::recordsInheritRelationshipsOnce()
{
    const orm::Registry registry = records();
    const orm::Mapper &employees = registry.mapper("employees");
    QCOMPARE(employees.relationships().size(), std::size_t{2}); // companies, badges
    QVERIFY(employees.findRelationship("companies") && employees.findRelationship("badges"));
    QCOMPARE(registry.mapper("customer").relationships().size(), std::size_t{1});
    QCOMPARE(registry.mapper("companies").relationships().size(), std::size_t{1});
}

void InheritanceTest::recordsLayOutWhatTheyInheritAsTheirBaseDoes()
{
    const orm::Registry registry = records();
    const orm::Mapper &people = registry.mapper("people");
    const orm::Mapper &employees = registry.mapper("employees");
    for (std::size_t i = 0; i < people.columns().size(); ++i)
        QCOMPARE(employees.columns()[i].offset, people.columns()[i].offset);
    QCOMPARE(employees.relationships()[0].offset, people.relationships()[0].offset);
    QVERIFY(employees.columns()[4].offset >= people.payloadSize());
    QVERIFY(employees.relationships()[1].offset > employees.columns()[5].offset);
}

void InheritanceTest::newObjectsSayTheirClass()
{
    const orm::Registry classes = mixed();
    const orm::Registry tables = records();
    auto *region = new orm::Region;
    orm::State &manager = region->create(classes.mapper<Manager>());
    QCOMPARE(static_cast<Manager *>(manager.payload())->type, std::string("manager"));
    region->close();
    region = new orm::Region;
    for (const char *name : {"people", "employees", "customer"}) {
        orm::State &record = region->create(tables.mapper(name));
        const std::string type = columnValue(record, tables.mapper(name).position("type")).toString();
        QCOMPARE(type, std::string(name == std::string("people")      ? "person"
                                   : name == std::string("employees") ? "employee"
                                                                      : "customer"));
    }
    region->close();
}

void InheritanceTest::aHierarchyIsOneStepOfAFlush()
{
    const orm::Registry registry = mixed();
    const orm::Mapper &person = registry.mapper<Person>();
    QCOMPARE(registry.mapper<Manager>().cycle(), person.cycle());
    QVERIFY(!registry.mapper<Manager>().inCycle());
    QVERIFY(registry.mapper<Company>().flushOrder() < person.flushOrder());
    QVERIFY(person.flushOrder() < registry.mapper<Employee>().flushOrder());
    QVERIFY(registry.mapper<Customer>().flushOrder() < registry.mapper<Badge>().flushOrder());
}

void InheritanceTest::aHierarchyThatRefersToItselfIsACycle()
{
    struct Boss : Person {
        std::optional<std::int64_t> deputyId{};
    };
    orm::Registry registry;
    mapPerson(registry);
    registry.map<Boss>("bosses")
        .inherits<Person>(polymorphicIdentity("boss"))
        .column<&Boss::deputyId>("deputy_id", orm::references("people.id"));
    registry.map<Company>("companies").column<&Company::id>("id", orm::primaryKey);
    registry.configure();
    QVERIFY(registry.mapper<Boss>().inCycle());
    QVERIFY(registry.mapper<Person>().inCycle());
    QCOMPARE(registry.mapper<Boss>().references().size(), std::size_t{2});
}

void InheritanceTest::aConcreteClassHasItsOwnRows()
{
    orm::Registry registry;
    mapPerson(registry);
    registry.map<Employee>("employees").inherits<Person>(orm::concrete).column<&Employee::salary>("salary");
    mapOthers(registry);
    QCOMPARE(registry.metadata()["employees"].foreignKeys.size(), std::size_t{1}); // the companies'
    registry.configure();
    const orm::Mapper &employee = registry.mapper<Employee>();
    const std::vector<std::string> expected{"employees.id", "employees.name", "employees.type", "employees.company_id",
                                            "employees.salary"};
    QCOMPARE(names(employee), expected);
    QVERIFY(&employee.root() == &employee);
    QVERIFY(!employee.isKindOf(registry.mapper<Person>()));
    QVERIFY(employee.columns()[0].generatedKey);
    QVERIFY(registry.mapper<Person>().hierarchy().subclasses.empty());
    QCOMPARE(registry.mapper<Person>().hierarchy().concretes.size(), std::size_t{1});
    QVERIFY(!employee.isPolymorphic());
}

void InheritanceTest::aConcreteClassKeepsWhatItMapsAnew()
{
    orm::Registry registry;
    mapPerson(registry);
    registry.map<Employee>("employees")
        .inherits<Person>(orm::concrete)
        .column<&Employee::salary>("salary")
        .column<&Employee::name>("full_name", orm::String(80))
        .column<&Employee::id>("nr", orm::primaryKey);
    const orm::Table &table = registry.metadata()["employees"];
    QVERIFY(!table.find("name") && !table.find("id"));
    QCOMPARE(table.primaryKey.columns, std::vector<std::string>{"nr"});
    registry.map<Company>("companies").column<&Company::id>("id", orm::primaryKey).many<&Company::people>();
    registry.configure();
    QCOMPARE(registry.mapper<Employee>().columns()[0].column->name, std::string("nr"));
    QCOMPARE(registry.mapper<Employee>().columns()[1].column->name, std::string("full_name"));
}

void InheritanceTest::columnsOfSeveralTablesAreToldApart()
{
    const orm::Registry registry = records();
    const orm::Mapper &employees = registry.mapper("employees");
    QCOMPARE(employees.position("name"), std::uint16_t{1});
    QCOMPARE(employees.position("employees.name"), std::uint16_t{5});
    QCOMPARE(employees.position("employees.id"), std::uint16_t{0});
    QCOMPARE(employees.position("Salary"), std::uint16_t{4});
}

QTEST_APPLESS_MAIN(InheritanceTest)
#include "tst_inheritance.moc"
