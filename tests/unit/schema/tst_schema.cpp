#include "ormcore/base/error.h"
#include "ormcore/schema/metadata.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace orm;

namespace {

std::vector<Type> everyType()
{
    Type sized = LargeBinary();
    sized.length = 16;
    Type fraction = DateTime(true);
    fraction.precision = 3;
    Type bare{.kind = TypeKind::Numeric};
    Type whole{.kind = TypeKind::Numeric, .precision = 10};
    Type array{.kind = TypeKind::Array, .element = {Numeric(10, 2)}};
    Type nested{.kind = TypeKind::Array, .element = {array}};
    Type zonedTime = TimeType();
    zonedTime.timezone = true;
    Type native{.native = "GEOMETRY(Point, 4326)"};
    Type misleading{.native = "text"};
    return {Boolean(),
            SmallInteger(),
            Integer(),
            BigInteger(),
            Float(),
            Double(),
            Numeric(10, 2),
            bare,
            whole,
            String(50),
            {.kind = TypeKind::String},
            Text(),
            DateType(),
            TimeType(),
            zonedTime,
            DateTime(),
            DateTime(true),
            fraction,
            {.kind = TypeKind::Interval},
            UuidType(),
            Json(),
            LargeBinary(),
            sized,
            Enum("mood", {"sad", "it's", "a, b", "x)"}),
            Enum("", {"one"}),
            Enum("a \"b\" c", {}),
            array,
            nested,
            native,
            misleading,
            {.native = "\"odd\""},
            {.native = "enum"},
            {}};
}

void addKey(Table &from, const std::string &target)
{
    from.foreignKeys.push_back({.columns = {"id"}, .target = {{}, target}});
}

} // namespace

class TestSchema : public QObject {
    Q_OBJECT

private slots:
    void typesReadBackTheirPortableText()
    {
        for (const Type &type : everyType()) {
            const auto read = Type::parse(type.toString());
            QVERIFY2(read.has_value(), type.toString().c_str());
            QVERIFY2(*read == type, (type.toString() + " / " + read->toString()).c_str());
        }
    }

    void typesAreSpelledAsPeopleDo()
    {
        QVERIFY(String(50).toString() == "varchar(50)");
        QVERIFY(Numeric(10, 2).toString() == "numeric(10,2)");
        QVERIFY(DateTime(true).toString() == "timestamptz");
        QVERIFY(Enum("mood", {"sad", "ok"}).toString() == "enum \"mood\"('sad', 'ok')");
        QVERIFY(Type::parse("VARCHAR ( 50 )") == String(50));
        QVERIFY(Type::parse("Decimal(10, 2)") == Numeric(10, 2));
        QVERIFY(Type::parse("int") == Integer());
        QVERIFY(Type::parse("varchar(x)")->kind == TypeKind::Unknown);
        QVERIFY(!Type::parse("  "));
        QVERIFY(!Type::parse("\"open"));
    }

    void typesSayWhatTheirColumnsHold()
    {
        QVERIFY(Numeric(10, 2).valueKind() == ValueKind::Decimal);
        QVERIFY(DateTime(true).valueKind() == ValueKind::TimestampTz);
        QVERIFY(Enum("", {"a"}).valueKind() == ValueKind::Text);
        QVERIFY(!Type{}.valueKind());
    }

    void columnsAreFoundExactlyThenWithoutCase()
    {
        MetaData metadata;
        Table &table = metadata.addTable({{}, "t"});
        Column &lower = table.addColumn("name", Text());
        Column &upper = table.addColumn("NAME", Text());
        QCOMPARE(table.find("NAME"), &upper);
        QCOMPARE(table.find("Name"), &lower);
        QCOMPARE(upper.index, std::size_t{1});
        QCOMPARE(upper.table, &table);
        QVERIFY_EXCEPTION_THROWN(table.addColumn("name", Text()), Argument);
        QVERIFY_EXCEPTION_THROWN((void)table.column("other"), Argument);
    }

