#include "tests/unit/session/world.h"

using orm::Life;
using orm::Record;
using orm::Value;

namespace {

struct Item;
struct Category {
    std::string code{};
    std::string title{};
    std::optional<std::int32_t> rank{};
    orm::Many<Item> items{};
};
struct Item { // its key follows in the database
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> category{};
    orm::One<Category> group{};
};
struct Ticket { // its key does not, and is checked at commit
    std::int64_t id{};
    std::optional<std::string> category{};
};
struct Shelf { // its own key has the category's in it
    std::string category{};
    std::int64_t number{};
    std::string label{};
};

orm::Registry catalog()
{
    orm::Registry registry;
    registry.map<Category>("categories")
        .column<&Category::code>("code", orm::String(20), orm::primaryKey)
        .column<&Category::title>("title", orm::String(50))
        .column<&Category::rank>("rank", orm::serverDefault("7"))
        .many<&Category::items>(orm::backPopulates<&Item::group>);
    const auto follow = orm::references("categories.code", {}, orm::ReferentialAction::Cascade);
    registry.map<Item>("items")
        .column<&Item::id>("id", orm::primaryKey)
        .column<&Item::name>("name", orm::String(50))
        .column<&Item::category>("category", orm::String(20), follow)
        .one<&Item::group>(orm::backPopulates<&Category::items>);
    registry.map<Ticket>("tickets")
        .column<&Ticket::id>("id", orm::primaryKey)
        .column<&Ticket::category>("category", orm::String(20), orm::references("categories.code"));
    registry.map<Shelf>("shelves")
        .column<&Shelf::category>("category", orm::String(20), orm::primaryKey, follow)
        .column<&Shelf::number>("number", orm::primaryKey)
        .column<&Shelf::label>("label", orm::String(20));
    registry.metadata().find("tickets")->foreignKeys[0].deferrable = orm::Deferrable::InitiallyDeferred;
    return registry;
}

void catalogRecords(orm::Registry &registry)
{
    registry.record("categories").many("items", "items");
    registry.record("items").one("group", "categories");
}

struct Catalog : World {
    explicit Catalog(Shape shape) : World(shape, catalog, catalogRecords)
    {
        tea = add("categories", {{"code", "tea"}, {"title", "Tea"}});
        item = add("items", {{"name", "Assam"}});
        item.setRelated("group", tea);
        ticket = add("tickets", {{"category", "tea"}});
        shelf = add("shelves", {{"category", "tea"}, {"number", 1}, {"label", "top"}});
        session->flush();
        recorder.clear();
    }
    Record tea;
    Record item;
    Record ticket;
    Record shelf;
};

} // namespace

/// Primary keys that change, and rows that change their objects.
class KeyChanges : public QObject {
    Q_OBJECT

private slots:
    void childrenFollowInTheDatabaseAndInMemory_data() { bothShapes(); }
    void childrenFollowInTheDatabaseAndInMemory();
    void withoutOnUpdateLoadedChildrenAreUpdatedAfterTheParent_data() { bothShapes(); }
    void withoutOnUpdateLoadedChildrenAreUpdatedAfterTheParent();
    void childrenThatAreNotLoadedAreLeftToTheDatabase_data() { bothShapes(); }
    void childrenThatAreNotLoadedAreLeftToTheDatabase();
    void aKeyThatContainsTheKeyFollowsToo_data() { bothShapes(); }
    void aKeyThatContainsTheKeyFollowsToo();
    void rollbackTakesFollowersBack_data() { bothShapes(); }
    void rollbackTakesFollowersBack();
    void aChildThatMovesAwayDoesNotFollow_data() { bothShapes(); }
    void aChildThatMovesAwayDoesNotFollow();
    void aNewChildGetsTheNewKey_data() { bothShapes(); }
    void aNewChildGetsTheNewKey();
    void anExpiredParentGivesItsNewKey_data() { bothShapes(); }
    void anExpiredParentGivesItsNewKey();
    void aKeySetToItselfOrBackSendsNothing_data() { bothShapes(); }
    void aKeySetToItselfOrBackSendsNothing();
    void deletingAndAddingAKeyIsOneUpdate_data() { bothShapes(); }
    void deletingAndAddingAKeyIsOneUpdate();
    void theNewObjectStandsForTheRow_data() { bothShapes(); }
    void theNewObjectStandsForTheRow();
    void aReplacementWithoutADifferenceSendsNothing_data() { bothShapes(); }
    void aReplacementWithoutADifferenceSendsNothing();
    void whatTheNewObjectLeavesToTheServerStays_data() { bothShapes(); }
    void whatTheNewObjectLeavesToTheServerStays();
    void rollbackBringsTheReplacedObjectBack_data() { bothShapes(); }
    void rollbackBringsTheReplacedObjectBack();
    void childrenOfTheReplacedObjectAreReleased_data() { bothShapes(); }
    void childrenOfTheReplacedObjectAreReleased();
};

