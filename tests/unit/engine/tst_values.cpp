#include "ormcore/dialects/builtin.h"
#include "ormcore/engine/column_block.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <string>

using namespace orm;

namespace {

// A value with its type, opaque to Qt, which would take the < of SQL expressions for an order of values.
struct Cell {
    Type type;
    Value value;
};

} // namespace

// Every way of a value into SQLite and out again.
class ValuesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aValueComesBackEqual_data();
    void aValueComesBackEqual();
    void whatWouldLoseSomethingIsRefused_data();
    void whatWouldLoseSomethingIsRefused();
    void storedTextOfOtherToolsIsRead_data();
    void storedTextOfOtherToolsIsRead();
    void emptyTextEmptyBytesAndNullDiffer();
    void aValueIsFoundByItself_data() { aValueComesBackEqual_data(); }
    void aValueIsFoundByItself();
    void aDoubleInATextColumnKeepsItsDigits();
    void longCellsAreCutInABlock();
    void aShortBlockKeepsItsColumns();

private:
    Value throughTable(const Type &type, const Value &value);

    std::unique_ptr<Engine> engine;
    std::unique_ptr<Connection> connection;
};

void ValuesTest::initTestCase()
{
    engine = createEngine("sqlite://");
    connection = std::make_unique<Connection>(engine->connect());
}

Value ValuesTest::throughTable(const Type &type, const Value &value)
{
    MetaData metadata;
    Table &table = metadata.addTable({{}, "v"});
    Column &id = table.addColumn("id", Integer());
    id.primaryKey = true;
    table.primaryKey.columns = {"id"};
    table.addColumn("x", type);
    connection->rollback();
    connection->execute(DdlStatement(CreateTable{.table = &table}));
    Insert insert{.table = &table, .columns = {&table.column("x")}, .values = {bind(value, type)}};
    connection->execute(Statement(insert));
    return connection->execute(Statement(select({Expression(table.column("x"))}))).scalar();
}

