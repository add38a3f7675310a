#include "ormcore/dialects/postgresql/postgresql_types.h"

#include "ormcore/base/text.h"

#include <array>

namespace orm {

namespace {

constexpr std::array kSpellings{
    TypeSpelling{"boolean", TypeKind::Boolean},
    TypeSpelling{"bool", TypeKind::Boolean},
    TypeSpelling{"smallint", TypeKind::SmallInteger},
    TypeSpelling{"int2", TypeKind::SmallInteger},
    TypeSpelling{"integer", TypeKind::Integer},
    TypeSpelling{"int", TypeKind::Integer},
    TypeSpelling{"int4", TypeKind::Integer},
    TypeSpelling{"bigint", TypeKind::BigInteger},
    TypeSpelling{"int8", TypeKind::BigInteger},
    TypeSpelling{"real", TypeKind::Float},
    TypeSpelling{"float4", TypeKind::Float},
    TypeSpelling{"double precision", TypeKind::Double},
    TypeSpelling{"float8", TypeKind::Double},
    TypeSpelling{"numeric", TypeKind::Numeric},
    TypeSpelling{"decimal", TypeKind::Numeric},
    TypeSpelling{"character varying", TypeKind::String},
    TypeSpelling{"varchar", TypeKind::String},
    TypeSpelling{"character", TypeKind::String},
    TypeSpelling{"char", TypeKind::String},
    TypeSpelling{"bpchar", TypeKind::String},
    TypeSpelling{"text", TypeKind::Text},
    TypeSpelling{"citext", TypeKind::Text},
    TypeSpelling{"date", TypeKind::Date},
    TypeSpelling{"time", TypeKind::Time},
    TypeSpelling{"time without time zone", TypeKind::Time},
    TypeSpelling{"timetz", TypeKind::Time, true},
    TypeSpelling{"time with time zone", TypeKind::Time, true},
    TypeSpelling{"timestamp", TypeKind::DateTime},
    TypeSpelling{"timestamp without time zone", TypeKind::DateTime},
    TypeSpelling{"timestamptz", TypeKind::DateTime, true},
    TypeSpelling{"timestamp with time zone", TypeKind::DateTime, true},
    TypeSpelling{"interval", TypeKind::Interval},
    TypeSpelling{"uuid", TypeKind::Uuid},
    TypeSpelling{"json", TypeKind::Json},
    TypeSpelling{"jsonb", TypeKind::Json},
    TypeSpelling{"bytea", TypeKind::LargeBinary},
};

} // namespace

// Without a precision PostgreSQL keeps every digit.
std::string PostgresqlTypeCompiler::numeric(const Type &type) const
{
    return type.precision ? TypeCompiler::numeric(type) : "NUMERIC";
}

std::string PostgresqlTypeCompiler::enumeration(const Type &type) const
{
    return type.enumName.empty() ? fitting(type) : m_dialect.quote(std::string_view(type.enumName));
}

std::string PostgresqlTypeCompiler::array(const Type &type) const
{
    if (type.element.empty())
        refuse(type, "its elements have no type");
    return render(type.element.front()) + "[]";
}

Type parsePostgresqlType(std::string_view declared)
{
    Type type;
    const std::string_view name = trimmed(declared);
    if (name.ends_with("[]")) {
        type.kind = TypeKind::Array;
        type.element.push_back(parsePostgresqlType(name.substr(0, name.size() - 2)));
    } else {
        const DeclaredType parsed = DeclaredType::parse(name);
        if (const TypeSpelling *spelling = findSpelling(kSpellings, parsed.name)) {
            type.kind = spelling->kind;
            type.timezone = spelling->timezone;
        }
        applySizes(type, parsed);
    }
    type.native = declared;
    type.nativeDialect = "postgresql";
    return type;
}

} // namespace orm
