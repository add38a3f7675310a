#include "tests/unit/session/shop.h"

using orm::Record;
using orm::Ref;
using orm::Validation;
using orm::Value;

namespace {

/// Objects called "no" are refused on either side of users and addresses, notes and the tree; what was asked is kept.
struct Asked {
    std::vector<std::string> log;

    void ask(const std::string &what, const Record &other, const char *column)
    {
        const std::string name = other ? other.get(column).toString() : "nothing";
        log.push_back(what + name);
        if (name == "no")
            throw Validation("not this one");
    }
    void describe(orm::Registry &registry)
    {
        registry.record("users")
            .validate("addresses", [this](const Record &, const Record &item) { ask("addresses ", item, "street"); })
            .validate("notes", [this](const Record &item) { ask("notes ", item, "text"); });
        registry.record("addresses").validate("user", [this](const Record &, const Record &user) {
            ask("user ", user, "name");
        });
    }
    static std::unique_ptr<Shop> shop(Asked &asked, Shape shape)
    {
        return std::make_unique<Shop>(shape, orm::SessionOptions{}, "sqlite://",
                                      [&asked](orm::Registry &registry) { asked.describe(registry); });
    }
};

struct Owner;
struct Badge {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> ownerId{};
    orm::One<Owner> owner{};
};
struct Owner {
    std::int64_t id{};
    orm::One<Badge> badge{};
};

} // namespace

/// What validators of relationships are asked, and that a refusal changes nothing.
class RelationValidators : public QObject {
    Q_OBJECT

private slots:
    void aRefusedItemStaysOutOfTheCollection_data() { bothShapes(); }
    void aRefusedItemStaysOutOfTheCollection();
    void aRefusedParentIsNotSet_data() { bothShapes(); }
    void aRefusedParentIsNotSet();
    void theOtherSideIsAskedToo_data() { bothShapes(); }
    void theOtherSideIsAskedToo();
    void takingOutAsksTheOtherSideAboutNothing_data() { bothShapes(); }
    void takingOutAsksTheOtherSideAboutNothing();
    void anItemThatIsThereIsNotAskedAboutAgain_data() { bothShapes(); }
    void anItemThatIsThereIsNotAskedAboutAgain();
    void foreignKeysAreNotAskedAbout_data() { bothShapes(); }
    void foreignKeysAreNotAskedAbout();
    void typedValidatorsGetTypedHandles();
    void aReplacedChildMayRefuseToGo();
};

void RelationValidators::aRefusedItemStaysOutOfTheCollection()
{
    QFETCH(Shape, shape);
    Asked asked;
    const auto shop = Asked::shop(asked, shape);
    const Record ana = shop->user("Ana");
    const Record no = shop->add("addresses", {{"street", "no"}});
    THROWS(ana.addTo("addresses", no), Validation);
    QVERIFY(ana.collection("addresses").empty());
    QVERIFY(!no.related("user"));
    QVERIFY(!no.state()->history);
}

void RelationValidators::aRefusedParentIsNotSet()
{
    QFETCH(Shape, shape);
    Asked asked;
    const auto shop = Asked::shop(asked, shape);
    const Record ana = shop->user("Ana");
    const Record home = shop->add("addresses", {{"street", "Rua A"}});
    ana.addTo("addresses", home);
    const Record no = shop->user("no");
    try {
        home.setRelated("user", no);
        QFAIL("not refused");
    } catch (const Validation &error) {
        QCOMPARE(std::string(error.what()), std::string("addresses.user: not this one"));
    }
    QVERIFY(home.related("user") == ana);
    QVERIFY(ana.collection("addresses") == std::vector<Record>{home});
    QVERIFY(no.collection("addresses").empty());
}

void RelationValidators::theOtherSideIsAskedToo()
{
    QFETCH(Shape, shape);
    Asked asked;
    const auto shop = Asked::shop(asked, shape);
    const Record note = shop->add("notes", {{"text", "no"}});
    THROWS(note.setRelated("user", shop->user("Ana")), Validation);
    QVERIFY(!note.related("user"));
    QVERIFY(asked.log == std::vector<std::string>{"notes no"});
}

