#include "tests/unit/session/shop.h"

using orm::Record;
using orm::Ref;
using orm::Validation;
using orm::Value;

namespace {

std::string checkedStreet(std::string street)
{
    if (street.empty() || street == "nowhere")
        throw Validation("there is no such street");
    street.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(street.front())));
    return street;
}

void validateClasses(orm::Registry &registry)
{
    registry.mapped<Address>().validate<&Address::street>(checkedStreet);
    registry.mapped<User>()
        .validate<&User::email>([](const Ref<User> &user, std::optional<std::string> email) {
            if (email && email->find('@') == std::string::npos)
                throw Validation("no address of " + user->name);
            return email ? email : std::optional<std::string>("none@example.com");
        })
        .validate<&User::age>([](std::int32_t age) {
            if (age < 0)
                throw Validation("an age counts from 0");
            return age;
        });
}

void validateRecords(orm::Registry &registry)
{
    registry.record("addresses").validate("street", [](const Value &street) -> Value {
        return checkedStreet(std::string(street.asText()));
    });
    registry.record("users")
        .validate("email",
                  [](const Record &user, const Value &email) -> Value {
                      if (!email.isNull() && email.asText().find('@') == std::string_view::npos)
                          throw Validation("no address of " + user.get("name").toString());
                      return email.isNull() ? Value("none@example.com") : email;
                  })
        .validate("age", [](const Value &age) -> Value {
            if (!age.isNull() && age.asInt() < 0)
                throw Validation("an age counts from 0");
            return age;
        });
}

std::unique_ptr<Shop> validatedShop(Shape shape = Shape::Classes)
{
    return std::make_unique<Shop>(shape, orm::SessionOptions{}, "sqlite://",
                                  shape == Shape::Classes ? validateClasses : validateRecords);
}

template <class Call> std::string refusal(Call call)
{
    try {
        call();
    } catch (const Validation &error) {
        return error.what();
    }
    return "nothing was refused";
}

} // namespace

/// What validators of columns see, change and refuse.
class Validators : public QObject {
    Q_OBJECT

private slots:
    void aRefusedValueLeavesTheOldOne_data() { bothShapes(); }
    void aRefusedValueLeavesTheOldOne();
    void aRefusalNamesClassAndAttribute_data() { bothShapes(); }
    void aRefusalNamesClassAndAttribute();
    void whatAValidatorReturnsIsStored_data() { bothShapes(); }
    void whatAValidatorReturnsIsStored();
    void aValidatorMayLookAtTheObject_data() { bothShapes(); }
    void aValidatorMayLookAtTheObject();
    void nullReachesAValidatorThatTakesIt_data() { bothShapes(); }
    void nullReachesAValidatorThatTakesIt();
    void aPlainValidatorIsNotAskedAboutNull();
    void aNewObjectIsAskedAboutWhenItIsAdded();
    void aRefusedNewObjectStaysOutside_data() { bothShapes(); }
    void aRefusedNewObjectStaysOutside();
    void membersThatAreNullCountAsNotSet();
    void aNewItemOfACollectionIsAskedAbout();
    void anEditIsAskedAboutBeforeAnythingIsSent();
    void aRefusedEditLeavesTheObjectAsEdited();
    void aRefusedEditCanBeCorrected();
    void aRefusedEditLeavesTheTransaction();
    void anEditStoresWhatTheValidatorReturns();
    void anEditOfAPendingObjectIsAskedAbout();
    void aRefusedPendingObjectIsStillRefusedAfterARollback();
    void anEditAsksOnlyAboutWhatWasWritten();
    void aValueThatWasSetIsNotAskedAboutAgain();
    void otherErrorsPassAsTheyAre();
    void whatIsLoadedIsNotAskedAbout_data() { bothShapes(); }
    void whatIsLoadedIsNotAskedAbout();
    void severalValidatorsAreAskedInTurn();
    void aMemberThatIsNotMappedHasNoValidator();
    void validatorsAreFrozenWithTheRegistry();
};

void Validators::aRefusedValueLeavesTheOldOne()
{
    QFETCH(Shape, shape);
    const auto shop = validatedShop(shape);
    const Record address = shop->add("addresses", {{"street", "Rua A"}});
    THROWS(address.set("street", "nowhere"), Validation);
    QVERIFY(address.get("street") == Value("Rua A"));
    shop->session->flush();
    THROWS(address.set("street", "nowhere"), Validation);
    QVERIFY(address.get("street") == Value("Rua A"));
    QVERIFY(!shop->session->hasChanges());
}

