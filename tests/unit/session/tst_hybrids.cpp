#include "tests/unit/session/shop.h"

#include <functional>

using orm::Expression;
using orm::f;
using orm::Record;
using orm::Ref;
using orm::Value;

namespace {

struct Person {
    std::int64_t id{};
    std::string first{};
    std::optional<std::string> last{};
    std::optional<std::int32_t> age{};
    std::optional<double> height{};
    std::optional<orm::Decimal> salary{};
    bool active{};
};

struct Teacher : Person {
    std::optional<std::string> subject{};
};

const auto fullName = orm::hybrid<std::string>(f<&Person::first>.concat(" ").concat(f<&Person::last>));
const auto isAdult = orm::hybrid<bool>(f<&Person::age> >= 18);

/// Two people, one of them full of NULLs.
struct Town {
    std::unique_ptr<orm::Engine> engine = orm::createEngine("sqlite://");
    orm::Registry registry;
    std::unique_ptr<orm::Session> session;
    Ref<Person> ana;
    Ref<Person> nobody;

    Town()
    {
        registry.map<Person>("people")
            .column<&Person::id>("id", orm::primaryKey)
            .column<&Person::first>("first", orm::String(50))
            .column<&Person::last>("last", orm::String(50))
            .column<&Person::age>("age")
            .column<&Person::height>("height")
            .column<&Person::salary>("salary", orm::Numeric(10, 2))
            .column<&Person::active>("active");
        orm::createAll(*engine, std::as_const(registry).metadata());
        session = std::make_unique<orm::Session>(*engine, registry);
        ana = session->add(Person{
            .first = "Ana", .last = "Sílva", .age = 30, .height = 1.5, .salary = orm::Decimal(250, 2), .active = true});
        nobody = session->add(Person{.first = "Nobody"});
        session->flush();
    }
};

/// 1, 1.0 and true are one answer of different databases.
std::string shown(const Value &value)
{
    switch (value.kind()) {
    case orm::ValueKind::Bool:
        return value.asBool() ? "1" : "0";
    case orm::ValueKind::Double:
        return QString::number(value.asDouble(), 'g', 12).toStdString();
    case orm::ValueKind::Decimal:
        return QString::number(value.asDecimal().toDouble(), 'g', 12).toStdString();
    default:
        return value.toString();
    }
}

/// Equality of expressions is SQL's, which Qt must not take for its own.
struct Wanted {
    Expression expression;
};

} // namespace
Q_DECLARE_METATYPE(Wanted)

/// One definition that an object and the database answer alike.
class Hybrids : public QObject {
    Q_OBJECT

private slots:
    void objectAndDatabaseAgree_data();
    void objectAndDatabaseAgree();
    void onlyTheDatabaseKnowsSome_data();
    void onlyTheDatabaseKnowsSome();
    void aHybridIsAValueOfAnObject();
    void aHybridIsNullWhereSqlSaysNull();
    void aHybridFollowsUnsavedChanges();
    void aHybridSelectsAndOrders();
    void aHybridIsMadeOfHybrids();
    void aRecordHasHybridsToo();
    void aHybridIsInherited();
    void aHybridLoadsWhatItReads();
    void aResultThatDoesNotFitIsAnError();
    void kindsThatDoNotGoTogetherAreAnError();
};

void Hybrids::objectAndDatabaseAgree_data()
{
    const Expression first = f<&Person::first>;
    const Expression last = f<&Person::last>;
    const Expression age = f<&Person::age>;
    const Expression height = f<&Person::height>;
    const Expression salary = f<&Person::salary>;
    const Expression active = f<&Person::active>;
    QTest::addColumn<Wanted>("wanted");
    const auto row = [](const char *name, const Expression &expression) { QTest::newRow(name) << Wanted{expression}; };
    row("column", last);
    row("add", age + 1);
    row("subtract", age - 31);
    row("multiply", age * 3);
    row("divide integers", age / 4);
    row("remainder", age % 7);
    row("divide by zero", age / 0);
    row("divide double", height / 2);
    row("mixed", age * height);
    row("negate", -age);
    row("decimal", salary * 2 + salary);
    row("concat", first.concat(" ").concat(last));
    row("concat number", first.concat(age));
    row("equal", age == 30);
    row("not equal", age != 30);
    row("less", age < 30);
    row("less or equal", age <= 30);
    row("greater", height > 1);
    row("greater or equal", height >= 1.5);
    row("columns", age > height);
    row("text order", first < last);
    row("distinct", last.isDistinctFrom("Sílva"));
    row("not distinct", age.isNotDistinctFrom(30));
    row("is null", last.isNull());
    row("is not null", age.isNotNull());
    row("and with NULL", age > 18 && active);
    row("or with NULL", age > 18 || !active);
    row("not NULL", !(age > 18));
    row("in", age.in({29, 30}));
    row("not in", age.notIn({1, 2}));
    row("in with NULL", first.in({Value("x"), Value()}));
    row("between", age.between(18, 30));
    row("not between", !age.between(18, 29));
    row("case", orm::caseWhen({{age < 18, "minor"}, {age >= 18, "adult"}}, "unknown"));
    row("case without else", orm::caseWhen({{active, "yes"}}));
    row("coalesce", orm::function("coalesce", {last, age, "none"}));
    row("nullif", orm::function("nullif", {age, 30}));
    row("abs", orm::function("abs", {age - 100}));
    row("length", orm::function("length", {last}));
    row("lower", orm::function("lower", {first}));
    row("upper", orm::function("upper", {first}));
}

