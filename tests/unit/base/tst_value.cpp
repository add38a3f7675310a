#include "ormcore/base/value.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>
#include <thread>

using namespace orm;

namespace {

const std::string kLong(1000, 'x');
constexpr UuidBytes kUuid{0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 1, 2, 3, 4, 5, 6, 7, 8};

std::vector<Value> samples()
{
    const double infinity = std::numeric_limits<double>::infinity();
    std::vector<Value> values{
        Value(),
        true,
        false,
        0,
        -1,
        std::numeric_limits<std::int64_t>::min(),
        std::numeric_limits<std::int64_t>::max(),
        0.1,
        -1e300,
        5e-324,
        infinity,
        -infinity,
        std::nan(""),
        Decimal(150, 2),
        *Decimal::parse("-123456789012345678901234567890.123456789"),
        "",
        "a",
        "fourteen bytes",
        "fifteen bytes!!",
        kLong,
        std::string("zero\0byte", 9),
        "it's \"quoted\", ok",
        Value::bytes(std::string_view("\0\xff\x80", 3)),
        Value::bytes(kLong),
        Value::json(R"({"a": [1, 2.50]})"),
        *Date::parse("2026-11-22"),
        *Date::parse("-0044-03-15"),
        *Time::parse("23:59:59.999999"),
        *Timestamp::parse("2026-11-22 09:05:00.000123"),
        *TimestampTz::parse("2026-11-22 09:05:00-03:30"),
        kUuid,
    };
    values.push_back(Value::array(values));
    values.push_back(Value::array({}));
    return values;
}

} // namespace

class TestValue : public QObject {
    Q_OBJECT

private slots:
    void isSixteenBytesAndStartsAsNull()
    {
        QCOMPARE(sizeof(Value), std::size_t{16});
        QVERIFY(Value().isNull());
        QVERIFY(Value("").kind() == ValueKind::Text);
        QVERIFY(Value("") != Value());
    }

    void keepsWhatItWasMadeOf()
    {
        QCOMPARE(Value(std::numeric_limits<std::int64_t>::min()).asInt(), std::numeric_limits<std::int64_t>::min());
        QCOMPARE(Value(0.1).asDouble(), 0.1);
        QVERIFY(Value(kLong).asText() == kLong);
        QVERIFY(Value("fourteen bytes").asText() == "fourteen bytes");
        QVERIFY(Value("fifteen bytes!!").asText() == "fifteen bytes!!");
        QVERIFY(Value(kUuid).asUuid() == kUuid);
        QCOMPARE(Value(*TimestampTz::parse("2026-01-01 00:00:00-03:30")).asTimestampTz().offset, std::int16_t{-210});
        QVERIFY(Value(Decimal(-5, 3)).asDecimal().toString() == "-0.005");
        QVERIFY(Value(*Decimal::parse("12345678901234567890.5")).asDecimal().toString() == "12345678901234567890.5");
    }

    void copiesAndMovesShareAndFreeTheirBlocks()
    {
        Value first(kLong);
        Value copy = first;
        QVERIFY(copy == first);
        const Value moved = std::move(first);
        QVERIFY(moved.asText() == kLong);
        copy = Value(1);
        copy = moved;
        Value &alias = copy;
        copy = alias;
        QVERIFY(copy.asText() == kLong);
        const Value nested = Value::array(std::vector<Value>{moved, Value::array(std::vector<Value>{copy})});
        QVERIFY(nested.asArray()[1].asArray()[0].asText() == kLong);
    }

