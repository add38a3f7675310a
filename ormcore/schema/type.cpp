#include "ormcore/schema/type.h"

#include "ormcore/base/text.h"

#include <array>
#include <charconv>

namespace orm {

namespace {

struct Spelling {
    std::string_view name;
    TypeKind kind;
    bool timezone = false;
};

// The first spelling of a kind is the one that is written.
constexpr std::array kSpellings{
    Spelling{"boolean", TypeKind::Boolean},    Spelling{"smallint", TypeKind::SmallInteger},
    Spelling{"integer", TypeKind::Integer},    Spelling{"bigint", TypeKind::BigInteger},
    Spelling{"float", TypeKind::Float},        Spelling{"double", TypeKind::Double},
    Spelling{"numeric", TypeKind::Numeric},    Spelling{"varchar", TypeKind::String},
    Spelling{"text", TypeKind::Text},          Spelling{"date", TypeKind::Date},
    Spelling{"time", TypeKind::Time},          Spelling{"timetz", TypeKind::Time, true},
    Spelling{"timestamp", TypeKind::DateTime}, Spelling{"timestamptz", TypeKind::DateTime, true},
    Spelling{"interval", TypeKind::Interval},  Spelling{"uuid", TypeKind::Uuid},
    Spelling{"json", TypeKind::Json},          Spelling{"binary", TypeKind::LargeBinary},
    Spelling{"bool", TypeKind::Boolean},       Spelling{"int", TypeKind::Integer},
    Spelling{"decimal", TypeKind::Numeric},    Spelling{"string", TypeKind::String},
    Spelling{"datetime", TypeKind::DateTime},  Spelling{"blob", TypeKind::LargeBinary},
};

constexpr std::string_view kUnknown = "unknown";

std::string_view spelling(TypeKind kind, bool timezone)
{
    for (const Spelling &entry : kSpellings) {
        if (entry.kind == kind && entry.timezone == timezone)
            return entry.name;
    }
    return kUnknown;
}

bool takesLength(TypeKind kind)
{
    return kind == TypeKind::String || kind == TypeKind::Text || kind == TypeKind::LargeBinary;
}

bool takesPrecision(TypeKind kind)
{
    return kind == TypeKind::Numeric || kind == TypeKind::Time || kind == TypeKind::DateTime ||
           kind == TypeKind::Float || kind == TypeKind::Interval;
}

// The text of the parentheses: "(50)", "(10,2)" or nothing.
std::string sizes(const Type &type)
{
    if (takesLength(type.kind) && type.length)
        return "(" + std::to_string(*type.length) + ")";
    if (!takesPrecision(type.kind) || !type.precision)
        return {};
    std::string text = "(" + std::to_string(*type.precision);
    if (type.scale)
        text += "," + std::to_string(*type.scale);
    return text + ")";
}

std::string enumText(const Type &type)
{
    std::string text = "enum";
    if (!type.enumName.empty())
        text += " " + quoted(type.enumName, '"');
    text += "(";
    for (std::size_t i = 0; i < type.labels.size(); ++i)
        text += (i == 0 ? "" : ", ") + quoted(type.labels[i], '\'');
    return text + ")";
}

// Takes a text in marks off the front of rest.
std::optional<std::string> takeQuoted(std::string_view &rest, char mark)
{
    if (!rest.starts_with(mark))
        return std::nullopt;
    std::string text;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] != mark) {
            text += rest[i];
        } else if (i + 1 < rest.size() && rest[i + 1] == mark) {
            text += mark;
            ++i;
        } else {
            rest = trimmed(rest.substr(i + 1));
            return text;
        }
    }
    return std::nullopt;
}

std::optional<int> readSize(std::string_view text)
{
    text = trimmed(text);
    int number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || !isDigit(text.front()) || end.ec != std::errc() || end.ptr != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<Type> parseEnum(std::string_view rest)
{
    Type type{.kind = TypeKind::Enum};
    rest = trimmed(rest);
    if (rest.starts_with('"')) {
        auto name = takeQuoted(rest, '"');
        if (!name)
            return std::nullopt;
        type.enumName = std::move(*name);
    }
    if (rest.size() < 2 || rest.front() != '(' || rest.back() != ')')
        return std::nullopt;
    rest = trimmed(rest.substr(1, rest.size() - 2));
    while (!rest.empty()) {
        if (!type.labels.empty()) {
            if (!rest.starts_with(','))
                return std::nullopt;
            rest = trimmed(rest.substr(1));
        }
        auto label = takeQuoted(rest, '\'');
        if (!label)
            return std::nullopt;
        type.labels.push_back(std::move(*label));
    }
    return type;
}

// A known name with or without sizes; nullopt for anything else.
std::optional<Type> parsePortable(std::string_view text)
{
    const std::size_t open = text.find('(');
    const std::string name = lowerAscii(trimmed(text.substr(0, open)));
    Type type;
    for (const Spelling &entry : kSpellings) {
        if (entry.name == name) {
            type.kind = entry.kind;
            type.timezone = entry.timezone;
        }
    }
    if (type.kind == TypeKind::Unknown)
        return std::nullopt;
    if (open == std::string_view::npos)
        return type;
    if (text.back() != ')')
        return std::nullopt;
    const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
    const std::size_t comma = inside.find(',');
    const auto first = readSize(inside.substr(0, comma));
    if (!first)
        return std::nullopt;
    if (takesLength(type.kind) && comma == std::string_view::npos) {
        type.length = first;
        return type;
    }
    if (!takesPrecision(type.kind))
        return std::nullopt;
    type.precision = first;
    if (comma != std::string_view::npos) {
        type.scale = readSize(inside.substr(comma + 1));
        if (!type.scale || type.kind != TypeKind::Numeric)
            return std::nullopt;
    }
    return type;
}

std::optional<Type> parseKnown(std::string_view text)
{
    if (text.ends_with("[]")) {
        auto element = Type::parse(text.substr(0, text.size() - 2));
        if (!element)
            return std::nullopt;
        Type type{.kind = TypeKind::Array};
        type.element.push_back(std::move(*element));
        return type;
    }
    if (equalsIgnoringCase(text, kUnknown))
        return Type{};
    if (equalsIgnoringCase(text.substr(0, 4), "enum")) {
        if (auto type = parseEnum(text.substr(4)))
            return type;
    }
    return parsePortable(text);
}

} // namespace

