#pragma once

#include "ormcore/dialect/ddl_compiler.h"

namespace orm {

/// What SQLite writes differently in DDL: the rowid key, STRICT and WITHOUT ROWID, defaults in parentheses, enums as
/// checks.
class SqliteDdlCompiler final : public DdlCompiler {
public:
    using DdlCompiler::DdlCompiler;

protected:
    std::string columnType(const Column &column) const override;
    std::string columnDefault(const Column &column) const override;
    std::string columnIdentity(const Column &column) const override;
    std::string primaryKey(const Table &table) const override;
    std::vector<std::string> extraConstraints(const Table &table) const override;
    std::string tableOptions(const Table &table) const override;
    std::string indexPart(const IndexPart &part) const override;
};

} // namespace orm