void KeyChanges::childrenFollowInTheDatabaseAndInMemory()
{
    QFETCH(Shape, shape);
    Catalog catalog(shape);
    catalog.session->remove(catalog.ticket);
    catalog.session->flush();
    catalog.recorder.clear();
    catalog.tea.set("code", "chai");
    catalog.session->flush();
    QVERIFY(catalog.item.get("category") == Value("chai"));
    VERIFY_SENT(catalog.recorder.exactly({"UPDATE categories"}));
    QVERIFY(catalog.stored("SELECT category FROM items") == Value("chai"));
    catalog.recorder.clear();
    catalog.session->flush();
    VERIFY_SENT(catalog.recorder.nothing());
}

void KeyChanges::withoutOnUpdateLoadedChildrenAreUpdatedAfterTheParent()
{
    QFETCH(Shape, shape);
    Catalog catalog(shape);
    catalog.tea.set("code", "chai");
    catalog.session->commit();
    VERIFY_SENT(catalog.recorder.exactly({"UPDATE categories", "UPDATE tickets"}));
    QVERIFY(catalog.stored("SELECT category FROM tickets") == Value("chai"));
}

void KeyChanges::childrenThatAreNotLoadedAreLeftToTheDatabase()
{
    QFETCH(Shape, shape);
    Catalog catalog(shape);
    catalog.session->commit(); // expires them
    catalog.recorder.clear();
    catalog.tea.set("code", "chai");
    catalog.session->flush();
    VERIFY_SENT(catalog.recorder.exactly({"UPDATE categories"}));
    THROWS(catalog.session->commit(), orm::Integrity); // the ticket's key is checked now
}

void KeyChanges::aKeyThatContainsTheKeyFollowsToo()
{
    QFETCH(Shape, shape);
    Catalog catalog(shape);
    catalog.tea.set("code", "chai");
    catalog.session->flush();
    catalog.recorder.clear();
    QVERIFY(catalog.session->get(catalog.table("shelves"), {"chai", 1}) == catalog.shelf);
    VERIFY_SENT(catalog.recorder.nothing());
    catalog.shelf.set("label", "bottom");
    catalog.session->commit();
    QVERIFY(catalog.stored("SELECT category || label FROM shelves") == Value("chaibottom"));
}

void KeyChanges::rollbackTakesFollowersBack()
{
    QFETCH(Shape, shape);
    Catalog catalog(shape);
    catalog.session->commit();
    for (const Record &each : {catalog.tea, catalog.item, catalog.ticket, catalog.shelf})
        catalog.session->refresh(each);
    catalog.tea.set("code", "chai");
    catalog.session->flush();
    catalog.session->rollback();
    QVERIFY(catalog.session->get(catalog.table("shelves"), {"tea", 1}) == catalog.shelf);
    QVERIFY(catalog.item.get("category") == Value("tea"));
    QVERIFY(catalog.ticket.get("category") == Value("tea"));
    QVERIFY(catalog.get("categories", "tea") == catalog.tea);
}

void KeyChanges::aChildThatMovesAwayDoesNotFollow()
{
    QFETCH(Shape, shape);
    Catalog catalog(shape);
    const Record coffee = catalog.add("categories", {{"code", "coffee"}, {"title", "Coffee"}});
    catalog.session->flush();
    catalog.ticket.set("category", "coffee");
    catalog.item.setRelated("group", coffee);
    catalog.tea.set("code", "chai");
    catalog.session->commit();
    QVERIFY(catalog.stored("SELECT category FROM tickets") == Value("coffee"));
    QVERIFY(catalog.stored("SELECT category FROM items") == Value("coffee"));
}

void KeyChanges::aNewChildGetsTheNewKey()
{
    QFETCH(Shape, shape);
    Catalog catalog(shape);
    const Record fresh = catalog.add("items", {{"name", "Ceylon"}});
    fresh.setRelated("group", catalog.tea);
    catalog.tea.set("code", "chai");
    catalog.session->commit();
    QVERIFY(fresh.get("category") == Value("chai"));
}

void KeyChanges::anExpiredParentGivesItsNewKey()
{
    QFETCH(Shape, shape);
    Catalog catalog(shape);
    catalog.session->expire(catalog.tea);
    catalog.tea.set("code", "chai"); // written without having been loaded
    const Record fresh = catalog.add("items", {{"name", "Ceylon"}});
    fresh.setRelated("group", catalog.tea);
    catalog.session->commit();
    QVERIFY(fresh.get("category") == Value("chai"));
}

