// Values as text and back: Value::toString() and fromText().

#include "ormcore/base/text.h"
#include "ormcore/base/value.h"

#include <charconv>
#include <cmath>

namespace orm {

namespace {

constexpr std::array<std::string_view, 14> kKindNames{"null",        "bool",  "int",  "double", "decimal",
                                                      "text",        "bytes", "date", "time",   "timestamp",
                                                      "timestamptz", "uuid",  "json", "array"};

std::optional<ValueKind> kindFromName(std::string_view name)
{
    for (std::size_t i = 0; i < kKindNames.size(); ++i) {
        if (kKindNames[i] == name)
            return static_cast<ValueKind>(i);
    }
    return std::nullopt;
}

// The shortest text that reads back as the same double.
std::string doubleText(double number)
{
    if (std::isnan(number))
        return "nan";
    if (std::isinf(number))
        return number < 0 ? "-inf" : "inf";
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), end.ptr};
}

template <class Number> std::optional<Number> readNumber(std::string_view text)
{
    Number number{};
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || end.ec != std::errc() || end.ptr != text.data() + text.size())
        return std::nullopt;
    return number;
}

int hexDigit(char c)
{
    if (isDigit(c))
        return c - '0';
    const char lower = lowerAscii(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> fromHex(std::string_view text)
{
    if (text.size() % 2 != 0)
        return std::nullopt;
    std::string result;
    result.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        result += static_cast<char>(high * 16 + low);
    }
    return result;
}

std::string uuidText(const UuidBytes &uuid)
{
    std::string text = toHex({reinterpret_cast<const char *>(uuid.data()), uuid.size()});
    for (const std::size_t at : {20U, 16U, 12U, 8U})
        text.insert(at, 1, '-');
    return text;
}

std::optional<UuidBytes> uuidFromText(std::string_view text)
{
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash && text.size() == 36 && text[i] == '-')
            continue;
        digits += text[i];
    }
    const auto bytes = fromHex(digits);
    if (!bytes || bytes->size() != 16)
        return std::nullopt;
    UuidBytes uuid{};
    std::memcpy(uuid.data(), bytes->data(), uuid.size());
    return uuid;
}

// An array is [kind "text", NULL, …], the quotation mark in a text doubled.
std::string arrayText(std::span<const Value> elements)
{
    std::string text = "[";
    for (const Value &element : elements) {
        if (text.size() > 1)
            text += ", ";
        if (element.isNull())
            text += "NULL";
        else
            text.append(toString(element.kind())).append(" ").append(quoted(element.toString(), '"'));
    }
    return text + "]";
}

// Takes `"…"` off the front of rest.
std::optional<std::string> takeQuoted(std::string_view &rest)
{
    if (!rest.starts_with('"'))
        return std::nullopt;
    std::string text;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] != '"') {
            text += rest[i];
        } else if (i + 1 < rest.size() && rest[i + 1] == '"') {
            text += '"';
            ++i;
        } else {
            rest.remove_prefix(i + 1);
            return text;
        }
    }
    return std::nullopt;
}

std::optional<Value> takeElement(std::string_view &rest)
{
    if (rest.starts_with("NULL")) {
        rest.remove_prefix(4);
        return Value();
    }
    const std::size_t space = rest.find(' ');
    const auto kind = kindFromName(rest.substr(0, space));
    if (space == std::string_view::npos || !kind)
        return std::nullopt;
    rest.remove_prefix(space + 1);
    const auto text = takeQuoted(rest);
    return text ? Value::fromText(*kind, *text) : std::nullopt;
}

std::optional<Value> arrayFromText(std::string_view text)
{
    if (text.size() < 2 || text.front() != '[' || text.back() != ']')
        return std::nullopt;
    std::string_view rest = text.substr(1, text.size() - 2);
    std::vector<Value> elements;
    while (!rest.empty()) {
        if (!elements.empty()) {
            if (!rest.starts_with(", "))
                return std::nullopt;
            rest.remove_prefix(2);
        }
        auto element = takeElement(rest);
        if (!element)
            return std::nullopt;
        elements.push_back(std::move(*element));
    }
    return Value::array(elements);
}

template <class Parsed> std::optional<Value> wrapped(const std::optional<Parsed> &parsed)
{
    return parsed ? std::optional<Value>(Value(*parsed)) : std::nullopt;
}

} // namespace

std::string_view toString(ValueKind kind) noexcept { return kKindNames[static_cast<std::size_t>(kind)]; }

std::string Value::toString() const
{
    switch (kind()) {
    case ValueKind::Null:
        return "NULL";
    case ValueKind::Bool:
        return asBool() ? "true" : "false";
    case ValueKind::Int:
        return std::to_string(asInt());
    case ValueKind::Double:
        return doubleText(asDouble());
    case ValueKind::Decimal:
        return asDecimal().toString();
    case ValueKind::Text:
    case ValueKind::Json:
        return std::string(asText());
    case ValueKind::Bytes:
        return toHex(asBytes());
    case ValueKind::Date:
        return asDate().toString();
    case ValueKind::Time:
        return asTime().toString();
    case ValueKind::Timestamp:
        return asTimestamp().toString();
    case ValueKind::TimestampTz:
        return asTimestampTz().toString();
    case ValueKind::Uuid:
        return uuidText(asUuid());
    case ValueKind::Array:
        return arrayText(asArray());
    }
    return {};
}

std::optional<Value> Value::fromText(ValueKind kind, std::string_view text)
{
    switch (kind) {
    case ValueKind::Null:
        return text == "NULL" ? std::optional<Value>(Value()) : std::nullopt;
    case ValueKind::Bool:
        return text == "true"    ? std::optional<Value>(Value(true))
               : text == "false" ? std::optional<Value>(Value(false))
                                 : std::nullopt;
    case ValueKind::Int:
        return wrapped(readNumber<std::int64_t>(text));
    case ValueKind::Double:
        return wrapped(readNumber<double>(text));
    case ValueKind::Decimal:
        return wrapped(Decimal::parse(text));
    case ValueKind::Text:
        return Value(text);
    case ValueKind::Json:
        return json(text);
    case ValueKind::Bytes: {
        const auto data = fromHex(text);
        return data ? std::optional<Value>(bytes(*data)) : std::nullopt;
    }
    case ValueKind::Date:
        return wrapped(Date::parse(text));
    case ValueKind::Time:
        return wrapped(Time::parse(text));
    case ValueKind::Timestamp:
        return wrapped(Timestamp::parse(text));
    case ValueKind::TimestampTz:
        return wrapped(TimestampTz::parse(text));
    case ValueKind::Uuid:
        return wrapped(uuidFromText(text));
    case ValueKind::Array:
        return arrayFromText(text);
    }
    return std::nullopt;
}

} // namespace orm
