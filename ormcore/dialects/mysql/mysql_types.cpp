#include "ormcore/dialects/mysql/mysql_types.h"

#include "ormcore/base/text.h"

#include <array>

namespace orm {

namespace {

constexpr int kLargestInRow = 65535 / 4; // bytes of a row, at four a character

constexpr std::array kSpellings{
    TypeSpelling{"boolean", TypeKind::Boolean},
    TypeSpelling{"bool", TypeKind::Boolean},
    TypeSpelling{"tinyint", TypeKind::SmallInteger},
    TypeSpelling{"tinyint unsigned", TypeKind::SmallInteger},
    TypeSpelling{"smallint", TypeKind::SmallInteger},
    TypeSpelling{"year", TypeKind::SmallInteger},
    TypeSpelling{"smallint unsigned", TypeKind::Integer}, // the next larger one, which holds all its values
    TypeSpelling{"mediumint", TypeKind::Integer},
    TypeSpelling{"mediumint unsigned", TypeKind::Integer},
    TypeSpelling{"int", TypeKind::Integer},
    TypeSpelling{"integer", TypeKind::Integer},
    TypeSpelling{"int unsigned", TypeKind::BigInteger},
    TypeSpelling{"bigint", TypeKind::BigInteger},
    TypeSpelling{"float", TypeKind::Float},
    TypeSpelling{"double", TypeKind::Double},
    TypeSpelling{"double precision", TypeKind::Double},
    TypeSpelling{"decimal", TypeKind::Numeric},
    TypeSpelling{"numeric", TypeKind::Numeric},
    TypeSpelling{"decimal unsigned", TypeKind::Numeric},
    TypeSpelling{"varchar", TypeKind::String},
    TypeSpelling{"char", TypeKind::String},
    TypeSpelling{"tinytext", TypeKind::Text},
    TypeSpelling{"text", TypeKind::Text},
    TypeSpelling{"mediumtext", TypeKind::Text},
    TypeSpelling{"longtext", TypeKind::Text},
    TypeSpelling{"date", TypeKind::Date},
    TypeSpelling{"time", TypeKind::Time},
    TypeSpelling{"datetime", TypeKind::DateTime},
    TypeSpelling{"timestamp", TypeKind::DateTime},
    TypeSpelling{"uuid", TypeKind::Uuid},
    TypeSpelling{"json", TypeKind::Json},
    TypeSpelling{"binary", TypeKind::LargeBinary},
    TypeSpelling{"varbinary", TypeKind::LargeBinary},
    TypeSpelling{"tinyblob", TypeKind::LargeBinary},
    TypeSpelling{"blob", TypeKind::LargeBinary},
    TypeSpelling{"mediumblob", TypeKind::LargeBinary},
    TypeSpelling{"longblob", TypeKind::LargeBinary},
};

// enum('a','b') is read by the portable parser, which writes it the same way.
bool readEnum(std::string_view declared, Type &type)
{
    if (!equalsIgnoringCase(declared.substr(0, 5), "enum("))
        return false;
    const auto parsed = Type::parse(declared);
    if (!parsed || parsed->kind != TypeKind::Enum)
        return false;
    type.kind = TypeKind::Enum;
    type.labels = parsed->labels;
    return true;
}

} // namespace

std::string MysqlTypeCompiler::numeric(const Type &type) const
{
    if (!type.precision)
        return TypeCompiler::numeric(type);
    if (*type.precision > 65 || type.scale.value_or(0) > 30)
        refuse(type, "it has at most 65 digits, 30 of them after the point");
    return "DECIMAL(" + std::to_string(*type.precision) + ", " + std::to_string(type.scale.value_or(0)) + ")";
}

std::string MysqlTypeCompiler::string(const Type &type) const
{
    if (!type.length)
        refuse(type, "a varchar needs a length; say varchar(length) or text");
    if (*type.length > kLargestInRow)
        return text(type);
    return TypeCompiler::string(type);
}

std::string MysqlTypeCompiler::text(const Type &) const { return "LONGTEXT"; }

// Six digits, so that no microsecond is cut.
std::string MysqlTypeCompiler::time(const Type &type) const
{
    if (type.timezone)
        refuse(type, "it keeps no zones");
    return sized("TIME", type.precision.value_or(6));
}

std::string MysqlTypeCompiler::dateTime(const Type &type) const
{
    if (type.timezone)
        refuse(type, "it keeps no zones; say timestamp, in a zone that the application agrees on");
    return sized("DATETIME", type.precision.value_or(6));
}

std::string MysqlTypeCompiler::interval(const Type &type) const { refuse(type, "it has no intervals"); }

std::string MysqlTypeCompiler::enumeration(const Type &type) const
{
    std::string labels;
    for (const std::string &label : type.labels)
        labels += (labels.empty() ? "" : ", ") + m_dialect.literal(Value(label));
    return "ENUM(" + labels + ")";
}

std::string MysqlTypeCompiler::binary(const Type &type) const
{
    return type.length && *type.length <= kLargestInRow ? sized("VARBINARY", type.length) : "LONGBLOB";
}

Type parseMysqlType(std::string_view declared, std::string dialect)
{
    Type type;
    type.native = declared;
    type.nativeDialect = std::move(dialect);
    if (readEnum(declared, type))
        return type;
    const DeclaredType parsed = DeclaredType::parse(declared);
    if (const TypeSpelling *spelling = findSpelling(kSpellings, parsed.name))
        type.kind = spelling->kind;
    if (parsed.name == "tinyint" && parsed.first == 1)
        type.kind = TypeKind::Boolean;
    else
        applySizes(type, parsed);
    return type;
}

std::string mysqlTypeInCast(const Type &type, const Dialect &dialect)
{
    switch (type.kind) {
    case TypeKind::Boolean:
    case TypeKind::SmallInteger:
    case TypeKind::Integer:
    case TypeKind::BigInteger:
        return "SIGNED";
    case TypeKind::String:
    case TypeKind::Text:
    case TypeKind::Enum:
    case TypeKind::Uuid:
        return type.length ? "CHAR(" + std::to_string(*type.length) + ")" : "CHAR";
    case TypeKind::LargeBinary:
        return "BINARY";
    default:
        return dialect.typeName(type);
    }
}

} // namespace orm
