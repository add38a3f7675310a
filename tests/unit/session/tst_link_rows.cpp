#include "ormcore/session/flush_links.h"
#include "tests/unit/session/library.h"

using orm::Record;
using orm::Value;
using Records = std::vector<Record>;

/// Rows of link tables: with deletions, rollbacks and in the plan of a flush.
class LinkRows : public QObject {
    Q_OBJECT

private slots:
    void aDeletedObjectTakesItsLinksAlong_data() { bothShapes(); }
    void aDeletedObjectTakesItsLinksAlong();
    void bothSidesMayBeDeletedAtOnce_data() { bothShapes(); }
    void bothSidesMayBeDeletedAtOnce();
    void aSideThatKnowsNoListTakesItsLinksAlong_data() { bothShapes(); }
    void aSideThatKnowsNoListTakesItsLinksAlong();
    void aLinkTakenFromADeletedObjectGoesWithTheOthers_data() { bothShapes(); }
    void aLinkTakenFromADeletedObjectGoesWithTheOthers();
    void deletedObjectsGetNoNewLinks_data() { bothShapes(); }
    void deletedObjectsGetNoNewLinks();
    void rollbackRestoresTheLinks_data() { bothShapes(); }
    void rollbackRestoresTheLinks();
    void aSavepointRestoresTheLinks_data() { bothShapes(); }
    void aSavepointRestoresTheLinks();
    void aRolledBackObjectIsAddedAgainWithItsLinks_data() { bothShapes(); }
    void aRolledBackObjectIsAddedAgainWithItsLinks();
    void aLinkThatSomeoneElseDeletedIsStale_data() { bothShapes(); }
    void aLinkThatSomeoneElseDeletedIsStale();
    void expiringOneSideKeepsTheLinkOfTheOther_data() { bothShapes(); }
    void expiringOneSideKeepsTheLinkOfTheOther();
    void aPlanShowsLinksWithKeysToCome_data() { bothShapes(); }
    void aPlanShowsLinksWithKeysToCome();
    void linksOfOneTableAreOneStep();
    void unreachableLinksAreKeptUntilTheyAreWritten();
};

void LinkRows::aDeletedObjectTakesItsLinksAlong()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record other = library.author("Clarice");
    for (const char *title : {"x", "y"}) {
        const Record book = library.book(title);
        book.addTo("authors", machado);
        book.addTo("authors", other);
    }
    library.session->commit();
    library.forget();
    library.session->remove(machado);
    library.session->commit();
    QCOMPARE(library.sent("DELETE"), 2); // the links at once, and the author
    QCOMPARE(library.sent("SELECT"), 0);
    QCOMPARE(library.links(), std::string("2-1 2-2"));
}

void LinkRows::bothSidesMayBeDeletedAtOnce()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record x = library.book("x");
    machado.addTo("books", x);
    library.session->flush();
    machado.removeFrom("books", x);
    library.session->remove(machado);
    library.session->remove(x);
    library.session->flush();
    QVERIFY(library.stored("SELECT (SELECT count(*) FROM authors) + (SELECT count(*) FROM books)") == Value(0));
    QCOMPARE(library.links(), std::string("NULL"));
}

void LinkRows::aSideThatKnowsNoListTakesItsLinksAlong()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record band = library.add("bands", {{"country", "BR"}, {"name", "Mutantes"}});
    const Record rita = library.add("musicians", {{"country", "BR"}, {"number", 7}});
    band.addTo("members", rita);
    library.session->commit();
    QVERIFY(library.stored("SELECT country || band || musician FROM band_members") == Value("BRMutantes7"));
    library.session->remove(rita);
    library.session->commit();
    QVERIFY(library.stored("SELECT count(*) FROM band_members") == Value(0));
}

void LinkRows::aLinkTakenFromADeletedObjectGoesWithTheOthers()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record x = library.book("x");
    machado.addTo("books", x);
    machado.addTo("books", library.book("y"));
    library.session->flush();
    library.forget();
    machado.removeFrom("books", x);
    library.session->remove(machado);
    library.session->flush();
    VERIFY_SENT(library.recorder.exactly({"DELETE author_book", "DELETE authors"}));
    QCOMPARE(library.links(), std::string("NULL"));
}

void LinkRows::deletedObjectsGetNoNewLinks()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    library.session->flush();
    machado.addTo("books", library.book("x"));
    library.session->remove(machado);
    library.session->flush();
    QCOMPARE(library.links(), std::string("NULL"));
    QVERIFY(library.stored("SELECT count(*) FROM books") == Value(1));
}

