#include "ormcore/dialects/sqlite/sqlite_values.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

#include <sqlite3.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace orm {

namespace {

constexpr int kExactDigits = 15; // a double keeps every decimal of so many digits
constexpr std::int64_t kExactInteger = std::int64_t{1} << 53;

bool holdsTextDecimals(const Type &type)
{
    if (!type.native.empty())
        return hasTextAffinity(type.native);
    return type.isText() || type.precision.value_or(0) > kExactDigits;
}

// Bytes that live as long as the statement needs them.
int bindStatic(sqlite3_stmt *statement, int parameter, std::string_view text)
{
    // A null pointer would bind NULL instead of "".
    const char *data = text.data() != nullptr ? text.data() : "";
    return sqlite3_bind_text64(statement, parameter, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

int bindCopy(sqlite3_stmt *statement, int parameter, const std::string &text)
{
    return sqlite3_bind_text64(statement, parameter, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

int bindDecimal(sqlite3_stmt *statement, int parameter, const Decimal &decimal, const Type &type)
{
    if (holdsTextDecimals(type))
        return bindCopy(statement, parameter, decimal.toString());
    const Decimal whole = decimal.rescaled(0);
    if (whole == decimal) {
        if (const auto number = whole.unscaled())
            return sqlite3_bind_int64(statement, parameter, *number);
    }
    if (decimal.precision() > kExactDigits) {
        throw DataError("SQLite would keep only 15 digits of " + decimal.toString() +
                        " in this column. Declare the column with more than 15 digits, so that it is stored as text, "
                        "or round the number.");
    }
    return sqlite3_bind_double(statement, parameter, decimal.toDouble());
}

std::string shortestText(double number)
{
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())};
}

int bindDouble(sqlite3_stmt *statement, int parameter, double number, const Type &type)
{
    if (std::isnan(number))
        throw DataError("SQLite cannot store NaN (it would become NULL).");
    // TEXT affinity would write only 15 digits.
    if (std::isfinite(number) && holdsTextDecimals(type))
        return bindCopy(statement, parameter, shortestText(number));
    return sqlite3_bind_double(statement, parameter, number);
}

int bindUuid(sqlite3_stmt *statement, int parameter, const Value &value, const Type &type)
{
    std::string text = value.toString();
    if (type.length == 32)
        std::erase(text, '-');
    return bindCopy(statement, parameter, text);
}

int bindText(sqlite3_stmt *statement, int parameter, std::string_view text, const Type &type)
{
    // NUMERIC affinity would turn the text of a number into a number, and lose digits on the way.
    if (type.kind == TypeKind::Numeric) {
        if (const auto decimal = Decimal::parse(text))
            return bindDecimal(statement, parameter, *decimal, type);
    }
    return bindStatic(statement, parameter, text);
}

Decimal atScale(const Decimal &decimal, const Type &type)
{
    if (!type.scale || decimal.scale() == *type.scale)
        return decimal;
    Decimal scaled = decimal.rescaled(*type.scale);
    return scaled == decimal ? scaled : decimal;
}

std::string_view textOf(sqlite3_stmt *statement, int column)
{
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

Value readInteger(std::int64_t number, const Type &type)
{
    switch (type.kind) {
    case TypeKind::Boolean:
        if (number == 0 || number == 1)
            return Value(number == 1);
        break;
    case TypeKind::Numeric:
        return Value(atScale(Decimal(number, 0), type));
    case TypeKind::Float:
    case TypeKind::Double:
        if (number >= -kExactInteger && number <= kExactInteger)
            return Value(static_cast<double>(number));
        break;
    default:
        break;
    }
    return Value(number);
}

Value readReal(double number, const Type &type)
{
    if (type.kind == TypeKind::Numeric && std::isfinite(number)) {
        // The shortest text of a double names the decimal that was written, if that had at most 15 digits.
        if (const auto decimal = Decimal::parse(shortestText(number)))
            return Value(atScale(*decimal, type));
    }
    return Value(number);
}

template <class Parsed> Value parsedOr(std::string_view text, const std::optional<Parsed> &parsed)
{
    return parsed ? Value(*parsed) : Value(text);
}

Value readText(std::string_view text, const Type &type)
{
    switch (type.kind) {
    case TypeKind::Numeric:
        return parsedOr(text, Decimal::parse(text));
    case TypeKind::Date:
        return parsedOr(text, Date::parse(text));
    case TypeKind::Time:
        return type.timezone ? Value(text) : parsedOr(text, Time::parse(text));
    case TypeKind::DateTime:
        return type.timezone ? parsedOr(text, TimestampTz::parse(text)) : parsedOr(text, Timestamp::parse(text));
    case TypeKind::Uuid:
        return parsedOr(text, Value::fromText(ValueKind::Uuid, text));
    case TypeKind::Json:
        return Value::json(text);
    default:
        return Value(text);
    }
}

} // namespace

bool hasTextAffinity(std::string_view declared)
{
    const std::string lower = lowerAscii(declared);
    const auto has = [&lower](const char *word) { return lower.find(word) != std::string::npos; };
    return !has("int") && (has("char") || has("clob") || has("text"));
}

int bindValue(sqlite3_stmt *statement, int parameter, const Value &value, const Type &type)
{
    switch (value.kind()) {
    case ValueKind::Null:
        return sqlite3_bind_null(statement, parameter);
    case ValueKind::Bool:
        return sqlite3_bind_int(statement, parameter, value.asBool() ? 1 : 0);
    case ValueKind::Int:
        return sqlite3_bind_int64(statement, parameter, value.asInt());
    case ValueKind::Double:
        return bindDouble(statement, parameter, value.asDouble(), type);
    case ValueKind::Decimal:
        return bindDecimal(statement, parameter, value.asDecimal(), type);
    case ValueKind::Text:
        return bindText(statement, parameter, value.asText(), type);
    case ValueKind::Json:
        return bindStatic(statement, parameter, value.asText());
    case ValueKind::Bytes: {
        const std::string_view bytes = value.asBytes();
        const char *data = bytes.data() != nullptr ? bytes.data() : "";
        return sqlite3_bind_blob64(statement, parameter, data, bytes.size(), SQLITE_STATIC);
    }
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::Timestamp:
    case ValueKind::TimestampTz:
        return bindCopy(statement, parameter, value.toString());
    case ValueKind::Uuid:
        return bindUuid(statement, parameter, value, type);
    case ValueKind::Array:
        break;
    }
    throw DataError("SQLite has no arrays: write the elements as JSON or as rows of a table.");
}

Value readValue(sqlite3_stmt *statement, int column, const Type &type)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return readInteger(sqlite3_column_int64(statement, column), type);
    case SQLITE_FLOAT:
        return readReal(sqlite3_column_double(statement, column), type);
    case SQLITE_TEXT:
        return readText(textOf(statement, column), type);
    case SQLITE_BLOB: {
        const auto *data = static_cast<const char *>(sqlite3_column_blob(statement, column));
        return Value::bytes(std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))));
    }
    default:
        return {};
    }
}

} // namespace orm
