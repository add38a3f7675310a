#include "ormcore/session/loading/relation_sql.h"

#include "ormcore/base/error.h"
#include "ormcore/session/loading/class_tables.h"
#include "ormcore/sql/rewrite.h"

#include <algorithm>

namespace orm {

namespace {

/// A subquery that has the table itself, not an alias of it, means that one.
bool hasTable(const std::vector<const Select *> &subqueries, const Table &table)
{
    const auto isIt = [&](const Source &source) { return source.table == &table && source.alias.empty(); };
    return std::any_of(subqueries.begin(), subqueries.end(), [&](const Select *select) {
        return std::any_of(select->sources.begin(), select->sources.end(), isIt) ||
               std::any_of(select->joins.begin(), select->joins.end(),
                           [&](const Join &join) { return isIt(join.source); });
    });
}

/// A column of a class as a statement sees it that has the tables of the class `asked` under an alias.
Expression columnIn(const Mapper &asked, const std::string &alias, const Mapper &mapper, const MappedColumn &mapped)
{
    if (!mapped.property)
        return column(*mapped.column, tableAlias(asked, *mapped.column->table, alias));
    if (alias.empty())
        return mapped.property->sql;
    const auto &tables = mapper.hierarchy().tables;
    return rewritten(mapped.property->sql, [&](const Node &node, const std::vector<const Select *> &inside) {
        const bool own = node.column && node.alias.empty() &&
                         std::any_of(tables.begin(), tables.end(),
                                     [&](const MappedTable &part) { return part.table == node.column->table; });
        return own && !hasTable(inside, *node.column->table)
                   ? column(*node.column, tableAlias(asked, *node.column->table, alias))
                   : Expression();
    });
}

} // namespace

ColumnOf columnsOf(const Mapper &mapper, std::string alias)
{
    return [&mapper, alias = std::move(alias)](std::uint16_t position) {
        return columnIn(mapper, alias, mapper, mapper.columns()[position]);
    };
}

void addColumns(Select &select, const Mapper &mapper, const std::string &alias, const RowLayout *rows)
{
    select.columnList.reserve(select.columnList.size() + mapper.columns().size());
    for (std::size_t i = 0; i < mapper.columns().size(); ++i) {
        const Column &own = mapper.ownColumn(i);
        select.columnList.push_back(mapper.columns()[i].property ? columnIn(mapper, alias, mapper, mapper.columns()[i])
                                                                 : column(own, tableAlias(mapper, *own.table, alias)));
    }
    if (!rows)
        return;
    for (const Mapper *subclass : rows->extra)
        for (std::size_t i = subclass->hierarchy().base->columns().size(); i < subclass->columns().size(); ++i)
            select.columnList.push_back(columnIn(mapper, alias, *subclass, subclass->columns()[i]));
}

Select anyObject(const Mapper &mapper, const RowLayout *rows)
{
    Select select;
    select.from(mapper.table());
    addColumns(select, mapper, {}, rows);
    addTables(select, mapper, {}, rows);
    return select;
}

Select objectSelect(const Mapper &mapper) { return objectSelect(mapper, mapper.hierarchy().rows.get()); }

Select objectSelect(const Mapper &mapper, const RowLayout *rows)
{
    Select select = anyObject(mapper, rows);
    select.where(isOfClass(mapper));
    return select;
}

void addOrder(Select &select, const Relationship &relationship, const std::string &alias)
{
    for (const std::string &name : relationship.orderBy) {
        const Mapper &target = *relationship.target;
        select.orders.push_back(columnsOf(target, alias)(target.position(name)));
    }
}

namespace {

/// The columns of a foreign key, of which `owner` gives the referring and `target` the others, are equal.
Expression follows(const Reference &reference, const ColumnOf &owner, const ColumnOf &target)
{
    Expression on;
    for (std::size_t i = 0; i < reference.columns.size(); ++i)
        on = on && owner(reference.columns[i]) == target(reference.targetColumns[i]);
    return on;
}

} // namespace

Select relatedSelect(const Relationship &relationship)
{
    Select select = objectSelect(*relationship.target);
    if (relationship.kind == RelationKind::ManyToMany) {
        const Mapper &links = searchedMapper(relationship);
        const ColumnOf link = columnsOf(links);
        select.join(links.table(), follows(*relationship.farReference, link, columnsOf(*relationship.target)));
        for (const std::uint16_t column : searchedColumns(relationship))
            select.columnList.push_back(link(column));
    }
    addOrder(select, relationship);
    return select;
}

const std::vector<std::uint16_t> &ownerColumns(const Relationship &relationship)
{
    const Reference &reference = *relationship.reference;
    return relationship.kind == RelationKind::Parent ? reference.columns : reference.targetColumns;
}

const std::vector<std::uint16_t> &searchedColumns(const Relationship &relationship)
{
    const Reference &reference = *relationship.reference;
    return relationship.kind == RelationKind::Parent ? reference.targetColumns : reference.columns;
}

const Mapper &searchedMapper(const Relationship &relationship)
{
    return relationship.kind == RelationKind::ManyToMany ? *relationship.reference->owner : *relationship.target;
}

std::string joinTarget(Select &select, const Relationship &relationship, const ColumnOf &owner, JoinKind kind,
                       const std::string &alias, const RowLayout *rows)
{
    const Reference &reference = *relationship.reference;
    const ColumnOf target = columnsOf(*relationship.target, alias);
    if (relationship.kind != RelationKind::ManyToMany) {
        const bool up = relationship.kind == RelationKind::Parent;
        const std::uint16_t searched = up ? reference.targetColumns.front() : reference.columns.front();
        joinTables(select, {*relationship.target, alias, rows}, searched,
                   up ? follows(reference, owner, target) : follows(reference, target, owner), kind);
        return alias;
    }
    const Table &links = reference.owner->table();
    const std::string linkAlias = alias.empty() ? alias : freeAlias(select, links.name().name);
    const ColumnOf link = columnsOf(*reference.owner, linkAlias);
    select.join(links, follows(reference, link, owner), kind, linkAlias);
    joinTables(select, {*relationship.target, alias, rows}, relationship.farReference->targetColumns.front(),
               follows(*relationship.farReference, link, target), kind);
    return linkAlias;
}

bool isShared(const Relationship &relationship) noexcept
{
    return relationship.kind == RelationKind::Parent || relationship.kind == RelationKind::ManyToMany;
}

bool mayRepeat(const Relationship &relationship) noexcept { return relationship.kind != RelationKind::Parent; }

std::string freeAlias(const Select &select, const std::string &wanted)
{
    const auto isTaken = [&](const std::string &name) {
        const auto has = [&](const Source &source) {
            return (source.alias.empty() ? source.table->name().name : source.alias) == name;
        };
        return select.innerAlias == name || std::any_of(select.sources.begin(), select.sources.end(), has) ||
               std::any_of(select.joins.begin(), select.joins.end(),
                           [&](const Join &join) { return has(join.source); });
    };
    for (int i = 1;; ++i)
        if (std::string name = wanted + "_" + std::to_string(i); !isTaken(name))
            return name;
}

bool countsRows(const Select &select, bool addsRows) noexcept
{
    return select.isDistinct || !select.groups.empty() || !select.compounds.empty() ||
           (addsRows && (select.rowLimit || select.rowOffset));
}

namespace {

bool isSameColumn(const Expression &a, const Node &b)
{
    const Node &node = a.node();
    return node.kind == NodeKind::Column && b.kind == NodeKind::Column && node.column == b.column &&
           node.alias == b.alias && node.name == b.name;
}

/// An ORDER BY of the subquery as one of the statement around it; what it sorts by becomes a column where it is none.
Expression outerOrder(const Expression &order, Select &inner, std::size_t own, const std::string &alias)
{
    const Node &node = order.node();
    if (node.kind == NodeKind::Ordering) {
        auto copy = std::make_shared<Node>(node);
        copy->args[0] = outerOrder(node.args[0], inner, own, alias);
        return Expression(std::move(copy));
    }
    for (std::size_t i = 0; i < own; ++i) {
        const Node &label = inner.columnList[i].node();
        if (isSameColumn(label.args.front(), node))
            return sourceColumn(alias, label.name);
    }
    if (!inner.compounds.empty())
        throw Argument("a UNION with joined relationships can only be ordered by its columns");
    const std::string name = "order_" + std::to_string(inner.columnList.size());
    inner.columnList.push_back((node.kind == NodeKind::Label ? node.args.front() : order).label(name));
    return sourceColumn(alias, name);
}

/// The column's name, with its position where another column has the same.
std::string labelOf(const Mapper &mapper, std::size_t position)
{
    const std::string &name = mapper.columns()[position].column->name;
    return mapper.find(name) == position ? name : name + "_" + std::to_string(position);
}

} // namespace

Wrapped wrapped(Select select, const Mapper &mapper)
{
    const std::string alias = freeAlias(select, "anon");
    const std::size_t own = select.columnList.size();
    Select outer;
    for (std::size_t i = 0; i < own; ++i) {
        const std::string name = i < mapper.columns().size() ? labelOf(mapper, i) : "column_" + std::to_string(i);
        select.columnList[i] = select.columnList[i].label(name);
        outer.columnList.push_back(sourceColumn(alias, name));
    }
    for (const Expression &order : std::vector<Expression>(select.orders))
        outer.orders.push_back(outerOrder(order, select, own, alias));
    if (!select.rowLimit && !select.rowOffset)
        select.orders.clear(); // the statement around it sorts
    outer.fromSelect(std::move(select), alias);
    return {std::move(outer),
            [&mapper, alias](std::uint16_t position) { return sourceColumn(alias, labelOf(mapper, position)); }};
}

} // namespace orm
