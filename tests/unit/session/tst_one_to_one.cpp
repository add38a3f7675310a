#include "ormcore/dialects/builtin.h"
#include "ormcore/session/session.h"

#include <QTest>

using orm::Ref;

namespace {

struct Person;
struct Profile { // one a person: the foreign key is unique
    std::int64_t id{};
    std::string text{};
    std::optional<std::int64_t> personId{};
    orm::One<Person> person{};
};
struct Badge { // the same, but it survives its person
    std::int64_t id{};
    std::string text{};
    std::optional<std::int64_t> personId{};
};
struct Person {
    std::int64_t id{};
    std::string name{};
    orm::One<Profile> profile{};
    orm::One<Badge> badge{};
};

orm::Registry people(orm::Loading loading)
{
    orm::Registry registry;
    registry.map<Person>("people")
        .column<&Person::id>("id", orm::primaryKey)
        .column<&Person::name>("name", orm::String(50))
        .one<&Person::profile>(orm::backPopulates<&Profile::person>, orm::cascadeAllDeleteOrphan, orm::lazy(loading))
        .one<&Person::badge>();
    registry.map<Profile>("profiles")
        .column<&Profile::id>("id", orm::primaryKey)
        .column<&Profile::text>("text", orm::String(50))
        .column<&Profile::personId>("person_id", orm::references("people.id"), orm::unique)
        .one<&Profile::person>(orm::backPopulates<&Person::profile>);
    registry.map<Badge>("badges")
        .column<&Badge::id>("id", orm::primaryKey)
        .column<&Badge::text>("text", orm::String(50))
        .column<&Badge::personId>("person_id", orm::references("people.id"), orm::unique);
    return registry;
}

/// A database with one person, who has a profile and a badge.
struct People {
    explicit People(orm::Loading loading = orm::Loading::Select) : registry(people(loading))
    {
        orm::EngineOptions options;
        options.log = [this](const orm::StatementLog &entry) { selects += entry.sql.rfind("SELECT", 0) == 0 ? 1 : 0; };
        engine = orm::createEngine("sqlite://", options);
        orm::createAll(*engine, registry.metadata());
        session = std::make_unique<orm::Session>(*engine, registry);
        ana = session->add(Person{.name = "Ana"});
        ana.set<&Person::profile>(session->add(Profile{.text = "old"}));
        ana.set<&Person::badge>(session->add(Badge{.text = "old"}));
        session->commit();
        selects = 0;
    }
    std::string stored(const std::string &sql) { return session->connection().execute(sql).scalar().toString(); }

    int selects = 0;
    orm::Registry registry;
    std::unique_ptr<orm::Engine> engine;
    std::unique_ptr<orm::Session> session;
    Ref<Person> ana;
};

} // namespace

/// One object on either side of a foreign key.
class OneToOne : public QObject {
    Q_OBJECT

private slots:
    void bothSidesAreInStep();
    void replacingAnOwnedChildDeletesTheOldOneFirst();
    void replacingAChildReleasesTheOldOneFirst();
    void takingTheChildOutDeletesTheOrphan();
    void anEagerRelationshipComesWithTheQuery();
    void aClosedSessionCannotLoadIt();
};

void OneToOne::bothSidesAreInStep()
{
    People people;
    const Ref<Profile> profile = people.ana->profile.get();
    QVERIFY(profile->person.get() == people.ana);
    QCOMPARE(people.ana->profile->text, std::string("old"));
}

void OneToOne::replacingAnOwnedChildDeletesTheOldOneFirst()
{
    People people;
    people.ana.set<&Person::profile>(people.session->add(Profile{.text = "new"}));
    people.session->commit();
    QCOMPARE(people.stored("SELECT group_concat(text) FROM profiles"), std::string("new"));
    QCOMPARE(people.ana->profile->text, std::string("new"));
}

void OneToOne::replacingAChildReleasesTheOldOneFirst()
{
    People people;
    const Ref<Badge> old = people.ana->badge.get();
    people.ana.set<&Person::badge>(people.session->add(Badge{.text = "new"}));
    people.session->commit();
    QVERIFY(!old->personId);
    QCOMPARE(people.stored("SELECT text FROM badges WHERE person_id = 1"), std::string("new"));
    QCOMPARE(people.stored("SELECT count(*) FROM badges"), std::string("2"));
}

void OneToOne::takingTheChildOutDeletesTheOrphan()
{
    People people;
    people.ana.set<&Person::profile>(nullptr);
    people.session->commit();
    QCOMPARE(people.stored("SELECT count(*) FROM profiles"), std::string("0"));
    QVERIFY(!people.ana->profile);
}

void OneToOne::anEagerRelationshipComesWithTheQuery()
{
    for (const orm::Loading loading : {orm::Loading::SelectIn, orm::Loading::Joined, orm::Loading::Subquery}) {
        People people(loading);
        const int selects = loading == orm::Loading::Joined ? 1 : 2;
        const auto all = people.session->all(orm::select<Person>());
        QCOMPARE(people.selects, selects);
        QCOMPARE(all[0]->profile->text, std::string("old"));
        QCOMPARE(people.selects, selects);
    }
}

void OneToOne::aClosedSessionCannotLoadIt()
{
    People people;
    QCOMPARE(people.ana->name, std::string("Ana"));
    people.session.reset();
    bool refused = false;
    try {
        (void)people.ana->profile.get();
    } catch (const orm::Detached &) {
        refused = true;
    }
    QVERIFY(refused);
}

QTEST_APPLESS_MAIN(OneToOne)
#include "tst_one_to_one.moc"