void ValuesTest::aValueComesBackEqual_data()
{
    QTest::addColumn<Cell>("cell");
    const auto add = [](const char *name, const Type &type, const Value &value) {
        QTest::newRow(name) << Cell{type, value};
    };
    using Limits = std::numeric_limits<std::int64_t>;
    add("null", Integer(), Value());
    add("int min", BigInteger(), Value(Limits::min()));
    add("int max", BigInteger(), Value(Limits::max()));
    add("2^53+1", BigInteger(), Value((std::int64_t{1} << 53) + 1));
    add("true", Boolean(), Value(true));
    add("false", Boolean(), Value(false));
    add("double", Double(), Value(0.1));
    add("double whole", Double(), Value(3.0));
    add("double smallest", Double(), Value(std::numeric_limits<double>::denorm_min()));
    add("double largest", Double(), Value(std::numeric_limits<double>::max()));
    add("infinity", Double(), Value(std::numeric_limits<double>::infinity()));
    add("minus infinity", Double(), Value(-std::numeric_limits<double>::infinity()));
    for (const char *text : {"0.00", "1.50", "-0.01", "9999999999999.99", "123456789012.345", "0.1", "1.10"})
        add(text, Numeric(15, 2), Value(*Decimal::parse(text)));
    for (const char *text : {"12345678901234.56", "1234567890123456.7891", "0.1234567890123456789", "-0.00",
                             "12345678901234567890123456789012345678", "1234567890123456789012345678.9012345678"})
        add(text, Numeric(38, 10), Value(*Decimal::parse(text)));
    add("whole decimal of 18 digits", Numeric(15, 0), Value(Decimal(123456789012345678, 0)));
    add("decimal kept as text", Numeric(16, 2), Value(*Decimal::parse("99999999999999.99")));
    add("date", DateType(), Value(*Date::fromCivil(2026, 11, 22)));
    add("first year", DateType(), Value(*Date::fromCivil(1, 1, 1)));
    add("last year", DateType(), Value(*Date::fromCivil(9999, 12, 31)));
    add("time", TimeType(), Value(*Time::parse("23:59:59.999999")));
    add("midnight", TimeType(), Value(*Time::parse("00:00:00")));
    for (const char *text : {"2026-11-22 09:05:00", "2026-11-22 09:05:00.000001", "0001-01-01 00:00:00.000000",
                             "9999-12-31 23:59:59.999999", "1969-12-31 23:59:59.999999"})
        add(text, DateTime(), Value(*Timestamp::parse(text)));
    add("zoned", DateTime(true), Value(*TimestampTz::parse("2026-11-22 09:05:00.5+05:45")));
    add("zoned west", DateTime(true), Value(*TimestampTz::parse("2026-11-22 09:05:00-03:00")));
    add("uuid", UuidType(), *Value::fromText(ValueKind::Uuid, "123e4567-e89b-12d3-a456-426614174000"));
    add("json", Json(), Value::json(R"({"a": 12345678901234567890, "a": "ação"})"));
    add("text", Text(), Value("João 日本 🎉"));
    add("text that is a number", Text(), Value("007"));
    add("text NUL", Text(), Value(std::string("a\0b\0", 4)));
    add("text no UTF-8", Text(), Value(std::string("\xff\xfe\x80 caf\xe9")));
    add("text lone surrogate", Text(), Value(std::string("\xed\xa0\x80")));
    add("text long", Text(), Value(std::string(100'000, 'x')));
    add("text hostile", Text(), Value("'); DROP TABLE v; --"));
    add("bytes", LargeBinary(), Value::bytes(std::string_view("\0\x01\xff\0", 4)));
    add("bytes long", LargeBinary(), Value::bytes(std::string(1'000'000, '\0')));
    add("enum", Enum("mood", {"happy", "it's"}), Value("it's"));
}

void ValuesTest::aValueComesBackEqual()
{
    QFETCH(Cell, cell);
    const auto &[type, value] = cell;
    const Value back = throughTable(type, value);
    QVERIFY2(back == value, (back.toString().substr(0, 200) + " is not " + value.toString().substr(0, 200)).c_str());
    if (value.kind() == ValueKind::TimestampTz)
        QCOMPARE(back.toString(), value.toString()); // the offset too
}

void ValuesTest::aValueIsFoundByItself()
{
    QFETCH(Cell, cell);
    const auto &[type, value] = cell;
    (void)throughTable(type, value);
    MetaData metadata;
    Table &table = metadata.addTable({{}, "v"});
    table.addColumn("x", type);
    const Expression x = table.column("x");
    const Statement found = Select(table).columns({count()}).where(x == Expression(value));
    QCOMPARE(connection->execute(found).scalar().asInt(), std::int64_t{1});
    if (value.isNull())
        return;
    const Statement listed = Select(table).columns({count()}).where(x.in({value, value, value}));
    QCOMPARE(connection->execute(listed).scalar().asInt(), std::int64_t{1});
}

void ValuesTest::whatWouldLoseSomethingIsRefused_data()
{
    QTest::addColumn<Cell>("cell");
    QTest::newRow("decimal of 16 digits") << Cell{Numeric(15, 2), Value(*Decimal::parse("12345678901234.56"))};
    QTest::newRow("bare numeric") << Cell{Type{.kind = TypeKind::Numeric},
                                          Value(*Decimal::parse("1234567890123456.7891"))};
    QTest::newRow("text of such a decimal") << Cell{Numeric(15, 2), Value("1234567890123456.7891")};
    QTest::newRow("unknown type") << Cell{Type(), Value(*Decimal::parse("0.12345678901234567"))};
    QTest::newRow("NaN") << Cell{Double(), Value(std::nan(""))};
    const std::array<Value, 1> elements{Value(1)};
    QTest::newRow("array") << Cell{Text(), Value::array(elements)};
}

void ValuesTest::whatWouldLoseSomethingIsRefused()
{
    QFETCH(Cell, cell);
    const auto &[type, value] = cell;
    QVERIFY_EXCEPTION_THROWN((void)throughTable(type, value), DataError);
}

void ValuesTest::storedTextOfOtherToolsIsRead_data()
{
    QTest::addColumn<std::string>("declared");
    QTest::addColumn<std::string>("literal");
    QTest::addColumn<Cell>("cell");
    const auto add = [](const char *declared, const char *literal, const Value &value) {
        QTest::addRow("%s %s", declared, literal) << std::string(declared) << std::string(literal) << Cell{{}, value};
    };
    add("DATETIME", "'2009-01-01 00:00:00'", Value(*Timestamp::parse("2009-01-01")));
    add("DATETIME", "'2009-01-01 00:00:00.000000'", Value(*Timestamp::parse("2009-01-01")));
    add("TIMESTAMP", "'2009-01-01T10:20:30.5'", Value(*Timestamp::parse("2009-01-01 10:20:30.500000")));
    add("DATETIME", "1230768000", Value(1230768000));
    add("DATETIME", "2454832.5", Value(2454832.5));
    add("DATETIME", "'yesterday'", Value("yesterday"));
    add("DATE", "'2009-02-30'", Value("2009-02-30"));
    add("DATE", "'2009-02-28'", Value(*Date::fromCivil(2009, 2, 28)));
    add("INTEGER", "'seven'", Value("seven"));
    add("INTEGER", "1.5", Value(1.5));
    add("BOOLEAN", "2", Value(2));
    add("BOOLEAN", "'t'", Value("t"));
    add("NUMERIC(10,2)", "0.99", Value(*Decimal::parse("0.99")));
    add("NUMERIC(10,2)", "5", Value(*Decimal::parse("5.00")));
    add("NUMERIC(10,2)", "0.125", Value(*Decimal::parse("0.125")));
    add("NUMERIC(10,2)", "'n/a'", Value("n/a"));
    add("NUMERIC(10,2)", "9e999", Value(std::numeric_limits<double>::infinity()));
    add("TEXT", "x'00ff'", Value::bytes(std::string_view("\0\xff", 2)));
    add("BLOB", "'text'", Value("text"));
    add("", "17", Value(17));
    add("UUID", "'123e4567e89b12d3a456426614174000'",
        *Value::fromText(ValueKind::Uuid, "123e4567-e89b-12d3-a456-426614174000"));
    add("UUID", "'none'", Value("none"));
    add("DECIMAL_TEXT(20, 2)", "'12345678901234567.80'", Value(*Decimal::parse("12345678901234567.80")));
}

void ValuesTest::storedTextOfOtherToolsIsRead()
{
    QFETCH(std::string, declared);
    QFETCH(std::string, literal);
    QFETCH(Cell, cell);
    const Value &value = cell.value;
    connection->rollback();
    connection->begin();
    connection->executeScript("CREATE TABLE o (x " + declared + "); INSERT INTO o VALUES (" + literal + ")");
    const Value back = connection->execute("SELECT x FROM o").scalar();
    QVERIFY2(back == value, back.toString().c_str());
    if (value.kind() == ValueKind::Decimal)
        QCOMPARE(back.toString(), value.toString()); // the scale too
}

void ValuesTest::emptyTextEmptyBytesAndNullDiffer()
{
    connection->rollback();
    connection->begin();
    connection->executeScript("CREATE TABLE e (t TEXT, b BLOB, n TEXT); INSERT INTO e VALUES ('', x'', NULL)");
    Result result = connection->execute("SELECT * FROM e");
    QVERIFY(result.next());
    QVERIFY(result.value("t") == Value(""));
    QVERIFY(result.value("b") == Value::bytes(std::string_view()));
    QVERIFY(result.value("n").isNull());
    QVERIFY(result.native().getText(0).data() != nullptr);
    QVERIFY(result.native().getBytes(1).data() != nullptr);
    QVERIFY(result.native().getText(2).data() == nullptr);
    QVERIFY(result.native().getBytes(2).data() == nullptr);
    QVERIFY(throughTable(Text(), Value("")) == Value(""));
    QVERIFY(throughTable(LargeBinary(), Value::bytes(std::string_view())) == Value::bytes(std::string_view()));
}

void ValuesTest::aDoubleInATextColumnKeepsItsDigits()
{
    QVERIFY(throughTable(Text(), Value(0.1 + 0.2)) == Value("0.30000000000000004"));
    QVERIFY(throughTable(Numeric(20, 4), Value(0.1 + 0.2)) == Value(*Decimal::parse("0.30000000000000004")));
}

void ValuesTest::longCellsAreCutInABlock()
{
    connection->rollback();
    connection->begin();
    connection->executeScript("CREATE TABLE c (id INTEGER, t TEXT, b BLOB)");
    const std::string accents = "ããã"; // two bytes each
    for (int i = 0; i < 3; ++i)
        connection->execute("INSERT INTO c VALUES (:i, :t, :b)",
                            {{"i", i}, {"t", i == 1 ? accents : "short"}, {"b", Value::bytes(std::string(9, 'x'))}});
    Result result = connection->execute("SELECT * FROM c ORDER BY id");
    const auto block = readBlock(result, 2, 5);
    QCOMPARE(block->rowCount(), std::size_t{2});
    QCOMPARE(block->columnCount(), std::size_t{3});
    QCOMPARE(block->columns()[1].name, std::string("t"));
    QVERIFY(block->at(1, 0) == Value(1));
    QVERIFY(block->at(0, 1) == Value("short"));
    QVERIFY(!block->isCut(0, 1));
    QVERIFY(block->at(1, 1) == Value("ãã"));
    QVERIFY(block->isCut(1, 1));
    QCOMPARE(block->fullLength(1, 1), accents.size());
    QVERIFY(block->at(1, 2) == Value::bytes(std::string(5, 'x')));
    const auto rest = readBlock(result, 2, 5);
    QCOMPARE(rest->rowCount(), std::size_t{1});
    QVERIFY(rest->at(0, 0) == Value(2));
    QVERIFY(rest->at(0, 1) == Value("short"));
    QCOMPARE(rest->fullLength(0, 2), std::size_t{9});
    QVERIFY(!rest->isCut(0, 1));
}

void ValuesTest::aShortBlockKeepsItsColumns()
{
    Result result = connection->execute("SELECT 1 AS a, 'x' AS b WHERE 0");
    const auto block = readBlock(result, 50);
    QCOMPARE(block->rowCount(), std::size_t{0});
    QCOMPARE(block->columnCount(), std::size_t{2});
    QCOMPARE(block->columns()[1].name, std::string("b"));
}

QTEST_APPLESS_MAIN(ValuesTest)
#include "tst_values.moc"
