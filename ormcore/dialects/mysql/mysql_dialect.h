#pragma once

#include "ormcore/dialect/dialect.h"

namespace orm {

/// MySQL 8.0 and MariaDB 10.11 and later: DDL, statements and types. Stateless; any thread.
class MysqlDialect final : public Dialect {
public:
    enum class Flavour { Mysql, Mariadb };

    explicit MysqlDialect(Flavour flavour) : m_flavour(flavour) {}
    [[nodiscard]] std::string name() const override { return isMariadb() ? "mariadb" : "mysql"; }
    [[nodiscard]] const Capabilities &capabilities() const override;
    [[nodiscard]] std::string quote(std::string_view identifier) const override;
    using Dialect::quote;
    [[nodiscard]] std::string typeName(const Type &type) const override;
    [[nodiscard]] Type parseType(std::string_view declared) const override;
    [[nodiscard]] std::string literal(const Value &value) const override;
    [[nodiscard]] bool isMariadb() const noexcept { return m_flavour == Flavour::Mariadb; }

protected:
    [[nodiscard]] char quoteMark() const override { return '`'; }
    [[nodiscard]] std::unique_ptr<StatementCompiler> statementCompiler() const override;
    [[nodiscard]] std::unique_ptr<DdlCompiler> ddlCompiler() const override;

private:
    Flavour m_flavour;
};

} // namespace orm
