#include "ormcore/dialects/sqlite/sqlite_dialect.h"

#include "ormcore/base/text.h"
#include "ormcore/dialect/statement_compiler.h"
#include "ormcore/dialects/sqlite/sqlite_ddl.h"
#include "ormcore/dialects/sqlite/sqlite_types.h"

#include <cmath>

namespace orm {

namespace {

class SqliteStatementCompiler final : public StatementCompiler {
public:
    using StatementCompiler::StatementCompiler;

protected:
    // IS compares any two expressions, in every version that we meet.
    void distinction(const Node &node) override
    {
        infix(node, node.op == Operator::IsDistinctFrom ? " IS NOT " : " IS ", kComparison);
    }
    void limit(const Select &select) override
    {
        if (!select.rowLimit && select.rowOffset)
            write(" LIMIT -1"); // OFFSET cannot stand alone
        StatementCompiler::limit(select);
    }
    std::string tupleListPrefix() const override { return "VALUES "; }
};

} // namespace

const Capabilities &SqliteDialect::capabilities() const
{
    static const Capabilities capabilities{
        .returning = true,
        .updateReturning = true,
        .fullJoin = true,
        .nullsOrdering = true,
        .nullsSortFirst = true,
        .isDistinctFrom = true,
        .tupleComparison = true,
        .partialIndex = true,
        .expressionIndex = true,
        .deferrable = true,
        .alterAddForeignKey = false,
        .schemas = false,
        .booleanType = false,
        .transactionalDdl = true,
        .rowId = true,
        .maximumIdentifier = 0,
        .maximumBinds = 32766,
    };
    return capabilities;
}

std::string SqliteDialect::typeName(const Type &type) const { return SqliteTypeCompiler().render(type); }

Type SqliteDialect::parseType(std::string_view declared) const { return parseSqliteType(declared); }

std::string SqliteDialect::literal(const Value &value) const
{
    switch (value.kind()) {
    case ValueKind::Bool:
        return value.asBool() ? "1" : "0";
    case ValueKind::Double:
        if (std::isnan(value.asDouble()))
            return "NULL"; // what SQLite stores for it
        if (std::isinf(value.asDouble()))
            return value.asDouble() < 0 ? "-9e999" : "9e999";
        return Dialect::literal(value);
    case ValueKind::Text:
    case ValueKind::Json:
        if (value.asText().find('\0') != std::string_view::npos) // a string literal ends at a zero byte
            return "CAST(x'" + toHex(value.asText()) + "' AS TEXT)";
        return Dialect::literal(value);
    default:
        return Dialect::literal(value);
    }
}

std::unique_ptr<StatementCompiler> SqliteDialect::statementCompiler() const
{
    return std::make_unique<SqliteStatementCompiler>(*this);
}

std::unique_ptr<DdlCompiler> SqliteDialect::ddlCompiler() const { return std::make_unique<SqliteDdlCompiler>(*this); }

} // namespace orm
