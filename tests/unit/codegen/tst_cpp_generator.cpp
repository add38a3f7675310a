#include "ormcore/base/error.h"
#include "ormcore/codegen/cpp/cpp_names.h"
#include "ormcore/codegen/generator.h"
#include "ormcore/dialects/builtin.h"
#include "tests/unit/model/model_samples.h"

#include <QTest>

using namespace orm::codegen;
using orm::model::Attribute;
using orm::model::Entity;
using orm::model::EntityId;
using orm::model::Model;
using orm::model::TextFile;

namespace {

std::string textOf(const std::vector<TextFile> &files, const std::string &path)
{
    for (const TextFile &file : files)
        if (file.path == path)
            return file.text;
    return {};
}

std::string header(const Model &model, const Options &options = {})
{
    return textOf(generator("cpp").generate(model, options), "shop.h");
}
std::string source(const Model &model, const Options &options = {})
{
    return textOf(generator("cpp").generate(model, options), "shop.cpp");
}

void contains(const std::string &text, const std::string &part)
{
    QVERIFY2(text.find(part) != std::string::npos, (part + "\n is not in\n" + text).c_str());
}

void setType(Model &model, const std::string &entity, const std::string &attribute, bool nullable,
             const std::string &serverDefault = {})
{
    Attribute changed = *model.entity(entity)->find(std::string_view(attribute));
    changed.nullable = nullable;
    changed.serverDefault = {serverDefault};
    samples::apply(model, setAttribute(model, model.entity(entity)->id, changed));
}

} // namespace

class CppGeneratorTest : public QObject {
    Q_OBJECT

private slots:
    void namesBecomeIdentifiers();
    void stringsAreEscaped();
    void classesHaveMembersAndBothSides();
    void columnsSayTheirTypes();
    void defaultsBecomeInitialisersOrOptionals();
    void clashingNamesAreToldApart();
    void commentsCannotBreakOut();
    void severalKeysToOneParentAreNamed();
    void compositeKeysAreReferences();
    void onlySomeEntities();
    void manyClassesAreSplitIntoSources();
    void ddlOfSomeEntitiesKeepsTheirForeignKeys();
    void unknownGeneratorsNameTheKnownOnes();
};

void CppGeneratorTest::namesBecomeIdentifiers()
{
    QCOMPARE(upperCamel("order_item"), std::string("OrderItem"));
    QCOMPARE(upperCamel("MediaType"), std::string("MediaType"));
    QCOMPARE(upperCamel("CUSTOMERS"), std::string("Customers"));
    QCOMPARE(lowerCamel("ArtistId"), std::string("artistId"));
    QCOMPARE(lowerCamel("HTTPServer"), std::string("httpServer"));
    QCOMPARE(lowerCamel("situação do pedido"), std::string("situacaoDoPedido"));
    QCOMPARE(lowerCamel("class"), std::string("class_"));
    QCOMPARE(lowerCamel("2fa"), std::string("_2fa"));
    QCOMPARE(lowerCamel("***"), std::string("member"));
    QCOMPARE(upperCamel("日本"), std::string("Ue697a5e69cac"));
    QCOMPARE(identifier("__Reserved"), std::string("Reserved"));
    QCOMPARE(identifier("a--b"), std::string("a_b"));
    QCOMPARE(plural("category"), std::string("categories"));
    QCOMPARE(plural("day"), std::string("days"));
    QCOMPARE(plural("address"), std::string("addresses"));
    QCOMPARE(snake("My Shop"), std::string("my_shop"));
}

void CppGeneratorTest::stringsAreEscaped()
{
    QCOMPARE(stringLiteral("a\"b\\c\nd\x01"
                           "2"),
             std::string("\"a\\\"b\\\\c\\nd\\0012\""));
}

void CppGeneratorTest::classesHaveMembersAndBothSides()
{
    const std::string text = header(samples::shop());
    contains(text, "namespace shop {");
    contains(text, "struct Customer {\n    std::int64_t id{};\n    std::optional<std::string> name;\n"
                   "    orm::Many<Order> orders;\n};");
    contains(text, "    std::int64_t customerId{};\n    orm::One<Customer> customer;\n"
                   "    orm::Many<OrderProduct> orderProducts;\n};");
    const std::string mapping = source(samples::shop());
    contains(mapping, ".many<&Customer::orders>(orm::passiveDeletesAll, orm::backPopulates<&Order::customer>);");
    contains(mapping, ".one<&Order::customer>(orm::backPopulates<&Customer::orders>)");
    contains(mapping, "void mapShop(orm::Registry &registry)\n{");
}

void CppGeneratorTest::columnsSayTheirTypes()
{
    const std::string mapping = source(samples::shop());
    contains(mapping, "registry.map<Customer>(\"customer\")\n"
                      "        .column<&Customer::id>(\"id\", orm::BigInteger(), orm::primaryKey)\n"
                      "        .column<&Customer::name>(\"name\", orm::String(50))\n");
    contains(mapping, ".column<&Order::customerId>(\"customer_id\", orm::BigInteger(), "
                      "orm::references(\"customer.id\"))");
    contains(mapping, "orm::ReferentialAction::Cascade");
    contains(mapping, "registry.metadata()[\"order\"].checks.push_back({\"\", {\"status <> ''\"}});");
    contains(mapping,
             "{\"order_status\", {{\"status\", {\"\"}, true, \"\"}}, false, {\"status = 'open'\"}, \"\", {\"\"}}");
}

