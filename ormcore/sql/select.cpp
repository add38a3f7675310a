// Building SELECT: the fluent interface of Select.

#include "ormcore/base/error.h"
#include "ormcore/sql/statement.h"

#include <algorithm>

namespace orm {

namespace {

void addSource(std::vector<Source> &sources, const Source &source)
{
    if (std::find(sources.begin(), sources.end(), source) == sources.end())
        sources.push_back(source);
}

// The tables of the columns in an expression; a subquery has its own.
void collectSources(const Expression &expression, std::vector<Source> &sources)
{
    const Node &node = expression.node();
    if (node.kind == NodeKind::Column && node.column != nullptr)
        addSource(sources, {node.column->table, node.alias});
    for (const Expression &arg : node.args)
        collectSources(arg, sources);
}

} // namespace

Select::Select(const Table &table, std::string alias)
{
    columnList.reserve(table.columns().size());
    for (const auto &column : table.columns())
        columnList.push_back(orm::column(*column, alias));
    sources.push_back({&table, std::move(alias)});
}

Select select(std::vector<Expression> columns)
{
    Select result;
    result.sourcesImplied = true;
    result.columns(std::move(columns));
    return result;
}

Select &Select::columns(std::vector<Expression> columns)
{
    columnList.clear();
    if (sourcesImplied)
        sources.clear();
    for (Expression &column : columns)
        addColumn(std::move(column));
    return *this;
}

Select &Select::addColumn(Expression column)
{
    if (column.empty())
        throw Argument("a column of SELECT is empty");
    if (sourcesImplied)
        collectSources(column, sources);
    columnList.push_back(std::move(column));
    return *this;
}

Select &Select::from(const Table &table, std::string alias)
{
    if (sourcesImplied)
        sources.clear();
    sourcesImplied = false;
    addSource(sources, {&table, std::move(alias)});
    return *this;
}

Select &Select::fromSelect(Select select, std::string alias)
{
    if (sourcesImplied)
        sources.clear();
    sourcesImplied = false;
    inner = std::make_shared<const Select>(std::move(select));
    innerAlias = std::move(alias);
    return *this;
}

Select &Select::join(const Table &table, Expression on, JoinKind kind, std::string alias)
{
    if (on.empty() != (kind == JoinKind::Cross))
        throw Argument("a join with " + table.name().toString() + " needs a condition, a cross join none");
    Join added{.source = {&table, std::move(alias)}, .kind = kind, .on = std::move(on)};
    if (sourcesImplied)
        std::erase(sources, added.source); // it came from a column of the joined table
    joins.push_back(std::move(added));
    return *this;
}

Select &Select::where(const Expression &added)
{
    condition = condition && added;
    return *this;
}

Select &Select::groupBy(std::vector<Expression> expressions)
{
    groups = std::move(expressions);
    return *this;
}

Select &Select::having(const Expression &added)
{
    groupCondition = groupCondition && added;
    return *this;
}

Select &Select::orderBy(std::vector<Expression> expressions)
{
    orders = std::move(expressions);
    return *this;
}

Select &Select::limit(std::optional<std::int64_t> rows)
{
    if (rows && *rows < 0)
        throw Argument("LIMIT cannot be negative");
    rowLimit = rows;
    return *this;
}

Select &Select::offset(std::optional<std::int64_t> rows)
{
    if (rows && *rows < 0)
        throw Argument("OFFSET cannot be negative");
    rowOffset = rows;
    return *this;
}

Select &Select::distinct(bool on)
{
    isDistinct = on;
    return *this;
}

Select &Select::combine(CompoundKind kind, Select other)
{
    if (!other.orders.empty() || other.rowLimit || other.rowOffset)
        throw Argument("order and limit belong to the first SELECT of a compound");
    compounds.push_back({kind, std::make_shared<const Select>(std::move(other))});
    return *this;
}

Select &Select::with(std::string name, Select query, bool recursive)
{
    commonTables.push_back({std::move(name), std::make_shared<const Select>(std::move(query)), recursive});
    return *this;
}

} // namespace orm
