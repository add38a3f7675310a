#include "tests/unit/session/staff.h"

namespace {

/// One of each class: all in one company, employees and managers in one office with a badge each.
struct Firm : Staff {
    using Staff::Staff;
    void found()
    {
        fill();
        furnish();
        session->sweep();
        recorder.clear();
    }
    void furnish()
    {
        const Record company = add("companies", {{"title", "Acme"}});
        (void)add("companies", {{"title", "Empty"}});
        const Record office = add("offices", {{"city", "Natal"}});
        (void)add("offices", {{"city", "Empty"}});
        for (const Record &person : all("people"))
            person.setRelated("company", company);
        for (const Record &employee : all("employees")) {
            employee.setRelated("office", office);
            add("badges", {{"text", employee.get("name")}}).setRelated("owner", employee);
        }
        (void)add("badges", {{"text", "nobody's"}});
        session->commit();
    }
    std::vector<Record> by(const char *name, const orm::QueryOptions &options = {})
    {
        return session->all(orm::select(table(name)).orderBy({column(name, "id")}), options);
    }
};

orm::LoadOption path(orm::Loading loading, const char *name) { return orm::loadPath(loading, {name}); }

void eachLoading()
{
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<int>("loading");
    for (const Shape shape : {Shape::Classes, Shape::Records})
        for (const auto &[loading, name] : {std::pair(orm::Loading::Select, "select"),
                                            {orm::Loading::SelectIn, "selectin"},
                                            {orm::Loading::Joined, "joined"},
                                            {orm::Loading::Subquery, "subquery"}})
            QTest::addRow("%s, %s", shape == Shape::Classes ? "classes" : "records", name)
                << shape << static_cast<int>(loading);
}

} // namespace

/// Relationships to and from classes that inherit.
class InheritanceRelations : public QObject {
    Q_OBJECT

private slots:
    void aCollectionHasObjectsOfTheirClasses_data() { eachLoading(); }
    void aCollectionHasObjectsOfTheirClasses();
    void aCollectionBySubclassTableHasItsObjects_data() { eachLoading(); }
    void aCollectionBySubclassTableHasItsObjects();
    void aParentIsAnObjectOfItsClass_data() { eachLoading(); }
    void aParentIsAnObjectOfItsClass();
    void aPathLeadsOnFromASubclassTable_data() { eachLoading(); }
    void aPathLeadsOnFromASubclassTable();
    void aSubclassQueryLoadsInheritedRelationships_data() { eachLoading(); }
    void aSubclassQueryLoadsInheritedRelationships();
    void aBaseQueryMayLoadARelationshipOfASubclass_data() { eachLoading(); }
    void aBaseQueryMayLoadARelationshipOfASubclass();
    void inlineSubclassesComeWithAJoinedCollection_data() { bothShapes(); }
    void inlineSubclassesComeWithAJoinedCollection();
    void selectinSubclassesComeWithACollection_data() { bothShapes(); }
    void selectinSubclassesComeWithACollection();
    void aDeletedManagerLetsGoOfItsBadges_data() { bothShapes(); }
    void aDeletedManagerLetsGoOfItsBadges();
};

void InheritanceRelations::aCollectionHasObjectsOfTheirClasses()
{
    QFETCH(Shape, shape);
    QFETCH(int, loading);
    Firm firm(shape);
    firm.found();
    const std::vector<Record> companies = firm.by("companies", {path(orm::Loading(loading), "people")});
    QCOMPARE(classesOf(companies.at(0).collection("people")),
             std::string("people:p employees:e managers:m Customer:c Vip:v"));
    QVERIFY(companies.at(1).collection("people").empty());
    QVERIFY(firm.recorder.count("SELECT") <= 2);
    QCOMPARE(companies.at(0).collection("people")[4].get("discount"), Value(9));
}

void InheritanceRelations::aCollectionBySubclassTableHasItsObjects()
{
    QFETCH(Shape, shape);
    QFETCH(int, loading);
    Firm firm(shape);
    firm.found();
    const std::vector<Record> offices = firm.by("offices", {path(orm::Loading(loading), "staff")});
    const std::vector<Record> found = offices.at(0).collection("staff");
    QVERIFY(offices.at(1).collection("staff").empty());
    QCOMPARE(found.size(), std::size_t{2});
    for (const Record &record : found)
        QCOMPARE(record.get("salary"), Value(record.mapper().name() == "managers" ? 20 : 10));
    QVERIFY(firm.recorder.count("SELECT") <= 2);
}

