#include "tests/unit/session/staff.h"

/// Rows of objects whose classes inherit: where they are inserted, updated and deleted.
class InheritanceFlush : public QObject {
    Q_OBJECT

private slots:
    void baseTablesAreInsertedFirst_data() { bothShapes(); }
    void baseTablesAreInsertedFirst();
    void keysAreMadeInTheOrderOfTheObjects_data() { bothShapes(); }
    void keysAreMadeInTheOrderOfTheObjects();
    void theDiscriminatorIsWritten_data() { bothShapes(); }
    void theDiscriminatorIsWritten();
    void onlyTablesWithChangesAreUpdated_data() { bothShapes(); }
    void onlyTablesWithChangesAreUpdated();
    void aSingleTableInsertLeavesTheRestOut_data() { bothShapes(); }
    void aSingleTableInsertLeavesTheRestOut();
    void subclassRowsAreDeletedFirst_data() { bothShapes(); }
    void subclassRowsAreDeletedFirst();
    void aMissingSubclassRowIsStale_data() { bothShapes(); }
    void aMissingSubclassRowIsStale();
    void foreignKeysOfEachTableFollowTheirLinks_data() { bothShapes(); }
    void foreignKeysOfEachTableFollowTheirLinks();
    void aSubclassObjectComesIntoItsBasesCollection_data() { bothShapes(); }
    void aSubclassObjectComesIntoItsBasesCollection();
    void anObjectOfAnotherClassIsRefused_data() { bothShapes(); }
    void anObjectOfAnotherClassIsRefused();
    void theSameKeyOfAnotherClassGoesFirst_data() { bothShapes(); }
    void theSameKeyOfAnotherClassGoesFirst();
    void theSameKeyOfItsClassTakesTheRowOver_data() { bothShapes(); }
    void theSameKeyOfItsClassTakesTheRowOver();
    void aRollbackMakesNewObjectsTransient_data() { bothShapes(); }
    void aRollbackMakesNewObjectsTransient();
    void aRollbackRevivesADeletedObject_data() { bothShapes(); }
    void aRollbackRevivesADeletedObject();
    void aPreviewShowsEachTable_data() { bothShapes(); }
    void aPreviewShowsEachTable();
    void aRowThatWasChangedByOthersIsNotWritten_data() { bothShapes(); }
    void aRowThatWasChangedByOthersIsNotWritten();
};

void InheritanceFlush::baseTablesAreInsertedFirst()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    const Record manager = staff.make("managers", {{"name", "m"}, {"salary", 20}, {"bonus", 5}});
    const Record employee = staff.make("employees", {{"name", "e"}, {"salary", 10}});
    const Record person = staff.make("people", {{"name", "p"}});
    staff.session->flush();
    VERIFY_SENT(staff.recorder.exactly({"INSERT people x3", "INSERT employees x2", "INSERT managers"}));
    QCOMPARE(manager.get("id"), Value(1));
    QCOMPARE(employee.get("id"), Value(2));
    QCOMPARE(person.get("id"), Value(3));
    QCOMPARE(staff.stored("SELECT salary FROM employees WHERE id = 1"), Value(20));
    QCOMPARE(staff.stored("SELECT bonus FROM managers WHERE id = 1"), Value(5));
    QCOMPARE(staff.stored("SELECT salary FROM employees WHERE id = 2"), Value(10));
}

void InheritanceFlush::keysAreMadeInTheOrderOfTheObjects()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    const std::vector<const char *> classes{"people", "Customer", "employees", "people", "Customer", "managers"};
    std::vector<Record> made;
    for (const char *name : classes)
        made.push_back(staff.make(name, {{"name", name}}));
    staff.session->flush();
    for (std::size_t i = 0; i < made.size(); ++i)
        QCOMPARE(made[i].get("id"), Value(static_cast<std::int64_t>(i + 1)));
}

