#include "ormcore/base/datetime.h"
#include "ormcore/base/decimal.h"
#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

#include <QTest>

#include <limits>
#include <random>

using namespace orm;

namespace {

Decimal decimal(std::string_view text) { return *Decimal::parse(text); }

// A random decimal of up to 40 digits; small ones as often as large ones.
Decimal randomDecimal(std::mt19937 &random)
{
    const std::size_t digits = 1 + random() % (random() % 2 == 0 ? 6 : 40);
    std::string text = random() % 2 == 0 ? "-" : "";
    for (std::size_t i = 0; i < digits; ++i)
        text += static_cast<char>('0' + random() % 10);
    if (random() % 2 == 0) {
        text += '.';
        for (std::size_t i = 0; i <= random() % 12; ++i)
            text += static_cast<char>('0' + random() % 10);
        text += '1';
    }
    return decimal(text);
}

} // namespace

/// Decimals, dates and the text helpers.
class TestExact : public QObject {
    Q_OBJECT

private slots:
    void decimalsKeepTheirDigits_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("scale stays") << QByteArray("1.50") << QByteArray("1.50");
        QTest::newRow("zero of a scale") << QByteArray("-0.00") << QByteArray("0.00");
        QTest::newRow("below one") << QByteArray("-0.005") << QByteArray("-0.005");
        QTest::newRow("leading zeros") << QByteArray("+007.10") << QByteArray("7.10");
        QTest::newRow("positive exponent") << QByteArray("1.5e3") << QByteArray("1500");
        QTest::newRow("negative exponent") << QByteArray("15E-4") << QByteArray("0.0015");
        QTest::newRow("largest 64 bits") << QByteArray("9223372036854775807") << QByteArray("9223372036854775807");
        QTest::newRow("smallest 64 bits") << QByteArray("-9223372036854775808") << QByteArray("-9223372036854775808");
        QTest::newRow("beyond 64 bits") << QByteArray("-9223372036854775809.01")
                                        << QByteArray("-9223372036854775809.01");
        QTest::newRow("money that SQLite's REAL would spoil")
            << QByteArray("1234567890123456.7891") << QByteArray("1234567890123456.7891");
    }
    void decimalsKeepTheirDigits()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, written);
        QCOMPARE(QByteArray::fromStdString(decimal(text.toStdString()).toString()), written);
    }

    void decimalsRefuseWhatIsNone()
    {
        for (const char *text : {"",   "-",   ".",   "1.",  ".5",  "1..2", "1e",  "1e+",         "e5",       "1 ",
                                 " 1", "1,5", "0x1", "nan", "inf", "--1",  "+-1", "1e999999999", "1e-40000", "1e++5"})
            QVERIFY2(!Decimal::parse(text), text);
        QVERIFY_EXCEPTION_THROWN(Decimal(1, -1), DataError);
        QVERIFY_EXCEPTION_THROWN(Decimal(1, 20000) * Decimal(1, 20000), DataError);
    }

    void roundingIsHalfToEven()
    {
        const std::vector<std::array<const char *, 2>> cases{
            {"0.125", "0.12"},    {"0.135", "0.14"},  {"-0.125", "-0.12"}, {"0.1251", "0.13"},
            {"-0.1350", "-0.14"}, {"9.995", "10.00"}, {"0.004", "0.00"},   {"1", "1.00"}};
        for (const auto &[exact, rounded] : cases)
            QVERIFY2(decimal(exact).rescaled(2).toString() == rounded, exact);
        QVERIFY(decimal("99999999999999999999.5").rescaled(0).toString() == "100000000000000000000");
    }

    void arithmeticObeysItsLaws()
    {
        std::mt19937 random(20261122);
        for (int i = 0; i < 3000; ++i) {
            const Decimal a = randomDecimal(random);
            const Decimal b = randomDecimal(random);
            const Decimal c = randomDecimal(random);
            QVERIFY(a + b == b + a);
            QVERIFY((a + b) + c == a + (b + c));
            QVERIFY(a * b == b * a);
            QVERIFY(a * (b + c) == a * b + a * c);
            QVERIFY((a - b) + b == a);
            QVERIFY(decimal(a.toString()) == a);
            QVERIFY(decimal(a.toString()).toString() == a.toString());
            QVERIFY((a < b) == ((a - b).toString().front() == '-'));
            QVERIFY(a.rescaled(a.scale() + 5) == a);
            QVERIFY(a.rescaled(a.scale() + 5).hash() == a.hash());
        }
    }

    void doublesAreTheNearest()
    {
        QCOMPARE(decimal("0.1").toDouble(), 0.1);
        QCOMPARE(decimal("-123456789.123456789").toDouble(), -123456789.123456789);
        QCOMPARE(Decimal(0, 5).toDouble(), 0.0);
        QCOMPARE(decimal("1e400").toDouble(), std::numeric_limits<double>::infinity());
        QCOMPARE(decimal("1e-400").toDouble(), 0.0);
        QCOMPARE(decimal("120.050").precision(), 6);
        QCOMPARE(decimal("0.05").precision(), 1);
    }

    void datesRoundTripOverAllCalendars()
    {
        std::int32_t previous = Date::fromCivil(-9999, 1, 1)->days - 1;
        for (int year = -9999; year <= 9999; year += 1) {
            for (int month = 1; month <= 12; ++month) {
                const auto first = Date::fromCivil(year, month, 1);
                QVERIFY(first && first->days > previous);
                previous = first->days;
                int y = 0;
                int m = 0;
                int d = 0;
                Date{first->days - 1}.toCivil(y, m, d);
                QCOMPARE(m, month == 1 ? 12 : month - 1);
                QCOMPARE(y, month == 1 ? year - 1 : year);
                QVERIFY(year == -9999 || Date::fromCivil(y, m, d)->days == first->days - 1);
            }
        }
        QCOMPARE(Date::parse("1970-01-01")->days, 0);
        QCOMPARE(Date::parse("0001-01-01")->days, -719162);
        for (const char *text :
             {"0001-01-01", "9999-12-31", "-9999-01-01", "-0044-03-15", "0000-02-29", "294276-12-31"})
            QVERIFY2(Date::parse(text)->toString() == text, text);
    }

    void impossibleDatesAndTimesAreRefused()
    {
        for (const char *text :
             {"2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "26-01-01",
              "2026-01-01x", "", "2026/01/01", "294277-01-01", "-10000-01-01", "2026-01-01 "})
            QVERIFY2(!Date::parse(text), text);
        for (const char *text :
             {"24:00:01", "25:00", "12:60", "12:00:60", "12", "1:00", "12:00:00.", "12:00:00.1234567", ""})
            QVERIFY2(!Time::parse(text), text);
        for (const char *text : {"2026-01-01 24:00:00", "294247-01-10 04:00:54.775808", "294276-12-31",
                                 "2026-01-01  12:00", "2026-01-01T", "2026-01-01 12:00Z"})
            QVERIFY2(!Timestamp::parse(text), text);
        for (const char *text :
             {"2026-01-01 12:00", "2026-01-01 12:00+19:00", "2026-01-01 12:00+3", "2026-01-01 12:00+03:60"})
            QVERIFY2(!TimestampTz::parse(text), text);
        QVERIFY(Date::parse("2000-02-29"));
    }

    void timesKeepMicroseconds()
    {
        QVERIFY(Time::parse("09:05")->toString() == "09:05:00");
        QVERIFY(Time::parse("09:05:00.5")->toString() == "09:05:00.500000");
        QVERIFY(Time::parse("24:00:00")->toString() == "24:00:00");
        QVERIFY(Timestamp::parse("1969-12-31T23:59:59.999999")->micros == -1);
        for (const char *text : {"2026-11-22 09:05:00.000123", "0001-01-01 00:00:00", "-9999-01-01 00:00:00.000001",
                                 "1969-12-31 23:59:59.999999", "294247-01-10 04:00:54.775807"})
            QVERIFY2(Timestamp::parse(text)->toString() == text, text);
        QVERIFY(Timestamp::parse("2026-11-22")->toString() == "2026-11-22 00:00:00");
        for (const char *text : {"2026-11-22 09:05:00+03:00", "2026-11-22 09:05:00.5-00:30"}) {
            const auto parsed = TimestampTz::parse(text);
            QVERIFY2(TimestampTz::parse(parsed->toString()) == parsed, text);
            QVERIFY(TimestampTz::parse(parsed->toString())->offset == parsed->offset);
        }
        QVERIFY(TimestampTz::parse("2026-01-01T00:00:00Z")->toString() == "2026-01-01 00:00:00+00:00");
        QVERIFY(TimestampTz::parse("2026-01-01T00:00+0330")->offset == 210);
    }

    void textHelpersAreAsciiOnly()
    {
        QVERIFY(equalsIgnoringCase("Album", "aLBUM"));
        QVERIFY(!equalsIgnoringCase("\xc3\x89", "\xc3\xa9"));
        QVERIFY(quoted("a\"b", '"') == "\"a\"\"b\"");
        QVERIFY(trimmed(" \t a b\n") == "a b");
        QVERIFY(toHex("\x01\xff") == "01ff");
    }
};

QTEST_APPLESS_MAIN(TestExact)
#include "tst_exact.moc"
