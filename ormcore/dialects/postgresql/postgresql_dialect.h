#pragma once

#include "ormcore/dialect/dialect.h"

namespace orm {

/// PostgreSQL 15 and later: DDL, statements and types. Stateless; any thread.
class PostgresqlDialect final : public Dialect {
public:
    [[nodiscard]] std::string name() const override { return "postgresql"; }
    [[nodiscard]] const Capabilities &capabilities() const override;
    [[nodiscard]] std::string defaultSchema() const override { return "public"; }
    [[nodiscard]] std::string typeName(const Type &type) const override;
    [[nodiscard]] Type parseType(std::string_view declared) const override;
    [[nodiscard]] std::string literal(const Value &value) const override;

protected:
    [[nodiscard]] std::unique_ptr<StatementCompiler> statementCompiler() const override;
    [[nodiscard]] std::unique_ptr<DdlCompiler> ddlCompiler() const override;
};

} // namespace orm