void Hybrids::objectAndDatabaseAgree()
{
    QFETCH(Wanted, wanted);
    Town town;
    for (const Ref<Person> &person : {town.ana, town.nobody}) {
        orm::Select query;
        query.columns({wanted.expression}).where(f<&Person::id> == person->id);
        QCOMPARE(shown(orm::evaluate(wanted.expression, *person.state())), shown(town.session->scalar(query)));
    }
}

void Hybrids::onlyTheDatabaseKnowsSome_data()
{
    const Expression first = f<&Person::first>;
    QTest::addColumn<Wanted>("wanted");
    QTest::newRow("like") << Wanted{first.contains("n")};
    QTest::newRow("function") << Wanted{orm::function("hex", {first})};
    QTest::newRow("cast") << Wanted{first.cast(orm::Text())};
    QTest::newRow("text") << Wanted{orm::text("1")};
    QTest::newRow("another class") << Wanted{Expression(f<&User::name>)};
}

void Hybrids::onlyTheDatabaseKnowsSome()
{
    QFETCH(Wanted, wanted);
    Town town;
    THROWS((void)orm::hybrid<Value>(wanted.expression)(town.ana), orm::Argument);
}

void Hybrids::aHybridIsAValueOfAnObject()
{
    Town town;
    QVERIFY(fullName(town.ana) == std::optional<std::string>("Ana Sílva"));
    QVERIFY(isAdult(town.ana) == std::optional<bool>(true));
}

void Hybrids::aHybridIsNullWhereSqlSaysNull()
{
    Town town;
    QVERIFY(!fullName(town.nobody));
    QVERIFY(!isAdult(town.nobody));
}

void Hybrids::aHybridFollowsUnsavedChanges()
{
    Town town;
    town.ana.set<&Person::age>(3);
    QVERIFY(isAdult(town.ana) == std::optional<bool>(false));
}

void Hybrids::aHybridSelectsAndOrders()
{
    Town town;
    town.session->add(Person{.first = "Ana", .last = "Abreu", .age = 20});
    const auto found =
        town.session->all(orm::select<Person>().where(isAdult && fullName.contains("Ana")).orderBy(fullName));
    QCOMPARE(found.size(), std::size_t{2});
    QVERIFY(found[1] == town.ana);
    QVERIFY(town.session->one(orm::select<Person>().where(fullName == "Ana Sílva")) == town.ana);
}

void Hybrids::aHybridIsMadeOfHybrids()
{
    Town town;
    const auto greeting = orm::hybrid<std::string>(orm::caseWhen({{isAdult, fullName}}, f<&Person::first>));
    QVERIFY(greeting(town.ana) == std::optional<std::string>("Ana Sílva"));
    QVERIFY(greeting(town.nobody) == std::optional<std::string>("Nobody"));
}

void Hybrids::aRecordHasHybridsToo()
{
    Shop shop(Shape::Records);
    const orm::Table &products = shop.table("products");
    const auto value =
        orm::hybrid<orm::Decimal>(Expression(products.column("price")) * Expression(products.column("stock")));
    const Record cup =
        shop.add("products", {{"code", "x"}, {"title", "Cup"}, {"price", orm::Decimal(150, 2)}, {"stock", 3}});
    shop.session->flush();
    QVERIFY(value(cup) == std::optional<orm::Decimal>(orm::Decimal(450, 2)));
    QVERIFY(shop.session->first(orm::select(products).where(value->isNotNull())) == cup);
}

void Hybrids::aHybridIsInherited()
{
    orm::Registry registry;
    registry.map<Person>("people")
        .polymorphicOn<&Person::age>(orm::polymorphicIdentity(1))
        .column<&Person::id>("id", orm::primaryKey)
        .column<&Person::first>("first")
        .column<&Person::last>("last")
        .column<&Person::age>("age");
    registry.map<Teacher>("teachers")
        .inherits<Person>(orm::polymorphicIdentity(2))
        .column<&Teacher::subject>("subject");
    const auto engine = orm::createEngine("sqlite://");
    orm::Session session(*engine, registry);
    Teacher teacher;
    teacher.first = "Rui";
    teacher.last = "Lima";
    teacher.subject = "music";
    const Ref<Teacher> rui = session.add(std::move(teacher));
    QVERIFY(fullName(rui) == std::optional<std::string>("Rui Lima"));
    QVERIFY(orm::hybrid<std::string>(f<&Person::first>.concat(f<&Teacher::subject>))(rui) ==
            std::optional<std::string>("Ruimusic"));
}

void Hybrids::aHybridLoadsWhatItReads()
{
    Town town;
    town.session->commit();
    QVERIFY(fullName(town.ana) == std::optional<std::string>("Ana Sílva"));
}

void Hybrids::aResultThatDoesNotFitIsAnError()
{
    Town town;
    town.ana.set<&Person::age>(std::numeric_limits<std::int32_t>::max());
    THROWS((void)orm::hybrid<std::int32_t>(f<&Person::age> + 1)(town.ana), orm::DataError);
    QVERIFY(orm::hybrid<std::int64_t>(f<&Person::age> + 1)(town.ana) == std::optional<std::int64_t>(2147483648));
    const Expression wide = Expression(std::numeric_limits<std::int64_t>::max()) + Expression(f<&Person::age>);
    THROWS((void)orm::hybrid<std::int64_t>(wide)(town.ana), orm::DataError);
}

void Hybrids::kindsThatDoNotGoTogetherAreAnError()
{
    Town town;
    THROWS((void)orm::hybrid<Value>(f<&Person::age> + Expression(f<&Person::first>))(town.ana), orm::Argument);
    THROWS((void)orm::hybrid<Value>(Expression(f<&Person::first>) > Expression(f<&Person::age>))(town.ana),
           orm::Argument);
}

QTEST_APPLESS_MAIN(Hybrids)
#include "tst_hybrids.moc"
