#include "tests/unit/session/world.h"

using orm::Record;
using orm::Value;

namespace {

struct Entry;
struct Widget {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> favoriteId{};
    orm::One<Entry> favorite{};
    orm::Many<Entry> entries{};
};
struct Entry {
    std::int64_t id{};
    std::string name{};
    std::int64_t widgetId{};
    orm::One<Widget> widget{};
};
struct Stop { // a chain: the option stands on the side without the key
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> nextId{};
    orm::One<Stop> next{};
    orm::Many<Stop> before{};
};

orm::Registry widgets()
{
    orm::Registry registry;
    registry.map<Widget>("widgets")
        .column<&Widget::id>("id", orm::primaryKey)
        .column<&Widget::name>("name", orm::String(50))
        .column<&Widget::favoriteId>("favorite_id", orm::references("entries.id"))
        .one<&Widget::favorite>(orm::foreignKey("favorite_id"), orm::postUpdate)
        .many<&Widget::entries>(orm::backPopulates<&Entry::widget>, orm::cascadeDelete);
    registry.map<Entry>("entries")
        .column<&Entry::id>("id", orm::primaryKey)
        .column<&Entry::name>("name", orm::String(50))
        .column<&Entry::widgetId>("widget_id", orm::references("widgets.id"))
        .one<&Entry::widget>(orm::foreignKey("widget_id"));
    registry.map<Stop>("stops")
        .column<&Stop::id>("id", orm::primaryKey)
        .column<&Stop::name>("name", orm::String(50))
        .column<&Stop::nextId>("next_id", orm::references("stops.id"))
        .one<&Stop::next>(orm::foreignKey("next_id"))
        .many<&Stop::before>(orm::backPopulates<&Stop::next>, orm::postUpdate);
    return registry;
}

void widgetRecords(orm::Registry &registry)
{
    registry.record("widgets")
        .one("favorite", "entries", orm::foreignKey("favorite_id"), orm::postUpdate)
        .many("entries", "entries", orm::foreignKey("widget_id"), orm::cascadeDelete);
    registry.record("entries").one("widget", "widgets", orm::foreignKey("widget_id"));
    registry.record("stops")
        .one("next", "stops", orm::foreignKey("next_id"))
        .many("before", "stops", orm::foreignKey("next_id"), orm::postUpdate);
}

/// A widget with two entries, one of which is its favorite. Not flushed.
struct Shelf : World {
    explicit Shelf(Shape shape) : World(shape, widgets, widgetRecords)
    {
        widget = add("widgets", {{"name", "w"}});
        for (const char *name : {"first", "second"})
            widget.addTo("entries", add("entries", {{"name", name}}));
        widget.setRelated("favorite", widget.collection("entries")[1]);
    }
    Record widget;
};

} // namespace

/// Relationships whose foreign key is written by a statement of its own.
class PostUpdate : public QObject {
    Q_OBJECT

private slots:
    void theKeyIsWrittenAfterTheInserts_data() { bothShapes(); }
    void theKeyIsWrittenAfterTheInserts();
    void theKeyIsNulledBeforeTheDeletes_data() { bothShapes(); }
    void theKeyIsNulledBeforeTheDeletes();
    void anObjectThatIsThereNeedsNoSecondStatement_data() { bothShapes(); }
    void anObjectThatIsThereNeedsNoSecondStatement();
    void aChangeOfTheFavoriteIsOneUpdate_data() { bothShapes(); }
    void aChangeOfTheFavoriteIsOneUpdate();
    void deletingTheFavoriteAloneNullsTheKey_data() { bothShapes(); }
    void deletingTheFavoriteAloneNullsTheKey();
    void theOptionCountsOnTheOtherSideToo_data() { bothShapes(); }
    void theOptionCountsOnTheOtherSideToo();
    void thePlanShowsTheSecondStatement_data() { bothShapes(); }
    void thePlanShowsTheSecondStatement();
};

void PostUpdate::theKeyIsWrittenAfterTheInserts()
{
    QFETCH(Shape, shape);
    Shelf shelf(shape);
    shelf.session->commit();
    VERIFY_SENT(shelf.recorder.exactly({"INSERT widgets", "INSERT entries x2", "UPDATE widgets"}));
    QVERIFY(shelf.stored("SELECT e.name FROM widgets w JOIN entries e ON e.id = w.favorite_id") == Value("second"));
}

void PostUpdate::theKeyIsNulledBeforeTheDeletes()
{
    QFETCH(Shape, shape);
    Shelf shelf(shape);
    shelf.session->flush();
    shelf.recorder.clear();
    shelf.session->remove(shelf.widget);
    shelf.session->flush();
    VERIFY_SENT(shelf.recorder.exactly({"UPDATE widgets", "DELETE entries x2", "DELETE widgets"}));
}

void PostUpdate::anObjectThatIsThereNeedsNoSecondStatement()
{
    QFETCH(Shape, shape);
    Shelf shelf(shape);
    shelf.session->flush();
    shelf.recorder.clear();
    const Record other = shelf.add("widgets", {{"name", "other"}});
    other.setRelated("favorite", shelf.widget.collection("entries")[0]);
    shelf.session->flush();
    VERIFY_SENT(shelf.recorder.exactly({"INSERT widgets"}));
    QVERIFY(shelf.stored("SELECT favorite_id FROM widgets WHERE name = 'other'") == Value(1));
}

void PostUpdate::aChangeOfTheFavoriteIsOneUpdate()
{
    QFETCH(Shape, shape);
    Shelf shelf(shape);
    shelf.session->flush();
    shelf.recorder.clear();
    shelf.widget.setRelated("favorite", shelf.widget.collection("entries")[0]);
    shelf.widget.set("name", "renamed");
    shelf.session->flush();
    VERIFY_SENT(shelf.recorder.exactly({"UPDATE widgets"}));
    QVERIFY(shelf.stored("SELECT name || favorite_id FROM widgets") == Value("renamed1"));
}

void PostUpdate::deletingTheFavoriteAloneNullsTheKey()
{
    QFETCH(Shape, shape);
    Shelf shelf(shape);
    shelf.session->flush();
    shelf.recorder.clear();
    shelf.session->remove(shelf.widget.related("favorite"));
    shelf.widget.setRelated("favorite", {});
    shelf.session->commit();
    VERIFY_SENT(shelf.recorder.exactly({"UPDATE widgets", "DELETE entries"}));
}

void PostUpdate::theOptionCountsOnTheOtherSideToo()
{
    QFETCH(Shape, shape);
    World world(shape, widgets, widgetRecords);
    const Record first = world.add("stops", {{"name", "first"}});
    const Record second = world.add("stops", {{"name", "second"}});
    first.setRelated("next", second);
    world.session->flush();
    VERIFY_SENT(world.recorder.exactly({"INSERT stops x2", "UPDATE stops"}));
    QVERIFY(first.get("id") == Value(1)); // as they were added, though the first leads to the second
    QVERIFY(world.stored("SELECT next_id FROM stops WHERE name = 'first'") == Value(2));
}

void PostUpdate::thePlanShowsTheSecondStatement()
{
    QFETCH(Shape, shape);
    Shelf shelf(shape);
    const std::vector<std::string> planned = shelf.planned();
    QCOMPARE(planned.size(), std::size_t{4});
    QCOMPARE(planned[3],
             std::string(R"(UPDATE "widgets" SET "favorite_id" = :entries_2_id WHERE "id" = (:widgets_1_id))"));
}

QTEST_APPLESS_MAIN(PostUpdate)
#include "tst_post_update.moc"