    void tablesAreFoundBySchemaAndName()
    {
        MetaData metadata;
        Table &plain = metadata.addTable({{}, "Album"});
        Table &other = metadata.addTable({"shop", "Album"});
        QCOMPARE(metadata.find("Album"), &plain);
        QCOMPARE(metadata.find("ALBUM"), &plain);
        QCOMPARE(metadata.find("Album", "shop"), &other);
        QVERIFY(metadata.find("Artist") == nullptr);
        QVERIFY(plain.serial() != other.serial());
        QVERIFY_EXCEPTION_THROWN(metadata.addTable({"shop", "Album"}), Argument);
        QVERIFY_EXCEPTION_THROWN((void)metadata["Artist"], Argument);
    }

    void rowsAreIdentifiedByKeyOrRequiredUnique()
    {
        MetaData metadata;
        Table &table = metadata.addTable({{}, "t"});
        Column &code = table.addColumn("code", Text());
        Column &id = table.addColumn("id", Integer());
        QVERIFY(table.identityColumns().empty());
        table.uniques.push_back({.columns = {"code"}});
        QVERIFY(table.identityColumns().empty()); // several rows may have no code
        code.nullable = false;
        QCOMPARE(table.identityColumns(), std::vector<const Column *>{&code});
        table.primaryKey.columns = {"id", "code"};
        QCOMPARE(table.identityColumns(), (std::vector<const Column *>{&id, &code}));
    }

    void partialAndExpressionIndexesIdentifyNothing()
    {
        MetaData metadata;
        Table &table = metadata.addTable({{}, "t"});
        table.addColumn("code", Text()).nullable = false;
        table.indexes.push_back({.name = "a", .parts = {{.column = "code"}}, .unique = true, .where = {"code > 1"}});
        table.indexes.push_back({.name = "b", .parts = {{.expression = {"lower(code)"}}}, .unique = true});
        QVERIFY(table.identityColumns().empty());
        table.indexes.push_back({.name = "c", .parts = {{.column = "code"}}, .unique = true});
        QCOMPARE(table.identityColumns().size(), std::size_t{1});
    }

    void creationOrderPutsTargetsFirst()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 200; ++round) {
            MetaData metadata;
            const std::size_t size = 2 + random() % 12;
            for (std::size_t i = 0; i < size; ++i)
                metadata.addTable({{}, "t" + std::to_string(i)}).addColumn("id", Integer());
            for (std::size_t i = 1; i < size; ++i) {
                for (std::size_t k = 0; k < 2; ++k) // only to earlier ones, but declared in reverse
                    addKey(*metadata.tables()[size - 1 - i], "t" + std::to_string(size - 1 - random() % i));
            }
            const CreationOrder order = creationOrder(metadata);
            QCOMPARE(order.tables.size(), size);
            QVERIFY(order.deferred.empty());
            for (std::size_t i = 0; i < size; ++i) {
                for (const ForeignKey &key : order.tables[i]->foreignKeys) {
                    const auto target =
                        std::find(order.tables.begin(), order.tables.end(), metadata.find(key.target.name));
                    QVERIFY(target - order.tables.begin() < static_cast<std::ptrdiff_t>(i));
                }
            }
        }
    }

    void onlyKeysThatCloseACycleAreDeferred()
    {
        MetaData metadata;
        for (const char *name : {"a", "b", "c", "self"})
            metadata.addTable({{}, name}).addColumn("id", Integer());
        addKey(metadata["a"], "b");
        addKey(metadata["b"], "c");
        addKey(metadata["c"], "a");
        addKey(metadata["self"], "self");
        addKey(metadata["self"], "missing");
        const CreationOrder order = creationOrder(metadata);
        QCOMPARE(order.deferred.size(), std::size_t{1});
        QVERIFY(order.deferred.front().first == &metadata["c"]);
    }

    void aChainOfManyTablesIsOrdered()
    {
        MetaData metadata;
        constexpr int kTables = 20000;
        for (int i = 0; i < kTables; ++i) {
            Table &table = metadata.addTable({{}, "t" + std::to_string(i)});
            if (i + 1 < kTables)
                addKey(table, "t" + std::to_string(i + 1));
        }
        const CreationOrder order = creationOrder(metadata);
        QVERIFY(order.tables.front()->name().name == "t" + std::to_string(kTables - 1));
    }
};

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