std::optional<ValueKind> Type::valueKind() const noexcept
{
    switch (kind) {
    case TypeKind::Unknown:
        return std::nullopt;
    case TypeKind::Boolean:
        return ValueKind::Bool;
    case TypeKind::SmallInteger:
    case TypeKind::Integer:
    case TypeKind::BigInteger:
        return ValueKind::Int;
    case TypeKind::Float:
    case TypeKind::Double:
        return ValueKind::Double;
    case TypeKind::Numeric:
        return ValueKind::Decimal;
    case TypeKind::String:
    case TypeKind::Text:
    case TypeKind::Enum:
    case TypeKind::Interval:
        return ValueKind::Text;
    case TypeKind::Date:
        return ValueKind::Date;
    case TypeKind::Time:
        return timezone ? ValueKind::Text : ValueKind::Time;
    case TypeKind::DateTime:
        return timezone ? ValueKind::TimestampTz : ValueKind::Timestamp;
    case TypeKind::Uuid:
        return ValueKind::Uuid;
    case TypeKind::Json:
        return ValueKind::Json;
    case TypeKind::LargeBinary:
        return ValueKind::Bytes;
    case TypeKind::Array:
        return ValueKind::Array;
    }
    return std::nullopt;
}

std::string Type::toString() const
{
    switch (kind) {
    case TypeKind::Unknown: {
        if (native.empty())
            return std::string(kUnknown);
        // A native spelling that would read as a portable one is marked by its quotation marks.
        return native.starts_with('"') || trimmed(native) != native || parseKnown(native) ? quoted(native, '"')
                                                                                          : native;
    }
    case TypeKind::Enum:
        return enumText(*this);
    case TypeKind::Array:
        return (element.empty() ? std::string(kUnknown) : element.front().toString()) + "[]";
    default:
        return std::string(spelling(kind, timezone)) + sizes(*this);
    }
}

std::optional<Type> Type::parse(std::string_view text)
{
    text = trimmed(text);
    if (text.empty())
        return std::nullopt;
    if (auto known = parseKnown(text))
        return known;
    Type type;
    if (text.starts_with('"')) {
        std::string_view rest = text;
        auto native = takeQuoted(rest, '"');
        if (!native || !rest.empty())
            return std::nullopt;
        type.native = std::move(*native);
    } else {
        type.native = text;
    }
    return type;
}

Type Boolean() { return {.kind = TypeKind::Boolean}; }
Type SmallInteger() { return {.kind = TypeKind::SmallInteger}; }
Type Integer() { return {.kind = TypeKind::Integer}; }
Type BigInteger() { return {.kind = TypeKind::BigInteger}; }
Type Float() { return {.kind = TypeKind::Float}; }
Type Double() { return {.kind = TypeKind::Double}; }
Type Numeric(int precision, int scale) { return {.kind = TypeKind::Numeric, .precision = precision, .scale = scale}; }
Type String(int length) { return {.kind = TypeKind::String, .length = length}; }
Type Text() { return {.kind = TypeKind::Text}; }
Type DateType() { return {.kind = TypeKind::Date}; }
Type TimeType() { return {.kind = TypeKind::Time}; }
Type DateTime(bool timezone) { return {.kind = TypeKind::DateTime, .timezone = timezone}; }
Type UuidType() { return {.kind = TypeKind::Uuid}; }
Type Json() { return {.kind = TypeKind::Json}; }
Type Enum(std::string name, std::vector<std::string> labels)
{
    return {.kind = TypeKind::Enum, .labels = std::move(labels), .enumName = std::move(name)};
}
Type LargeBinary() { return {.kind = TypeKind::LargeBinary}; }

} // namespace orm
