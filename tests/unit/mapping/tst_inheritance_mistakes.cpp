#include "tests/unit/mapping/people.h"

namespace {

void withoutDiscriminator(orm::Registry &registry)
{
    registry.map<Person>("people").column<&Person::id>("id", orm::primaryKey);
    registry.map<Employee>("employees").inherits<Person>(polymorphicIdentity("employee"));
}

void withoutIdentity(orm::Registry &registry)
{
    mapPerson(registry);
    registry.map<Employee>("employees").inherits<Person>();
}

void withOneIdentityTwice(orm::Registry &registry)
{
    mapPerson(registry);
    registry.map<Employee>("employees").inherits<Person>(polymorphicIdentity("person"));
}

void withAKeyOfItsOwn(orm::Registry &registry)
{
    mapPerson(registry);
    registry.map<Employee>("employees")
        .inherits<Person>(polymorphicIdentity("employee"))
        .column<&Employee::id>("nr", orm::primaryKey);
}

void beforeItsBase(orm::Registry &registry)
{
    registry.map<Employee>("employees").inherits<Person>(polymorphicIdentity("employee"));
}

void fromItsSecondBase(orm::Registry &registry)
{
    mapPerson(registry);
    registry.map<Second>("seconds").inherits<Person>(polymorphicIdentity("second"));
}

void withoutTable(orm::Registry &registry)
{
    mapPerson(registry);
    registry.map<Customer>();
}

void concreteWithoutTable(orm::Registry &registry)
{
    mapPerson(registry);
    registry.map<Customer>().inherits<Person>(orm::concrete);
}

void withItsBasesColumn(orm::Registry &registry)
{
    mapPerson(registry);
    registry.map<Customer>()
        .inherits<Person>(polymorphicIdentity("customer"))
        .column<&Customer::credit>("company_id", orm::BigInteger());
}

void afterItsColumns(orm::Registry &registry)
{
    mapPerson(registry);
    registry.map<Employee>("employees")
        .column<&Employee::salary>("salary")
        .inherits<Person>(polymorphicIdentity("employee"));
}

} // namespace

/// Mappings of subclasses that make no sense.
class InheritanceMistakes : public QObject {
    Q_OBJECT

private slots:
    void areRefused_data();
    void areRefused();
};

void InheritanceMistakes::areRefused_data()
{
    using Mapping = void (*)(orm::Registry &);
    QTest::addColumn<Mapping>("mapping");
    QTest::addColumn<QString>("says");
    QTest::newRow("no discriminator") << Mapping(withoutDiscriminator) << "people needs polymorphicOn()";
    QTest::newRow("no identity") << Mapping(withoutIdentity) << "give employees a polymorphicIdentity()";
    QTest::newRow("identity twice") << Mapping(withOneIdentityTwice) << "same polymorphic identity";
    QTest::newRow("own key") << Mapping(withAKeyOfItsOwn) << "is that of the class it inherits from";
    QTest::newRow("before its base") << Mapping(beforeItsBase) << "before the classes that inherit from it";
    QTest::newRow("second base") << Mapping(fromItsSecondBase) << "must be the first base class";
    QTest::newRow("no table") << Mapping(withoutTable) << "say what Customer inherits from";
    QTest::newRow("concrete without table") << Mapping(concreteWithoutTable) << "needs a table of its own";
    QTest::newRow("its base's column") << Mapping(withItsBasesColumn) << "cannot be Customer's own";
    QTest::newRow("after its columns") << Mapping(afterItsColumns) << "inherits() comes first";
}

void InheritanceMistakes::areRefused()
{
    using Mapping = void (*)(orm::Registry &);
    QFETCH(Mapping, mapping);
    QFETCH(QString, says);
    const std::string refused = refusal([&] {
        orm::Registry registry;
        mapping(registry);
        mapOthers(registry);
        registry.configure();
    });
    QVERIFY2(QString::fromStdString(refused).contains(says), refused.c_str());
}

QTEST_APPLESS_MAIN(InheritanceMistakes)
#include "tst_inheritance_mistakes.moc"
