#pragma once

#include "ormcore/dialect/ddl_compiler.h"

namespace orm {

/// What MySQL and MariaDB write differently in DDL.
class MysqlDdlCompiler final : public DdlCompiler {
public:
    using DdlCompiler::DdlCompiler;

protected:
    std::string columnType(const Column &column) const override;
    std::string columnDefault(const Column &column) const override;
    std::string columnIdentity(const Column &column) const override;
    std::string columnExtra(const Column &column) const override;
    std::string tableOptions(const Table &table) const override;
    std::string referenceOptions(const ForeignKey &key) const override;
    std::string indexPart(const IndexPart &part) const override;
    std::string dropIndex(const DropIndex &statement) const override;
};

} // namespace orm
