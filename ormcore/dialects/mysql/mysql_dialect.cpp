#include "ormcore/dialects/mysql/mysql_dialect.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"
#include "ormcore/dialect/statement_compiler.h"
#include "ormcore/dialects/mysql/mysql_ddl.h"
#include "ormcore/dialects/mysql/mysql_types.h"

#include <algorithm>
#include <cmath>

namespace orm {

namespace {

constexpr std::size_t kMaximumCharacters = 64; // of a name

class MysqlStatementCompiler final : public StatementCompiler {
public:
    using StatementCompiler::StatementCompiler;

protected:
    void concatenation(const Node &node) override // || is OR here
    {
        write("concat(");
        operand(node, 0, 0);
        write(", ");
        operand(node, 1, 0);
        write(")");
    }
    void distinction(const Node &node) override
    {
        const bool distinct = node.op == Operator::IsDistinctFrom;
        write(distinct ? "NOT (" : "(");
        infix(node, " <=> ", kComparison);
        write(")");
    }
    void limit(const Select &select) override
    {
        if (!select.rowLimit && select.rowOffset)
            write(" LIMIT 18446744073709551615"); // OFFSET cannot stand alone
        StatementCompiler::limit(select);
    }
    void emptyInsert() override { write(" () VALUES ()"); }
    void updateReturning(const std::vector<const Column *> &columns) override
    {
        if (!columns.empty())
            throw Compile(dialect().name() + " has no UPDATE … RETURNING");
    }
    std::string typeInCast(const Type &type) const override { return mysqlTypeInCast(type, dialect()); }
};

} // namespace

const Capabilities &MysqlDialect::capabilities() const
{
    static const Capabilities mysql{
        .nullsSortFirst = true,
        .isDistinctFrom = true,
        .tupleComparison = true,
        .expressionIndex = true,
        .alterAddForeignKey = true,
        .schemas = true,
        .booleanType = true,
        .maximumBinds = 65535,
    };
    static const Capabilities mariadb = [] {
        Capabilities changed = mysql;
        changed.returning = true;
        changed.expressionIndex = false;
        return changed;
    }();
    return isMariadb() ? mariadb : mysql;
}

std::string MysqlDialect::quote(std::string_view identifier) const
{
    const auto characters = static_cast<std::size_t>(std::count_if(
        identifier.begin(), identifier.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    if (characters > kMaximumCharacters)
        throw Argument("the name " + std::string(identifier) + " is longer than the 64 characters that " + name() +
                       " allows");
    return Dialect::quote(identifier);
}

std::string MysqlDialect::typeName(const Type &type) const { return MysqlTypeCompiler(*this).render(type); }

Type MysqlDialect::parseType(std::string_view declared) const { return parseMysqlType(declared, name()); }

std::string MysqlDialect::literal(const Value &value) const
{
    switch (value.kind()) {
    case ValueKind::Double:
        if (!std::isfinite(value.asDouble()))
            throw DataError(name() + " has no infinities and no NaN");
        return Dialect::literal(value);
    case ValueKind::Bytes:
    case ValueKind::Int:
    case ValueKind::Decimal:
    case ValueKind::Null:
    case ValueKind::Bool:
        return Dialect::literal(value);
    default: { // a backslash escapes here
        std::string escaped;
        for (const char c : value.toString()) {
            if (c == '\0')
                escaped += "\\0";
            else if (c == '\\')
                escaped += "\\\\";
            else
                escaped += c;
        }
        return quoted(escaped, '\'');
    }
    }
}

std::unique_ptr<StatementCompiler> MysqlDialect::statementCompiler() const
{
    return std::make_unique<MysqlStatementCompiler>(*this);
}

std::unique_ptr<DdlCompiler> MysqlDialect::ddlCompiler() const { return std::make_unique<MysqlDdlCompiler>(*this); }

} // namespace orm
