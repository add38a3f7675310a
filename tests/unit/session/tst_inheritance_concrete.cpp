#include "tests/unit/session/world.h"

using orm::Record;
using orm::Value;

namespace {

struct Owner;
struct Animal {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> ownerId{};
    orm::One<Owner> owner{};
};
struct Dog : Animal {
    std::optional<std::int32_t> tricks{};
};
struct Cat : Animal {
    std::optional<std::int32_t> lives{};
};
struct Owner {
    std::int64_t id{};
    std::string name{};
    orm::Many<Animal> animals{};
};

orm::Registry zoo()
{
    orm::Registry registry;
    registry.map<Animal>("animals")
        .column<&Animal::id>("id", orm::primaryKey)
        .column<&Animal::name>("name", orm::String(50))
        .column<&Animal::ownerId>("owner_id", orm::references("owners.id"))
        .one<&Animal::owner>(orm::backPopulates<&Owner::animals>)
        .validate<&Animal::name>([](std::string name) {
            if (name == "nameless")
                throw orm::Validation("a name is needed");
            return name;
        });
    registry.map<Dog>("dogs").inherits<Animal>(orm::concrete).column<&Dog::tricks>("tricks").one<&Dog::owner>();
    registry.map<Cat>("cats").inherits<Animal>(orm::concrete).column<&Cat::lives>("lives");
    registry.map<Owner>("owners")
        .column<&Owner::id>("id", orm::primaryKey)
        .column<&Owner::name>("name", orm::String(50))
        .many<&Owner::animals>(orm::backPopulates<&Animal::owner>);
    return registry;
}

void zooRecords(orm::Registry &registry)
{
    registry.record("animals").one("owner", "owners").validate("name", [](const Value &name) {
        if (name == Value("nameless"))
            throw orm::Validation("a name is needed");
        return name;
    });
    registry.record("dogs").inherits("animals", orm::concrete).one("owner", "owners");
    registry.record("cats").inherits("animals", orm::concrete);
    registry.record("owners").many("animals", "animals");
}

struct Zoo : World {
    explicit Zoo(Shape shape) : World(shape, zoo, zooRecords)
    {
        const Record owner = add("owners", {{"name", "Ana"}});
        add("animals", {{"name", "a"}}).setRelated("owner", owner);
        add("dogs", {{"name", "d"}, {"tricks", 2}}).setRelated("owner", owner);
        (void)add("cats", {{"name", "c"}, {"lives", 7}});
        (void)add("cats", {{"name", "b"}, {"lives", 9}});
        session->commit();
        session->sweep();
        recorder.clear();
    }
    [[nodiscard]] orm::Expression column(const char *of, const char *name) const { return table(of).column(name); }
    [[nodiscard]] std::vector<Record> all(const orm::Select &query, std::vector<std::string> classes)
    {
        orm::QueryOptions options;
        options.withPolymorphic = std::move(classes);
        return session->all(query, options);
    }
};

std::string shown(const std::vector<Record> &records)
{
    std::string text;
    for (const Record &record : records)
        text += (text.empty() ? "" : " ") + record.table().name().name + ":" + record.get("name").toString();
    return text;
}

} // namespace

/// Classes that inherit columns, but whose rows are their own.
class InheritanceConcrete : public QObject {
    Q_OBJECT

private slots:
    void eachTableHasItsOwnRows_data() { bothShapes(); }
    void eachTableHasItsOwnRows();
    void theSameKeyIsAnotherObject_data() { bothShapes(); }
    void theSameKeyIsAnotherObject();
    void anUnionFindsObjectsOfAllClasses_data() { bothShapes(); }
    void anUnionFindsObjectsOfAllClasses();
    void anUnionMayNameSomeClasses_data() { bothShapes(); }
    void anUnionMayNameSomeClasses();
    void conditionsOfAnUnionMayNameEachTable_data() { bothShapes(); }
    void conditionsOfAnUnionMayNameEachTable();
    void objectsOfAnUnionAreThoseInMemory_data() { bothShapes(); }
    void objectsOfAnUnionAreThoseInMemory();
    void relationshipsComeForTheClassesThatHaveThem_data() { bothShapes(); }
    void relationshipsComeForTheClassesThatHaveThem();
    void anUnionWithOtherTablesIsRefused_data() { bothShapes(); }
    void anUnionWithOtherTablesIsRefused();
    void aValidatorOfTheBaseIsAsked_data() { bothShapes(); }
    void aValidatorOfTheBaseIsAsked();
    void changesGoToTheOwnTable_data() { bothShapes(); }
    void changesGoToTheOwnTable();
    void membersOfTheBaseAreThoseOfTheQueriedClass();
};

void InheritanceConcrete::eachTableHasItsOwnRows()
{
    QFETCH(Shape, shape);
    Zoo zoo(shape);
    QCOMPARE(shown(zoo.session->all(orm::select(zoo.table("animals")))), std::string("animals:a"));
    QCOMPARE(shown(zoo.session->all(orm::select(zoo.table("dogs")))), std::string("dogs:d"));
    VERIFY_SENT(zoo.recorder.exactly({"SELECT animals", "SELECT dogs"}));
}

void InheritanceConcrete::theSameKeyIsAnotherObject()
{
    QFETCH(Shape, shape);
    Zoo zoo(shape);
    QVERIFY(!(zoo.get("animals", 1) == zoo.get("dogs", 1)));
    QCOMPARE(zoo.get("cats", 2).get("lives"), Value(9));
    QVERIFY(!zoo.get("animals", 2));
}

