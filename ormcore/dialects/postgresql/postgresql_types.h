#pragma once

#include "ormcore/dialect/type_compiler.h"

namespace orm {

/// Overrides only what PostgreSQL spells differently.
class PostgresqlTypeCompiler final : public TypeCompiler {
public:
    explicit PostgresqlTypeCompiler(const Dialect &dialect) : TypeCompiler(dialect.name()), m_dialect(dialect) {}

protected:
    std::string numeric(const Type &type) const override;
    std::string interval(const Type &type) const override { return sized("INTERVAL", type.precision); }
    std::string enumeration(const Type &type) const override;
    std::string binary(const Type &) const override { return "BYTEA"; }
    std::string array(const Type &type) const override;

private:
    const Dialect &m_dialect;
};

/// Reads what format_type() of the catalogue writes, and the common short names.
[[nodiscard]] Type parsePostgresqlType(std::string_view declared);

} // namespace orm