void LinkRows::rollbackRestoresTheLinks()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record x = library.book("x");
    machado.addTo("books", x);
    library.session->commit();
    machado.removeFrom("books", x);
    machado.addTo("books", library.book("y"));
    library.session->flush();
    library.session->rollback();
    QVERIFY(machado.collection("books") == Records{x});
    QVERIFY(x.collection("authors") == Records{machado});
    machado.removeFrom("books", x);
    library.session->rollback(); // before any flush
    QVERIFY(machado.collection("books") == Records{x});
    library.session->commit();
    QCOMPARE(library.links(), std::string("1-1"));
}

void LinkRows::aSavepointRestoresTheLinks()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record x = library.book("x");
    const Record y = library.book("y");
    machado.addTo("books", x);
    library.session->flush();
    {
        orm::NestedTransaction nested = library.session->beginNested();
        machado.removeFrom("books", x);
        machado.addTo("books", y);
        library.session->flush();
        nested.rollback();
    }
    QVERIFY(machado.collection("books") == Records{x});
    QVERIFY(y.collection("authors").empty());
    library.session->commit();
    QCOMPARE(library.links(), std::string("1-1"));
}

void LinkRows::aRolledBackObjectIsAddedAgainWithItsLinks()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    library.session->commit();
    const Record x = library.book("x");
    x.addTo("authors", machado);
    library.session->flush();
    library.session->rollback();
    QVERIFY(machado.collection("books").empty());
    library.session->add(x);
    library.session->flush();
    QCOMPARE(library.links(), std::string("1-1"));
}

void LinkRows::aLinkThatSomeoneElseDeletedIsStale()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record x = library.book("x");
    machado.addTo("books", x);
    library.session->flush();
    library.session->connection().execute(std::string("DELETE FROM author_book"));
    machado.removeFrom("books", x);
    THROWS(library.session->flush(), orm::StaleRow);
    library.session->rollback();
}

void LinkRows::expiringOneSideKeepsTheLinkOfTheOther()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record x = library.book("x");
    library.session->commit();
    machado.addTo("books", x);
    library.session->expire(machado);
    library.session->flush();
    QCOMPARE(library.links(), std::string("1-1"));
    QVERIFY(machado.collection("books") == Records{x});
}

void LinkRows::aPlanShowsLinksWithKeysToCome()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record old = library.author("Machado");
    const Record gone = library.book("gone");
    old.addTo("books", gone);
    library.session->flush();
    library.forget();
    old.removeFrom("books", gone);
    library.author("Clarice").addTo("books", library.book("x"));
    old.addTo("books", library.book("y"));
    const auto planned = library.session->preview();
    QVERIFY(library.statements.empty());
    std::vector<std::string> links;
    for (const orm::PlannedStatement &statement : planned)
        if (statement.table == &library.table("author_book"))
            links.push_back(statement.sql);
    QCOMPARE(links, (std::vector<std::string>{
                        R"(DELETE FROM "author_book" WHERE "author_id" = 1 AND "book_id" = 1)",
                        R"(INSERT INTO "author_book" ("author_id", "book_id") VALUES (1, :books_2_id))",
                        R"(INSERT INTO "author_book" ("author_id", "book_id") VALUES (:authors_1_id, :books_1_id))"}));
}

void LinkRows::linksOfOneTableAreOneStep()
{
    const orm::Registry registry = libraryClasses();
    registry.configure();
    const orm::Mapper &authors = registry.mapper<Author>();
    orm::Region memory;
    orm::FlushInput input;
    orm::State &author = memory.create(authors);
    input.pending.push_back(&author);
    for (int i = 0; i < 3; ++i) {
        orm::State &book = memory.create(registry.mapper<Book>());
        orm::addChild(author, authors.relationship("books"), book);
        input.pending.push_back(&book);
    }
    input.links = orm::linkChanges(input, {});
    const orm::FlushPlan plan = orm::planFlush(input);
    QCOMPARE(plan.steps.size(), std::size_t{3}); // authors, books, their links
    QVERIFY(plan.steps[2].kind == orm::FlushStep::Kind::Insert);
    QCOMPARE(plan.steps[2].mapper->table().name().name, std::string("author_book"));
    QCOMPARE(plan.steps[2].states.size(), std::size_t{3});
}

void LinkRows::unreachableLinksAreKeptUntilTheyAreWritten()
{
    Library library;
    library.author("Machado");
    library.book("x");
    library.session->commit();
    library.get("authors", 1).addTo("books", library.get("books", 1));
    library.session->sweep();
    library.session->flush();
    QCOMPARE(library.links(), std::string("1-1"));
}

QTEST_APPLESS_MAIN(LinkRows)
#include "tst_link_rows.moc"
