#include "ormcore/base/text.h"
#include "ormcore/codegen/cpp/cpp_names.h"
#include "ormcore/codegen/cpp/cpp_plan.h"

#include <algorithm>

namespace orm::codegen {

namespace {

using model::Attribute;

bool isInteger(std::string_view text)
{
    if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    return !text.empty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), isDigit) &&
           (text.size() == 1 || text.front() != '0'); // a zero before digits would be octal
}

bool isReal(std::string_view text)
{
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos)
        return isInteger(text);
    const std::string_view fraction = text.substr(dot + 1);
    return isInteger(text.substr(0, dot)) && !fraction.empty() && fraction.size() <= 15 &&
           std::all_of(fraction.begin(), fraction.end(), isDigit);
}

/// What stands in an SQL string literal; nothing for anything else.
std::optional<std::string> stringContent(std::string_view sql)
{
    if (sql.size() < 2 || sql.front() != '\'' || sql.back() != '\'')
        return std::nullopt;
    std::string content;
    for (std::size_t i = 1; i + 1 < sql.size(); ++i) {
        content.push_back(sql[i]);
        if (sql[i] == '\'' && sql[++i] != '\'')
            return std::nullopt; // more than one literal
        if (i + 1 >= sql.size())
            return std::nullopt;
    }
    return content;
}

std::string_view withoutParentheses(std::string_view sql)
{
    sql = trimmed(sql);
    while (sql.size() > 1 && sql.front() == '(' && sql.back() == ')')
        sql = trimmed(sql.substr(1, sql.size() - 2));
    return sql;
}

std::string enumExpression(const Type &type)
{
    std::string text = "orm::Enum(" + stringLiteral(type.enumName) + ", {";
    for (std::size_t i = 0; i < type.labels.size(); ++i)
        text += (i == 0 ? "" : ", ") + stringLiteral(type.labels[i]);
    return text + "})";
}

} // namespace

std::string memberType(const Attribute &attribute, bool nativeIntegers)
{
    switch (attribute.type.kind) {
    case TypeKind::Boolean:
        return "bool";
    case TypeKind::SmallInteger:
        return nativeIntegers ? "std::int64_t" : "std::int16_t";
    case TypeKind::Integer:
        return nativeIntegers ? "std::int64_t" : "std::int32_t";
    case TypeKind::BigInteger:
        return "std::int64_t";
    case TypeKind::Float:
    case TypeKind::Double:
        return "double";
    case TypeKind::Numeric:
        return "orm::Decimal";
    case TypeKind::String:
    case TypeKind::Text:
    case TypeKind::Enum:
    case TypeKind::Interval:
    case TypeKind::Json:
        return "std::string";
    case TypeKind::Date:
        return "orm::Date";
    case TypeKind::Time:
        return attribute.type.timezone ? "std::string" : "orm::Time";
    case TypeKind::DateTime:
        return attribute.type.timezone ? "orm::TimestampTz" : "orm::Timestamp";
    case TypeKind::Uuid:
        return "orm::UuidBytes";
    case TypeKind::LargeBinary:
        return "orm::Bytes";
    case TypeKind::Unknown:
    case TypeKind::Array:
        break;
    }
    return "orm::Value";
}

std::string typeExpression(const Type &type)
{
    switch (type.kind) {
    case TypeKind::Boolean:
        return "orm::Boolean()";
    case TypeKind::SmallInteger:
        return "orm::SmallInteger()";
    case TypeKind::Integer:
        return "orm::Integer()";
    case TypeKind::BigInteger:
        return "orm::BigInteger()";
    case TypeKind::Float:
        return "orm::Float()";
    case TypeKind::Double:
        return "orm::Double()";
    case TypeKind::Numeric:
        return type.precision ? "orm::Numeric(" + std::to_string(*type.precision) + ", " +
                                    std::to_string(type.scale.value_or(0)) + ")"
                              : std::string();
    case TypeKind::String:
        return type.length ? "orm::String(" + std::to_string(*type.length) + ")" : "orm::Text()";
    case TypeKind::Text:
        return "orm::Text()";
    case TypeKind::Date:
        return "orm::DateType()";
    case TypeKind::Time:
        return type.timezone ? std::string() : "orm::TimeType()";
    case TypeKind::DateTime:
        return type.timezone ? "orm::DateTime(true)" : "orm::DateTime()";
    case TypeKind::Uuid:
        return "orm::UuidType()";
    case TypeKind::Json:
        return "orm::Json()";
    case TypeKind::Enum:
        return enumExpression(type);
    case TypeKind::LargeBinary:
        return "orm::LargeBinary()";
    case TypeKind::Unknown:
    case TypeKind::Interval:
    case TypeKind::Array:
        break;
    }
    return {};
}

std::string constantInitial(const Attribute &attribute, const std::string &type)
{
    const std::string_view sql = withoutParentheses(attribute.serverDefault.sql);
    const std::string folded = lowerAscii(sql);
    if (type == "bool" && (folded == "true" || folded == "1"))
        return "{true}";
    if (type == "bool" && (folded == "false" || folded == "0"))
        return "{}";
    if (type.starts_with("std::int") && isInteger(sql) && (type != "std::int16_t" || sql.size() < 5))
        return "{" + std::string(sql.starts_with('+') ? sql.substr(1) : sql) + "}";
    if (type == "double" && isReal(sql))
        return "{" + std::string(sql.starts_with('+') ? sql.substr(1) : sql) + "}";
    if (type == "orm::Decimal" && isInteger(sql))
        return "{" + std::string(sql) + ", 0}";
    if (const auto content = stringContent(sql); content && type == "std::string")
        return "{" + stringLiteral(*content) + "}";
    return {};
}

} // namespace orm::codegen