void InheritanceConcrete::anUnionFindsObjectsOfAllClasses()
{
    QFETCH(Shape, shape);
    Zoo zoo(shape);
    const orm::Select query = orm::select(zoo.table("animals")).orderBy({zoo.column("animals", "name")});
    const std::vector<Record> found = zoo.all(query, {"*"});
    QCOMPARE(shown(found), std::string("animals:a cats:b cats:c dogs:d"));
    QCOMPARE(zoo.recorder.count("SELECT"), 1);
    QCOMPARE(found[1].get("lives"), Value(9));
    QCOMPARE(found[3].get("tricks"), Value(2));
    QCOMPARE(zoo.recorder.count("SELECT"), 1);
    QCOMPARE(shown(zoo.all(orm::Select(query).limit(2).offset(1), {"*"})), std::string("cats:b cats:c"));
}

void InheritanceConcrete::anUnionMayNameSomeClasses()
{
    QFETCH(Shape, shape);
    Zoo zoo(shape);
    const std::vector<Record> found =
        zoo.all(orm::select(zoo.table("animals")).orderBy({zoo.column("animals", "name").descending()}), {"dogs"});
    QCOMPARE(shown(found), std::string("dogs:d animals:a"));
    QVERIFY(zoo.recorder.statements().back().sql.find("cats") == std::string::npos);
}

void InheritanceConcrete::conditionsOfAnUnionMayNameEachTable()
{
    QFETCH(Shape, shape);
    Zoo zoo(shape);
    const std::vector<Record> found =
        zoo.all(orm::select(zoo.table("animals"))
                    .where(zoo.column("animals", "name") != "b" &&
                           (zoo.column("cats", "lives") > 5 || zoo.column("dogs", "tricks") == 2))
                    .orderBy({zoo.column("animals", "name")}),
                {"*"});
    QCOMPARE(shown(found), std::string("cats:c dogs:d"));
}

void InheritanceConcrete::objectsOfAnUnionAreThoseInMemory()
{
    QFETCH(Shape, shape);
    Zoo zoo(shape);
    const Record cat = zoo.get("cats", 1);
    cat.set("name", "changed");
    const std::vector<Record> found =
        zoo.all(orm::select(zoo.table("animals")).orderBy({zoo.column("animals", "name")}), {"*"});
    QCOMPARE(shown(found), std::string("animals:a cats:b cats:changed dogs:d"));
    QVERIFY(found[2] == cat);
}

void InheritanceConcrete::relationshipsComeForTheClassesThatHaveThem()
{
    QFETCH(Shape, shape);
    Zoo zoo(shape);
    orm::QueryOptions options({orm::joinedPath({"owner"})});
    options.withPolymorphic = {"*"};
    const std::vector<Record> found =
        zoo.session->all(orm::select(zoo.table("animals")).orderBy({zoo.column("animals", "name")}), options);
    QCOMPARE(shown(found), std::string("animals:a cats:b cats:c dogs:d"));
    QCOMPARE(found[0].related("owner").get("name"), Value("Ana"));
    QCOMPARE(found[3].related("owner").get("name"), Value("Ana"));
    QCOMPARE(zoo.recorder.count("SELECT"), 2);
}

void InheritanceConcrete::anUnionWithOtherTablesIsRefused()
{
    QFETCH(Shape, shape);
    Zoo zoo(shape);
    const orm::Select query = orm::select(zoo.table("animals"))
                                  .join(zoo.table("owners"), zoo.column("owners", "id") == zoo.column("animals", "id"));
    QVERIFY_EXCEPTION_THROWN((void)zoo.all(query, {"*"}), orm::Argument);
}

void InheritanceConcrete::aValidatorOfTheBaseIsAsked()
{
    QFETCH(Shape, shape);
    Zoo zoo(shape);
    QVERIFY_EXCEPTION_THROWN(zoo.get("dogs", 1).set("name", "nameless"), orm::Validation);
}

void InheritanceConcrete::changesGoToTheOwnTable()
{
    QFETCH(Shape, shape);
    Zoo zoo(shape);
    const Record dog = zoo.get("dogs", 1);
    dog.set("name", "dd");
    dog.set("tricks", 3);
    zoo.recorder.clear();
    zoo.session->flush();
    VERIFY_SENT(zoo.recorder.exactly({"UPDATE dogs"}));
    zoo.session->remove(dog);
    zoo.session->flush();
    QCOMPARE(zoo.stored("SELECT count(*) FROM dogs"), Value(0));
    QCOMPARE(zoo.stored("SELECT count(*) FROM animals"), Value(1));
}

void InheritanceConcrete::membersOfTheBaseAreThoseOfTheQueriedClass()
{
    Zoo zoo(Shape::Classes);
    const auto cats = zoo.session->all(orm::select<Cat>().where(orm::f<&Animal::name> == "b"));
    QCOMPARE(cats.size(), std::size_t{1});
    QCOMPARE(*cats[0]->lives, 9);
    const auto animals = zoo.session->all(orm::select<Animal>().withPolymorphic<Dog, Cat>().where(
        orm::f<&Cat::lives> == 9 || orm::f<&Animal::name> == "a"));
    QCOMPARE(animals.size(), std::size_t{2});
    QCOMPARE(zoo.session->count(orm::select<Animal>().withPolymorphic()), std::int64_t{4});
}

QTEST_APPLESS_MAIN(InheritanceConcrete)
#include "tst_inheritance_concrete.moc"
