// SELECT: StatementCompiler's part.

#include "ormcore/base/error.h"
#include "ormcore/dialect/statement_compiler.h"
#include "ormcore/sql/walk.h"

#include <algorithm>

namespace orm {

namespace {

// Whether a subquery stands anywhere in it: then columns carry their table's name.
bool hasSubquery(const Expression &expression)
{
    if (expression.empty())
        return false;
    const Node &node = expression.node();
    return node.select != nullptr || node.kind == NodeKind::Text ||
           std::any_of(node.args.begin(), node.args.end(), hasSubquery);
}

// Bare column names read best, where nothing else could be meant by them.
bool isPlain(const Select &select)
{
    const auto complex = [](const Expression &expression) {
        return expression.node().kind == NodeKind::Label || hasSubquery(expression);
    };
    return select.sources.size() == 1 && select.inner == nullptr && select.joins.empty() &&
           select.commonTables.empty() && select.compounds.empty() &&
           std::none_of(select.columnList.begin(), select.columnList.end(), complex) &&
           std::none_of(select.groups.begin(), select.groups.end(), complex) &&
           std::none_of(select.orders.begin(), select.orders.end(), complex) && !hasSubquery(select.condition) &&
           !hasSubquery(select.groupCondition);
}

std::string_view keyword(JoinKind kind)
{
    switch (kind) {
    case JoinKind::Inner:
        return " JOIN ";
    case JoinKind::Left:
        return " LEFT JOIN ";
    case JoinKind::Full:
        return " FULL JOIN ";
    case JoinKind::Cross:
        return " CROSS JOIN ";
    }
    return {};
}

std::string_view keyword(CompoundKind kind)
{
    switch (kind) {
    case CompoundKind::Union:
        return " UNION ";
    case CompoundKind::UnionAll:
        return " UNION ALL ";
    case CompoundKind::Intersect:
        return " INTERSECT ";
    case CompoundKind::Except:
        return " EXCEPT ";
    }
    return {};
}

struct ValueCounter {
    bool found = false;
    void visit(const Node &node) { found = found || node.kind != NodeKind::Text || !node.names.empty(); }
    void limit(std::int64_t) { found = true; }
};

} // namespace

bool StatementCompiler::hasValues(const Expression &expression)
{
    ValueCounter counter;
    ValueWalk<ValueCounter>(counter).walk(TextStatement{expression});
    return counter.found;
}

bool StatementCompiler::Scope::has(const Source &source) const
{
    if (select == nullptr)
        return target == source.table && source.alias.empty();
    return std::find(select->sources.begin(), select->sources.end(), source) != select->sources.end() ||
           std::any_of(select->joins.begin(), select->joins.end(),
                       [&source](const Join &join) { return join.source == source; });
}

bool StatementCompiler::inScope(const Source &source) const
{
    return std::any_of(m_scopes.begin(), m_scopes.end(), [&source](const Scope &scope) { return scope.has(source); });
}

void StatementCompiler::statement(const Select &query)
{
    m_qualified = !isPlain(query);
    select(query);
    m_compiled.returnsRows = true;
    for (const Expression &column : query.columnList)
        m_compiled.results.push_back(describeColumn(column));
}

void StatementCompiler::select(const Select &query)
{
    m_scopes.push_back({.select = &query});
    commonTables(query);
    selectBody(query);
    for (const Compound &compound : query.compounds) {
        write(keyword(compound.kind));
        select(*compound.select);
    }
    orders(query);
    limit(query);
    m_scopes.pop_back();
}

void StatementCompiler::selectBody(const Select &query)
{
    if (query.columnList.empty())
        throw Argument("a SELECT without columns");
    write(query.isDistinct ? "SELECT DISTINCT " : "SELECT ");
    columns(query);
    sources(query);
    if (!query.condition.empty()) {
        write(" WHERE ");
        expression(query.condition);
    }
    if (!query.groups.empty()) {
        write(" GROUP BY ");
        list(query.groups);
    }
    if (!query.groupCondition.empty()) {
        write(" HAVING ");
        expression(query.groupCondition);
    }
}

void StatementCompiler::commonTables(const Select &query)
{
    if (query.commonTables.empty())
        return;
    const bool recursive = std::any_of(query.commonTables.begin(), query.commonTables.end(),
                                       [](const CommonTable &table) { return table.recursive; });
    write(recursive ? "WITH RECURSIVE " : "WITH ");
    for (std::size_t i = 0; i < query.commonTables.size(); ++i) {
        write((i > 0 ? ", " : "") + m_dialect.quote(query.commonTables[i].name) + " AS (");
        select(*query.commonTables[i].select);
        write(")");
    }
    write(" ");
}

void StatementCompiler::columns(const Select &query)
{
    for (std::size_t i = 0; i < query.columnList.size(); ++i) {
        if (i > 0)
            write(", ");
        const Node &part = query.columnList[i].node();
        expression(query.columnList[i]);
        if (part.kind == NodeKind::Label)
            write(" AS " + m_dialect.quote(part.name));
    }
}

void StatementCompiler::sources(const Select &query)
{
    if (query.sources.empty() && query.inner == nullptr) {
        if (!query.joins.empty())
            throw Argument("a SELECT joins, but has no table to join with");
        return;
    }
    write(" FROM ");
    for (std::size_t i = 0; i < query.sources.size(); ++i) {
        if (i > 0)
            write(", ");
        source(query.sources[i]);
    }
    if (query.inner != nullptr) {
        write(query.sources.empty() ? "(" : ", (");
        const bool qualified = std::exchange(m_qualified, true);
        select(*query.inner);
        m_qualified = qualified;
        write(") AS " + m_dialect.quote(query.innerAlias));
    }
    for (const Join &part : query.joins)
        join(part);
}

void StatementCompiler::source(const Source &source)
{
    write(m_dialect.quote(source.table->name()));
    if (!source.alias.empty())
        write(" AS " + m_dialect.quote(source.alias));
}

void StatementCompiler::join(const Join &join)
{
    if (join.kind == JoinKind::Full && !m_dialect.capabilities().fullJoin)
        throw Compile(m_dialect.name() + " has no FULL JOIN");
    write(keyword(join.kind));
    source(join.source);
    if (!join.on.empty()) {
        write(" ON ");
        expression(join.on);
    }
}

void StatementCompiler::orders(const Select &query)
{
    for (std::size_t i = 0; i < query.orders.size(); ++i) {
        write(i == 0 ? " ORDER BY " : ", ");
        order(query, query.orders[i]);
    }
}

void StatementCompiler::order(const Select &query, const Expression &order)
{
    bool descending = false;
    Operator nulls = Operator::None;
    Expression ordered = order;
    while (ordered.node().kind == NodeKind::Ordering) {
        const Operator op = ordered.node().op;
        if (op == Operator::NullsFirst || op == Operator::NullsLast)
            nulls = nulls == Operator::None ? op : nulls;
        else
            descending = op == Operator::Descending;
        ordered = Expression(ordered.node().args.front());
    }
    const Capabilities &can = m_dialect.capabilities();
    const bool firstByItself = can.nullsSortFirst != descending;
    const bool said = nulls != Operator::None && (nulls == Operator::NullsFirst) != firstByItself;
    if (said && !can.nullsOrdering) {
        if (hasValues(ordered))
            throw Compile(m_dialect.name() + " cannot place the NULLs of an ordering that has values in it");
        write("CASE WHEN ");
        orderedExpression(query, ordered);
        write(nulls == Operator::NullsFirst ? " IS NULL THEN 0 ELSE 1 END, " : " IS NULL THEN 1 ELSE 0 END, ");
    }
    orderedExpression(query, ordered);
    if (descending)
        write(" DESC");
    if (nulls != Operator::None && can.nullsOrdering)
        write(nulls == Operator::NullsFirst ? " NULLS FIRST" : " NULLS LAST");
}

void StatementCompiler::orderedExpression(const Select &query, const Expression &expression)
{
    const Node &part = expression.node();
    if (part.kind == NodeKind::Label && isListedLabel(query, part))
        write(m_dialect.quote(part.name));
    else if (part.kind == NodeKind::Column && !query.compounds.empty()) // a compound's order knows only result names
        write(m_dialect.quote(part.column != nullptr ? part.column->name : part.name));
    else
        this->expression(expression, kComparison);
}

void StatementCompiler::limit(const Select &query)
{
    if (query.rowLimit) {
        write(" LIMIT ");
        bound(Value(*query.rowLimit), BigInteger());
    }
    if (query.rowOffset) {
        write(" OFFSET ");
        bound(Value(*query.rowOffset), BigInteger());
    }
}

} // namespace orm
