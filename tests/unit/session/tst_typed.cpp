#include "tests/unit/session/shop.h"

using orm::f;
using orm::Ref;
using orm::select;
using orm::Value;

namespace {

enum class Colour : std::int16_t { Red = 1, Blue = 2 };

/// One member of every kind that a column can have.
struct Everything {
    std::int64_t id{};
    bool yes{};
    std::int16_t small{};
    std::int32_t medium{};
    float single{};
    double real{};
    std::string text{};
    orm::Decimal price{};
    orm::Date day{};
    orm::Time time{};
    orm::Timestamp moment{};
    orm::TimestampTz instant{};
    orm::Bytes bytes{};
    orm::UuidBytes uuid{};
    Colour colour{Colour::Red};
    std::optional<bool> maybeYes{};
    std::optional<std::string> maybeText{};
    std::optional<orm::Decimal> maybePrice{};
    std::optional<orm::Timestamp> maybeMoment{};
    std::optional<orm::Bytes> maybeBytes{};
};

orm::Registry everything()
{
    orm::Registry registry;
    registry.map<Everything>("everything")
        .column<&Everything::id>("id", orm::primaryKey)
        .column<&Everything::yes>("yes")
        .column<&Everything::small>("small")
        .column<&Everything::medium>("medium")
        .column<&Everything::single>("single")
        .column<&Everything::real>("real")
        .column<&Everything::text>("text")
        .column<&Everything::price>("price", orm::Numeric(12, 2))
        .column<&Everything::day>("day")
        .column<&Everything::time>("time")
        .column<&Everything::moment>("moment")
        .column<&Everything::instant>("instant")
        .column<&Everything::bytes>("bytes")
        .column<&Everything::uuid>("uuid")
        .column<&Everything::colour>("colour")
        .column<&Everything::maybeYes>("maybe_yes")
        .column<&Everything::maybeText>("maybe_text")
        .column<&Everything::maybePrice>("maybe_price", orm::Numeric(12, 2))
        .column<&Everything::maybeMoment>("maybe_moment")
        .column<&Everything::maybeBytes>("maybe_bytes");
    return registry;
}

} // namespace

/// What only classes have: members, edit(), queries by member.
class Typed : public QObject {
    Q_OBJECT

private slots:
    void editIsComparedAtFlush();
    void anEditWithoutADifferenceSendsNothing();
    void anEditAfterASetKeepsTheFirstOriginal();
    void anEditIsRolledBack();
    void anEditOfAForeignKeyLeadsToTheNewParent();
    void setOfAMemberTakesWhatTheMemberTakes();
    void aOneIsSetAndTakenOut();
    void membersCompareInQueries();
    void optionalMembersCompareWithNull();
    void queriesJoinAlongRelationships();
    void queriesOrderLimitAndCount();
    void firstOneAndOneOrNoneSayHowManyThereAre();
    void everyKindOfMemberComesBackExactly();
    void nullInAMemberThatIsNotOptionalIsAnError();
    void aMemberThatIsNotMappedIsAnError();
    void aStreamGivesObjectsOneByOne();
    void recordsSeeObjectsOfClasses();
    void noloadLeavesACollectionEmpty();
    void aForeignKeyWithoutAMemberIsKept();
};

void Typed::editIsComparedAtFlush()
{
    Shop shop;
    const Ref<User> ana = shop.session->add(User{.name = "Ana", .age = 30});
    shop.session->flush();
    shop.forget();
    ana.edit().name = "Anna";
    ana.edit().age = 31;
    shop.session->flush();
    QCOMPARE(shop.statement("UPDATE"), std::string(R"(UPDATE "users" SET "name" = ?, "age" = ? WHERE "id" = ?)"));
    QVERIFY(shop.stored("SELECT name || age FROM users") == Value("Anna31"));
    shop.forget();
    ana.edit().age = 32; // a second edit, after the flush, is seen as well
    shop.session->flush();
    QCOMPARE(shop.statement("UPDATE"), std::string(R"(UPDATE "users" SET "age" = ? WHERE "id" = ?)"));
}

void Typed::anEditWithoutADifferenceSendsNothing()
{
    Shop shop;
    const Ref<User> ana = shop.session->add(User{.name = "Ana", .age = 30});
    shop.session->flush();
    shop.forget();
    User &edited = ana.edit();
    edited.name = "Anna";
    edited.name = "Ana";
    edited.email.reset();
    shop.session->flush();
    QCOMPARE(shop.sent(), 0);
}

void Typed::anEditAfterASetKeepsTheFirstOriginal()
{
    Shop shop;
    const Ref<User> ana = shop.session->add(User{.name = "Ana", .age = 30});
    shop.session->flush();
    shop.forget();
    ana.set<&User::name>("Anna");
    ana.edit().name = "Ana"; // back to what the database has
    shop.session->flush();
    QCOMPARE(shop.sent(), 0);
}

void Typed::anEditIsRolledBack()
{
    Shop shop;
    const Ref<User> ana = shop.session->add(User{.name = "Ana"});
    shop.session->commit();
    ana.edit().name = "Anna";
    shop.session->rollback();
    QCOMPARE(ana->name, std::string("Ana"));
}