void InheritanceRelations::aParentIsAnObjectOfItsClass()
{
    QFETCH(Shape, shape);
    QFETCH(int, loading);
    Firm firm(shape);
    firm.found();
    const std::vector<Record> badges = firm.by("badges", {path(orm::Loading(loading), "owner")});
    QCOMPARE(badges.at(0).related("owner").mapper().name(), std::string("employees"));
    QCOMPARE(badges.at(1).related("owner").mapper().name(), std::string("managers"));
    QVERIFY(!badges.at(2).related("owner"));
    QCOMPARE(badges.at(1).related("owner").get("salary"), Value(20));
    QVERIFY(firm.recorder.count("SELECT") <= 2);
    QCOMPARE(badges.at(1).related("owner").get("bonus"), Value(5));
}

void InheritanceRelations::aPathLeadsOnFromASubclassTable()
{
    QFETCH(Shape, shape);
    QFETCH(int, loading);
    if (orm::Loading(loading) == orm::Loading::Select)
        return; // leads nowhere in a query
    Firm firm(shape);
    firm.found();
    const std::vector<Record> offices = firm.by(
        "offices", {orm::loadPath(orm::Loading(loading), {"staff"}).then(path(orm::Loading(loading), "company"))});
    for (const Record &employee : offices.at(0).collection("staff"))
        QCOMPARE(employee.related("company").get("title"), Value("Acme"));
    QVERIFY(firm.recorder.count("SELECT") <= 3);
}

void InheritanceRelations::aSubclassQueryLoadsInheritedRelationships()
{
    QFETCH(Shape, shape);
    QFETCH(int, loading);
    Firm firm(shape);
    firm.found();
    const std::vector<Record> managers = firm.all("managers", {path(orm::Loading(loading), "company")});
    const std::vector<Record> vips = firm.all("Vip", {path(orm::Loading(loading), "company")});
    QCOMPARE(managers.at(0).related("company").get("title"), Value("Acme"));
    QVERIFY(vips.at(0).related("company") == managers.at(0).related("company"));
    QVERIFY(firm.recorder.count("SELECT") <= 4);
}

void InheritanceRelations::aBaseQueryMayLoadARelationshipOfASubclass()
{
    QFETCH(Shape, shape);
    QFETCH(int, loading);
    Firm firm(shape);
    firm.found();
    const std::vector<Record> people = firm.all("people", {path(orm::Loading(loading), "badges")});
    QCOMPARE(people.at(2).collection("badges").at(0).get("text"), Value("m"));
    QCOMPARE(people.at(1).collection("badges").at(0).get("text"), Value("e"));
    QVERIFY(firm.recorder.count("SELECT") <= 3);
}

void InheritanceRelations::inlineSubclassesComeWithAJoinedCollection()
{
    QFETCH(Shape, shape);
    Firm firm(shape, inlineStaff, staffRecords<orm::PolymorphicLoad::Inline>);
    firm.found();
    const std::vector<Record> companies = firm.by("companies", {orm::joinedPath({"people"})});
    QCOMPARE(companies.at(0).collection("people").at(2).get("bonus"), Value(5));
    const std::vector<Record> badges = firm.by("badges", {orm::joinedPath({"owner"})});
    QCOMPARE(badges.at(1).related("owner").get("bonus"), Value(5));
    VERIFY_SENT(firm.recorder.exactly({"SELECT companies", "SELECT badges"}));
}

void InheritanceRelations::selectinSubclassesComeWithACollection()
{
    QFETCH(Shape, shape);
    Firm firm(shape, selectinStaff, staffRecords<orm::PolymorphicLoad::SelectIn>);
    firm.found();
    const std::vector<Record> companies = firm.by("companies", {orm::selectinPath({"people"})});
    VERIFY_SENT(firm.recorder.exactly({"SELECT companies", "SELECT people", "SELECT employees", "SELECT employees"}));
    firm.recorder.clear();
    QCOMPARE(companies.at(0).collection("people").at(2).get("bonus"), Value(5));
    VERIFY_SENT(firm.recorder.nothing());
}

void InheritanceRelations::aDeletedManagerLetsGoOfItsBadges()
{
    QFETCH(Shape, shape);
    Firm firm(shape);
    firm.found();
    firm.session->remove(firm.find("people", 3));
    firm.session->flush();
    VERIFY_SENT(firm.recorder.before("UPDATE badges", "DELETE managers"));
    QCOMPARE(firm.stored("SELECT owner_id FROM badges WHERE text = 'm'"), Value());
    QCOMPARE(firm.stored("SELECT count(*) FROM people"), Value(4));
}

QTEST_APPLESS_MAIN(InheritanceRelations)
#include "tst_inheritance_relations.moc"
