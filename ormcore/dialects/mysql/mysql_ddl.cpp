#include "ormcore/dialects/mysql/mysql_ddl.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

#include <algorithm>

namespace orm {

namespace {

bool contains(const std::vector<std::string> &names, const std::string &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Whether a key, constraint or index holds the column: the server then wants it to be of bounded length.
bool isInKey(const Column &column)
{
    const Table &table = *column.table;
    const auto holds = [&column](const auto &constraint) { return contains(constraint.columns, column.name); };
    const auto indexed = [&column](const Index &index) {
        return std::any_of(index.parts.begin(), index.parts.end(),
                           [&column](const IndexPart &part) { return part.column == column.name; });
    };
    return column.primaryKey || holds(table.primaryKey) ||
           std::any_of(table.uniques.begin(), table.uniques.end(), holds) ||
           std::any_of(table.foreignKeys.begin(), table.foreignKeys.end(), holds) ||
           std::any_of(table.indexes.begin(), table.indexes.end(), indexed);
}

} // namespace

std::string MysqlDdlCompiler::columnType(const Column &column) const
{
    const std::string type = DdlCompiler::columnType(column);
    const std::string lower = lowerAscii(type);
    if (isInKey(column) && (lower.find("text") != std::string::npos || lower.find("blob") != std::string::npos))
        throw Compile("column " + column.table->name().toString() + "." + column.name + " is " +
                      column.type.toString() + " and part of a key: " + dialect().name() + " needs a length for it");
    return type;
}

std::string MysqlDdlCompiler::columnDefault(const Column &column) const
{
    if (column.serverDefault.empty())
        return {};
    const std::string &sql = column.serverDefault.sql;
    const bool isTime = column.type.kind == TypeKind::DateTime;
    if (isTime && equalsIgnoringCase(sql, "CURRENT_TIMESTAMP") && column.type.nativeDialect != dialect().name())
        return "DEFAULT CURRENT_TIMESTAMP(" + std::to_string(column.type.precision.value_or(6)) + ")";
    const bool large = column.type.kind == TypeKind::Text || column.type.kind == TypeKind::Json ||
                       column.type.kind == TypeKind::LargeBinary;
    const bool plain = isPlainDefault(sql) || lowerAscii(sql).starts_with("current_timestamp");
    return plain && !large ? "DEFAULT " + sql : "DEFAULT (" + sql + ")";
}

std::string MysqlDdlCompiler::columnIdentity(const Column &column) const
{
    return column.identity == IdentityKind::None ? std::string() : "AUTO_INCREMENT";
}

std::string MysqlDdlCompiler::columnExtra(const Column &column) const
{
    return column.comment.empty() ? std::string() : "COMMENT " + dialect().literal(Value(column.comment));
}

std::string MysqlDdlCompiler::tableOptions(const Table &table) const
{
    // Four bytes a character, whatever the server's default is.
    std::string options = " DEFAULT CHARACTER SET utf8mb4";
    if (!table.comment.empty())
        options += " COMMENT " + dialect().literal(Value(table.comment));
    return options;
}

std::string MysqlDdlCompiler::referenceOptions(const ForeignKey &key) const
{
    if (key.targetColumns.empty())
        throw Compile("a foreign key to " + key.target.toString() + " names no columns, and " + dialect().name() +
                      " wants them");
    if (key.onDelete == ReferentialAction::SetDefault || key.onUpdate == ReferentialAction::SetDefault)
        throw Compile(dialect().name() + " has no SET DEFAULT in foreign keys");
    return DdlCompiler::referenceOptions(key);
}

std::string MysqlDdlCompiler::indexPart(const IndexPart &part) const
{
    if (!part.collation.empty())
        throw Compile(dialect().name() + " has no collations of their own in indexes");
    return DdlCompiler::indexPart(part);
}

std::string MysqlDdlCompiler::dropIndex(const DropIndex &statement) const
{
    if (statement.table == nullptr || statement.index == nullptr)
        throw Argument("a statement without its table or index");
    return "DROP INDEX " + dialect().quote(std::string_view(statement.index->name)) + " ON " +
           dialect().quote(statement.table->name());
}

} // namespace orm