void InheritanceFlush::theDiscriminatorIsWritten()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    QCOMPARE(staff.stored("SELECT group_concat(type) FROM (SELECT type FROM people ORDER BY id)"),
             Value("person,employee,manager,customer,vip"));
}

void InheritanceFlush::onlyTablesWithChangesAreUpdated()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    const Record manager = staff.find("managers", 3);
    staff.recorder.clear();
    manager.set("bonus", 6);
    staff.session->flush();
    VERIFY_SENT(staff.recorder.exactly({"UPDATE managers"}));
    staff.recorder.clear();
    manager.set("name", "mm");
    manager.set("salary", 21);
    staff.session->flush();
    VERIFY_SENT(staff.recorder.exactly({"UPDATE people", "UPDATE employees"}));
    staff.recorder.clear();
    manager.set("salary", 22);
    manager.set("salary", 21);
    staff.session->flush();
    VERIFY_SENT(staff.recorder.nothing());
    QCOMPARE(staff.stored("SELECT salary FROM employees WHERE id = 3"), Value(21));
    QCOMPARE(staff.stored("SELECT salary FROM employees WHERE id = 2"), Value(10));
}

void InheritanceFlush::aSingleTableInsertLeavesTheRestOut()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    (void)staff.make("Customer", {{"name", "c"}, {"credit", 3}});
    staff.session->flush();
    VERIFY_SENT(staff.recorder.exactly({"INSERT people"}));
    QVERIFY(staff.recorder.statements().back().sql.find("credit") != std::string::npos);
    QVERIFY(staff.recorder.statements().back().sql.find("discount") == std::string::npos);
}

void InheritanceFlush::subclassRowsAreDeletedFirst()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    for (const Record &person : staff.all("people"))
        staff.session->remove(person);
    staff.recorder.clear();
    staff.session->flush();
    VERIFY_SENT(
        staff.recorder.exactly({"SELECT badges", "DELETE managers", "DELETE employees x2", "DELETE people x5"}));
    QCOMPARE(staff.stored("SELECT count(*) FROM people"), Value(0));
}

void InheritanceFlush::aMissingSubclassRowIsStale()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    const Record employee = staff.find("employees", 2);
    staff.session->connection().execute("DELETE FROM employees WHERE id = 2");
    employee.set("salary", 11);
    QVERIFY_EXCEPTION_THROWN(staff.session->flush(), orm::StaleRow);
    staff.session->rollback();
    QCOMPARE(employee.get("salary"), Value(10));
}

void InheritanceFlush::foreignKeysOfEachTableFollowTheirLinks()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    const Record company = staff.add("companies", {{"title", "Acme"}});
    const Record office = staff.add("offices", {{"city", "Natal"}});
    const Record manager = staff.make("managers", {{"name", "m"}});
    const Record badge = staff.add("badges", {{"text", "b"}});
    manager.setRelated("company", company);
    manager.setRelated("office", office);
    badge.setRelated("owner", manager);
    staff.session->flush();
    QCOMPARE(staff.stored("SELECT company_id FROM people"), company.get("id"));
    QCOMPARE(staff.stored("SELECT office_id FROM employees"), office.get("id"));
    QCOMPARE(staff.stored("SELECT owner_id FROM badges"), manager.get("id"));
    QCOMPARE(manager.collection("badges").size(), std::size_t{1});
    staff.recorder.clear();
    manager.setRelated("office", {});
    staff.session->flush();
    VERIFY_SENT(staff.recorder.exactly({"UPDATE employees"}));
    QCOMPARE(staff.stored("SELECT office_id FROM employees"), Value());
}

void InheritanceFlush::aSubclassObjectComesIntoItsBasesCollection()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    const Record company = staff.add("companies", {{"title", "Acme"}});
    for (const char *name : {"Customer", "managers", "people"})
        company.addTo("people", staff.make(name, {{"name", name}}));
    staff.session->commit();
    QCOMPARE(classesOf(company.collection("people")), std::string("Customer:Customer managers:managers people:people"));
    company.removeFrom("people", company.collection("people")[1]);
    staff.session->flush();
    QCOMPARE(staff.stored("SELECT company_id FROM people WHERE type = 'manager'"), Value());
}

