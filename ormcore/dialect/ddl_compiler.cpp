#include "ormcore/dialect/ddl_compiler.h"

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"

#include <algorithm>
#include <numeric>

namespace orm {

namespace {

constexpr std::string_view kIndent = "    ";
constexpr std::size_t kLongestLine = 100; // before a foreign key's actions take a line of their own

// Width on the screen: bytes that continue a UTF-8 character take none.
std::size_t width(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void padTo(std::string &text, std::size_t wanted)
{
    const std::size_t have = width(text);
    text.append(wanted > have ? wanted - have : 0, ' ');
}

// Names and types that are much longer than their neighbours would push every line apart.
std::size_t aligned(const std::vector<std::string> &parts)
{
    constexpr std::size_t kLongest = 40;
    std::size_t result = 0;
    for (const std::string &part : parts) {
        if (const std::size_t size = width(part); size <= kLongest)
            result = std::max(result, size);
    }
    return result;
}

std::string_view keyword(ReferentialAction action)
{
    switch (action) {
    case ReferentialAction::NoAction:
        return "NO ACTION";
    case ReferentialAction::Restrict:
        return "RESTRICT";
    case ReferentialAction::Cascade:
        return "CASCADE";
    case ReferentialAction::SetNull:
        return "SET NULL";
    case ReferentialAction::SetDefault:
        return "SET DEFAULT";
    }
    return {};
}

std::string_view withoutSemicolon(std::string_view sql)
{
    sql = trimmed(sql);
    while (sql.ends_with(';'))
        sql = trimmed(sql.substr(0, sql.size() - 1));
    return sql;
}

bool startsWithCreate(std::string_view sql) { return equalsIgnoringCase(trimmed(sql).substr(0, 7), "create "); }

template <class Part> const Part &needed(const Part *part, std::string_view what)
{
    if (part == nullptr)
        throw Argument("a statement without its " + std::string(what));
    return *part;
}

} // namespace

std::string DdlCompiler::compile(const DdlStatement &part) const
{
    return std::visit([this](const auto &concrete) { return statement(concrete); }, part);
}

std::string DdlCompiler::named(const std::string &name) const
{
    return name.empty() ? std::string() : "CONSTRAINT " + m_dialect.quote(std::string_view(name)) + " ";
}

std::string DdlCompiler::columnList(const std::vector<std::string> &columns) const
{
    std::string text = "(";
    for (std::size_t i = 0; i < columns.size(); ++i)
        text += (i > 0 ? ", " : "") + m_dialect.quote(std::string_view(columns[i]));
    return text + ")";
}

std::string DdlCompiler::labelList(const Type &enumeration) const
{
    std::string text = "(";
    for (std::size_t i = 0; i < enumeration.labels.size(); ++i)
        text += (i > 0 ? ", " : "") + m_dialect.literal(Value(enumeration.labels[i]));
    return text + ")";
}

std::string DdlCompiler::enumCheck(const Column &column) const
{
    return "CHECK (" + m_dialect.quote(std::string_view(column.name)) + " IN " + labelList(column.type) + ")";
}

bool DdlCompiler::isOfThisDialect(const Table &table) const
{
    for (const auto &column : table.columns()) {
        if (!column->type.nativeDialect.empty())
            return column->type.nativeDialect == m_dialect.name();
    }
    return true;
}

std::string DdlCompiler::columnType(const Column &column) const
{
    try {
        return m_dialect.typeName(column.type);
    } catch (const Compile &error) {
        throw Compile("column " + column.table->name().toString() + "." + column.name + ": " + error.what());
    }
}

std::string DdlCompiler::columnDefault(const Column &column) const
{
    return column.serverDefault.empty() ? std::string() : "DEFAULT " + column.serverDefault.sql;
}

std::string DdlCompiler::columnIdentity(const Column &) const { return {}; }

std::string DdlCompiler::columnGenerated(const Column &column) const
{
    if (column.generated.empty())
        return {};
    return "GENERATED ALWAYS AS (" + column.generated.sql + ")" + (column.generatedStored ? " STORED" : " VIRTUAL");
}

std::string DdlCompiler::columnExtra(const Column &) const { return {}; }

std::string DdlCompiler::columnTail(const Column &column) const
{
    std::string tail;
    const Type &type = column.type;
    if (!type.collation.empty() && !type.nativeDialect.empty() && type.nativeDialect != m_dialect.name())
        throw Compile("column " + column.table->name().toString() + "." + column.name + " has the collation " +
                      type.collation + " of " + type.nativeDialect + ", and " + m_dialect.name() + " has another set");
    const std::string collation =
        type.collation.empty() ? "" : "COLLATE " + m_dialect.quote(std::string_view(type.collation));
    for (const std::string &part : {collation, columnGenerated(column), std::string(column.nullable ? "" : "NOT NULL"),
                                    columnIdentity(column), columnDefault(column), columnExtra(column)}) {
        if (!part.empty())
            tail += (tail.empty() ? "" : " ") + part;
    }
    return tail;
}

std::vector<std::string> DdlCompiler::columnLines(const Table &table) const
{
    std::vector<std::string> names;
    std::vector<std::string> types;
    for (const auto &column : table.columns()) {
        names.push_back(m_dialect.quote(std::string_view(column->name)));
        types.push_back(columnType(*column));
    }
    const std::size_t nameWidth = aligned(names);
    const std::size_t typeWidth = aligned(types);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string line = names[i];
        const std::string tail = columnTail(*table.columns()[i]);
        if (!types[i].empty() || !tail.empty()) {
            padTo(line, nameWidth);
            line += " " + types[i];
        }
        if (!tail.empty()) {
            padTo(line, nameWidth + 1 + typeWidth);
            line += " " + tail;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string DdlCompiler::primaryKey(const Table &table) const
{
    std::vector<std::string> names;
    for (const Column *column : table.primaryKeyColumns())
        names.push_back(column->name);
    return names.empty() ? std::string() : named(table.primaryKey.name) + "PRIMARY KEY " + columnList(names);
}

std::vector<std::string> DdlCompiler::extraConstraints(const Table &) const { return {}; }

std::string DdlCompiler::tableOptions(const Table &) const { return {}; }

std::string DdlCompiler::referenceOptions(const ForeignKey &key) const
{
    std::string options;
    if (key.onDelete != ReferentialAction::NoAction)
        options.append(" ON DELETE ").append(keyword(key.onDelete));
    if (key.onUpdate != ReferentialAction::NoAction)
        options.append(" ON UPDATE ").append(keyword(key.onUpdate));
    if (key.deferrable == Deferrable::No)
        return options;
    if (!m_dialect.capabilities().deferrable)
        throw Compile(m_dialect.name() + " has no deferrable foreign keys");
    return options + (key.deferrable == Deferrable::InitiallyDeferred ? " DEFERRABLE INITIALLY DEFERRED"
                                                                      : " DEFERRABLE INITIALLY IMMEDIATE");
}

std::string DdlCompiler::foreignKey(const ForeignKey &key) const
{
    const std::string reference = named(key.name) + "FOREIGN KEY " + columnList(key.columns) + " REFERENCES " +
                                  m_dialect.quote(key.target) +
                                  (key.targetColumns.empty() ? "" : " " + columnList(key.targetColumns));
    const std::string options = referenceOptions(key);
    if (options.empty() || width(reference) + width(options) <= kLongestLine)
        return reference + options;
    return reference + "\n" + std::string(kIndent) + std::string(kIndent) + options.substr(1);
}

std::string DdlCompiler::statement(const CreateTable &statement) const
{
    const Table &table = needed(statement.table, "table");
    if (table.kind() == TableKind::Virtual) {
        if (table.definition.empty())
            throw Compile("the virtual table " + table.name().toString() + " has no definition");
        return std::string(withoutSemicolon(table.definition.sql));
    }
    std::vector<std::string> lines = columnLines(table);
    if (std::string key = primaryKey(table); !key.empty())
        lines.push_back(std::move(key));
    for (const UniqueConstraint &unique : table.uniques)
        lines.push_back(named(unique.name) + "UNIQUE " + columnList(unique.columns));
    for (const CheckConstraint &check : table.checks)
        lines.push_back(named(check.name) + "CHECK (" + check.expression.sql + ")");
    for (std::string &extra : extraConstraints(table))
        lines.push_back(std::move(extra));
    for (const ForeignKey &key : table.foreignKeys) {
        if (std::find(statement.without.begin(), statement.without.end(), &key) == statement.without.end())
            lines.push_back(foreignKey(key));
    }
    std::string sql = statement.ifNotExists ? "CREATE TABLE IF NOT EXISTS " : "CREATE TABLE ";
    sql += m_dialect.quote(table.name()) + " (\n";
    for (std::size_t i = 0; i < lines.size(); ++i)
        sql.append(kIndent).append(lines[i]).append(i + 1 < lines.size() ? ",\n" : "\n");
    return sql + ")" + tableOptions(table);
}

std::string DdlCompiler::statement(const DropTable &statement) const
{
    const Table &table = needed(statement.table, "table");
    return std::string(table.kind() == TableKind::View ? "DROP VIEW " : "DROP TABLE ") +
           (statement.ifExists ? "IF EXISTS " : "") + m_dialect.quote(table.name());
}

std::string DdlCompiler::indexMethod(const Index &index) const
{
    if (!index.method.empty() && !equalsIgnoringCase(index.method, "btree"))
        throw Compile("index " + index.name + ": " + m_dialect.name() + " has no indexes of the method " +
                      index.method);
    return {};
}

std::string DdlCompiler::indexPart(const IndexPart &part) const
{
    std::string text = m_dialect.quote(std::string_view(part.column));
    if (part.column.empty()) {
        if (!m_dialect.capabilities().expressionIndex)
            throw Compile(m_dialect.name() + " has no indexes on expressions");
        text = isParenthesized(part.expression.sql) ? part.expression.sql : "(" + part.expression.sql + ")";
    }
    if (!part.collation.empty())
        text += " COLLATE " + m_dialect.quote(std::string_view(part.collation));
    return text + (part.descending ? " DESC" : "");
}

void DdlCompiler::checkIndex(const Table &table, const Index &index) const
{
    if (!index.where.empty() && !m_dialect.capabilities().partialIndex)
        throw Compile("index " + index.name + " of " + table.name().toString() + " has a condition, and " +
                      m_dialect.name() + " has no partial indexes: a full one would " +
                      (index.unique ? "refuse rows that this one allows" : "be another index"));
    if (index.parts.empty())
        throw Compile("index " + index.name + " of " + table.name().toString() + " has no columns");
}

std::string DdlCompiler::statement(const CreateIndex &statement) const
{
    const Table &table = needed(statement.table, "table");
    const Index &index = needed(statement.index, "index");
    if (!index.definition.empty() && isOfThisDialect(table))
        return std::string(withoutSemicolon(index.definition.sql));
    checkIndex(table, index);
    std::string sql = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    sql += (statement.ifNotExists ? "IF NOT EXISTS " : "") + m_dialect.quote(std::string_view(index.name)) + " ON " +
           m_dialect.quote(table.name()) + indexMethod(index) + " (";
    for (std::size_t i = 0; i < index.parts.size(); ++i)
        sql += (i > 0 ? ", " : "") + indexPart(index.parts[i]);
    sql += ")";
    return index.where.empty() ? sql : sql + " WHERE " + index.where.sql;
}

std::string DdlCompiler::statement(const DropIndex &statement) const { return dropIndex(statement); }

std::string DdlCompiler::dropIndex(const DropIndex &statement) const
{
    const Table &table = needed(statement.table, "table");
    const Index &index = needed(statement.index, "index");
    return "DROP INDEX " + m_dialect.quote(QualifiedName{table.name().schema, index.name});
}

std::string DdlCompiler::statement(const AddForeignKey &statement) const
{
    if (!m_dialect.capabilities().alterAddForeignKey)
        throw Compile(m_dialect.name() + " cannot add a foreign key to a table that exists");
    return "ALTER TABLE " + m_dialect.quote(needed(statement.table, "table").name()) + " ADD " +
           foreignKey(needed(statement.key, "foreign key"));
}

std::string DdlCompiler::statement(const CreateView &statement) const
{
    const Table &view = needed(statement.view, "view");
    if (view.definition.empty())
        throw Compile("the view " + view.name().toString() + " has no definition");
    const std::string_view definition = withoutSemicolon(view.definition.sql);
    if (startsWithCreate(definition))
        return std::string(definition);
    return "CREATE VIEW " + m_dialect.quote(view.name()) + " AS\n" + std::string(definition);
}

std::string DdlCompiler::statement(const CreateTrigger &statement) const
{
    return std::string(withoutSemicolon(needed(statement.trigger, "trigger").definition.sql));
}

std::string DdlCompiler::statement(const CreateEnum &statement) const
{
    const Type &type = needed(statement.type, "type");
    if (!m_dialect.capabilities().enumTypes)
        throw Compile(m_dialect.name() + " has no enum types of their own");
    return "CREATE TYPE " + m_dialect.quote(std::string_view(type.enumName)) + " AS ENUM " + labelList(type);
}

std::string DdlCompiler::statement(const CommentOn &statement) const
{
    const Table &table = needed(statement.table, "table");
    if (!m_dialect.capabilities().commentStatements)
        throw Compile(m_dialect.name() + " keeps no comments");
    if (statement.column != nullptr)
        return "COMMENT ON COLUMN " + m_dialect.quote(table.name()) + "." +
               m_dialect.quote(std::string_view(statement.column->name)) + " IS " +
               m_dialect.literal(Value(statement.column->comment));
    const std::string kind = table.kind() == TableKind::View ? "VIEW " : "TABLE ";
    return "COMMENT ON " + kind + m_dialect.quote(table.name()) + " IS " + m_dialect.literal(Value(table.comment));
}

} // namespace orm