void Typed::anEditOfAForeignKeyLeadsToTheNewParent()
{
    Shop shop;
    const Ref<User> ana = shop.session->add(User{.name = "Ana"});
    const Ref<User> rui = shop.session->add(User{.name = "Rui"});
    const Ref<Address> address = ana.add<&User::addresses>(Address{.street = "Rua A"});
    shop.session->commit();
    QVERIFY(address->user.get() == ana);
    address.edit().userId = rui->id;
    shop.session->flush();
    QVERIFY(address->user.get() == rui);
}

void Typed::setOfAMemberTakesWhatTheMemberTakes()
{
    Shop shop;
    const Ref<User> ana = shop.session->add(User{});
    ana.set<&User::name>("Ana");
    ana.set<&User::age>(30);
    ana.set<&User::email>(std::nullopt);
    shop.session->commit();
    QVERIFY(ana->name == "Ana" && ana->age == 30 && !ana->email);
}

void Typed::aOneIsSetAndTakenOut()
{
    Shop shop;
    const Ref<User> ana = shop.session->add(User{.name = "Ana"});
    const Ref<Note> note = shop.session->add(Note{.text = "x"});
    note.set<&Note::user>(ana);
    shop.session->commit();
    QCOMPARE(note->user->name, std::string("Ana"));
    QCOMPARE(ana->notes.size(), std::size_t{1});
    note.set<&Note::user>(nullptr);
    shop.session->commit();
    QVERIFY(!note->user);
    QVERIFY(ana->notes.empty());
}

void Typed::membersCompareInQueries()
{
    Shop shop;
    for (int age = 10; age < 60; age += 10)
        shop.session->add(User{.name = "user " + std::to_string(age), .age = age});
    const auto count = [&](const orm::Expression &condition) {
        return shop.session->count(select<User>().where(condition));
    };
    QCOMPARE(count(f<&User::age> >= 30), 3);
    QCOMPARE(count(f<&User::age> > 30), 2);
    QCOMPARE(count(f<&User::age> < 20), 1);
    QCOMPARE(count(f<&User::age> != 30), 4);
    QCOMPARE(count(f<&User::age> == 30 || f<&User::name> == "user 50"), 2);
    QCOMPARE(count(f<&User::age>.in({10, 20, 99})), 2);
    QCOMPARE(count(f<&User::age>.in({})), 0);
    QCOMPARE(count(f<&User::age>.between(20, 40)), 3);
    QCOMPARE(count(f<&User::name>.contains("er 3")), 1);
    QCOMPARE(count(f<&User::name>.startsWith("user")), 5);
    QCOMPARE(count(f<&User::name>.contains("%")), 0);
}

void Typed::optionalMembersCompareWithNull()
{
    Shop shop;
    shop.session->add(User{.name = "Ana", .age = 30});
    shop.session->add(User{.name = "Rui"});
    QCOMPARE(shop.session->one(select<User>().where(f<&User::age> == std::nullopt))->name, std::string("Rui"));
    QCOMPARE(shop.session->one(select<User>().where(f<&User::age> != std::nullopt))->name, std::string("Ana"));
}

void Typed::queriesJoinAlongRelationships()
{
    Shop shop;
    fill(shop);
    shop.session->first(select<User>().where(f<&User::name> == "Rui"))
        .add<&User::addresses>(Address{.street = "Rua X"});
    const auto found = shop.session->all(select<User>().join<&User::addresses>().where(f<&Address::street> == "Rua X"));
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0]->name, std::string("Rui"));
}

void Typed::queriesOrderLimitAndCount()
{
    Shop shop;
    for (const char *name : {"b", "c", "a", "d"})
        shop.session->add(User{.name = name});
    const auto page = shop.session->all(select<User>().orderBy(f<&User::name>.descending()).limit(2).offset(1));
    QCOMPARE(page.size(), std::size_t{2});
    QCOMPARE(page[0]->name + page[1]->name, std::string("cb"));
    QCOMPARE(shop.session->count(select<User>()), 4);
    QVERIFY(shop.session->scalar(orm::select({orm::function("max", {f<&User::name>})})) == Value("d"));
}

void Typed::firstOneAndOneOrNoneSayHowManyThereAre()
{
    Shop shop;
    const auto none = select<User>();
    QVERIFY(!shop.session->first(none));
    QVERIFY(!shop.session->oneOrNone(none));
    THROWS((void)shop.session->one(none), orm::NoResult);
    shop.session->add(User{.name = "Ana"});
    QCOMPARE(shop.session->one(none)->name, std::string("Ana"));
    shop.session->add(User{.name = "Rui"});
    THROWS((void)shop.session->one(none), orm::MultipleResults);
    THROWS((void)shop.session->oneOrNone(none), orm::MultipleResults);
    QVERIFY(shop.session->first(none));
}

