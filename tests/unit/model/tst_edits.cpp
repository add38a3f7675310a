#include "tests/unit/model/model_samples.h"

#include "ormcore/base/error.h"
#include "ormcore/model/edits.h"

#include <QTest>

#include <functional>
#include <set>

using namespace orm::model;
using orm::Argument;
using orm::BigInteger;
using orm::IdentityKind;
using orm::Integer;
using orm::ReferentialAction;
using orm::TableKind;

namespace {

const Attribute *attribute(const Model &model, std::string_view entity, std::string_view name)
{
    const EntityPointer found = model.entity(entity);
    return found ? found->find(name) : nullptr;
}

using MakeEdit = std::function<Edit(const Model &)>;

} // namespace

class Edits : public QObject {
    Q_OBJECT

private slots:
    void swappingTwiceRestoresTheModel_data();
    void swappingTwiceRestoresTheModel();
    void idsAreFreshAndReadable();
    void idTextReadsBack();
    void oneToManyNamesItsColumnInTheStyleOfTheModel();
    void compositeKeysGiveAsManyColumns();
    void identifyingRelationshipJoinsTheKey();
    void selfRelationshipGetsARoleOfItsOwn();
    void manyToManyMakesAJunction();
    void manyToManyWithItselfWorks();
    void namesAreUniqueButForCase();
    void removingAnEntityTakesWhatRefersToIt();
    void removingAnAttributeTakesWhatNeedsIt();
    void changingAKeyKeepsWhatReferencesMeant();
    void removingAForeignKeyTakesItsColumnsOnlyIfTheyServeNothingElse();
    void renamingFollowsIntoKeptText();
    void unknownIdsAreRefused();
};

void Edits::swappingTwiceRestoresTheModel_data()
{
    QTest::addColumn<MakeEdit>("make");
    const auto id = [](const Model &m, const char *name) { return m.entity(name)->id; };
    const auto row = [](const char *name, MakeEdit make) { QTest::newRow(name) << std::move(make); };
    row("addDiagram", [](const Model &m) { return addDiagram(m, "second"); });
    row("setInfo", [](const Model &m) { return setInfo(m, {"other", {"postgresql"}, {}}); });
    row("addEntity", [](const Model &m) { return addEntity(m, samples::diagram(m), 1, 2); });
    row("renameEntity", [=](const Model &m) { return renameEntity(m, id(m, "order"), "sale"); });
    row("removeEntities", [=](const Model &m) {
        const std::vector<EntityId> ids{id(m, "order"), id(m, "product")};
        return removeEntities(m, ids);
    });
    row("addAttribute", [=](const Model &m) {
        Attribute added;
        added.name = "note";
        return addAttribute(m, id(m, "order"), added, 0);
    });
    row("renameAttribute",
        [=](const Model &m) { return renameAttribute(m, id(m, "order"), m.entity("order")->find("status")->id, "s"); });
    row("removeAttribute",
        [=](const Model &m) { return removeAttribute(m, id(m, "order"), m.entity("order")->find("id")->id); });
    row("moveAttribute",
        [=](const Model &m) { return moveAttribute(m, id(m, "order"), m.entity("order")->find("id")->id, 9); });
    row("setPrimaryKey", [=](const Model &m) { return setPrimaryKey(m, id(m, "order"), {}); });
    row("addOneToMany", [=](const Model &m) { return addOneToMany(m, id(m, "product"), id(m, "customer")); });
    row("addManyToMany",
        [=](const Model &m) { return addManyToMany(m, samples::diagram(m), id(m, "product"), id(m, "product")); });
    row("removeForeignKey", [=](const Model &m) {
        return removeForeignKey(m, id(m, "order"), m.entity("order")->foreignKeys.front().id, KeyColumns::Remove);
    });
    row("moveNodes", [](const Model &m) {
        const NodePosition position{m.nodes(samples::diagram(m)).begin()->first, 400, -30};
        return moveNodes(m, samples::diagram(m), std::span(&position, 1));
    });
    row("removeNodes", [](const Model &m) {
        const NodeId node = m.nodes(samples::diagram(m)).begin()->first;
        return removeNodes(m, samples::diagram(m), std::span(&node, 1));
    });
}

