#include "ormcore/dialects/sqlite/sqlite_ddl.h"

#include "ormcore/base/text.h"
#include "ormcore/dialects/sqlite/sqlite_types.h"

#include <algorithm>

namespace orm {

namespace {

// The one key column whose values SQLite makes: it must be declared INTEGER, and nothing else.
const Column *rowIdKey(const Table &table)
{
    const auto key = table.primaryKeyColumns();
    if (key.size() != 1 || table.withoutRowId || key.front()->identity == IdentityKind::None)
        return nullptr;
    return key.front();
}

bool isNative(const Column &column) { return column.type.nativeDialect == "sqlite" && !column.type.native.empty(); }

} // namespace

std::string SqliteDdlCompiler::columnType(const Column &column) const
{
    if (&column == rowIdKey(*column.table))
        return isNative(column) && equalsIgnoringCase(column.type.native, "integer") ? column.type.native : "INTEGER";
    if (column.table->strict && !isNative(column))
        return strictTypeName(column.type);
    return DdlCompiler::columnType(column);
}

std::string SqliteDdlCompiler::columnDefault(const Column &column) const
{
    if (column.serverDefault.empty())
        return {};
    // The catalogue gives an expression without its parentheses; a literal never had any.
    const std::string &sql = column.serverDefault.sql;
    const bool word = std::all_of(sql.begin(), sql.end(), isWordByte); // SQLite takes a bare word for a string
    return word || isPlainDefault(sql) ? "DEFAULT " + sql : "DEFAULT (" + sql + ")";
}

std::string SqliteDdlCompiler::columnIdentity(const Column &column) const
{
    if (&column != rowIdKey(*column.table))
        return {};
    if (column.identity == IdentityKind::AutoIncrement)
        return named(column.table->primaryKey.name) + "PRIMARY KEY AUTOINCREMENT";
    // A named key reads better among the other constraints; SQLite takes both for the rowid.
    return column.table->primaryKey.name.empty() ? "PRIMARY KEY" : "";
}

std::string SqliteDdlCompiler::primaryKey(const Table &table) const
{
    const Column *key = rowIdKey(table);
    return key != nullptr && !columnIdentity(*key).empty() ? std::string() : DdlCompiler::primaryKey(table);
}

std::vector<std::string> SqliteDdlCompiler::extraConstraints(const Table &table) const
{
    std::vector<std::string> checks;
    for (const auto &column : table.columns()) {
        if (column->type.kind == TypeKind::Enum && !isNative(*column) && !column->type.labels.empty())
            checks.push_back(enumCheck(*column));
    }
    return checks;
}

std::string SqliteDdlCompiler::tableOptions(const Table &table) const
{
    if (table.withoutRowId)
        return table.strict ? " WITHOUT ROWID, STRICT" : " WITHOUT ROWID";
    return table.strict ? " STRICT" : "";
}

std::string SqliteDdlCompiler::indexPart(const IndexPart &part) const
{
    if (!part.column.empty())
        return DdlCompiler::indexPart(part);
    // Without parentheses of ours: the text of the index then reads back as the same expression.
    std::string text = part.expression.sql;
    if (!part.collation.empty())
        text += " COLLATE " + dialect().quote(std::string_view(part.collation));
    return text + (part.descending ? " DESC" : "");
}

} // namespace orm
