#include "tests/unit/session/library.h"

using orm::Record;
using orm::Value;
using Records = std::vector<Record>;

/// Lists of N:N relationships: both sides, and what their changes send.
class ManyToMany : public QObject {
    Q_OBJECT

private slots:
    void addingLinksBothSides_data() { bothShapes(); }
    void addingLinksBothSides();
    void linksAreInsertedAfterBothSides_data() { bothShapes(); }
    void linksAreInsertedAfterBothSides();
    void oneRowForBothSides_data() { bothShapes(); }
    void oneRowForBothSides();
    void onlyChangedLinksAreWritten_data() { bothShapes(); }
    void onlyChangedLinksAreWritten();
    void aLinkThatIsTakenBackSendsNothing_data() { bothShapes(); }
    void aLinkThatIsTakenBackSendsNothing();
    void removingUnlinksBothSides_data() { bothShapes(); }
    void removingUnlinksBothSides();
    void whatIsNotLinkedCannotBeRemoved_data() { bothShapes(); }
    void whatIsNotLinkedCannotBeRemoved();
    void changesWaitForAListThatIsNotLoaded_data() { bothShapes(); }
    void changesWaitForAListThatIsNotLoaded();
    void aListIsLoadedInItsOrder_data() { bothShapes(); }
    void aListIsLoadedInItsOrder();
    void selectinLoadsManyListsAtOnce_data() { bothShapes(); }
    void selectinLoadsManyListsAtOnce();
    void linkingAddsToTheSession();
};

void ManyToMany::addingLinksBothSides()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record casmurro = library.book("Dom Casmurro");
    machado.addTo("books", casmurro);
    QVERIFY(casmurro.collection("authors") == Records{machado});
    QVERIFY(machado.collection("books") == Records{casmurro});
    QCOMPARE(library.sent(), 0);
}

void ManyToMany::linksAreInsertedAfterBothSides()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record casmurro = library.book("Dom Casmurro");
    casmurro.addTo("authors", library.author("Machado"));
    library.session->flush();
    QCOMPARE(library.sent("INSERT"), 3);
    QVERIFY(library.statements.back().find("author_book") != std::string::npos);
    QCOMPARE(library.links(), std::string("1-1"));
}

void ManyToMany::oneRowForBothSides()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record casmurro = library.book("Dom Casmurro");
    machado.addTo("books", casmurro);
    casmurro.addTo("authors", machado);
    machado.addTo("books", casmurro);
    QCOMPARE(machado.collection("books").size(), std::size_t{1});
    library.session->flush();
    QCOMPARE(library.links(), std::string("1-1"));
}

void ManyToMany::onlyChangedLinksAreWritten()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    for (const char *title : {"x", "y", "z"})
        machado.addTo("books", library.book(title));
    library.session->flush();
    library.forget();
    machado.removeFrom("books", machado.collection("books")[1]);
    machado.addTo("books", library.book("w"));
    library.session->flush();
    QCOMPARE(library.sent("INSERT INTO \"author_book\""), 1);
    QCOMPARE(library.sent("DELETE"), 1);
    QCOMPARE(library.sent("UPDATE"), 0);
    QCOMPARE(library.links(), std::string("1-1 1-3 1-4"));
}

void ManyToMany::aLinkThatIsTakenBackSendsNothing()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record casmurro = library.book("Dom Casmurro");
    const Record other = library.book("Helena");
    machado.addTo("books", casmurro);
    library.session->flush();
    library.forget();
    machado.removeFrom("books", casmurro);
    casmurro.addTo("authors", machado);
    other.addTo("authors", machado);
    machado.removeFrom("books", other);
    library.session->flush();
    QCOMPARE(library.sent(), 0);
    QVERIFY(machado.collection("books") == Records{casmurro});
}

void ManyToMany::removingUnlinksBothSides()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record casmurro = library.book("Dom Casmurro");
    machado.addTo("books", casmurro);
    library.session->flush();
    casmurro.removeFrom("authors", machado);
    QVERIFY(machado.collection("books").empty());
    library.session->flush();
    QCOMPARE(library.links(), std::string("NULL"));
}

void ManyToMany::whatIsNotLinkedCannotBeRemoved()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record casmurro = library.book("Dom Casmurro");
    THROWS(machado.removeFrom("books", casmurro), orm::Argument);
    library.session->commit();
    QVERIFY(machado.collection("books").empty()); // loads it, and so knows
    THROWS(casmurro.removeFrom("authors", machado), orm::Argument);
    THROWS(machado.addTo("books", machado), orm::Argument);
}

void ManyToMany::changesWaitForAListThatIsNotLoaded()
{
    QFETCH(Shape, shape);
    Library library(shape, {.autoflush = false});
    const Record machado = library.author("Machado");
    const Record x = library.book("x");
    const Record y = library.book("y");
    machado.addTo("books", x);
    library.session->commit();
    library.forget();
    machado.addTo("books", y);
    machado.removeFrom("books", x);
    QCOMPARE(library.sent(), 0);
    QVERIFY(machado.collection("books") == Records{y});
    QVERIFY(x.collection("authors").empty());
    library.session->flush();
    QCOMPARE(library.links(), std::string("1-2"));
}

void ManyToMany::aListIsLoadedInItsOrder()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record machado = library.author("Machado");
    const Record x = library.book("x");
    const Record y = library.book("y");
    machado.addTo("books", y);
    machado.addTo("books", x);
    library.session->commit();
    QCOMPARE(machado.get("name"), Value("Machado"));
    library.forget();
    QVERIFY(machado.collection("books") == (Records{x, y}));
    QCOMPARE(library.sent("SELECT"), 1);
}

void ManyToMany::selectinLoadsManyListsAtOnce()
{
    QFETCH(Shape, shape);
    Library library(shape);
    const Record shared = library.book("shared");
    for (const char *name : {"a", "b", "c"}) {
        const Record author = library.author(name);
        author.addTo("books", shared);
        author.addTo("books", library.book(name));
    }
    library.author("d");
    library.session->commit();
    library.session->sweep();
    library.forget();
    const auto authors = library.session->all(orm::select(library.table("authors")), {orm::selectinPath({"books"})});
    QCOMPARE(library.sent("SELECT"), 2);
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY(authors[i].collection("books") ==
                (Records{shared, library.get("books", static_cast<std::int64_t>(i + 2))}));
    QVERIFY(authors[3].collection("books").empty());
    QCOMPARE(library.sent("SELECT"), 2);
}

void ManyToMany::linkingAddsToTheSession()
{
    Library library;
    const orm::Ref<Author> machado = library.session->add(Author{.name = "Machado"});
    const orm::Ref<Book> book = machado.add<&Author::books>(Book{.title = "Dom Casmurro"});
    QVERIFY(book.life() == orm::Life::Pending);
    library.session->commit();
    QCOMPARE(book->authors[0]->name, std::string("Machado"));
}

QTEST_APPLESS_MAIN(ManyToMany)
#include "tst_many_to_many.moc"
