#include "ui/base/value_text.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace ui {
namespace {

using orm::TypeKind;
using orm::Value;
using orm::ValueKind;

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(ValueText)
};

using Parsed = std::optional<Value>;

Parsed refuse(QString *error, const QString &message)
{
    if (error)
        *error = message;
    return std::nullopt;
}

/// One line: line ends and tabs become visible signs, other control characters a middle dot.
QString oneLine(QString text)
{
    for (QChar &c : text) {
        if (c == u'\n' || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = QChar(0x21B5);
        else if (c == u'\t')
            c = QChar(0x2192);
        else if (c.category() == QChar::Other_Control)
            c = QChar(0x00B7);
    }
    return text;
}

QString shortened(QString text, int maximumLength)
{
    if (text.size() <= maximumLength)
        return text;
    int keep = maximumLength - 1;
    if (keep > 0 && text.at(keep - 1).isHighSurrogate())
        --keep;
    text.truncate(keep);
    return text + QChar(0x2026);
}

QString displayBytes(std::string_view bytes, int maximumLength)
{
    const QByteArray head =
        QByteArray(bytes.data(), static_cast<qsizetype>(std::min<std::size_t>(bytes.size(), 24))).toHex();
    QString text = QString::fromLatin1(head);
    if (bytes.size() > 24)
        text += QChar(0x2026);
    text += QStringLiteral(" (%1 B)").arg(bytes.size());
    return shortened(text, maximumLength);
}

Parsed parseInteger(const QString &text, const orm::Type &type, QString *error)
{
    const std::string digits = toUtf8(text);
    std::int64_t number = 0;
    const char *begin = digits.data() + (digits.size() > 1 && digits.front() == '+' ? 1 : 0);
    const char *end = digits.data() + digits.size();
    const auto result = std::from_chars(begin, end, number);
    if (result.ec == std::errc::result_out_of_range)
        return refuse(error, Messages::tr("%1 is too large for 64 bits.").arg(text));
    if (result.ec != std::errc() || result.ptr != end)
        return refuse(error, Messages::tr("“%1” is not a whole number.").arg(text));
    // SQLite stores 64 bits whatever the column was declared as.
    if (type.nativeDialect != "sqlite" && type.kind != TypeKind::BigInteger) {
        const std::int64_t limit = type.kind == TypeKind::SmallInteger ? std::numeric_limits<std::int16_t>::max()
                                                                       : std::numeric_limits<std::int32_t>::max();
        if (number > limit || number < -limit - 1)
            return refuse(error, Messages::tr("%1 does not fit: this column holds %2 to %3.")
                                     .arg(text, QString::number(-limit - 1), QString::number(limit)));
    }
    return Value(number);
}

std::optional<double> readDouble(const QString &text)
{
    const std::string digits = toUtf8(text);
    double number = 0;
    const char *begin = digits.data() + (digits.size() > 1 && digits.front() == '+' ? 1 : 0);
    const char *end = digits.data() + digits.size();
    const auto result = std::from_chars(begin, end, number);
    if (result.ec != std::errc() || result.ptr != end || !std::isfinite(number))
        return std::nullopt;
    return number;
}

QString notANumber(const QString &text)
{
    return text.contains(u',') ? Messages::tr("“%1” is not a number: write the decimals after a point.").arg(text)
                               : Messages::tr("“%1” is not a number.").arg(text);
}

Parsed parseDecimal(const QString &text, const orm::Type &type, QString *error)
{
    const std::optional<orm::Decimal> number = orm::Decimal::parse(toUtf8(text));
    if (!number)
        return refuse(error, notANumber(text));
    if (!type.precision)
        return Value(*number);
    const int scale = type.scale.value_or(0);
    const orm::Decimal fitted = number->rescaled(scale);
    if (fitted != *number)
        return refuse(error, Messages::tr("%1 has too many decimals: this column holds %n.", nullptr, scale).arg(text));
    if (fitted.precision() > *type.precision)
        return refuse(error, Messages::tr("%1 is too large: this column holds %2 digits, %3 of them decimals.")
                                 .arg(text, QString::number(*type.precision), QString::number(scale)));
    return Value(fitted);
}

Parsed parseBoolean(const QString &text, QString *error)
{
    static const QStringList yes{QStringLiteral("true"), QStringLiteral("t"), QStringLiteral("yes"),
                                 QStringLiteral("y"), QStringLiteral("1")};
    static const QStringList no{QStringLiteral("false"), QStringLiteral("f"), QStringLiteral("no"), QStringLiteral("n"),
                                QStringLiteral("0")};
    if (yes.contains(text, Qt::CaseInsensitive))
        return Value(true);
    if (no.contains(text, Qt::CaseInsensitive))
        return Value(false);
    return refuse(error, Messages::tr("“%1” is neither true nor false.").arg(text));
}

Parsed parseBytes(QString text, QString *error)
{
    if (text.startsWith(QLatin1String("0x"), Qt::CaseInsensitive) || text.startsWith(QLatin1String("\\x")))
        text.remove(0, 2);
    else if (text.startsWith(QLatin1String("x'"), Qt::CaseInsensitive) && text.endsWith(u'\''))
        text = text.mid(2, text.size() - 3);
    const auto isHex = [](QChar c) {
        const ushort u = c.toLower().unicode();
        return (u >= '0' && u <= '9') || (u >= 'a' && u <= 'f');
    };
    if (text.size() % 2 != 0 || !std::all_of(text.begin(), text.end(), isHex))
        return refuse(error, Messages::tr("Bytes are written as pairs of hexadecimal digits, such as 00FF7A."));
    const QByteArray bytes = QByteArray::fromHex(text.toLatin1());
    return Value::bytes(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

Parsed parseText(const QString &text, const orm::Type &type, QString *error)
{
    if (type.kind == TypeKind::String && type.length) {
        const qsizetype characters = text.toUcs4().size();
        if (characters > *type.length)
            return refuse(
                error,
                Messages::tr("%1 characters are too many: this column holds %2.").arg(characters).arg(*type.length));
    }
    return Value(toUtf8(text));
}

Parsed parseEnum(const QString &text, const orm::Type &type, QString *error)
{
    const std::string label = toUtf8(text);
    if (type.labels.empty() || std::find(type.labels.begin(), type.labels.end(), label) != type.labels.end())
        return Value(label);
    QStringList labels;
    for (const std::string &known : type.labels)
        labels << fromUtf8(known);
    return refuse(error,
                  Messages::tr("“%1” is none of: %2.").arg(text, shortened(labels.join(QStringLiteral(", ")), 120)));
}

Parsed parseJson(const QString &text, QString *error)
{
    QJsonParseError problem;
    const QByteArray utf8 = text.toUtf8();
    QJsonDocument::fromJson('[' + utf8 + ']', &problem); // in brackets, so that a bare number or text is fine too
    if (problem.error != QJsonParseError::NoError)
        return refuse(
            error, Messages::tr("This is no JSON: %1 (character %2).").arg(problem.errorString()).arg(problem.offset));
    return Value::json(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
}

template <class T> Parsed orRefuse(const std::optional<T> &value, QString *error, const QString &message)
{
    return value ? Parsed(Value(*value)) : refuse(error, message);
}

/// A column without a type (SQLite): what reads back exactly as a number is one, all else is text.
Parsed parseUntyped(const QString &text)
{
    const std::string utf8 = toUtf8(text);
    for (const ValueKind kind : {ValueKind::Int, ValueKind::Double}) {
        const Parsed number = Value::fromText(kind, utf8);
        if (number && number->toString() == utf8)
            return number;
    }
    return Value(utf8);
}

Parsed parseMoment(const QString &text, const orm::Type &type, QString *error)
{
    const std::string utf8 = toUtf8(text);
    switch (type.kind) {
    case TypeKind::Date:
        return orRefuse(orm::Date::parse(utf8), error,
                        Messages::tr("“%1” is no date: write it as 2026-11-22.").arg(text));
    case TypeKind::Time:
        return orRefuse(orm::Time::parse(utf8), error,
                        Messages::tr("“%1” is no time: write it as 09:05:00.").arg(text));
    default:
        break;
    }
    if (type.timezone)
        return orRefuse(
            orm::TimestampTz::parse(utf8), error,
            Messages::tr("“%1” is no moment with a time zone: write it as 2026-11-22 09:05:00-03:00.").arg(text));
    return orRefuse(orm::Timestamp::parse(utf8), error,
                    Messages::tr("“%1” is no date and time: write it as 2026-11-22 09:05:00.").arg(text));
}

} // namespace

QString displayText(const orm::Value &value, int maximumLength)
{
    switch (value.kind()) {
    case ValueKind::Bytes:
        return displayBytes(value.asBytes(), maximumLength);
    case ValueKind::Text:
    case ValueKind::Json: {
        // Four bytes a character at most: a long text is not converted to show its beginning.
        const std::string_view text = value.asText();
        return shortened(oneLine(fromUtf8(text.substr(0, (static_cast<std::size_t>(maximumLength) + 1) * 4))),
                         maximumLength);
    }
    default:
        return shortened(oneLine(fromUtf8(value.toString())), maximumLength);
    }
}

QString editText(const orm::Value &value)
{
    switch (value.kind()) {
    case ValueKind::Null:
        return {};
    case ValueKind::Text:
    case ValueKind::Json:
        return fromUtf8(value.asText());
    default:
        return fromUtf8(value.toString());
    }
}

bool isExactText(const orm::Value &value)
{
    if (value.kind() != ValueKind::Text && value.kind() != ValueKind::Json)
        return true;
    const std::string_view text = value.asText();
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    Q_UNUSED(decoded);
    return !decoder.hasError();
}

std::optional<orm::Value> parseValue(const QString &text, const orm::Type &type, QString *error)
{
    if (error)
        error->clear();
    const bool spacesCount = type.isText() || type.kind == TypeKind::Unknown || type.kind == TypeKind::Interval;
    const QString trimmed = spacesCount ? text : text.trimmed();
    if (trimmed.isEmpty() && !spacesCount)
        return Value();
    switch (type.kind) {
    case TypeKind::Boolean:
        return parseBoolean(trimmed, error);
    case TypeKind::SmallInteger:
    case TypeKind::Integer:
    case TypeKind::BigInteger:
        return parseInteger(trimmed, type, error);
    case TypeKind::Float:
    case TypeKind::Double:
        return orRefuse(readDouble(trimmed), error, notANumber(trimmed));
    case TypeKind::Numeric:
        return parseDecimal(trimmed, type, error);
    case TypeKind::Date:
    case TypeKind::Time:
    case TypeKind::DateTime:
        return parseMoment(trimmed, type, error);
    case TypeKind::Uuid: {
        const Parsed uuid = Value::fromText(ValueKind::Uuid, toUtf8(trimmed));
        return uuid ? uuid : refuse(error, Messages::tr("“%1” is no UUID (32 hexadecimal digits).").arg(trimmed));
    }
    case TypeKind::Json:
        return parseJson(trimmed, error);
    case TypeKind::LargeBinary:
        return parseBytes(trimmed, error);
    case TypeKind::Array: {
        const Parsed array = Value::fromText(ValueKind::Array, toUtf8(trimmed));
        return array ? array : refuse(error, Messages::tr("“%1” is no array.").arg(shortened(trimmed, 60)));
    }
    case TypeKind::Enum:
        return parseEnum(trimmed, type, error);
    case TypeKind::String:
    case TypeKind::Text:
    case TypeKind::Interval:
        return parseText(trimmed, type, error);
    case TypeKind::Unknown:
        break;
    }
    return parseUntyped(trimmed);
}

QString fromUtf8(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

std::string toUtf8(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    return std::string(utf8.constData(), static_cast<std::size_t>(utf8.size()));
}

} // namespace ui