void Edits::swappingTwiceRestoresTheModel()
{
    QFETCH(MakeEdit, make);
    Model model = samples::shop();
    const Model before = model;
    Edit edit = make(model);
    QVERIFY(!edit.empty());
    model.swap(edit);
    const Model after = model;
    QVERIFY(!(after == before));
    model.swap(edit);
    QVERIFY(model == before);
    model.swap(edit);
    QVERIFY(model == after);
}

void Edits::idsAreFreshAndReadable()
{
    const Model model = samples::shop();
    std::set<std::uint64_t> seen;
    for (const auto &[id, entity] : model.entities()) {
        seen.insert(id.value);
        for (const Attribute &each : entity->attributes)
            seen.insert(each.id.value);
    }
    for (int i = 0; i < 500; ++i) {
        const auto id = model.newId<EntityId>();
        QVERIFY(!seen.contains(id.value));
        QVERIFY(idText(id.value).size() >= 4);
    }
}

void Edits::idTextReadsBack()
{
    for (const std::uint64_t value : {std::uint64_t{1}, std::uint64_t{35}, std::uint64_t{36}, std::uint64_t{662654},
                                      std::numeric_limits<std::uint64_t>::max()})
        QCOMPARE(parseId(idText(value)).value_or(0), value);
    QCOMPARE(idText(parseId("e7k2").value_or(0)), std::string("e7k2"));
    for (const char *bad : {"", "0", "0a", "E7", "a b", "3w5e11264sgsg", "zzzzzzzzzzzzzz", "é"})
        QVERIFY2(!parseId(bad), bad);
}

void Edits::oneToManyNamesItsColumnInTheStyleOfTheModel()
{
    Model snake = samples::empty();
    const auto customers = samples::addEntity(snake, "customers");
    const auto order = samples::addEntity(snake, "order");
    samples::apply(snake, addOneToMany(snake, customers, order));
    QVERIFY(attribute(snake, "order", "customer_id"));
    QVERIFY(!attribute(snake, "order", "customer_id")->nullable);
    samples::apply(snake, addOneToMany(snake, customers, order, {.mandatory = false}));
    QVERIFY(attribute(snake, "order", "customer_id_2"));
    QVERIFY(attribute(snake, "order", "customer_id_2")->nullable);

    Model camel = samples::empty();
    const auto artist = samples::addEntity(camel, "Artist");
    const auto album = samples::addEntity(camel, "AlbumTitle");
    samples::apply(camel, renameAttribute(camel, artist, camel.entity(artist)->attributes[0].id, "ArtistId"));
    samples::apply(camel, addOneToMany(camel, artist, album, {.oneToOne = true}));
    const Attribute *key = attribute(camel, "AlbumTitle", "ArtistId");
    QVERIFY(key);
    QVERIFY(key->type == BigInteger() && key->identity == IdentityKind::None);
    QVERIFY(camel.entity(album)->isUnique({key->id}));
    QVERIFY(camel.entity(album)->foreignKeys.front().targetAttributes == camel.entity(artist)->primaryKey.attributes);
}

void Edits::compositeKeysGiveAsManyColumns()
{
    Model model = samples::empty();
    const auto line = samples::addEntity(model, "line");
    const auto number = samples::addAttribute(model, line, "number", Integer());
    samples::apply(model, setPrimaryKey(model, line, {model.entity(line)->attributes[0].id, number}));
    QVERIFY(model.entity(line)->attributes[0].identity == IdentityKind::None);
    const auto note = samples::addEntity(model, "note");
    samples::apply(model, addOneToMany(model, line, note, {.onDelete = ReferentialAction::Cascade}));
    const ForeignKey &key = model.entity(note)->foreignKeys.front();
    QCOMPARE(key.attributes.size(), std::size_t{2});
    QVERIFY(attribute(model, "note", "line_id") && attribute(model, "note", "line_number"));
    QVERIFY(key.onDelete == ReferentialAction::Cascade);
}

void Edits::identifyingRelationshipJoinsTheKey()
{
    Model model = samples::empty();
    const auto order = samples::addEntity(model, "order");
    const auto line = samples::addEntity(model, "line");
    samples::apply(model, addOneToMany(model, order, line, {.mandatory = false, .identifying = true}));
    const Attribute *key = attribute(model, "line", "order_id");
    QVERIFY(key && !key->nullable);
    QVERIFY(model.entity(line)->isPrimaryKey(key->id));
    QCOMPARE(model.entity(line)->primaryKey.attributes.size(), std::size_t{2});
    QVERIFY_THROWS_EXCEPTION(Argument, (void)addOneToMany(model, order, order, {.identifying = true}));
}

