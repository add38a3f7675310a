// INSERT, UPDATE, DELETE and free text: StatementCompiler's part.

#include "ormcore/base/error.h"
#include "ormcore/base/text.h"
#include "ormcore/dialect/statement_compiler.h"
#include "ormcore/sql/text_parameters.h"

#include <algorithm>
#include <array>

namespace orm {

namespace {

// Whether free SQL gives rows, by its first word; INSERT … RETURNING by having that word.
bool givesRows(std::string_view sql)
{
    sql = trimmed(sql);
    const std::size_t end = static_cast<std::size_t>(
        std::find_if_not(sql.begin(), sql.end(), [](char c) { return isWordByte(c); }) - sql.begin());
    const std::string first = lowerAscii(sql.substr(0, end));
    constexpr std::array<std::string_view, 7> kReaders{"select",  "with", "values",  "pragma",
                                                       "explain", "show", "describe"};
    return std::find(kReaders.begin(), kReaders.end(), first) != kReaders.end() ||
           lowerAscii(sql).find("returning") != std::string::npos;
}

// Whether the text so far is a list's left side: "… IN ".
bool endsWithIn(std::string_view sql)
{
    sql = trimmed(sql);
    return sql.size() > 2 && equalsIgnoringCase(sql.substr(sql.size() - 2), "in") && !isWordByte(sql[sql.size() - 3]);
}

bool hasSubquery(const Expression &expression)
{
    const Node &node = expression.node();
    return node.select != nullptr || std::any_of(node.args.begin(), node.args.end(), hasSubquery);
}

const Table &tableOf(const Table *table)
{
    if (table == nullptr)
        throw Argument("a statement without a table");
    return *table;
}

} // namespace

void StatementCompiler::statement(const Insert &insert)
{
    const Table &table = tableOf(insert.table);
    if (insert.columns.size() != insert.values.size())
        throw Argument("INSERT INTO " + table.name().toString() + " has not as many values as columns");
    write("INSERT INTO " + m_dialect.quote(table.name()));
    if (insert.columns.empty()) {
        emptyInsert();
    } else {
        write(" (");
        for (std::size_t i = 0; i < insert.columns.size(); ++i)
            write((i > 0 ? ", " : "") + m_dialect.quote(insert.columns[i]->name));
        write(") VALUES (");
        for (std::size_t i = 0; i < insert.columns.size(); ++i) {
            write(i > 0 ? ", " : "");
            insertedValue(insert.values[i], *insert.columns[i]);
        }
        write(")");
    }
    returning(insert.returning);
}

void StatementCompiler::insertedValue(const Expression &value, const Column &column)
{
    if (value.empty())
        throw Argument("column " + column.name + " is given no value");
    const Node &part = value.node();
    if (part.kind == NodeKind::Bind && part.column == nullptr && part.type.kind == TypeKind::Unknown)
        bound(part.value, column.type);
    else
        expression(value);
}

void StatementCompiler::statement(const Update &update)
{
    const Table &table = tableOf(update.table);
    if (update.assignments.empty())
        throw Argument("UPDATE " + table.name().toString() + " assigns nothing");
    m_scopes.push_back({.target = &table});
    m_qualified = (!update.condition.empty() && hasSubquery(update.condition)) ||
                  std::any_of(update.assignments.begin(), update.assignments.end(),
                              [](const auto &assignment) { return hasSubquery(assignment.second); });
    write("UPDATE " + m_dialect.quote(table.name()) + " SET ");
    bool first = true;
    for (const auto &[column, value] : update.assignments) {
        write((first ? "" : ", ") + m_dialect.quote(column->name) + " = ");
        insertedValue(value, *column);
        first = false;
    }
    where(update.condition);
    updateReturning(update.returning);
    m_scopes.pop_back();
}

void StatementCompiler::statement(const Delete &deletion)
{
    const Table &table = tableOf(deletion.table);
    m_scopes.push_back({.target = &table});
    m_qualified = !deletion.condition.empty() && hasSubquery(deletion.condition);
    write("DELETE FROM " + m_dialect.quote(table.name()));
    where(deletion.condition);
    m_scopes.pop_back();
}

void StatementCompiler::where(const Expression &condition)
{
    if (condition.empty())
        return;
    write(" WHERE ");
    expression(condition);
}

void StatementCompiler::returning(const std::vector<const Column *> &columns)
{
    if (columns.empty())
        return;
    if (!m_dialect.capabilities().returning)
        throw Compile(m_dialect.name() + " has no RETURNING");
    write(" RETURNING ");
    for (std::size_t i = 0; i < columns.size(); ++i) {
        write((i > 0 ? ", " : "") + m_dialect.quote(columns[i]->name));
        m_compiled.results.push_back({.name = columns[i]->name, .type = columns[i]->type, .column = columns[i]});
    }
    m_compiled.returnsRows = true;
}

void StatementCompiler::emptyInsert() { write(" DEFAULT VALUES"); }

void StatementCompiler::statement(const TextStatement &text)
{
    if (text.text.empty())
        throw Argument("an empty statement");
    expression(text.text);
    m_compiled.returnsRows = givesRows(m_compiled.sql);
}

// IN does not take an array itself.
void StatementCompiler::unnested(const Value &array)
{
    write("(SELECT unnest(");
    bound(array, Type{.kind = TypeKind::Array, .element = {Type{}}});
    write("))");
}

void StatementCompiler::textNode(const Node &node)
{
    for (const TextPiece &piece : splitTextParameters(node.name)) {
        if (piece.positional && placeholder(1) == piece.text)
            throw Compile("a bare ? in SQL text has no value: name the parameter, as in :name");
        if (!piece.parameter) {
            write(piece.text);
            continue;
        }
        const auto found = std::find(node.names.begin(), node.names.end(), piece.text);
        if (found == node.names.end())
            throw Argument("the text needs a value for :" + piece.text);
        const Value &value = node.values[static_cast<std::size_t>(found - node.names.begin())];
        if (value.kind() == ValueKind::Array && !m_dialect.capabilities().arrayParameters)
            expandingSlot({.expanding = true}, value.asArray());
        else if (value.kind() == ValueKind::Array && endsWithIn(m_compiled.sql))
            unnested(value);
        else
            bound(value, Type{});
    }
}

} // namespace orm