void KeyChanges::aKeySetToItselfOrBackSendsNothing()
{
    QFETCH(Shape, shape);
    Catalog catalog(shape);
    catalog.tea.set("code", "tea");
    catalog.session->flush();
    catalog.tea.set("code", "chai");
    catalog.tea.set("code", "tea");
    catalog.item.setRelated("group", {});
    catalog.item.setRelated("group", catalog.tea);
    catalog.session->flush();
    VERIFY_SENT(catalog.recorder.nothing());
}

void KeyChanges::deletingAndAddingAKeyIsOneUpdate()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record old = shop.add("products", {{"code", "x"}, {"title", "old"}, {"stock", 1}, {"rating", 4}});
    shop.session->flush();
    shop.forget();
    shop.session->remove(old);
    shop.add("products", {{"code", "x"}, {"title", "new"}, {"stock", 1}, {"rating", 3}});
    shop.session->flush();
    VERIFY_SENT(shop.recorder.exactly({"UPDATE products"}));
    QCOMPARE(shop.statements.back(),
             std::string(R"(UPDATE "products" SET "title" = ?, "rating" = ? WHERE "code" = ?)"));
    QVERIFY(shop.stored("SELECT title || stock || rating FROM products") == Value("new13"));
}

void KeyChanges::theNewObjectStandsForTheRow()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record old = shop.add("products", {{"code", "x"}, {"title", "old"}});
    shop.session->commit();
    shop.session->remove(old);
    const Record fresh = shop.add("products", {{"code", "x"}, {"title", "new"}});
    shop.session->flush();
    QVERIFY(old.life() == Life::Deleted);
    QVERIFY(fresh.life() == Life::Persistent);
    QVERIFY(shop.get("products", "x") == fresh);
    shop.session->commit();
    QVERIFY(old.life() == Life::Detached);
    fresh.set("title", "newer");
    shop.session->commit();
    QVERIFY(shop.stored("SELECT title FROM products") == Value("newer"));
}

void KeyChanges::aReplacementWithoutADifferenceSendsNothing()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record old = shop.add("pairs", {{"left_id", 1}, {"right_id", 2}, {"label", "a"}});
    shop.session->flush();
    shop.forget();
    shop.session->remove(old);
    const Record fresh = shop.add("pairs", {{"left_id", 1}, {"right_id", 2}, {"label", "a"}});
    shop.session->flush();
    VERIFY_SENT(shop.recorder.nothing());
    QVERIFY(shop.session->get(shop.table("pairs"), {1, 2}) == fresh);
}

void KeyChanges::whatTheNewObjectLeavesToTheServerStays()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record old = shop.add("products", {{"code", "x"}, {"title", "old"}, {"stock", 3}});
    shop.session->flush();
    shop.session->remove(old);
    const Record fresh = shop.add("products", {{"code", "x"}, {"title", "new"}});
    shop.session->flush();
    QVERIFY(fresh.get("stock") == Value(3)); // an UPDATE gives no default
    QVERIFY(shop.stored("SELECT stock FROM products") == Value(3));
}

void KeyChanges::rollbackBringsTheReplacedObjectBack()
{
    QFETCH(Shape, shape);
    Shop shop(shape);
    const Record old = shop.add("products", {{"code", "x"}, {"title", "old"}});
    shop.session->commit();
    shop.session->remove(old);
    const Record fresh = shop.add("products", {{"code", "x"}, {"title", "new"}});
    shop.session->flush();
    shop.session->rollback();
    QVERIFY(fresh.life() == Life::Transient);
    QVERIFY(fresh.get("code") == Value("x")); // the program gave it
    QVERIFY(shop.get("products", "x") == old);
    QVERIFY(old.get("title") == Value("old"));
}

void KeyChanges::childrenOfTheReplacedObjectAreReleased()
{
    QFETCH(Shape, shape);
    Catalog catalog(shape);
    catalog.session->remove(catalog.ticket);
    catalog.session->remove(catalog.shelf);
    catalog.session->remove(catalog.tea);
    catalog.add("categories", {{"code", "tea"}, {"title", "Other tea"}});
    catalog.session->commit();
    QVERIFY(catalog.item.get("category").isNull());
    QVERIFY(catalog.stored("SELECT title FROM categories") == Value("Other tea"));
}

QTEST_APPLESS_MAIN(KeyChanges)
#include "tst_key_changes.moc"
