#include "tests/unit/session/library.h"

using orm::Loading;
using orm::Record;

/// N:N relationships come into memory by every strategy.
class LoadingManyToMany : public QObject {
    Q_OBJECT

private slots:
    void everyStrategyLoadsBothSides_data() { strategies(); }
    void everyStrategyLoadsBothSides();
    void aSharedTargetIsInEachCollection_data() { strategies(); }
    void aSharedTargetIsInEachCollection();
    void aPathGoesThereAndBack_data() { strategies(); }
    void aPathGoesThereAndBack();
    void limitCountsTheQuerysObjects_data() { strategies(); }
    void limitCountsTheQuerysObjects();
    void peopleFollowPeople_data() { strategies(); }
    void peopleFollowPeople();
    void keysOfSeveralColumnsLead_data() { strategies(); }
    void keysOfSeveralColumnsLead();
    void queuedLinksHold_data() { strategies(); }
    void queuedLinksHold();

private:
    static void strategies();
};

namespace {

/// Ana wrote A and B, Rui wrote B and C, Eva nothing.
void write(Library &library)
{
    const Record a = library.book("A");
    const Record b = library.book("B");
    const Record c = library.book("C");
    const Record ana = library.author("Ana");
    const Record rui = library.author("Rui");
    (void)library.author("Eva");
    library.session->flush();
    ana.addTo("books", a);
    ana.addTo("books", b);
    rui.addTo("books", b);
    rui.addTo("books", c);
    library.session->commit();
}

void forget(Library &library)
{
    library.session->sweep();
    library.forget();
}

std::string books(const std::vector<Record> &authors)
{
    std::string text;
    for (const Record &author : authors) {
        text += (text.empty() ? "" : " ") + author.get("name").toString() + ":";
        for (const Record &book : author.collection("books"))
            text += book.get("title").toString();
    }
    return text;
}

orm::Select ordered(const Library &library, const char *table)
{
    orm::Select query(library.table(table));
    query.orderBy({library.table(table).column("id")});
    return query;
}

} // namespace

void LoadingManyToMany::strategies()
{
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<Loading>("loading");
    QTest::addColumn<int>("steps"); // statements for each step of a path
    const std::vector<std::pair<const char *, Loading>> all{{"lazy", Loading::Select},
                                                            {"joined", Loading::Joined},
                                                            {"subquery", Loading::Subquery},
                                                            {"selectin", Loading::SelectIn}};
    for (const Shape shape : {Shape::Classes, Shape::Records})
        for (const auto &[name, loading] : all)
            QTest::addRow("%s %s", name, shape == Shape::Classes ? "classes" : "records")
                << shape << loading << (loading == Loading::Joined ? 0 : 1);
}

void LoadingManyToMany::everyStrategyLoadsBothSides()
{
    QFETCH(Shape, shape);
    QFETCH(Loading, loading);
    QFETCH(int, steps);
    Library library(shape);
    write(library);
    forget(library);
    const auto authors = library.session->all(ordered(library, "authors"), {orm::loadPath(loading, {"books"})});
    QCOMPARE(books(authors), std::string("Ana:AB Rui:BC Eva:"));
    QCOMPARE(library.sent(), 1 + steps);
    const auto all = library.session->all(ordered(library, "books"), {orm::loadPath(loading, {"authors"})});
    QCOMPARE(all[1].collection("authors").size(), std::size_t{2});
    QCOMPARE(library.sent(), 2 + 2 * steps);
}

void LoadingManyToMany::aSharedTargetIsInEachCollection()
{
    QFETCH(Shape, shape);
    QFETCH(Loading, loading);
    Library library(shape);
    write(library);
    forget(library);
    const auto authors = library.session->all(ordered(library, "authors"), {orm::loadPath(loading, {"books"})});
    QVERIFY(authors[0].collection("books").at(1) == authors[1].collection("books").at(0));
}

void LoadingManyToMany::aPathGoesThereAndBack()
{
    QFETCH(Shape, shape);
    QFETCH(Loading, loading);
    QFETCH(int, steps);
    if (loading == Loading::Select)
        return;
    Library library(shape);
    write(library);
    forget(library);
    const auto authors =
        library.session->all(ordered(library, "authors"), {orm::loadPath(loading, {"books", "authors", "books"})});
    QCOMPARE(books(authors), std::string("Ana:AB Rui:BC Eva:"));
    QCOMPARE(authors[0].collection("books").at(1).collection("authors").size(), std::size_t{2});
    QVERIFY(library.sent() <= 1 + 3 * steps); // the way back may have nothing to load any more
}

void LoadingManyToMany::limitCountsTheQuerysObjects()
{
    QFETCH(Shape, shape);
    QFETCH(Loading, loading);
    Library library(shape);
    write(library);
    forget(library);
    const auto authors =
        library.session->all(ordered(library, "authors").limit(2).offset(1), {orm::loadPath(loading, {"books"})});
    QCOMPARE(books(authors), std::string("Rui:BC Eva:"));
}

void LoadingManyToMany::peopleFollowPeople()
{
    QFETCH(Shape, shape);
    QFETCH(Loading, loading);
    QFETCH(int, steps);
    Library library(shape);
    const Record ana = library.person("Ana");
    const Record rui = library.person("Rui");
    ana.addTo("following", rui);
    rui.addTo("following", ana);
    rui.addTo("following", library.person("Eva"));
    library.session->commit();
    library.forget();
    const auto people = library.session->all(ordered(library, "people"), {orm::loadPath(loading, {"following"})});
    QCOMPARE(people[1].collection("following").size(), std::size_t{2});
    QVERIFY(people[0].collection("following").at(0) == rui);
    QVERIFY(people[2].collection("following").empty());
    QCOMPARE(library.sent(), 1 + steps);
}

void LoadingManyToMany::keysOfSeveralColumnsLead()
{
    QFETCH(Shape, shape);
    QFETCH(Loading, loading);
    QFETCH(int, steps);
    Library library(shape);
    for (const char *sql : {"INSERT INTO bands (country, name) VALUES ('PT', 'x'), ('PT', 'y')",
                            "INSERT INTO musicians (country, number) VALUES ('PT', 1), ('PT', 2)",
                            "INSERT INTO band_members (country, band, musician) VALUES ('PT', 'x', 1), ('PT', 'x', 2), "
                            "('PT', 'y', 2)"})
        (void)library.session->connection().execute(sql);
    library.forget();
    orm::Select query(library.table("bands"));
    query.orderBy({library.table("bands").column("name")});
    const auto bands = library.session->all(query, {orm::loadPath(loading, {"members"})});
    QCOMPARE(bands[0].collection("members").size(), std::size_t{2});
    QCOMPARE(bands[1].collection("members").size(), std::size_t{1});
    QCOMPARE(library.sent(), 1 + steps);
}

void LoadingManyToMany::queuedLinksHold()
{
    QFETCH(Shape, shape);
    QFETCH(Loading, loading);
    Library library(shape, {.autoflush = false});
    write(library);
    forget(library);
    const Record ana = library.get("authors", 1);
    ana.addTo("books", library.get("books", 3));
    ana.removeFrom("books", library.get("books", 1));
    const auto authors = library.session->all(ordered(library, "authors"), {orm::loadPath(loading, {"books"})});
    QCOMPARE(books({ana}), std::string("Ana:BC"));
    library.session->commit();
    QCOMPARE(library.links(), std::string("1-2 1-3 2-2 2-3"));
}

QTEST_APPLESS_MAIN(LoadingManyToMany)
#include "tst_loading_many_to_many.moc"