void Validators::aRefusalNamesClassAndAttribute()
{
    QFETCH(Shape, shape);
    const auto shop = validatedShop(shape);
    const Record address = shop->add("addresses", {{"street", "Rua A"}});
    try {
        address.set("street", "nowhere");
        QFAIL("not refused");
    } catch (const Validation &error) {
        QCOMPARE(error.className(), std::string("addresses"));
        QCOMPARE(error.attribute(), std::string("street"));
        QCOMPARE(error.reason(), std::string("there is no such street"));
        QCOMPARE(std::string(error.what()), std::string("addresses.street: there is no such street"));
    }
}

void Validators::whatAValidatorReturnsIsStored()
{
    QFETCH(Shape, shape);
    const auto shop = validatedShop(shape);
    const Record address = shop->add("addresses", {{"street", "rua A"}});
    QVERIFY(address.get("street") == Value("Rua A"));
    shop->session->flush();
    address.set("street", "praça");
    shop->session->flush();
    QVERIFY(shop->stored("SELECT street FROM addresses") == Value("Praça"));
}

void Validators::aValidatorMayLookAtTheObject()
{
    QFETCH(Shape, shape);
    const auto shop = validatedShop(shape);
    const Record ana = shop->user("Ana");
    QCOMPARE(refusal([&] { ana.set("email", "home"); }), std::string("users.email: no address of Ana"));
}

void Validators::nullReachesAValidatorThatTakesIt()
{
    QFETCH(Shape, shape);
    const auto shop = validatedShop(shape);
    const Record ana = shop->add("users", {{"name", "Ana"}, {"email", "ana@example.com"}});
    ana.set("email", orm::Value());
    QVERIFY(ana.get("email") == Value("none@example.com"));
}

void Validators::aPlainValidatorIsNotAskedAboutNull()
{
    const auto shop = validatedShop();
    const Ref<User> ana = shop->session->add(User{.name = "Ana", .age = 3});
    ana.set<&User::age>(std::nullopt);
    QVERIFY(!ana->age);
    THROWS(ana.set<&User::age>(-1), Validation);
}

void Validators::aNewObjectIsAskedAboutWhenItIsAdded()
{
    const auto shop = validatedShop();
    QVERIFY(shop->session->add(Address{.street = "rua A"})->street == "Rua A");
}

void Validators::aRefusedNewObjectStaysOutside()
{
    QFETCH(Shape, shape);
    const auto shop = validatedShop(shape);
    if (shape == Shape::Classes)
        THROWS(shop->session->add(Address{.street = "nowhere"}), Validation);
    else
        THROWS(shop->add("addresses", {{"street", "nowhere"}}), Validation);
    QVERIFY(!shop->session->hasChanges());
    shop->session->sweep();
    QCOMPARE(shop->session->objectCount(), std::size_t{0});
}

void Validators::membersThatAreNullCountAsNotSet()
{
    const auto shop = validatedShop();
    QVERIFY(!shop->session->add(User{.name = "Ana"})->email);
}

void Validators::aNewItemOfACollectionIsAskedAbout()
{
    const auto shop = validatedShop();
    const Ref<User> ana = shop->session->add(User{.name = "Ana"});
    THROWS(ana.add<&User::addresses>(Address{.street = "nowhere"}), Validation);
    QVERIFY(ana->addresses.empty());
    QCOMPARE(ana.add<&User::addresses>(Address{.street = "rua A"})->street, std::string("Rua A"));
}

void Validators::anEditIsAskedAboutBeforeAnythingIsSent()
{
    const auto shop = validatedShop();
    const Ref<Address> address = shop->session->add(Address{.street = "Rua A"});
    shop->session->commit();
    shop->session->add(User{.name = "Ana"});
    address.edit().street = "nowhere";
    shop->forget();
    THROWS(shop->session->flush(), Validation);
    QCOMPARE(shop->sent("INSERT") + shop->sent("UPDATE"), 0);
}

void Validators::aRefusedEditLeavesTheObjectAsEdited()
{
    const auto shop = validatedShop();
    const Ref<Address> address = shop->session->add(Address{.street = "Rua A"});
    shop->session->flush();
    address.edit().street = "nowhere";
    THROWS(shop->session->commit(), Validation);
    QCOMPARE(address->street, std::string("nowhere"));
    THROWS(shop->session->commit(), Validation);
}

void Validators::aRefusedEditCanBeCorrected()
{
    const auto shop = validatedShop();
    const Ref<Address> address = shop->session->add(Address{.street = "Rua A"});
    shop->session->flush();
    address.edit().street = "nowhere";
    THROWS(shop->session->flush(), Validation);
    address.edit().street = "Rua B";
    shop->session->flush();
    QVERIFY(shop->stored("SELECT street FROM addresses") == Value("Rua B"));
}

