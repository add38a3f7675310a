#include "ui/base/value_text.h"

#include <QTest>

using orm::Value;

Q_DECLARE_METATYPE(orm::Type)
Q_DECLARE_METATYPE(orm::Value)

class ValueText : public QObject {
    Q_OBJECT

private slots:
    void editingReadsBackTheSameValue_data();
    void editingReadsBackTheSameValue();
    void whatTheUserTypesBecomesAValue_data();
    void whatTheUserTypesBecomesAValue();
    void whatDoesNotFitIsRefusedInPlainWords_data();
    void whatDoesNotFitIsRefusedInPlainWords();
    void emptyTextIsNullExceptForText();
    void displayIsOneLineOfBoundedLength();
    void displayCutsNoCharacterInTwo();
    void textThatIsNoUtf8IsNotOfferedForEditing();
};

void ValueText::editingReadsBackTheSameValue_data()
{
    QTest::addColumn<Value>("value");
    QTest::addColumn<orm::Type>("type");
    QTest::newRow("text") << Value("João\n\"ção\"\t ") << orm::Text();
    QTest::newRow("empty text") << Value("") << orm::Text();
    QTest::newRow("largest integer") << Value(std::int64_t{9223372036854775807}) << orm::BigInteger();
    QTest::newRow("smallest integer") << Value(std::numeric_limits<std::int64_t>::min()) << orm::BigInteger();
    QTest::newRow("double") << Value(0.1) << orm::Double();
    QTest::newRow("small double") << Value(5e-324) << orm::Double();
    QTest::newRow("decimal") << Value(*orm::Decimal::parse("12345678901234567890.10")) << orm::Numeric(30, 2);
    QTest::newRow("true") << Value(true) << orm::Boolean();
    QTest::newRow("date") << Value(*orm::Date::parse("2026-11-22")) << orm::DateType();
    QTest::newRow("timestamp") << Value(*orm::Timestamp::parse("2026-11-22 09:05:00.000123")) << orm::DateTime();
    QTest::newRow("bytes") << Value::bytes(std::string_view("\0\xff\x7f", 3)) << orm::LargeBinary();
    QTest::newRow("json") << Value::json("{\"a\": [1, 2.50]}") << orm::Json();
    QTest::newRow("null") << Value() << orm::Integer();
}

void ValueText::editingReadsBackTheSameValue()
{
    QFETCH(Value, value);
    QFETCH(orm::Type, type);
    QString error;
    const auto back = ui::parseValue(ui::editText(value), type, &error);
    QVERIFY2(back.has_value(), qPrintable(error));
    QVERIFY2(*back == value, back->toString().c_str());
}

void ValueText::whatTheUserTypesBecomesAValue_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<orm::Type>("type");
    QTest::addColumn<Value>("value");
    QTest::newRow("spaces around a number") << QStringLiteral(" 42 ") << orm::Integer() << Value(42);
    QTest::newRow("plus") << QStringLiteral("+7") << orm::Integer() << Value(7);
    QTest::newRow("decimal gets its scale")
        << QStringLiteral("1.5") << orm::Numeric(10, 2) << Value(*orm::Decimal::parse("1.50"));
    QTest::newRow("yes") << QStringLiteral("Yes") << orm::Boolean() << Value(true);
    QTest::newRow("hex with prefix") << QStringLiteral("0x00ff") << orm::LargeBinary()
                                     << Value::bytes(std::string_view("\0\xff", 2));
    QTest::newRow("untyped number") << QStringLiteral("42") << orm::Type{} << Value(42);
    QTest::newRow("untyped number with zeros") << QStringLiteral("0042") << orm::Type{} << Value("0042");
    orm::Type sqliteInteger = orm::Integer();
    sqliteInteger.nativeDialect = "sqlite";
    QTest::newRow("SQLite's integer has 64 bits")
        << QStringLiteral("5000000000") << sqliteInteger << Value(std::int64_t{5000000000});
}