    void copiesBetweenThreadsFreely()
    {
        const Value shared(kLong);
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&shared] {
                for (int k = 0; k < 20000; ++k) {
                    const Value copy = shared; // NOLINT: the copy is what is tested
                    if (copy.asText().size() != kLong.size())
                        std::abort();
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(shared.asText() == kLong);
    }

    void readsBackItsOwnText()
    {
        for (const Value &value : samples()) {
            const auto read = Value::fromText(value.kind(), value.toString());
            QVERIFY2(read.has_value(), value.toString().c_str());
            QVERIFY2(*read == value, value.toString().c_str());
            QVERIFY(read->hash() == value.hash());
        }
    }

    void refusesTextOfAnotherKind()
    {
        for (const char *text : {"", "x", "1x", " 1", "1 ", "+", "--1", "0x10", "1e"})
            QVERIFY2(!Value::fromText(ValueKind::Int, text), text);
        QVERIFY(!Value::fromText(ValueKind::Int, "9223372036854775808"));
        QVERIFY(!Value::fromText(ValueKind::Bool, "yes"));
        QVERIFY(!Value::fromText(ValueKind::Double, "1,5"));
        QVERIFY(!Value::fromText(ValueKind::Bytes, "abc"));
        QVERIFY(!Value::fromText(ValueKind::Bytes, "zz"));
        QVERIFY(!Value::fromText(ValueKind::Uuid, "12345678-9abc-def0-0102-03040506070"));
        QVERIFY(!Value::fromText(ValueKind::Array, "[int \"x\"]"));
        QVERIFY(!Value::fromText(ValueKind::Array, "[int \"1\""));
        QVERIFY(!Value::fromText(ValueKind::Null, ""));
    }

    void everyDoubleReadsBackExactly()
    {
        std::mt19937_64 random(7);
        for (int i = 0; i < 20000; ++i) {
            const Value value(std::bit_cast<double>(static_cast<std::int64_t>(random())));
            QVERIFY2(*Value::fromText(ValueKind::Double, value.toString()) == value, value.toString().c_str());
        }
    }

    void equalityIsExactWithinAKind()
    {
        QVERIFY(Value(1) != Value(1.0));
        QVERIFY(Value(1) != Value(true));
        QVERIFY(Value("a") != Value::bytes(std::string_view("a")));
        QVERIFY(Value(Decimal(15, 1)) == Value(Decimal(150, 2)));
        QVERIFY(Value(Decimal(15, 1)).hash() == Value(Decimal(150, 2)).hash());
        QVERIFY(Value(0.0) == Value(-0.0));
        QVERIFY(Value(0.0).hash() == Value(-0.0).hash());
        QVERIFY(Value(std::nan("")) == Value(-std::nan("")));
        QVERIFY(Value(*TimestampTz::parse("2026-01-01T12:00Z")) ==
                Value(*TimestampTz::parse("2026-01-01T09:00-03:00")));
    }

    void numbersOrderByValueOverAllKinds()
    {
        const std::vector<Value> ordered{Value(),
                                         -std::numeric_limits<double>::infinity(),
                                         -1e308,
                                         std::numeric_limits<std::int64_t>::min(),
                                         Decimal(-15, 1),
                                         -1,
                                         5e-324,
                                         *Decimal::parse("0.1"),
                                         0.1, // a little more than a tenth
                                         true,
                                         Decimal(15, 1),
                                         9007199254740992.0,
                                         std::int64_t{9007199254740993},
                                         std::numeric_limits<std::int64_t>::max(),
                                         9223372036854775808.0,
                                         *Decimal::parse("9223372036854775808.5"),
                                         1e308,
                                         std::numeric_limits<double>::infinity(),
                                         std::nan(""),
                                         "",
                                         "a",
                                         "\xc3\xa9"};
        for (std::size_t i = 0; i < ordered.size(); ++i) {
            for (std::size_t k = 0; k < ordered.size(); ++k)
                QVERIFY2(Value::compare(ordered[i], ordered[k]) == (i <=> k),
                         (ordered[i].toString() + " " + ordered[k].toString()).c_str());
        }
        QVERIFY(Value::compare(1, 1.0) == 0);
        QVERIFY(Value::compare(Decimal(10, 1), true) == 0);
    }

    void orderIsTotal()
    {
        const std::vector<Value> values = samples();
        for (const Value &a : values) {
            for (const Value &b : values) {
                QVERIFY(Value::compare(a, b) == (0 <=> Value::compare(b, a)));
                if (a == b)
                    QVERIFY(Value::compare(a, b) == 0);
                for (const Value &c : values) {
                    if (Value::compare(a, b) <= 0 && Value::compare(b, c) <= 0)
                        QVERIFY(Value::compare(a, c) <= 0);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestValue)
#include "tst_value.moc"