void Edits::selfRelationshipGetsARoleOfItsOwn()
{
    Model model = samples::empty();
    const auto category = samples::addEntity(model, "category");
    samples::apply(model, addOneToMany(model, category, category, {.mandatory = false}));
    QVERIFY(attribute(model, "category", "parent_id"));
    const ForeignKey &key = model.entity(category)->foreignKeys.front();
    QVERIFY(key.target == category);
}

void Edits::manyToManyMakesAJunction()
{
    const Model model = samples::shop();
    const EntityPointer junction = model.entity("order_product");
    QVERIFY(junction && junction->junction);
    QCOMPARE(junction->foreignKeys.size(), std::size_t{2});
    QCOMPARE(junction->primaryKey.attributes.size(), std::size_t{2});
    QVERIFY(junction->find("order_id") && junction->find("product_id"));
    const auto &nodes = model.nodes(samples::diagram(model));
    QVERIFY(std::any_of(nodes.begin(), nodes.end(), [&](const auto &n) { return n.second.entity == junction->id; }));
}

void Edits::manyToManyWithItselfWorks()
{
    Model model = samples::empty();
    const auto person = samples::addEntity(model, "person");
    samples::apply(model, addManyToMany(model, samples::diagram(model), person, person, "friendship"));
    const EntityPointer junction = model.entity("friendship");
    QVERIFY(junction->find("person_id") && junction->find("related_person_id"));
    QCOMPARE(junction->primaryKey.attributes.size(), std::size_t{2});
    QVERIFY(junction->foreignKeys[0].attributes != junction->foreignKeys[1].attributes);
}

void Edits::namesAreUniqueButForCase()
{
    Model model = samples::shop();
    const auto order = model.entity("order")->id;
    QVERIFY_THROWS_EXCEPTION(Argument, (void)renameEntity(model, order, "CUSTOMER"));
    QVERIFY_THROWS_EXCEPTION(Argument, (void)renameEntity(model, order, ""));
    QVERIFY_THROWS_EXCEPTION(Argument, (void)addEntity(model, samples::diagram(model), 0, 0, "Order"));
    const auto status = model.entity(order)->find("status")->id;
    QVERIFY_THROWS_EXCEPTION(Argument, (void)renameAttribute(model, order, status, "ID"));
    QVERIFY_THROWS_EXCEPTION(Argument, (void)addDiagram(model, "MAIN"));
    samples::apply(model, renameEntity(model, order, "Order")); // only the case: its own name
    QVERIFY(model.entity(order)->name == "Order");
    samples::apply(model, addEntity(model, samples::diagram(model), 0, 0));
    samples::apply(model, addEntity(model, samples::diagram(model), 0, 0));
    QVERIFY(model.entity("entity") && model.entity("entity_2"));
}

void Edits::removingAnEntityTakesWhatRefersToIt()
{
    Model model = samples::shop();
    const EntityId customer = model.entity("customer")->id;
    samples::apply(model, removeEntities(model, std::span(&customer, 1)));
    QVERIFY(!model.entity(customer));
    QVERIFY(model.entity("order")->foreignKeys.empty());
    QVERIFY(attribute(model, "order", "customer_id"));
    for (const auto &[id, node] : model.nodes(samples::diagram(model)))
        QVERIFY(node.entity != customer);
    const EntityId product = model.entity("product")->id;
    samples::apply(model, removeEntities(model, std::span(&product, 1)));
    QVERIFY(!model.entity("order_product")->junction);
}

void Edits::removingAnAttributeTakesWhatNeedsIt()
{
    Model model = samples::shop();
    const auto order = model.entity("order")->id;
    samples::apply(model, removeAttribute(model, order, model.entity(order)->find("status")->id));
    QVERIFY(model.entity(order)->indexes.empty());
    QVERIFY(model.entity(order)->checks.empty());
    samples::apply(model, removeAttribute(model, order, model.entity(order)->find("id")->id));
    QVERIFY(model.entity(order)->primaryKey.attributes.empty());
    QCOMPARE(model.entity("order_product")->foreignKeys.size(), std::size_t{1});
    QVERIFY(attribute(model, "order_product", "order_id"));
}