void Validators::aRefusedEditLeavesTheTransaction()
{
    const auto shop = validatedShop();
    const Ref<Address> address = shop->session->add(Address{.street = "Rua A"});
    shop->session->add(User{.name = "Ana"});
    shop->session->flush();
    address.edit().street = "nowhere";
    THROWS(shop->session->flush(), Validation);
    QVERIFY(shop->stored("SELECT count(*) FROM users") == Value(1));
    shop->session->refresh(address);
    shop->session->commit();
    QVERIFY(shop->stored("SELECT street FROM addresses") == Value("Rua A"));
}

void Validators::anEditStoresWhatTheValidatorReturns()
{
    const auto shop = validatedShop();
    const Ref<Address> address = shop->session->add(Address{.street = "Rua A"});
    shop->session->flush();
    address.edit().street = "praça";
    shop->session->flush();
    QVERIFY(shop->stored("SELECT street FROM addresses") == Value("Praça"));
    QCOMPARE(address->street, std::string("Praça"));
}

void Validators::anEditOfAPendingObjectIsAskedAbout()
{
    const auto shop = validatedShop();
    const Ref<Address> address = shop->session->add(Address{.street = "Rua A"});
    address.edit().street = "nowhere";
    THROWS(shop->session->flush(), Validation);
    address.edit().street = "rua B";
    shop->session->flush();
    QVERIFY(shop->stored("SELECT street FROM addresses") == Value("Rua B"));
}

void Validators::aRefusedPendingObjectIsStillRefusedAfterARollback()
{
    const auto shop = validatedShop();
    const Ref<Address> address = shop->session->add(Address{.street = "Rua A"});
    address.edit().street = "nowhere";
    shop->session->rollback();
    shop->session->add(address);
    THROWS(shop->session->flush(), Validation);
}

void Validators::anEditAsksOnlyAboutWhatWasWritten()
{
    int asked = 0;
    Shop shop({}, {}, "sqlite://", [&](orm::Registry &registry) {
        registry.mapped<User>().validate<&User::name>([&](std::string name) {
            ++asked;
            return name + "!";
        });
    });
    const Ref<User> ana = shop.session->add(User{.name = "Ana"});
    shop.session->flush();
    asked = 0;
    ana.edit().age = 7;
    shop.session->flush();
    QCOMPARE(asked, 0);
    QCOMPARE(ana->name, std::string("Ana!"));
}

void Validators::aValueThatWasSetIsNotAskedAboutAgain()
{
    Shop shop({}, {}, "sqlite://", [](orm::Registry &registry) {
        registry.mapped<User>().validate<&User::name>([](std::string name) { return name + "!"; });
    });
    const Ref<User> ana = shop.session->add(User{.name = "Ana"});
    shop.session->flush();
    ana.edit().age = 7;
    ana.set<&User::name>("Rui");
    shop.session->flush();
    QCOMPARE(ana->name, std::string("Rui!"));
}

void Validators::otherErrorsPassAsTheyAre()
{
    Shop shop({}, {}, "sqlite://", [](orm::Registry &registry) {
        registry.mapped<User>().validate<&User::age>(
            [](std::optional<std::int32_t>) -> std::optional<std::int32_t> { throw std::out_of_range("age"); });
    });
    const Ref<User> ana = shop.session->add(User{.name = "Ana"});
    THROWS(ana.set<&User::age>(1), std::out_of_range);
    QVERIFY(!ana->age);
}

void Validators::whatIsLoadedIsNotAskedAbout()
{
    QFETCH(Shape, shape);
    const auto shop = validatedShop(shape);
    shop->session->connection().execute("INSERT INTO addresses (id, street) VALUES (1, 'nowhere')");
    QVERIFY(shop->get("addresses", 1).get("street") == Value("nowhere"));
}

void Validators::severalValidatorsAreAskedInTurn()
{
    Shop shop({}, {}, "sqlite://", [](orm::Registry &registry) {
        registry.mapped<User>()
            .validate<&User::name>([](std::string name) { return name + "1"; })
            .validate<&User::name>([](std::string name) { return name + "2"; });
    });
    QCOMPARE(shop.session->add(User{.name = "Ana"})->name, std::string("Ana12"));
}

void Validators::aMemberThatIsNotMappedHasNoValidator()
{
    orm::Registry registry = shopClasses();
    registry.record("users").validate("nothing", [](Value value) -> Value { return value; });
    THROWS(registry.configure(), orm::Argument);
}

void Validators::validatorsAreFrozenWithTheRegistry()
{
    const auto shop = validatedShop();
    THROWS(shop->registry.mapped<Address>().validate<&Address::street>(checkedStreet), orm::Argument);
}

QTEST_APPLESS_MAIN(Validators)
#include "tst_validators.moc"