void CppGeneratorTest::defaultsBecomeInitialisersOrOptionals()
{
    Model model = samples::shop();
    const EntityId order = model.entity("order")->id;
    samples::addAttribute(model, order, "quantity", orm::Integer());
    samples::addAttribute(model, order, "made", orm::DateTime());
    samples::addAttribute(model, order, "price", orm::Numeric(10, 2));
    setType(model, "order", "quantity", false, "1");
    setType(model, "order", "made", false, "CURRENT_TIMESTAMP");
    setType(model, "order", "status", false, "'it''s new'");
    const std::string text = header(model);
    contains(text, "std::int64_t quantity{1};");
    contains(text, "std::optional<orm::Timestamp> made;");
    contains(text, "std::string status{\"it's new\"};");
    contains(text, "std::optional<orm::Decimal> price;");
    contains(source(model), "orm::DateTime(), orm::notNull, orm::serverDefault(\"CURRENT_TIMESTAMP\")");
}

void CppGeneratorTest::clashingNamesAreToldApart()
{
    Model model = samples::empty();
    const EntityId a = samples::addEntity(model, "order item");
    samples::addEntity(model, "order_item");
    samples::addAttribute(model, a, "unit price");
    samples::addAttribute(model, a, "unit_price");
    const std::string text = header(model);
    contains(text, "struct OrderItem {");
    contains(text, "struct OrderItem2 {");
    contains(text, " unitPrice;");
    contains(text, " unitPrice2;");
}

void CppGeneratorTest::commentsCannotBreakOut()
{
    Model model = samples::shop();
    Entity entity = *model.entity("order");
    entity.comment = "first\nint x; \\";
    samples::apply(model, setEntity(model, entity));
    contains(header(model), "/// Table \"order\". first\\nint x; \\\\.\nstruct Order {");
}

void CppGeneratorTest::severalKeysToOneParentAreNamed()
{
    Model model = samples::shop();
    samples::apply(model, addOneToMany(model, model.entity("customer")->id, model.entity("order")->id));
    const EntityId order = model.entity("order")->id;
    samples::apply(model, renameAttribute(model, order, model.entity(order)->find("customer_id_2")->id, "payer_id"));
    const std::string text = header(model);
    contains(text, "orm::One<Customer> customer;\n    orm::One<Customer> payer;");
    contains(text, "orm::Many<Order> ordersByCustomer;\n    orm::Many<Order> ordersByPayer;");
    contains(source(model), ".one<&Order::payer>(orm::foreignKey(\"payer_id\"), "
                            "orm::backPopulates<&Customer::ordersByPayer>)");
}

void CppGeneratorTest::compositeKeysAreReferences()
{
    Model model = samples::shop();
    const EntityId note = samples::addEntity(model, "note");
    samples::apply(model, addOneToMany(model, model.entity("order_product")->id, note));
    contains(source(model),
             ".references({\"order_id\", \"product_id\"}, \"order_product\", {\"order_id\", \"product_id\"})");
    contains(header(model), "orm::One<OrderProduct> orderProduct;");
}

void CppGeneratorTest::onlySomeEntities()
{
    const Model model = samples::shop();
    const std::string text = header(model, {{model.entity("order")->id}, "my::place"});
    contains(text, "namespace my::place {");
    contains(text, "struct Order {");
    QVERIFY(text.find("Customer") == std::string::npos);
}

void CppGeneratorTest::manyClassesAreSplitIntoSources()
{
    Model model = samples::empty();
    for (int i = 0; i < 101; ++i)
        samples::addEntity(model, "t" + std::to_string(i));
    const auto files = generator("cpp").generate(model, {});
    QCOMPARE(files.size(), std::size_t{4});
    contains(textOf(files, "shop.cpp"), "    mapShop1(registry);\n    mapShop2(registry);\n");
    contains(textOf(files, "shop_2.cpp"), "void mapShop2(orm::Registry &registry)\n{");
}

void CppGeneratorTest::ddlOfSomeEntitiesKeepsTheirForeignKeys()
{
    const Model model = samples::shop();
    const orm::Dialect &dialect = orm::builtinDialect("sqlite");
    const std::string all = ddlScript(model, dialect);
    QVERIFY(all.find("CREATE TABLE \"customer\"") < all.find("CREATE TABLE \"order\""));
    const std::string some = ddlScript(model, dialect, {{model.entity("order")->id}, {}});
    QVERIFY(some.find("CREATE TABLE \"customer\"") == std::string::npos);
    contains(some, "REFERENCES \"customer\"");
    contains(some, "CREATE INDEX \"order_status\"");
}

void CppGeneratorTest::unknownGeneratorsNameTheKnownOnes()
{
    try {
        (void)generator("cobol");
        QFAIL("found");
    } catch (const orm::Argument &error) {
        QVERIFY(QByteArray(error.what()).contains("cpp"));
    }
}

QTEST_APPLESS_MAIN(CppGeneratorTest)
#include "tst_cpp_generator.moc"