void ValueText::whatTheUserTypesBecomesAValue()
{
    QFETCH(QString, typed);
    QFETCH(orm::Type, type);
    QFETCH(Value, value);
    QString error;
    const auto parsed = ui::parseValue(typed, type, &error);
    QVERIFY2(parsed.has_value(), qPrintable(error));
    QVERIFY2(*parsed == value, parsed->toString().c_str());
}

void ValueText::whatDoesNotFitIsRefusedInPlainWords_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<orm::Type>("type");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QString &typed, const orm::Type &type, const QString &says) {
        QTest::newRow(name) << typed << type << says;
    };
    row("word", QStringLiteral("ten"), orm::Integer(), QStringLiteral("whole number"));
    row("too large", QStringLiteral("3000000000"), orm::Integer(), QStringLiteral("does not fit"));
    row("over 64 bits", QStringLiteral("9223372036854775808"), orm::BigInteger(), QStringLiteral("64 bits"));
    row("decimal comma", QStringLiteral("1,5"), orm::Numeric(10, 2), QStringLiteral("after a point"));
    row("lost cents", QStringLiteral("1.505"), orm::Numeric(10, 2), QStringLiteral("too many decimals"));
    row("too many digits", QStringLiteral("123456.00"), orm::Numeric(5, 2), QStringLiteral("too large"));
    row("infinite", QStringLiteral("inf"), orm::Double(), QStringLiteral("not a number"));
    row("no such day", QStringLiteral("2026-02-30"), orm::DateType(), QStringLiteral("no date"));
    row("too long", QStringLiteral("João"), orm::String(3), QStringLiteral("too many"));
    row("odd hex", QStringLiteral("abc"), orm::LargeBinary(), QStringLiteral("hexadecimal"));
    row("broken JSON", QStringLiteral("{\"a\": }"), orm::Json(), QStringLiteral("no JSON"));
    row("foreign label", QStringLiteral("blue"), orm::Enum("c", {"red", "green"}), QStringLiteral("red, green"));
}

void ValueText::whatDoesNotFitIsRefusedInPlainWords()
{
    QFETCH(QString, typed);
    QFETCH(orm::Type, type);
    QFETCH(QString, says);
    QString error;
    QVERIFY(!ui::parseValue(typed, type, &error));
    QVERIFY2(error.contains(says), qPrintable(error));
}

void ValueText::emptyTextIsNullExceptForText()
{
    QVERIFY(ui::parseValue(QString(), orm::Integer(), nullptr)->isNull());
    QVERIFY(ui::parseValue(QStringLiteral("  "), orm::DateType(), nullptr)->isNull());
    QVERIFY(*ui::parseValue(QString(), orm::Text(), nullptr) == Value(""));
}

void ValueText::displayIsOneLineOfBoundedLength()
{
    const QString shown = ui::displayText(Value("one\ntwo\tthree"), 300);
    QVERIFY(!shown.contains(u'\n') && !shown.contains(u'\t'));
    const QString cut = ui::displayText(Value(std::string(100000, 'x')), 50);
    QCOMPARE(cut.size(), 50);
    QVERIFY(cut.endsWith(QChar(0x2026)));
}

void ValueText::displayCutsNoCharacterInTwo()
{
    std::string faces;
    for (int i = 0; i < 40; ++i)
        faces += "\xF0\x9F\x98\x80";
    for (int length = 4; length < 12; ++length)
        QVERIFY(ui::displayText(Value(faces), length).toUtf8().indexOf("\xEF\xBF\xBD") < 0);
}

void ValueText::textThatIsNoUtf8IsNotOfferedForEditing()
{
    QVERIFY(ui::isExactText(Value("João")));
    QVERIFY(!ui::isExactText(Value("caf\xe9")));
    QVERIFY(!ui::isExactText(Value("cut \xc3")));
}

QTEST_APPLESS_MAIN(ValueText)
#include "tst_base_value_text.moc"
