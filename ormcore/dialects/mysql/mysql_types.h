#pragma once

#include "ormcore/dialect/type_compiler.h"
#include "ormcore/dialects/mysql/mysql_dialect.h"

namespace orm {

/// Overrides what MySQL and MariaDB spell differently; refuses what they would cut: zones, bare numerics, arrays.
class MysqlTypeCompiler final : public TypeCompiler {
public:
    explicit MysqlTypeCompiler(const MysqlDialect &dialect) : TypeCompiler(dialect.name()), m_dialect(dialect) {}

protected:
    std::string boolean() const override { return "TINYINT(1)"; }
    std::string integer() const override { return "INT"; }
    std::string floating(const Type &) const override { return "FLOAT"; }
    std::string doubled() const override { return "DOUBLE"; }
    std::string numeric(const Type &type) const override;
    std::string string(const Type &type) const override;
    std::string text(const Type &type) const override;
    std::string time(const Type &type) const override;
    std::string dateTime(const Type &type) const override;
    std::string interval(const Type &type) const override;
    std::string uuid() const override { return m_dialect.isMariadb() ? "UUID" : "CHAR(36)"; }
    std::string enumeration(const Type &type) const override;
    std::string binary(const Type &type) const override;

private:
    const MysqlDialect &m_dialect;
};

/// Reads COLUMN_TYPE of the catalogue: "int(10) unsigned", "enum('a','b')".
[[nodiscard]] Type parseMysqlType(std::string_view declared, std::string dialect);
/// CAST knows other names than columns do.
[[nodiscard]] std::string mysqlTypeInCast(const Type &type, const Dialect &dialect);

} // namespace orm