void Edits::changingAKeyKeepsWhatReferencesMeant()
{
    Model model = samples::shop();
    const auto customer = model.entity("customer")->id;
    const auto order = model.entity("order")->id;
    ForeignKey key = model.entity(order)->foreignKeys.front();
    const auto meant = key.targetAttributes;
    key.targetAttributes.clear(); // "the primary key"
    samples::apply(model, setForeignKey(model, order, key));
    samples::apply(model, setPrimaryKey(model, customer, {model.entity(customer)->find("name")->id}));
    QVERIFY(model.entity(order)->foreignKeys.front().targetAttributes == meant);
    QVERIFY(!attribute(model, "customer", "name")->nullable);
}

void Edits::removingAForeignKeyTakesItsColumnsOnlyIfTheyServeNothingElse()
{
    Model model = samples::shop();
    const auto order = model.entity("order")->id;
    const auto column = model.entity(order)->find("customer_id")->id;
    samples::apply(model, addForeignKey(model, order, {column}, model.entity("product")->id, {}));
    samples::apply(model, removeForeignKey(model, order, model.entity(order)->foreignKeys[0].id, KeyColumns::Remove));
    QVERIFY(attribute(model, "order", "customer_id"));
    samples::apply(model, removeForeignKey(model, order, model.entity(order)->foreignKeys[0].id, KeyColumns::Remove));
    QVERIFY(!attribute(model, "order", "customer_id"));
}

void Edits::renamingFollowsIntoKeptText()
{
    Model model = samples::shop();
    const auto order = model.entity("order")->id;
    Edit edit;
    auto view = std::make_shared<Entity>();
    view->id = model.newId<EntityId>();
    view->kind = TableKind::View;
    view->name = "open_orders";
    view->definition = {"SELECT \"order\".id, 'from order' FROM \"order\" WHERE status = 'open' -- order"};
    edit.changes.push_back(EntityChange{view->id, view});
    const TriggerId trigger = model.newId<TriggerId>();
    edit.changes.push_back(
        TriggerChange{trigger, TriggerElement{trigger,
                                              order,
                                              "t",
                                              {},
                                              {"CREATE TRIGGER t AFTER UPDATE OF status ON \"order\" BEGIN "
                                               "SELECT new.status, 'status'; END"}}});
    samples::apply(model, std::move(edit));
    samples::apply(model, renameEntity(model, order, "sale"));
    samples::apply(model, renameAttribute(model, order, model.entity(order)->find("status")->id, "state"));
    QCOMPARE(model.entity("open_orders")->definition.sql,
             std::string("SELECT \"sale\".id, 'from order' FROM \"sale\" WHERE status = 'open' -- order"));
    QCOMPARE(model.triggers().at(trigger).definition.sql,
             std::string("CREATE TRIGGER t AFTER UPDATE OF state ON \"sale\" BEGIN SELECT new.state, 'status'; END"));
    QCOMPARE(model.entity(order)->checks[0].expression.sql, std::string("state <> ''"));
    QCOMPARE(model.entity(order)->indexes[0].where.sql, std::string("state = 'open'"));
}

void Edits::unknownIdsAreRefused()
{
    const Model model = samples::shop();
    const auto order = model.entity("order")->id;
    const EntityId none = model.newId<EntityId>();
    QVERIFY_THROWS_EXCEPTION(Argument, (void)renameEntity(model, none, "x"));
    QVERIFY_THROWS_EXCEPTION(Argument, (void)removeEntities(model, std::span(&none, 1)));
    QVERIFY_THROWS_EXCEPTION(Argument, (void)removeAttribute(model, order, AttributeId{1}));
    QVERIFY_THROWS_EXCEPTION(Argument, (void)removeForeignKey(model, order, ConstraintId{1}, KeyColumns::Keep));
    QVERIFY_THROWS_EXCEPTION(Argument, (void)addNode(model, DiagramId{1}, order, 0, 0));
    QVERIFY_THROWS_EXCEPTION(Argument, (void)addForeignKey(model, order, {AttributeId{1}}, order, {}));
    QVERIFY_THROWS_EXCEPTION(Argument, (void)addNode(model, samples::diagram(model), order, 0, 0)); // shown already
}

QTEST_APPLESS_MAIN(Edits)
#include "tst_edits.moc"
