#include "ormcore/dialects/sqlite/sqlite_types.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

#include <array>

namespace orm {

namespace {

constexpr std::array kSpellings{
    TypeSpelling{"bool", TypeKind::Boolean},
    TypeSpelling{"boolean", TypeKind::Boolean},
    TypeSpelling{"tinyint", TypeKind::SmallInteger},
    TypeSpelling{"smallint", TypeKind::SmallInteger},
    TypeSpelling{"int2", TypeKind::SmallInteger},
    TypeSpelling{"bigint", TypeKind::BigInteger},
    TypeSpelling{"int8", TypeKind::BigInteger},
    TypeSpelling{"unsigned big int", TypeKind::BigInteger},
    TypeSpelling{"bigint unsigned", TypeKind::BigInteger},
    TypeSpelling{"numeric", TypeKind::Numeric},
    TypeSpelling{"decimal", TypeKind::Numeric},
    TypeSpelling{"dec", TypeKind::Numeric},
    TypeSpelling{"decimal_text", TypeKind::Numeric},
    TypeSpelling{"number", TypeKind::Numeric},
    TypeSpelling{"float", TypeKind::Double}, // SQLite has one floating type, of eight bytes
    TypeSpelling{"date", TypeKind::Date},
    TypeSpelling{"time", TypeKind::Time},
    TypeSpelling{"time without time zone", TypeKind::Time},
    TypeSpelling{"timetz", TypeKind::Time, true},
    TypeSpelling{"time with time zone", TypeKind::Time, true},
    TypeSpelling{"datetime", TypeKind::DateTime},
    TypeSpelling{"timestamp", TypeKind::DateTime},
    TypeSpelling{"timestamp without time zone", TypeKind::DateTime},
    TypeSpelling{"timestamptz", TypeKind::DateTime, true},
    TypeSpelling{"timestamp with time zone", TypeKind::DateTime, true},
    TypeSpelling{"uuid", TypeKind::Uuid},
    TypeSpelling{"guid", TypeKind::Uuid},
    TypeSpelling{"json", TypeKind::Json},
    TypeSpelling{"jsonb", TypeKind::Json},
    TypeSpelling{"varbinary", TypeKind::LargeBinary},
    TypeSpelling{"binary", TypeKind::LargeBinary},
    TypeSpelling{"bytea", TypeKind::LargeBinary},
    TypeSpelling{"image", TypeKind::LargeBinary},
};

// The rules of section 3.1, in their order. NUMERIC affinity says too little to name a kind.
TypeKind kindByAffinity(const DeclaredType &declared)
{
    if (declared.has("int"))
        return TypeKind::Integer;
    if (declared.has("char"))
        return declared.first ? TypeKind::String : TypeKind::Text;
    if (declared.has("clob") || declared.has("text"))
        return TypeKind::Text;
    if (declared.has("blob"))
        return TypeKind::LargeBinary;
    if (declared.has("real") || declared.has("floa") || declared.has("doub"))
        return TypeKind::Double;
    return TypeKind::Unknown;
}

} // namespace

std::string SqliteTypeCompiler::numeric(const Type &type) const
{
    if (!type.precision)
        return "NUMERIC";
    // A column of NUMERIC affinity keeps 15 digits; one whose type name holds TEXT keeps them all, as text.
    return (*type.precision > 15 ? "DECIMAL_TEXT(" : "NUMERIC(") + std::to_string(*type.precision) +
           (type.scale ? ", " + std::to_string(*type.scale) : std::string()) + ")";
}

Type parseSqliteType(std::string_view declared)
{
    const DeclaredType parsed = DeclaredType::parse(declared);
    Type type;
    if (const TypeSpelling *spelling = findSpelling(kSpellings, parsed.name)) {
        type.kind = spelling->kind;
        type.timezone = spelling->timezone;
    } else {
        type.kind = kindByAffinity(parsed);
    }
    applySizes(type, parsed);
    type.native = declared;
    type.nativeDialect = "sqlite";
    return type;
}

std::string strictTypeName(const Type &type)
{
    switch (type.kind) {
    case TypeKind::Boolean:
    case TypeKind::SmallInteger:
    case TypeKind::Integer:
    case TypeKind::BigInteger:
        return "INTEGER";
    case TypeKind::Float:
    case TypeKind::Double:
        return "REAL";
    case TypeKind::LargeBinary:
        return "BLOB";
    case TypeKind::Unknown:
        return "ANY";
    case TypeKind::Numeric: // ANY keeps a value as it was bound: whole numbers whole, decimals as exact text
        return "ANY";
    case TypeKind::Array:
        throw Compile("sqlite cannot have the type " + type.toString() + ": it has no arrays");
    default:
        return "TEXT";
    }
}

} // namespace orm