void RelationValidators::takingOutAsksTheOtherSideAboutNothing()
{
    QFETCH(Shape, shape);
    Asked asked;
    const auto shop = Asked::shop(asked, shape);
    const Record ana = shop->user("Ana");
    const Record home = shop->add("addresses", {{"street", "Rua A"}});
    ana.addTo("addresses", home);
    asked.log.clear();
    ana.removeFrom("addresses", home);
    QVERIFY(asked.log == std::vector<std::string>{"user nothing"});
}

void RelationValidators::anItemThatIsThereIsNotAskedAboutAgain()
{
    QFETCH(Shape, shape);
    Asked asked;
    const auto shop = Asked::shop(asked, shape);
    const Record ana = shop->user("Ana");
    const Record home = shop->add("addresses", {{"street", "Rua A"}});
    ana.addTo("addresses", home);
    asked.log.clear();
    ana.addTo("addresses", home);
    home.setRelated("user", ana);
    QVERIFY(asked.log.empty());
}

void RelationValidators::foreignKeysAreNotAskedAbout()
{
    QFETCH(Shape, shape);
    int asked = 0;
    Shop shop(shape, {}, "sqlite://", [&](orm::Registry &registry) {
        registry.record("addresses").validate("user_id", [&](const Value &value) -> Value {
            ++asked;
            return value;
        });
    });
    const Record ana = shop.user("Ana");
    const Record home = shop.add("addresses", {{"street", "Rua A"}});
    ana.addTo("addresses", home);
    shop.session->flush();
    QVERIFY(home.get("user_id") == ana.get("id"));
    QCOMPARE(asked, 0);
    home.set("user_id", Value());
    QCOMPARE(asked, 1);
}

void RelationValidators::typedValidatorsGetTypedHandles()
{
    std::string seen;
    Shop shop({}, {}, "sqlite://", [&](orm::Registry &registry) {
        registry.mapped<User>().validate<&User::addresses>(
            [&](const Ref<User> &user, const Ref<Address> &address) { seen = user->name + " " + address->street; });
        registry.mapped<Address>().validate<&Address::user>([&](const Ref<User> &user) {
            if (!user)
                throw Validation("an address needs a user");
        });
    });
    const Ref<User> ana = shop.session->add(User{.name = "Ana"});
    const Ref<Address> home = ana.add<&User::addresses>(Address{.street = "Rua A"});
    QCOMPARE(seen, std::string("Ana Rua A"));
    THROWS(home.set<&Address::user>(nullptr), Validation);
    THROWS(ana.remove<&User::addresses>(home), Validation);
    QVERIFY(home->user.get() == ana);
    QCOMPARE(ana->addresses.size(), std::size_t{1});
}

void RelationValidators::aReplacedChildMayRefuseToGo()
{
    orm::Registry registry;
    registry.map<Owner>("owners")
        .column<&Owner::id>("id", orm::primaryKey)
        .one<&Owner::badge>(orm::backPopulates<&Badge::owner>);
    registry.map<Badge>("badges")
        .column<&Badge::id>("id", orm::primaryKey)
        .column<&Badge::name>("name", orm::String(20))
        .column<&Badge::ownerId>("owner_id", orm::references("owners.id"), orm::unique)
        .one<&Badge::owner>(orm::backPopulates<&Owner::badge>)
        .validate<&Badge::owner>([](const Ref<Owner> &owner) {
            if (!owner)
                throw Validation("a badge is for life");
        });
    const auto engine = orm::createEngine("sqlite://");
    orm::Session session(*engine, registry);
    const Ref<Owner> ana = session.add(Owner{});
    const Ref<Badge> first = session.add(Badge{.name = "first"});
    const Ref<Badge> second = session.add(Badge{.name = "second"});
    ana.set<&Owner::badge>(first);
    THROWS(ana.set<&Owner::badge>(second), Validation);
    QVERIFY(ana->badge.get() == first);
    QVERIFY(first->owner.get() == ana);
    QVERIFY(!second->owner);
}

QTEST_APPLESS_MAIN(RelationValidators)
#include "tst_relation_validators.moc"