void Typed::everyKindOfMemberComesBackExactly()
{
    const auto engine = orm::createEngine("sqlite://");
    const orm::Registry registry = everything();
    orm::createAll(*engine, registry.metadata());
    orm::Session session(*engine, registry);
    Everything given;
    given.yes = true;
    given.small = -7;
    given.medium = 2147483647;
    given.single = 0.5F;
    given.real = 0.1;
    given.text = std::string("a\0b", 3);
    given.price = *orm::Decimal::parse("0.10");
    given.day = *orm::Date::parse("2026-11-22");
    given.time = *orm::Time::parse("09:05:00.000123");
    given.moment = *orm::Timestamp::parse("2026-11-22 09:05:00.000123");
    given.instant = *orm::TimestampTz::parse("2026-11-22 09:05:00+03:00");
    given.bytes = {std::byte{0}, std::byte{255}};
    given.uuid[15] = 9;
    given.colour = Colour::Blue;
    given.maybeYes = false;
    given.maybeText = "";
    const Ref<Everything> object = session.add(given);
    session.commit();
    QCOMPARE(object->yes, true);
    QCOMPARE(object->small, given.small);
    QCOMPARE(object->medium, given.medium);
    QCOMPARE(object->single, given.single);
    QCOMPARE(object->real, given.real);
    QCOMPARE(object->text, given.text);
    QCOMPARE(object->price.toString(), std::string("0.10"));
    QVERIFY(object->day == given.day && object->time == given.time && object->moment == given.moment);
    QVERIFY(object->instant == given.instant);
    QVERIFY(object->bytes == given.bytes && object->uuid == given.uuid && object->colour == Colour::Blue);
    QVERIFY(object->maybeYes == false && object->maybeText == "");
    QVERIFY(!object->maybePrice && !object->maybeMoment && !object->maybeBytes);
    (void)object.edit();
    QVERIFY(session.preview().empty());
}

void Typed::nullInAMemberThatIsNotOptionalIsAnError()
{
    Shop shop;
    shop.session->connection().executeScript("CREATE TABLE bare (id INTEGER PRIMARY KEY, name TEXT);"
                                             "INSERT INTO bare VALUES (1, NULL);");
    struct Bare {
        std::int64_t id{};
        std::string name;
    };
    orm::Registry registry;
    registry.map<Bare>("bare").column<&Bare::id>("id", orm::primaryKey).column<&Bare::name>("name");
    shop.session->commit();
    orm::Session session(*shop.engine, registry);
    try {
        (void)session.get<Bare>(1);
        QFAIL("NULL became an empty name");
    } catch (const orm::DataError &error) {
        QVERIFY(std::string(error.what()).find("bare.name") != std::string::npos);
    }
    QCOMPARE(session.objectCount(), std::size_t{0});
}

void Typed::aMemberThatIsNotMappedIsAnError()
{
    struct Part {
        std::int64_t id{};
        std::string loose;
    };
    Shop shop;
    orm::Registry registry;
    registry.map<Part>("parts").column<&Part::id>("id", orm::primaryKey);
    orm::Session session(*shop.engine, registry);
    const Ref<Part> part = session.add(Part{});
    THROWS(part.set<&Part::loose>("x"), orm::Argument);
    session.expunge(part);
    THROWS((void)session.all(select<Part>().where(f<&Part::loose> == "x")), orm::Argument);
    THROWS((void)session.all(select<User>()), orm::Argument);
}

void Typed::aStreamGivesObjectsOneByOne()
{
    Shop shop;
    for (int i = 0; i < 1000; ++i)
        shop.session->add(User{.name = std::to_string(i)});
    shop.session->commit();
    auto stream = shop.session->stream(select<User>().orderBy(f<&User::id>));
    int count = 0;
    while (const Ref<User> user = stream.next())
        QCOMPARE(user->name, std::to_string(count++));
    QCOMPARE(count, 1000);
}

void Typed::recordsSeeObjectsOfClasses()
{
    Shop shop;
    const Ref<User> ana = shop.session->add(User{.name = "Ana"});
    shop.session->flush();
    const orm::Record record = shop.get("users", 1);
    record.set("name", "Anna");
    QCOMPARE(ana->name, std::string("Anna"));
    QVERIFY(record == ana);
}

void Typed::noloadLeavesACollectionEmpty()
{
    Shop shop;
    fill(shop);
    const auto users = shop.session->all(select<User>().options(orm::noload<&User::addresses>));
    QVERIFY(users[0]->addresses.empty());
    QCOMPARE(shop.sent("SELECT"), 1);
}

void Typed::aForeignKeyWithoutAMemberIsKept()
{
    Shop shop;
    const Ref<Tree> root = shop.session->add(Tree{.name = "root"});
    root.add<&Tree::children>(Tree{.name = "leaf"});
    shop.session->commit();
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE name = 'leaf'") == Value(1));
    const Ref<Tree> leaf = shop.session->one(select<Tree>().where(f<&Tree::name> == "leaf"));
    QCOMPARE(leaf->parent->name, std::string("root"));
    leaf.set<&Tree::parent>(nullptr);
    shop.session->commit();
    QVERIFY(shop.stored("SELECT parent_id FROM trees WHERE name = 'leaf'").isNull());
}

QTEST_APPLESS_MAIN(Typed)
#include "tst_typed.moc"
