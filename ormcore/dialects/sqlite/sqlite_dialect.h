#pragma once

#include "ormcore/dialect/dialect.h"

namespace orm {

/// SQLite 3.40 and later. Stateless; any thread.
///
/// Types keep their declared text. A column of one INTEGER key is the rowid. Foreign keys stand in their table, cycles
/// included; schemas of other databases are left out of names.
class SqliteDialect final : public Dialect {
public:
    [[nodiscard]] std::string name() const override { return "sqlite"; }
    [[nodiscard]] std::string defaultSchema() const override { return "main"; }
    [[nodiscard]] const Capabilities &capabilities() const override;
    [[nodiscard]] std::string typeName(const Type &type) const override;
    [[nodiscard]] Type parseType(std::string_view declared) const override;
    [[nodiscard]] std::string literal(const Value &value) const override;

protected:
    [[nodiscard]] std::unique_ptr<StatementCompiler> statementCompiler() const override;
    [[nodiscard]] std::unique_ptr<DdlCompiler> ddlCompiler() const override;
};

} // namespace orm