void InheritanceFlush::anObjectOfAnotherClassIsRefused()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    const Record badge = staff.add("badges", {{"text", "b"}});
    const Record person = staff.make("people", {{"name", "p"}});
    QVERIFY_EXCEPTION_THROWN(badge.setRelated("owner", person), orm::Argument);
    QVERIFY(!badge.related("owner"));
}

void InheritanceFlush::theSameKeyOfAnotherClassGoesFirst()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    staff.session->remove(staff.find("employees", 2));
    (void)staff.make("managers", {{"id", 2}, {"name", "new"}, {"bonus", 1}});
    staff.session->commit();
    QCOMPARE(staff.find("people", 2).mapper().name(), std::string("managers"));
    QCOMPARE(staff.find("managers", 2).get("bonus"), Value(1));
}

void InheritanceFlush::theSameKeyOfItsClassTakesTheRowOver()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    staff.session->remove(staff.find("managers", 3));
    (void)staff.make("managers", {{"id", 3}, {"name", "m"}, {"salary", 21}, {"bonus", 5}});
    staff.recorder.clear();
    staff.session->flush();
    VERIFY_SENT(staff.recorder.counted({"UPDATE employees", "UPDATE x1", "DELETE x0", "INSERT x0"}));
    QCOMPARE(staff.stored("SELECT salary FROM employees WHERE id = 3"), Value(21));
}

void InheritanceFlush::aRollbackMakesNewObjectsTransient()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    const Record manager = staff.make("managers", {{"name", "m"}, {"bonus", 5}});
    staff.session->flush();
    staff.session->rollback();
    QVERIFY(manager.life() == orm::Life::Transient);
    staff.session->add(manager);
    staff.session->commit();
    QCOMPARE(staff.stored("SELECT count(*) FROM managers"), Value(1));
    QCOMPARE(manager.get("bonus"), Value(5));
}

void InheritanceFlush::aRollbackRevivesADeletedObject()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    staff.fill();
    const Record manager = staff.find("managers", 3);
    staff.session->remove(manager);
    staff.session->flush();
    QVERIFY(!staff.find("people", 3));
    staff.session->rollback();
    QVERIFY(staff.find("people", 3) == manager);
    QCOMPARE(manager.get("bonus"), Value(5));
}

void InheritanceFlush::aPreviewShowsEachTable()
{
    QFETCH(Shape, shape);
    Staff staff(shape);
    (void)staff.make("employees", {{"name", "e"}, {"salary", 10}});
    const std::vector<std::string> planned = staff.planned();
    QCOMPARE(planned.size(), std::size_t{2});
    QVERIFY2(planned[0].find("INSERT INTO \"people\"") == 0, planned[0].c_str());
    QVERIFY2(planned[1].find("INSERT INTO \"employees\"") == 0, planned[1].c_str());
    QVERIFY2(planned[1].find(":people_1_id") != std::string::npos, planned[1].c_str());
}

void InheritanceFlush::aRowThatWasChangedByOthersIsNotWritten()
{
    QFETCH(Shape, shape);
    orm::SessionOptions options;
    options.conflictCheck = orm::ConflictCheck::LoadedRow;
    Staff staff(shape, options);
    staff.fill();
    const Record employee = staff.find("employees", 2);
    staff.session->connection().execute("UPDATE employees SET salary = 11 WHERE id = 2");
    employee.set("name", "ee");
    const std::string told = messageOf<orm::StaleRow>([&] { staff.session->flush(); });
    QVERIFY2(told.find("salary is now 11") != std::string::npos, told.c_str());
}

QTEST_APPLESS_MAIN(InheritanceFlush)
#include "tst_inheritance_flush.moc"
